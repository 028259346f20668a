"""The ledger of what both sides promised: lines with source and outcome, and rates of keeping."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, Instant, days_between, read_day
from kamdesk.core.ids import AccountId, ColleagueId, PromiseId, VisitId
from kamdesk.core.stored import read_word
from kamdesk.domain.promises.keeping import (
    KeptRate,
    Outcome,
    looked_back_to,
    outcome,
)
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.promises.store import OF
from kamdesk.storage.database import Reader, Row

MOST: Final = 2_000
"""Open promises of a side that are listed at most, those due first."""
A_PAGE: Final = 200
"""Settled promises of a side that are listed at most, the latest first."""
A_LOOK: Final = 50
"""Promises of everybody of each sort that are listed beside open ones, where more than ``MOST`` are
open: each line takes five rows that lie anywhere in the file."""


class Which(StrEnum):
    """Which promises are wanted."""

    OPEN = "open"
    SETTLED = "settled"
    ALL = "all"


class LedgerLine(NamedTuple):
    """A promise as the ledger shows it. ``met``: when the visit was at which it was given."""

    id: PromiseId
    account: AccountId
    account_name: str
    side: PromiseSide
    words: str
    owner: str
    due: Day | None
    state: PromiseState
    settled_on: Day | None
    remind: Day | None
    visit: VisitId | None
    met: Instant | None
    outcome: Outcome
    days_over: int


@dataclass(frozen=True, kw_only=True)
class LedgerRead:
    """The ledger as of ``today``. ``cut``: more were wanted than are listed."""

    today: Day
    lines: tuple[LedgerLine, ...] = ()
    cut: bool = False
    rates: dict[tuple[AccountId, PromiseSide], KeptRate] = field(default_factory=dict)

    def rate(self, account: AccountId, side: PromiseSide) -> KeptRate:
        """Return how one side kept what it promised in dealing with a customer."""
        return self.rates.get((account, side), KeptRate())


_LINES: Final = """
SELECT p.id, p.account, coalesce(a.short_name, a.name) AS account_name, p.side, p.words,
  coalesce(c.name, h.name) AS owner, p.due, p.state, p.settled_on, p.remind, p.visit, v.start
FROM promises p
LEFT JOIN accounts a ON a.id = p.account
LEFT JOIN colleagues c ON c.id = p.colleague
LEFT JOIN people h ON h.id = p.person AND h.shown
LEFT JOIN visits v ON v.id = p.visit AND NOT v.gone
WHERE NOT p.gone AND p.side = ?2 AND {of} AND {which} LIMIT ?3"""
_OPEN: Final = (
    "p.state = 'open' AND p.due NOT NULL ORDER BY p.due",
    "p.state = 'open' AND p.due IS NULL",
)
_SETTLED: Final = "p.state <> 'open' ORDER BY p.settled_on DESC"
_SETTLED_OF: Final = """p.rid IN (SELECT rid FROM (
  SELECT rid, settled_on FROM promises
  WHERE colleague = ?1 AND side = ?2 AND ?2 = 'ours' AND state <> 'open' AND NOT gone
  UNION ALL
  SELECT rid, settled_on FROM promises
  WHERE account IN (SELECT id FROM accounts WHERE owner = ?1
    UNION ALL SELECT id FROM accounts WHERE owner IS NULL)
  AND colleague IS NULL AND side = ?2 AND state <> 'open' AND NOT gone
  ORDER BY settled_on DESC LIMIT ?3)) ORDER BY p.settled_on DESC"""
_MANY: Final = "SELECT count(*) FROM (SELECT 1 FROM promises WHERE state = 'open' LIMIT ?)"
_RATES: Final = """
SELECT account, side,
  count(*) FILTER (WHERE state = 'kept' AND due NOT NULL AND coalesce(settled_on <= due, 1)),
  count(*) FILTER (WHERE state = 'kept' AND settled_on > due),
  count(*) FILTER (WHERE state = 'broken'), count(*) FILTER (WHERE state = 'open'),
  count(*) FILTER (WHERE state = 'kept' AND due IS NULL)
FROM promises
WHERE account IN ({marks}) AND gone = 0 AND side IN ('ours', 'theirs')
  AND CASE state WHEN 'open' THEN due < ?1 ELSE coalesce(settled_on, due) >= ?2 END
GROUP BY account, side"""
_AT_ONCE: Final = 400


def read_ledger(
    reader: Reader,
    *,
    today: Day,
    of: ColleagueId | None = None,
    account: AccountId | None = None,
    side: PromiseSide | None = None,
    which: Which = Which.OPEN,
    rates: bool = False,
    most: int | None = None,
) -> LedgerRead:
    """Return promises: what we owe and is overdue, what they owe and is overdue, the other open
    ones by their day, then settled ones, the latest first.

    ``of``: those that concern a colleague; with ``account`` those of one customer. ``rates``: with
    how each customer listed and we kept what was promised. ``most``: so many of each sort, where
    the ledger's own measure is not meant.
    """
    lines: list[LedgerLine] = []
    cut = False
    questions = list(_questions(reader, of=of, account=account, which=which, most=most))
    for wanted in PromiseSide if side is None else (side,):
        for sql, at_most in questions:
            rows = reader.ask(sql, account or of, wanted.value, at_most + 1)
            cut = cut or len(rows) > at_most
            lines += (_line(row, today) for row in rows[:at_most])
    lines.sort(key=_rank)
    there = tuple(dict.fromkeys(line.account for line in lines)) if rates else ()
    return LedgerRead(
        today=today, lines=tuple(lines), cut=cut, rates=kept_rates(reader, there, today=today)
    )


def kept_rates(
    reader: Reader, accounts: Sequence[AccountId], *, today: Day
) -> dict[tuple[AccountId, PromiseSide], KeptRate]:
    """Return how promises of the last twelve months were kept, by customer and side."""
    found: dict[tuple[AccountId, PromiseSide], KeptRate] = {}
    since = looked_back_to(today).isoformat()
    for first in range(0, len(accounts), _AT_ONCE):
        some = accounts[first : first + _AT_ONCE]
        marks = ", ".join(f"?{n + 3}" for n in range(len(some)))
        for account, side, *numbers in reader.ask(
            _RATES.format(marks=marks), today.isoformat(), since, *some
        ):
            found[AccountId(account), PromiseSide(side)] = KeptRate(*numbers)
    return found


def _questions(
    reader: Reader,
    *,
    of: ColleagueId | None,
    account: AccountId | None,
    which: Which,
    most: int | None,
) -> Iterator[tuple[str, int]]:
    """Yield what is asked of a side, and how many lines of it are listed at most."""
    everybody = account is None and of is None
    whose = "p.account = ?1" if account is not None else "?1 IS NULL" if of is None else OF
    many = False
    if which is not Which.SETTLED:
        many = everybody and reader.ask(_MANY, MOST + 1).value() > MOST
        for condition in _OPEN:
            yield _LINES.format(of=whose, which=condition), most or (A_LOOK if many else MOST)
    if which is not Which.OPEN:
        mine = account is None and of is not None
        settled = _LINES.format(of="1" if mine else whose, which=_SETTLED_OF if mine else _SETTLED)
        yield settled, most or (A_LOOK if many else A_PAGE)


def _line(row: Row, today: Day) -> LedgerLine:
    state = read_word(PromiseState, row["state"], PromiseState.OPEN)
    due, settled_on = read_day(row["due"]), read_day(row["settled_on"])
    ended = outcome(state, due, settled_on, today)
    late = ended is Outcome.OVERDUE and due is not None
    return LedgerLine(
        id=row["id"],
        account=row["account"],
        account_name=row["account_name"] or "",
        side=read_word(PromiseSide, row["side"], PromiseSide.OURS),
        words=row["words"] or "",
        owner=row["owner"] or "",
        due=due,
        state=state,
        settled_on=settled_on,
        remind=read_day(row["remind"]),
        visit=row["visit"],
        met=Instant.read(row["start"]) if row["start"] else None,
        outcome=ended,
        days_over=days_between(due, today) if late and due is not None else 0,
    )


def _rank(line: LedgerLine) -> tuple[object, ...]:
    theirs = line.side is PromiseSide.THEIRS
    if line.outcome is Outcome.OVERDUE:
        return 0, theirs, line.due or Day.max, line.id
    if line.state is PromiseState.OPEN:
        return 1, line.due is None, line.due or Day.max, line.id
    return 2, days_between(line.settled_on or Day.min, Day.max), theirs, line.id
