"""The columns of a file: what stands in them, where each goes and why, changed by keys."""

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.editors import Choice
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.transfer.fields import FIELDS, KIND_WORDS, ImportKind, title_of
from kamdesk.transfer.mapping import Mapping
from kamdesk.transfer.preview import ForeignTable
from kamdesk.transfer.sniff import ENCODINGS

if TYPE_CHECKING:
    from kamdesk.settings import Remembered

SAMPLES: Final = 5
"""Different cells of a column that are shown."""
_LISTED: Final = 3
_LONGEST: Final = 24
_SURE: Final = 0.8
_SEPARATORS: Final = (
    (",", Text("comma")),
    (";", Text("semicolon")),
    ("\t", Text("tab")),
    ("|", Text("upright bar")),
)


class ColumnShown(NamedTuple):
    """One column: its place and heading, first cells, the title of its field, and why."""

    id: int
    heading: str
    samples: tuple[str, ...]
    field: str | None
    title: Text | str
    why: Text
    sure: bool


def columns_shown(table: ForeignTable, mapping: Mapping) -> list[ColumnShown]:
    """Return the columns of a table as lines, in their order."""
    cells = table.columns()
    return [
        ColumnShown(
            place + 1,
            one.heading,
            tuple(dict.fromkeys(filter(None, (cell.strip() for cell in cells[place]))))[:SAMPLES],
            one.field,
            title_of(mapping.kind, one.field) if one.field else "",
            one.why,
            one.field is None or one.certainty >= _SURE,
        )
        for place, one in enumerate(mapping.columns)
        if place < len(cells)
    ]


class ColumnsView(QWidget):
    """The list of columns under the ways the file can be read.

    Signals: ``opened(ColumnShown)``, ``chosen(ColumnShown or None)``,
    ``read_as(sheet, encoding, separator)``: the file is to be read otherwise · ``kind(str)``: its
    rows are to be taken for something else.
    """

    opened = Signal(object)
    chosen = Signal(object)
    read_as = Signal(object, str, str)
    kind = Signal(str)

    def __init__(self, remembered: "Remembered") -> None:
        super().__init__()
        look = theme.now()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(8))
        self._ways = QHBoxLayout()
        self._ways.setContentsMargins(look.px(8), 0, 0, 0)
        self._ways.setSpacing(look.px(8))
        whole.addLayout(self._ways)
        self.list: RecordTable[ColumnShown] = RecordTable(
            Text("Columns of the file"),
            (
                Column[ColumnShown](
                    Text("Column"), show=lambda one: one.heading, strong=True, least=120
                ),
                Column[ColumnShown](
                    Text("What stands in it"),
                    show=lambda one: looks.joined(
                        *(looks.cut(s, _LONGEST) for s in one.samples[:_LISTED])
                    ),
                    least=160,
                ),
                Column[ColumnShown](
                    Text("Goes into"),
                    show=lambda one: one.title,
                    tone=lambda one: Tone.INK if one.sure else Tone.OCHRE,
                    sign=lambda one: "" if one.sure else "circle-alert",
                    width=168,
                ),
                Column[ColumnShown](Text("Why"), show=lambda one: one.why, least=120),
            ),
            key="import.columns",
            remembered=remembered,
        )
        self.list.opened.connect(self.opened)
        self.list.chosen.connect(self.chosen)
        whole.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self._reading: tuple[object, ...] = ()

    def show_table(self, table: ForeignTable, mapping: Mapping) -> None:
        """Show the columns of a table as they are mapped."""
        self.list.show_lines(columns_shown(table, mapping))
        about = table.about
        reading = (table.path, about, mapping.kind)
        if reading != self._reading:
            self._reading = reading
            self._show_ways(table, mapping.kind)

    def _show_ways(self, table: ForeignTable, kind: ImportKind) -> None:
        """Offer what the rows are, sheet, code and separator, as far as there is a choice."""
        while (item := self._ways.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        about = table.about
        kinds = Choice([(one, looks.capital(KIND_WORDS[one])) for one in ImportKind], start=kind)
        kinds.currentIndexChanged.connect(lambda _: self.kind.emit(str(kinds.value)))
        ways: list[tuple[Text, Choice]] = [(Text("Its rows are"), kinds)]
        if len(about.sheets) > 1:
            sheets = Choice(list(enumerate(about.sheets)), start=about.sheets.index(about.sheet))
            sheets.currentIndexChanged.connect(lambda _: self.read_as.emit(sheets.value, "", ""))
            ways.append((Text("Sheet"), sheets))
        if about.format == "csv":
            known = (about.encoding, *(one for one in ENCODINGS if one != about.encoding))
            codes = Choice([(one, one) for one in known], start=about.encoding)
            parting = (
                *_SEPARATORS,
                *(((about.separator, about.separator),) if about.separator else ()),
            )
            signs = Choice(
                [one for n, one in enumerate(parting) if one[0] not in {p[0] for p in parting[:n]}]
                if about.separator
                else [("", Text("none")), *_SEPARATORS],
                start=about.separator,
            )
            for choice in (codes, signs):
                choice.currentIndexChanged.connect(partial(self._read_otherwise, codes, signs))
            ways += [(Text("Written in"), codes), (Text("Parted by"), signs)]
        for name, choice in ways:
            label = PlainLabel(name, Type.SMALL, Tone.MUTED)
            label.setBuddy(choice)
            choice.setAccessibleName(looks.said(name))
            self._ways.addWidget(label)
            self._ways.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
            self._ways.addSpacing(theme.now().px(8))
        self._ways.addStretch(1)

    def _read_otherwise(self, codes: Choice, signs: Choice, _: int) -> None:
        self.read_as.emit(None, str(codes.value or ""), str(signs.value or ""))


def field_choices(mapping: Mapping) -> list[tuple[object, Text | str]]:
    """Return the fields a column can go into, by their titles; the first is none of them."""
    named = [(name, title_of(mapping.kind, name)) for name in (*FIELDS[mapping.kind], *mapping.own)]
    return [("", Text("left out")), *named]
