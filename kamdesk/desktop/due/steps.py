"""The steps about a contact duty: a call that was made, an agreement on how often, a pause."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, PersonId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.due.said import CHANNEL_WORDS
from kamdesk.desktop.pages import Page
from kamdesk.desktop.record_step import RecordStep, Verb
from kamdesk.desktop.visits.promise_entry import day_said
from kamdesk.desktop.visits.verbs import position
from kamdesk.desktop.widgets.editors import Choice, TextEditor
from kamdesk.domain.cadence.duty import Channel
from kamdesk.domain.cadence.model import EVERY, Agreement
from kamdesk.domain.visits.model import Attendee, Side, VisitKind

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_A_CALL = 10
"""Minutes a call is taken to have lasted."""


class Whom(NamedTuple):
    """Towards whom a duty is: a customer, perhaps one of theirs, and how they are called."""

    account: AccountId
    person: PersonId | None
    called: str


class TouchStep(RecordStep["Page[Workspace]"]):
    """A call or message of today: what came of it, and what comes next."""

    def __init__(self, page: "Page[Workspace]", place: str, whom: Whom) -> None:
        heading = Text("Note a call or message")
        super().__init__(page, heading, "call", whom.called, place=place)
        self._whom = whom
        self.said = TextEditor(lines=3)
        self.form.add("said", Text("What came of the call"), self.said, beside=False)
        self.next_step = self.ask(
            "next_step",
            Text("Next step"),
            help=Text(
                "Empty: nothing was agreed. It counts as a contact of today, not as a visit."
            ),
        )
        self.keep_drafts({"said": self.said, "next_step": self.next_step})

    def verb(self) -> Verb:
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
            if (me := desk.team.sits_here) is not None:
                seats.append(Attendee.at(call, me, Side.OURS))
            return desk.visits.log(call, *seats)

        return verb


class AgreementStep(RecordStep["Page[Workspace]"]):
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
        super().__init__(page, Text("Agree how often"), "agree", whom.called, place=place)
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
        self.keep_drafts(
            {
                "every": self.every,
                "channel": self.channel,
                "at_most": self.at_most,
                "until": self.until,
                "note": self.note,
            }
        )

    def verb(self) -> Verb:
        whom, base, seen, today = self._whom, self._now, self.seen, self._today
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


class PauseStep(RecordStep["Page[Workspace]"]):
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
        super().__init__(page, Text("Pause contacts"), "pause", called, place=place)
        self._accounts, self._person, self._today = accounts, person, today
        self.until = self.ask("until", Text("Until"), hint=Text("next Fri, 月底, 3-20"))
        self.because = self.ask(
            "because", Text("Why"), hint=Text("quiet period of a tender, on leave, abroad")
        )
        self.keep_drafts({"until": self.until, "because": self.because})

    def verb(self) -> Verb:
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
