"""Search: customers, people and notes by what is typed, best first."""

import click

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import Count
from kamdesk.core.wording import Text
from kamdesk.search.hits import Hit

_COLUMNS: tuple[Column[Hit], ...] = (
    Column(Text("Id"), lambda hit: pick.short(hit.id), whole=True),
    Column(Text("Kind"), lambda hit: pick.KIND_WORDS.get(hit.kind, hit.kind)),
    Column(Text("Title"), lambda hit: hit.title),
    Column(Text("Found"), lambda hit: hit.matched),
    Column(Text("Where"), lambda hit: hit.place),
    Column(Text("Customer"), lambda hit: hit.account_name),
    Column(Text("Day"), lambda hit: hit.day.isoformat() if hit.day else "", whole=True),
)


@command(Text("Search customers, people and notes: names, pinyin, numbers, words."))
@click.argument("text", nargs=-1, required=True)
@option("--limit", type=Count(1, 10_000), default=50, said=Text("At most so many."))
def search(session: Session, text: tuple[str, ...], limit: int) -> None:
    """Print what fits, best first."""
    with session.reading() as desk:
        hits = desk.search.find(" ".join(text), limit)
    session.give(
        [
            {
                "kind": hit.kind,
                "id": hit.id,
                "title": hit.title,
                "matched": hit.matched,
                "where": hit.where,
                "how": hit.how,
                "account": hit.account,
                "account_name": hit.account_name,
                "day": hit.day,
            }
            for hit in hits
        ]
    )
    session.list(_COLUMNS, hits, Text("Nothing was found."))
