"""The follower that keeps search true: names with their keys, prose as documents."""

from collections.abc import Callable, Iterable, Mapping, Set
from typing import Final

from kamdesk.core.ids import Id
from kamdesk.search import doc_rows, name_rows
from kamdesk.search.fields import ACCOUNTS, GROUPS, PEOPLE, prose_kinds
from kamdesk.search.gathering import among, batches, in_turn, reweighed
from kamdesk.storage.catalogue import Catalogue
from kamdesk.storage.database import Connection
from kamdesk.storage.filling import indexes_aside
from kamdesk.storage.followers import unheard

_EVER_AT = "SELECT account FROM scopes JOIN op ON op.scope = scopes.n WHERE op.eid IN"
_MET = "SELECT t.who FROM attendees t WHERE t.visit IN"
_SEATED = "SELECT t.who FROM attendees t WHERE t.id IN"
_HELD = "SELECT person FROM holdings WHERE id IN"
_IN_POST = "SELECT person FROM holdings WHERE post IN"
_REACHED = "SELECT person FROM ways WHERE id IN"
_KNOWN = "SELECT {0}.id FROM known_as k JOIN {0} ON {0}.id = k.record WHERE k.id IN"
_WORKING = "SELECT id FROM people WHERE account IN"
_TABLES: Final = ((ACCOUNTS, "accounts"), (PEOPLE, "people"))


class SearchIndex:
    """Keeps the tables of search true. Runs after the standing of accounts and people."""

    tables: tuple[str, ...] = (
        "search_names",
        "search_keys",
        "search_accounts",
        "search_people",
        "search_docs",
        "search_notes",
    )

    def __init__(self, catalogue: Catalogue) -> None:
        self._prose: Final = prose_kinds(catalogue)

    def follow(self, connection: Connection, touched: Mapping[str, Set[Id]]) -> None:
        """Bring the rows of the touched records up to date."""
        known = _asked(connection, _KNOWN.format("accounts"), touched, "known_as")
        accounts = {*touched.get("account", ()), *known}
        visited = _asked(connection, _EVER_AT, touched, "visit") - accounts
        accounts |= reweighed(connection, ACCOUNTS, visited)
        renamed = name_rows.refresh(connection, ACCOUNTS, accounts)
        known = _asked(connection, _KNOWN.format("people"), touched, "known_as")
        people = {*touched.get("person", ()), *known}
        people |= _asked(connection, _WORKING, {"account": renamed}, "account")
        people |= _asked(connection, _REACHED, touched, "way")
        people |= _asked(connection, _HELD, touched, "holding")
        people |= _asked(connection, _IN_POST, touched, "post")
        met = _asked(connection, _MET, touched, "visit")
        met |= _asked(connection, _SEATED, touched, "attendee")
        people |= reweighed(connection, PEOPLE, met - people)
        name_rows.refresh(connection, PEOPLE, people)
        for name, (kind, prose) in self._prose.items():
            if touched.get(name):
                doc_rows.refresh(connection, kind, prose, touched[name])

    def rebuild(self, connection: Connection, step: Callable[[int], None] = unheard) -> None:
        """Make all rows of search anew."""
        execute = connection.execute
        for table in ("search_accounts", "search_people", "search_notes"):
            execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        for table in ("search_names", "search_keys", "search_docs"):
            execute(f"DELETE FROM {table}")
        for group, table in _TABLES:
            name_rows.rebuild(connection, group, table, step)
        with indexes_aside(connection, "search_docs"):
            for kind, prose in self._prose.values():
                doc_rows.rebuild(connection, kind, prose, step)
        self.forget(connection)

    def forget(self, connection: Connection) -> None:
        """Merge the full-text tables, so that nothing of deleted words stays in them."""
        for table in ("search_accounts", "search_people", "search_notes"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")

    def findings(self, connection: Connection) -> list[str]:
        """Return what differs between the rows of search and a rebuilding."""
        return [*_names(connection), *self._documents(connection)]

    def _documents(self, connection: Connection) -> list[str]:
        count = left = _count(connection, "search_docs")
        differing = 0
        for kind, prose in self._prose.values():
            for batch in in_turn(connection, kind.table):
                stored = doc_rows.stored(connection, kind, batch)
                for place, doc in doc_rows.documents(connection, kind, prose, batch):
                    left -= place in stored
                    differing += stored.get(place) != (doc.day, doc.digest)
        wrong = []
        if differing or left:
            wrong.append(f"search_docs: {differing} differ or are missing, {left} too many")
        if _count(connection, "search_notes") != count:
            wrong.append("search_notes does not hold one row for each document")
        return wrong


def _names(connection: Connection) -> list[str]:
    left = _count(connection, "search_names")
    by_kind = connection.execute("SELECT kind, count(*) FROM search_names GROUP BY kind")
    counts = {row[0]: row[1] for row in by_kind}
    differing = keys = 0
    for group, table in _TABLES:
        for batch in in_turn(connection, table):
            stored = name_rows.stored(connection, group, batch)
            for record, entry, count in name_rows.entries(connection, group, batch):
                left -= record in stored
                differing += stored.get(record) != entry
                keys += count
    found = []
    if differing or left:
        found.append(f"search_names: {differing} differ or are missing, {left} too many")
    if _count(connection, "search_keys") != keys:
        found.append("search_keys does not hold the keys of the names")
    found += [
        f"{group.table} does not hold one row for each name"
        for group in GROUPS
        if _count(connection, group.table) != counts.get(group.number, 0)
    ]
    return found


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _asked(
    connection: Connection, sql: str, touched: Mapping[str, Iterable[bytes]], kind: str
) -> set[bytes]:
    return {
        row[0]
        for batch in batches(touched.get(kind, ()))
        for row in among(connection, sql, batch)
        if row[0]
    }
