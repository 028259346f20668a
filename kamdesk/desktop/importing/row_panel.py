"""One row beside the list: what it changes field by field, and who it may be."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.importing.reading import TONES, RowShown
from kamdesk.desktop.importing.told_values import field_title, value_told
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.transfer.judge import VERDICT_WORDS, Change, Verdict

_CARRIED = ("name", "account_key")


class RowPanel(QWidget):
    """What a row brings. ``such`` is ticked to decide about all rows that ask the same."""

    def __init__(self, row: RowShown, answers: Sequence[Action], *, alike: int) -> None:
        """``answers`` can be given about the row; ``alike`` rows ask what this one asks."""
        super().__init__()
        look = theme.now()
        judgement = row.judgement
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(Heading(looks.cut(row.name or Text("Row {n}", n=row.id), 120)))
        verdict = looks.capital(VERDICT_WORDS[row.verdict])
        said = looks.joined(Text("row {n}", n=row.id), verdict)
        column.addWidget(
            PlainLabel(
                looks.capital(said), Type.SMALL, TONES.get(row.verdict, Tone.SECOND), fit=Fit.WRAP
            )
        )
        column.addWidget(PlainLabel(judgement.why, Type.BODY, Tone.SECOND, fit=Fit.WRAP))
        for problem in judgement.candidate.problems:
            tone = Tone.BRICK if problem.rejects else Tone.OCHRE
            if problem.reason != judgement.why:
                column.addWidget(PlainLabel(problem.reason, Type.SMALL, tone, fit=Fit.WRAP))
        self.such: TickBox | None = None
        if answers:
            self._ask(row, answers, alike)
        self._show_fields(row)
        column.addStretch(1)

    @property
    def for_all(self) -> bool:
        """Whether an answer is to hold for all rows that ask the same."""
        return self.such is not None and self.such.isChecked()

    def _ask(self, row: RowShown, answers: Sequence[Action], alike: int) -> None:
        column, look = self._column, theme.now()
        column.addSpacing(look.px(4))
        if row.judgement.perhaps and row.asks:
            column.addWidget(Heading(Text("Is it one you know?")))
        for perhaps in row.judgement.perhaps if row.asks else ():
            name = perhaps.name or Text("row {n}", n=perhaps.row or 0)
            words = Text("“{name}”: {why}", name=looks.cut(name, 80), why=perhaps.why)
            column.addWidget(PlainLabel(words, Type.SMALL, Tone.SECOND, fit=Fit.WRAP))
        for action in answers:
            column.addWidget(Button.of(action), 0, Qt.AlignmentFlag.AlignLeft)
        if alike > 1 and row.asks:
            self.such = TickBox(Text("The same for all {n} such rows", n=alike))
            column.addWidget(self.such)

    def _show_fields(self, row: RowShown) -> None:
        candidate, judgement = row.judgement.candidate, row.judgement
        changes: dict[str, Change] = dict(judgement.changes)
        if judgement.verdict in (Verdict.NEW, Verdict.CONFLICT) and not changes:
            changes = {name: Change(None, value) for name, value in candidate.given().items()}
        shown = {n: c for n, c in changes.items() if n not in _CARRIED or c.before}
        if not (shown or candidate.leftovers):
            return
        self._column.addSpacing(theme.now().px(4))
        self._column.addWidget(Heading(Text("Field by field")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.now().px(12))
        grid.setVerticalSpacing(theme.now().px(4))
        grid.setColumnStretch(1, 1)
        currency = str(getattr(candidate, "currency", ""))
        for name, change in shown.items():
            before = value_told(change.before, name=name, currency=currency)
            after = value_told(change.after, name=name, currency=currency)
            words = Text("{before} → {after}", before=before, after=after)
            _put(grid, field_title(candidate, name), after if before == looks.DASH else words)
        for heading, cell in candidate.leftovers:
            left = Text("{words} (not taken)", words=looks.cut(cell, 120))
            _put(grid, looks.cut(heading, 40), left, Tone.MUTED)
        self._column.addLayout(grid)


def _put(grid: QGridLayout, name: Text | str, words: Text | str, tone: Tone = Tone.INK) -> None:
    at = grid.rowCount()
    label = PlainLabel(name, Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
    label.setFixedWidth(theme.now().px(96))
    grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
    value = PlainLabel(words, Type.BODY, tone, fit=Fit.WRAP)
    grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignTop)
