"""People, posts, holdings, ways of contact and needs: their cells, and what is asked of them."""

from typing import NamedTuple

from kamdesk.core.basis import Basis as StandsOn
from kamdesk.core.clock import read_day
from kamdesk.core.ids import AccountId, Id, PersonId, PostId
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_number, read_word
from kamdesk.domain.people.model import (
    WEIGHTS,
    Basis,
    Channel,
    Holding,
    Need,
    NeedLevel,
    NeedState,
    Person,
    Post,
    Reporting,
    Way,
)
from kamdesk.domain.people.posts import read_holding, read_post, read_reporting
from kamdesk.storage import basis
from kamdesk.storage.catalogue import Cell, Kind, Merge
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

PERSON = Kind(
    "person",
    table="people",
    scope_of="account",
    holds={
        Held.ID: ("account", "site", "owner", "same_as", "merged_into"),
        Held.WHOLE: ("restricted",),
    },
    called="name",
    own=True,
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell(
            "name",
            columns=("name", "family_name", "given_name"),
            privacy=Privacy.CONTACT,
            searched=True,
        ),
        Cell("address", columns=("honorific", "form_of_address"), privacy=Privacy.CONTACT),
        Cell("department", privacy=Privacy.BUSINESS, searched=True, dated=True),
        Cell("site", privacy=Privacy.BUSINESS),
        Cell("birthday", privacy=Privacy.MOTIVE),
        Cell("preferred_channel", privacy=Privacy.CONTACT),
        Cell("background", privacy=Privacy.NOTE, merge=Merge.TEXT, searched=True),
        Cell("focus", privacy=Privacy.OPINION, searched=True, dated=True),
        Cell("their_task", privacy=Privacy.OPINION, dated=True),
        Cell("our_aim", privacy=Privacy.OPINION, dated=True),
        Cell("owner", privacy=Privacy.INTERNAL),
        Cell("note", privacy=Privacy.NOTE, merge=Merge.TEXT, searched=True),
        Cell("same_as", privacy=Privacy.INTERNAL, names=("same_as",)),
        Cell("merged_into", privacy=Privacy.INTERNAL, names=("merged_into",)),
        Cell("basis", privacy=Privacy.INTERNAL),
        Cell("source", privacy=Privacy.INTERNAL),
        Cell("collected_on", privacy=Privacy.INTERNAL),
        Cell("told_on", privacy=Privacy.INTERNAL),
        Cell("keep_until", privacy=Privacy.INTERNAL),
        Cell("restricted", columns=("restricted", "restricted_because"), privacy=Privacy.INTERNAL),
    ),
)

WAY = Kind(
    "way",
    table="ways",
    scope_of="account",
    holds={Held.ID: ("account", "person")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("person", privacy=Privacy.CONTACT, about=("person",)),
        Cell("value", columns=("channel", "value"), privacy=Privacy.CONTACT, searched=True),
        Cell("note", privacy=Privacy.CONTACT),
    ),
)

NEED = Kind(
    "need",
    table="needs",
    scope_of="account",
    holds={Held.ID: ("account", "person"), Held.WHOLE: ("stated", "special", "weight")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("person", privacy=Privacy.OPINION, about=("person",)),
        Cell("words", privacy=Privacy.MOTIVE, searched=True),
        Cell("level", columns=("level", "stated", "special"), privacy=Privacy.MOTIVE),
        Cell("weight", privacy=Privacy.MOTIVE),
        Cell("answer", privacy=Privacy.MOTIVE),
        Cell("state", privacy=Privacy.MOTIVE),
    ),
)


class PersonLine(NamedTuple):
    """A person as lists show them."""

    id: PersonId
    name: str
    post: str
    department: str
    account: AccountId | None
    account_name: str
    owner: str
    last_met: str
    phone: str


_LINES = """
SELECT p.id, p.name, s.post, p.department, p.account, a.name AS account_name, c.name AS owner,
       s.last_met, s.phone
FROM people p
LEFT JOIN accounts a ON a.id = p.account
LEFT JOIN colleagues c ON c.id = p.owner
LEFT JOIN person_standing s ON s.id = p.id
WHERE p.shown"""


_IN_ORDER = " ORDER BY +p.name, p.id"
"""The plus keeps SQLite from going by the index of names: then each row lies on another page."""


class PersonStore:
    """Asks the tables of people and posts.

    Lists hold those who are shown; somebody restricted is found by id only.
    """

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def bases(self, person: PersonId) -> dict[str, StandsOn]:
        """Return what the values of a person stand on, by cell; those that do."""
        found = basis.of_record(self._ask, person)
        return {cell: StandsOn.read(parts) for cell, parts in found.items()}

    def get(self, person: PersonId) -> Person:
        """Return a person. Raises ``LookupError``."""
        return _person(self._ask("SELECT * FROM people WHERE id = ?", person).one())

    def find(self, person: bytes | None) -> Person | None:
        """Return a person that is not deleted, or None."""
        row = self._ask("SELECT * FROM people WHERE id = ? AND NOT gone", person).first()
        return _person(row) if row else None

    def lines(self, account: AccountId | None = None) -> list[PersonLine]:
        """Return the people of one account, or all, as lists show them."""
        if account is None:
            rows = self._ask(_LINES + _IN_ORDER)
        else:
            rows = self._ask(_LINES + " AND p.account = ? ORDER BY p.name, p.id", account)
        return [
            PersonLine(
                row[0],
                row[1] or "",
                row[2] or "",
                row[3] or "",
                row[4],
                row[5] or "",
                row[6] or "",
                row[7] or "",
                row[8] or "",
            )
            for row in rows
        ]

    def count(self) -> int:
        """Return how many people are shown."""
        return int(self._ask("SELECT count(*) FROM people WHERE shown").value())

    def of_account(self, account: AccountId) -> list[Person]:
        """Return the people of an account, by id."""
        sql = "SELECT * FROM people WHERE account = ? AND shown ORDER BY id"
        return [_person(row) for row in self._ask(sql, account)]

    def hidden(self, account: AccountId) -> dict[Id, str]:
        """Return the names of an account's people who live and must not be shown, by id."""
        sql = "SELECT id, name FROM people WHERE account = ? AND NOT gone AND NOT shown"
        return {Id(row[0]): row[1] or "" for row in self._ask(sql, account)}

    def restricted(self) -> list[Person]:
        """Return the people of all accounts who live and must not be shown, by name."""
        sql = "SELECT * FROM people WHERE NOT gone AND NOT shown ORDER BY name, id"
        return [_person(row) for row in self._ask(sql)]

    def everybody(self, *, hidden: bool = False) -> list[Person]:
        """Return all people who are shown (also those who must not be: ``hidden``), by id."""
        which = "NOT gone" if hidden else "shown"
        return [
            _person(row) for row in self._ask(f"SELECT * FROM people WHERE {which} ORDER BY id")
        ]

    def named(self, name: str, account: AccountId | None = None) -> list[PersonId]:
        """Return the people shown of exactly this name (at one account)."""
        if account is None:
            return self._ask("SELECT id FROM people WHERE name = ? AND shown", name).column()
        return self._ask(
            "SELECT id FROM people WHERE account = ? AND name = ? AND shown", account, name
        ).column()

    def ways(self, person: PersonId) -> list[Way]:
        """Return the ways to reach a person, oldest first."""
        sql = "SELECT * FROM ways WHERE person = ? AND NOT gone ORDER BY id"
        return [_way(row) for row in self._ask(sql, person)]

    def ways_of_account(self, account: AccountId) -> list[Way]:
        """Return the ways to reach the people of an account."""
        sql = "SELECT * FROM ways WHERE account = ? AND NOT gone ORDER BY id"
        return [_way(row) for row in self._ask(sql, account)]

    def posts(self, account: AccountId) -> list[Post]:
        """Return the posts of an account, oldest first."""
        sql = "SELECT * FROM posts WHERE account = ? AND NOT gone ORDER BY id"
        return [read_post(row) for row in self._ask(sql, account)]

    def titled(self, account: AccountId, title: str) -> list[Post]:
        """Return the posts of an account with exactly this title, oldest first."""
        sql = "SELECT * FROM posts WHERE account = ? AND title = ? AND NOT gone ORDER BY id"
        return [read_post(row) for row in self._ask(sql, account, title)]

    def post(self, post: PostId) -> Post:
        """Return a post. Raises ``LookupError``."""
        return read_post(self._ask("SELECT * FROM posts WHERE id = ?", post).one())

    def reportings(self, account: AccountId) -> list[Reporting]:
        """Return who reported to whom since when at a customer: by day, then as written."""
        rows = self._ask(
            "SELECT * FROM reportings WHERE account = ? AND NOT gone"
            " ORDER BY valid_from IS NOT NULL, valid_from, id",
            account,
        )
        return [read_reporting(row) for row in rows if row["post"]]

    def holdings(self, account: AccountId) -> list[Holding]:
        """Return who holds and held which post of an account, oldest record first."""
        sql = "SELECT * FROM holdings WHERE account = ? AND NOT gone ORDER BY id"
        return [read_holding(row) for row in self._ask(sql, account)]

    def holdings_of(self, post: PostId) -> list[Holding]:
        """Return who holds and held a post, oldest record first."""
        sql = "SELECT * FROM holdings WHERE post = ? AND NOT gone ORDER BY id"
        return [read_holding(row) for row in self._ask(sql, post)]

    def held_by(self, person: PersonId) -> list[Holding]:
        """Return the posts a person holds and held."""
        sql = "SELECT * FROM holdings WHERE person = ? AND NOT gone ORDER BY since, id"
        return [read_holding(row) for row in self._ask(sql, person)]

    def holder_of(self, post: PostId) -> Person | None:
        """Return who holds a post now and may be shown; the latest, where several do."""
        sql = (
            "SELECT p.* FROM holdings h JOIN people p ON p.id = h.person"
            " WHERE h.post = ? AND h.until IS NULL AND NOT h.gone AND p.shown"
            " ORDER BY h.since DESC, h.id DESC LIMIT 1"
        )
        row = self._ask(sql, post).first()
        return _person(row) if row else None

    def merged_into(self, person: PersonId) -> list[PersonId]:
        """Return the records that went into this one, those that went into them too."""
        sql = (
            "WITH RECURSIVE went(id) AS (SELECT id FROM people WHERE merged_into = ?1"
            " UNION SELECT p.id FROM people p JOIN went ON p.merged_into = went.id)"
            " SELECT id FROM went WHERE id != ?1"
        )
        return [PersonId(Id(one)) for one in self._ask(sql, person).column()]

    def now(self, person: PersonId) -> PersonId:
        """Return the record an id means now: the one it was merged into, else itself."""
        sql = "SELECT merged_into FROM people WHERE id = ? AND gone AND merged_into IS NOT NULL"
        seen = {person}
        while (found := self._ask(sql, person).value()) and found not in seen:
            person = PersonId(found)
            seen.add(person)
        return person

    def needs(self, account: AccountId) -> list[Need]:
        """Return the needs of the people of an account, heaviest first."""
        sql = "SELECT * FROM needs WHERE account = ? AND NOT gone ORDER BY weight DESC, id"
        return [_need(row) for row in self._ask(sql, account)]

    def needs_of(self, person: PersonId) -> list[Need]:
        """Return the needs of a person, heaviest first."""
        sql = "SELECT * FROM needs WHERE person = ? AND NOT gone ORDER BY weight DESC, id"
        return [_need(row) for row in self._ask(sql, person)]


def _person(row: Row) -> Person:
    return Person(
        id=row["id"],
        name=row["name"] or "",
        account=row["account"],
        family_name=row["family_name"] or "",
        given_name=row["given_name"] or "",
        honorific=row["honorific"] or "",
        form_of_address=row["form_of_address"] or "",
        department=row["department"] or "",
        site=row["site"],
        birthday=row["birthday"] or "",
        preferred_channel=row["preferred_channel"] or "",
        background=row["background"] or "",
        focus=row["focus"] or "",
        their_task=row["their_task"] or "",
        our_aim=row["our_aim"] or "",
        owner=row["owner"],
        note=row["note"] or "",
        same_as=row["same_as"],
        merged_into=row["merged_into"],
        basis=read_word(Basis, row["basis"], None),
        source=row["source"] or "",
        collected_on=read_day(row["collected_on"]),
        told_on=read_day(row["told_on"]),
        keep_until=read_day(row["keep_until"]),
        restricted=bool(row["restricted"]),
        restricted_because=row["restricted_because"] or "",
    )


def _way(row: Row) -> Way:
    return Way(
        id=row["id"],
        account=row["account"],
        person=row["person"],
        channel=read_word(Channel, row["channel"], Channel.OTHER),
        value=row["value"] or "",
        note=row["note"] or "",
    )


def _need(row: Row) -> Need:
    return Need(
        id=row["id"],
        account=row["account"],
        person=row["person"],
        words=row["words"] or "",
        level=read_word(NeedLevel, row["level"], NeedLevel.BUSINESS),
        stated=bool(row["stated"]),
        special=bool(row["special"]),
        weight=read_number(WEIGHTS, row["weight"], 2),
        answer=row["answer"] or "",
        state=read_word(NeedState, row["state"], NeedState.OPEN),
    )
