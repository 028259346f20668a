"""Lets a line be said at a meeting: fills its places with people, figures, dates and troubles."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from random import Random
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.demo.cast import Cast, Member
from kamdesk.demo.chance import Hand
from kamdesk.demo.material import PEOPLE, TOLD, Language, Line, Pool, lines, pool, read, spaced
from kamdesk.demo.story import Matter, lines_of
from kamdesk.demo.workdays import working

_MONTHS: Final = pool("""
一月 :: January
二月 :: February
三月 :: March
四月 :: April
五月 :: May
六月 :: June
七月 :: July
八月 :: August
九月 :: September
十月 :: October
十一月 :: November
十二月 :: December
""")
_FIGURES: Final = {
    "few": (2, 6),
    "weeks": (3, 8),
    "days": (3, 14),
    "hours": (3, 20),
    "n": (11, 46),
    "pct": (6, 28),
}
_SERVICES: Final = frozenset({"maint", "spare", "room"})
"""Subjects that bring hands and parts rather than figures."""
_STEADY: Final = frozenset({"days", "weeks", "pct"})
"""Figures that stay the same throughout a meeting."""


def rivals() -> Pool:
    """Return the invented competitors."""
    return pool(read("firms")["rivals"])


class Scene:
    """A meeting about a matter on a day, led on their side by ``lead``; lines are said in it."""

    def __init__(
        self,
        *,
        cast: Cast,
        matter: Matter,
        day: Day,
        lead: Member,
        rival: Line,
        ours: Mapping[str, Line],
        hand: Hand,
        chance: Random,
        on_site: bool = True,
        missing: Member | None = None,
        new: bool = False,
        plant: bool = True,
    ) -> None:
        self.matter, self.day, self.lead = matter, day, lead
        self._rival, self._ours, self._hand, self._chance = rival, ours, hand, chance
        self._on_site, self._new, self._plant = on_site, new, plant
        self._told: set[str] = set()
        self._people: dict[str, Member] = {}
        for place in PEOPLE - {"other"}:
            found = cast.first("tech" if place == "tech_head" else place, day)
            if found is not None and found is not lead:
                self._people[place] = found
        if missing is not None:
            self._people["other"] = missing
        self._fixed: dict[str, Line] = {}

    def fits(self, line: Line) -> bool:
        """True when everybody the line speaks of exists and is not the one we met."""
        if (
            (line.on_site and not self._on_site)
            or (line.new and not self._new)
            or (line.plant and not self._plant)
            or (line.measured and self.matter.subject in _SERVICES)
        ):
            return False
        if not self._told.isdisjoint(line.told):
            return False
        if not line.people:
            return True
        named = [self._people.get(place) for place in line.people]
        return None not in named and len({id(member) for member in named}) == len(named)

    def draw(self, *key: str) -> Line | None:
        """Return the next fitting line of a pool, or None."""
        return self._hand.draw(key, lines(*key), self.fits)

    def say(self, line: Line, language: Language) -> str:
        """Return a line with its places filled, in a language."""
        text = line.text(language)
        if "{" in text:
            text = text.format_map(_Places(self._place, language))
        if language == "zh":
            return spaced(text)
        return text[:1].upper() + text[1:]

    def speak(self, language: Language, *keys: tuple[str, ...]) -> str:
        """Return one fitting line of each pool, said one after the other."""
        found = []
        for key in keys:
            if line := self.draw(*key):
                found.append(self.say(line, language))
                self._told.update(line.told)
        self._told.clear()
        return ("" if language == "zh" else " ").join(found)

    def _place(self, place: str, language: Language) -> str:
        if place == "who":
            return self.lead.call(language)
        if place in self._people:
            return self._people[place].call(language)
        if place in self._ours:
            return self._ours[place].text(language)
        if place in _FIGURES and place not in _STEADY:
            return str(self._chance.randint(*_FIGURES[place]))
        if place not in self._fixed:
            self._fixed[place] = self._fix(place)
        return self._fixed[place].text(language)

    def _fix(self, place: str) -> Line:
        if place in TOLD:
            subject = self.matter.subject
            return self._hand.some((subject, place), lines_of(subject, place))
        if place in _STEADY:
            figure = str(self._chance.randint(*_FIGURES[place]))
            return Line(figure, figure)
        match place:
            case "subject":
                return self.matter.name
            case "area":
                return self.matter.area
            case "rival":
                return self._rival
            case "money":
                return amount(self.matter.amount)
            case "small":
                return amount(self._chance.randint(4, 24) * 2)
            case "month":
                then = self.day + timedelta(self._chance.randint(20, 75))
                return _MONTHS[then.month - 1]
            case "date":
                return said_day(working(self.day + timedelta(self._chance.randint(6, 25))))
        raise KeyError(place)


class _Places(dict[str, str]):
    """Asks the scene for each place of a line as it comes."""

    def __init__(self, ask: Callable[[str, Language], str], language: Language) -> None:
        super().__init__()
        self._ask, self._language = ask, language

    def __missing__(self, place: str) -> str:
        return self._ask(place, self._language)


def said_day(day: Day) -> Line:
    """Return a day as people say it."""
    return Line(f"{day.month} 月 {day.day} 日", f"{day.day} {_MONTHS[day.month - 1].en}")


def amount(wan: int) -> Line:
    """Return an amount given in ten thousand yuan as people say it."""
    if wan >= 100:
        return Line(f"{wan} 万元", f"RMB {wan / 100:g} million")
    return Line(f"{wan} 万元", f"RMB {wan * 10},000")
