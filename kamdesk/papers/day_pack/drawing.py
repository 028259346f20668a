"""The day pack: a cover with the day's visits in order, then the brief of each."""

from collections.abc import Sequence
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.minutes import clock, length
from kamdesk.core.wording import Text
from kamdesk.figures.ink import ACCENT, BLACK, GREY
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import Block, Fit, beside, bulleted, paragraph, section, stacked
from kamdesk.papers.brief.content import Brief, Heading
from kamdesk.papers.brief.drawing import PAGES, SECRET, add_brief
from kamdesk.papers.day_pack.gather import Way
from kamdesk.papers.document import Document
from kamdesk.papers.flow import Piece, broken, draw_pages, room_below
from kamdesk.papers.frame import MARGIN, TOP, WIDTH, foot, paper_name, running_head
from kamdesk.papers.pen import Pen
from kamdesk.papers.route import route_block
from kamdesk.papers.voice import Language, Voice

NAME: Final = Text("day pack")
NO_WAY: Final = Way()
_NOT_TO_SCALE: Final = Text("schematic, not to scale")
_ROUTE: Final = 150.0
_FIRST: Final = TOP - 14.0
_WHEN, _PAGE, _GUTTER = 74.0, 52.0, 12.0


def draw_day_pack(
    day: Day,
    briefs: Sequence[Brief],
    *,
    language: Language,
    made_by: str = "",
    as_of: Instant,
    way: Way = NO_WAY,
) -> bytes:
    """Return the pack of a day as PDF: pages are numbered through, two for each brief.

    A day without visits has its cover all the same. ``way`` are the roads of the day.
    """
    voice = Voice(language)
    name = voice.label(NAME).first
    document = Document(
        title=f"{name} {day.isoformat()}",
        author=made_by,
        subject=name,
        language=language,
        made=as_of,
    )
    covers = len(broken(_cover_pieces(briefs, voice, way, first_page=0), _rooms))
    cover = broken(_cover_pieces(briefs, voice, way, first_page=covers + 1), _rooms)
    pages = covers + PAGES * len(briefs)

    def head(pen: Pen, number: int) -> float:
        if number:
            return running_head(pen, name, voice.day(day)) - 8
        document.bookmark(name)
        paper_name(pen, voice, NAME, made_by)
        return _FIRST - _title(pen, voice, day, briefs, way)

    def end(pen: Pen, number: int) -> None:
        foot(
            pen,
            voice,
            page=number + 1,
            pages=pages,
            made_by=made_by,
            secrecy=SECRET,
            as_of=as_of,
        )

    draw_pages(document, cover, head=head, foot=end)
    for place, brief in enumerate(briefs):
        add_brief(document, brief, voice, first=covers + PAGES * place + 1, pages=pages)
    return document.finished()


def _rooms(number: int) -> float:
    return room_below(_FIRST - 54 if number == 0 else TOP - 21)


def _title(pen: Pen, voice: Voice, day: Day, briefs: Sequence[Brief], way: Way) -> float:
    """Write the day large and what it holds below; return the height taken."""
    pen.text(MARGIN, _FIRST - 22, voice.day(day), 20, weight=Weight.BOLD)
    count = voice.say(Text("{n} visit", "{n} visits", n=len(briefs)))
    said = [count, *_span(briefs), *_roads(way, voice)]
    pen.text(MARGIN, _FIRST - 38, " · ".join(said), 9, ink=GREY, most=WIDTH)
    return 54.0


def _span(briefs: Sequence[Brief]) -> list[str]:
    starts = [one.heading.start for one in briefs if one.heading.start]
    if not starts:
        return []
    ends = [
        one.heading.start.plus(minutes=one.heading.minutes) for one in briefs if one.heading.start
    ]
    return [f"{min(starts).local:%H:%M}–{max(ends).local:%H:%M}"]


def _roads(way: Way, voice: Voice) -> list[str]:
    found = []
    if way.leaves is not None:
        found.append(Text("leave {time}", time=clock(way.leaves)))
    if way.drive:
        found.append(Text("{length} driving", length=length(way.drive)))
    if way.returns is not None:
        found.append(Text("back {time}", time=clock(way.returns)))
    return [voice.say(words) for words in found]


def _cover_pieces(
    briefs: Sequence[Brief], voice: Voice, way: Way, *, first_page: int
) -> list[Piece]:
    if not briefs:
        none = voice.say(Text("No visit is planned on this day."))
        return [Piece(paragraph(none, WIDTH, 10, ink=GREY))]
    stops = [
        Piece(
            _stop(brief.heading, voice, first_page + PAGES * place, way.drives.get(brief.visit, 0)),
            0.0,
        )
        for place, brief in enumerate(briefs)
    ]
    route = route_block(way.route, voice, width=WIDTH, height=_ROUTE)
    shown = section(voice, Text("the way"), route, WIDTH, Fit(), note=_NOT_TO_SCALE)
    return [*stops, Piece(shown, 14.0), Piece(_to_bring(briefs, voice), 14.0)]


def _stop(heading: Heading, voice: Voice, page: int, drive: int) -> Block:
    """Return one visit of the cover: when, whom and where, on which page its brief begins."""
    middle = WIDTH - _WHEN - _PAGE - 2 * _GUTTER
    host = " ".join(part for part in (heading.host, heading.phone) if part)
    what = " · ".join(part for part in (voice.say(heading.kind), heading.topic) if part)
    body = stacked(
        [
            paragraph(heading.account, middle, 12, weight=Weight.BOLD, most=2, leading=1.3),
            *(
                paragraph(words, middle, 8.6, ink=ink, most=2)
                for words, ink in (
                    (what, GREY),
                    (_labelled(voice, Text("place"), heading.place), BLACK),
                    (_labelled(voice, Text("at the gate"), heading.gate), BLACK),
                    (_labelled(voice, Text("contact"), host), BLACK),
                )
                if words
            ),
        ],
        1.5,
    )
    row = beside(
        (_when(heading, voice, drive), body, _page_number(voice, page)),
        (0.0, _WHEN + _GUTTER, WIDTH),
    )

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.rule(x, top, x + WIDTH, top, 0.9)
        row.draw(pen, x, top - 8)

    return Block(max(row.height, 30.0) + 18, draw)


def _labelled(voice: Voice, label: Text, words: str) -> str:
    between = "：" if voice.first == "zh" else ": "
    return f"{voice.label(label).first}{between}{words}" if words else ""


def _when(heading: Heading, voice: Voice, drive: int) -> Block:
    start = heading.start
    road = voice.say(Text("{length} drive", length=length(drive))) if drive else ""

    def draw(pen: Pen, x: float, top: float) -> None:
        if start is None:
            return
        ends = start.plus(minutes=heading.minutes).local
        pen.text(x, top - 12.5, f"{start.local:%H:%M}", 14, weight=Weight.BOLD, ink=ACCENT)
        pen.text(x, top - 25, f"–{ends:%H:%M}", 9, ink=GREY)
        pen.text(x, top - 37, road, 7.4, ink=GREY, most=_WHEN)

    return Block(40.0 if road else 28.0, draw)


def _page_number(voice: Voice, page: int) -> Block:
    def draw(pen: Pen, x: float, top: float) -> None:
        words = voice.say(Text("page {page}", page=page))
        pen.text(x, top - 12.5, words, 9, ink=GREY, align=1.0)

    return Block(14.0, draw)


def _to_bring(briefs: Sequence[Brief], voice: Voice) -> Block:
    lines = [
        f"{voice.say(item)} · {one.heading.short_name or one.heading.account}"
        for one in briefs
        for item in one.bring
    ]
    fit = Fit(lines=2)
    return section(voice, Text("to bring"), bulleted(lines, WIDTH, 8.6, fit), WIDTH, fit)
