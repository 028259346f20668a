"""The joint plan: agreed dates, and what each side promised the other."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.pages import Page
from kamdesk.desktop.room.bench import TheirDesk
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.facts import Tag
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.lines import Line, Lines, fixed
from kamdesk.domain.promises.model import SIDE_WORDS, PromiseSide

if TYPE_CHECKING:
    from kamdesk.dossier.their_view import Meeting, OpenItem, TheirView


class PlanPage(Page[TheirDesk]):
    """When we meet next, and the open items of both sides."""

    title = Text("Joint plan")
    follows = ("visit", "promise")

    def build(self) -> None:
        self.head(self.title)
        self.section(Text("Next dates"))
        self.add(dates := Lines())
        self.sheet.space(28)
        self.section(Text("Open items"))
        self.add(items := Lines())
        self.sheet.fill()
        self._dates, self._items = dates, items

    def reload(self) -> None:
        self.ask(lambda desk: desk.view(), self._show)

    def _show(self, view: "TheirView | None") -> None:
        today = view.at.day if view else date.max
        dates = [_date(meeting, today) for meeting in view.meetings] if view else []
        items = [_item(item, today) for item in view.items] if view else []
        self._dates.show_parts(dates, Text("No date is agreed yet."))
        self._items.show_parts(items, Text("Nothing is open."))


def _date(meeting: "Meeting", today: date) -> QWidget:
    when = fixed(looks.capital(moment_words(meeting.start, today)), 150, Tone.SECOND, Type.BODY)
    topic = PlainLabel(meeting.topic or Text("Meeting"), Type.STRONG, fit=Fit.WRAP)
    return Line(when, topic, fixed(meeting.place, 240), wraps=True)


def _item(item: "OpenItem", today: date) -> QWidget:
    tag = Tag(SIDE_WORDS[PromiseSide.OURS if item.ours else PromiseSide.THEIRS], filled=item.ours)
    tag.setFixedWidth(theme.now().px(56))
    words = PlainLabel(item.words, fit=Fit.WRAP)
    due = looks.day(item.due, today=today) if item.due else Text("no day agreed")
    return Line(tag, words, fixed(item.who, 160, Tone.SECOND), fixed(due, 110), wraps=True)
