"""The sheet with a recovery code, to be printed and kept on paper: one page without names."""

from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.wording import Text
from kamdesk.figures import type as letters
from kamdesk.figures.ink import BLACK, GREY
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import Block, paragraph, stacked
from kamdesk.papers.document import A4, Document
from kamdesk.papers.pen import Pen
from kamdesk.papers.qr import draw_qr
from kamdesk.papers.voice import Language, Voice

_LEFT: Final = 62.0
_WIDTH: Final = A4[0] - 2 * _LEFT
_QR: Final = 116.0
_PAD: Final = 20.0
_CODE: Final = 24.0
_PITCH: Final = 30.0
_TITLE: Final = Text("Recovery sheet")
_SAID: Final = (
    (
        Text("What it is for"),
        Text(
            "This code opens the KamDesk workspace named above, and its backups, when the"
            " passphrase is forgotten. Without passphrase and code nobody can open it, not even"
            " the makers of KamDesk."
        ),
    ),
    (
        Text("When you need it"),
        Text(
            "Type it where KamDesk asks for the passphrase; capitals, blanks and dashes make no"
            " difference, 0 is always a zero and 1 a one. Then choose a new passphrase."
        ),
    ),
    (
        Text("Where to keep it"),
        Text(
            "On paper, apart from the computer and its backups, where only you find it: whoever"
            " has both reads everything. Take no photo of it, send it to nobody, and delete the"
            " file it was printed from."
        ),
    ),
    (
        Text("When it ends"),
        Text(
            "Once a new recovery code or a new key is made, this sheet opens nothing but copies"
            " made before. Keep the new one and destroy this one."
        ),
    ),
)


def recovery_sheet(code: str, workspace_id: str, day: Day, language: Language) -> bytes:
    """Return the sheet as PDF: A4, one page, black on white.

    ``code`` is as ``key_file.new_code`` gives it; of ``workspace_id`` (32 hex digits) the first 8
    are printed. In ``both`` languages all sentences stand twice.
    """
    voice = Voice(language)
    short = workspace_id[:8]
    document = Document(
        title=f"{voice.label(_TITLE).first} {short}",
        language=language,
        made=Instant.at(day, 0, zone="UTC"),
    )
    pen = document.new_page()
    top = A4[1] - 80
    top = _head(pen, voice, short, day, top)
    top = _code(pen, code, top - 22)
    if language == "both":
        said = stacked([_said(Voice("zh"), 9.6, 7.0), _said(Voice("en"), 9.6, 7.0)], 20.0)
    else:
        said = _said(voice, 11.0, 13.0)
    said.draw(pen, _LEFT, top - 26)
    _to_fill_in(pen, voice)
    return document.finished()


def _head(pen: Pen, voice: Voice, short: str, day: Day, top: float) -> float:
    """Write the name of the sheet, which workspace and which day it is of; return where it ends."""
    label = voice.label(_TITLE)
    taken = pen.text(_LEFT, top, label.first, 26, weight=Weight.BOLD)
    if label.second:
        pen.text(_LEFT + taken + 12, top, label.second, 12, weight=Weight.BOLD, ink=GREY)
    pen.text(_LEFT + _WIDTH, top, "KamDesk", 12, weight=Weight.BOLD, ink=GREY, align=1.0)
    line = Text("Workspace {id} · made on {day}", id=short, day=day.isoformat())
    pen.text(_LEFT, top - 22, voice.say(line), 11)
    return top - 22


def _code(pen: Pen, code: str, top: float) -> float:
    """Draw the frame with the code in groups, and as a square to scan; return its lower edge."""
    height = _QR + 2 * _PAD
    pen.box(_LEFT, top - height, _WIDTH, height, line=1.2)
    draw_qr(pen, code, _LEFT + _WIDTH - _PAD - _QR, top - _PAD - _QR, _QR)
    groups = code.split("-")
    wide = max(letters.width(group, _CODE, Weight.BOLD) for group in groups)
    step = (_WIDTH - 3 * _PAD - _QR - wide) / 2
    for number, group in enumerate(groups):
        row, column = divmod(number, 3)
        x = _LEFT + _PAD + column * step
        y = top - _PAD - _CODE - row * (_QR - _CODE) / 2 + 3
        pen.text(x, y, group, _CODE, weight=Weight.BOLD, ink=BLACK)
    return top - height


def _said(voice: Voice, size: float, gap: float) -> Block:
    return stacked(
        [
            stacked(
                (
                    paragraph(voice.say(head), _WIDTH, size, weight=Weight.BOLD),
                    paragraph(voice.say(body), _WIDTH, size),
                ),
                1.5,
            )
            for head, body in _SAID
        ],
        gap,
    )


def _to_fill_in(pen: Pen, voice: Voice) -> None:
    y = 84.0
    for text in (Text("Kept at"), Text("Printed and compared on")):
        said = voice.say(text)
        taken = pen.text(_LEFT, y, said, 10.5, weight=Weight.BOLD)
        pen.rule(_LEFT + taken + 10, y - 2, _LEFT + _WIDTH, y - 2, 0.6, BLACK)
        y -= _PITCH
