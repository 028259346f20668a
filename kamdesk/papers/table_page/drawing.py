"""The table page as PDF: one neutral sheet for notes, ticks and the way back into the file."""

from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.figures import type as letters
from kamdesk.figures.ink import BLACK, GREY
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import (
    FLOOR,
    LADDER,
    NOTHING,
    Block,
    Fit,
    beside,
    labelled,
    not_shown,
    paragraph,
    section,
    stacked,
)
from kamdesk.papers.document import Document
from kamdesk.papers.pen import Pen
from kamdesk.papers.qr import draw_qr
from kamdesk.papers.table_page.content import AgendaItem, OpenItem, Participant, TablePage
from kamdesk.papers.table_page.places import Place, Places, places
from kamdesk.papers.voice import Language, Voice

MOST_AGENDA: Final = 6
MOST_PEOPLE: Final = 16
MOST_ITEMS: Final = 6
MOST_POINTS: Final = 5
_GUTTER: Final = 18.0
_RULE: Final = 19.0
_QUIET: Final = 58.0 + 8.0
_HEADS: Final = {
    "facts": Text("facts"),
    "agreed": Text("agreed: who, by when"),
    "people": Text("who is who"),
    "next": Text("next"),
}


def draw_table_page(content: TablePage, *, language: Language) -> bytes:
    """Return the table page as PDF; title and file properties are as neutral as the page."""
    document = Document(
        title=" ".join(part for part in (content.customer, content.topic) if part),
        language=language,
        made=content.start or Instant(0),
    )
    add_table_page(document, content, Voice(language))
    return document.finished()


def add_table_page(document: Document, content: TablePage, voice: Voice) -> None:
    """Append the table page to a document."""
    pen = document.new_page()
    document.bookmark(" ".join(part for part in (content.customer, content.topic) if part))
    where = places()
    _corners(pen, where)
    draw_qr(pen, f"kamdesk:visit/{content.visit}", where.qr.x, where.qr.y, where.qr.width)
    body = where.body
    fitted = _body(content, voice, body)
    fitted.draw(pen, body.x, body.y + body.height)
    spare = body.height - fitted.height - 10
    for head, place in where.notes.items():
        higher = _RULE * max(0, int(spare // _RULE)) if head == "facts" else 0.0
        _strip(pen, voice, _HEADS[head], place._replace(height=place.height + higher))
    _ticks(pen, voice, where)


def _body(content: TablePage, voice: Voice, place: Place) -> Block:
    half = (place.width - _GUTTER) / 2
    for fit in LADDER:
        columns = beside(
            (
                stacked(
                    (_agenda(content, voice, half, fit), _points(content, voice, half, fit)),
                    8 * fit.gap,
                ),
                stacked(
                    (_people(content, voice, half, fit), _items(content, voice, half, fit)),
                    8 * fit.gap,
                ),
            ),
            (0.0, half + _GUTTER),
        )
        head = _head(content, voice, place.width - 58 - 16)
        whole = stacked((head, columns), 12 * fit.gap)
        if whole.height <= place.height:
            break
    return whole


def _head(content: TablePage, voice: Voice, width: float) -> Block:
    size = 17.0
    while size > 12 and letters.width(content.customer, size, Weight.BOLD) > width:
        size -= 1
    when = voice.when(content.start, content.minutes) if content.start else ""
    said = stacked(
        (
            paragraph(content.customer, width, size, weight=Weight.BOLD, most=2, leading=1.25),
            paragraph(content.topic, width, 10, most=1),
            paragraph(
                " · ".join(part for part in (when, content.place) if part), width, 8.4, most=1
            )
            if when or content.place
            else NOTHING,
        ),
        1.0,
    )
    return Block(max(said.height, _QUIET), said.draw)  # nothing touches the QR code beside it


def _agenda(content: TablePage, voice: Voice, width: float, fit: Fit) -> Block:
    count = fit.first(MOST_AGENDA, min(MOST_AGENDA, len(content.agenda)))
    rows = [_point(item, width, fit) for item in content.agenda[:count]]
    more = len(content.agenda) - count
    return section(voice, Text("agenda"), stacked(rows, 2.5 * fit.gap), width, fit, more=more)


def _point(item: AgendaItem, width: float, fit: Fit) -> Block:
    lead = 34.0 if item.start else 0.0
    size = fit.size(8.2)
    speaker = letters.width(item.speaker, 7.2) if item.speaker else 0.0
    room = min(speaker, width * 0.35)
    text = paragraph(
        item.topic, width - lead - room - (8 if room else 0), size, most=min(2, fit.lines)
    )

    def draw(pen: Pen, x: float, top: float) -> None:
        base = top - size * 1.02
        if item.start:
            pen.text(x, base, f"{item.start:%H:%M}", size, weight=Weight.BOLD)
        pen.text(x + width, base, item.speaker, 7.2, ink=GREY, align=1.0, most=room + 0.1)
        text.draw(pen, x + lead, top)

    return Block(text.height, draw)


def _people(content: TablePage, voice: Voice, width: float, fit: Fit) -> Block:
    """Return both sides, the guests first, in two columns when there are many."""
    theirs = [one for one in content.participants if not one.ours]
    ours = [one for one in content.participants if one.ours]
    whole = theirs + ours
    count = fit.first(MOST_PEOPLE, min(MOST_PEOPLE, len(whole)))
    shown = whole[:count]
    columns = 2 if count > 6 else 1
    wide = (width - (10 if columns > 1 else 0)) / columns
    rows = [_person(one, wide, fit) for one in shown]
    middle = (count + columns - 1) // columns
    body = beside(
        [stacked(rows[at * middle : (at + 1) * middle], 1.5 * fit.gap) for at in range(columns)],
        [at * (wide + 10) for at in range(columns)],
    )
    more = len(whole) - count
    body = stacked((body, not_shown(content.not_shown, voice, width)))
    return section(voice, Text("participants"), body, width, fit, more=more)


def _person(one: Participant, width: float, fit: Fit) -> Block:
    size = fit.size(8.0)

    def draw(pen: Pen, x: float, top: float) -> None:
        base = top - size * 1.02
        taken = pen.text(x, base, one.name, size, weight=Weight.BOLD, most=width * 0.62)
        pen.text(x + taken + 6, base, one.post, 7.2, ink=GREY, most=max(8.0, width - taken - 6))

    return Block(size * 1.4, draw)


def _items(content: TablePage, voice: Voice, width: float, fit: Fit) -> Block:
    count = fit.first(MOST_ITEMS, min(MOST_ITEMS, len(content.open_items)))
    rows = [_item(item, voice, width, fit) for item in content.open_items[:count]]
    more = len(content.open_items) - count
    return section(voice, Text("open items"), stacked(rows, 2.5 * fit.gap), width, fit, more=more)


def _item(item: OpenItem, voice: Voice, width: float, fit: Fit) -> Block:
    size = fit.size(7.8)
    agreed = Text("agreed for {day}", day=item.due.isoformat()) if item.due else ""
    text = paragraph(item.what, width - 12, size, most=min(2, fit.lines))
    below = paragraph(voice.clauses((item.who, agreed)), width - 12, FLOOR, ink=GREY, most=1)
    both = stacked((text, below))

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.box(x + 0.5, top - 8.6, 6.2, 6.2, line=0.7)
        both.draw(pen, x + 12, top)

    return Block(both.height, draw)


def _points(content: TablePage, voice: Voice, width: float, fit: Fit) -> Block:
    count = fit.first(MOST_POINTS, min(MOST_POINTS, len(content.points)))
    size = fit.size(8.2)
    rows = []
    for number, point in enumerate(content.points[:count], 1):
        body = paragraph(point, width - 14, size, most=min(2, fit.lines))
        rows.append(beside((_numbered(number, size), body), (0.0, 14.0)))
    more = len(content.points) - count
    title = Text("points to discuss")
    return section(voice, title, stacked(rows, 2.5 * fit.gap), width, fit, more=more)


def _numbered(number: int, size: float) -> Block:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text(x, top - size * 1.02, f"{number}.", size, ink=GREY)

    return Block(size * 1.42, draw)


def _strip(pen: Pen, voice: Voice, head: Text, place: Place) -> None:
    """Draw a strip for notes: a small head and lines to write on."""
    top = place.y + place.height
    pen.rule(place.x, top, place.x + place.width, top, 0.7)
    labelled(pen, voice, head, place.x, top - 10, 7.6)
    y = top - 12 - _RULE
    while y >= place.y + 4:
        pen.rule(place.x, y, place.x + place.width, y, 0.45, GREY, (0.6, 2.2))
        y -= _RULE


def _ticks(pen: Pen, voice: Voice, where: Places) -> None:
    """Draw the boxes to tick and to write a date in; what they mean stands elsewhere."""
    for name, box in where.ticks.items():
        pen.box(*box, line=0.8, ink=BLACK)
        pen.text(box.x - 4, box.y + 3.4, name, 8.2, weight=Weight.BOLD, align=1.0)
    for box in where.date:
        pen.box(*box, line=0.8, ink=BLACK)
    first, _, third, last = where.date
    month, day = voice.label(Text("month")).first, voice.label(Text("day")).first
    pen.text(first.x - 5, first.y + 3.4, month, 7.2, ink=GREY, align=1.0)
    pen.text(third.x - 3, third.y + 3.4, "–", 8, ink=GREY, align=1.0)
    pen.text(last.x + last.width + 5, last.y + 3.4, day, 7.2, ink=GREY)


def _corners(pen: Pen, where: Places) -> None:
    for number, corner in enumerate(where.corners):
        if number == 2:
            inset = 1.5
            pen.box(
                corner.x + inset / 2,
                corner.y + inset / 2,
                corner.width - inset,
                corner.height - inset,
                line=inset,
            )
        else:
            pen.band(*corner, BLACK)
