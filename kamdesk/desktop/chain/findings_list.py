"""What judging the chain found: what · advice · evidence, a number jumps there, right or noise."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.fold import Fold
from kamdesk.desktop.chain.panel_row import LinkLine, support
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Divider, Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.domain.chain.finding import Evidence, Finding, NotJudged
from kamdesk.domain.playbook.model import Precision, Word

NUMBERED: Final = 4
"""Findings that a number key jumps to."""

RIGHT, NOISE = "P", "Z"
"""Keys that say of the finding one is at that it is right, or noise."""

_LINKED: Final = ("visit", "person")
_HEAVY: Final = 7.0
_LONGEST: Final = 240


Said = tuple[str, Id | None]
"""What a verdict is about: a rule, and whom it was about."""


def said_of(finding: Finding) -> Said:
    """Return what a verdict on a finding is about."""
    return finding.rule, finding.people[0] if len(finding.people) == 1 else None


class FindingRow(QWidget):
    """One finding. Signals: ``jumped`` · ``opened(kind, id)`` · ``ruled(right)``."""

    jumped = Signal()
    opened = Signal(str, bytes)
    ruled = Signal(bool)

    def __init__(
        self,
        finding: Finding,
        number: int | None,
        precision: Precision | None,
        word: Word | None = None,
    ) -> None:
        """``word`` is what was said of it before."""
        super().__init__()
        look = theme.now()
        self.finding = finding
        self._verdicts: list[tuple[Button, str]] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, look.px(8), 0, 0)
        whole.setSpacing(look.px(2))
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        top = Qt.AlignmentFlag.AlignTop
        heavy = finding.weight >= _HEAVY
        mark = IconMark(
            "shield-alert" if heavy else "circle-alert", 16, Tone.BRICK if heavy else Tone.OCHRE
        )
        head.addWidget(mark, 0, top)
        self.said = PlainLabel(
            looks.cut(looks.capital(finding.said), _LONGEST), Type.STRONG, fit=Fit.WRAP
        )
        head.addWidget(self.said, 1)
        if number is not None:
            head.addWidget(KeyCap(str(number)), 0, top)
        whole.addLayout(head)
        inner = QVBoxLayout()
        inner.setContentsMargins(look.px(24), 0, 0, 0)
        inner.setSpacing(look.px(2))
        whole.addLayout(inner)
        inner.addWidget(support(looks.cut(finding.advice, _LONGEST), Tone.SECOND))
        for one in finding.evidence[:3]:
            inner.addWidget(self._evidence(one))
        inner.addLayout(self._verdict(precision, word))
        whole.addSpacing(look.px(6))
        whole.addWidget(Divider())
        self.setAccessibleName(looks.joined(finding.said, finding.advice))
        if finding.people:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _evidence(self, evidence: Evidence) -> QWidget:
        if evidence.record is None or evidence.kind not in _LINKED:
            return support(looks.cut(evidence.said, _LONGEST))
        made = LinkLine(evidence.said)
        made.clicked.connect(partial(self.opened.emit, evidence.kind, bytes(evidence.record)))
        return made

    def _verdict(self, precision: Precision | None, word: Word | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.now().px(10))
        for words, what, key in (
            (Text("Right"), Word.RIGHT, RIGHT),
            (Text("Noise"), Word.NOISE, NOISE),
        ):
            icon = "check" if word is what else ""
            button = Button(words, icon=icon, kind=Kind.LINK)
            button.setAccessibleDescription(looks.said(self.finding.said))
            button.clicked.connect(partial(self.ruled.emit, what is Word.RIGHT))
            row.addWidget(button)
            self._verdicts.append((button, key))
        if precision is not None and precision.of:
            row.addWidget(PlainLabel(precision.words, Type.SMALL, Tone.MUTED))
        row.addStretch(1)
        return row

    def show_keys(self, shown: bool) -> None:
        """Say that the keys rule on this one, or no longer."""
        for button, key in self._verdicts:
            button.show_keys(key if shown else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.jumped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.jumped.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            theme.focus_ring(QPainter(self), QRectF(self.rect()), theme.now().px(4))


class FindingsList(QWidget):
    """Signals: ``jumped(people)`` · ``opened(kind, id)`` · ``ruled(finding, right)``."""

    jumped = Signal(object)
    opened = Signal(str, bytes)
    ruled = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.heading = Heading(Text("Findings"), Text("by weight"))
        self._column.addWidget(self.heading)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._column.addLayout(self._rows)
        self.spoken: tuple[Finding, ...] = ()
        self._open: set[str] = set()
        self._precision: Mapping[str, Precision] = {}
        self._words: Mapping[Said, Word] = {}
        self.rows: list[FindingRow] = []
        self._at: Said | None = None

    def show_findings(
        self,
        findings: Sequence[Finding],
        not_judged: Sequence[NotJudged],
        precision: Mapping[str, Precision],
        words: Mapping[Said, Word],
    ) -> None:
        """Show what was found and what could not be judged; mostly noisy rules come folded.

        ``precision`` is that of rules; ``words`` what was said of a finding before.
        """
        self._precision, self._words = precision, words
        self.rows = []
        self.spoken = tuple(one for one in findings if one.quiet is None)
        quiet = [one for one in findings if one.quiet is not None]
        emptied(self._rows)
        if not self.spoken:
            self._rows.addWidget(
                _space(support(Text("Nothing stands out on this map."), Tone.SECOND))
            )
        for n, finding in enumerate(self.spoken, 1):
            number = n if n <= NUMBERED else None
            self.rows.append(self._row(finding, number))
            self._rows.addWidget(self.rows[-1])
        self._show_keys()
        if not_judged:
            name = Text("{n} rule not judged", "{n} rules not judged", n=len(not_judged))
            self._fold("not_judged", name, [_unjudged(one) for one in not_judged])
        if quiet:
            name = Text("{n} quiet finding", "{n} quiet findings", n=len(quiet))
            parts: list[QWidget] = []
            for finding in quiet:
                parts += [support(finding.quiet or "", Tone.MUTED), self._row(finding, None)]
            self._fold("quiet", name, parts)

    def jump(self, number: int) -> None:
        """Go to the people of the finding with this number, from 1."""
        if 1 <= number <= min(len(self.spoken), NUMBERED):
            self._jump_to(self.spoken[number - 1])

    def rule(self, right: bool) -> None:
        """Say of the finding one is at that it is right, or noise; of the first to begin with."""
        if (row := self._current) is not None:
            self.ruled.emit(row.finding, right)

    @property
    def _current(self) -> FindingRow | None:
        at = (row for row in self.rows if said_of(row.finding) == self._at)
        return next(at, self.rows[0] if self.rows else None)

    def _jump_to(self, finding: Finding) -> None:
        self._at = said_of(finding)
        self._show_keys()
        self.jumped.emit(finding.people)

    def _show_keys(self) -> None:
        current = self._current
        for row in self.rows:
            row.show_keys(row is current)

    def _row(self, finding: Finding, number: int | None) -> FindingRow:
        word = self._words.get(said_of(finding))
        row = FindingRow(finding, number, self._precision.get(finding.rule), word)
        row.jumped.connect(partial(self._jump_to, finding))
        row.opened.connect(self.opened)
        row.ruled.connect(partial(self.ruled.emit, finding))
        return row

    def _fold(self, key: str, words: Text, parts: Sequence[QWidget]) -> None:
        fold = Fold(looks.said(words))
        fold.setCheckable(True)
        fold.setChecked(key in self._open)
        self._rows.addWidget(fold)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.now().px(20), 0, 0, theme.now().px(6))
        column.setSpacing(theme.now().px(4))
        for part in parts:
            column.addWidget(part)
        inside.setVisible(key in self._open)
        fold.toggled.connect(inside.setVisible)
        fold.toggled.connect(lambda on: (self._open.add if on else self._open.discard)(key))
        self._rows.addWidget(inside)


def _unjudged(one: NotJudged) -> QWidget:
    helps = "; ".join(looks.said(help) for help in one.helps)
    said = (
        Text("{what} What would help: {helps}.", what=one.said, helps=helps) if helps else one.said
    )
    return support(said, Tone.SECOND)


def _space(part: QWidget) -> QWidget:
    part.setContentsMargins(0, theme.now().px(8), 0, theme.now().px(8))
    return part
