"""The steps beside the ledger: be reminded on a day, note a promise with its customer."""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, PromiseId
from kamdesk.core.text.said_line import read_line
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.add_record import AddRecord
from kamdesk.desktop.pages import Page
from kamdesk.desktop.person.meaning import meant_account, offer_accounts
from kamdesk.desktop.record_step import RecordStep, Verb
from kamdesk.desktop.visits.promise_entry import Ledger, day_said, said_promise
from kamdesk.desktop.visits.verbs import position
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.record_field import Offered, RecordField
from kamdesk.domain.promises.model import SIDE_WORDS, Promise, PromiseSide

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

NEW = "promises::new"
"""The place of the draft of a new promise."""


class Opened(NamedTuple):
    """A promise to be changed, with those who may answer for it."""

    promise: Promise
    ledger: Ledger


def read_names(desk: "Workspace", account: AccountId) -> Ledger:
    """Return where a promise of a customer belongs: who may answer for it on either side."""
    theirs: dict[Id, str] = {line.id: line.name for line in desk.people.ask.lines(account)}
    ours: dict[Id, str] = {one.id: one.name for one in desk.team.ask.everybody()}
    return Ledger(account, None, theirs, ours, desk.clock.today())


def read_promise(desk: "Workspace", promise: PromiseId) -> Opened:
    """Return a promise to be changed. Raises ``LookupError``."""
    found = desk.promises.ask.get(promise)
    return Opened(found, read_names(desk, found.account))


class RemindStep(RecordStep["Page[Workspace]"]):
    """Asks on which day promises shall stand on the page of the day."""

    def __init__(
        self,
        page: "Page[Workspace]",
        promises: list[PromiseId],
        words: Text | str,
        today: Day,
        now: Day | None,
    ) -> None:
        """``now`` is the day that stands there so far."""
        place = f"promises:{promises[0].hex()}:remind"
        super().__init__(page, Text("Remind me"), "remind", words, place=place)
        self._promises, self._today = promises, today
        self.day = self.ask(
            "remind",
            Text("Remind me on"),
            hint=Text("next Fri, 月底, 3-20"),
            help=Text("It then stands on the page of the day. Empty takes the reminder away."),
        )
        self.day.setText(now.isoformat() if now else "")
        self.keep_drafts({"remind": self.day})

    def verb(self) -> Verb:
        """Return what sets the reminder, or takes it away."""
        typed, today, promises, seen = self.day.text(), self._today, self._promises, self.seen

        def verb(desk: "Workspace") -> ChangeSet:
            on = day_said(typed, today, field="remind")
            return desk.promises.remind(promises, on, seen=position(desk, seen))

        return verb


class NewPromise(AddRecord):
    """A customer, whose promise it is, and one line: what, by when, @ who answers for it."""

    def __init__(self, page: "Page[Workspace]", today: Day, at: Offered | None = None) -> None:
        super().__init__(
            page,
            Text("Note a promise"),
            Text("One line is enough: what, by when, @ and who answers for it."),
        )
        self._today = today
        add = self.step.form.add
        self.account = RecordField(hint=Text("name, pinyin or number"))
        self.side = Choice([(side, looks.capital(words)) for side, words in SIDE_WORDS.items()])
        self.words = LineEditor(hint=Text("Send the ROI model next Wed @Li Min"))
        self.remind = LineEditor(hint=Text("next Fri, 月底, 3-20"))
        add("account", Text("Customer"), self.account, beside=False)
        add("side", Text("Whose promise"), self.side, beside=False)
        add("words", Text("Promise"), self.words, beside=False)
        add("remind", Text("Remind me on"), self.remind, beside=False)
        offer_accounts(page, self.account)
        editors: dict[str, QWidget] = {
            "account": self.account,
            "side": self.side,
            "words": self.words,
            "remind": self.remind,
        }
        self.keep_drafts(NEW, editors)
        self.words.textChanged.connect(self._read_back)
        if at is not None:
            self.account.choose(at)

    def save(self) -> None:
        named, chosen = self.account.text(), self.account.record
        words, remind, side = self.words.text(), self.remind.text(), self.side.value

        def verb(desk: "Workspace") -> tuple[bytes, ChangeSet]:
            account = AccountId(Id(chosen)) if chosen else meant_account(desk, named)
            if account is None:
                raise RuleBroken(Text("Say with whom: type some letters, Tab takes the first."),
                                 field="account")  # fmt: skip
            whose = side if isinstance(side, PromiseSide) else PromiseSide.OURS
            said = said_promise(words, whose, read_names(desk, account))
            me = desk.team.sits_here if whose is PromiseSide.OURS else None
            made = replace(
                said,
                id=desk.promises.new(account, whose, "").id,
                colleague=said.colleague or me,
                remind=day_said(remind, desk.clock.today(), field="remind"),
            )
            return made.id, desk.promises.make(made)

        self.carry_out(verb, key="promise.new")

    def _read_back(self, typed: str) -> None:
        """Say how the line is read."""
        row = self.step.form.rows["words"]
        if not typed.strip():
            row.advise("")
            return
        said = read_line(typed, self._today)
        due = looks.day(said.day, today=self._today) if said.day else ""
        by = Text("by {day}", day=due) if due else Text("no day agreed")
        row.advise(looks.joined(said.words, by, *(f"@{name}" for name in said.owners)))
