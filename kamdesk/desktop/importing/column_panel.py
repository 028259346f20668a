"""One column beside the list: what stands in it, and a choice of where it goes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.importing.columns_view import ColumnShown, field_choices
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.editors import Choice, TickBox
from kamdesk.desktop.widgets.fields import FieldRow
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.transfer.fields import FIELDS, Reads
from kamdesk.transfer.mapping import Mapping

_DAYS = (Reads.DAY, Reads.MOMENT, Reads.BIRTHDAY)


class ColumnPanel(QWidget):
    """Signals: ``sent(heading, field or None)`` · ``day_first(heading, bool)``."""

    sent = Signal(str, object)
    day_first = Signal(str, bool)

    def __init__(self, column: ColumnShown, mapping: Mapping, leave: Action) -> None:
        super().__init__()
        look = theme.now()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(8))
        whole.addWidget(Heading(looks.cut(column.heading, 60)))
        self.field = Choice(field_choices(mapping), start=column.field or "")
        self.field.currentIndexChanged.connect(
            lambda _: self.sent.emit(column.heading, self.field.value or None)
        )
        whole.addWidget(
            FieldRow("field", Text("Goes into"), self.field, help=column.why, beside=False)
        )
        mapped = next(one for one in mapping.columns if one.heading == column.heading)
        field = FIELDS[mapping.kind].get(column.field or "")
        if field is not None and field.reads in _DAYS:
            box = TickBox(Text("The day stands before the month"))
            box.setChecked(mapped.day_first)
            box.toggled.connect(lambda on: self.day_first.emit(column.heading, on))
            whole.addWidget(box)
        whole.addWidget(Button.of(leave), 0, Qt.AlignmentFlag.AlignLeft)
        whole.addSpacing(look.px(8))
        whole.addWidget(PlainLabel(Text("What stands in it"), Type.SMALL, Tone.MUTED))
        for sample in column.samples or (looks.DASH,):
            words = looks.cut(sample, 200)
            whole.addWidget(PlainLabel(words, Type.BODY, Tone.SECOND, fit=Fit.WRAP))
        whole.addStretch(1)
