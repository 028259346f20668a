"""The page of what was written apart: the user decides field by field, and it goes to everybody."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.conflicts.field_row import FieldRow
from kamdesk.desktop.conflicts.reading import ConflictsSeen, Record, read_conflicts
from kamdesk.desktop.conflicts.record_list import RecordList
from kamdesk.desktop.conflicts.record_view import RecordView
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.taking_back import undo_way
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.desktop.widgets.status_line import Hint
from kamdesk.dossier.kinds import KINDS
from kamdesk.sync.apart.conflicts import settle

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_BOTH = 860
"""Width from which list and fields stand side by side, at 100 %."""


_KEYS: Final[tuple[Hint, ...]] = (
    ("1", Text("Mine")),
    ("2", Text("Theirs")),
    ("3", Text("Before")),
    ("E", Text("Write it yourself")),
)
_KEYS_NONE: Final[tuple[Hint, ...]] = (("X", Text("Show the exchange")),)


class ConflictsPage(Page["Workspace"]):
    """The route's record is looked at first. Nothing is written before Ctrl+Enter."""

    title = Text("Waits for you")
    follows = tuple(kind.name for kind in KINDS)
    keys: tuple[Hint, ...] = _KEYS_NONE

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self.content: ConflictsSeen | None = None
        self.view: RecordView | None = None
        self.draft: Drafting | None = None
        self._wanted = route.record
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        add("conflicts.mine", Text("Take mine"), partial(self._take, FieldRow.take_mine), keys="1")
        add("conflicts.theirs", Text("Take theirs"),
            partial(self._take, FieldRow.take_theirs), keys="2")  # fmt: skip
        add("conflicts.before", Text("Take what stood before"),
            partial(self._take, FieldRow.take_before), keys="3")  # fmt: skip
        add("conflicts.write", Text("Write it yourself"), self._write, keys="E", icon="pencil")
        self._mine = add("conflicts.all_mine", Text("Take all mine"),
                         partial(self._all, FieldRow.take_mine), keys="Shift+1")  # fmt: skip
        add("conflicts.all_theirs", Text("Take all theirs"),
            partial(self._all, FieldRow.take_theirs), keys="Shift+2")  # fmt: skip
        self._finish = add("conflicts.finish", Text("Finish, send"), self._settle,
                           keys="Ctrl+Return", icon="check")  # fmt: skip
        add("conflicts.history", Text("History of the record"), self._history,
            keys="Alt+H", icon="history")  # fmt: skip
        add("conflicts.open", Text("Open the record"), self._open, keys="O")
        add("conflicts.next", Text("Next record"), lambda: self.list.step(1), keys="Alt+Down")
        add("conflicts.previous", Text("Record before"),
            lambda: self.list.step(-1), keys="Alt+Up")  # fmt: skip
        self._exchange = add("conflicts.exchange", Text("Show the exchange"),
                             lambda: self.go("exchange"), keys="X", icon="cloud")  # fmt: skip
        self.list = RecordList()
        self.list.wanted.connect(self._look_at)
        self._right = QVBoxLayout()
        self._right.setContentsMargins(0, 0, 0, 0)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addLayout(self._right, 1)
        self.use(whole)
        self._allow()

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(Text("Exchange"), Route("exchange")), Crumb(self.title))

    def panes(self) -> tuple[QWidget, ...]:
        shown = (self.list,) if not self.list.isHidden() else ()
        return (self.view, *shown) if self.view is not None else shown

    @property
    def here(self) -> Route:
        return Route("conflicts", self._wanted)

    def resume(self, place: str) -> None:
        self._wanted = bytes.fromhex(place.split(":")[1])
        if self.content is not None:
            self._look_at(self._wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the fields all the room where it is too narrow for both; Alt+Down steps on."""
        super().resizeEvent(event)
        self.list.setVisible(self.width() >= theme.now().px(_BOTH))

    # ---- showing

    def reload(self) -> None:
        self.ask(read_conflicts, self._show)

    def _show(self, seen: ConflictsSeen) -> None:
        self.content = seen
        ids = [record.id for record in seen.records]
        if self._wanted not in ids:
            self._wanted = ids[0] if ids else None
        self.list.show_seen(seen, self._wanted)
        record = next((one for one in seen.records if one.id == self._wanted), None)
        if record is None or self.view is None or not _alike(self.view.record, record):
            self._put(record)

    def _look_at(self, id: bytes) -> None:
        self._wanted = id
        self.list.choose(id)
        seen = self.content
        self._put(next((one for one in seen.records if one.id == id), None) if seen else None)

    def _put(self, record: Record | None) -> None:
        """Show a record at the right; what was typed at the one before stays as a draft."""
        in_list = self.view is not None and self.list.isAncestorOf(self.window().focusWidget())
        had = self.isAncestorOf(self.window().focusWidget())
        if self.draft is not None:
            self.draft.close()
        emptied(self._right)
        self.view = self.draft = None
        seen = self.content
        if record is None or seen is None:
            self._right.addWidget(self._nothing())
            if had and self.isVisible():
                self.setFocus()  # not on to whatever comes next, such as undoing
        else:
            self.view = view = RecordView(record, seen.today, self._visit, self._mine, self._finish)
            view.decided.connect(self._allow)
            n = len(seen.records)
            at = next(at for at, one in enumerate(seen.records, 1) if one.id == record.id)
            view.title.remark.say(Text("{at} of {n}", at=at, n=n) if n > 1 else "")
            self._right.addWidget(view)
            self._keep_draft(view)
            if not in_list and self.isVisible():
                view.show()  # what is not shown yet takes no focus
                view.setFocus()
        self._allow()

    def _keep_draft(self, view: RecordView) -> None:
        editors = {
            row.field.open.conflict.cell: row.own.editor for row in view.rows if row.own is not None
        }
        if editors:
            place = f"conflicts:{view.record.id.hex()}:words"
            self.draft = Drafting(view, self.workbench, place, editors)
            view.insert(2, self.draft.line)
            self.draft.begin()

    def _nothing(self) -> QWidget:
        return EmptyState(
            "circle-check",
            Text("Nothing waits for you"),
            Text(
                "When you and a colleague write to the same field without seeing each other's, both"
                " values stand here side by side until you decide. Different fields never wait:"
                " both are kept."
            ),
            self._exchange,
        )

    def _allow(self) -> None:
        rows = self.view.rows if self.view is not None else []
        if self.content is not None:
            self.keys = _KEYS if rows else _KEYS_NONE
            self.renamed.emit()  # the keys it says are others now
        self._mine.enable(bool(rows))
        self._finish.enable(any(row.choice for row in rows))

    # ---- choosing

    def _take(self, which: Callable[[FieldRow], None]) -> None:
        if self.view is not None:
            self.view.take(which)

    def _all(self, which: Callable[[FieldRow], None]) -> None:
        if self.view is not None:
            for row in self.view.rows:
                which(row)

    def _write(self) -> None:
        if self.view is not None:
            self.view.row.write()

    # ---- deciding

    def _settle(self) -> None:
        view, draft = self.view, self.draft
        if view is None:
            return
        decided = [(row.field.open.conflict, row.value) for row in view.rows if row.choice]
        name, n = looks.cut(view.record.named.called, 60), len(decided)

        def done(_: ChangeSet) -> None:
            if draft is not None:
                draft.settle()
            said = Text(
                "{name}: {n} field is decided and goes to everybody.",
                "{name}: {n} fields are decided and go to everybody.",
                n=n,
                name=name,
            )
            self.around.say(said, way_out=undo_way(self.workbench, self.around.say))

        self._finish.enable(False)
        self.do(lambda desk: settle(desk.storage, decided), done)

    def _history(self) -> None:
        if self.view is not None:
            self.go("history", self.view.record.id)

    def _open(self) -> None:
        from kamdesk.desktop.naming_records import PAGES

        if self.view is not None and self.view.record.kind in PAGES:
            self.go(PAGES[self.view.record.kind], self.view.record.id)

    def _visit(self, visit: bytes) -> None:
        self.go("visit", visit)


def _alike(shown: Record, now: Record) -> bool:
    """True when the same values stand in both: what was chosen so far may stay."""
    return [(one.open.conflict.cell, one.sides) for one in shown.fields] == [
        (one.open.conflict.cell, one.sides) for one in now.fields
    ]
