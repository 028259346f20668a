"""The list of people: everybody in the file, by how their names are said."""

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop.list_page import ListPage
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.dossier.people_list import Entry, Place, count, entries, page

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

WHOLE: Final = 3_000
"""Up to so many people the list holds all, and sorts and narrows them itself."""
PAGE: Final = 200
"""People read at once of a longer list, and found at most."""


class Shown(NamedTuple):
    """What the list is given: some lines, where the next ones begin, how many there are in all."""

    lines: list[Entry]
    next: Place | None
    total: int
    today: Day


def read_people(desk: "Workspace", words: str = "", after: Place | None = None) -> Shown:
    """Return all people; of more than ``WHOLE`` those found by ``words``, or the next page."""
    reader, today = desk.storage.reader, desk.clock.today()
    total = count(reader)
    if total <= WHOLE:
        return Shown(*page(reader, today, WHOLE + 1), total, today)
    if words.strip():
        hits = desk.search.names(words, PAGE).people
        return Shown(entries(reader, today, [hit.id for hit in hits]), None, total, today)
    return Shown(*page(reader, today, PAGE, *filter(None, [after])), total, today)


class PeoplePage(ListPage):
    """Everybody: filtered by typing or pinyin, opened, added. Tab ``new`` opens the form."""

    title = Text("People")
    gives_way = ("Called", "Roles", "Our owner", "Last met", "Telephone")
    follows = (
        "person", "post", "holding", "way", "visit", "attendee", "reading", "account", "colleague",
    )  # fmt: skip
    keys = (
        ("/", Text("Filter")),
        ("J+K", Text("Move")),
        ("Enter", Text("Open")),
        ("A", Text("Add a person")),
    )

    def build(self) -> None:
        from kamdesk.desktop.lists import give_list_actions
        from kamdesk.desktop.people.columns import columns
        from kamdesk.desktop.row_signs import RowSigns
        from kamdesk.desktop.when import Today
        from kamdesk.desktop.widgets.states import EmptyState

        add = self.actions_here.add
        new = add("people.add", Text("Add a person"), self.begin_add, keys="A", icon="user-plus")
        twice = add(
            "people.duplicates", Text("Find duplicates"), self._twice, keys="D", icon="copy"
        )
        self._today = Today()
        self._next: Place | None = None
        self._words = ""
        self._head = self.head(Text("People"))
        self.list = self.table(
            Text("People"),
            columns(self._today),
            key="people",
            empty=EmptyState(
                "users",
                Text("Nobody is in the file yet"),
                Text(
                    "The people you deal with stand here, each at their customer. A adds the first"
                    " one; a list of people can be imported."
                ),
                new,
            ),
        )
        self._of_list = give_list_actions(self, self.list, Text("People"))
        self._head.put(
            *self._of_list.buttons(),
            Button.of(twice),
            Button.of(new, kind=Kind.PRIMARY),
        )
        self.list.opened.connect(lambda entry: self.go("person", entry.id))
        RowSigns(self, self.list)
        self.list.view.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self._ask_found)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.route.tab == "new":
            QTimer.singleShot(0, self, self.begin_add)

    # ---- lines

    def reload(self) -> None:
        words = self._words
        self.ask(lambda desk: read_people(desk, words), self._show)

    def _show(self, shown: Shown) -> None:
        self._today.day, self._next = shown.today, shown.next
        whole = shown.total <= WHOLE
        self.list.finds = None if whole else self._look_for
        self.list.view.horizontalHeader().setSectionsClickable(whole)
        if whole:
            if self.list.model.sorted_by[0] < 0:
                self.list.model.sort(0)
        else:
            self.list.model.sort(-1)  # only some are here: they come in order
        self.list.show_lines(shown.lines)
        self._say(shown)
        self._of_list.enable(bool(shown.lines))

    def _say(self, shown: Shown) -> None:
        remark: Text | str = ""
        if shown.total > WHOLE and not self._words:
            n, total = f"{len(self.list.every):,}", f"{shown.total:,}"
            remark = Text("the first {n} of {total} people by name; type to find", n=n, total=total)
        elif shown.total:
            remark = Text("{n} person", "{n} people", n=shown.total)
        self._head.remark.say(remark)

    def _look_for(self, words: str) -> None:
        self._words = words
        self._soon.start()

    def _ask_found(self) -> None:
        words = self._words
        self.ask(lambda desk: read_people(desk, words), self._show_found, key="find")

    def _show_found(self, shown: Shown) -> None:
        self._show(shown)
        if self._words and shown.lines:
            self.list.view.selectRow(0)

    def _scrolled(self, at: int) -> None:
        bar = self.list.view.verticalScrollBar()
        if self._next is None or self._words or at < bar.maximum() - bar.pageStep():
            return
        after, self._next = self._next, None
        self.ask(lambda desk: read_people(desk, after=after), self._show_more, key="more")

    def _show_more(self, shown: Shown) -> None:
        self._next = shown.next
        self.list.merge(shown.lines)
        self._say(shown)

    # ---- doing

    def _twice(self) -> None:
        self.go("duplicates", tab="people")

    def begin_add(self) -> None:
        """Open the form for a new person beside the list."""
        from kamdesk.desktop.person.add import AddPerson

        if not isinstance(self.panel, AddPerson):
            form = AddPerson(self, "people::new")
            form.closed.connect(self.end_step)
            form.added.connect(partial(self.go, "person"))
            self.put_beside(form)
            form.begin()

    def resume(self, place: str) -> None:
        if place.endswith(":new"):
            self.begin_add()

    @property
    def here(self) -> Route:
        return Route("people")
