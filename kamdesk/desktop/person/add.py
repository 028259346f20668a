"""The panel that adds a person: name, customer, post, how to reach them, whom they report to."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.text.names import family_name, form_of_address, given_name, parted
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.add_record import AddRecord
from kamdesk.desktop.person.meaning import (
    meant_account,
    meant_colleague,
    meant_person,
    offer_accounts,
    offer_colleagues,
    offer_people,
)
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.record_field import Offered, RecordField
from kamdesk.domain.people.model import Channel

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.workspace import Workspace

_CHANNELS = {"mobile": Channel.MOBILE, "email": Channel.EMAIL}


class AddPerson(AddRecord):
    """Only the name is needed. ``place`` names its draft; ``at`` is the customer where given."""

    def __init__(self, page: "Page[Workspace]", place: str, at: Offered | None = None) -> None:
        super().__init__(
            page,
            Text("Add a person"),
            Text("The name is enough. What else you know goes with it."),
        )
        self._at = at
        add = self.step.form.add
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
        self.keep_drafts(place, self._editors)

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

    def save(self) -> None:
        typed = {name: self._text(name) for name in self._editors}
        chosen: dict[str, Any] = {
            "account": self._at.id if self._at else self.account.record,
            "boss": self.boss.record,
            "owner": self.owner.record,
        }

        def verb(desk: "Workspace") -> tuple[bytes, ChangeSet]:
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
            title = typed["title"].strip()
            return person.id, desk.people.add(person, title=title, ways=ways, boss=boss)

        self.carry_out(verb, key="person")

    def _text(self, name: str) -> str:
        editor = self._editors[name]
        return editor.text() if isinstance(editor, LineEditor) else ""
