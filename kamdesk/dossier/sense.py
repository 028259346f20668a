"""What a record must say to make sense here, and how many do not.

Such records come from newer programs, from other desks by halves, and out of damaged files. A page
reads them as far as they go; a bundle may not bring them; a check counts them.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from kamdesk.core.clock import Day, Instant, zone_named
from kamdesk.core.errors import RuleBroken
from kamdesk.core.privacy import Privacy
from kamdesk.domain.access_plans.model import PlanState, Tender
from kamdesk.domain.accounts.model import AccountClass, Organisation
from kamdesk.domain.appointments.model import LONGEST_STAY
from kamdesk.domain.cadence.duty import Channel as ContactBy
from kamdesk.domain.cadence.model import EVERY
from kamdesk.domain.chain.bonds import Bond
from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.domain.chain.standing import Sureness, What
from kamdesk.domain.lifecycle.phase import Phase
from kamdesk.domain.lifecycle.task import EvidenceSort, TaskState
from kamdesk.domain.opportunities.model import OpportunityState
from kamdesk.domain.own_fields.model import Of, Sort
from kamdesk.domain.people.model import Basis, Channel, NeedLevel, NeedState
from kamdesk.domain.playbook.model import Word
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import (
    Atmosphere,
    Firmness,
    Reached,
    Side,
    VisitKind,
    VisitState,
)
from kamdesk.storage.catalogue import Kind
from kamdesk.storage.database import Reader
from kamdesk.storage.rows import living
from kamdesk.storage.storage import Storage

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
    ("account", "phase_by_hand"): Phase,
    ("site", "lat"): _within(-90, 90),
    ("site", "lon"): _within(-180, 180),
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
    ("tie", "bond"): Bond,
    ("visit", "start"): _moment,
    ("visit", "minutes"): _within(0, 366 * _DAY_IN_MINUTES),
    ("visit", "kind"): VisitKind,
    ("visit", "firmness"): Firmness,
    ("visit", "state"): VisitState,
    ("visit", "atmosphere"): Atmosphere,
    ("visit", "reached"): Reached,
    ("attendee", "side"): Side,
    ("fact", "day"): Day.fromisoformat,
    ("verdict", "word"): Word,
    ("own_field", "of_kind"): Of,
    ("own_field", "sort"): Sort,
    ("own_field", "privacy"): Privacy,
    ("promise", "side"): PromiseSide,
    ("access_plan", "state"): PlanState,
    ("access_plan", "tender"): Tender,
    ("promise", "state"): PromiseState,
    ("opportunity", "state"): OpportunityState,
    ("opportunity", "step"): _within(1, 9),
    ("agreement", "channel"): ContactBy,
    ("agreement", "every"): _within(EVERY[0], EVERY[-1]),
    ("task", "state"): TaskState,
    ("task", "evidence"): EvidenceSort,
    ("absence", "begins"): _within(0, _DAY_IN_MINUTES),
    ("absence", "ends"): _within(0, _DAY_IN_MINUTES),
    ("pattern", "weeks"): _within(1, 12),
    ("pattern_stop", "week"): _within(1, 12),
    ("pattern_stop", "weekday"): _within(0, 6),
    ("pattern_stop", "begins"): _within(0, _DAY_IN_MINUTES),
    ("pattern_stop", "minutes"): _within(1, _DAY_IN_MINUTES),
    ("pattern_stop", "kind"): VisitKind,
    ("calendar", "imported"): _moment,
    ("appointment", "minutes"): _within(0, LONGEST_STAY),
}
"""By kind and column; each raises ``ValueError`` or ``RuleBroken`` for what means nothing."""

_DAYS: Final = {
    "account": ("first_signed",),
    "person": ("collected_on", "told_on", "keep_until"),
    "post": ("since", "until"),
    "holding": ("since", "until"),
    "body": ("next_day",),
    "tie": ("since", "until"),
    "visit": ("next_step_by",),
    "promise": ("due", "settled_on", "remind"),
    "access_plan": (
        "briefed_on",
        "closed_on",
        "aim_by",
        "window_from",
        "window_until",
        "our_next_by",
        "their_next_by",
        "thanked_on",
        "next_contact",
        "meets_on",
    ),
    "access_step": ("due", "done_on"),
    "verdict": ("day",),
    "opportunity": ("expected", "settled_on", "since"),
    "agreement": ("since", "until"),
    "pause": ("since", "until"),
    "task": ("done_on",),
    "absence": ("first", "last"),
    "calendar": ("first", "until"),
}
_NEEDED: Final = {
    "colleague": ("name",),
    "account": ("name",),
    "site": ("account",),
    "person": ("name",),
    "way": ("person", "value"),
    "post": (),
    "holding": ("post", "person"),
    "need": ("person", "words"),
    "opportunity": ("account", "name"),
    "map": ("account",),
    "seat": ("map",),
    "body": ("account", "name"),
    "reading": ("map", "subject", "what", "valid_from"),
    "tie": ("map", "kind", "source", "target"),
    "visit": ("account",),
    "attendee": ("visit",),
    "fact": ("words", "day"),
    "promise": ("account", "words"),
    "agreement": ("account", "every"),
    "pause": ("account", "until"),
    "task": ("account", "task"),
    "year_list": ("year",),
    "absence": ("first", "last"),
    "pattern": ("name",),
    "pattern_stop": ("pattern", "account"),
    "access_plan": ("account", "person"),
    "access_step": ("plan", "what"),
    "pack": ("name", "content"),
    "pack_choice": ("pack",),
    "verdict": ("account", "rule", "word", "day"),
    "saved_filter": ("name", "of_list"),
    "calendar": ("name",),
    "appointment": ("calendar", "uid"),
    "habits": ("starts", "ends"),
    "learnt_leg": ("one", "other", "minutes"),
    "own_field": ("name", "of_kind", "sort"),
    "file": ("account", "name", "digest"),
    "known_as": ("source", "key", "of_kind", "record"),
    "not_same": ("of_kind", "first", "second"),
}
"""The columns without which a record of a kind says nothing."""


def senseless(storage: Storage) -> dict[str, int]:
    """Return how many records of each kind lack what they need or hold what means nothing here."""
    found = {kind.name: _count(storage.reader, kind) for kind in storage.catalogue.kinds}
    return {name: count for name, count in found.items() if count}


def _count(reader: Reader, kind: Kind) -> int:
    knows = {column: known for (of, column), known in WORDS.items() if of == kind.name}
    knows |= dict.fromkeys(_DAYS.get(kind.name, ()), Day.fromisoformat)
    if kind.name == "person":
        knows["basis"] = Basis
    needed = _NEEDED.get(kind.name, ())
    pair = ("what", "value") if kind.name == "reading" else ()
    columns = tuple(dict.fromkeys((*needed, *knows, *pair)))
    if not columns:
        return 0
    means = lru_cache(maxsize=4096)(lambda column, value: _means(knows[column], value))
    return sum(
        any(row[column] is None for column in needed)
        or not all(means(column, row[column]) for column in knows)
        or bool(pair and not _fits(row["what"], row["value"] or ""))
        for row in living(reader, kind, columns)
    )


def _means(known: Callable[[Any], object], value: Any) -> bool:
    try:
        if value is not None:
            known(value)
    except (ValueError, OverflowError, RuleBroken):
        return False
    return True


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
