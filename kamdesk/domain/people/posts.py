"""Posts, who holds them, to which others they report: their cells, and who sits where on a day."""

from kamdesk.core.clock import Day, read_day
from kamdesk.core.ids import PersonId, PostId
from kamdesk.core.privacy import Privacy
from kamdesk.domain.people.model import Holding, Post, Reporting
from kamdesk.storage.catalogue import Cell, Kind
from kamdesk.storage.database import Row
from kamdesk.storage.held import Held

POST = Kind(
    "post",
    table="posts",
    scope_of="account",
    holds={Held.ID: ("account", "reports_to")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("title", privacy=Privacy.BUSINESS, searched=True),
        Cell("department", privacy=Privacy.BUSINESS),
        Cell("reports_to", privacy=Privacy.BUSINESS),
        Cell("since", privacy=Privacy.BUSINESS),
        Cell("until", privacy=Privacy.BUSINESS),
    ),
)

REPORTING = Kind(
    "reporting",
    table="reportings",
    scope_of="account",
    holds={Held.ID: ("account", "post", "boss", "visit")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("joins", columns=("post", "boss", "valid_from"), privacy=Privacy.BUSINESS),
        Cell(
            "evidence",
            columns=("visit", "sureness", "note"),
            privacy=Privacy.OPINION,
            searched=True,
        ),
    ),
)

HOLDING = Kind(
    "holding",
    table="holdings",
    scope_of="account",
    holds={Held.ID: ("account", "post", "person")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("held", columns=("post", "person"), privacy=Privacy.BUSINESS, about=("person",)),
        Cell("since", privacy=Privacy.BUSINESS),
        Cell("until", privacy=Privacy.BUSINESS),
    ),
)


def posts_on(posts: list[Post], holdings: list[Holding], day: Day) -> dict[PersonId, Post]:
    """Return who holds which post on ``day``; a later holding wins."""
    by_id = {post.id: post for post in posts}
    return {
        holding.person: by_id[holding.post]
        for holding in holdings
        if holding.post in by_id and holding.stands_on(day)
    }


def bosses_on(posts: list[Post], reportings: list[Reporting], day: Day) -> dict[PostId, PostId]:
    """Return to which post each one reports on ``day``.

    A post whose lines have no days reports as its own cell says. ``reportings`` come in order of
    their days.
    """
    bosses = {post.id: post.reports_to for post in posts}
    known: dict[PostId, PostId | None] = {}
    for line in reportings:
        before = known.get(line.post)
        known[line.post] = (
            line.boss if line.valid_from is None or line.valid_from <= day else before
        )
    found = bosses | {post: boss for post, boss in known.items() if post in bosses}
    return {post: boss for post, boss in found.items() if boss is not None}


def read_reporting(row: Row) -> Reporting:
    """Return a reporting line from its row."""
    return Reporting(
        id=row["id"],
        account=row["account"],
        post=row["post"],
        boss=row["boss"],
        valid_from=read_day(row["valid_from"]),
        visit=row["visit"],
        sureness=row["sureness"] or "",
        note=row["note"] or "",
    )


def read_post(row: Row) -> Post:
    """Return a post from its row."""
    return Post(
        id=row["id"],
        account=row["account"],
        title=row["title"] or "",
        department=row["department"] or "",
        reports_to=row["reports_to"],
        since=read_day(row["since"]),
        until=read_day(row["until"]),
    )


def read_holding(row: Row) -> Holding:
    """Return who holds a post from its row."""
    return Holding(
        id=row["id"],
        account=row["account"],
        post=row["post"],
        person=row["person"],
        since=read_day(row["since"]),
        until=read_day(row["until"]),
    )
