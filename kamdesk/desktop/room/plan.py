"""The joint plan: agreed dates, and what each side promised the other."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.pages import Page
from kamdesk.desktop.room.bench import TheirDesk
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.facts import Tag
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.lines import Line
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
        self._dates = self._column()
        self.sheet.space(28)
        self.section(Text("Open items"))
        self._items = self._column()
        self.sheet.fill()

    def _column(self) -> QVBoxLayout:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.now().px(4))
        self.add(holder)
        return column

    def reload(self) -> None:
        self.ask(lambda desk: desk.view(), self._show)

    def _show(self, view: "TheirView | None") -> None:
        for column in (self._dates, self._items):
            emptied(column)
        for meeting in view.meetings if view else ():
            self._dates.addWidget(_date(meeting, view))
        for item in view.items if view else ():
            self._items.addWidget(_item(item, view))
        for column, words in (
            (self._dates, Text("No date is agreed yet.")),
            (self._items, Text("Nothing is open.")),
        ):
            if column.isEmpty():
                column.addWidget(PlainLabel(words, Type.BODY, Tone.MUTED))


def _date(meeting: "Meeting", view: "TheirView | None") -> QWidget:
    when = moment_words(meeting.start, view.at.day if view else meeting.start.day)
    day = PlainLabel(when, Type.BODY, Tone.SECOND)
    day.setFixedWidth(theme.now().px(150))
    topic = PlainLabel(meeting.topic or Text("Meeting"), Type.STRONG, fit=Fit.WRAP)
    return Line(day, topic, PlainLabel(meeting.place, Type.SMALL, Tone.MUTED))


def _item(item: "OpenItem", view: "TheirView | None") -> QWidget:
    side = PromiseSide.OURS if item.ours else PromiseSide.THEIRS
    tag = Tag(SIDE_WORDS[side], filled=item.ours)
    words = PlainLabel(item.words, fit=Fit.WRAP)
    who = PlainLabel(item.who, Type.SMALL, Tone.SECOND)
    due = looks.day(item.due, today=view.at.day) if item.due and view else Text("no day agreed")
    return Line(tag, words, who, PlainLabel(due, Type.SMALL, Tone.MUTED))
