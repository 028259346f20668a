"""Editing a person on the map in the panel: all judgements at once, or evidence alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import ColleagueId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.chain.drafts import draft_place
from kamdesk.desktop.chain.panel_reading import Behind
from kamdesk.desktop.chain.panel_words import INFLUENCE_MEANS, RELATION_MEANS, stance_said
from kamdesk.desktop.pages import Page
from kamdesk.desktop.record_step import RecordStep, Verb
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor, TickBox
from kamdesk.domain.chain.model import Map
from kamdesk.domain.chain.network import Network, Node
from kamdesk.domain.chain.standing import (
    GUIDE_TESTS,
    LEVEL_WORDS,
    LINE_WORDS,
    PART_WORDS,
    SURENESS_WORDS,
    WHAT_WORDS,
    Reading,
    Sureness,
    What,
)

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_NUMBERS: Final = (2, 1, 0, -1, -2)


class ChainStep(RecordStep["Page[Workspace]"]):
    """A step about something on the map."""

    of = "chain"

    def place(self, what: str) -> str:
        return draft_place(self.page.route, what)


class _Grounds:
    """The fields that say on what a judgement stands: what happened, at which visit, how sure."""

    def __init__(self, behind: Behind | None) -> None:
        self.note = TextEditor(lines=2, hint=Text("what they did or said"))
        visits = behind.recent if behind else ()
        named = [(v.id, looks.joined(looks.day(v.day), looks.cut(v.words, 40))) for v in visits]
        self.visit = Choice([(None, Text("no visit named")), *named])
        words = [(one, looks.capital(said)) for one, said in SURENESS_WORDS.items()]
        self.sureness = Choice([(None, Text("not said")), *words])

    def add_to(self, step: ChainStep) -> None:
        add = step.form.add
        add("note", Text("Evidence"), self.note, beside=False)
        add("source", Text("Seen or heard at"), self.visit, beside=False)
        add("sureness", Text("How sure"), self.sureness, beside=False)

    @property
    def editors(self) -> dict[str, QWidget]:
        return {"note": self.note, "source": self.visit, "sureness": self.sureness}

    def of(
        self, chain: Map, person: Id, changed: Sequence[tuple[What, str]],
        covers: Mapping[What, ColleagueId | None],
    ) -> Verb:  # fmt: skip
        """Return the verb that saves judgements on these grounds, from today on."""
        note, source = self.note.toPlainText().strip(), self.visit.value
        sure = self.sureness.value

        def verb(desk: "Workspace") -> ChangeSet:
            today = desk.clock.today()
            readings = [
                replace(
                    desk.chain.reading(
                        chain, person, what, value, on=today, note=note,
                        source=Id(source) if isinstance(source, bytes) else None,
                        sureness=sure if isinstance(sure, Sureness) else None,
                    ),
                    colleague=covers.get(what),
                )
                for what, value in changed
            ]  # fmt: skip
            return desk.chain.judge(*readings)

        return verb


def judging(net: Network, person: Id, what: What, value: str, like: Reading | None = None) -> Verb:
    """Return the verb of one judgement from today on; ``like`` lends its grounds: still so."""
    chain = map_of(net)

    def verb(desk: "Workspace") -> ChangeSet:
        reading = desk.chain.reading(
            chain, person, what, value, on=desk.clock.today(),
            note=like.note if like else "", source=like.source if like else None,
            sureness=like.sureness if like else None,
        )  # fmt: skip
        return desk.chain.judge(reading)

    return verb


def map_of(net: Network) -> Map:
    """Return the map that is judged on. Raises ``RuleBroken`` while there is none."""
    if net.map is None:
        raise RuleBroken(Text("Put somebody on the map first."))
    return net.map


class EvidenceStep(ChainStep):
    """What they did or said that shows how they stand; asked where a stance is firm."""

    def __init__(
        self, page: "Page[Workspace]", net: Network, node: Node, behind: Behind | None,
        value: str,
    ) -> None:  # fmt: skip
        stance = int(value) if value else None
        firm = stance in (2, -2)
        super().__init__(
            page,
            Text("{name}: {stance}", name=looks.cut(node.name, 40), stance=stance_said(stance)),
            f"evidence:{node.id.hex()}",
            Text("Firmly for or against needs evidence: what did they do or say?") if firm else "",
        )
        self._net, self._node, self._value = net, node, value
        self.grounds = _Grounds(behind)
        self.grounds.add_to(self)
        self.keep_drafts(self.grounds.editors)

    def verb(self) -> Verb:
        if not (self.grounds.note.toPlainText().strip() or self.grounds.visit.value):
            raise RuleBroken(Text("Write what they did or said, or name the visit."), field="note")
        changed = ((What.STANCE, self._value),)
        return self.grounds.of(map_of(self._net), self._node.id, changed, {})


class PersonEditor(ChainStep):
    """Everything that is judged of a person on this map, in one form; what changes is saved."""

    def __init__(
        self, page: "Page[Workspace]", net: Network, node: Node, behind: Behind | None
    ) -> None:
        super().__init__(
            page,
            Text("Judge {name}", name=looks.cut(node.name, 40)),
            f"judge:{node.id.hex()}",
            Text("What you change stands from today on; what was thought before stays as it was."),
        )
        self._net, self._node = net, node
        self._fields: dict[What, QWidget] = {}
        self._before: dict[What, str] = {}
        covers = net.covered_by.get(node.id, ())
        whose = next((c.colleague for c in covers if c.colleague == node.owner), None)
        self.whose = Choice(
            [(None, Text("ours as a whole")), *((one.id, one.name) for one in net.ours)],
            start=whose,
        )
        self._add_choices(node)
        self.form.add("colleague", Text("Whose relationship"), self.whose, beside=False)
        self.whose.currentIndexChanged.connect(lambda *_: self._show_relation())
        self._show_relation()
        self._add_ticks(node)
        self.grounds = _Grounds(behind)
        self.grounds.add_to(self)
        editors = {what.value: field for what, field in self._fields.items()}
        self.keep_drafts({**editors, "colleague": self.whose, **self.grounds.editors})

    def _add_choices(self, node: Node) -> None:
        stands = node.stands
        unknown = (("", Text("not known")),)
        balls = [(str(n), stance_said(n)) for n in _NUMBERS]
        steps = [
            (str(n), Text("{n}: {meaning}", n=n, meaning=meaning))
            for n, meaning in INFLUENCE_MEANS.items()
        ]
        ties = [
            (str(n), Text("{n}: {meaning}", n=n, meaning=meaning))
            for n, meaning in reversed(RELATION_MEANS.items())
        ]
        ways = [(str(n), str(n)) for n in range(5, 0, -1)]
        says = [("1", Text("yes")), ("0", Text("no"))]
        for what, choices, now in (
            (What.STANCE, balls, stands.stance),
            (What.STANCE_WANTED, balls, stands.stance_wanted),
            (What.PROJECT_STANCE, balls, stands.project_stance),
            (What.INFLUENCE, steps, stands.influence),
            (What.PART, list(PART_WORDS.items()), stands.part),
            (What.LEVEL, list(LEVEL_WORDS.items()), stands.level),
            (What.LINE, list(LINE_WORDS.items()), stands.line),
            (What.COVERAGE, ties, None),
            (What.COVERAGE_WANTED, ties, None),
            (What.INTEREST, ways, stands.interest),
            (What.LEGITIMACY, says, _said(stands.legitimacy)),
            (What.URGENCY, says, _said(stands.urgency)),
        ):
            self._add(what, Choice([*unknown, *choices]), "" if now is None else str(now))
        for what, words in ((What.LEAVING, stands.leaving), (What.RIVAL, stands.rival)):
            self._add(what, LineEditor(), words)

    def _add(self, what: What, field: QWidget, now: str) -> None:
        self._fields[what], self._before[what] = field, now
        if isinstance(field, Choice):
            field.choose(next((v for v in field.values if str(v) == now), ""))
        elif isinstance(field, LineEditor):
            field.setText(now)
        self.form.add(what.value, looks.capital(WHAT_WORDS[what]), field, beside=False)

    def _add_ticks(self, node: Node) -> None:
        stands = node.stands
        passed = set(stands.guide_tests)
        for what, on in (
            (What.VETO, stands.veto),
            (What.COACH, stands.coach),
            *((test, test in passed) for test in GUIDE_TESTS),
        ):
            box = TickBox(looks.capital(WHAT_WORDS[what]))
            box.setChecked(on)
            self._fields[what], self._before[what] = box, "1" if on else ""
            self.column.addWidget(box)

    def _show_relation(self) -> None:
        """Show the relationship of the colleague chosen, now and wanted."""
        cover = next(
            (
                one
                for one in self._net.covered_by.get(self._node.id, ())
                if one.colleague == self.whose.value
            ),
            None,
        )
        for what, now in (
            (What.COVERAGE, cover.now if cover else None),
            (What.COVERAGE_WANTED, cover.wanted if cover else None),
        ):
            field = self._fields[what]
            self._before[what] = "" if now is None else str(now)
            if isinstance(field, Choice):
                field.choose(self._before[what])

    def verb(self) -> Verb:
        changed = [
            (what, value)
            for what, field in self._fields.items()
            if (value := _typed(field)) != self._before[what]
        ]
        if not changed:
            raise RuleBroken(Text("Nothing is judged otherwise than before."), field="stance")
        whose = self.whose.value
        colleague = ColleagueId(Id(whose)) if isinstance(whose, bytes) else None
        covers = dict.fromkeys((What.COVERAGE, What.COVERAGE_WANTED), colleague)
        return self.grounds.of(map_of(self._net), self._node.id, changed, covers)


def _said(known: bool | None) -> str | None:
    return None if known is None else "1" if known else "0"


def _typed(field: QWidget) -> str:
    if isinstance(field, Choice):
        return "" if field.value is None else str(field.value)
    if isinstance(field, TickBox):
        return "1" if field.isChecked() else ""
    return field.text().strip() if isinstance(field, LineEditor) else ""
