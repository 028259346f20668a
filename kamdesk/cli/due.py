"""``kamdesk due``: who is to be contacted; what was agreed on how often; pauses."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

from kamdesk.cli import pick
from kamdesk.cli.due_told import columns, told
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import Count, DayValue, Misused, OneOf, not_together
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.cadence.duty import Channel, DueWord
from kamdesk.domain.cadence.model import EVERY
from kamdesk.dossier.due import due_list, no_duty_because

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_WORDS: Final = {word.name.casefold(): word for word in DueWord}
_PRESSING: Final = (DueWord.OVERDUE, DueWord.NEVER, DueWord.SOON)
_LIST: Final = "list"
_PERSON = option("--person", metavar="PERSON", said=Text("Only with this person of theirs."))


class _Due(Group):
    """A group that lists where its first word is none of its commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take options without a command for those of the list."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = [_LIST, *args]
        return super().parse_args(ctx, args)


group = _Due(
    "due",
    said=Text("Who is to be contacted, most urgent first; agreements on how often, and pauses."),
)


@command(Text("List who is to be contacted, most urgent first."), name=_LIST, under=group)
@option("--account", metavar="ACCOUNT", said=Text("Only this customer's: number, name or id."))
@_PERSON
@option("--word", type=OneOf(*_WORDS), said=Text("Only what stands so."))
@option(
    "--all", "everything", is_flag=True, said=Text("Also what is on track, and what is paused.")
)
@option("--touch", is_flag=True, said=Text("Also calls and messages due."))
@option("--everybody", is_flag=True, said=Text("Also the customers of colleagues."))
@option("--limit", type=Count(0, 10_000_000), said=Text("At most so many."))
def list_due(
    session: Session,
    account: str | None,
    person: str | None,
    word: str | None,
    everything: bool,
    touch: bool,
    everybody: bool,
    limit: int | None,
) -> None:
    """List duties as they stand today."""
    if word and everything:
        raise not_together("--word", "--all")
    with session.reading() as desk:
        at = pick.account(desk, account) if account else None
        who = _person(desk, person, at)
        one = at is not None or who is not None
        words = (_WORDS[word],) if word else () if everything or one else _PRESSING
        reader, today = desk.storage.reader, desk.clock.today()
        lines = due_list(
            reader,
            today=today,
            me=None if everybody or one else desk.team.me,
            account=at,
            person=who,
            words=words,
            touches=touch,
            most=limit,
        )
        why_none = no_duty_because(reader, at, today=today) if at and not lines else None
    session.give([{"id": line.person or line.account, **line._asdict()} for line in lines])
    session.list(columns(today), lines, why_none or Text("Nobody is due."))


@command(Text("Let nothing fall due at customers until a day."), name="pause", under=group)
@click.argument("accounts", metavar="ACCOUNT...", nargs=-1, required=True)
@_PERSON
@option("--until", type=DayValue(), required=True, said=Text("The last day of the pause."))
@option("--because", required=True, said=Text("Why: a tender's quiet period, on leave …"))
def pause(
    session: Session, accounts: tuple[str, ...], person: str | None, until: Day, because: str
) -> None:
    """Pause contacts."""
    with session.writing() as desk:
        at, who = _several(desk, accounts, person)
        desk.cadence.pause(at, until=until, because=because, person=who)
    session.give([{"id": one, "until": until} for one in at])
    session.tell(
        Text(
            "Contacts with {n} customer are paused until {day}.",
            "Contacts with {n} customers are paused until {day}.",
            n=len(at),
            day=until.isoformat(),
        )
    )


@command(Text("Go on with contacts that were paused."), name="resume", under=group)
@click.argument("accounts", metavar="ACCOUNT...", nargs=-1, required=True)
@_PERSON
def resume(session: Session, accounts: tuple[str, ...], person: str | None) -> None:
    """End pauses now."""
    with session.writing() as desk:
        at, who = _several(desk, accounts, person)
        touched = desk.cadence.resume(at, person=who)
    n = len(touched.of("pause"))
    session.give({"resumed": n})
    session.tell(
        Text("{n} pause was ended.", "{n} pauses were ended.", n=n)
        if n
        else Text("Nothing was paused there.")
    )


@command(Text("Agree how often a customer, or a person there, is met."), name="agree", under=group)
@click.argument("account", metavar="ACCOUNT")
@_PERSON
@option(
    "--every",
    type=Count(EVERY[0], EVERY[-1]),
    required=True,
    said=Text("Days from one contact to the next."),
)
@option("--touch", is_flag=True, said=Text("A call or a message does, not only a visit."))
@option("--at-most", is_flag=True, said=Text("Not more often than that."))
@option("--from", "since", type=DayValue(), said=Text("From this day on; today when left out."))
@option("--until", type=DayValue(), said=Text("The last day on which it holds."))
@option("--note", default="", said=Text("A note of your own."))
def agree(
    session: Session,
    account: str,
    person: str | None,
    every: int,
    touch: bool,
    at_most: bool,
    since: Day | None,
    until: Day | None,
    note: str,
) -> None:
    """Agree how often to meet."""
    with session.writing() as desk:
        at = pick.account(desk, account)
        new = desk.cadence.new_agreement(at, every, person=_person(desk, person, at))
        made = replace(
            new,
            channel=Channel.TOUCH if touch else Channel.VISIT,
            at_most=at_most,
            since=since or new.since,
            until=until,
            note=note,
        )
        desk.cadence.agree(made)
    session.give(made)
    session.tell(told(made))


@command(Text("List what was agreed on how often to meet."), name="agreements", under=group)
@click.argument("account", metavar="ACCOUNT")
def agreements(session: Session, account: str) -> None:
    """List the agreements with a customer."""
    with session.reading() as desk:
        found = desk.cadence.ask.agreements(pick.account(desk, account))
    session.give(found)
    for one in found:
        session.tell(told(one))
    if not found:
        session.tell(Text("Nothing was agreed."))


@command(Text("End what was agreed on how often to meet."), name="end", under=group)
@click.argument("account", metavar="ACCOUNT")
@option("--id", "which", default="", said=Text("The end of the agreement's id, of several."))
def end(session: Session, account: str, which: str) -> None:
    """End an agreement."""
    with session.writing() as desk:
        today = desk.clock.today()
        running = [
            one
            for one in desk.cadence.ask.agreements(pick.account(desk, account))
            if (one.until is None or one.until >= today) and one.id.hex().endswith(which.casefold())
        ]
        if not running:
            raise RuleBroken(Text("Nothing was agreed there that still holds."))
        if len(running) > 1:
            raise RuleBroken(
                Text(
                    "Several were agreed: say which by --id. {some}", some=tuple(map(told, running))
                )
            )
        desk.cadence.end(running[0].id, seen=desk.storage.position())
    session.give({"ended": running[0].id})
    session.tell(Text("It no longer holds."))


@command(
    Text("Say whether anything is asked for at customers to improve."),
    name="to-improve",
    under=group,
)
@click.argument("asked", metavar="on|off", type=OneOf("on", "off"))
def to_improve(session: Session, asked: str) -> None:
    """Switch the contacts with customers to improve on or off."""
    with session.writing() as desk:
        desk.cadence.ask_to_improve(asked == "on")
    session.give({"to_improve": asked == "on"})
    session.tell(
        Text("Contacts with customers to improve are asked for.")
        if asked == "on"
        else Text("Contacts with customers to improve are switched off.")
    )


def _person(desk: "Workspace", words: str | None, at: AccountId | None) -> PersonId | None:
    """Return the person meant. Raises ``RuleBroken`` for one of another customer."""
    if words is None:
        return None
    found = pick.person(desk, words)
    if at is not None and desk.people.ask.get(found).account != at:
        raise RuleBroken(Text("“{person}” is not of this customer.", person=words))
    return found


def _several(
    desk: "Workspace", accounts: tuple[str, ...], person: str | None
) -> tuple[list[AccountId], PersonId | None]:
    at = list(dict.fromkeys(pick.account(desk, one) for one in accounts))
    if person is not None and len(at) > 1:
        raise Misused(Text("Somebody is of one customer: name only that one."))
    return at, _person(desk, person, at[0])
