"""The visit brief as PDF: two A4 pages each, one brief or a pack of them."""

from collections.abc import Sequence
from typing import Final

from kamdesk.core.wording import Text
from kamdesk.papers.brief.content import Brief
from kamdesk.papers.brief.page_one import page_one
from kamdesk.papers.brief.page_two import page_two
from kamdesk.papers.document import Document
from kamdesk.papers.frame import BOTTOM, MARGIN, TOP, foot, paper_name, running_head
from kamdesk.papers.pen import Pen
from kamdesk.papers.voice import Language, Voice

NAME: Final = Text("visit brief")
SECRET: Final = Text("internal")
PAGES: Final = 2
"""Every brief has so many."""


def draw_brief(content: Brief, *, language: Language) -> bytes:
    """Return one brief as PDF: always two pages, whatever it holds."""
    return draw_pack((content,), language=language)


def draw_pack(contents: Sequence[Brief], *, language: Language) -> bytes:
    """Return several briefs in one PDF, each with its bookmarks. Raises ``ValueError`` for none."""
    if not contents:
        raise ValueError("a pack holds at least one brief")
    voice = Voice(language)
    first = contents[0]
    name = voice.label(NAME).first
    document = Document(
        title=f"{name} {first.heading.account}" if len(contents) == 1 else name,
        author=first.made_by,
        subject=name,
        keywords=tuple(one.heading.number for one in contents if one.heading.number),
        language=language,
        made=first.as_of,
    )
    for content in contents:
        add_brief(document, content, voice)
    return document.finished()


def add_brief(
    document: Document, content: Brief, voice: Voice, *, first: int = 1, pages: int = PAGES
) -> None:
    """Append the two pages of one brief: of a pack of ``pages`` those from ``first`` on."""
    heading = content.heading

    def mark(title: str, top: float) -> None:
        document.bookmark(title, level=1, top=top)

    def end(pen: Pen, page: int) -> None:
        foot(
            pen,
            voice,
            page=page,
            pages=pages,
            made_by=content.made_by,
            secrecy=SECRET,
            as_of=content.as_of,
        )

    pen = document.new_page()
    day = heading.start.day.isoformat() if heading.start else ""
    document.bookmark(" ".join(part for part in (heading.account, day) if part))
    one = page_one(content, voice, mark)
    paper_name(pen, voice, NAME, _dotted(heading.number, voice.say(heading.kind)))
    one.draw.draw(pen, MARGIN, TOP - 14)
    end(pen, first)
    pen = document.new_page()
    when = voice.when(heading.start, heading.minutes) if heading.start else ""
    top = running_head(pen, heading.account, _dotted(when, heading.number))
    two = page_two(content, voice, top - 6 - BOTTOM, one, mark)
    two.draw(pen, MARGIN, top - 6)
    end(pen, first + 1)


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
