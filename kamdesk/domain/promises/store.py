"""Promises in the workspace: their cells, and what is asked about them."""

from typing import NamedTuple

from kamdesk.core.clock import Day, read_day
from kamdesk.core.ids import AccountId, ColleagueId, PersonId, PromiseId, VisitId
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_word
from kamdesk.domain.promises.model import Promise, PromiseSide, PromiseState
from kamdesk.storage.catalogue import Cell, Kind
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

PROMISE = Kind(
    "promise",
    table="promises",
    scope_of="account",
    holds={Held.ID: ("account", "visit", "colleague", "person")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("side", privacy=Privacy.BUSINESS),
        Cell("words", privacy=Privacy.BUSINESS, searched=True),
        Cell("due", privacy=Privacy.BUSINESS),
        Cell("visit", privacy=Privacy.BUSINESS),
        Cell(
            "owner",
            columns=("colleague", "person"),
            privacy=Privacy.BUSINESS,
            names=("person",),
        ),
        Cell("state", columns=("state", "settled_on"), privacy=Privacy.BUSINESS),
        Cell("note", privacy=Privacy.NOTE, searched=True),
        Cell("remind", privacy=Privacy.INTERNAL),
    ),
)


class PromiseLine(NamedTuple):
    """A promise as lists show it."""

    id: PromiseId
    account: AccountId
    account_name: str
    side: PromiseSide
    words: str
    owner: str
    due: Day | None
    state: PromiseState
    remind: Day | None = None


_LINES = """
SELECT p.id, p.account, coalesce(a.short_name, a.name) AS account_name, p.side, p.words,
       coalesce(c.name, h.name) AS owner, p.due, p.state, p.remind
FROM promises p
LEFT JOIN accounts a ON a.id = p.account
LEFT JOIN colleagues c ON c.id = p.colleague
LEFT JOIN people h ON h.id = p.person AND h.shown
WHERE NOT p.gone"""
_ORDER = " ORDER BY p.due IS NULL, p.due, p.side, p.id"
OF = """(?1 IS NULL
  OR (p.side = 'ours' AND p.colleague = ?1)
  OR (p.colleague IS NULL AND p.account IN (SELECT id FROM accounts WHERE owner = ?1
    UNION ALL SELECT id FROM accounts WHERE owner IS NULL)))"""
"""That a promise ``p`` concerns the colleague ``?1``; with NULL every one does."""
_DUE_OF = " AND p.state = 'open' AND p.due <= ?2 AND " + OF


class PromiseStore:
    """Asks the ``promises`` table."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def get(self, promise: PromiseId) -> Promise:
        """Return a promise. Raises ``LookupError``."""
        return _promise(self._ask("SELECT * FROM promises WHERE id = ?", promise).one())

    def due(self, *, by: Day, of: ColleagueId | None) -> list[PromiseLine]:
        """Return the open promises due by a day that concern a colleague, earliest first.

        Those are his own, and where no colleague is named those at customers of his or nobody's.
        Without a colleague: everybody's.
        """
        rows = self._ask(_LINES + _DUE_OF + _ORDER, of, by.isoformat())
        return [_line(row) for row in rows]

    def reminders(self, *, on: Day, of: ColleagueId | None) -> list[PromiseLine]:
        """Return the open promises of which somebody is to be reminded by a day, as ``due``."""
        sql = f"{_LINES} AND p.state = 'open' AND p.remind NOT NULL AND p.remind <= ?2 AND {OF}"
        return [_line(row) for row in self._ask(sql + _ORDER, of, on.isoformat())]

    def count_due(self, side: PromiseSide, *, by: Day, of: ColleagueId | None, most: int) -> int:
        """Return how many of what ``due`` lists are promises of one side; at most ``most``."""
        within = f"SELECT 1 FROM promises p WHERE NOT p.gone AND p.side = ?3 {_DUE_OF} LIMIT ?4"
        sql = f"SELECT count(*) FROM ({within})"
        return int(self._ask(sql, of, by.isoformat(), side.value, most).value())

    def lines_of(self, account: AccountId, *, settled: bool = False) -> list[PromiseLine]:
        """Return the account's open promises, or all, earliest first."""
        which = "" if settled else " AND p.state = 'open'"
        rows = self._ask(_LINES + " AND p.account = ?" + which + _ORDER, account)
        return [_line(row) for row in rows]

    def meant(self, words: str) -> list[PromiseLine]:
        """Return the promises whose words hold these, or whose id ends on them; open ones first."""
        if not words:
            return []
        sql = f"""{_LINES} AND (instr(lower(p.words), lower(?1)) OR (length(?1) > 5
          AND substr(lower(hex(p.id)), -length(?1)) = lower(?1)))"""
        return [_line(row) for row in self._ask(f"{sql} ORDER BY p.state <> 'open', p.due", words)]

    def of_account(self, account: AccountId) -> list[Promise]:
        """Return all promises of an account, oldest first."""
        sql = "SELECT * FROM promises WHERE account = ? AND NOT gone ORDER BY id"
        return [_promise(row) for row in self._ask(sql, account)]

    def of_visit(self, visit: VisitId) -> list[Promise]:
        """Return what was promised at a visit."""
        sql = "SELECT * FROM promises WHERE visit = ? AND NOT gone ORDER BY id"
        return [_promise(row) for row in self._ask(sql, visit)]

    def of_person(self, person: PersonId) -> list[Promise]:
        """Return what a person promised, oldest first."""
        sql = "SELECT * FROM promises WHERE person = ? AND NOT gone ORDER BY id"
        return [_promise(row) for row in self._ask(sql, person)]


def _promise(row: Row) -> Promise:
    return Promise(
        id=row["id"],
        account=row["account"],
        side=read_word(PromiseSide, row["side"], PromiseSide.OURS),
        words=row["words"] or "",
        due=read_day(row["due"]),
        visit=row["visit"],
        colleague=row["colleague"],
        person=row["person"],
        state=read_word(PromiseState, row["state"], PromiseState.OPEN),
        settled_on=read_day(row["settled_on"]),
        note=row["note"] or "",
        remind=read_day(row["remind"]),
    )


def _line(row: Row) -> PromiseLine:
    return PromiseLine(
        row[0],
        row[1],
        row[2] or "",
        read_word(PromiseSide, row[3], PromiseSide.OURS),
        row[4] or "",
        row[5] or "",
        read_day(row[6]),
        read_word(PromiseState, row[7], PromiseState.OPEN),
        read_day(row[8]),
    )
