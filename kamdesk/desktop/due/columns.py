"""The columns of the list of those due for a contact."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.day_column import day_column
from kamdesk.desktop.due.said import (
    CHANNEL_WORDS,
    every_words,
    last_words,
    sign_of,
    standing_words,
    tone_of,
    why_words,
)
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import Today, days_at_widest
from kamdesk.desktop.widgets.columns import Column
from kamdesk.domain.accounts.model import CLASS_WORDS, AccountClass
from kamdesk.domain.cadence.cycle import Cycle
from kamdesk.domain.cadence.duty import DueWord
from kamdesk.dossier.due import DueLine
from kamdesk.dossier.due_said import cycle_words

_PIPS = 4
"""So many contacts of a cycle are drawn; more are said in figures alone."""
_RANKS = (DueWord.OVERDUE, DueWord.NEVER, DueWord.SOON, DueWord.ON_TRACK, DueWord.PAUSED)


class DueRow(NamedTuple):
    """A line of the due list, told from others by customer, person and what is due."""

    id: tuple[bytes, bytes, str]
    owed: DueLine


def row_of(line: DueLine) -> DueRow:
    """Return a duty as a row of the list."""
    return DueRow((line.account, line.person or b"", line.channel.value), line)


def columns(today: Today) -> Sequence[Column[DueRow]]:
    """Return the columns; found by customer and person."""
    return (
        Column(
            Text("Customer"),
            show=lambda row: row.owed.account_name,
            strong=True,
            least=130,
            privacy=Privacy.BUSINESS,
        ),
        Column(
            Text("Person"),
            show=lambda row: row.owed.person_name,
            found=lambda row: row.owed.person_name,
            width=104,
            privacy=Privacy.CONTACT,
        ),
        Column(
            Text("What is due"),
            show=lambda row: looks.capital(CHANNEL_WORDS[row.owed.channel]),
            width=100,
            privacy=Privacy.INTERNAL,
        ),
        Column(
            Text("How it stands"),
            show=lambda row: looks.capital(standing_words(row.owed, today.day)),
            sort_by=lambda row: (_RANKS.index(row.owed.word), -row.owed.days_over),
            tone=lambda row: tone_of(row.owed),
            sign=lambda row: sign_of(row.owed),
            width=184,
            privacy=Privacy.INTERNAL,
        ),
        Column(
            Text("Last contact"),
            show=lambda row: looks.capital(last_words(row.owed, today.day)),
            sort_by=lambda row: row.owed.last,
            plain=lambda row: row.owed.last,
            tone=lambda row: Tone.SECOND if row.owed.last else Tone.OCHRE,
            widest=days_at_widest,
            privacy=Privacy.INTERNAL,
        ),
        day_column(
            Text("Planned"),
            lambda row: row.owed.planned,
            today,
            privacy=Privacy.INTERNAL,
            tone=lambda _: Tone.ACCENT,
        ),
        Column(
            Text("This cycle"),
            show=lambda row: cycle_words(row.owed.cycle),
            sort_by=lambda row: row.owed.cycle.remaining,
            paint=lambda painter, box, row: paint_cycle(painter, box, row.owed.cycle),
            width=96,
            privacy=Privacy.INTERNAL,
        ),
        Column(
            Text("Class"),
            show=lambda row: (
                looks.capital(CLASS_WORDS[row.owed.class_by_hand])
                if row.owed.class_by_hand
                else None
            ),
            sort_by=lambda row: (
                list(AccountClass).index(row.owed.class_by_hand) if row.owed.class_by_hand else None
            ),
            width=104,
            hidden=True,
            privacy=Privacy.INTERNAL,
        ),
        Column(
            Text("How often"),
            show=lambda row: looks.capital(every_words(row.owed.every)),
            sort_by=lambda row: row.owed.every,
            plain=lambda row: row.owed.every,
            width=104,
            hidden=True,
            privacy=Privacy.INTERNAL,
        ),
        Column(
            Text("Why"),
            show=lambda row: looks.capital(why_words(row.owed)),
            tone=lambda row: Tone.OCHRE if row.owed.too_often else Tone.SECOND,
            least=150,
            privacy=Privacy.INTERNAL,
        ),
    )


def paint_cycle(painter: QPainter, box: QRectF, cycle: Cycle) -> None:
    """Paint the contacts of a cycle: full ones took place, empty ones remain; then in figures."""
    look = theme.now()
    middle, x = box.center().y(), box.left()
    if cycle.planned <= _PIPS:
        side = look.px(9)
        for n in range(cycle.planned):
            done = n < cycle.done
            painter.setPen(QPen(look.colour(Tone.INK if done else Tone.MUTED), 1.2))
            painter.setBrush(look.colour(Tone.INK) if done else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x + side / 2, middle), side / 2 - 0.6, side / 2 - 0.6)
            x += look.px(13)
        x += look.px(4) if cycle.planned else 0
    words = looks.said(cycle_words(cycle) or looks.DASH)
    font = look.font_for(Type.BODY, words)
    painter.setFont(font)
    painter.setPen(look.colour(Tone.SECOND if cycle.planned else Tone.MUTED))
    painter.drawText(QPointF(x, round(middle + 0.365 * font.pixelSize())), words)
