"""The steps beside the rules: make a copy of a pack, change a rule of an own one."""

from typing import TYPE_CHECKING

from kamdesk.core.wording import OwnWords, Text
from kamdesk.desktop import looks
from kamdesk.desktop.pages import Page
from kamdesk.desktop.playbook.columns import places
from kamdesk.desktop.record_step import RecordStep, Verb
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.chain.rules import SETTINGS, Rule
from kamdesk.dossier.playbook import Kept

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

COPY = "playbook:copy"
"""The place of the draft of a copy's name."""


class CopyStep(RecordStep["Page[Workspace]"]):
    """Asks how a copy of a pack is called."""

    def __init__(self, page: "Page[Workspace]", kept: Kept) -> None:
        super().__init__(
            page,
            Text("Make a copy"),
            "copy",
            Text(
                "“{name}” comes with KamDesk and stays as it is. A copy is yours to change.",
                name=kept.called,
            )
            if kept.own is None
            else Text("The copy of “{name}” is yours to change.", name=kept.called),
            do=Text("Make a copy"),
            place=COPY,
        )
        self._kept = kept
        self.name = self.ask("name", Text("Name"), hint=Text("Our way, East China"))
        self.keep_drafts({"name": self.name})

    def verb(self) -> Verb:
        """Return what makes the copy."""
        kept, name = self._kept, self.name.text()
        return lambda desk: desk.playbook.copy(kept, name)


class RuleStep(RecordStep["Page[Workspace]"]):
    """A rule's sentences, whether it is on, and its thresholds."""

    def __init__(self, page: "Page[Workspace]", kept: Kept, rule: Rule) -> None:
        super().__init__(
            page,
            Text("Change the rule"),
            "rule",
            OwnWords(rule.title),
            place=f"playbook:{kept.key}:{rule.id}",
        )
        self._kept, self._rule = kept, rule
        for forms in (rule.advice, rule.said):
            words = OwnWords(forms, **places(rule, forms))
            label = PlainLabel(looks.capital(words), Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
            self.column.insertWidget(0, label)
        self.state = Choice([(True, Text("On")), (False, Text("Off"))], start=rule.on)
        self.form.add("on", Text("State"), self.state, beside=False)
        self.numbers: dict[str, LineEditor] = {}
        for name, value in rule.settings.items():
            setting = SETTINGS[name]
            made = self.ask(
                name,
                Text("Threshold: {what}", what=setting.words),
                help=Text("from {least} to {most}", least=f"{setting.least:g}",
                          most=f"{setting.most:g}"),
            )  # fmt: skip
            made.setText(f"{value:g}")
            self.numbers[name] = made
        self.keep_drafts({"on": self.state, **self.numbers})
        self.setAccessibleName(looks.said(OwnWords(rule.title)))

    def verb(self) -> Verb:
        """Return what turns the rule on or off and sets its thresholds."""
        kept, rule, on, settings = self._kept, self._rule, self.on, self.settings()
        return lambda desk: desk.playbook.set_rule(kept, rule.id, on=on, settings=settings)

    @property
    def on(self) -> bool:
        """Whether the rule shall warn."""
        return self.state.value is True

    def settings(self) -> dict[str, float]:
        """Return the thresholds as typed; what is no number is refused where it is checked."""
        return {name: _number(editor.text()) for name, editor in self.numbers.items()}


def _number(typed: str) -> float:
    try:
        return float(typed.strip())
    except ValueError:
        return -1.0
