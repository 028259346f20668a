"""The decision chain of a customer: who stands where on it, who is tied to whom."""

from typing import Any

import click

from kamdesk.cli import pick
from kamdesk.cli.session import Session
from kamdesk.cli.sheets import Sheet
from kamdesk.cli.show import fields_of
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import DayValue
from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import ROLE_WORDS, TIE_WORDS
from kamdesk.domain.chain.standing import STANCE_WORDS


@command(Text("Show the decision chain of a customer: who stands where, who is tied to whom."))
@click.argument("account", metavar="ACCOUNT")
@option("--as-of", "on", type=DayValue(), said=Text("As it stood on this day."))
def chain(session: Session, account: str, on: Day | None) -> None:
    """Show standings and ties as of a day."""
    from kamdesk.dossier.customer_file import read_file

    with session.reading() as desk:
        now = desk.clock.now()
        at = Instant.at(on, 23, 59, zone=now.zone) if on else now
        file = read_file(desk.storage.reader, pick.account(desk, account), at=at)
    people = [
        {
            "id": who,
            "name": file.name_of(who),
            "post": file.post_of[who].title if who in file.post_of else "",
            "reports_to": file.boss_of(who),
            "last_met": file.last_met.get(who),
            **fields_of(file.stands(who)),
        }
        for who in file.on_map()
    ]
    session.give(
        {
            "account": file.account.id,
            "account_name": file.account.name,
            "as_of": file.day,
            "map": file.chain.id if file.chain else None,
            "people": people,
            "ties": file.ties,
            "bodies": file.bodies,
        }
    )
    if not file.chain:
        session.tell(Text("No decision chain was drawn for this customer."))
        return
    sheet = Sheet(file.account.name)
    for one in people:
        sheet.line(
            one["name"],
            one["post"],
            *(ROLE_WORDS[role] for role in one["roles"]),
            STANCE_WORDS[one["stance"]],
            Text("influence {n}", n=one["influence"]) if one["influence"] else "",
        )
    sheet.part(Text("Ties"))
    for tie in file.ties:
        sheet.line(_named(file, tie.source), TIE_WORDS[tie.kind], _named(file, tie.target))
    for line in sheet.lines(session.language):
        session.tell(line)


def _named(file: Any, node: Id) -> str:
    body = next((body.name for body in file.bodies if body.id == node), "")
    return file.name_of(node) or body
