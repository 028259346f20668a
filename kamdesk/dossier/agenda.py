"""The visits of one colleague in a stretch of time, with who of theirs sits there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, ColleagueId, PersonId, SiteId, VisitId
from kamdesk.core.stored import read_number, read_word
from kamdesk.core.wording import Text
from kamdesk.domain.visits.model import MINUTES, VisitKind, VisitState
from kamdesk.storage.database import Reader, Row

_VISITS: Final = """
SELECT v.id, v.account, coalesce(a.short_name, a.name) AS account_name, a.city, v.start, v.minutes,
  v.kind, v.site, s.name AS site_name, v.place, v.topic, v.objective, v.questions, v.state, v.map
FROM visits v{by} LEFT JOIN accounts a ON a.id = v.account
LEFT JOIN sites s ON s.id = v.site AND NOT s.gone
WHERE NOT v.gone AND v.start >= ?2 AND v.start < ?3 AND (?1 IS NULL
  OR v.id IN (SELECT visit FROM attendees WHERE who = ?1 AND NOT gone)
  OR (v.account IN (SELECT id FROM accounts WHERE owner = ?1
    UNION ALL SELECT id FROM accounts WHERE owner IS NULL)
   AND NOT EXISTS (SELECT 1 FROM attendees t
    WHERE t.visit = v.id AND t.side = 'ours' AND NOT t.gone))) {which}"""
_OPEN: Final = " INDEXED BY visits_open"
_DAY: Final = _VISITS.format(
    by="", which="AND v.state <> 'dropped' ORDER BY v.start, v.id LIMIT ?4"
)
_LACKING: Final = _VISITS.format(
    by=_OPEN,
    which="""
 AND v.state IN ('planned', 'held') AND v.state = 'planned'
 AND (coalesce(v.objective, '') = '' OR coalesce(v.questions, '') = ''
  OR NOT EXISTS (SELECT 1 FROM attendees t
   WHERE t.visit = v.id AND t.side = 'theirs' AND NOT t.gone)) ORDER BY v.start, v.id LIMIT ?4""",
)
_UNCLOSED: Final = _VISITS.format(
    by=_OPEN,
    which="AND v.state IN ('planned', 'held') ORDER BY v.start DESC, v.id DESC LIMIT ?4",
)
_SITTING: Final = """
SELECT t.visit, t.who, p.name, p.shown, s.last_met FROM attendees t
LEFT JOIN people p ON p.id = t.who LEFT JOIN person_standing s ON s.id = t.who
WHERE t.visit IN ({marks}) AND t.side = 'theirs' AND NOT t.gone AND t.absent IS NULL
ORDER BY t.rid"""
_STANCES: Final = """
SELECT m.account, m.id AS map, coalesce(m.name, '') = '' AS plain, r.subject, r.value
FROM maps m JOIN readings r ON r.map = m.id
WHERE m.account IN ({marks}) AND NOT m.gone AND r.what = 'stance' AND r.valid_from <= ?
  AND NOT r.gone ORDER BY plain, m.id DESC, r.valid_from, r.id"""
_STEPS: Final = range(-2, 3)


class Sitter(NamedTuple):
    """Somebody of theirs at a visit; ``stance`` −2 to 2, None when not known."""

    id: PersonId
    name: str
    stance: int | None
    first_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A visit as a day shows it. ``not_shown`` counts those of theirs who must not be shown."""

    id: VisitId
    account: AccountId
    account_name: str
    start: Instant
    minutes: int
    kind: VisitKind
    site: SiteId | None
    places: tuple[str, ...]
    topic: str
    objective: str
    has_questions: bool
    state: VisitState
    theirs: tuple[Sitter, ...] = ()
    not_shown: int = 0

    @property
    def end(self) -> Instant:
        """When it is planned to end."""
        return self.start.plus(minutes=self.minutes)

    @property
    def lacks(self) -> tuple[Text, ...]:
        """What a good preparation would still bring, weightiest first."""
        return tuple(
            said
            for lacking, said in (
                (not self.objective, Text("no objective yet")),
                (not self.theirs and not self.not_shown, Text("nobody of theirs named")),
                (not self.has_questions, Text("no questions noted")),
            )
            if lacking
        )


class Agenda:
    """Asks for the visits of ``me``: those one sits at, and those at one's own customers at which
    nobody of ours is named. Everybody's when ``me`` is None."""

    def __init__(self, reader: Reader, *, me: ColleagueId | None, today: Day) -> None:
        self._ask, self._me, self._today = reader.ask, me, today

    def of_day(self, begin: Instant, end: Instant, *, most: int) -> list[Meeting]:
        """Return the first ``most`` visits that begin in between and were not dropped."""
        return self._meetings(_DAY, begin, end, most)

    def lacking(self, begin: Instant, end: Instant, *, most: int) -> list[Meeting]:
        """Return the first ``most`` planned visits that lack objective, attendees or questions."""
        return self._meetings(_LACKING, begin, end, most)

    def unclosed(self, begin: Instant, end: Instant, *, most: int) -> list[Meeting]:
        """Return the last ``most`` visits that began in between and were never closed."""
        return self._meetings(_UNCLOSED, begin, end, most)

    def count_over(self, begin: Instant, now: Instant, *, most: int) -> int:
        """Return how many visits began since ``begin``, are over, and were never closed."""
        rows = self._ask(_UNCLOSED, self._me, *_stamps(begin, now), most)
        starts = (
            (Instant.read(row["start"]), read_number(MINUTES, row["minutes"], 60)) for row in rows
        )
        return sum(start.plus(minutes=lasts) <= now for start, lasts in starts if start)

    def _meetings(self, sql: str, begin: Instant, end: Instant, most: int) -> list[Meeting]:
        answer = self._ask(sql, self._me, *_stamps(begin, end), most)
        rows = [row for row in answer if Instant.read(row["start"])]
        sitting = self._sitting([row["id"] for row in rows])
        stances = self._stances(list({row["account"] for row in rows if sitting[row["id"]]}))
        return [_meeting(row, sitting[row["id"]], stances) for row in rows]

    def _sitting(self, visits: Sequence[bytes]) -> dict[bytes, list[Row]]:
        found: dict[bytes, list[Row]] = defaultdict(list)
        if visits:
            for row in self._ask(_SITTING.format(marks=_marks(visits)), *visits):
                found[row["visit"]].append(row)
        return found

    def _stances(self, accounts: Sequence[bytes]) -> "_Stances":
        """Return stances by map and person, and by account and person: there the plain map's."""
        found: _Stances = {}
        if accounts:
            sql = _STANCES.format(marks=_marks(accounts))
            for row in self._ask(sql, *accounts, self._today.isoformat()):
                for of in (row["map"], row["account"]):
                    found[of, row["subject"]] = row["value"]
        return found


_Stances = dict[tuple[bytes, bytes], str | None]


def _stamps(*moments: Instant) -> list[str]:
    """Return what is compared with stored starts: without the zone, which comes last."""
    return [str(moment).split(" ")[0] for moment in moments]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _meeting(row: Row, sitting: list[Row], stances: _Stances) -> Meeting:
    shown = [seat for seat in sitting if seat["name"] and seat["shown"]]
    start = Instant.read(row["start"])
    assert start is not None  # noqa: S101  (rows without are left out)
    parts = (row["site_name"] or row["city"], row["place"])
    return Meeting(
        id=row["id"],
        account=row["account"],
        account_name=row["account_name"] or "",
        start=start,
        minutes=read_number(MINUTES, row["minutes"], 60),
        kind=read_word(VisitKind, row["kind"], VisitKind.VISIT),
        site=row["site"],
        places=tuple(dict.fromkeys(part for part in parts if part)),
        topic=row["topic"] or "",
        objective=row["objective"] or "",
        has_questions=bool((row["questions"] or "").strip()),
        state=read_word(VisitState, row["state"], VisitState.PLANNED),
        theirs=tuple(
            Sitter(
                seat["who"],
                seat["name"],
                _stance(stances, row, seat["who"]),
                first_time=not seat["last_met"],
            )
            for seat in shown
        ),
        not_shown=len(sitting) - len(shown),
    )


def _stance(stances: _Stances, row: Row, who: bytes) -> int | None:
    """Return a stance on the visit's own map, else on the account's; None when not known."""
    value = stances.get((row["map"] or b"", who), stances.get((row["account"], who)))
    try:
        step = int(value or "")
    except ValueError:
        return None
    return step if step in _STEPS else None
