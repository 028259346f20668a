"""An empty map: what belongs here, and the three ways to begin: paste a list, a file, one name."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.drafts import draft_place
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, ButtonRow, Kind
from kamdesk.desktop.widgets.editors import TextEditor
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.transfer.chart.chart import Chart
from kamdesk.transfer.chart.indented import read_text

if TYPE_CHECKING:
    from kamdesk.desktop.chain.page import ChainPage

_EXAMPLE = Text(
    "Chen Lixin, General manager\n  Li Min, CFO\n    Zhou Haiyan, Purchasing\n"
    "  Shen Jianguo, Chief engineer"
)
_PROBLEMS = 4


class StartHere(QWidget):
    """Takes an indented list pasted in; says while one types how it is understood."""

    def __init__(self, page: "ChainPage") -> None:
        super().__init__()
        look = theme.now()
        self._page = page
        self._chart: Chart | None = None
        self.list = TextEditor(hint=_EXAMPLE, lines=9)
        self.list.setAccessibleName(looks.said(Text("An indented list of people and posts")))
        self.understood = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        self.draw = Button(Text("Draw it"), keys="Ctrl+Enter", kind=Kind.PRIMARY)
        self.draw.clicked.connect(self.take)
        first = Button(Text("Write the first name"), icon="user-plus", keys="N")
        first.clicked.connect(page.building.begin_report)
        imports = Button.of(page.taking.action)
        draft = draft_place(page.route, "list")
        self.draft = Drafting(self, page.workbench, draft, {"list": self.list})
        inner = QWidget()
        inner.setMaximumWidth(look.px(560))
        column = QVBoxLayout(inner)
        column.setSpacing(look.px(8))
        column.addWidget(Heading(Text("Nobody is on this map yet")))
        words = PlainLabel(
            Text(
                "Here stands who decides at this customer, who reports to whom, and who listens to"
                " whom. Write one name and go on from there, or paste a list: one person a line,"
                " reports set further in than their boss."
            ),
            Type.BODY,
            Tone.SECOND,
            fit=Fit.WRAP,
        )
        words.setMinimumHeight(words.heightForWidth(look.px(536)))
        column.addWidget(words)
        column.addWidget(ButtonRow(first, imports))
        column.addSpacing(look.px(8))
        column.addWidget(self.draft.line)
        column.addWidget(self.list)
        column.addWidget(self.understood)
        column.addWidget(ButtonRow(self.draw))
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addWidget(inner, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(2)
        inner.setMinimumWidth(look.px(320))
        self.list.textChanged.connect(self._understand)
        enter = QShortcut(QKeySequence("Ctrl+Return"), self)
        enter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        enter.activated.connect(self.take)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._understand()

    def begin(self) -> None:
        """What was typed here before stands here again."""
        if not self.draft.open:
            self.draft.begin()

    def _understand(self) -> None:
        words = self.list.toPlainText()
        self._chart = None
        said: Text | str = ""
        tone = Tone.SECOND
        if words.strip():
            try:
                self._chart = read_text(words)
            except RuleBroken as broken:
                said, tone = broken.said, Tone.BRICK
            else:
                rows = self._chart.rows
                people = Text("{n} person", "{n} people", n=sum(bool(row.name) for row in rows))
                tops = Text("{n} at the top", n=sum(not row.above for row in rows))
                wrong = [problem.said for problem in self._chart.problems[:_PROBLEMS]]
                said = looks.joined(people, tops, *wrong)
        self.understood.say(said, tone)
        self.draw.setEnabled(bool(self._chart and self._chart.rows))

    def take(self) -> None:
        """Draw what was pasted, as one action."""
        chart = self._chart
        if chart is not None and chart.rows:
            self._page.taking.take(chart, self._taken)

    def _taken(self) -> None:
        self.draft.discard()
        self.draft.settle()
