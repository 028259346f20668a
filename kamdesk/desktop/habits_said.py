"""How habits are called, shown, written and read back, one by one."""

from dataclasses import replace
from typing import Any, Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.minutes import hours_minutes
from kamdesk.core.text.hours_reading import Hours, read_hours
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.domain.travel.coordinates import read_pasted
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.travel.places import located

FIELDS: Final = {
    "home_address": Text("Home"),
    "home": Text("Exactly there"),
    "day": Text("Working hours"),
    "weekdays": Text("Working days"),
    "lunch": Text("Lunch begins"),
    "lunch_minutes": Text("Lunch lasts"),
    "visit_minutes": Text("A visit lasts"),
    "gate_minutes": Text("Parking and gate"),
    "road_percent": Text("Road, not straight"),
    "speeds": Text("Speeds, km/h"),
    "night_minutes": Text("A night costs"),
}
HINTS: Final = {
    "home_address": Text("town and district will do: 苏州市姑苏区"),
    "home": Text("a link of a map, or 31.30, 120.60; empty: by the address"),
    "day": Text("8:30–18:30"),
    "weekdays": Text("Mon–Fri"),
    "lunch": Text("11:30–13:00"),
    "lunch_minutes": Text("0: no break"),
    "speeds": Text("up to 12, 40, 120 km and beyond: 30, 45, 65, 80"),
}
COVERED: Final = {
    "home": ("home_lat", "home_lon", "home_from"),
    "day": ("starts", "ends"),
    "lunch": ("lunch_earliest", "lunch_latest"),
    "speeds": ("speed_town", "speed_near", "speed_far", "speed_long"),
}
"""What fields of several values hold; the others are called as what they hold."""


def words(habits: Habits, name: str) -> Text | str:
    """Return how a habit is shown."""
    if name == "weekdays":
        return _days_said(habits)
    if name == "speeds":
        return Text("{speeds} km/h", speeds=" · ".join(starts(habits, name).split(", ")))
    plain = starts(habits, name)
    if name == "night_minutes":
        return Text("{n} minutes of driving", n=plain)
    if name == "road_percent":
        return Text("{n} % of the straight line", n=plain)
    return Text("{n} min", n=plain) if name.endswith("_minutes") else str(plain)


def starts(habits: Habits, name: str) -> str:
    """Return what the editor of a habit begins with."""
    if name == "home":
        spot = habits.home if habits.home_from else None
        return f"{spot.lat:.5f}, {spot.lon:.5f}" if spot else ""
    if name in ("day", "lunch"):
        first, last = (getattr(habits, of) for of in COVERED[name])
        return f"{hours_minutes(first)}–{hours_minutes(last)}"
    if name == "weekdays":
        return looks.said(_days_said(habits))
    if name == "speeds":
        return ", ".join(str(getattr(habits, of)) for of in COVERED[name])
    return str(getattr(habits, name))


def home_said(habits: Habits) -> tuple[Text | str, bool]:
    """Return what the words of home came to, and whether that is a warning."""
    if habits.home_from:
        return "", False
    if not habits.home_address:
        return Text("not known: days start at the first customer"), True
    found = located(habits.home_address)
    if found is None:
        return Text("no place is found in it: write the city and the district"), True
    return looks.joined(found.district, found.said), not found.sure


def changed(base: Habits, name: str, typed: object) -> Habits:
    """Return the habits with one field as typed. Raises ``RuleBroken``."""
    if typed == starts(base, name):
        return base
    return replace(base, **_read(name, typed)).checked()


def _read(name: str, typed: object) -> dict[str, Any]:
    text = str(typed).strip()
    if name == "home":
        return _at(text)
    if name in ("day", "lunch"):
        return dict(zip(COVERED[name], _span(text, name), strict=True))
    if name == "weekdays":
        return {"weekdays": _days(text)}
    if name == "speeds":
        return dict(zip(COVERED[name], _four(text), strict=True))
    return {name: text if name == "home_address" else _number(text, name)}


def _at(text: str) -> dict[str, Any]:
    if not text:
        return {"home_lat": None, "home_lon": None, "home_from": ""}
    spot, source = read_pasted(text)
    return {"home_lat": spot.lat, "home_lon": spot.lon, "home_from": source}


def _span(text: str, name: str) -> tuple[int, int]:
    hours = read_hours(f"Mon {text}")
    windows = {window for day in hours.windows for window in day} if hours else set()
    if len(windows) != 1 or not any(letter.isdigit() for letter in text):
        example = {"day": "8:30–18:30", "lunch": "11:30–13:00"}[name]
        said = Text("Write from when to when, like {example}.", example=example)
        raise RuleBroken(said, field=name)
    return windows.pop()


def _days(text: str) -> str:
    hours = read_hours(text)
    if hours is None:
        raise RuleBroken(Text("Write days of the week, like Mon–Fri."), field="weekdays")
    return "".join(str(day + 1) for day, windows in enumerate(hours.windows) if windows)


def _four(text: str) -> list[int]:
    parts = text.replace("，", ",").replace("·", ",").replace("、", ",").split(",")
    if len(parts) != len(COVERED["speeds"]):
        raise RuleBroken(Text("Write four speeds, like 30, 45, 65, 80."), field="speeds")
    return [_number(part, "speeds") for part in parts]


def _number(text: str, name: str) -> int:
    text = text.strip().removesuffix("%").strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):
        raise RuleBroken(Text("Write a whole number."), field=name)
    return int(text)


def _days_said(habits: Habits) -> Text:
    """Return the working days: Mon–Fri."""
    whole = (((0, 1),), ())
    return Hours(windows=tuple(whole[not habits.works_on(day)] for day in range(7))).days
