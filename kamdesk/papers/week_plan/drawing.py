"""The week plan as PDF: a grid on the first page, then ways, reasons and who was left out."""

from datetime import timedelta
from typing import Final

from kamdesk.core.minutes import length
from kamdesk.core.wording import Text
from kamdesk.dossier.week_told import DayTold, WeekTold
from kamdesk.figures.ink import GREY
from kamdesk.papers.document import Document
from kamdesk.papers.flow import Piece
from kamdesk.papers.frame import BOTTOM, MARGIN
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Language, Voice
from kamdesk.papers.week_plan.grid import draw_grid
from kamdesk.papers.week_plan.lists import day_lists, left_out, not_judged, routes
from kamdesk.papers.week_plan.sheet import SIZE, WIDTH, Figure, Sheet

NAME: Final = Text("week plan")
_WEEKDAYS: Final = 5


def draw_week(told: WeekTold, *, language: Language, made_by: str = "") -> bytes:
    """Return a week, as it stands or as it is proposed, as PDF. Private: it says why of each."""
    voice, read = Voice(language), told.read
    name = voice.label(NAME).first
    week = voice.say(Text("Week {n}", n=read.monday.isocalendar().week))
    title = f"{week} · {read.monday.isoformat()} – {read.sunday:%m-%d}"
    document = Document(
        title=f"{name} {read.monday:%G-W%V}",
        author=made_by,
        subject=name,
        language=language,
        made=read.now,
    )
    days = shown_days(told)
    sheet = Sheet(document, voice, name=NAME, title=title, made_by=made_by, as_of=read.now)

    def first(pen: Pen, top: float) -> None:
        draw_grid(pen, voice, days, x=MARGIN, top=top, width=WIDTH, low=BOTTOM + 2)
        if not any(day.lines for day in days):
            words = voice.say(Text("Nothing is planned in this week."))
            pen.text(SIZE[0] / 2, SIZE[1] / 2, words, 11, ink=GREY, align=0.5)

    pieces: list[Piece] = [
        *routes(days, told, voice, WIDTH),
        *day_lists(days, voice, WIDTH),
        *left_out(told, voice, WIDTH),
        *not_judged(told, voice, WIDTH),
    ]
    sheet.draw(_figures(told, voice), first, pieces)
    return document.finished()


def shown_days(told: WeekTold) -> list[DayTold]:
    """Return the working week, and of the weekend the days that are worked or hold something."""
    return [
        day
        for day in told.days
        if day.day.day - told.read.monday < timedelta(days=_WEEKDAYS)
        or day.lines
        or day.day.at is not None
        or (day.day.works and day.day.holiday)
    ]


def _figures(told: WeekTold, voice: Voice) -> list[Figure]:
    """Return the figures of the head; what is not known has none."""
    visits = sum(line.item.account is not None for day in told.days for line in day.lines)
    found: list[Figure] = [(Text("Visits"), str(visits)), (Text("Due"), str(told.due))]
    if told.is_proposal:
        found += [
            (Text("Placed"), str(told.placed)),
            (Text("Left out"), str(len(told.left))),
        ]
    found.append((Text("On the road"), voice.say(length(told.drive))))
    if told.saved:
        found.append((Text("Saved over a plan by hand"), voice.say(length(told.saved))))
    return found
