"""The particulars of a customer and its sites: every value written where it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account.fields import (
    KIND,
    NAMES,
    OURS,
    SITE_FIELDS,
    WHERE,
    Particular,
)
from kamdesk.desktop.account.held import Bases, Held, HeldSite, Verb
from kamdesk.desktop.account.particulars import Particulars, Written
from kamdesk.desktop.in_place import InPlace, align_fields
from kamdesk.desktop.own_fields.values import OwnRead, OwnValues, read_own
from kamdesk.desktop.sheets import Sheet, emptied
from kamdesk.desktop.taking_back import undo_way
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import Heading
from kamdesk.desktop.widgets.panes import TwoColumns
from kamdesk.domain.accounts.model import Site
from kamdesk.domain.accounts.store import SITE
from kamdesk.domain.own_fields.model import Of

if TYPE_CHECKING:
    from kamdesk.desktop.account.page import AccountPage
    from kamdesk.desktop.account.reading import AccountSeen
    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace


def _new_site(value: object, held: Held) -> Verb | None:
    called = str(value).strip()
    if not called:
        return None

    def verb(desk: "Workspace", _seen: "Seen", _bases: Bases) -> ChangeSet:
        new = desk.accounts.new_site(held.record.id)
        return desk.accounts.put_site(replace(new, name=called))

    return verb


NEW_SITE = Particular(
    name="name",
    label=Text("Add a site"),
    shows=lambda _: "",
    starts=lambda _: "",
    does=_new_site,
    kind=SITE,
    hint=Text("what it is called; address and hours come after"),
)


class ParticularsTab(Sheet):
    """Two columns of fields, the sites below, the note last."""

    def __init__(self, page: "AccountPage") -> None:
        super().__init__(top=20)
        self._page = page
        self._place = f"account:{(page.route.record or b'').hex()}"
        self._blocks: list[Particulars] = []
        self._sites: dict[Id, Particulars] = {}
        self._wanted_own = ""
        self._two = TwoColumns((1, 1))
        self.add(self._two)
        for column, name, particulars in (
            (self._two.left, Text("Names"), NAMES),
            (self._two.left, Text("What they are"), KIND),
            (self._two.right, Text("With us"), OURS),
            (self._two.right, Text("Where and how to reach"), WHERE),
        ):
            self._section(column, name, particulars)
        holder = QWidget()
        self._below = QVBoxLayout(holder)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(theme.now().px(8))
        self.add(holder)
        self._below.addSpacing(theme.now().px(24))
        self._below.addWidget(Heading(Text("Sites")))
        self._of_sites = QVBoxLayout()
        self._below.addLayout(self._of_sites)
        self._new = self._block((NEW_SITE,), f"{self._place}:site")
        self._below.addWidget(self._new)
        self._below.addSpacing(theme.now().px(24))
        self._own_heading = Heading(Text("Own fields"))
        self._below.addWidget(self._own_heading)
        self.own = OwnValues(page, page.account, self._place)
        self.own.grown.connect(self._reveal_soon)
        self._below.addWidget(self.own)
        self._own_heading.hide()
        align_fields(self.every)
        self.fill()

    def _section(self, column: QVBoxLayout, name: Text, of: Sequence[Particular]) -> None:
        if column.count():
            column.addSpacing(theme.now().px(24))
        column.addWidget(Heading(name))
        made = self._block(of, f"{self._place}:field")
        self._blocks.append(made)
        column.addWidget(made)

    def _block(self, of: Sequence[Particular], place: str) -> Particulars:
        made = Particulars(self._page, of, place)
        made.grown.connect(self._reveal_soon)
        made.stepped.connect(self._step)
        return made

    @property
    def fields(self) -> dict[str, InPlace]:
        """The fields of the customer itself by their names."""
        return {name: field for block in self._blocks for name, field in block.fields.items()}

    @property
    def every(self) -> list[InPlace]:
        """All fields in the order in which Tab goes through them."""
        blocks = [*self._blocks, *self._sites.values(), self._new]
        return [field for block in blocks for field in block.fields.values()]

    @property
    def new_site(self) -> InPlace:
        """The field that adds a site."""
        return self._new.fields["name"]

    def field(self, what: str, name: str) -> InPlace | None:
        """Return a ``field`` by its name, or of a ``site``: ``hours``, or ``<hex of it>:hours``.

        A field of no certain site is the first one's; without a name it is where one is added.
        """
        if what != "site":
            return self.fields.get(name)
        site, _, of_it = name.rpartition(":")
        block = self._sites.get(Id(bytes.fromhex(site))) if site else None
        if block is None and name and self._sites:
            block = next(iter(self._sites.values()))
        return block.fields.get(of_it) if block is not None else self.new_site

    @property
    def pointed(self) -> Id | None:
        """The site whose field has the focus."""
        return next((site for site, block in self._sites.items() if block.pointed), None)

    def confirm(self) -> None:
        """Note that the value that has the focus still holds today."""
        content, seen = self._page.content, cast("Seen", self._page.seen)
        found = next((block.pointed for block in self._blocks if block.pointed), None)
        if content is not None and found is not None and found.dated:
            account, cell = content.held.record, found.cell
            self._page.do(lambda desk: desk.accounts.confirm(account, cell, seen=seen))

    def edit(self) -> None:
        """Open the editor of the field that has the focus, else of the first one."""
        field = next((field for field in self.every if field.read.hasFocus()), self.every[0])
        field.begin()

    def show_seen(self, seen: "AccountSeen") -> None:
        """Show the customer as it was read."""
        for block in (*self._blocks, self._new):
            block.show_held(seen.held)
        self._show_sites(seen.sites)
        account, sites = self._page.account, [held.record.id for held in seen.sites]
        self._page.ask(
            lambda desk: written_last(desk, account, sites), self._show_written, key="written"
        )
        page = self._page
        page.ask(lambda desk: read_own(desk, Of.ACCOUNT, account), self._show_own, key="own")

    def resume_own(self, field: str) -> None:
        """Go on writing in a field of one's own, by the hex of its id."""
        self._wanted_own = field

    def _show_own(self, read: OwnRead) -> None:
        self.own.show_own(read)
        self._own_heading.setVisible(bool(read.fields))
        wanted, self._wanted_own = self._wanted_own, ""
        for id, field in self.own.fields.items():
            if id.hex() == wanted:
                field.begin()

    def _show_sites(self, sites: Sequence[HeldSite]) -> None:
        if list(self._sites) != [held.record.id for held in sites]:
            if any(
                field.editing for block in self._sites.values() for field in block.fields.values()
            ):
                return  # what is being typed there goes first
            emptied(self._of_sites)
            self._sites = {}
            for held in sites:
                block = self._block(SITE_FIELDS, f"{self._place}:site:{held.record.id.hex()}")
                self._sites[held.record.id] = block
                self._of_sites.addWidget(block)
                self._of_sites.addWidget(self._drop_button(held.record))
            align_fields(self.every)
        for held in sites:
            self._sites[held.record.id].show_held(held)

    def _drop_button(self, site: Site) -> Button:
        called = site.name or site.address
        made = Button(
            Text("Delete site {name}", name=looks.cut(called, 40)), icon="trash-2", kind=Kind.BARE
        )
        made.clicked.connect(partial(self._drop, site))
        return made

    def _drop(self, site: Site) -> None:
        page = self._page

        def dropped(_: ChangeSet) -> None:
            page.around.say(
                Text("Deleted: {name}.", name=site.name or site.address),
                way_out=undo_way(page.workbench, page.around.say),
            )

        page.workbench.do(page, lambda desk: desk.accounts.drop_site(site.id), dropped)

    def _show_written(self, written: Mapping[bytes, Written]) -> None:
        for block in self._blocks:
            block.show_written(written.get(self._page.account, {}))
        for site, block in self._sites.items():
            block.show_written(written.get(site, {}))

    def _step(self, field: InPlace, by: int) -> None:
        every = self.every
        at = every.index(field) + by
        if 0 <= at < len(every):
            every[at].begin()
            self._reveal_soon(every[at])

    def _reveal_soon(self, field: QWidget) -> None:
        QTimer.singleShot(30, field, partial(self.show_part, field))  # not once it is gone

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._two.stack(self.width() < theme.now().px(820))


def written_last(
    desk: "Workspace", account: AccountId, sites: Sequence[Id]
) -> dict[bytes, dict[str, tuple[str, Day]]]:
    """Return by whom and when each cell of a customer and its sites was written last."""
    names: dict[bytes | None, str] = {None: ""}
    found: dict[bytes, dict[str, tuple[str, Day]]] = {}
    for kind, record in (("account", account), *(("site", site) for site in sites)):
        cells = found.setdefault(record, {})
        for line in desk.history.of(kind, Id(record)):
            if line.by not in names:
                colleague = desk.team.ask.find(line.by)
                names[line.by] = colleague.name if colleague else ""
            if line.at is not None:
                cells.setdefault(line.cell, (names[line.by], line.at.day))
    return found
