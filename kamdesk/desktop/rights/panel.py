"""The panel of a person's rights: the ground, and what can be done at the person's wish."""

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.ids import Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.pages import Page
from kamdesk.desktop.panel_step import PanelStep, fill_panel
from kamdesk.desktop.rights.steps import (
    EraseStep,
    GroundStep,
    RestrictStep,
    ground_words,
)
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.fields import align
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel

if TYPE_CHECKING:
    from kamdesk.domain.people.model import Person
    from kamdesk.dossier.person_rights import Erasure
    from kamdesk.storage.erasing import Erased
    from kamdesk.workspace import Workspace


class RightsPanel(SidePanel):
    """One person's rights, or a step of them. Signals: ``closed``, ``erased``.

    Keys while it has the focus: C change the ground, X export, L leave alone, D erase, Esc close.
    """

    closed = Signal()
    erased = Signal()

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__()
        self._page = page
        self._who: PersonId | None = None
        self._today = date.max
        self.step: PanelStep | None = None
        self.person: Person | None = None

    def show_person(self, who: bytes, *, focus: bool = True) -> None:
        """Show somebody's rights, and give them the focus."""
        self._who = person = PersonId(Id(who))
        self._page.ask(
            lambda desk: (desk.people.ask.get(person), desk.clock.today()),
            lambda found: self._show(*found, focus=focus),
            key="rights",
        )

    def _show(self, person: "Person", today: date, *, focus: bool) -> None:
        self.person, self._today, self.step = person, today, None
        look = theme.now()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(Heading(Text("Rights of {name}", name=looks.cut(person.name, 40))))
        facts = [_Fact(label, value) for label, value in ground_words(person, today)]
        align(fact.caption for fact in facts)
        for fact in facts:
            column.addWidget(fact)
        column.addSpacing(look.px(12))
        alone = Text("Show again…") if person.restricted else Text("Leave alone…")
        for words, keys, does in (
            (Text("Change the ground"), "C", self._change),
            (Text("Export what is held…"), "X", self._export),
            (alone, "L", self._leave_alone),
            (Text("Erase…"), "D", self._ask_erase),
            (Text("Close"), "Esc", self.closed.emit),
        ):
            button = Button(words, keys=keys)
            button.clicked.connect(does)
            column.addWidget(button)
            shortcut = QShortcut(QKeySequence(keys), holder)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)
            if keys == "C":
                self.setFocusProxy(button)
        column.addStretch(1)
        fill_panel(self, holder)
        if focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, step: PanelStep) -> None:
        self.step = step
        step.closed.connect(self._again)
        fill_panel(self, step)
        step.begin()

    def _again(self) -> None:
        if self._who is not None:
            self.show_person(self._who)

    def _change(self) -> None:
        if self.person is not None:
            step = GroundStep(self._page, self.person, self._today)
            step.done.connect(self._again)
            self._begin(step)

    def _leave_alone(self) -> None:
        person = self.person
        if person is None:
            return
        if person.restricted:
            who = person.id

            self._page.workbench.do(
                self._page, lambda desk: desk.people.release(who), lambda _: self._again()
            )
            return
        step = RestrictStep(self._page, person.id, person.name)
        step.done.connect(self._again)
        self._begin(step)

    # ---- erase

    def _ask_erase(self) -> None:
        if (who := self._who) is not None:
            self._page.ask(lambda desk: desk.rights.look(who), self._confirm, key="erase")

    def _confirm(self, look: "Erasure") -> None:
        if self._who is not None:
            step = EraseStep(self._page, self._who, look)
            step.done.connect(self._erased)
            self._begin(step)

    def _erased(self, done: "Erased") -> None:
        n = sum(done.records.values())
        self._page.around.say(Text("Erased: {n} record.", "Erased: {n} records.", n=n))
        self._who = self.person = self.step = None
        self.erased.emit()

    # ---- export

    def _export(self) -> None:
        from kamdesk.desktop.files import ask_where_to

        person, who = self.person, self._who
        if person is None or who is None:
            return
        title = Text("Export what is held…")
        name = f"{looks.said(Text('Personal data'))} {self._today.isoformat()}"
        path = ask_where_to(self, title, name, Text("Archive"), ".zip")
        if path is None:
            return
        language = looks.language()
        self._page.ask(
            lambda desk: _write(desk, who, path, language),
            lambda n: self._page.around.say(
                Text(
                    "{n} record is in {file}. It is not encrypted: read it before you hand it"
                    " over.",
                    "{n} records are in {file}. It is not encrypted: read it before you hand it"
                    " over.",
                    n=n,
                    file=path.name,
                )
            ),
            self._not_done,
            key="export",
        )

    def _not_done(self, refusal: Refusal) -> None:
        self._page.around.say(refusal.said)


def _write(desk: "Workspace", who: PersonId, path: Path, language: str) -> int:
    """Write the page of text and the same as data into one archive; return how many records."""
    from kamdesk.dossier.person_words import Dossier
    from kamdesk.transfer.writers.whole_file import whole_file

    found = desk.rights.file(who)
    dossier = Dossier(found, language)
    data = json.dumps(dossier.data(), ensure_ascii=False, indent=1).encode()
    with whole_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.txt", dossier.text().encode("utf-8-sig"))
        archive.writestr("person.json", data)
    return len(found.records) + len(found.attended)


class _Fact(QWidget):
    """One fact of the ground on which a person is kept."""

    def __init__(self, label: Text, value: Text | str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.now().px(8))
        self.caption = PlainLabel(label, Type.BODY, Tone.MUTED)
        row.addWidget(self.caption, 0, Qt.AlignmentFlag.AlignTop)
        said = looks.capital(value or Text("not stated yet"))
        tone = Tone.INK if value else Tone.OCHRE
        row.addWidget(PlainLabel(said, Type.BODY, tone, fit=Fit.WRAP), 1)
