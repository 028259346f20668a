"""The assistant for somebody who leaves: where to, since when, what goes along, what follows."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.person.meaning import meant_account, offer_accounts
from kamdesk.desktop.person.steps import PersonStep, day_typed
from kamdesk.desktop.record_step import Verb
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import LineEditor, TickBox
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.record_field import RecordField
from kamdesk.domain.people.model import CHANNEL_WORDS
from kamdesk.dossier.new_employer import Leaving, Move, NewEmployer, consequences
from kamdesk.dossier.one_person import PersonSeen

if TYPE_CHECKING:
    from kamdesk.desktop.person.page import PersonPage
    from kamdesk.workspace import Workspace


class MoveStep(PersonStep):
    """Signals: ``moved(id)`` there is a new record. An empty customer: left, unknown where."""

    moved = Signal(bytes)

    def __init__(self, page: "PersonPage", seen: PersonSeen) -> None:
        super().__init__(
            page,
            Text("Moves or leaves"),
            "move",
            Text("Say where to, if you know. Nothing is done before Ctrl+Enter; one undo takes"
                 " all of it back."),
            do=Text("Carry out"),
        )  # fmt: skip
        self._seen = seen
        self._of: Leaving | None = None
        self._made: Id | None = None
        self.account = RecordField(hint=Text("empty: nobody knows, or no customer"))
        self.title, self.since = LineEditor(), LineEditor(hint=Text("empty: not known"))
        self.last_day = LineEditor(hint=Text("today, 2026-02-28"))
        offer_accounts(page, self.account)
        add = self.form.add
        add("last_day", Text("Last day here"), self.last_day, beside=False)
        add("account", Text("Customer there"), self.account, beside=False)
        add("title", Text("Post there"), self.title, beside=False)
        add("since", Text("There since"), self.since, beside=False)
        self.ways: dict[Id, TickBox] = {}
        self.promises: dict[Id, TickBox] = {}
        look = theme.now()
        self._choices, self._follows = QVBoxLayout(), QVBoxLayout()
        for column in (self._choices, self._follows):
            column.setSpacing(look.px(4))
            self.column.addLayout(column)
        self.keep_drafts(
            {
                "last_day": self.last_day,
                "account": self.account,
                "title": self.title,
                "since": self.since,
            }
        )
        for editor in (self.account, self.last_day, self.title):
            editor.textChanged.connect(self._explain)
        person = seen.person.id
        page.ask(lambda desk: NewEmployer(desk.storage).look(person), self._show, key="leaving")

    def _show(self, of: Leaving) -> None:
        self._of = of
        personal = {way.id for way in of.personal}
        if of.ways:
            self._choices.addWidget(_caption(Text("Goes along")))
        for way in of.ways:
            words = looks.joined(
                looks.capital(CHANNEL_WORDS[way.channel]), looks.cut(way.value, 30)
            )
            self.ways[way.id] = self._box(words, ticked=way.id in personal)
        if of.promises:
            self._choices.addWidget(_caption(Text("Promises of theirs that still stand")))
        for promise in of.promises:
            self.promises[Id(promise.id)] = self._box(looks.cut(promise.words, 38), ticked=True)
        self._explain()

    def _box(self, words: str, *, ticked: bool) -> TickBox:
        box = TickBox(words)
        box.setChecked(ticked)
        box.toggled.connect(self._explain)
        self._choices.addWidget(box)
        return box

    def _explain(self, *_: object) -> None:
        """Say what will follow from what stands there now."""
        emptied(self._follows)
        if self._of is None:
            return
        try:
            move = self._move(AccountId(Id(b"?")) if self.account.text().strip() else None)
        except RuleBroken:
            return
        self._follows.addWidget(_caption(Text("What follows")))
        for said in consequences(self._of, move, looks.cut(self.account.text(), 40)):
            self._follows.addWidget(PlainLabel(said, Type.SMALL, Tone.SECOND, fit=Fit.WRAP))

    def _move(self, account: AccountId | None) -> Move:
        today = self._seen.day
        last = day_typed(self.last_day.text(), today, field="last_day", past=True)
        since = day_typed(self.since.text(), today, field="since", past=True)
        return Move(
            last_day=last or today,
            account=account,
            title=self.title.text().strip(),
            since=since,
            ways=frozenset(way for way, box in self.ways.items() if box.isChecked()),
            dropped=frozenset(
                one  # type: ignore[misc]  # ids of promises
                for one, box in self.promises.items()
                if not box.isChecked()
            ),
        )

    def verb(self) -> Verb:
        wanted = self._move(None)
        named, chosen, person = self.account.text(), self.account.record, self._seen.person.id

        def verb(desk: "Workspace") -> ChangeSet:
            account = chosen or meant_account(desk, named)
            move = replace(wanted, account=AccountId(Id(account)) if account else None)
            changes, self._made = NewEmployer(desk.storage).carry_out(person, move)
            return changes

        return verb

    def _saved(self, changes: ChangeSet) -> None:
        super()._saved(changes)
        self.page._said(Text("{name} left.", name=looks.cut(self._seen.person.name, 60)))
        if self._made is not None:
            self.moved.emit(self._made)


def _caption(words: Text) -> QWidget:
    return PlainLabel(words, Type.SMALL, Tone.MUTED)
