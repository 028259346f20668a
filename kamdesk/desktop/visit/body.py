"""The parts of a visit's page: before and after left; who, when and promises right."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.in_place import InPlace
from kamdesk.desktop.visit.facts import Facts
from kamdesk.desktop.visit.fields import AFTER, BEFORE, PLACE
from kamdesk.desktop.visit.form import VisitForm
from kamdesk.desktop.visit.questions import Suggestions, with_question
from kamdesk.desktop.visit.reading import VisitSeen
from kamdesk.desktop.visit.seats import Seats
from kamdesk.desktop.visits.promise_entry import Ledger
from kamdesk.desktop.visits.promises import Promises
from kamdesk.desktop.visits.verbs import position
from kamdesk.desktop.widgets.labels import Heading
from kamdesk.desktop.widgets.panes import TwoColumns

if TYPE_CHECKING:
    from kamdesk.desktop.visit.page import VisitPage
    from kamdesk.workspace import Workspace


class Body(QWidget):
    """Two columns. What took place stands first once the visit was held.

    Signals: ``grown(field)`` a field is higher now.
    """

    grown = Signal(object)

    def __init__(self, page: "VisitPage") -> None:
        super().__init__()
        self._page = page
        place = f"visit:{page.visit.hex()}"
        self.before = VisitForm(page, BEFORE, f"{place}:field")
        self.where = VisitForm(page, PLACE, f"{place}:field")
        self.after = VisitForm(page, AFTER, f"{place}:field")
        self.suggestions = Suggestions()
        self.suggestions.taken.connect(self._take_question)
        self.seats = Seats(page)
        self.facts = Facts(page, f"{place}:fact")
        self.promises = Promises(
            page, f"{place}:promise", Text("Nothing was promised yet, on either side.")
        )
        self._forms = (self.before, self.where, self.after)
        for form in self._forms:
            form.grown.connect(self.grown)
            form.stepped.connect(self._step)
        self.two = TwoColumns()
        self._prepared = _section(Text("Preparation"), self.before, self.suggestions)
        self._written = _section(Text("What it brought"), self.after)
        self._learnt = _section(Text("What was learnt"), self.facts)
        for part in (self._prepared, self._written, self._learnt):
            self.two.left.addWidget(part)
        for part in (
            _section(Text("Who sits there"), self.seats),
            _section(Text("When and where"), self.where),
            _section(Text("Promised there"), self.promises),
        ):
            self.two.right.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.now().px(8), 0, 0)
        column.addWidget(self.two)
        self._seen: VisitSeen | None = None
        self._after_first = False

    # ---- showing

    def show_seen(self, seen: VisitSeen) -> None:
        """Show the visit as it was read."""
        self._seen = seen
        zone = seen.now.zone
        for form in self._forms:
            form.show_visit(seen.visit, seen.today, zone)
        took_place = seen.visit.took_place
        self._written.setVisible(took_place or seen.past)
        self._learnt.setVisible(took_place or seen.past)
        if took_place != self._after_first:
            self._after_first = took_place
            order = (self._written, self._learnt, self._prepared)
            for part in order if took_place else (self._prepared, self._written, self._learnt):
                self.two.left.removeWidget(part)
                self.two.left.addWidget(part)
        self.suggestions.show_proposed([] if took_place else seen.proposed, seen.visit.questions)
        self.seats.show_seen(seen)
        self.facts.show_seen(seen)
        ledger = Ledger(
            seen.visit.account,
            seen.visit.id,
            {who: person.name for who, person in seen.file.people.items()},
            {who: colleague.name for who, colleague in seen.file.colleagues.items()},
            seen.today,
        )
        self.promises.show_promises(seen.promises, ledger)

    # ---- fields

    @property
    def first_name(self) -> str:
        """The name of the field one writes in first."""
        return "said" if self._after_first else "objective"

    @property
    def first(self) -> QWidget:
        """The field one reads first."""
        field = self.field(self.first_name)
        return field.read if field is not None else self

    def field(self, name: str) -> InPlace | None:
        """Return the field of a name."""
        return next((form.fields[name] for form in self._forms if name in form.fields), None)

    def refused(self, error: Refusal) -> bool:
        """Show a refusal at the field it names; false when it names none here."""
        name = getattr(error, "field", None)
        field = self.field(name or "")
        if field is None:
            return False
        for part in (self._written, self._learnt):
            part.show()
        field.begin()
        field.refused(error)
        return True

    def resume(self, what: Sequence[str]) -> None:
        """Open the form whose draft's name ends so."""
        if what[:1] == ["field"] and (field := self.field(what[-1])) is not None:
            field.begin()
        elif what == ["fact"]:
            self.facts.begin()
        elif what == ["promise"]:
            self.promises.line.begin()
        elif len(what) == 2 and what[0] in ("point", "part"):
            row = next((r for w, r in self.seats.rows.items() if w.hex() == what[1]), None)
            if row is not None:
                row.field.begin()

    def _step(self, field: Any, by: int) -> None:
        """Go on from a field that was left by Tab to the one after or before it."""
        every = [one for form in self._forms if form.isVisible() for one in form.fields.values()]
        at = every.index(field) + by if field in every else -1
        if 0 <= at < len(every):
            every[at].begin()

    def _take_question(self, words: str) -> None:
        seen = self._seen
        if seen is None:
            return
        base, at = seen.visit, self._page.seen
        changed = replace(base, questions=with_question(base.questions, words))

        def verb(desk: "Workspace") -> ChangeSet:
            return desk.visits.change(changed, base=base, seen=position(desk, at))

        self._page.do(verb)


def _section(name: Text, *parts: QWidget) -> QWidget:
    look = theme.now()
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, look.px(24))
    column.setSpacing(look.px(8))
    column.addWidget(Heading(name))
    for part in parts:
        column.addWidget(part)
    return holder
