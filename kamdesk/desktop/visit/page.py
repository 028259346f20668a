"""The page of a visit: prepared before, written up after, with all that can be done with it."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.ids import Id, VisitId
from kamdesk.core.minutes import length
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.exchange.badge import RecordBadge
from kamdesk.desktop.in_place import InPlace
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visit.body import Body
from kamdesk.desktop.visit.fields import EVERY
from kamdesk.desktop.visit.reading import VisitSeen, read_visit
from kamdesk.desktop.visit.ways import Ways
from kamdesk.desktop.visits.said import clash_words
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.visits.model import KIND_WORDS, STATE_WORDS

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class VisitPage(Page["Workspace"]):
    """One visit."""

    title = Text("Visit")
    follows = (
        "visit", "attendee", "promise", "fact", "account", "person", "post", "holding", "way",
        "need", "map", "seat", "reading", "tie", "body", "colleague", "appointment", "absence",
        "year_list", "site",
    )  # fmt: skip
    keys = (
        ("E", Text("Edit in place")),
        ("A", Text("Add somebody")),
        ("B", Text("Brief")),
        ("L", Text("Write up")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self.visit = VisitId(Id(route.record or b""))
        self.content: VisitSeen | None = None
        self._resumed: list[str] = []
        super().__init__(around, route)

    def build(self) -> None:
        self.ways = Ways(self)
        self._head = self.head("", "", RecordBadge(self, self.visit), *self.ways.head_buttons)
        self._line = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        self._clash = PlainLabel("", Type.BODY, Tone.OCHRE, fit=Fit.WRAP)
        self._clash.hide()
        self.add(self._line)
        self.add(self._clash)
        self.add(self.ways.row)
        self.body = Body(self)
        self.body.grown.connect(self._reveal_soon)
        self.add(self.body)
        self.sheet.fill()

    def crumbs(self) -> tuple[Crumb, ...]:
        here = Crumb(self._called)
        if self.content is None:
            return Crumb(Text("Visits"), Route("visits")), here
        account = self.content.file.account
        customer = Crumb(account.called, Route("account", account.id, "visits"))
        return Crumb(Text("Visits"), Route("visits")), customer, here

    @property
    def _called(self) -> Text | str:
        if self.content is None:
            return self.title
        visit = self.content.visit
        return looks.cut(visit.topic or looks.capital(KIND_WORDS[visit.kind]), 60)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.body.first,)

    # ---- asking

    def reload(self) -> None:
        visit, language = self.visit, looks.language()
        self.ask(lambda desk: read_visit(desk, visit, language), self._show)

    def _show(self, seen: VisitSeen | None) -> None:
        if seen is None:
            self._show_gone()
            return
        first = self.content is None
        self.content = seen
        visit = seen.visit
        self._head.title.say(self._called)
        self._head.remark.say(seen.file.account.called)
        when = moment_words(visit.start, seen.today) or Text("no day yet")
        parts = (
            when,
            length(visit.minutes),
            KIND_WORDS[visit.kind],
            visit.place,
            STATE_WORDS[visit.state],
        )
        self._line.say(looks.capital(looks.joined(*parts)))
        warned = looks.joined(clash_words(seen.clashing) or "", *seen.against)
        self._clash.setVisible(bool(warned))
        self._clash.say(looks.capital(warned))
        self.ways.show_seen(seen)
        self.body.show_seen(seen)
        self.renamed.emit()
        if first:
            self.body.first.setFocus()
        while self._resumed:
            self.resume(self._resumed.pop(0))

    def _show_gone(self) -> None:
        self.use(
            EmptyState(
                "calendar-check",
                Text("This visit is not here any more"),
                Text("It was deleted. Ctrl+Z brings it back if you did it just now."),
            )
        )

    # ---- fields

    def resume(self, place: str) -> None:
        if self.content is None:
            self._resumed.append(place)
            return
        self.body.resume(place.split(":")[2:])

    def begin(self, name: str) -> None:
        """Open the editor of a field."""
        field = self.body.field(name)
        if field is not None:
            field.begin()
            self._reveal_soon(field)

    def edit(self) -> None:
        """Open the editor of the field that has the focus, else of the first one."""
        for name in EVERY:
            field = self.body.field(name)
            if field is not None and field.read.hasFocus():
                field.begin()
                return
        self.begin(self.body.first_name)

    def refused(self, error: Refusal) -> None:
        """Show a refusal at its field, else in the notices bar."""
        if not self.body.refused(error):
            self.around.say(error.said)

    def _reveal_soon(self, field: Any) -> None:
        if isinstance(field, InPlace):
            QTimer.singleShot(30, field, partial(self.sheet.show_part, field))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.body.two.stack(self.width() < theme.now().px(820))
