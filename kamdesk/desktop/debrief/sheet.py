"""The sheet of the debrief: the seven questions, one of them open, beside what is written."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.debrief.frame import Foot, Head
from kamdesk.desktop.debrief.open_question import OpenQuestion
from kamdesk.desktop.debrief.question_row import QuestionRow
from kamdesk.desktop.debrief.talk import Suggestion, Talk
from kamdesk.desktop.debrief.wording import ASKED, day_and_weekday, folded
from kamdesk.desktop.debrief.written import Written
from kamdesk.desktop.stylesheet import SCROLL_BAR
from kamdesk.dossier.debrief import QUESTIONS, Question


class TalkSheet(QWidget):
    """Shows a talk. Signals: ``wanted(Question)`` a question shall open."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        theme.now()
        self._talk: Talk | None = None
        self._rows: list[QWidget] = []
        self._above: QWidget | None = None
        self.top = Head()
        self.open = OpenQuestion()
        self.written = Written()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setWidget(inside)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.top)
        left.addWidget(self._area, 1)
        left.addWidget(Foot())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self.written)

    def show_talk(self, talk: Talk, above: QWidget) -> None:
        """Show a talk from now on, with a line ``above`` the questions."""
        self._talk = talk
        if self._above is not None:
            self._column.removeWidget(self._above)
            self._above.hide()
        self._above = above
        self._column.insertWidget(0, above)
        self.top.show_visit(talk.seen)
        self.top.start_anew()
        self.lay_out()

    def lay_out(self) -> None:
        """Lay out the seven questions anew: one open, the others a line each."""
        talk = self._talk
        if talk is None:
            return
        self._column.removeWidget(self.open)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for number, question in enumerate(QUESTIONS, 1):
            if question is talk.at:
                self.open.show_question(talk)
                self._put(self.open)
            else:
                row = _row(number, question, talk)
                row.clicked.connect(partial(self._want, question))
                self._put(row)
                self._rows.append(row)
        self.top.show_done(talk.answers.done / len(QUESTIONS))
        self.read()
        QTimer.singleShot(0, self, self._show_line)

    def read(self) -> list[Suggestion]:
        """Read the line back, show what would be written, return whom its letters may mean."""
        talk = self._talk
        if talk is None:
            return []
        text = self.open.field.text()
        line = talk.read(text)
        found = talk.suggest(text, line)
        self.open.suggestions.show_these(found)
        self.open.field.can_complete = bool(found)
        self.open.field.underline(line.spans)
        if text.strip():
            self.open.read_back.show_line(line, talk)
        else:
            self.open.read_back.show_help(_help(talk))
        self.written.show_answers(talk.seen, talk.answers, talk.preview(line))
        self._fit()
        return found

    def _put(self, part: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, part)

    def _want(self, question: Question, *_: object) -> None:
        self.wanted.emit(question)

    def _show_line(self) -> None:
        self._area.ensureWidgetVisible(self.open, 0, theme.now().px(24))

    def _fit(self) -> None:
        """Give the questions 720 px at most; what is written has no room in a narrow window."""
        look, wide = theme.now(), self.width()
        beside = wide >= look.px(1000)
        self.written.setVisible(beside)
        self.written.setFixedWidth(look.px(448 if wide >= look.px(1400) else 376))
        room = wide - (self.written.width() if beside else 0) - SCROLL_BAR
        side = max((room - look.px(720)) // 2, look.px(32))
        self._column.setContentsMargins(side, look.px(28), side, look.px(32))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _row(number: int, question: Question, talk: Talk) -> QuestionRow:
    answered = talk.answers.given(question) or question.value in talk.answers.passed
    asked = ASKED[question]
    words = folded(question, talk.answers, talk.seen.today) if answered else asked.waiting
    return QuestionRow(number, asked.short, words, answered=answered)


def _help(talk: Talk) -> Text:
    if talk.at is Question.NEXT and talk.answers.given(Question.NEXT):
        day = talk.answers.next_by
        if day is not None and day > talk.seen.today:
            on = day_and_weekday(day, talk.seen.today)
            if talk.answers.plans:
                return Text("A visit on {day} is planned, too: Alt+V takes it back. Enter closes.",
                            day=on)  # fmt: skip
            return Text("Alt+V also plans the visit on {day}. Enter closes the visit.", day=on)
        return Text("That is all. Enter, or Ctrl+Enter, closes the visit.")
    return ASKED[talk.at].help
