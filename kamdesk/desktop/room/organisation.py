"""Their organisation: a chart of names and posts, a visiting card and the next dates beside it."""

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.pages import Crumb, Page
from kamdesk.desktop.painter import FigureView
from kamdesk.desktop.panel_step import fill_panel
from kamdesk.desktop.room.bench import TheirDesk
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.lines import Line, fixed
from kamdesk.desktop.widgets.panes import SidePanel, ToolBar
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.people.model import CHANNEL_WORDS

if TYPE_CHECKING:
    from kamdesk.dossier.their_view import Face, TheirView
    from kamdesk.papers.voice import Language

_ROOM = (760.0, 560.0)
"""Points that the chart is laid out in; the view fits it to its frame."""
_MEETINGS = 6


class OrganisationPage(Page[TheirDesk]):
    """Who is who on their side."""

    title = Text("Organisation")
    follows = ("account", "person", "post", "holding", "way", "visit", "promise")
    keys = (("+", Text("Larger")), ("-", Text("Smaller")), ("0", Text("Whole chart")))

    def build(self) -> None:
        whole = self.actions_here.add(
            "organisation.whole", Text("Whole chart"), lambda: self.chart.zoom(0), keys="0"
        )
        on_paper = self.actions_here.add(
            "organisation.print", Text("Print"), self._print, keys="Ctrl+P", icon="printer"
        )
        self._view: TheirView | None = None
        self._name = PlainLabel("", Type.HEADING, fit=Fit.ELIDE)
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._how_many = PlainLabel("", Type.BODY, Tone.SECOND)
        self.above(
            ToolBar(self._name, self._how_many, right=(Button.of(whole), Button.of(on_paper)))
        )
        self.chart = FigureView(self.title)
        self.chart.chosen.connect(self._choose)
        self.chart.pointed.connect(lambda record: self._choose(record) if record else None)
        empty = EmptyState(
            "users",
            Text("Nobody is on the chart yet"),
            Text("Names and posts come from the address list."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.chart)
        self._stack.addWidget(empty)
        self._panel = SidePanel()
        self.use(self._stack, self._panel)

    def crumbs(self) -> tuple[Crumb, ...]:
        called = self._view.customer if self._view else ""
        first = (Crumb(called, self.route),) if called else ()
        return *first, Crumb(self.title)

    def panes(self) -> tuple[QWidget, ...]:
        return self.chart, self._panel

    def reload(self) -> None:
        self.ask(lambda desk: (desk.view(), desk.chart(*_ROOM)), lambda seen: self._show(*seen))

    def _show(self, view: "TheirView | None", drawing: Any) -> None:
        self._view = view
        self._name.say(view.name if view else "")
        faces = view.faces if view else ()
        people = Text("{n} name", "{n} names", n=len(faces))
        rooms = view.departments if view else 0
        parts = [people] if faces else []
        parts += [Text("{n} department", "{n} departments", n=rooms)] if rooms else []
        self._how_many.say(looks.joined(*parts))
        if drawing is not None:
            self.chart.show_figure(drawing)
        self._stack.setCurrentIndex(0 if drawing is not None else 1)
        self._choose(self.chart.current or self.route.record or b"")
        self.renamed.emit()

    def _print(self) -> None:
        language: Language = "zh" if looks.language() == "zh" else "en"
        self.ask(lambda desk: desk.paper(language), self._to_printer, key="paper")

    def _to_printer(self, paper: bytes | None) -> None:
        from kamdesk.desktop.papers.printing import ask_and_print

        if paper is not None:
            ask_and_print(self, paper, self.around.say)

    def _choose(self, record: bytes) -> None:
        view = self._view
        face = next((one for one in view.faces if one.id == record), None) if view else None
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.now().px(8))
        if face is not None:
            self._card(column, face)
        column.addWidget(Heading(Text("Next dates")))
        dates = view.meetings[:_MEETINGS] if view else ()
        for meeting in dates:
            when = moment_words(meeting.start, view.at.day if view else meeting.start.day)
            topic = PlainLabel(meeting.topic or Text("Meeting"), fit=Fit.WRAP)
            column.addWidget(Line(fixed(looks.capital(when), 96, Tone.SECOND), topic, wraps=True))
        if not dates:
            column.addWidget(PlainLabel(Text("No date is agreed yet."), Type.SMALL, Tone.MUTED))
        column.addStretch(1)
        fill_panel(self._panel, holder)

    def _card(self, column: QVBoxLayout, face: "Face") -> None:
        view = self._view
        column.addWidget(PlainLabel(face.name, Type.HEADING, fit=Fit.WRAP))
        boss = next((one.name for one in view.faces if one.id == face.boss), "") if view else ""
        rows: list[tuple[Text, str]] = [
            (Text("Post"), face.post),
            (Text("Department"), face.department),
            (Text("Reports to"), boss),
            *((CHANNEL_WORDS[channel], value) for channel, value in face.ways),
        ]
        for name, value in rows:
            if value:
                words = PlainLabel(value, fit=Fit.WRAP)
                column.addWidget(Line(fixed(looks.capital(name), 96), words, wraps=True))
        column.addSpacing(theme.now().px(20))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._panel.fit(self.window().width())
