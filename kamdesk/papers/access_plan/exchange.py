"""The executive exchange plan: one row a meeting, nothing the customer must not read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.text.neutral import is_neutral
from kamdesk.core.wording import Text
from kamdesk.domain.access_plans.model import PlanState
from kamdesk.dossier.access_plan import PlanSeen
from kamdesk.figures.ink import ACCENT, GREY, HAIR
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import FLOOR, Block, paragraph
from kamdesk.papers.document import A4, Document
from kamdesk.papers.flow import Piece, broken
from kamdesk.papers.frame import BOTTOM, MARGIN, foot
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Language, Voice

NAME: Final = Text("executive exchange plan")
SIZE: Final = (A4[1], A4[0])
_WIDTH: Final = SIZE[0] - 2 * MARGIN
_TOP: Final = SIZE[1] - 30.0
_HEAD: Final = 70.0
_PAD: Final = 8.0
_SIZE: Final = 8.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting of executives, as both sides may read it; empty: not agreed yet."""

    day: Day | None = None
    place: str = ""
    theirs: str = ""
    ours: str = ""
    theme: str = ""
    their_wish: str = ""
    our_wish: str = ""
    their_part: str = ""
    our_part: str = ""
    their_next: str = ""
    our_next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The plan of a customer. ``left_out`` counts texts with a word they must never read."""

    customer: str
    meetings: tuple[Meeting, ...] = ()
    left_out: int = 0


def exchange_of(customer: str, plans: Iterable[PlanSeen]) -> Exchange:
    """Return the meetings of plans, the earliest first: only what both sides may read."""
    meetings, left_out = [], 0
    for seen in plans:
        if seen.plan.state is PlanState.DROPPED:
            continue
        plan = seen.plan
        said = {
            "place": plan.place,
            "theirs": "\n".join(filter(None, (seen.person.name, seen.post))),
            "ours": "\n".join(filter(None, seen.peer)),
            "theme": plan.theme,
            "their_wish": plan.their_wish,
            "our_wish": plan.our_wish,
            "their_part": plan.their_part,
            "our_part": plan.our_part,
            "their_next": plan.their_next,
            "our_next": plan.our_next,
        }
        neutral = {name: words for name, words in said.items() if is_neutral(words)}
        left_out += len(said) - len(neutral)
        meetings.append(Meeting(day=plan.meets_on, **neutral))
    meetings.sort(key=lambda one: (one.day is None, one.day or Day.max))
    return Exchange(customer=customer, meetings=tuple(meetings), left_out=left_out)


def draw_exchange(
    exchange: Exchange, *, language: Language, made: Instant, made_by: str = ""
) -> bytes:
    """Return the exchange plan as PDF; its title and properties are as neutral as its pages."""
    voice = Voice(language)
    title = f"{exchange.customer} {voice.label(NAME).first}"
    document = Document(title=title, language=language, made=made)
    pieces = [Piece(_row(one, voice)) for one in exchange.meetings]
    if not pieces:
        none = voice.say(Text("No meeting of executives is planned yet."))
        pieces = [Piece(paragraph(none, _WIDTH, 9, ink=GREY))]
    pages = broken(pieces, lambda _: _TOP - _HEAD - BOTTOM - 6)
    for number, page in enumerate(pages, 1):
        pen = document.new_page(SIZE)
        if number == 1:
            document.bookmark(voice.label(NAME).first)
        _head(pen, exchange, voice)
        top = _TOP - _HEAD
        for piece in page:
            piece.block.draw(pen, MARGIN, top)
            top -= piece.block.height
        foot(pen, voice, page=number, pages=len(pages), made_by=made_by, width=_WIDTH)
    return document.finished()


_COLUMNS: Final = (
    (Text("day and place"), 86.0),
    (Text("your executive"), 92.0),
    (Text("our executive"), 92.0),
    (Text("theme"), 120.0),
    (Text("wishes"), 130.0),
    (Text("to prepare"), 125.0),
    (Text("next steps agreed"), 125.0),
)


def _sizes() -> list[float]:
    whole = sum(size for _, size in _COLUMNS)
    return [size * _WIDTH / whole for _, size in _COLUMNS]


def _head(pen: Pen, exchange: Exchange, voice: Voice) -> None:
    label = voice.label(NAME)
    end = MARGIN + pen.text(MARGIN, _TOP - 7, label.first, 8.6, weight=Weight.BOLD, ink=ACCENT)
    pen.text(end + 4, _TOP - 7, label.second, 7, weight=Weight.BOLD, ink=ACCENT)
    pen.text(MARGIN, _TOP - 28, exchange.customer, 16, weight=Weight.BOLD, most=_WIDTH)
    x = MARGIN
    for (words, _), size in zip(_COLUMNS, _sizes(), strict=True):
        named = voice.label(words)
        pen.text(x, _TOP - 52, named.first, 8.2, weight=Weight.BOLD, most=size - _PAD)
        pen.text(x, _TOP - 61, named.second, FLOOR, ink=GREY, most=size - _PAD)
        x += size
    pen.rule(MARGIN, _TOP - _HEAD, MARGIN + _WIDTH, _TOP - _HEAD, 0.9)


def _row(one: Meeting, voice: Voice) -> Block:
    day = voice.day(one.day) if one.day else voice.say(Text("day to be agreed"))
    cells = (
        (day, one.place),
        (one.theirs,),
        (one.ours,),
        (one.theme,),
        _sides(voice, one.their_wish, one.our_wish),
        _sides(voice, one.their_part, one.our_part),
        _sides(voice, one.their_next, one.our_next),
    )
    sizes = _sizes()
    blocks = [
        _cell([part for part in parts if part], size - _PAD)
        for parts, size in zip(cells, sizes, strict=True)
    ]
    height = max(block.height for block in blocks) + 2 * _PAD

    def draw(pen: Pen, x: float, top: float) -> None:
        left = x
        for block, size in zip(blocks, sizes, strict=True):
            block.draw(pen, left, top - _PAD)
            left += size
        pen.rule(x, top - height, x + _WIDTH, top - height, 0.5, HAIR)

    return Block(height, draw)


def _sides(voice: Voice, theirs: str, ours: str) -> tuple[str, ...]:
    """Return what each side has there, named."""
    found = []
    if theirs:
        found.append(voice.say(Text("yours: {words}", words=theirs)))
    if ours:
        found.append(voice.say(Text("ours: {words}", words=ours)))
    return tuple(found)


def _cell(parts: Sequence[str], width: float) -> Block:
    blocks = [paragraph(part, width, _SIZE, most=8) for part in parts or ("–",)]
    height = sum(block.height for block in blocks) + 2.0 * (len(blocks) - 1)

    def draw(pen: Pen, x: float, top: float) -> None:
        for block in blocks:
            block.draw(pen, x, top)
            top -= block.height + 2.0

    return Block(height, draw)
