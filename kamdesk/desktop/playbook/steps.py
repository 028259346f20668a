"""The steps beside the rules: make a copy of a pack, change a rule of an own one."""

from typing import Any

from kamdesk.core.wording import OwnWords, Text
from kamdesk.desktop import looks
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.pages import Page
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.playbook.columns import places
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.chain.rules import SETTINGS, Rule
from kamdesk.dossier.playbook import Kept

COPY = "playbook:copy"
"""The place of the draft of a copy's name."""


class CopyStep(PanelStep):
    """Asks how a copy of a pack is called."""

    def __init__(self, page: Page[Any], kept: Kept) -> None:
        super().__init__(
            Text("Make a copy"),
            Text(
                "“{name}” comes with KamDesk and stays as it is. A copy is yours to change.",
                name=kept.called,
            )
            if kept.own is None
            else Text("The copy of “{name}” is yours to change.", name=kept.called),
            do=Text("Make a copy"),
        )
        self.name = self.ask("name", Text("Name"), hint=Text("Our way, East China"))
        self.draft = Drafting(self, page.workbench, COPY, {"name": self.name})
        self.column.insertWidget(0, self.draft.line)

    def begin(self) -> None:
        """Put the focus into the name, with what was typed here before."""
        super().begin()
        self.draft.begin()


class RuleStep(PanelStep):
    """A rule's sentences, whether it is on, and its thresholds."""

    def __init__(self, page: Page[Any], kept: Kept, rule: Rule) -> None:
        super().__init__(
            Text("Change the rule"),
            OwnWords(rule.title),
            do=Text("Save"),
        )
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
        place = f"playbook:{kept.key}:{rule.id}"
        editors = {"on": self.state, **self.numbers}
        self.draft = Drafting(self, page.workbench, place, editors)
        self.column.insertWidget(0, self.draft.line)
        self.setAccessibleName(looks.said(OwnWords(rule.title)))

    def begin(self) -> None:
        """Put the focus into the first field, with what was typed here before."""
        super().begin()
        self.draft.begin()

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
