"""How a week is said: times, days, why something stands or was left out."""

from kamdesk.core.clock import Day
from kamdesk.core.minutes import length
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.domain.week.model import LeftOut, Obstacle
from kamdesk.dossier.week_read import WeekItem, WeekRead
from kamdesk.dossier.week_told import left_out_said

_LONG_DAYS_EN = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip


def clock(minute: int) -> str:
    """Return a time of the day: 8:45."""
    return f"{minute // 60}:{minute % 60:02d}"


def span(begins: int, ends: int) -> str:
    """Return a stretch of a day: 8:45–10:00."""
    return f"{clock(begins)}–{clock(ends)}"


def more_minutes(minutes: int) -> Text:
    """Return a difference on the road: +95 min, −12 min."""
    return Text("{n} min", n=looks.signed(minutes))


def long_weekday(day: Day) -> str:
    """Return the day of the week in full: Tuesday, 周二."""
    return looks.weekday(day) if looks.language() == "zh" else _LONG_DAYS_EN[day.weekday()]


def moment(day: Day, minute: int) -> str:
    """Return when something stands: Tue 8:45."""
    return f"{looks.weekday(day)} {clock(minute)}"


def item_words(item: WeekItem) -> str:
    """Return whom something is about."""
    return looks.cut(item.name or looks.DASH, 80)


def place_words(item: WeekItem) -> str:
    """Return where something is, its parts set apart as everywhere."""
    return looks.joined(*looks.cut(item.place.words, 120).split(" · "))


def cost_words(left: LeftOut) -> Text:
    """Return what squeezing something in would cost, in short."""
    return Text("not possible") if left.price is None else more_minutes(left.price)


def obstacle_words(left: LeftOut, read: WeekRead) -> Text:
    """Return why something was left out, with the day it came nearest to."""
    said, days = left_out_said(read, left), read.planned_days
    if left.obstacle is Obstacle.NOT_WORTH and left.costs is not None:
        worth = length(round(left.costs - left.loses))
        said = Text("Worth {length} on the road, its way takes longer", length=worth)
    if left.day is None or left.day >= len(days) or left.obstacle is Obstacle.NO_WINDOW:
        return said
    return Text("{why} ({day})", why=said, day=looks.weekday(days[left.day]))
