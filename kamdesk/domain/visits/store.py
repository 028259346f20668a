"""Visits, attendees and facts in the workspace: their cells, and what is asked about them."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from kamdesk.core.clock import Day, Instant, read_day
from kamdesk.core.ids import AccountId, ColleagueId, Id, PersonId, VisitId
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_number, read_word
from kamdesk.domain.visits.model import (
    MINUTES,
    Atmosphere,
    Attendee,
    Fact,
    Firmness,
    Reached,
    Side,
    Visit,
    VisitKind,
    VisitState,
)
from kamdesk.storage.catalogue import Cell, Kind, Merge
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

VISIT = Kind(
    "visit",
    table="visits",
    scope_of="account",
    own=True,
    holds={Held.ID: ("account", "site", "host", "map"), Held.WHOLE: ("minutes",)},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("place", columns=("site", "place"), privacy=Privacy.BUSINESS),
        Cell("time", columns=("start", "minutes"), privacy=Privacy.BUSINESS),
        Cell("kind", privacy=Privacy.BUSINESS),
        Cell("firmness", privacy=Privacy.INTERNAL),
        Cell("topic", privacy=Privacy.BUSINESS, searched=True),
        Cell("objective", privacy=Privacy.OPINION, searched=True),
        Cell("ask", privacy=Privacy.OPINION, searched=True),
        Cell("fallback", privacy=Privacy.OPINION),
        Cell("red_line", privacy=Privacy.OPINION),
        Cell("agenda", privacy=Privacy.BUSINESS, merge=Merge.TEXT),
        Cell("questions", privacy=Privacy.OPINION, merge=Merge.TEXT),
        Cell("materials", privacy=Privacy.BUSINESS, merge=Merge.TEXT),
        Cell("host", privacy=Privacy.BUSINESS, names=("host",)),
        Cell("map", privacy=Privacy.INTERNAL),
        Cell("state", privacy=Privacy.BUSINESS),
        Cell("said", privacy=Privacy.NOTE, merge=Merge.TEXT, searched=True),
        Cell("reached", privacy=Privacy.OPINION),
        Cell("outcome", privacy=Privacy.NOTE, searched=True),
        Cell("atmosphere", privacy=Privacy.OPINION),
        Cell(
            "next_step",
            columns=("next_step", "next_step_by", "no_next_step_because"),
            privacy=Privacy.BUSINESS,
            searched=True,
        ),
    ),
)

ATTENDEE = Kind(
    "attendee",
    table="attendees",
    scope_of="account",
    holds={Held.ID: ("account", "visit", "who"), Held.WHOLE: ("absent",)},
    linked=True,
    outlives=("account", "seat", "absent"),
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("seat", columns=("visit", "who", "side"), privacy=Privacy.BUSINESS, about=("who",)),
        Cell("point", privacy=Privacy.OPINION),
        Cell("part", privacy=Privacy.BUSINESS),
        Cell("absent", privacy=Privacy.BUSINESS),
    ),
)

FACT = Kind(
    "fact",
    table="facts",
    scope_of="account",
    holds={Held.ID: ("account", "visit", "about"), Held.WHOLE: ("here",)},
    kept_by="here",
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("words", privacy=Privacy.NOTE, searched=True),
        Cell("day", privacy=Privacy.BUSINESS),
        Cell("visit", privacy=Privacy.BUSINESS),
        Cell("about", privacy=Privacy.BUSINESS, about=("about",)),
        Cell("here", privacy=Privacy.INTERNAL),
    ),
)


class VisitLine(NamedTuple):
    """A visit as lists show it.

    Only lists of many customers' visits say who sits there: ``theirs`` by name, ``ours`` by id in
    hex.
    """

    id: VisitId
    account: AccountId
    account_name: str
    start: Instant | None
    minutes: int
    kind: VisitKind
    topic: str
    objective: str
    state: VisitState
    next_step: str
    theirs: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()


class DayOfVisits(NamedTuple):
    """The first visits of a calendar day in order of time, and how many there are in all."""

    day: Day
    lines: list[VisitLine]
    total: int


class LogFilter(StrEnum):
    """Which visits the log shows."""

    ALL = "all"
    PLANNED = "planned"
    TO_WRITE_UP = "to_write_up"
    CLOSED = "closed"
    DROPPED = "dropped"


_APART = chr(31)
_LINES = """
SELECT v.id, v.account, coalesce(a.short_name, a.name) AS account_name, v.start, v.minutes,
       v.kind, v.topic, v.objective, v.state, v.next_step
FROM visits v LEFT JOIN accounts a ON a.id = v.account
WHERE NOT v.gone"""

_NAMED = _LINES.replace(
    "v.next_step",
    """v.next_step,
       (SELECT group_concat(p.name, char(31)) FROM attendees t JOIN people p ON p.id = t.who
          WHERE t.visit = v.id AND NOT t.gone AND t.absent IS NULL AND p.shown),
       (SELECT group_concat(lower(hex(t.who)), char(31)) FROM attendees t
          WHERE t.visit = v.id AND t.side = 'ours' AND NOT t.gone AND t.absent IS NULL)""",
    1,
)
_NEWEST = " ORDER BY v.start DESC, v.id DESC LIMIT ?"
_FILTERS = {
    LogFilter.ALL: "",
    LogFilter.PLANNED: (
        " AND v.state IN ('planned', 'held') AND v.state = 'planned' AND v.start >= :now"
    ),
    LogFilter.TO_WRITE_UP: " AND v.state IN ('planned', 'held') AND v.start < :now",
    LogFilter.CLOSED: " AND v.state = 'closed'",
    LogFilter.DROPPED: " AND v.state = 'dropped'",
}


class VisitStore:
    """Asks the tables of visits."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def get(self, visit: VisitId) -> Visit:
        """Return a visit. Raises ``LookupError``."""
        return _visit(self._ask("SELECT * FROM visits WHERE id = ?", visit).one())

    def find(self, visit: bytes) -> Visit | None:
        """Return a visit that is not deleted, or None."""
        row = self._ask("SELECT * FROM visits WHERE id = ? AND NOT gone", visit).first()
        return _visit(row) if row else None

    def of_account(self, account: AccountId, *, limit: int = 500) -> list[VisitLine]:
        """Return the account's visits as lines, newest first."""
        sql = _LINES + " AND v.account = ? ORDER BY v.start DESC, v.id DESC LIMIT ?"
        return [_line(row) for row in self._ask(sql, account, limit)]

    def whole(self, account: AccountId, *, limit: int = 500) -> list[Visit]:
        """Return the account's visits, newest first."""
        sql = (
            "SELECT * FROM visits WHERE account = ? AND NOT gone"
            " ORDER BY start DESC, id DESC LIMIT ?"
        )
        return [_visit(row) for row in self._ask(sql, account, limit)]

    def between(self, first: Instant, last: Instant) -> list[VisitLine]:
        """Return the visits that start from ``first`` to before ``last``, in order of time."""
        sql = _LINES + " AND v.start >= ? AND v.start < ? ORDER BY v.start, v.id"
        return [_line(row) for row in self._ask(sql, _stamp(first), _stamp(last))]

    def days(self, first: Day, n: int, *, zone: str, most: int) -> list[DayOfVisits]:
        """Return ``n`` calendar days of a zone, each with at most ``most`` visits."""
        bounds = [
            _stamp(Instant.at(first + timedelta(days=at), 0, zone=zone)) for at in range(n + 1)
        ]
        within = " AND v.start >= ? AND v.start < ?"
        count = "SELECT count(*) FROM visits v WHERE NOT v.gone" + within
        found = []
        for at, (begins, ends) in enumerate(pairwise(bounds)):
            rows = self._ask(
                _NAMED + within + " ORDER BY v.start, v.id LIMIT ?", begins, ends, most + 1
            )
            lines = [_line(row) for row in rows]
            total = len(lines)
            if total > most:
                total = int(self._ask(count, begins, ends).value())
            found.append(DayOfVisits(first + timedelta(days=at), lines[:most], total))
        return found

    def around(self, start: Instant, minutes: int) -> list[VisitLine]:
        """Return the visits that may overlap a time: those that begin from a day before it."""
        begins, ends = start.plus(days=-1), start.plus(minutes=minutes)
        sql = _NAMED + " AND v.start >= ? AND v.start < ? ORDER BY v.start, v.id LIMIT 500"
        return [_line(row) for row in self._ask(sql, _stamp(begins), _stamp(ends))]

    def log(
        self,
        which: LogFilter,
        *,
        now: Instant,
        before: VisitLine | None = None,
        limit: int = 500,
    ) -> list[VisitLine]:
        """Return visits of all customers, the newest first; ``before`` is the last one known."""
        sql = _NAMED + _FILTERS[which].replace(":now", "?")
        values: list[object] = []
        if "?" in sql:
            values.append(_stamp(now))
        if before is not None and before.start is not None:
            sql += " AND (v.start, v.id) < (?, ?)"
            values += [str(before.start), before.id]
        return [_line(row) for row in self._ask(sql + _NEWEST, *values, limit)]

    def lines(self, *, limit: int = 1000) -> list[VisitLine]:
        """Return the newest visits of all accounts."""
        sql = _LINES + " ORDER BY v.start DESC, v.id DESC LIMIT ?"
        return [_line(row) for row in self._ask(sql, limit)]

    def attendees(self, visit: VisitId) -> list[Attendee]:
        """Return who sits at a visit, as they were added."""
        sql = "SELECT * FROM attendees WHERE visit = ? AND NOT gone ORDER BY rid"
        return [_attendee(row) for row in self._ask(sql, visit)]

    def last_met(self, account: AccountId, *, before: Instant) -> dict[Id, Instant]:
        """Return when each person and colleague last really sat at a visit of the account."""
        rows = self._ask(
            "SELECT t.who, max(v.start) FROM visits v JOIN attendees t ON t.visit = v.id"
            " WHERE v.account = ? AND v.state IN ('held', 'closed') AND v.start < ?"
            " AND NOT v.gone AND NOT t.gone AND t.absent IS NULL GROUP BY t.who",
            account,
            _stamp(before),
        )
        return {Id(row[0]): met for row in rows if (met := Instant.read(row[1]))}

    def first_met(self, account: AccountId, *, before: Instant) -> dict[Id, VisitId]:
        """Return the first visit of the account at which each of theirs really sat."""
        rows = self._ask(
            "SELECT t.who, v.id, min(v.start) FROM visits v JOIN attendees t ON t.visit = v.id"
            " WHERE v.account = ? AND v.state IN ('held', 'closed') AND v.start < ?"
            " AND t.side = 'theirs' AND NOT v.gone AND NOT t.gone AND t.absent IS NULL"
            " GROUP BY t.who",
            account,
            _stamp(before),
        )
        return {Id(who): visit for who, visit, _ in rows}

    def ours_at(self, account: AccountId, *, limit: int = 60) -> dict[VisitId, list[ColleagueId]]:
        """Return who of ours really sat at the newest visits of an account, as they were added."""
        rows = self._ask(
            "SELECT t.visit, t.who FROM attendees t WHERE t.visit IN (SELECT id FROM visits"
            " WHERE account = ? AND NOT gone ORDER BY start DESC, id DESC LIMIT ?)"
            " AND t.side = 'ours' AND NOT t.gone AND t.absent IS NULL ORDER BY t.rid",
            account,
            limit,
        )
        found: dict[VisitId, list[ColleagueId]] = {}
        for visit, who in rows:
            found.setdefault(visit, []).append(who)
        return found

    def of_person(self, person: PersonId, *, limit: int = 200) -> list[VisitLine]:
        """Return the visits a person sat at, newest first."""
        sql = (
            _LINES + " AND v.id IN (SELECT visit FROM attendees WHERE who = ? AND NOT gone)"
            " ORDER BY v.start DESC, v.id DESC LIMIT ?"
        )
        return [_line(row) for row in self._ask(sql, person, limit)]

    def facts(self, account: AccountId, *, since: Day | None = None) -> list[Fact]:
        """Return what was learnt about an account (since a day), newest first."""
        rows = self._ask(
            "SELECT * FROM facts WHERE account = ? AND day >= ? AND NOT gone"
            " ORDER BY day DESC, id DESC",
            account,
            since.isoformat() if since else "",
        )
        return _facts(rows)

    def with_notes_here(self, records: Collection[bytes]) -> set[bytes]:
        """Return those customers, visits and people of whom a note stays on this computer."""
        marks = ", ".join("?" * len(records))
        sql = " UNION ".join(
            f"SELECT {of} FROM facts WHERE {of} IN ({marks}) AND here AND NOT gone"
            for of in ("account", "visit", "about")
        )
        return set(self._ask(sql, *records, *records, *records).column())

    def facts_of(self, visit: VisitId) -> list[Fact]:
        """Return what was learnt at a visit."""
        sql = "SELECT * FROM facts WHERE visit = ? AND NOT gone ORDER BY id"
        return _facts(self._ask(sql, visit))


def _visit(row: Row) -> Visit:
    return Visit(
        id=row["id"],
        account=row["account"],
        site=row["site"],
        place=row["place"] or "",
        start=Instant.read(row["start"]),
        minutes=read_number(MINUTES, row["minutes"], 60),
        kind=read_word(VisitKind, row["kind"], VisitKind.VISIT),
        firmness=read_word(Firmness, row["firmness"], Firmness.AGREED),
        topic=row["topic"] or "",
        objective=row["objective"] or "",
        ask=row["ask"] or "",
        fallback=row["fallback"] or "",
        red_line=row["red_line"] or "",
        agenda=row["agenda"] or "",
        questions=row["questions"] or "",
        materials=row["materials"] or "",
        host=row["host"],
        map=row["map"],
        state=read_word(VisitState, row["state"], VisitState.PLANNED),
        said=row["said"] or "",
        reached=read_word(Reached, row["reached"], None),
        outcome=row["outcome"] or "",
        atmosphere=read_word(Atmosphere, row["atmosphere"], None),
        next_step=row["next_step"] or "",
        next_step_by=read_day(row["next_step_by"]),
        no_next_step_because=row["no_next_step_because"] or "",
    )


def _line(row: Row) -> VisitLine:
    return VisitLine(
        row[0],
        row[1],
        row[2] or "",
        Instant.read(row[3]),
        read_number(MINUTES, row[4], 60),
        read_word(VisitKind, row[5], VisitKind.VISIT),
        row[6] or "",
        row[7] or "",
        read_word(VisitState, row[8], VisitState.PLANNED),
        row[9] or "",
        *(tuple(row[n].split(_APART)) if row[n] else () for n in range(10, len(row))),
    )


def _stamp(moment: Instant) -> str:
    """Return what is compared with stored starts: without the zone, which comes last."""
    return str(moment).split(" ")[0]


def _attendee(row: Row) -> Attendee:
    return Attendee(
        id=row["id"],
        account=row["account"],
        visit=row["visit"],
        who=row["who"],
        side=read_word(Side, row["side"], Side.THEIRS),
        point=row["point"] or "",
        part=row["part"] or "",
        absent=bool(row["absent"]),
    )


def _facts(rows: Iterable[Row]) -> list[Fact]:
    """Return what was learnt; what lacks its day is left out."""
    return [
        Fact(
            id=row["id"],
            account=row["account"],
            words=row["words"] or "",
            day=day,
            visit=row["visit"],
            about=row["about"],
            here=bool(row["here"]),
        )
        for row in rows
        if (day := read_day(row["day"]))
    ]
