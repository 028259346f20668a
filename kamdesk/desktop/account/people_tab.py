"""The people of a customer: post, roles, stance, influence, when we last met."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.account.reading import AccountSeen, PersonRow
from kamdesk.desktop.row_signs import RowSigns
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.stances import paint_bars, paint_stance, stance_words
from kamdesk.desktop.taking_back import take_back
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import day_words, days_at_widest
from kamdesk.desktop.widgets.buttons import Button, ButtonRow
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.record_field import Offered
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.chain.model import ROLE_WORDS

if TYPE_CHECKING:
    from kamdesk.desktop.account.page import AccountPage
    from kamdesk.desktop.person.add import AddPerson
    from kamdesk.desktop.rights.panel import RightsPanel


class PeopleTab(QWidget):
    """The list of people; beside it the rights of the chosen one, when asked for."""

    def __init__(self, page: "AccountPage") -> None:
        super().__init__()
        self._page = page
        self.rights: RightsPanel | None = None
        self.form: AddPerson | None = None
        new = page.actions_here.add(
            "account.person", Text("Add a person"), self.begin_add, keys="A", icon="user-plus"
        )
        self._seen: AccountSeen | None = None
        self._wanted: bytes | None = None
        self.list: RecordTable[PersonRow] = RecordTable(
            Text("People"),
            self._columns(),
            key="account.people",
            remembered=page.around.remembered,
            empty=EmptyState(
                "users",
                Text("Nobody is in this file yet"),
                Text(
                    "The people you deal with here stand in this list. A adds the first one; a list"
                    " of people that is imported finds its customers by their names."
                ),
                new,
            ),
        )
        sheet = Sheet(scrolls=False, top=8, foot=12)
        sheet.add(self.list, reach="list", stretch=1)
        rights = Button.of(page.actions_here["account.rights"])
        to_map = Button.of(page.actions_here["account.chain"])
        self._foot = ButtonRow(Button.of(new), to_map, rights, shortens=True)
        sheet.add(self._foot)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(sheet, 1)
        self.list.chosen.connect(self._follow)
        self.list.opened.connect(lambda row: page.go("person", row.id))
        RowSigns(page, self.list)
        self.setFocusProxy(self.list)

    def show_rights(self) -> None:
        """Show the rights of the chosen person."""
        if (row := self.list.current) is None:
            return
        if self.rights is None:
            from kamdesk.desktop.rights.panel import RightsPanel

            self.rights = RightsPanel(self._page)
            self.rights.closed.connect(self._close_rights)
            self.rights.erased.connect(self._erased)
            self._row.addWidget(self.rights)
        if self.form is not None:
            self.form.hide()
        self.rights.fit(self.window().width())
        self.rights.show()
        self._make_room()
        self.rights.show_person(row.id)

    def begin_add(self) -> None:
        """Open the form for a new person of this customer."""
        from kamdesk.desktop.person.add import AddPerson

        page, seen = self._page, self._seen
        if seen is None:
            return
        if page.tabs.key != "people":
            page.go_to("people")
        if self.form is None:
            account = seen.file.account
            here = Offered(account.id, account.name)
            self.form = form = AddPerson(page, f"account:{account.id.hex()}:person", here)
            form.closed.connect(self._close_form)
            form.added.connect(self._added)
            self._row.addWidget(form)
        if self.rights is not None:
            self.rights.hide()
        self.form.fit(self.window().width())
        self.form.show()
        self._make_room()
        self.form.begin()

    def _close_form(self) -> None:
        if self.form is not None:
            self.form.hide()
        self._make_room()
        self.list.setFocus()

    def _added(self, person: bytes) -> None:
        self._page.around.say(
            Text("Added. Enter opens the page of the person."),
            way_out=(Text("Undo"), "Ctrl+Z", self._take_back),
        )
        self._wanted = person

    def _take_back(self) -> None:
        take_back(self._page.workbench, self._page.around.say)

    def _follow(self, row: PersonRow | None) -> None:
        rights = self.rights
        if rights is not None and rights.isVisible() and row is not None and rights.step is None:
            rights.show_person(row.id, focus=False)

    def _close_rights(self) -> None:
        if self.rights is not None:
            self.rights.hide()
        self._make_room()
        self.list.setFocus()

    def _make_room(self) -> None:
        """Leave out department, roles, influence and telephone beside the panel."""
        panels = (self.rights, self.form)
        beside = any(panel is not None and not panel.isHidden() for panel in panels)
        for column in (2, 3, 5, 7):
            self.list.view.setColumnHidden(column, beside)

    def _erased(self) -> None:
        self._close_rights()
        self._page.reload()

    def _columns(self) -> tuple[Column[PersonRow], ...]:
        spellings = self._page.spellings
        return (
            Column(
                Text("Full name"),
                show=lambda row: row.name,
                sort_by=lambda row: spellings.of(row.name).sort,
                found=lambda row: f"{spellings.of(row.name).found} {row.post} {row.department}",
                strong=True,
                width=124,
            ),
            Column(Text("Post"), show=lambda row: row.post),
            Column(Text("Department"), show=lambda row: row.department, width=126),
            Column(Text("Roles"), show=_roles, sort_by=lambda row: _order(row), width=156),
            Column(
                Text("Stance"),
                show=lambda row: stance_words(row.stance),
                sort_by=lambda row: row.stance,
                paint=lambda painter, box, row: paint_stance(painter, box, row.stance),
                width=142,
            ),
            Column(
                Text("Influence"),
                show=lambda row: Text("{n} of 5", n=row.influence) if row.influence else None,
                sort_by=lambda row: row.influence,
                paint=lambda painter, box, row: paint_bars(painter, box, row.influence),
                width=80,
            ),
            Column(
                Text("Last met"),
                show=self._met,
                sort_by=lambda row: str(row.last_met) if row.last_met else None,
                tone=lambda row: Tone.SECOND if row.last_met else Tone.OCHRE,
                widest=days_at_widest,
            ),
            Column(Text("Telephone"), show=lambda row: row.phone, width=142),
        )

    def _met(self, row: PersonRow) -> Text | str:
        if row.last_met is None or self._seen is None:
            return looks.capital(Text("not met"))
        return day_words(row.last_met, self._seen.today)

    def show_seen(self, seen: AccountSeen) -> None:
        """Show the people as they were read."""
        self._seen = seen
        self._foot.setVisible(bool(seen.people))
        self.list.show_lines(seen.people)
        if self._wanted is not None and self.list.choose(self._wanted):
            self._wanted = None

    def choose(self, person: bytes) -> None:
        """Choose somebody's row."""
        self.list.choose(person)
        self.list.setFocus()


def _roles(row: PersonRow) -> str | None:
    said = [looks.said(ROLE_WORDS[role]) for role in row.roles]
    return looks.capital(("、" if looks.language() == "zh" else ", ").join(said)) or None


def _order(row: PersonRow) -> int | None:
    every = list(ROLE_WORDS)
    return min((every.index(role) for role in row.roles), default=None)
