"""The month overview as PDF: a sheet of days, then the core customers and all visits by day."""

from collections.abc import Iterator, Sequence
from typing import Final

from kamdesk.core.minutes import clock
from kamdesk.core.wording import Text
from kamdesk.domain.cadence.duty import DUE_WORDS, DueWord
from kamdesk.domain.visits.model import KIND_WORDS, VisitKind, VisitState
from kamdesk.dossier.week_read import WeekDay, WeekItem
from kamdesk.figures import type as letters
from kamdesk.figures.ink import ACCENT, BAND, BLACK, BRICK, GREY, HAIR, Ink
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import FLOOR, Block, beside, paragraph
from kamdesk.papers.document import Document
from kamdesk.papers.flow import Piece
from kamdesk.papers.frame import BOTTOM, MARGIN
from kamdesk.papers.month.content import CoreCustomer, Month
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Language, Voice
from kamdesk.papers.week_plan.sheet import WIDTH, Figure, Sheet, list_head, underlined

NAME: Final = Text("month overview")
_HEAD, _LEGEND = 13.0, 14.0
_SIZE, _PITCH = 6.8, 8.5
_MOST_LINES: Final = 2
_OVER: Final = frozenset({VisitState.HELD, VisitState.CLOSED})
_DUE_SIGN, _LATE_SIGN = "◇", "◆"


def draw_month(month: Month, *, language: Language) -> bytes:
    """Return a month's overview as PDF."""
    voice = Voice(language)
    name = voice.label(NAME).first
    document = Document(
        title=f"{name} {month.first:%Y-%m}",
        author=month.made_by,
        subject=name,
        language=language,
        made=month.as_of,
    )
    sheet = Sheet(
        document,
        voice,
        name=NAME,
        title=f"{month.first:%Y-%m}",
        made_by=month.made_by,
        as_of=month.as_of,
    )
    pieces = [*_core(month, voice), *_visits(month, voice), *_due(month, voice)]
    sheet.draw(_figures(month), lambda pen, top: _calendar(pen, voice, month, top), pieces)
    return document.finished()


def _figures(month: Month) -> list[Figure]:
    visits = [item for item in month.items if item.account is not None]
    found: list[Figure] = [
        (Text("held"), str(sum(item.state in _OVER for item in visits))),
        (Text("planned"), str(sum(item.state is VisitState.PLANNED for item in visits))),
        (Text("due"), str(sum(map(len, month.due.values())) + len(month.late))),
    ]
    if month.core:
        found.append((Text("core customers seen"), f"{month.seen} / {len(month.core)}"))
    return found


# ---- the sheet of days


def _calendar(pen: Pen, voice: Voice, month: Month, top: float) -> None:
    wide = WIDTH / 7
    low = BOTTOM + 2 + _LEGEND
    high = (top - _HEAD - low) / max(1, len(month.weeks))
    for n, day in enumerate(month.days[:7]):
        pen.text(MARGIN + n * wide + 4, top - 9, voice.weekday(day.day), 8, weight=Weight.BOLD)
    for row, week in enumerate(month.weeks):
        for n, day in enumerate(week):
            upper = top - _HEAD - row * high
            _cell(pen, voice, month, day, MARGIN + n * wide, upper, wide, high)
    for n in range(8):
        pen.rule(MARGIN + n * wide, top - _HEAD, MARGIN + n * wide, low, 0.4, HAIR)
    for row in range(len(month.weeks) + 1):
        y = top - _HEAD - row * high
        pen.rule(MARGIN, y, MARGIN + WIDTH, y, 0.4, HAIR)
    _legend(pen, voice, month, BOTTOM + 6)


def _cell(
    pen: Pen, voice: Voice, month: Month, day: WeekDay, x: float, top: float, w: float, h: float
) -> None:
    if not month.holds(day.day):
        return
    is_free = not day.works if day.works is not None else day.day.weekday() >= 5
    if is_free or any(one.whole for one in day.away):
        pen.band(x, top - h, w, h, BAND)
    today = day.day == month.as_of.day
    number = pen.text(
        x + 4, top - 10, str(day.day.day), 9, weight=Weight.BOLD, ink=ACCENT if today else BLACK
    )
    notes = [voice.say(day.holiday), *(one.words for one in day.away), *day.notes]
    said = " · ".join(note for note in notes if note)
    pen.text(x + 8 + number, top - 10, said, FLOOR, ink=GREY, most=w - number - 12)
    _entries(pen, voice, _said(day, month, voice), x + 4, top - 20, w - 8, int((h - 14) // _PITCH))


def _said(day: WeekDay, month: Month, voice: Voice) -> list[tuple[str, Ink, Weight]]:
    """Return what stands in a cell: visits by time, then who is due."""
    found = [(_timed(item, voice), *_dress(item)) for item in day.items if item.begins is not None]
    if day.day == month.as_of.day:
        found += [(f"{_LATE_SIGN} {name}", BRICK, Weight.REGULAR) for name in month.late]
    found += [(f"{_DUE_SIGN} {name}", GREY, Weight.REGULAR) for name in month.due.get(day.day, ())]
    return found


def _timed(item: WeekItem, voice: Voice) -> str:
    """Return when and whom, and how when that is no visit."""
    form = "" if item.kind is VisitKind.VISIT else voice.aside(KIND_WORDS[item.kind])
    return f"{clock(item.begins or 0)} {item.name}{form}"


def _dress(item: WeekItem) -> tuple[Ink, Weight]:
    """Return how a visit is written: bold when it was held, plain when planned, grey for others."""
    if item.account is None:
        return GREY, Weight.REGULAR
    return BLACK, Weight.BOLD if item.state in _OVER else Weight.REGULAR


def _entries(
    pen: Pen,
    voice: Voice,
    entries: Sequence[tuple[str, Ink, Weight]],
    x: float,
    y: float,
    width: float,
    most: int,
) -> None:
    """Write entries of up to two lines below each other; what has no room is counted."""
    shaped = [
        (letters.lines(words, _SIZE, width, weight, _MOST_LINES), ink, weight)
        for words, ink, weight in entries
    ]
    left, shown = most, 0
    for at, (lines, _, _) in enumerate(shaped):
        rest = len(shaped) - at - 1
        if len(lines) > left - (1 if rest else 0):
            break
        left -= len(lines)
        shown += 1
    for lines, ink, weight in shaped[:shown]:
        pen.lines(lines, x, y, _SIZE, _PITCH, weight=weight, ink=ink)
        y -= _PITCH * len(lines)
    if shown < len(shaped):
        words = voice.say(Text("+{n} more", n=len(shaped) - shown))
        pen.text(x, y, words, FLOOR, weight=Weight.BOLD, ink=GREY)


def _legend(pen: Pen, voice: Voice, month: Month, y: float) -> None:
    """Say what the signs mean, of those that stand on the sheet."""
    x = MARGIN
    states = {item.state in _OVER for item in month.items if item.account is not None}
    if True in states:
        x += pen.text(x, y, voice.say(Text("bold: held")), FLOOR, weight=Weight.BOLD) + 14
    if False in states:
        x += pen.text(x, y, voice.say(Text("plain: planned")), FLOOR) + 14
    for sign, words, ink, some in (
        (_DUE_SIGN, Text("due and not planned"), GREY, any(month.due.values())),
        (_LATE_SIGN, Text("overdue, shown on today"), BRICK, month.late),
    ):
        if some:
            x += pen.text(x, y, f"{sign} {voice.say(words)}", FLOOR, ink=ink) + 14
    pen.band(x, y - 1, 13, 7, BAND)
    away = any(one.whole for day in month.days if month.holds(day.day) for one in day.away)
    meant = Text("day off, or away") if away else Text("day off")
    x += 17 + pen.text(x + 17, y, voice.say(meant), FLOOR, ink=GREY) + 14
    if not month.knows_holidays:
        said = Text(
            "There is no list of public holidays for {year}: only weekends are kept free.",
            year=f"{month.first:%Y}",
        )
        pen.text(x, y, voice.say(said), FLOOR, weight=Weight.BOLD, most=MARGIN + WIDTH - x)


# ---- the lists


def _row(first: str, second: str, third: str, *, bold: bool = True) -> Block:
    """Return a row of three texts under a hairline."""
    offsets = (0.0, 250.0, 510.0)
    weight = Weight.BOLD if bold else Weight.REGULAR
    block = beside(
        (
            paragraph(first, 240, 8, weight=weight, most=4),
            paragraph(second, 250, 7.6),
            paragraph(third, WIDTH - 510, 7.6, ink=GREY),
        ),
        offsets,
    )
    return underlined(block, 2.5)


def _core(month: Month, voice: Voice) -> Iterator[Piece]:
    if not month.core:
        return
    note = voice.say(Text("{seen} of {all} seen this month", seen=month.seen, all=len(month.core)))
    yield Piece(list_head(Text("core customers"), note, voice), 0.0, is_head=True)
    for one in month.core:
        yield Piece(_row(one.name, _seen(one, voice), _ahead(one, voice)))


def _seen(one: CoreCustomer, voice: Voice) -> str:
    if one.seen:
        days = ", ".join(f"{day:%m-%d}" for day in one.seen)
        return voice.say(Text("seen on {days}", days=days))
    if one.last is None:
        return voice.say(Text("never visited"))
    return voice.say(Text("not seen; last visit {day}", day=one.last.isoformat()))


def _ahead(one: CoreCustomer, voice: Voice) -> str:
    if one.planned:
        days = ", ".join(f"{day:%m-%d}" for day in one.planned)
        return voice.say(Text("planned for {days}", days=days))
    if one.next is not None:
        return voice.say(Text("planned for {days}", days=one.next.isoformat()))
    if one.due is not None:
        return voice.say(Text("due {day}, nothing planned", day=one.due.isoformat()))
    return voice.say(Text("nothing planned"))


def _visits(month: Month, voice: Voice) -> Iterator[Piece]:
    days = [day for day in month.days if month.holds(day.day) and day.items]
    if not days:
        return
    yield Piece(list_head(Text("visits and appointments by day"), "", voice), 16.0, is_head=True)
    for day in days:
        yield Piece(
            _by_day(voice.day(day.day), " · ".join(_timed(item, voice) for item in day.items))
        )


def _due(month: Month, voice: Voice) -> Iterator[Piece]:
    if not month.due and not month.late:
        return
    yield Piece(list_head(Text("due and not planned"), "", voice), 16.0, is_head=True)
    if month.late:
        words = voice.label(DUE_WORDS[DueWord.OVERDUE]).first
        yield Piece(_by_day(words, voice.joined(month.late)))
    for day, names in sorted(month.due.items()):
        yield Piece(_by_day(voice.day(day), voice.joined(names)))


def _by_day(day: str, words: str) -> Block:
    block = beside(
        (
            paragraph(day, 96, 8, weight=Weight.BOLD, most=1),
            paragraph(words, WIDTH - 106, 7.6),
        ),
        (0.0, 106.0),
    )
    return underlined(block, 2.5)
