"""The values of own fields of one record, below each other, each changed in its place."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.clock import Day, read_day
from kamdesk.core.ids import Id, OwnFieldId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.in_place import InPlace, align_fields
from kamdesk.desktop.pages import Page
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.domain.own_fields.model import NO, YES, Of, OwnField, Sort
from kamdesk.storage.change import Seen

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_HINTS = {
    Sort.NUMBER: Text("a number"),
    Sort.DAY: Text("a day: 2026-03-12, 12.3., next Friday"),
}


class OwnRead(NamedTuple):
    """What the widget shows: the fields of a kind, a record's values, the day it is."""

    fields: list[OwnField]
    values: Mapping[OwnFieldId, str]
    today: Day
    seen: Seen


def read_own(desk: "Workspace", of_kind: Of, record: Id) -> OwnRead:
    """Return it; to be asked in the background. Retired fields are left out."""
    ask = desk.own_fields.ask
    return OwnRead(
        ask.fields(of_kind), ask.of_record(record), desk.clock.today(), desk.storage.position()
    )


def own_words(field: OwnField, stored: str | None, today: Day) -> str:
    """Return a value as the window says it; empty for none."""
    if stored is None:
        return ""
    if field.sort is Sort.DAY:
        day = read_day(stored)
        return looks.day(day, today=today) if day else stored
    return looks.said(field.said(stored))


class OwnValues(QWidget):
    """Fields by their names, each saved by itself. ``place`` begins the names of their drafts.

    Its page follows the kinds of its record and ``own_field``, and calls ``show_own`` with what
    ``read_own`` returns. Signals: ``grown(field)`` it is higher now · ``stepped(field, ±1)`` it was
    left by Tab, and none of its own comes next.
    """

    grown = Signal(object)
    stepped = Signal(object, int)

    def __init__(self, page: "Page[Workspace]", record: Id, place: str) -> None:
        super().__init__()
        self._page, self._record, self._place = page, record, place
        self._read: OwnRead | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.fields: dict[OwnFieldId, InPlace] = {}

    def show_own(self, read: OwnRead) -> None:
        """Show values; where the fields are the same, an open editor keeps what was typed."""
        before, self._read = self._read, read
        if before is None or before.fields != read.fields:
            emptied(self._column)
            self.fields = {field.id: self._field(field) for field in read.fields}
            for made in self.fields.values():
                self._column.addWidget(made)
            align_fields(self.fields.values())
        for field in read.fields:
            stored = read.values.get(field.id)
            words = own_words(field, stored, read.today)
            self.fields[field.id].show_value(stored or "", words)
        self.setVisible(bool(read.fields))

    def _field(self, field: OwnField) -> InPlace:
        made = InPlace(
            field.id.hex(),
            field.name,
            partial(_editor, field),
            partial(self._draft, field.id),
            long=field.sort is Sort.TEXT,
        )
        made.wanted.connect(partial(self._save, field))
        made.grown.connect(lambda: self.grown.emit(made))
        made.stepped.connect(lambda by: self._step(field, by))
        return made

    def _draft(
        self, field: OwnFieldId, holder: QWidget, editors: Mapping[str, QWidget]
    ) -> Drafting:
        place = f"{self._place}:own-{field.hex()}"
        return Drafting(holder, self._page.workbench, place, editors)

    def _step(self, field: OwnField, by: int) -> None:
        order = list(self.fields)
        at = order.index(field.id) + by
        if 0 <= at < len(order):
            self.fields[order[at]].begin()
        else:
            self.stepped.emit(self.fields[field.id], by)

    def _save(self, field: OwnField, value: object) -> None:
        made, read = self.fields[field.id], self._read
        typed = "" if value is None else str(value)
        if read is None or typed == read.values.get(field.id, ""):
            made.end()
            return

        def saved(_: object) -> None:
            try:
                stored = field.taken(typed, today=read.today)
            finally:
                made.end()
            made.show_value(stored, own_words(field, stored or None, read.today))

        self._page.workbench.do(
            self._page,
            lambda desk: desk.own_fields.write(self._record, field, typed, seen=read.seen),
            saved,
            made.refused,
            key=f"{self._place}:own-{field.id.hex()}",
            form=made.still,
        )


def _editor(field: OwnField) -> LineEditor | TextEditor | Choice:
    if field.sort is Sort.YES_NO:
        return Choice([("", Text("not known")), (YES, field.said(YES)), (NO, field.said(NO))])
    if field.sort is Sort.CHOICE:
        return Choice([("", Text("not known")), *((one, one) for one in field.choices)])
    return LineEditor(hint=_HINTS.get(field.sort, ""))
