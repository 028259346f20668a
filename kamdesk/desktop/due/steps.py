"""The steps about a contact duty: a call that was made, an agreement on how often, a pause."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.due.said import CHANNEL_WORDS
from kamdesk.desktop.pages import Page
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.visits.promise_entry import day_said
from kamdesk.desktop.visits.verbs import position
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.domain.cadence.duty import Channel
from kamdesk.domain.cadence.model import EVERY, Agreement
from kamdesk.domain.visits.model import Attendee, Side, VisitKind

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

Verb: TypeAlias = Callable[["Workspace"], ChangeSet]
_A_CALL = 10
"""Minutes a call is taken to have lasted."""


class Whom(NamedTuple):
    """Towards whom a duty is: a customer, perhaps one of theirs, and how they are called."""

    account: AccountId
    person: PersonId | None
    called: str


class DutyStep(PanelStep):
    """A step about one duty, or several: its draft, what it does, closed once that is saved."""

    def __init__(
        self, page: "Page[Workspace]", place: str, heading: Text, sentence: Text | str
    ) -> None:
        """``place`` names its draft."""
        super().__init__(heading, sentence, do=Text("Save"))
        self._page, self._place, self._seen = page, place, page.seen
        self.draft: Drafting | None = None
        self.wanted.connect(self._save)

    def keep(self, **editors: QWidget) -> None:
        """Keep what is typed in these fields from now on; Enter in a line saves."""
        self.draft = Drafting(self, self._page.workbench, self._place, editors)
        self.column.insertWidget(0, self.draft.line)
        self.closed.connect(self.draft.close)
        for editor in editors.values():
            if isinstance(editor, LineEditor):
                editor.returnPressed.connect(self._press)

    def begin(self) -> None:
        if self.draft is not None:
            self.draft.begin()
        super().begin()

    def _save(self) -> None:
        self.form.accept()

        def saved(_: ChangeSet) -> None:
            if self.draft is not None:
                self.draft.settle()
            self.closed.emit()

        self._page.workbench.do(
            self._page, self._typed(), saved, self.refused, key="duty", form=self.still
        )

    def _typed(self) -> Verb:
        """Return the verb for what stands in the fields now."""
        raise NotImplementedError


class TouchStep(DutyStep):
    """A call or message of today: what came of it, and what comes next."""

    def __init__(self, page: "Page[Workspace]", place: str, whom: Whom) -> None:
        super().__init__(page, place, Text("Note a call or message"), whom.called)
        self._whom = whom
        self.said, self.next_step = TextEditor(lines=3), LineEditor()
        self.form.add("said", Text("What came of the call"), self.said, beside=False)
        self.form.add(
            "next_step",
            Text("Next step"),
            self.next_step,
            help=Text(
                "Empty: nothing was agreed. It counts as a contact of today, not as a visit."
            ),
            beside=False,
        )
        self.keep(said=self.said, next_step=self.next_step)

    def _typed(self) -> Verb:
        whom, said, next_step = self._whom, self.said.toPlainText(), self.next_step.text().strip()
        none = "" if next_step else looks.said(Text("A word in between; nothing was agreed."))

        def verb(desk: "Workspace") -> ChangeSet:
            call = replace(
                desk.visits.new(whom.account, desk.clock.now()),
                kind=VisitKind.CALL,
                minutes=_A_CALL,
                said=said,
                next_step=next_step,
                no_next_step_because=none,
            )
            seats = [Attendee.at(call, whom.person, Side.THEIRS)] if whom.person else []
            me = desk.storage.remembered("me")
            if me is not None:
                seats.append(Attendee.at(call, Id(me), Side.OURS))
            return desk.visits.log(call, *seats)

        return verb


class AgreementStep(DutyStep):
    """How often they want to be met, by their word or ours, in place of what the class asks."""

    def __init__(
        self,
        page: "Page[Workspace]",
        place: str,
        whom: Whom,
        now: Agreement | None,
        channel: Channel,
        today: Day,
    ) -> None:
        """``now``: the agreement that holds so far."""
        super().__init__(page, place, Text("Agree how often"), whom.called)
        self._whom, self._now, self._today = whom, now, today
        self.every = self.ask("every", Text("Days from one contact to the next"), hint="30")
        self.channel = Choice([(one, looks.capital(said)) for one, said in CHANNEL_WORDS.items()])
        self.at_most = Choice(
            [(False, Text("At least so often")), (True, Text("Not more often than that"))]
        )
        self.form.add("channel", Text("What counts"), self.channel, beside=False)
        self.form.add("at_most", Text("How it is meant"), self.at_most, beside=False)
        self.until = self.ask("until", Text("Until"), hint=Text("no end; or 2026-12-31, 月底"))
        self.note = self.ask("note", Text("Note"), hint=Text("who said so, when"))
        self.channel.choose(now.channel if now else channel)
        if now is not None:
            self.every.setText(str(now.every))
            self.at_most.choose(now.at_most)
            self.until.setText(now.until.isoformat() if now.until else "")
            self.note.setText(now.note)
            self.form.rows["every"].advise(
                Text("This is agreed now. Empty the line to go back to the rule.")
            )
        self.keep(
            every=self.every,
            channel=self.channel,
            at_most=self.at_most,
            until=self.until,
            note=self.note,
        )

    def _typed(self) -> Verb:
        whom, base, seen, today = self._whom, self._now, self._seen, self._today
        every, until, note = self.every.text().strip(), self.until.text(), self.note.text()
        channel = self.channel.value
        at_most = self.at_most.value is True

        def verb(desk: "Workspace") -> ChangeSet:
            if not every and base is not None:
                return desk.cadence.end(base.id, seen=position(desk, seen))
            new = base or desk.cadence.new_agreement(whom.account, 0, person=whom.person)
            agreed = replace(
                new,
                every=_days(every),
                channel=channel if isinstance(channel, Channel) else Channel.VISIT,
                at_most=at_most,
                until=day_said(until, today, field="until"),
                note=note,
            )
            if base is None:
                return desk.cadence.agree(agreed)
            return desk.cadence.change(agreed, base=base, seen=position(desk, seen))

        return verb


class PauseStep(DutyStep):
    """Until when nothing falls due with these, and why."""

    def __init__(
        self,
        page: "Page[Workspace]",
        place: str,
        accounts: Sequence[AccountId],
        person: PersonId | None,
        called: Text | str,
        today: Day,
    ) -> None:
        """``person``: only with them, at their one customer."""
        super().__init__(page, place, Text("Pause contacts"), called)
        self._accounts, self._person, self._today = accounts, person, today
        self.until = self.ask("until", Text("Until"), hint=Text("next Fri, 月底, 3-20"))
        self.because = self.ask(
            "because", Text("Why"), hint=Text("quiet period of a tender, on leave, abroad")
        )
        self.keep(until=self.until, because=self.because)

    def _typed(self) -> Verb:
        accounts, person, today = self._accounts, self._person, self._today
        until, because = self.until.text(), self.because.text()

        def verb(desk: "Workspace") -> ChangeSet:
            day = day_said(until, today, field="until")
            if day is None:
                raise RuleBroken(Text("Say until when: next Fri, 月底, 2026-03-20."), field="until")
            return desk.cadence.pause(accounts, until=day, because=because, person=person)

        return verb


def agreement_with(desk: "Workspace", whom: Whom) -> Agreement | None:
    """Return the agreement with a customer, or with one of theirs, that holds today."""
    today = desk.clock.today()
    found = (
        one
        for one in desk.cadence.ask.agreements(whom.account)
        if one.person == whom.person and one.holds_on(today)
    )
    return next(found, None)


def _days(typed: str) -> int:
    if not typed.isdecimal() or len(typed) > 6:
        raise RuleBroken(
            Text("Write how many days lie between two contacts: 1 to {most}.", most=EVERY[-1]),
            field="every",
        )
    return int(typed)
