"""The fields of a visit: how each is shown, typed, and put into the visit."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.said_days import find_day
from kamdesk.core.text.said_moments import read_moment
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.typed import read_minutes
from kamdesk.desktop.visits.said import day_heading
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.domain.visits.model import ATMOSPHERE_WORDS, KIND_WORDS, Atmosphere, Visit, VisitKind


@dataclass(frozen=True, kw_only=True)
class VisitField:
    """One field. ``shows`` gives its words, ``starts`` what the editor starts with.

    ``puts`` returns the visit with what was typed, seen from a day and a zone; raises
    ``RuleBroken``. ``choices`` are given for what is chosen; ``long`` is typed in several lines,
    what ``wraps`` is shown in several.
    """

    name: str
    label: Text
    puts: Callable[[Visit, object, Day, str], Visit]
    shows: Callable[[Visit, Day], Text | str]
    starts: Callable[[Visit], object]
    long: bool = False
    wraps: bool = True
    hint: Text | str = ""
    choices: tuple[tuple[object, Text | str], ...] = ()

    def editor(self) -> LineEditor | TextEditor | Choice:
        """Return the editor of the field."""
        if self.choices:
            return Choice([(value, looks.capital(words)) for value, words in self.choices])
        return TextEditor(hint=self.hint) if self.long else LineEditor(hint=self.hint)


def _words(name: str, label: Text, *, long: bool = False, hint: Text | str = "") -> VisitField:
    def put(visit: Visit, typed: object, _today: Day, _zone: str) -> Visit:
        return replace(visit, **{name: str(typed or "")})  # type: ignore[arg-type]

    return VisitField(
        name=name,
        label=label,
        puts=put,
        shows=lambda visit, _: getattr(visit, name),
        starts=lambda visit: getattr(visit, name),
        long=long,
        hint=hint,
    )


def _put_time(visit: Visit, typed: object, today: Day, zone: str) -> Visit:
    said = read_moment(str(typed or ""), today)
    if said is None:
        raise RuleBroken(
            Text(
                "“{value}” is no day and time: write next Wed 14:00, or 2026-03-12 9:30.",
                value=str(typed or ""),
            ),
            field="time",
        )
    where = visit.start.zone if visit.start else zone
    return visit.moved(Instant.at(said.day, said.hour, said.minute, zone=where))


def _show_time(visit: Visit, today: Day) -> Text | str:
    if visit.start is None:
        return ""
    local = visit.start.local
    year = f" {local.year}" if local.year != today.year else ""
    end = visit.start.plus(minutes=visit.minutes).local
    return f"{day_heading(local.date())}{year} {looks.clock(local)}–{looks.clock(end)}"


def _start_time(visit: Visit) -> object:
    if visit.start is None:
        return ""
    local = visit.start.local
    return f"{local:%Y-%m-%d} {looks.clock(local)}"


def _put_minutes(visit: Visit, typed: object, _today: Day, _zone: str) -> Visit:
    return replace(visit, minutes=read_minutes(str(typed or ""), field="minutes"))


def _put_by(visit: Visit, typed: object, today: Day, _zone: str) -> Visit:
    text = str(typed or "").strip()
    said = find_day(text, today) if text else None
    if text and said is None:
        raise RuleBroken(
            Text("“{value}” is no day: write 2026-03-12.", value=text), field="next_step_by"
        )
    return replace(visit, next_step_by=said.day if said else None)


TIME: Final = VisitField(
    name="time",
    label=Text("When"),
    puts=_put_time,
    shows=_show_time,
    starts=_start_time,
    hint=Text("next Wed 14:00, 3-18 9:30, +3"),
    wraps=False,
)
BEFORE: Final = (
    _words("objective", Text("Objective"), long=True, hint=Text("The one outcome to earn")),
    _words("ask", Text("Our ask")),
    _words("fallback", Text("Fallback"), hint=Text("What to be content with")),
    _words("red_line", Text("Red line"), long=True, hint=Text("What not to promise")),
    _words("agenda", Text("Agenda"), long=True, hint=Text("A point a line; the customer sees it")),
    _words("questions", Text("Questions"), long=True, hint=Text("A question a line")),
    _words("materials", Text("Materials"), long=True, hint=Text("What to bring along")),
)
PLACE: Final = (
    TIME,
    VisitField(
        name="minutes",
        label=Text("Minutes"),
        puts=_put_minutes,
        shows=lambda visit, _: str(visit.minutes),
        starts=lambda visit: str(visit.minutes),
        wraps=False,
    ),
    VisitField(
        name="kind",
        label=Text("Kind"),
        puts=lambda visit, typed, _today, _zone: replace(
            visit, kind=typed if isinstance(typed, VisitKind) else visit.kind
        ),
        shows=lambda visit, _: looks.capital(KIND_WORDS[visit.kind]),
        starts=lambda visit: visit.kind,
        choices=tuple(KIND_WORDS.items()),
    ),
    _words("place", Text("Place")),
    _words("topic", Text("Topic"), hint=Text("Neutral words: they also stand on the table page")),
)
AFTER: Final = (
    _words("said", Text("What was said"), long=True),
    _words("outcome", Text("Outcome"), hint=Text("What came of it, in one line")),
    VisitField(
        name="atmosphere",
        label=Text("How it went"),
        puts=lambda visit, typed, _today, _zone: replace(
            visit, atmosphere=typed if isinstance(typed, Atmosphere) else None
        ),
        shows=lambda visit, _: (
            looks.capital(ATMOSPHERE_WORDS[visit.atmosphere]) if visit.atmosphere else ""
        ),
        starts=lambda visit: visit.atmosphere,
        choices=((None, Text("not said")), *ATMOSPHERE_WORDS.items()),
    ),
    _words("next_step", Text("Next step"), hint=Text("What both sides agreed comes next")),
    VisitField(
        name="next_step_by",
        label=Text("By"),
        puts=_put_by,
        shows=lambda visit, today: (
            looks.day(visit.next_step_by, today=today) if visit.next_step_by else ""
        ),
        starts=lambda visit: visit.next_step_by.isoformat() if visit.next_step_by else "",
        hint=Text("next Fri, 月底, 3-20"),
    ),
    _words("no_next_step_because", Text("Why none"), hint=Text("Why there is no next step")),
)
EVERY: Final = {field.name: field for field in (*BEFORE, *PLACE, *AFTER)}
