"""Which words and numbers a column may hold, where others would break a page that shows them.

Everything else a bundle brings is free text, and rules of the trade are no reason to refuse it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from kamdesk.core.clock import Day, Instant, zone_named
from kamdesk.domain.accounts.model import AccountClass, Organisation
from kamdesk.domain.chain.model import Role, Sureness, TieKind, What
from kamdesk.domain.people.model import Channel, NeedLevel, NeedState
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import Atmosphere, Side, VisitKind, VisitState

_DAY_IN_MINUTES: Final = 1440


def _within(least: int, most: int) -> Callable[[Any], object]:
    def check(value: Any) -> None:
        if not least <= value <= most:
            raise ValueError

    return check


def _roles(value: str) -> None:
    for role in value.split():
        Role(role)


def _moment(value: str) -> None:
    if value and Instant.read(value) is None:
        raise ValueError
    zone_named(value.partition(" ")[2] or "UTC")


WORDS: Final[Mapping[tuple[str, str], Callable[[Any], object]]] = {
    ("account", "organisation"): Organisation,
    ("account", "class_by_hand"): AccountClass,
    ("way", "channel"): Channel,
    ("need", "level"): NeedLevel,
    ("need", "state"): NeedState,
    ("need", "weight"): _within(1, 3),
    ("seat", "wanted"): _roles,
    ("reading", "what"): What,
    ("reading", "valid_from"): Day.fromisoformat,
    ("reading", "sureness"): Sureness,
    ("tie", "kind"): TieKind,
    ("tie", "strength"): _within(1, 3),
    ("visit", "start"): _moment,
    ("visit", "minutes"): _within(0, 366 * _DAY_IN_MINUTES),
    ("visit", "kind"): VisitKind,
    ("visit", "state"): VisitState,
    ("visit", "atmosphere"): Atmosphere,
    ("attendee", "side"): Side,
    ("fact", "day"): Day.fromisoformat,
    ("promise", "side"): PromiseSide,
    ("promise", "state"): PromiseState,
}
"""By kind and column; each raises ``ValueError`` or ``RuleBroken`` for what means nothing."""

_NUMBERS: Final = frozenset({What.STANCE, What.PROJECT_STANCE, What.INFLUENCE, What.COVERAGE})


def makes_sense(kind: str, values: Mapping[str, Any]) -> bool:
    """True when a record holds what it cannot be shown without. ``values`` are its cells."""
    if kind == "fact":
        return values.get("day") is not None
    if kind == "tie":
        return (values.get("joins") or _NOTHING)[1] is not None
    if kind == "reading":
        what = (values.get("about") or _NOTHING)[2]
        value, since = values.get("value") or _NOTHING[:2]
        return what is not None and since is not None and _fits(what, value or "")
    return True


_NOTHING: Final = (None, None, None, None)


def _fits(what: str, value: str) -> bool:
    try:
        if what == What.ROLES:
            _roles(value)
        elif what in _NUMBERS and value:
            int(value)
    except ValueError:
        return False
    return True
