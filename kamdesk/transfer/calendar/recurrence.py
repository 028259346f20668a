"""When something that repeats takes place: RFC 5545's rules, reckoned in a bounded number of steps.

python-dateutil reckons the same (the tests hold the two against each other), but asked for a rule
that never comes true it looks until the year 9999, second by second if the rule says so.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Final

from kamdesk.core.wording import Text

MOST_STEPS: Final = 100_000
"""Years, months … or seconds looked at for one rule."""
MOST_LOOKED_AT: Final = 150_000
"""Days and times looked at for one rule: each second of a month is more than anybody means."""
_LONGEST_RULE: Final = 2_000


class Freq(IntEnum):
    """The unit in which a rule counts, coarse ones first."""

    YEARLY = 0
    MONTHLY = 1
    WEEKLY = 2
    DAILY = 3
    HOURLY = 4
    MINUTELY = 5
    SECONDLY = 6


class Unreckoned(Exception):
    """A rule that cannot be read or reckoned; ``said`` is why, in plain words."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.plain)
        self.said = said


UNREADABLE: Final = Text("It repeats by a rule that cannot be read.")
TOO_LONG: Final = Text("It repeats by a rule that takes too long to reckon.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A recurrence rule; ``by_day`` holds (n-th or 0, weekday from Monday 0)."""

    freq: Freq
    interval: int = 1
    count: int | None = None
    until: str = ""
    by_month: tuple[int, ...] = ()
    by_week: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()
    by_hour: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    by_second: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0


_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LISTS: Final = {
    "BYMONTH": ("by_month", range(1, 13)),
    "BYWEEKNO": ("by_week", range(-53, 54)),
    "BYYEARDAY": ("by_year_day", range(-366, 367)),
    "BYMONTHDAY": ("by_month_day", range(-31, 32)),
    "BYHOUR": ("by_hour", range(24)),
    "BYMINUTE": ("by_minute", range(60)),
    "BYSECOND": ("by_second", range(61)),
    "BYSETPOS": ("by_set_pos", range(-366, 367)),
}
_MAY_BE_ZERO: Final = {"BYHOUR", "BYMINUTE", "BYSECOND"}
_DAYS_OF: Final = {Freq.YEARLY: 366, Freq.MONTHLY: 31, Freq.WEEKLY: 7}
_SECONDS: Final = {Freq.DAILY: 86400, Freq.HOURLY: 3600, Freq.MINUTELY: 60, Freq.SECONDLY: 1}


def read_rule(text: str) -> Rule:
    """Return the rule written as ``FREQ=WEEKLY;…``; raises ``Unreckoned``."""
    if len(text) > _LONGEST_RULE:
        raise Unreckoned(UNREADABLE)
    said: dict[str, object] = {}
    for part in text.upper().split(";"):
        name, _, value = part.strip().partition("=")
        try:
            said |= _part(name.strip(), value.strip())
        except (ValueError, KeyError):
            raise Unreckoned(UNREADABLE) from None
    if "freq" not in said:
        raise Unreckoned(UNREADABLE)
    return Rule(**said)  # type: ignore[arg-type]  # _part names fields of Rule


def _part(name: str, value: str) -> dict[str, object]:
    if name == "FREQ":
        return {"freq": Freq[value]}
    if name in ("INTERVAL", "COUNT"):
        number = int(value[:9])
        if number < 1 or len(value) > 9:
            raise ValueError
        return {name.lower(): number}
    if name == "UNTIL":
        return {"until": value}
    if name == "WKST":
        return {"week_start": _WEEKDAYS.index(value)}
    if name == "BYDAY":
        return {"by_day": tuple(_weekday(one) for one in value.split(",") if one.strip())}
    if name in _LISTS:
        field, within = _LISTS[name]
        numbers = [int(one) for one in value.split(",") if one.strip()]
        if any(n not in within or (n == 0 and name not in _MAY_BE_ZERO) for n in numbers):
            raise ValueError
        return {field: tuple(sorted({min(n, 59) if name == "BYSECOND" else n for n in numbers}))}
    return {}


def _weekday(text: str) -> tuple[int, int]:
    plain = text.strip()
    nth = int(plain[:-2]) if plain[:-2] else 0
    if not -53 <= nth <= 53:
        raise ValueError
    return nth, _WEEKDAYS.index(plain[-2:])


def occurrences(
    rule: Rule, start: datetime, *, first: datetime, last: datetime, until: datetime | None = None
) -> Iterator[datetime]:
    """Yield the wall-clock times from ``first`` to before ``last`` at which a rule comes true.

    All are naive, in the zone of ``start``, the first possible one. ``until`` is the rule's own
    end, included. Raises ``Unreckoned`` when that takes too many steps.
    """
    left, looked_at = rule.count, 0
    step = 0 if left is not None else _steps_to_skip(rule, start, first)
    for _ in range(MOST_STEPS):
        begins = _begin(rule, start, step)
        if begins is None or begins >= last or (until is not None and begins > until):
            return
        step += 1
        if rule.freq > Freq.DAILY and (skipped := _skipped(rule, start, begins)):
            step = max(step, skipped)
            continue
        found = _within(rule, start, begins)
        looked_at += _DAYS_OF.get(rule.freq, 1) + len(found)
        if looked_at > MOST_LOOKED_AT:
            break
        for moment in found:
            if moment < start:
                continue
            if moment >= last or (until is not None and moment > until) or left == 0:
                return
            if left is not None:
                left -= 1
            if moment >= first:
                yield moment
    raise Unreckoned(TOO_LONG)


def _steps_to_skip(rule: Rule, start: datetime, first: datetime) -> int:
    """Return how many steps end before ``first`` for sure."""
    if first <= start:
        return 0
    if rule.freq is Freq.YEARLY:
        units = first.year - start.year
    elif rule.freq is Freq.MONTHLY:
        units = (first.year - start.year) * 12 + first.month - start.month
    elif rule.freq is Freq.WEEKLY:
        units = (first - start).days // 7
    else:
        units = (first - start) // timedelta(seconds=_SECONDS[rule.freq])
    return max(0, units // rule.interval - 1)


def _begin(rule: Rule, start: datetime, step: int) -> datetime | None:
    """Return when the period of a step begins; None beyond the calendar."""
    units = step * rule.interval
    try:
        if rule.freq is Freq.YEARLY:
            return datetime(start.year + units, 1, 1)
        if rule.freq is Freq.MONTHLY:
            years, month = divmod(start.month - 1 + units, 12)
            return datetime(start.year + years, month + 1, 1)
        if rule.freq is Freq.WEEKLY:
            back = (start.weekday() - rule.week_start) % 7
            return datetime.combine(start.date(), time()) + timedelta(days=7 * units - back)
        if rule.freq is Freq.DAILY:
            return datetime.combine(start.date(), time()) + timedelta(days=units)
        return start + timedelta(seconds=units * _SECONDS[rule.freq])
    except (ValueError, OverflowError):
        return None


def _skipped(rule: Rule, start: datetime, begins: datetime) -> int:
    """Return the first step worth looking at after a period that cannot come true; 0 if it can."""
    if not _fits(rule, start, begins.date()):
        after = datetime.combine(begins.date(), time()) + timedelta(days=1)
    elif rule.by_hour and begins.hour not in rule.by_hour:
        after = begins.replace(minute=0, second=0) + timedelta(hours=1)
    elif rule.freq > Freq.HOURLY and rule.by_minute and begins.minute not in rule.by_minute:
        after = begins.replace(second=0) + timedelta(minutes=1)
    else:
        return 0
    return -((start - after) // timedelta(seconds=_SECONDS[rule.freq] * rule.interval))


def _within(rule: Rule, start: datetime, begins: datetime) -> list[datetime]:
    """Return the times of one period at which the rule comes true, in order."""
    if rule.freq <= Freq.DAILY:
        days = [day for day in _days(rule, begins) if _fits(rule, start, day)]
        hours: tuple[int, ...] = rule.by_hour or (start.hour,)
    else:
        days, hours = [begins.date()], (begins.hour,)
    fine = rule.freq >= Freq.MINUTELY
    minutes = (begins.minute,) if fine else rule.by_minute or (start.minute,)
    seconds = rule.by_second or (start.second,)
    if rule.freq is Freq.SECONDLY:
        seconds = (begins.second,) if begins.second in (rule.by_second or range(60)) else ()
    size = len(days) * len(hours) * len(minutes) * len(seconds)
    places: Iterable[int] = range(size)
    if rule.by_set_pos:
        meant = {n - 1 if n > 0 else size + n for n in rule.by_set_pos}
        places = sorted(place for place in meant if 0 <= place < size)
    elif size > MOST_LOOKED_AT:
        raise Unreckoned(TOO_LONG)
    found = []
    for place in places:
        rest, second = divmod(place, len(seconds))
        rest, minute = divmod(rest, len(minutes))
        day, hour = divmod(rest, len(hours))
        moment = time(hours[hour], minutes[minute], seconds[second])
        found.append(datetime.combine(days[day], moment))
    return found


def _days(rule: Rule, begins: datetime) -> Iterator[date]:
    if rule.freq is Freq.YEARLY:
        length = 366 if monthrange(begins.year, 2)[1] == 29 else 365
    elif rule.freq is Freq.MONTHLY:
        length = monthrange(begins.year, begins.month)[1]
    else:
        length = 7 if rule.freq is Freq.WEEKLY else 1
    for n in range(length):
        yield begins.date() + timedelta(days=n)


def _fits(rule: Rule, start: datetime, day: date) -> bool:
    """True when all that a rule says of days is true of this one."""
    by_month, by_month_day, by_day = rule.by_month, rule.by_month_day, rule.by_day
    if not (rule.by_week or rule.by_year_day or by_month_day or by_day):
        if rule.freq is Freq.YEARLY:
            by_month, by_month_day = by_month or (start.month,), (start.day,)
        elif rule.freq is Freq.MONTHLY:
            by_month_day = (start.day,)
        elif rule.freq is Freq.WEEKLY:
            by_day = ((0, start.weekday()),)
    if by_month and day.month not in by_month:
        return False
    if rule.by_week and not _in_weeks(rule, day):
        return False
    if rule.by_year_day and not _counted(
        day.timetuple().tm_yday, _length_of_year(day.year), rule.by_year_day
    ):
        return False
    if by_month_day and not _counted(day.day, monthrange(day.year, day.month)[1], by_month_day):
        return False
    return not by_day or any(_is_weekday(rule, day, nth, weekday) for nth, weekday in by_day)


def _counted(number: int, of: int, wanted: tuple[int, ...]) -> bool:
    """True when a number, counted from the start or from the end, is wanted."""
    return number in wanted or number - of - 1 in wanted


def _length_of_year(year: int) -> int:
    return 337 + monthrange(year, 2)[1]


def _is_weekday(rule: Rule, day: date, nth: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    if nth == 0 or rule.freq > Freq.MONTHLY:
        return True
    if rule.freq is Freq.YEARLY and not rule.by_month:
        number, length = day.timetuple().tm_yday, _length_of_year(day.year)
    else:
        number, length = day.day, monthrange(day.year, day.month)[1]
    return nth in ((number + 6) // 7, -((length - number) // 7) - 1)


def _in_weeks(rule: Rule, day: date) -> bool:
    """True when a day lies in one of the weeks a rule names; week 1 has four days in its year."""
    begins = day - timedelta(days=(day.weekday() - rule.week_start) % 7)
    middle = begins + timedelta(days=3)
    number = (middle.timetuple().tm_yday + 6) // 7
    last = _first_week(middle.year + 1, rule.week_start) - timedelta(days=4)
    return _counted(number, (last.timetuple().tm_yday + 6) // 7, rule.by_week)


def _first_week(year: int, week_start: int) -> date:
    """Return the day on which the first week of a year begins."""
    fourth = date(year, 1, 4)
    return fourth - timedelta(days=(fourth.weekday() - week_start) % 7)
