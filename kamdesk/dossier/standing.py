"""Roll-ups that cross rooms: when an account was last and is next visited, a person's post."""

from collections.abc import Callable, Iterable, Mapping, Set

from kamdesk.core.ids import Id
from kamdesk.storage.database import Connection
from kamdesk.storage.followers import unheard

_ACCOUNTS = """
SELECT a.id,
  (SELECT max(v.start) FROM visits v WHERE v.account = a.id AND NOT v.gone
     AND v.state IN ('held', 'closed')),
  (SELECT min(v.start) FROM visits v WHERE v.account = a.id AND NOT v.gone
     AND v.state = 'planned')
FROM accounts a"""

_PEOPLE = """
SELECT p.id,
  (SELECT o.title FROM holdings h JOIN posts o ON o.id = h.post
     WHERE h.person = p.id AND h.until IS NULL AND NOT h.gone AND NOT o.gone
     ORDER BY h.since DESC, h.id DESC LIMIT 1),
  (SELECT max(v.start) FROM attendees t JOIN visits v ON v.id = t.visit
     WHERE t.who = p.id AND t.absent IS NULL AND NOT t.gone AND NOT v.gone
       AND v.state IN ('held', 'closed')),
  (SELECT max(v.start) FROM attendees t JOIN visits v ON v.id = t.visit
     WHERE t.who = p.id AND t.absent IS NULL AND NOT t.gone AND v.contact IN ('visit', 'video')),
  (SELECT w.value FROM ways w WHERE w.person = p.id AND NOT w.gone
     AND w.channel IN ('mobile', 'phone') ORDER BY w.channel, w.id LIMIT 1)
FROM people p"""

_ROLL_UPS = {
    "account_standing": ("id, last_visit, next_visit", _ACCOUNTS),
    "person_standing": ("id, post, last_met, last_real, phone", _PEOPLE),
}
_EVER_AT = (
    "SELECT scopes.account, visits.account FROM op JOIN scopes ON op.scope = scopes.n"
    " LEFT JOIN visits ON visits.id = op.eid WHERE op.eid IN"
)
"""Where visits ever were by their log, and where their rows say: a stranger's may disagree."""
_BATCH = 500


class Standing:
    """Keeps ``account_standing`` and ``person_standing`` true."""

    tables = tuple(_ROLL_UPS)

    def follow(self, connection: Connection, touched: Mapping[str, Set[Id]]) -> None:
        """Bring the accounts and people up to date that the touched records concern."""
        accounts = set(touched.get("account", ()))
        accounts |= _asked(connection, _EVER_AT, touched, "visit")
        people = set(touched.get("person", ()))
        for kind, sql in (
            ("holding", "SELECT person FROM holdings WHERE id IN"),
            ("post", "SELECT person FROM holdings WHERE post IN"),
            ("way", "SELECT person FROM ways WHERE id IN"),
            ("attendee", "SELECT who FROM attendees WHERE id IN"),
            ("visit", "SELECT who FROM attendees WHERE visit IN"),
        ):
            people |= _asked(connection, sql, touched, kind)
        _refresh(connection, "account_standing", " WHERE a.id IN", accounts)
        _refresh(connection, "person_standing", " WHERE p.id IN", people)

    def rebuild(self, connection: Connection, step: Callable[[int], None] = unheard) -> None:
        """Make both tables anew."""
        for table, (columns, select) in _ROLL_UPS.items():
            connection.execute(f"DELETE FROM {table}")
            connection.execute(f"INSERT INTO {table} ({columns}) {select}")
            step(0)

    def forget(self, connection: Connection) -> None:
        """Nothing: rows deleted here leave nothing behind."""

    def findings(self, connection: Connection) -> list[str]:
        """Return which of the two tables differs from a rebuilding."""
        found = []
        for table, (columns, select) in _ROLL_UPS.items():
            stored = f"SELECT {columns} FROM {table}"
            pairs = ((stored, select), (select, stored))
            if any(connection.execute(f"{a} EXCEPT {b} LIMIT 1").fetchone() for a, b in pairs):
                found.append(f"{table} differs from its rebuilding")
        return found


def _asked(connection: Connection, sql: str, touched: Mapping[str, Set[Id]], kind: str) -> set[Id]:
    found: set[Id] = set()
    for batch in _batches(touched.get(kind, ())):
        marks = ",".join("?" * len(batch))
        rows = connection.execute(f"{sql} ({marks})", batch)
        found.update(Id(value) for row in rows for value in row if value)
    return found


def _refresh(connection: Connection, table: str, where: str, ids: Iterable[Id]) -> None:
    columns, select = _ROLL_UPS[table]
    for batch in _batches(ids):
        marks = ",".join("?" * len(batch))
        connection.execute(f"DELETE FROM {table} WHERE id IN ({marks})", batch)
        connection.execute(f"INSERT INTO {table} ({columns}) {select}{where} ({marks})", batch)


def _batches(ids: Iterable[Id]) -> list[list[Id]]:
    every = sorted(ids)
    return [every[at : at + _BATCH] for at in range(0, len(every), _BATCH)]
