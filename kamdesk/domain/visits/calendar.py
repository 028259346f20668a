"""When visits lie: which of them overlap for the same people, side by side; half hours, weeks."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.core.minutes import DAY_MINUTES, minute_of
from kamdesk.domain.visits.model import VisitState
from kamdesk.domain.visits.store import VisitLine

STEP: Final = 30
"""Minutes to which a calendar snaps."""


class Span(NamedTuple):
    """A stretch of a day in minutes after midnight, and whose it is."""

    key: bytes
    begins: int
    ends: int


class Lane(NamedTuple):
    """Which of how many lanes side by side a span stands in."""

    at: int
    of: int


def snapped(minute: float) -> int:
    """Return the half hour nearest to a minute of the day, within the day."""
    return min(max(round(minute / STEP) * STEP, 0), DAY_MINUTES - STEP)


def week_of(day: Day) -> Day:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def month_of(day: Day) -> Day:
    """Return the Monday on which the month's sheet of six weeks begins."""
    return week_of(day.replace(day=1))


def span_of(line: VisitLine) -> Span | None:
    """Return where a visit stands on its own day, half an hour at least; None without a day."""
    if line.start is None:
        return None
    local = line.start.local
    begins = minute_of(local)
    return Span(line.id, begins, min(begins + max(line.minutes, STEP), DAY_MINUTES))


def lanes(spans: Iterable[Span]) -> dict[bytes, Lane]:
    """Return for each span of one day its lane among those it overlaps: side by side, none hidden.

    Spans that touch do not overlap. All that hang together share one count of lanes.
    """
    found: dict[bytes, Lane] = {}
    cluster: list[tuple[Span, int]] = []
    free: list[int] = []  # when each lane of the cluster becomes free
    for span in sorted(spans, key=lambda one: (one.begins, -one.ends, one.key)):
        if cluster and span.begins >= max(free):
            found |= {one.key: Lane(at, len(free)) for one, at in cluster}
            cluster, free = [], []
        at = next((n for n, end in enumerate(free) if end <= span.begins), len(free))
        if at == len(free):
            free.append(span.ends)
        else:
            free[at] = span.ends
        cluster.append((span, at))
    return found | {one.key: Lane(at, len(free)) for one, at in cluster}


def clashes(line: VisitLine, others: Sequence[VisitLine]) -> list[VisitLine]:
    """Return the visits that want the same people of ours at the same time, in order of time.

    A visit of which nobody of ours is named is everybody's. Dropped ones want nobody.
    """
    if line.start is None or line.state is VisitState.DROPPED:
        return []
    mine = set(line.ours)
    found = []
    for other in others:
        if other.id == line.id or other.start is None or other.state is VisitState.DROPPED:
            continue
        theirs = set(other.ours)
        if (not mine or not theirs or mine & theirs) and _overlap(line, other):
            found.append(other)
    return sorted(found, key=lambda other: (str(other.start), other.id))


def _overlap(one: VisitLine, other: VisitLine) -> bool:
    if one.start is None or other.start is None:
        return False
    return one.start.ms < _end(other.start, other) and other.start.ms < _end(one.start, one)


def _end(start: Instant, line: VisitLine) -> int:
    return start.ms + line.minutes * 60_000
