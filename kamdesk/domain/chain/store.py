"""Maps, seats, bodies, readings and ties: their cells, and what is asked of them."""

from kamdesk.core.clock import Day, read_day
from kamdesk.core.ids import AccountId, Id, MapId
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_number, read_word, read_words
from kamdesk.domain.chain.bonds import Bond
from kamdesk.domain.chain.model import (
    STRENGTHS,
    Body,
    Group,
    GroupSort,
    Map,
    Role,
    Seat,
    Tie,
    TieKind,
)
from kamdesk.domain.chain.standing import Reading, Standing, Sureness, What, on_scale, standings
from kamdesk.storage.catalogue import Cell, Kind, Merge
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

MAP = Kind(
    "map",
    table="maps",
    scope_of="account",
    holds={Held.ID: ("account", "opportunity")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("name", privacy=Privacy.BUSINESS),
        Cell("opportunity", privacy=Privacy.BUSINESS),
        Cell("decision_way", privacy=Privacy.OPINION, searched=True),
    ),
)
SEAT = Kind(
    "seat",
    table="seats",
    scope_of="account",
    holds={
        Held.ID: ("account", "map", "post", "person", "body", "in_group"),
        Held.REAL: ("x", "y"),
    },
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("map", privacy=Privacy.BUSINESS),
        Cell(
            "taken_by",
            columns=("post", "person", "body"),
            privacy=Privacy.BUSINESS,
            about=("person",),
        ),
        Cell("wanted", privacy=Privacy.OPINION),
        Cell("label", privacy=Privacy.BUSINESS),
        Cell("place", columns=("x", "y"), privacy=Privacy.INTERNAL),
        Cell("in_group", privacy=Privacy.BUSINESS),
        Cell("stays", columns=("since", "until"), privacy=Privacy.INTERNAL),
    ),
)
GROUP = Kind(
    "group",
    table="chain_groups",
    scope_of="account",
    holds={Held.ID: ("account",)},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("name", privacy=Privacy.BUSINESS, searched=True),
        Cell("sort", privacy=Privacy.BUSINESS),
    ),
)
BODY = Kind(
    "body",
    table="bodies",
    scope_of="account",
    holds={Held.ID: ("account", "chair", "secretary", "members")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("name", privacy=Privacy.BUSINESS, searched=True),
        Cell("decides", privacy=Privacy.OPINION),
        Cell("meets", columns=("meets", "next_day"), privacy=Privacy.BUSINESS),
        Cell("chair", privacy=Privacy.BUSINESS, names=("chair",)),
        Cell("secretary", privacy=Privacy.BUSINESS, names=("secretary",)),
        Cell("members", privacy=Privacy.BUSINESS, merge=Merge.LINKS, names=("target",)),
    ),
)
READING = Kind(
    "reading",
    table="readings",
    scope_of="account",
    holds={Held.ID: ("account", "map", "subject", "source", "colleague")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell(
            "about",
            columns=("map", "subject", "what"),
            privacy=Privacy.OPINION,
            about=("subject",),
        ),
        Cell("value", columns=("value", "valid_from"), privacy=Privacy.OPINION),
        Cell(
            "evidence",
            columns=("source", "sureness", "note"),
            privacy=Privacy.OPINION,
            searched=True,
            names=("source",),
        ),
        Cell("colleague", privacy=Privacy.INTERNAL),
    ),
)
TIE = Kind(
    "tie",
    table="ties",
    scope_of="account",
    holds={
        Held.ID: ("account", "map", "source", "target", "visit"),
        Held.WHOLE: ("strength", "negative"),
    },
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell(
            "joins",
            columns=("map", "kind", "source", "target"),
            privacy=Privacy.OPINION,
            about=("source", "target"),
        ),
        Cell("strength", columns=("strength", "negative"), privacy=Privacy.OPINION),
        Cell("since", columns=("since", "until"), privacy=Privacy.OPINION),
        Cell("note", privacy=Privacy.OPINION, searched=True),
        Cell("evidence", columns=("visit", "sureness"), privacy=Privacy.OPINION),
        Cell("bond", privacy=Privacy.MOTIVE),
    ),
)


class ChainStore:
    """Asks the tables of the decision chain."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def map_of(self, account: AccountId, wanted: MapId | None = None) -> Map | None:
        """Return the map wanted; else the account's own (unnamed) one, else its first."""
        maps = self.maps(account)
        own = next((one for one in maps if not one.name), maps[0] if maps else None)
        return next((one for one in maps if one.id == wanted), own)

    def maps(self, account: AccountId) -> list[Map]:
        """Return the maps of an account, oldest first."""
        sql = "SELECT * FROM maps WHERE account = ? AND NOT gone ORDER BY id"
        return [
            Map(
                id=row["id"],
                account=row["account"],
                name=row["name"] or "",
                opportunity=row["opportunity"],
                decision_way=row["decision_way"] or "",
            )
            for row in self._ask(sql, account)
        ]

    def seats(self, chain: MapId) -> list[Seat]:
        """Return the seats of a map, oldest first."""
        sql = "SELECT * FROM seats WHERE map = ? AND NOT gone ORDER BY id"
        return [_seat(row) for row in self._ask(sql, chain)]

    def every_seat(self, account: AccountId) -> list[Seat]:
        """Return the seats of all maps of a customer, oldest first."""
        sql = (
            "SELECT s.* FROM maps m JOIN seats s ON s.map = m.id"
            " WHERE m.account = ? AND NOT m.gone AND NOT s.gone ORDER BY s.id"
        )
        return [_seat(row) for row in self._ask(sql, account)]

    def groups(self, account: AccountId) -> list[Group]:
        """Return the groups of a customer's maps, oldest first."""
        sql = "SELECT * FROM chain_groups WHERE account = ? AND NOT gone ORDER BY id"
        return [
            Group(
                id=row["id"],
                account=row["account"],
                name=row["name"] or "",
                sort=read_word(GroupSort, row["sort"], GroupSort.DEPARTMENT),
            )
            for row in self._ask(sql, account)
        ]

    def bodies(self, account: AccountId) -> list[Body]:
        """Return the deciding bodies of an account, oldest first."""
        sql = "SELECT * FROM bodies WHERE account = ? AND NOT gone ORDER BY id"
        return [_body(row) for row in self._ask(sql, account)]

    def members(self, body: Id) -> list[bytes]:
        """Return the members of a body."""
        return self._ask("SELECT target FROM bodies_members WHERE eid = ?", body).column()

    def readings(self, chain: MapId, *, until: Day) -> list[Reading]:
        """Return all judgements of a map valid on ``until``: by day, then as written."""
        rows = self._ask(
            "SELECT * FROM readings WHERE map = ? AND valid_from <= ? AND NOT gone"
            " ORDER BY valid_from, id",
            chain,
            until.isoformat(),
        )
        return [found for row in rows if (found := _reading(row))]

    def readings_of(self, subject: Id, *, until: Day) -> list[Reading]:
        """Return the judgements of one person or body on all maps: by day, then as written."""
        rows = self._ask(
            "SELECT * FROM readings WHERE subject = ? AND valid_from <= ? AND NOT gone"
            " ORDER BY valid_from, id",
            subject,
            until.isoformat(),
        )
        return [found for row in rows if (found := _reading(row))]

    def standings(self, chain: MapId, *, on: Day) -> dict[Id, Standing]:
        """Return where each person stands on a map as of a day."""
        return standings(self.readings(chain, until=on))

    def ties(self, chain: MapId, *, on: Day) -> list[Tie]:
        """Return the ties of a map as of a day."""
        day = on.isoformat()
        rows = self._ask(
            "SELECT * FROM ties WHERE map = ? AND NOT gone"
            " AND (since IS NULL OR since <= ?) AND (until IS NULL OR until >= ?) ORDER BY id",
            chain,
            day,
            day,
        )
        return [found for row in rows if (found := _tie(row))]

    def every_tie(self, chain: MapId) -> list[Tie]:
        """Return the ties of a map, those that ended and those to come too, oldest first."""
        rows = self._ask("SELECT * FROM ties WHERE map = ? AND NOT gone ORDER BY id", chain)
        return [found for row in rows if (found := _tie(row))]


def _seat(row: Row) -> Seat:
    return Seat(
        id=row["id"],
        account=row["account"],
        map=row["map"],
        post=row["post"],
        person=row["person"],
        body=row["body"],
        wanted=read_words(Role, row["wanted"]),
        label=row["label"] or "",
        x=row["x"],
        y=row["y"],
        in_group=row["in_group"],
        since=read_day(row["since"]),
        until=read_day(row["until"]),
    )


def _body(row: Row) -> Body:
    return Body(
        id=row["id"],
        account=row["account"],
        name=row["name"] or "",
        decides=row["decides"] or "",
        meets=row["meets"] or "",
        next_day=read_day(row["next_day"]),
        chair=row["chair"],
        secretary=row["secretary"],
    )


def _reading(row: Row) -> Reading | None:
    """Return a judgement; None for one that does not say of whom, of what, since when."""
    what, valid_from = read_word(What, row["what"], None), read_day(row["valid_from"])
    value = row["value"] or ""
    if not (what and valid_from and row["subject"] and on_scale(what, value)):
        return None
    return Reading(
        id=row["id"],
        account=row["account"],
        map=row["map"],
        subject=row["subject"],
        what=what,
        value=value,
        valid_from=valid_from,
        source=row["source"],
        sureness=read_word(Sureness, row["sureness"], None),
        note=row["note"] or "",
        colleague=row["colleague"],
    )


def _tie(row: Row) -> Tie | None:
    """Return a tie; None for one that does not say how or whom it ties."""
    kind = read_word(TieKind, row["kind"], None)
    if not (kind and row["source"] and row["target"]):
        return None
    return Tie(
        id=row["id"],
        account=row["account"],
        map=row["map"],
        kind=kind,
        source=row["source"],
        target=row["target"],
        strength=read_number(STRENGTHS, row["strength"], 2),
        negative=bool(row["negative"]),
        since=read_day(row["since"]),
        until=read_day(row["until"]),
        note=row["note"] or "",
        visit=row["visit"],
        sureness=row["sureness"] or "",
        bond=read_word(Bond, row["bond"], None),
    )
