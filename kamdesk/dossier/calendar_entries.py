"""What goes into other people's calendars: visits and promises, and nothing of what we think.

A calendar is read by secretaries and over shoulders: no objective, no ask, no note leaves here
(``field_book.md`` 2.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, Instant, read_day
from kamdesk.core.ids import AccountId, ColleagueId
from kamdesk.core.stored import read_number, read_word
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import MINUTES, Firmness, VisitKind, VisitState
from kamdesk.storage.database import Reader, Row

_CHANGED: Final = "SELECT eid, count(*), max(wall) FROM op WHERE eid IN ({marks}) GROUP BY eid"
_NAMED: Final = """
SELECT v.id, coalesce(a.short_name, a.name) AS account, v.start, v.minutes, v.kind, v.topic,
  CASE WHEN v.gone THEN 'dropped' ELSE v.state END AS state, v.firmness, v.place,
  s.name AS site, s.address, s.city
FROM visits v LEFT JOIN accounts a ON a.id = v.account
LEFT JOIN sites s ON s.id = v.site AND NOT s.gone"""
_BY_TIME: Final = " ORDER BY v.start, v.id"
_THESE: Final = _NAMED + " WHERE NOT v.gone AND v.id IN ({marks})" + _BY_TIME
_KNOWN: Final = "SELECT id FROM visits WHERE id IN ({marks})"
_MINE: Final = """
WHERE NOT v.gone AND v.start >= ?2 AND v.start < ?3 AND (?4 IS NULL OR v.account = ?4)
  AND (?1 IS NULL OR v.id IN (SELECT visit FROM attendees WHERE who = ?1 AND NOT gone)
    OR (v.account IN (SELECT id FROM accounts WHERE owner = ?1
      UNION ALL SELECT id FROM accounts WHERE owner IS NULL)
    AND NOT EXISTS (SELECT 1 FROM attendees t
      WHERE t.visit = v.id AND t.side = 'ours' AND NOT t.gone)))"""
_TAKEN_BACK: Final = """
WHERE v.gone AND v.state IN ('planned', 'held') AND v.start >= ?2 AND v.start < ?3
  AND (?4 IS NULL OR v.account = ?4)
  AND (?1 IS NULL OR v.id IN (SELECT visit FROM attendees WHERE who = ?1)
    OR v.account IN (SELECT id FROM accounts WHERE owner = ?1
      UNION ALL SELECT id FROM accounts WHERE owner IS NULL))"""
_SITTING: Final = """
SELECT t.visit, coalesce(p.name, c.name) AS name FROM attendees t
LEFT JOIN people p ON p.id = t.who AND p.shown
LEFT JOIN colleagues c ON c.id = t.who
WHERE t.visit IN ({marks}) AND NOT t.gone AND t.absent IS NULL
  AND coalesce(p.name, c.name) NOT NULL
ORDER BY t.rid"""
_PROMISES: Final = """
SELECT p.id, coalesce(a.short_name, a.name) AS account, p.side, p.words, p.due, p.state,
  p.settled_on
FROM promises p LEFT JOIN accounts a ON a.id = p.account
WHERE NOT p.gone AND (?4 IS NULL OR p.account = ?4)
  AND (p.state = 'open' AND (p.due IS NULL OR p.due < ?3)
    OR p.state <> 'open' AND p.settled_on >= ?2 AND p.settled_on < ?3)
  AND (?1 IS NULL OR (p.side = 'ours' AND p.colleague = ?1)
    OR (p.colleague IS NULL AND p.account IN (SELECT id FROM accounts WHERE owner = ?1
      UNION ALL SELECT id FROM accounts WHERE owner IS NULL)))
ORDER BY p.due IS NULL, p.due, p.id"""


class Changed(NamedTuple):
    """How often a record was written, and when last: later states replace earlier ones."""

    times: int
    last: Instant


_NEVER: Final = Changed(0, Instant(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitEntry:
    """A visit as a calendar shows it."""

    id: bytes
    account: str
    start: Instant
    minutes: int
    kind: VisitKind
    topic: str
    state: VisitState
    firmness: Firmness
    places: tuple[str, ...]
    people: tuple[str, ...]
    changed: Changed


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseEntry:
    """A promise as a list of things to do shows it."""

    id: bytes
    account: str
    side: PromiseSide
    words: str
    due: Day | None
    state: PromiseState
    settled_on: Day | None
    changed: Changed


class CalendarEntries:
    """Asks for what concerns ``me``, or everybody's when that is None; of one customer, or all."""

    def __init__(
        self, reader: Reader, *, me: ColleagueId | None, account: AccountId | None = None
    ) -> None:
        self._reader, self._me, self._account = reader, me, account

    def visits(self, first: Instant, last: Instant) -> list[VisitEntry]:
        """Return the visits from ``first`` to before ``last``, dropped ones too."""
        return self._of_days(_MINE, first, last)

    def taken_back(self, first: Instant, last: Instant) -> list[VisitEntry]:
        """Return the visits of these days that are deleted, as dropped ones."""
        return self._of_days(_TAKEN_BACK, first, last)

    def _of_days(self, which: str, first: Instant, last: Instant) -> list[VisitEntry]:
        bounds = (str(first).split(" ")[0], str(last).split(" ")[0])
        sql = _NAMED + which + _BY_TIME
        return self._entries(list(self._reader.ask(sql, self._me, *bounds, self._account)))

    def these(self, visits: Sequence[bytes]) -> list[VisitEntry]:
        """Return some visits by their ids, whoever they concern; those without a day not."""
        return self._entries(list(self._reader.of_each(_THESE, visits)))

    def known(self, visits: Sequence[bytes]) -> set[bytes]:
        """Return which of these are visits of this workspace, deleted ones too."""
        return {visit for (visit,) in self._reader.of_each(_KNOWN, visits)}

    def _entries(self, rows: Sequence[Row]) -> list[VisitEntry]:
        found = [row["id"] for row in rows]
        sitting, changed = self._sitting(found), self._changed(found)
        return [
            entry
            for row in rows
            if (entry := _visit(row, sitting.get(row["id"], ()), changed.get(row["id"], _NEVER)))
        ]

    def promises(self, first: Day, last: Day) -> list[PromiseEntry]:
        """Return the open promises due before ``last``, and those settled since ``first``."""
        bounds = (first.isoformat(), last.isoformat())
        rows = list(self._reader.ask(_PROMISES, self._me, *bounds, self._account))
        changed = self._changed([row["id"] for row in rows])
        return [_promise(row, changed.get(row["id"], _NEVER)) for row in rows]

    def _sitting(self, visits: Sequence[bytes]) -> dict[bytes, tuple[str, ...]]:
        found: dict[bytes, tuple[str, ...]] = {}
        for visit, name in self._reader.of_each(_SITTING, visits):
            found[visit] = (*found.get(visit, ()), name)
        return found

    def _changed(self, records: Sequence[bytes]) -> dict[bytes, Changed]:
        return {
            eid: Changed(n - 1, Instant(wall))
            for eid, n, wall in self._reader.of_each(_CHANGED, records)
        }


def _visit(row: Row, people: tuple[str, ...], changed: Changed) -> VisitEntry | None:
    start = Instant.read(row["start"])
    if start is None:
        return None
    site = (row["site"], row["address"], row["city"])
    return VisitEntry(
        id=row["id"],
        account=row["account"] or "",
        start=start,
        minutes=read_number(MINUTES, row["minutes"], 60),
        kind=read_word(VisitKind, row["kind"], VisitKind.VISIT),
        topic=row["topic"] or "",
        state=read_word(VisitState, row["state"], VisitState.PLANNED),
        firmness=read_word(Firmness, row["firmness"], Firmness.AGREED),
        places=tuple(dict.fromkeys(filter(None, (row["place"], *site)))),
        people=people,
        changed=changed,
    )


def _promise(row: Row, changed: Changed) -> PromiseEntry:
    return PromiseEntry(
        id=row["id"],
        account=row["account"] or "",
        side=read_word(PromiseSide, row["side"], PromiseSide.OURS),
        words=row["words"] or "",
        due=read_day(row["due"]),
        state=read_word(PromiseState, row["state"], PromiseState.OPEN),
        settled_on=read_day(row["settled_on"]),
        changed=changed,
    )
