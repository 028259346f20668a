"""The page of a customer: title, facts, and its tabs."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account.dropping import Dropping
from kamdesk.desktop.account.head import AccountHead
from kamdesk.desktop.accounts.spellings import Spellings, spell
from kamdesk.desktop.exchange.badge import RecordBadge
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.desktop.widgets.tabs import TabStrip

if TYPE_CHECKING:
    from kamdesk.desktop.account.files_tab import FilesTab
    from kamdesk.desktop.account.particulars_tab import ParticularsTab
    from kamdesk.desktop.account.people_tab import PeopleTab
    from kamdesk.desktop.account.reading import AccountSeen
    from kamdesk.desktop.account.visits_tab import VisitsTab
    from kamdesk.desktop.past.table import HistoryTable
    from kamdesk.workspace import Workspace

TABS = (
    ("overview", Text("Overview")),
    ("particulars", Text("Particulars")),
    ("people", Text("People")),
    ("visits", Text("Visits & promises")),
    ("files", Text("Files")),
    ("history", Text("History")),
)


class AccountPage(Page["Workspace"]):
    """One customer. The route's tab may name a row of it: ``people:<hex of id>``."""

    title = Text("Customer")
    follows = (
        "account", "person", "post", "holding", "way", "need", "visit", "attendee", "promise",
        "fact", "map", "seat", "reading", "tie", "body", "colleague", "site", "file",
        "own_field", "opportunity", "task", "agreement", "pause",
    )  # fmt: skip
    keys = (
        ("Ctrl+Tab", Text("Next tab")),
        ("N", Text("Plan a visit")),
        ("B", Text("Brief")),
        ("E", Text("Edit in place")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route, spellings: Spellings) -> None:
        self.spellings = spellings
        self.account = AccountId(Id(route.record or b""))
        self.content: AccountSeen | None = None
        self.today = Day.max
        self.wanted_visit: bytes | None = None
        self._resumed: list[str] = []
        super().__init__(around, route)

    def build(self) -> None:
        from kamdesk.desktop.account.overview import Overview

        add = self.actions_here.add
        brief = add("account.brief", Text("Visit brief"), self._brief, keys="B", icon="file-text")
        plan = add("account.plan", Text("Plan a visit"), self._plan, keys="N", icon="calendar-plus")
        add("account.chain", Text("Decision chain"), self.open_chain, keys="M", icon="network")
        add("account.opportunity", Text("Add an opportunity"), self._opportunity, keys="O")
        add("account.edit", Text("Edit in place"), self._edit, keys="E", icon="pencil")
        add("account.confirm", Text("Still so"), self._confirm, keys="S", icon="check")
        add("files.add", Text("Add files…"), self._add_files, keys="Ctrl+O", icon="plus")
        add("files.paste", Text("Paste a file or picture"), self._paste, keys="Ctrl+V")
        add("account.restore", Text("Bring this value back"), self._bring_back, keys="R")
        add("account.rights", Text("Rights…"), self._rights, keys="G", icon="shield-check")
        add("account.next_tab", Text("Next tab"), lambda: self.tabs.step(1), keys="Ctrl+Tab")
        add("account.tab", Text("Tab before"), lambda: self.tabs.step(-1), keys="Ctrl+Shift+Tab")
        roomy = theme.now().percent <= 150  # else the name would be cut
        self._top = AccountHead(
            RecordBadge(self, self.route.record or b""),
            Button.of(brief, words_shown=roomy),
            Button.of(plan, kind=Kind.PRIMARY, words_shown=roomy),
        )
        self._head = self._top.named
        self.above(self._top)
        first, _, _ = self.route.tab.partition(":")
        self.tabs = TabStrip(TABS, start=first if first in dict(TABS) else "overview")
        self.tabs.chosen.connect(self._choose)
        self.above(self.tabs)
        self._stack = QStackedWidget()
        self.use(self._stack)
        self.overview = Overview(self, self._stack)
        self.overview.person_wanted.connect(self.show_person)
        self.overview.step_wanted.connect(self._fill_in)
        self._history: HistoryTable | None = None
        self._stack.addWidget(self.overview)
        self.dropping = Dropping(
            self,
            self._take_files,
            lambda: Text(
                "Let go: it is kept with {name}",
                name=self.content.file.account.called if self.content else "",
            ),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._top.fold(self.height() < theme.now().px(340))

    def crumbs(self) -> tuple[Crumb, ...]:
        called = self.content.file.account.called if self.content else ""
        return Crumb(Text("Customers"), Route("accounts")), Crumb(called or self.title)

    def panes(self) -> tuple[QWidget, ...]:
        if self.tabs.key == "people":
            return (self.people.list,)
        if self.tabs.key == "visits":
            return (self.visits.list,)
        if self.tabs.key == "history" and self._history is not None:
            return (self._history.list,)
        if self.tabs.key == "files":
            return (self.files.list,)
        if self.tabs.key == "particulars":
            return (self.particulars.fields["name"].read,)
        return (self.overview,)

    # ---- tabs, each built when it is first gone to

    @cached_property
    def particulars(self) -> "ParticularsTab":
        """The fields of the customer and its sites."""
        from kamdesk.desktop.account.particulars_tab import ParticularsTab

        made = ParticularsTab(self)
        self._stack.addWidget(made)
        if self.content is not None:
            made.show_seen(self.content)
        return made

    @cached_property
    def files(self) -> "FilesTab":
        """The list of files."""
        from kamdesk.desktop.account.files_tab import FilesTab

        made = FilesTab(self)
        self._stack.addWidget(made)
        made.ask()
        return made

    @cached_property
    def people(self) -> "PeopleTab":
        """The list of people."""
        from kamdesk.desktop.account.people_tab import PeopleTab

        made = PeopleTab(self)
        self._stack.addWidget(made)
        if self.content is not None:
            made.show_seen(self.content)
        return made

    @cached_property
    def visits(self) -> "VisitsTab":
        """The list of visits."""
        from kamdesk.desktop.account.visits_tab import VisitsTab

        made = VisitsTab(self)
        self._stack.addWidget(made)
        if self.content is not None:
            made.show_seen(self.content)
        return made

    def _built(self, tab: str) -> bool:
        return tab in self.__dict__

    # ---- asking

    def reload(self) -> None:
        from kamdesk.desktop.account.reading import read_account

        account = self.account
        self.ask(lambda desk: read_account(desk, account), self._show)
        self.overview.standing.ask()
        self.overview.contact.ask()
        if self._history is not None:
            self._history.ask()
        if self._built("files"):
            self.files.ask()

    def _ask_figure(self) -> None:
        """Ask for the drawing, once the words are shown: it would hold them up."""
        from kamdesk.desktop.account.chain_lines import read_chain_said
        from kamdesk.desktop.account.overview import FIGURE_WIDTH
        from kamdesk.desktop.account.reading import chain_figure

        seen, language = self.content, looks.language()
        if seen is None:
            return
        account = self.account
        self.ask(lambda desk: read_chain_said(desk, account), self.overview.show_judged, key="told")
        self.ask(
            lambda _: chain_figure(seen, FIGURE_WIDTH, language),
            self.overview.show_figure,
            key="figure",
        )

    def _show(self, seen: "AccountSeen | None") -> None:
        if seen is None:
            self._show_gone()
            return
        first = self.content is None
        self.content, self.today = seen, seen.today
        self._top.show_seen(seen)
        self.overview.show_seen(seen)
        if first:
            self.overview.contact.ask()
        self.tabs.quiet("people", not seen.people)
        self.tabs.quiet("visits", not (seen.visits or seen.file.promises))
        self.tabs.quiet("files", not seen.files)
        for tab in ("particulars", "people", "visits"):
            if self._built(tab):
                getattr(self, tab).show_seen(seen)
        if self.wanted_visit is not None:
            self.visits.list.choose(self.wanted_visit)
            self.wanted_visit = None
        self.renamed.emit()
        names = self.spellings.missing(row.name for row in seen.people)
        if names:
            self.ask(lambda desk: spell(names, desk.search), self._spelt, key="spell")
        if first:
            tab, _, record = self.route.tab.partition(":")
            self._choose(self.tabs.key)
            if tab == "people" and record:
                self.people.choose(bytes.fromhex(record))
            elif tab == "visits" and record:
                self.visits.list.choose(bytes.fromhex(record))
        while self._resumed:
            self.resume(self._resumed.pop(0))
        self._ask_figure()

    def _spelt(self, spelt: dict[str, Any]) -> None:
        self.spellings.learn(spelt)
        if self.content is not None and self._built("people"):
            self.people.show_seen(self.content)

    def _show_gone(self) -> None:
        self._top.hide()
        self.tabs.hide()
        self._stack.addWidget(
            gone := EmptyState(
                "building-2",
                Text("This customer is not here any more"),
                Text("It was deleted. Ctrl+Z brings it back if you did it just now."),
            )
        )
        self._stack.setCurrentWidget(gone)

    # ---- going and doing

    @property
    def subject(self) -> bytes:
        """The record one looks at: the chosen row of a list, a site, else the customer."""
        if self.tabs.key in ("people", "visits", "files"):
            line = getattr(self, self.tabs.key).list.current
            return line.id if line is not None else self.account
        site = self.particulars.pointed if self.tabs.key == "particulars" else None
        return site or self.account

    @property
    def here(self) -> Route:
        return Route("account", self.route.record, self.tabs.key)

    def resume(self, place: str) -> None:
        if self.content is None:
            self._resumed.append(place)
            return
        what = place.split(":")[2:]
        if what == ["plan"]:
            self._plan()
        elif what == ["person"]:
            self.people.begin_add()
        elif what[:1] in (["task"], ["phase"]):
            self.overview.standing.resume(place)
        elif what and what[0] in ("call", "agree", "pause"):
            self.overview.contact.resume(what[0])
        elif what[:1] == ["field"]:
            self._fill_in(f"field:{what[-1]}")
        elif what[:1] and what[0].startswith("own-"):
            self.go_to("particulars")
            self.particulars.resume_own(what[0].removeprefix("own-"))
        elif what[:1] == ["file"]:
            self.go_to("files")
            self.files.resume(bytes.fromhex(what[-1]))
        elif what[:1] == ["site"]:
            self._fill_in("site" if len(what) == 2 else f"site:{what[1]}:{what[-1]}")

    def show_person(self, person: bytes) -> None:
        """Go to somebody's row in the list of people."""
        self.tabs.choose("people")
        self._choose("people")
        self.people.choose(person)

    def _choose(self, tab: str) -> None:
        if tab == "history" and self._history is None:
            from kamdesk.desktop.past.table import HistoryTable

            self._history = HistoryTable(self, self.account)
            self._stack.addWidget(self._history)
            self._history.ask()
        part: QWidget | None = self._history if tab == "history" else getattr(self, tab)
        if part is not None:
            self._stack.setCurrentWidget(part)

    def _brief(self) -> None:
        line = self.visits.list.current if self.tabs.key == "visits" else None
        if line is not None:
            self.go("brief", line.id, "visit")
        else:
            self.go("brief", self.account, "account")

    def _plan(self) -> None:
        self.tabs.choose("visits")
        self._choose("visits")
        self.visits.begin_plan()

    def _opportunity(self) -> None:
        self.go("opportunities", self.account, "new")

    def open_chain(self) -> None:
        """Go to the decision chain."""
        self.go("chain", self.account)

    def _edit(self) -> None:
        self.go_to("particulars")
        self.particulars.edit()

    def go_to(self, tab: str) -> None:
        """Show a tab."""
        if self.tabs.key != tab:
            self.tabs.choose(tab)
            self._choose(tab)

    def open_field(self, name: str) -> None:
        """Show a field of the customer, ready to be changed."""
        self._fill_in(f"field:{name}")

    def _fill_in(self, opens: str) -> None:
        """Go where something of the file is filled in: ``Step.opens`` says where."""
        what, _, name = opens.partition(":")
        if what in ("people", "chain"):
            self.go_to("people")
        elif what == "visit":
            self._plan()
        else:
            self.go_to("particulars")
            field = self.particulars.field(what, name)
            if field is not None:
                field.begin()

    def _add_files(self) -> None:
        from kamdesk.desktop.files import ask_for_files

        if paths := ask_for_files(self, Text("Add files")):
            self._take_files(paths)

    def _take_files(self, paths: list[Path]) -> None:
        self.go_to("files")
        self.files.take(paths)

    def _paste(self) -> None:
        self.go_to("files")
        if not self.files.paste():
            self.around.say(Text("Nothing that was copied is a file or a picture."))

    def _confirm(self) -> None:
        if self.tabs.key == "particulars":
            self.particulars.confirm()

    def _rights(self) -> None:
        if self.tabs.key == "people":
            self.people.show_rights()

    def _bring_back(self) -> None:
        if self._history is not None and self.tabs.key == "history":
            self._history.bring_back()
