"""The week as a grid of hours: what stands or is proposed, the ways between, absences."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kamdesk.core.minutes import clock, length
from kamdesk.core.wording import Text
from kamdesk.domain.visits.calendar import Lane, Span, lanes
from kamdesk.domain.visits.model import VisitState
from kamdesk.domain.week.driven import Driven, driven
from kamdesk.domain.week.model import Bond
from kamdesk.dossier.week_read import Away, What
from kamdesk.dossier.week_told import DayTold, Line
from kamdesk.figures import type as letters
from kamdesk.figures.ink import ACCENT, BAND, BLACK, BRICK, GREY, HAIR, WHITE
from kamdesk.figures.marks import hatch
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import FLOOR
from kamdesk.papers.paint import paint_shapes
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Voice

_AXIS, _HEAD, _LEGEND = 28.0, 28.0, 16.0
_FIRST, _LAST = 8, 18
"""Hours that are always shown."""
_EARLY, _LATE = 420, 1140
"""Ways are shown from 7:00 to 19:00, what stands in a day whenever it is."""
_NAME, _SMALL = 7.6, 6.8
_PITCH: Final = 9.2
_LEAST: Final = 11.0
"""The lowest block: a line of text has room in it."""
_ROOM_FOR_TIME: Final = 80.0
_DASH: Final = (3.0, 1.8)
_DOTS: Final = (0.6, 2.2)


class _Scale(NamedTuple):
    """Hours shown, and the height of one."""

    first: int
    last: int
    top: float
    hour: float

    def y(self, minute: float) -> float:
        return self.top - (min(max(minute, self.first * 60), self.last * 60) / 60 - self.first) * (
            self.hour
        )


def draw_grid(
    pen: Pen,
    voice: Voice,
    days: Sequence[DayTold],
    *,
    x: float,
    top: float,
    width: float,
    low: float,
) -> None:
    """Draw the days side by side between two heights, with a legend below."""
    first, last = _hours(days)
    bottom = low + _LEGEND
    scale = _Scale(first, last, top - _HEAD, (top - _HEAD - bottom) / (last - first))
    wide = (width - _AXIS) / max(1, len(days))
    for hour in range(first, last + 1):
        y = scale.y(hour * 60)
        pen.rule(x + _AXIS, y, x + width, y, 0.4, HAIR)
        pen.text(x + _AXIS - 5, y - 2.4, f"{hour}:00", FLOOR, ink=GREY, align=1.0)
    for n, told in enumerate(days):
        left = x + _AXIS + n * wide
        pen.rule(left, top - _HEAD, left, bottom, 0.4, HAIR)
        _head(pen, voice, told, left, top, wide)
        for away in told.day.away:
            _away(pen, voice, away, scale, left, wide)
        _ways(pen, voice, told, scale, left)
        _blocks(pen, voice, told, scale, left, wide)
    pen.rule(x + width, top - _HEAD, x + width, bottom, 0.4, HAIR)
    _legend(pen, voice, x + _AXIS, low + 4)


def _hours(days: Sequence[DayTold]) -> tuple[int, int]:
    begins = [line.begins for told in days for line in told.lines]
    begins += [max(told.leaves, _EARLY) for told in days if told.leaves is not None]
    ends = [line.ends for told in days for line in told.lines]
    ends += [min(told.returns, _LATE) for told in days if told.returns is not None]
    first = min([_FIRST, *(one // 60 for one in begins)])
    last = max([_LAST, *(-(-one // 60) for one in ends)])
    return max(0, first), min(24, last)


def _head(pen: Pen, voice: Voice, told: DayTold, x: float, top: float, wide: float) -> None:
    day = told.day
    name = voice.weekday(day.day)
    end = x + 4 + pen.text(x + 4, top - 9, name, 9, weight=Weight.BOLD)
    end += 4 + pen.text(end + 4, top - 9, f"{day.day:%m-%d}", 8, ink=GREY)
    if told.drive:
        took = voice.say(length(told.drive))
        whole = voice.say(Text("{length} driving", length=took))
        fits = letters.width(whole, FLOOR) < x + wide - 8 - end
        pen.text(x + wide - 4, top - 9, whole if fits else took, FLOOR, ink=GREY, align=1.0)
    notes = [voice.say(day.holiday), *day.notes]
    said = " · ".join(note for note in notes if note)
    pen.text(x + 4, top - 20, said, FLOOR, weight=Weight.BOLD, ink=GREY, most=wide - 8)


def _away(pen: Pen, voice: Voice, away: Away, scale: _Scale, x: float, wide: float) -> None:
    upper, lower = (
        scale.y(0 if away.whole else away.begins),
        scale.y(1440 if away.whole else away.ends),
    )
    if upper - lower < 1:
        return
    paint_shapes(pen, [hatch(x + 0.5, lower, wide - 1, upper - lower, pitch=4.0)])
    pen.forget()
    said = away.words or voice.say(Text("Not available"))
    line = letters.line(said, _SMALL, wide - 16)
    middle = (upper + lower) / 2
    pen.band(x + (wide - line.width) / 2 - 4, middle - 5, line.width + 8, 11, WHITE)
    pen.text(x + wide / 2, middle - 2.2, said, _SMALL, ink=GREY, align=0.5, most=wide - 16)


def _ways(pen: Pen, voice: Voice, told: DayTold, scale: _Scale, x: float) -> None:
    """Draw the ways as dotted lines with their minutes, where there is room to read them."""
    for minutes, part in _driven(told):
        upper, lower = scale.y(part.begins), scale.y(part.ends)
        if upper - lower < 2.5:
            continue
        pen.rule(x + 14, upper - 1, x + 14, lower + 1, 0.8, GREY, _DOTS)
        if part.is_longest and upper - lower >= 7.5:
            words, middle = voice.say(length(minutes)), (upper + lower) / 2
            # no line of an hour runs through the words
            pen.band(x + 17, middle - 3.7, letters.width(words, FLOOR) + 4, 7.4, WHITE)
            pen.text(x + 19, middle - 2.3, words, FLOOR, ink=GREY)
    pen.stroke(BLACK, 0.5)


def _driven(told: DayTold) -> Iterator[tuple[int, Driven]]:
    """Yield the minutes of each way with the stretches in which it is driven."""
    since = told.leaves
    busy: list[tuple[int, int]] = [told.lunch] if told.lunch is not None else []
    for line in told.lines:
        if not line.leads_there:
            busy.append((line.begins, line.ends))
            continue
        first = since if since is not None else line.begins - line.drive
        if line.drive:
            yield from ((line.drive, one) for one in driven(first, line.begins, line.drive, busy))
        since = line.ends
    if told.returns is not None and told.drive_back:
        first = told.returns - told.drive_back if since is None else since
        parts = driven(first, told.returns, told.drive_back, busy)
        yield from ((told.drive_back, one) for one in parts)


def _blocks(pen: Pen, voice: Voice, told: DayTold, scale: _Scale, x: float, wide: float) -> None:
    least = _LEAST / scale.hour * 60
    at = {id(line): n for n, line in enumerate(told.lines)}
    spans = [
        Span(
            at[id(line)].to_bytes(4, "big"), line.begins, max(line.ends, line.begins + round(least))
        )
        for line in told.lines
    ]
    places = lanes(spans)
    for span, line in zip(spans, told.lines, strict=True):
        lane: Lane = places[span.key]
        room = (wide - 5) / lane.of
        left = x + 2.5 + lane.at * room
        upper, lower = scale.y(span.begins) - 0.8, scale.y(span.ends) + 0.8
        _block(pen, voice, line, left, lower, room - (1.5 if lane.of > 1 else 0), upper - lower)


def _block(
    pen: Pen, voice: Voice, line: Line, x: float, y: float, wide: float, high: float
) -> None:
    frame(pen, line, x, y, wide, high)
    bond = Bond.FREE if line.is_proposed else line.item.bond
    signed = bond is Bond.PINNED or _locked(line)
    if signed:
        (pin if bond is Bond.PINNED else lock)(pen, x + wide - 7, y + high - 8.2)
    if line.item.is_clash:
        pen.text(
            x + wide - (14 if signed else 6), y + high - 8, "!", 8, weight=Weight.BOLD, ink=BRICK
        )
    room = wide - 8
    most = max(1, int((high - 2.4) // _PITCH))
    base = y + high - (8.4 if high > 13 else high / 2 + 2.7)
    time = clock(line.begins)
    indent = letters.width(time, _SMALL) + 4 if room > _ROOM_FOR_TIME else 0.0
    name = letters.lines(line.item.name, _NAME, room - 8 - indent, Weight.BOLD, most)
    if indent:
        pen.text(x + 4, base, time, _SMALL, ink=GREY)
    pen.lines(name, x + 4 + indent, base, _NAME, _PITCH, weight=Weight.BOLD)
    left = most - len(name)
    base -= _PITCH * len(name)
    why = line.item.because or line.item.topic
    for words, ink in ((voice.sentence(why), BLACK), (line.item.place.words, GREY)):
        if left > 0 and words:
            # a reason may take two lines where the place keeps one
            some = letters.lines(words, _SMALL, room, Weight.REGULAR, min(left, 2))
            pen.lines(some, x + 4, base, _SMALL, _PITCH, ink=ink)
            base -= _PITCH * len(some)
            left -= len(some)


def frame(pen: Pen, line: Line, x: float, y: float, wide: float, high: float) -> None:
    """Draw the frame of a block: dashed proposed, heavy pinned, grey fixed, thin ours to move."""
    pen.fill(WHITE)
    if line.is_proposed:
        pen.stroke(ACCENT, 1.0, _DASH)
    elif line.item.bond is Bond.PINNED:
        pen.stroke(BLACK, 1.3)
    elif line.item.bond is Bond.FIXED:
        pen.fill(BAND)
        pen.stroke(GREY, 0.6)
    else:
        pen.stroke(ACCENT, 0.7)
    pen.rounded(x, y, wide, high, 2.5, paint="B")
    pen.stroke(BLACK, 0.5)


def _locked(line: Line) -> bool:
    """True for what is agreed and still to come, and for appointments."""
    item = line.item
    is_open = item.what is What.APPOINTMENT or item.state is VisitState.PLANNED
    return item.bond is Bond.FIXED and is_open and not line.is_proposed


def lock(pen: Pen, x: float, y: float) -> None:
    """Draw a small padlock."""
    pen.stroke(GREY, 0.8)
    pen.raw(f"{x + 0.9:.2f} {y + 3:.2f} m {x + 0.9:.2f} {y + 4.6:.2f} l")
    pen.raw(
        f"{x + 0.9:.2f} {y + 6.6:.2f} {x + 4.1:.2f} {y + 6.6:.2f} {x + 4.1:.2f} {y + 4.6:.2f} c"
    )
    pen.raw(f"{x + 4.1:.2f} {y + 3:.2f} l S")
    pen.band(x, y, 5, 3.4, GREY)


def pin(pen: Pen, x: float, y: float) -> None:
    """Draw a small pin."""
    pen.fill(BLACK)
    pen.circle(x + 2.5, y + 4.6, 2.0, paint="f")
    pen.rule(x + 2.5, y + 3, x + 2.5, y - 0.6, 0.9)


def _legend(pen: Pen, voice: Voice, x: float, y: float) -> None:
    samples = (
        (Text("Proposed"), ACCENT, 1.0, _DASH, WHITE),
        (Text("Ours to move"), ACCENT, 0.7, (), WHITE),
        (Text("Pinned"), BLACK, 1.3, (), WHITE),
        (Text("Fixed"), GREY, 0.6, (), BAND),
    )
    for words, ink, line, dash, fill in samples:
        pen.fill(fill)
        pen.stroke(ink, line, dash)
        pen.rounded(x, y - 1, 13, 7, 1.5, paint="B")
        x += 17 + pen.text(x + 17, y, voice.label(words).first, FLOOR, ink=GREY) + 14
    pen.stroke(BLACK, 0.5)
    paint_shapes(pen, [hatch(x, y - 1, 13, 7, pitch=3.0)])
    pen.forget()
    x += 17 + pen.text(x + 17, y, voice.label(Text("Not available")).first, FLOOR, ink=GREY) + 14
    pen.rule(x, y + 2.4, x + 13, y + 2.4, 0.8, GREY, _DOTS)
    pen.stroke(BLACK, 0.5)
    pen.text(x + 17, y, voice.label(Text("Travel")).first, FLOOR, ink=GREY)
