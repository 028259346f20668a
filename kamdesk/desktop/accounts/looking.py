"""How the list of customers is looked at: saved filters as chips, conditions, groups."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.accounts import groupings
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.chips import Chip, ChipRow
from kamdesk.desktop.widgets.editors import Choice
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.domain.filters.model import Condition, SavedFilter
from kamdesk.dossier.customer_filter import filter_fields, predicate
from kamdesk.dossier.customer_list import LIST, CustomerList

if TYPE_CHECKING:
    from kamdesk.desktop.accounts.filter_panel import FilterPanel
    from kamdesk.desktop.accounts.page import AccountsPage

_ALL = "all"
_NOW = "now"
_MOST_KEYS = 8
_GROUPED = "accounts.grouped"
"""Where the grouping is remembered."""


def counts_of(shown: CustomerList) -> Mapping[bytes, int]:
    """Return how many customers each saved filter leaves; asked in the background."""
    fields = filter_fields(shown.lines, shown.own)
    found = {}
    for one in shown.filters:
        keep = predicate(one.conditions, fields, shown.today)
        found[bytes(one.id)] = sum(map(keep, shown.lines)) if keep else len(shown.lines)
    return found


class Looking(QWidget):
    """Chips at the left, the choice of groups at the right; shows and hides the filter's panel."""

    def __init__(self, page: "AccountsPage") -> None:
        super().__init__()
        look = theme.now()
        self._page = page
        self._list: CustomerList | None = None
        self._counts: Mapping[bytes, int] = {}
        self._chosen, self._conditions = _ALL, tuple[Condition, ...]()
        self._panel: FilterPanel | None = None
        self.chips = ChipRow(Text("Saved filters"))
        self.chips.chosen.connect(self._choose)
        kept = page.around.remembered.get(_GROUPED)
        self.groups = Choice(groupings.CHOICES, start=kept or "")
        self.groups.setAccessibleName(looks.said(Text("Group by")))
        self.groups.currentIndexChanged.connect(lambda _: self._group())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, look.px(4))
        row.setSpacing(look.px(8))
        row.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch()
        words = PlainLabel(Text("Group by"), Type.SMALL, Tone.MUTED)
        words.setFixedHeight(look.px(30))
        cap = KeyCap("Ctrl+G")
        for part in (words, self.groups, cap):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        cap.setFixedHeight(look.px(30))
        add = page.actions_here.add
        self.filter = add(
            "accounts.conditions",
            Text("Filter by conditions"),
            self.begin_filter,
            keys="Ctrl+F",
            icon="filter",
        )
        add("accounts.group", Text("Group the list"), self._ask_for_groups, keys="Ctrl+G")
        add("accounts.fold", Text("Fold or open all groups"), self._fold, keys="Ctrl+Shift+G")
        for n in range(1, _MOST_KEYS + 2):
            name = Text("All customers") if n == 1 else Text("Saved filter {n}", n=n - 1)
            add(f"accounts.filter{n}", name, partial(self._choose_by_key, n - 1), keys=f"Ctrl+{n}")

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions that narrow the list now."""
        return self._conditions

    def show_list(self, shown: CustomerList, counts: Mapping[bytes, int]) -> None:
        """Take new lines, filters and fields, and look at them as before."""
        self._list, self._counts = shown, counts
        saved = self._saved()
        if self._chosen not in (_ALL, _NOW):
            if saved is None:
                self._chosen, self._conditions = _ALL, ()
            else:
                self._conditions = saved.conditions
        self.setVisible(bool(shown.lines))
        self._apply()
        self._group()

    def begin_filter(self) -> None:
        """Open the panel that sets conditions."""
        from kamdesk.desktop.accounts.filter_panel import FilterPanel

        if self._list is None:
            return
        saved = self._saved()
        fields = filter_fields(self._list.lines, self._list.own)
        self._panel = panel = FilterPanel(
            fields, self._conditions, name=saved.name if saved else ""
        )
        panel.changed.connect(self._set)
        panel.wanted.connect(self._keep)
        panel.dropped.connect(self._drop)
        panel.closed.connect(self._page.end_panel)
        self._page.begin_panel(panel)

    # ---- filters

    def _saved(self) -> SavedFilter | None:
        filters = self._list.filters if self._list else []
        return next((one for one in filters if one.id.hex() == self._chosen), None)

    def _choose_by_key(self, n: int) -> None:
        filters = self._list.filters if self._list else []
        keys = [_ALL, *(one.id.hex() for one in filters)]
        if n < len(keys):
            self.chips.choose(keys[n])

    def _choose(self, key: str) -> None:
        if key == _NOW:
            return
        self._chosen = key
        saved = self._saved()
        self._conditions = saved.conditions if saved else ()
        self._page.end_panel()
        self._apply()

    def _set(self) -> None:
        """Narrow the list as the panel says now."""
        panel = self._panel
        if panel is None:
            return
        self._conditions = panel.conditions
        saved = self._saved()
        if saved is None or saved.conditions != self._conditions:
            self._chosen = _NOW if self._conditions else _ALL
        self._apply()
        panel.say_left(self._page.list.model.left, self._page.list.model.total)

    def _keep(self) -> None:
        panel = self._panel
        if panel is None:
            return
        name, conditions = panel.name.text(), panel.conditions
        bench, page = self._page.workbench, self._page

        def kept(_: Any) -> None:
            page.end_panel()
            page.ask(lambda desk: desk.filters.ask.of_list(LIST), chosen, key="kept")

        def chosen(filters: list[SavedFilter]) -> None:
            wanted = name.strip().casefold()
            mine = next((one for one in filters if one.name.casefold() == wanted), None)
            if mine is not None:
                self._chosen = mine.id.hex()
                page.reload()

        bench.do(
            page,
            lambda desk: desk.filters.keep(name, LIST, conditions),
            kept,
            panel.refused,
            key="filter",
            form=panel.still,
        )

    def _drop(self) -> None:
        saved = self._saved()
        if saved is not None:
            self._page.end_panel()
            self._page.do_and_say(
                lambda desk: desk.filters.drop(saved),
                Text("The filter “{name}” is deleted.", name=saved.name),
            )

    def _apply(self) -> None:
        shown = self._list
        if shown is None:
            return
        fields = filter_fields(shown.lines, shown.own) if self._conditions else []
        keep = predicate(self._conditions, fields, shown.today)
        self._page.list.keep(keep)
        left = self._page.list.model.left
        chips = [Chip(_ALL, Text("All customers"), len(shown.lines), "Ctrl+1")]
        for n, one in enumerate(shown.filters, 2):
            keys = f"Ctrl+{n}" if n <= _MOST_KEYS + 1 else ""
            chips.append(Chip(one.id.hex(), one.name, self._counts.get(one.id, 0), keys))
        if self._chosen == _NOW:
            chips.append(Chip(_NOW, Text("These conditions"), left))
        self.chips.show_chips(chips if len(chips) > 1 else [], self._chosen)
        self._fill(alone=len(chips) < 2)
        self._page.say_count()

    def _fill(self, *, alone: bool) -> None:
        """Keep the groups at the right where there are no chips."""
        if isinstance(row := self.layout(), QHBoxLayout):
            row.setStretch(1, int(alone))

    # ---- groups

    def _ask_for_groups(self) -> None:
        self.groups.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.groups.showPopup()

    def _group(self) -> None:
        key = str(self.groups.value or "")
        self._page.around.remembered.put(_GROUPED, key)
        if self._list is not None:
            self._page.list.group_by(groupings.grouping(key, self._list.lines))

    def _fold(self) -> None:
        groups = self._page.list.model.groups
        self._page.list.fold(folded=not all(group.folded for group in groups))
