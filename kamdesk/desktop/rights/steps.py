"""The steps of a person's rights: the ground, leave alone, keep until, erase."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import PersonId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.pages import Page
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.typed import read_day
from kamdesk.desktop.widgets.editors import Choice, TickBox
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.people.model import BASIS_WORDS, Basis, Person

if TYPE_CHECKING:
    from kamdesk.dossier.person_rights import Erasure
    from kamdesk.storage.erasing import Erased
    from kamdesk.workspace import Workspace

_Page = Page["Workspace"]
_DAY = Text("2026-03-16, tomorrow, +3")


class GroundStep(PanelStep):
    """On what ground a person is kept, and until when. Signals: ``done``."""

    done = Signal()

    def __init__(self, page: _Page, person: Person, today: date) -> None:
        super().__init__(Text("Ground for keeping {name}", name=person.name), do=Text("Save"))
        self._page, self._person, self._today = page, person, today
        choices: list[tuple[object, Text]] = [(None, Text("not stated yet"))]
        choices += list(BASIS_WORDS.items())
        self.basis = Choice(choices, start=person.basis)
        self.form.add("basis", Text("Ground"), self.basis, beside=False)
        self.source = self.ask("source", Text("Where the data came from"))
        self.collected = self.ask("collected_on", Text("Held since"), hint=_DAY)
        self.told = self.ask("told_on", Text("Told on"), hint=_DAY)
        self.until = self.ask(
            "keep_until", Text("Keep until"), hint=_DAY, help=Text("Then the review asks again")
        )
        self.source.setText(person.source)
        for editor, day in (
            (self.collected, person.collected_on),
            (self.told, person.told_on),
            (self.until, person.keep_until),
        ):
            editor.setText(day.isoformat() if day else "")
        place = f"person:{person.id.hex()}:ground"
        editors = {name: row.editor for name, row in self.form.rows.items()}
        self.draft = Drafting(self, page.workbench, place, editors)
        self.column.insertWidget(0, self.draft.line)
        self.wanted.connect(self._save)
        self.closed.connect(self.draft.close)

    def begin(self) -> None:
        super().begin()
        self.draft.begin()

    def _day(self, name: str, text: str) -> date | None:
        return read_day(text, self._today, field=name) if text.strip() else None

    def _save(self) -> None:
        self.form.accept()
        try:
            basis, source = self.basis.value, self.source.text()
            if not isinstance(basis, Basis):
                raise RuleBroken(Text("Choose the ground."), field="basis")
            collected = self._day("collected_on", self.collected.text())
            told, until = (
                self._day("told_on", self.told.text()),
                self._day("keep_until", self.until.text()),
            )
        except RuleBroken as error:
            self.refused(error)
            return
        who, before = self._person.id, self._person.keep_until

        def verb(desk: "Workspace") -> ChangeSet:
            if until is not None and until != before:
                desk.people.keep(who, until)
            return desk.people.state_basis(
                who, basis, source=source, collected_on=collected, told_on=told
            )

        def saved(_: ChangeSet) -> None:
            self.draft.settle()
            self.done.emit()

        self._page.workbench.do(
            self._page, verb, saved, self.refused, key="ground", form=self.still
        )


class RestrictStep(PanelStep):
    """Leaves a person alone: no list, search or paper shows them. Signals: ``done``."""

    done = Signal()

    def __init__(self, page: _Page, who: PersonId, name: str) -> None:
        super().__init__(
            Text("Leave {name} alone", name=name),
            Text("No list, search, paper or export shows them until you show them again."),
            do=Text("Leave alone"),
        )
        self._page, self._who = page, who
        self.why = self.ask(
            "restricted_because", Text("Why"), help=Text("“contests what we hold” …")
        )
        self.wanted.connect(self._save)

    def _save(self) -> None:
        who, why = self._who, self.why.text()
        self.form.accept()
        self._page.workbench.do(
            self._page,
            lambda desk: desk.people.restrict(who, why),
            lambda _: self.done.emit(),
            self.refused,
            key="restrict",
            form=self.still,
        )


class KeepStep(PanelStep):
    """Keeps a person until a day. Signals: ``done``."""

    done = Signal()

    def __init__(self, page: _Page, who: PersonId, name: str, today: date) -> None:
        super().__init__(Text("Keep {name}", name=name), do=Text("Keep"))
        self._page, self._who, self._today = page, who, today
        self.until = self.ask("keep_until", Text("Keep until"), hint=_DAY)
        self.until.setText(today.replace(year=today.year + 1, day=min(today.day, 28)).isoformat())
        self.wanted.connect(self._save)

    def _save(self) -> None:
        self.form.accept()
        try:
            until = read_day(self.until.text(), self._today, field="keep_until")
        except RuleBroken as error:
            self.refused(error)
            return
        who = self._who
        self._page.workbench.do(
            self._page,
            lambda desk: desk.people.keep(who, until),
            lambda _: self.done.emit(),
            self.refused,
            key="keep",
            form=self.still,
        )


class EraseStep(PanelStep):
    """Erases a person for good, once their name is typed. Signals: ``done(Erased)``."""

    done = Signal(object)

    def __init__(self, page: _Page, who: PersonId, look: "Erasure") -> None:
        super().__init__(
            Text("Erase {name}", name=look.name),
            Text(
                "It cannot be undone. Backups older than 35 days are removed; younger ones are"
                " cleaned when they are restored. Copies handed out before are not reached."
            ),
            do=Text("Erase for good"),
            danger=True,
        )
        self._page, self._who, self._name = page, who, look.name
        for said in _what_goes(look):
            self.column.insertWidget(
                self.column.count() - 1, PlainLabel(said, Type.BODY, Tone.INK, fit=Fit.WRAP)
            )
        self.notes = TickBox(Text("Blank the name in those texts too"))
        self.notes.setVisible(bool(look.notes))
        self.column.insertWidget(self.column.count() - 1, self.notes)
        self.name = self.ask("name", Text("Type the name to confirm: {name}", name=look.name))
        self.wanted.connect(self._erase)

    def _erase(self) -> None:
        self.form.accept()
        if self.name.text().strip() != self._name.strip():
            self.refused(RuleBroken(Text("That is not the name."), field="name"))
            return
        who, notes = self._who, self.notes.isChecked()

        def erase(desk: "Workspace", _job: Job) -> "Erased":
            return desk.rights.erase(who, notes=notes)

        self.wait(True)
        self._page.workbench.job(
            self, Text("Erasing a person"), erase, self.done.emit, self.refused, writes=True
        )


def _what_goes(look: "Erasure") -> list[Text]:
    said = [
        Text(
            "{n} record goes: what is held on them.",
            "{n} records go: what is held on them.",
            n=sum(look.about.values()),
        )
    ]
    if stay := sum(look.naming.values()):
        said.append(
            Text(
                "{n} record stays and no longer names them.",
                "{n} records stay and no longer name them.",
                n=stay,
            )
        )
    if look.notes:
        said.append(
            Text(
                "The name also stands in {n} text of others.",
                "The name also stands in {n} texts of others.",
                n=len(look.notes),
            )
        )
    if look.elsewhere:
        said.append(Text("The same person stands at another customer, and stays there."))
    return said


def ground_words(person: Person, today: date) -> list[tuple[Text, Text | str]]:
    """Return label and value of what is known of the ground; empty values are not stated."""

    def day(value: date | None) -> str:
        return looks.day(value, today=today) if value else ""

    return [
        (Text("Ground"), BASIS_WORDS[person.basis] if person.basis else ""),
        (Text("Source"), person.source),
        (Text("Held since"), day(person.collected_on)),
        (Text("Told on"), day(person.told_on)),
        (Text("Keep until"), day(person.keep_until)),
        (Text("Left alone"), person.restricted_because if person.restricted else Text("no")),
    ]
