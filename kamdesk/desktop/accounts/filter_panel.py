"""The panel that sets conditions for the list of customers, and keeps them under a name."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.labels import Divider, PlainLabel
from kamdesk.domain.filters.model import ALONE, COUNTING, TEST_WORDS, Condition
from kamdesk.domain.filters.model import Test as Asked
from kamdesk.dossier.customer_filter import TESTS, FilterField

_FEWEST_TO_CHOOSE = 1


class ConditionRow(QWidget):
    """One condition: the field, what is asked, with what. Signals: ``changed``, ``removed``."""

    changed = Signal()
    removed = Signal()

    def __init__(self, fields: Sequence[FilterField], condition: Condition | None = None) -> None:
        super().__init__()
        look = theme.now()
        self._fields = {field.key: field for field in fields}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.field = Choice([(field.key, field.title) for field in fields])
        self.field.setAccessibleName(looks.said(Text("Field")))
        self._remove = Button(
            Text("Take this condition away"), icon="x", kind=Kind.BARE, words_shown=False
        )
        self._remove.clicked.connect(self.removed)
        self._tests, self._values = QStackedWidget(), QStackedWidget()
        self.test, self.value = Choice(), QWidget()
        first = QHBoxLayout()
        first.setSpacing(look.px(4))
        first.addWidget(self.field, 1)
        first.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        column.addLayout(first)
        for stack in (self._tests, self._values):
            stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            stack.setFixedHeight(look.px(30))
            column.addWidget(stack)
        column.addSpacing(look.px(4))
        column.addWidget(Divider())
        if condition is not None:
            self.field.choose(condition.field)
        self._field_chosen(condition)
        self.field.currentIndexChanged.connect(lambda _: self._field_chosen(None))

    @property
    def condition(self) -> Condition:
        """The condition as it stands, perhaps without its value yet."""
        test = self.test.value
        asked = test if isinstance(test, Asked) else Asked.KNOWN
        value = self.value
        said = ""
        if isinstance(value, Choice):
            said = str(value.value or "")
        elif isinstance(value, LineEditor):
            said = value.text().strip()
        return Condition(field=str(self.field.value), test=asked, value=said)

    def _field_chosen(self, condition: Condition | None) -> None:
        field = self._fields[str(self.field.value)]
        tests = [(test, TEST_WORDS[test]) for test in TESTS[field.takes]]
        self.test = Choice(tests, start=condition.test if condition else None)
        self.test.setAccessibleName(looks.said(Text("What is asked")))
        self.test.currentIndexChanged.connect(lambda _: self._test_chosen(None))
        _put(self._tests, self.test)
        self._test_chosen(condition)

    def _test_chosen(self, condition: Condition | None) -> None:
        field, test = self._fields[str(self.field.value)], self.test.value
        chooses = test in (Asked.IS, Asked.IS_NOT) and len(field.choices) >= _FEWEST_TO_CHOOSE
        held = condition.value if condition else ""
        if chooses:
            known = {str(key) for key, _ in field.choices}
            more = [(held, held)] if held and held not in known else []
            offered = ((str(key), words) for key, words in field.choices)
            choice = Choice([("", Text("Choose…")), *offered, *more])
            choice.choose(held)
            choice.currentIndexChanged.connect(lambda _: self.changed.emit())
            self.value = choice
        else:
            hint = Text("days") if test in COUNTING else ""
            line = LineEditor(held, hint=hint)
            line.textChanged.connect(lambda _: self.changed.emit())
            self.value = line
        self.value.setAccessibleName(looks.said(Text("Compared with")))
        _put(self._values, self.value)
        self._values.setVisible(test not in ALONE)
        self.changed.emit()


class FilterPanel(PanelStep):
    """Conditions, all of which count. Signals besides ``wanted``: ``changed``, ``dropped``."""

    changed = Signal()
    dropped = Signal()

    def __init__(
        self,
        fields: Sequence[FilterField],
        conditions: Sequence[Condition],
        *,
        name: str = "",
    ) -> None:
        super().__init__(
            Text("Filter"),
            Text("A customer stays in the list when it meets every condition."),
            do=Text("Keep the filter"),
        )
        self._fields = fields
        self._rows: list[ConditionRow] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.now().px(8))
        more = Button(Text("Add a condition"), icon="plus", keys="Alt+A")
        more.clicked.connect(self._add_one)
        self._key("Alt+A", self._add_one)
        self._left = PlainLabel("", Type.SMALL, Tone.MUTED)
        self.column.insertLayout(0, self._lines)
        self.column.insertWidget(1, more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.insertWidget(2, self._left)
        self.name = self.ask("name", Text("Keep it under the name"))
        self.name.setText(name)
        if name:
            drop = Button(Text("Delete the filter"), icon="trash-2", keys="Alt+Del")
            drop.clicked.connect(self.dropped)
            self._key("Alt+Del", self.dropped.emit)
            self.column.addWidget(drop, 0, Qt.AlignmentFlag.AlignLeft)
        for condition in conditions:
            self._add(condition)
        if not conditions:
            self._add(None)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions as they stand; those that lack their value are left out."""
        every = [row.condition for row in self._rows]
        return tuple(one for one in every if one.value or one.test in ALONE)

    def say_left(self, left: int, total: int) -> None:
        """Say how many customers are left."""
        self._left.say(Text("{n} of {total} customers", n=left, total=total))

    def begin(self) -> None:
        """Put the focus on the first condition."""
        self._rows[0].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.changed.emit()

    def _add_one(self) -> None:
        self._add(None)
        self._rows[-1].field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _add(self, condition: Condition | None) -> None:
        row = ConditionRow(self._fields, condition)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._take_away(row))
        self._rows.append(row)
        self._lines.addWidget(row)

    def _take_away(self, row: ConditionRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        if not self._rows:
            self._add(None)
        self._rows[-1].field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


def _put(stack: QStackedWidget, widget: QWidget) -> None:
    while (old := stack.widget(0)) is not None:
        stack.removeWidget(old)
        old.deleteLater()
    stack.addWidget(widget)
