"""The panel that adds a person: name, customer, post, how to reach them, whom they report to."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.text.names import family_name, form_of_address, given_name, parted
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.panel_step import PanelStep, fill_panel
from kamdesk.desktop.person.meaning import (
    meant_account,
    meant_colleague,
    meant_person,
    offer_accounts,
    offer_colleagues,
    offer_people,
)
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.desktop.widgets.record_field import Offered, RecordField
from kamdesk.domain.people.model import Channel

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.workspace import Workspace

_CHANNELS = {"mobile": Channel.MOBILE, "email": Channel.EMAIL}


class AddPerson(SidePanel):
    """Signals: ``added(id)``, ``closed``. Only the name is needed; Ctrl+Enter adds, Esc closes.

    ``place`` names its draft; ``at`` is the customer where that is given.
    """

    added = Signal(bytes)
    closed = Signal()

    def __init__(self, page: "Page[Workspace]", place: str, at: Offered | None = None) -> None:
        super().__init__()
        self._page, self._at = page, at
        self.step = step = PanelStep(
            Text("Add a person"),
            Text("The name is enough. What else you know goes with it."),
            do=Text("Add"),
        )
        add = step.form.add
        self.name, self.account = LineEditor(), RecordField(hint=Text("name, pinyin or number"))
        self.title, self.department = LineEditor(), LineEditor()
        self.mobile, self.email = LineEditor(), LineEditor()
        self.boss, self.owner = RecordField(), RecordField()
        self._named = add("name", Text("Full name"), self.name, beside=False)
        if at is None:
            add("account", Text("Customer"), self.account, beside=False)
        add("title", Text("Post"), self.title, beside=False)
        add("department", Text("Department"), self.department, beside=False)
        add("mobile", Text("Mobile"), self.mobile, beside=False)
        add("email", Text("E-mail"), self.email, beside=False)
        add("reports_to", Text("Reports to"), self.boss, beside=False)
        add("owner", Text("Our owner"), self.owner, beside=False)
        offer_accounts(page, self.account)
        offer_people(page, self.boss, AccountId(Id(at.id)) if at else self.account)
        offer_colleagues(page, self.owner)
        self.name.textChanged.connect(self._propose)
        self._editors: dict[str, QWidget] = {
            "name": self.name,
            "account": self.account,
            "title": self.title,
            "department": self.department,
            "mobile": self.mobile,
            "email": self.email,
            "boss": self.boss,
            "owner": self.owner,
        }
        self.draft = Drafting(self, page.workbench, place, self._editors)
        step.column.insertWidget(0, self.draft.line)
        for editor in self._editors.values():
            if isinstance(editor, LineEditor):
                editor.returnPressed.connect(editor.focusNextChild)
        step.wanted.connect(self._save)
        step.closed.connect(self._close)
        fill_panel(self, step)

    def begin(self) -> None:
        """Put the focus where one starts typing, and what was typed before in its place."""
        self.draft.begin()
        self.step.begin()

    def _propose(self, typed: str) -> None:
        """Say how the name is taken apart: nothing about a name is certain."""
        name, honorific = parted(typed)
        family, given = family_name(name), given_name(name)
        called = form_of_address(family, honorific)
        parts = Text(
            "Family name {family}, given name {given}",
            family=looks.cut(family, 20),
            given=looks.cut(given, 20),
        )
        said = Text("called {name}", name=looks.cut(called, 30)) if called else ""
        self._named.advise(looks.joined(parts, said) if given else "")

    def _close(self) -> None:
        self.draft.close()
        self.closed.emit()

    def _save(self) -> None:
        typed = {name: self._text(name) for name in self._editors}
        chosen: dict[str, Any] = {
            "account": self._at.id if self._at else self.account.record,
            "boss": self.boss.record,
            "owner": self.owner.record,
        }
        made: list[bytes] = []

        def verb(desk: "Workspace") -> ChangeSet:
            account = chosen["account"] or meant_account(desk, typed["account"])
            boss = chosen["boss"] or meant_person(desk, typed["boss"], account, field="reports_to")
            owner = chosen["owner"] or meant_colleague(desk, typed["owner"])
            name, honorific = parted(typed["name"])
            new = desk.people.new(name, account)
            person = replace(
                new,
                honorific=honorific,
                form_of_address=form_of_address(new.family_name, honorific),
                department=typed["department"],
                owner=owner,
            )
            ways = tuple(
                desk.people.way(person, channel, typed[name])
                for name, channel in _CHANNELS.items()
                if typed[name].strip()
            )
            made[:] = [person.id]
            return desk.people.add(person, title=typed["title"].strip(), ways=ways, boss=boss)

        def saved(_: ChangeSet) -> None:
            self.draft.discard()
            self.draft.settle()
            self.closed.emit()
            self.added.emit(made[0])

        self._page.workbench.do(
            self._page, verb, saved, self.step.refused, key="person", form=self.step.still
        )

    def _text(self, name: str) -> str:
        editor = self._editors[name]
        return editor.text() if isinstance(editor, LineEditor) else ""
