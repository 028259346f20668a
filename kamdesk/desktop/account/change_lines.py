"""Lines of what changed since one was there: each leads to its visit, person or field."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kamdesk.core.ids import PersonId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.lines import fixed
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.dossier.since import Changed

if TYPE_CHECKING:
    from kamdesk.desktop.account.page import AccountPage


def change_line(change: Changed, today: date, page: "AccountPage") -> QWidget:
    """Return the line of one change; Enter or a click leads where it comes from."""
    day, what = looks.day(change.on, today=today), looks.cut(change.what, 300)
    made = PressedLine(
        looks.joined(day, what), fixed(day, 96), PlainLabel(what, Type.BODY, fit=Fit.ELIDE)
    )
    made.pressed.connect(_way(change, page))
    return made


def more_line(n: int, page: "AccountPage") -> QWidget:
    """Return the line that says how many more there are; it leads to the whole history."""
    words = Text("and {n} more", n=n)
    made = PressedLine(looks.said(words), PlainLabel(words, Type.SMALL, Tone.MUTED, fit=Fit.ELIDE))
    made.pressed.connect(partial(page.go_to, "history"))
    return made


def _way(change: Changed, page: "AccountPage") -> Callable[[], object]:
    if change.cell:
        return partial(page.open_field, change.cell)
    known = page.content.file if page.content else None
    if change.visit and known and any(visit.id == change.visit for visit in known.visits):
        return partial(page.go, "visit", change.visit)
    if change.who and known and PersonId(change.who) in known.people:
        return partial(page.go, "person", change.who)
    return partial(page.go_to, "visits")  # a promise that nobody and no visit is named with
