"""Somebody leaves or moves to another customer, and two records that are one, from the shell."""

import click

from kamdesk.cli import pick
from kamdesk.cli.person import meant, person
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import DayValue
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text

_WHO = click.argument("who", metavar="PERSON")
_LAST = option("--last-day", type=DayValue(), said=Text("The last day here; else today."))
_LOOK = option("--look", is_flag=True, said=Text("Only say what would follow."))


@command(Text("A person leaves, and nobody knows where to."), under=person)
@_WHO
@_LAST
@_LOOK
def leave(session: Session, who: str, last_day: Day | None, look: bool) -> None:
    """Let a person leave: posts end, seats stay wanted."""
    _move(session, who, None, last_day, look=look)


@command(Text("A person moves to another customer, where a new record begins."), under=person)
@_WHO
@click.argument("customer", metavar="CUSTOMER")
@_LAST
@option("--post", "title", default="", said=Text("The post there."))
@option("--since", type=DayValue(), said=Text("Since when they are there."))
@option(
    "--take",
    multiple=True,
    metavar="VALUE",
    said=Text("A number or address that goes along; else mobile, WeChat and private mail do."),
)
@option("--drop-promises", is_flag=True, said=Text("What they promised no longer stands."))
@_LOOK
def moved(
    session: Session,
    who: str,
    customer: str,
    last_day: Day | None,
    title: str,
    since: Day | None,
    take: tuple[str, ...],
    drop_promises: bool,
    look: bool,
) -> None:
    """Let a person begin anew at another customer."""
    _move(
        session,
        who,
        customer,
        last_day,
        title=title,
        since=since,
        take=take,
        drop=drop_promises,
        look=look,
    )


@command(Text("Make two records of one person, or of one customer, one."), name="merge")
@click.argument("keep", metavar="RECORD")
@click.argument("goes", metavar="OTHER")
@option("--take", multiple=True, metavar="FIELD", said=Text("Take this field from the other."))
def merge(session: Session, keep: str, goes: str, take: tuple[str, ...]) -> None:
    """Merge the second record into the first."""
    from kamdesk.dossier.merging import Merging

    with session.writing() as desk:
        one = pick.pick(desk, keep, "person", "account")
        other = pick.pick(desk, goes, one.kind)
        merging = Merging(desk.storage)
        known = {field.cell for field in merging.compare(one.kind, one.id, other.id).fields}
        if unknown := [name for name in take if name not in known]:
            raise RuleBroken(
                Text(
                    "“{field}” is no field of the two: {known}",
                    field=unknown[0],
                    known=tuple(sorted(known)),
                ),
                field="take",
            )
        merging.merge(one.kind, one.id, other.id, take=take)
    session.give({"kept": one.id, "merged": other.id})
    session.tell(
        Text("{other} is part of {one} now. “kamdesk undo” takes it back.",
             other=other.title, one=one.title)
    )  # fmt: skip


def _move(
    session: Session,
    who: str,
    customer: str | None,
    last_day: Day | None,
    *,
    title: str = "",
    since: Day | None = None,
    take: tuple[str, ...] = (),
    drop: bool = False,
    look: bool,
) -> None:
    from kamdesk.dossier.new_employer import Move, NewEmployer, consequences

    with session.reading() if look else session.writing() as desk:
        assistant = NewEmployer(desk.storage)
        of = assistant.look(meant(desk, who))
        account = pick.account(desk, customer) if customer else None
        values = {way.value: way for way in of.ways}
        if unknown := [value for value in take if value not in values]:
            raise RuleBroken(
                Text("“{value}” is no way to reach them.", value=unknown[0]), field="take"
            )
        ways = [values[value] for value in take] or list(of.personal if account else ())
        move = Move(
            last_day=last_day or desk.clock.today(),
            account=account,
            title=title,
            since=since,
            ways=frozenset(way.id for way in ways),
            dropped=frozenset(one.id for one in of.promises if drop),
        )
        name = desk.accounts.ask.get(AccountId(account)).called if account else ""
        said = consequences(of, move, name)
        made = None if look else assistant.carry_out(of.person.id, move)[1]
    session.give({"left": of.person.id, "new": made, "done": not look})
    for words in said:
        session.tell(words)
