"""Entering promises: the line that adds one, and the step that changes or settles one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, Id, PersonId, VisitId
from kamdesk.core.text.said_days import find_day
from kamdesk.core.text.said_line import read_line
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.pages import Page
from kamdesk.desktop.record_step import RecordStep, Verb
from kamdesk.desktop.visits.verbs import position
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.fields import FieldRow
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.domain.promises.model import (
    PROMISE_STATE_WORDS,
    SIDE_WORDS,
    Promise,
    PromiseSide,
    PromiseState,
)

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class Ledger(NamedTuple):
    """Where promises belong: the customer, perhaps the visit, and who may answer for them.

    ``theirs`` and ``ours`` are names by id.
    """

    account: AccountId
    visit: VisitId | None
    theirs: Mapping[Id, str]
    ours: Mapping[Id, str]
    today: Day

    def owner(self, promise: Promise) -> str:
        """Return the name of who answers for a promise; empty when nobody is named."""
        who = promise.colleague or promise.person
        return (self.ours.get(who) or self.theirs.get(who, "")) if who else ""


class PromiseStep(RecordStep["Page[Workspace]"]):
    """A promise opened: its words, its day, who answers for it, when to be reminded, its end."""

    def __init__(self, page: "Page[Workspace]", promise: Promise, ledger: Ledger) -> None:
        place = f"promise:{promise.id.hex()}:change"
        super().__init__(page, Text("Change the promise"), "promise", place=place)
        self.base, self._ledger = promise, ledger
        self.words = self.ask("words", Text("What was promised"))
        self.words.setText(promise.words)
        self.due = self.ask("due", Text("By when"), hint=Text("next Fri, 月底, 3-20"))
        self.due.setText(promise.due.isoformat() if promise.due else "")
        self.owner = Choice(_owners(promise, ledger), start=promise.colleague or promise.person)
        self.form.add("owner", Text("Who answers for it"), self.owner, beside=False)
        self.remind = self.ask("remind", Text("Remind me on"), hint=Text("next Fri, 月底, 3-20"))
        self.remind.setText(promise.remind.isoformat() if promise.remind else "")
        self.state = Choice(
            [(one, looks.capital(words)) for one, words in PROMISE_STATE_WORDS.items()],
            start=promise.state,
        )
        self.form.add("state", Text("What became of it"), self.state, beside=False)
        self.keep_drafts(
            {
                "words": self.words,
                "due": self.due,
                "owner": self.owner,
                "remind": self.remind,
                "state": self.state,
            }
        )

    def verb(self) -> Verb:
        """Return what changes the promise. Raises ``RuleBroken`` at a field."""
        changed, base, seen = self._changed(), self.base, self.seen
        return lambda desk: desk.promises.change(changed, base=base, seen=position(desk, seen))

    def _changed(self) -> Promise:
        today, owner = self._ledger.today, self.owner.value
        who = Id(owner) if isinstance(owner, bytes) else None
        ours = self.base.side is PromiseSide.OURS
        changed = replace(
            self.base,
            words=self.words.text(),
            due=day_said(self.due.text(), today, field="due"),
            colleague=ColleagueId(who) if who and ours else None,
            person=PersonId(who) if who and not ours else None,
            remind=day_said(self.remind.text(), today, field="remind"),
        )
        state = self.state.value
        if isinstance(state, PromiseState) and state is not self.base.state:
            changed = changed.settled(state, today)
        return changed.checked()


def _owners(promise: Promise, ledger: Ledger) -> list[tuple[Id | None, Text | str]]:
    """Return who may answer for a promise; whoever does so now stays one of them."""
    people = dict(ledger.ours if promise.side is PromiseSide.OURS else ledger.theirs)
    now = promise.colleague or promise.person
    if now is not None:
        people.setdefault(now, looks.DASH)
    return [(None, Text("Nobody named")), *people.items()]


def day_said(text: str, today: Day, *, field: str) -> Day | None:
    """Return the day a phrase names, None for no words. Raises ``RuleBroken`` at the field."""
    text = text.strip()
    said = find_day(text, today) if text else None
    if text and said is None:
        raise RuleBroken(Text("“{value}” is no day: write 2026-03-12.", value=text), field=field)
    return said.day if said else None


class PromiseLine(QWidget):
    """The line that adds a promise: 给方案 下周三 @李敏. Enter adds it, and it reads back."""

    def __init__(self, page: "Page[Workspace]", place: str) -> None:
        super().__init__()
        look = theme.now()
        self._page = page
        self.side = SegmentedControl(
            Text("Whose promise"),
            [(side.value, looks.capital(words)) for side, words in SIDE_WORDS.items()],
        )
        self.words = LineEditor(hint=Text("Add a promise: send the ROI model next Wed @Li Min"))
        self.row = FieldRow("words", Text("New promise"), self.words, beside=False)
        self.ledger: Ledger | None = None
        self.draft = Drafting(self, page.workbench, place, {"words": self.words})
        self.words.textChanged.connect(lambda _: self._read_back())
        self.words.returnPressed.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(4), 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(self.draft.line)
        column.addWidget(self.side, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.row)

    def begin(self) -> None:
        """Put the focus in the line, and what was typed before."""
        self.draft.begin()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _read(self) -> Promise | None:
        text = self.words.text().strip()
        if self.ledger is None or not text:
            return None
        return said_promise(text, PromiseSide(self.side.key), self.ledger)

    def _read_back(self) -> None:
        if self.ledger is None:
            return
        self.draft.open = True
        try:
            promise = self._read()
        except RuleBroken:
            promise = None
        if promise is None:
            self.row.advise("")
            return
        due = looks.day(promise.due, today=self.ledger.today) if promise.due else ""
        by = Text("by {day}", day=due) if due else Text("no day agreed")
        owner = self.ledger.owner(promise)
        self.row.advise(looks.joined(promise.words, by, owner))

    def _add(self) -> None:
        self.row.refuse(None)
        try:
            promise = self._read()
        except RuleBroken as error:
            self.row.refuse(error.said)
            return
        if promise is None:
            return

        def verb(desk: "Workspace") -> ChangeSet:
            made = desk.promises.new(promise.account, promise.side, promise.words)
            mine = desk.team.sits_here if promise.side is PromiseSide.OURS else None
            return desk.promises.make(
                replace(promise, id=made.id, colleague=promise.colleague or mine)
            )

        def added(_: ChangeSet) -> None:
            self.words.clear()
            self.draft.settle()
            self.words.setFocus()

        self._page.workbench.do(self._page, verb, added, self._refused, key="promise.new")

    def _refused(self, error: Refusal) -> None:
        self.row.refuse(error.said)


def said_promise(text: str, side: PromiseSide, ledger: Ledger) -> Promise:
    """Return the promise a line says, without an id: what, by when, @ who answers for it.

    Raises ``RuleBroken`` at ``words`` for somebody who is nobody there.
    """
    ours = side is PromiseSide.OURS
    said = read_line(text.strip(), ledger.today)
    owner: Id | None = None
    for typed in said.owners:
        owner = _named(ledger.ours if ours else ledger.theirs, typed)
        if owner is None:
            raise RuleBroken(
                Text(
                    "“{name}” is nobody who could answer for it: write the name as it stands"
                    " in the file, or leave it out.",
                    name=typed,
                ),
                field="words",
            )
    return Promise(
        id=b"",  # type: ignore[arg-type]  # given where it is saved
        account=ledger.account,
        side=side,
        words=said.words,
        due=said.day,
        visit=ledger.visit,
        colleague=ColleagueId(owner) if owner and ours else None,
        person=PersonId(owner) if owner and not ours else None,
    )


def _named(people: Mapping[Id, str], typed: str) -> Id | None:
    """Return whose name was typed: the whole of it, or a part that only one has."""
    wanted = typed.casefold().strip()
    exact = [who for who, name in people.items() if name.casefold() == wanted]
    part = exact or [who for who, name in people.items() if wanted and wanted in name.casefold()]
    return part[0] if len(part) == 1 else None
