"""How contact with a customer or a person stands, as a section of their page: both clocks, why."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.due.said import (
    CHANNEL_WORDS,
    every_words,
    last_words,
    sign_of,
    standing_words,
    tone_of,
    why_words,
)
from kamdesk.desktop.due.steps import AgreementStep, PauseStep, TouchStep, Whom, agreement_with
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.verbs import undo_of
from kamdesk.desktop.widgets.buttons import Button, ButtonRow
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.lines import Lines
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.domain.cadence.duty import Channel, DueWord
from kamdesk.domain.cadence.model import Agreement
from kamdesk.dossier.due import DueLine, due_list, no_duty_because
from kamdesk.dossier.due_said import cycle_words

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.desktop.panel_step import PanelStep
    from kamdesk.workspace import Workspace


class ContactSeen(NamedTuple):
    """The duties towards one, or why there are none; ``agreed``: what holds besides the rules."""

    lines: list[DueLine]
    nothing: Text | None
    agreed: Agreement | None
    today: Day


def read_contact(desk: "Workspace", whom: Whom) -> ContactSeen:
    """Return how contact with a customer, or with one of theirs, stands."""
    reader, today = desk.storage.reader, desk.clock.today()
    found = due_list(reader, today=today, account=whom.account, person=whom.person, touches=True)
    lines = [line for line in found if line.person == whom.person]
    lines.sort(key=lambda line: line.channel is Channel.TOUCH)
    nothing = None
    if not lines:
        nothing = (
            no_duty_because(reader, whom.account, today=today)
            if whom.person is None
            else Text("No contact is asked for with them; F agrees how often.")
        )
    return ContactSeen(lines, nothing, agreement_with(desk, whom), today)


class ContactBlock(QWidget):
    """The section; it asks for itself. ``of`` tells whom it is about, None while that is not known.

    ``begin`` shows a step in the page's side panel; ``name`` begins the ids of its actions, and
    ``place`` the names of its drafts.
    """

    def __init__(
        self,
        page: "Page[Workspace]",
        of: Callable[[], Whom | None],
        begin: "Callable[[PanelStep], object]",
        *,
        name: str,
    ) -> None:
        super().__init__()
        self._page, self._of, self._begin, self._name = page, of, begin, name
        self.seen: ContactSeen | None = None
        add = page.actions_here.add
        call = add(f"{name}.call", Text("Note a call"), self.note_call, keys="C", icon="phone")
        agree = add(f"{name}.agree", Text("Agree how often"), self.agree, keys="F", icon="clock")
        pause = add(f"{name}.pause", Text("Pause or go on"), self.pause, keys="Z", icon="pause")
        look = theme.now()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        self.lines = Lines()
        column.addWidget(Heading(Text("Contact")))
        column.addWidget(self.lines)
        buttons = (
            Button.of(call, words=Text("Call")),
            Button.of(agree, words=Text("How often")),
            Button.of(pause, words=Text("Pause")),
        )
        column.addWidget(ButtonRow(*buttons, shortens=True))

    def ask(self) -> None:
        """Ask how contact stands."""
        whom = self._of()
        if whom is not None:
            self._page.ask(lambda desk: read_contact(desk, whom), self._show, key="contact")

    def _show(self, seen: ContactSeen) -> None:
        self.seen = seen
        parts: list[QWidget] = []
        for line in seen.lines:
            parts += _clock(line, seen.today)
        self.lines.show_parts(parts, seen.nothing or Text("Nothing is asked for here."))

    # ---- doing

    @property
    def _paused(self) -> bool:
        return any(line.word is DueWord.PAUSED for line in self.seen.lines) if self.seen else False

    def _place(self, whom: Whom, what: str) -> str:
        return f"{self._name}:{(whom.person or whom.account).hex()}:{what}"

    def note_call(self) -> None:
        """Note a call or message of today."""
        if (whom := self._of()) is not None:
            self._begin(TouchStep(self._page, self._place(whom, "call"), whom))

    def agree(self) -> None:
        """Agree how often, in place of what the rules ask for."""
        whom, seen = self._of(), self.seen
        if whom is not None and seen is not None:
            channel = seen.lines[0].channel if seen.lines else Channel.VISIT
            place = self._place(whom, "agree")
            self._begin(AgreementStep(self._page, place, whom, seen.agreed, channel, seen.today))

    def pause(self) -> None:
        """Let nothing fall due for a while; go on where it is quiet now."""
        whom, seen = self._of(), self.seen
        if whom is None or seen is None:
            return
        accounts, person = [whom.account], whom.person
        if self._paused:
            self._page.do(
                lambda desk: desk.cadence.resume(accounts, person=person),
                lambda _: self._page.around.say(
                    Text("Contacts go on."), way_out=undo_of(self._page)
                ),
            )
            return
        place = self._place(whom, "pause")
        self._begin(PauseStep(self._page, place, accounts, person, whom.called, seen.today))

    def resume(self, what: str) -> bool:
        """Open the step whose draft ends on ``what``; false when it is none of these."""
        does = {"call": self.note_call, "agree": self.agree, "pause": self.pause}.get(what)
        if does is not None:
            does()
        return does is not None


def _clock(line: DueLine, today: Day) -> list[QWidget]:
    """Return one duty: what and how it stands, then its figures, then why."""
    planned = looks.day(line.planned, today=today) if line.planned else ""
    cycle = cycle_words(line.cycle)
    figures = looks.capital(
        looks.joined(
            every_words(line.every),
            Text("last {day}", day=looks.said(last_words(line, today))),
            Text("planned {day}", day=planned) if planned else Text("nothing planned"),
            Text("this cycle {cycle}", cycle=cycle) if cycle else "",
        )
    )
    late = line.word in (DueWord.OVERDUE, DueWord.NEVER)
    row = QWidget()
    head = QHBoxLayout(row)
    head.setContentsMargins(0, theme.now().px(6), 0, theme.now().px(2))
    head.setSpacing(theme.now().px(8))
    head.addWidget(PlainLabel(looks.capital(CHANNEL_WORDS[line.channel]), Type.STRONG))
    if icon := sign_of(line):
        head.addWidget(IconMark(icon, 12, tone_of(line)))
    role = Type.SMALL_STRONG if late else Type.SMALL
    standing = looks.capital(standing_words(line, today))
    head.addWidget(PlainLabel(standing, role, tone_of(line), fit=Fit.ELIDE), 1)
    tone = Tone.OCHRE if line.too_often else Tone.MUTED
    return [
        row,
        PlainLabel(figures, Type.SMALL, Tone.SECOND, fit=Fit.WRAP),
        PlainLabel(looks.capital(why_words(line)), Type.SMALL, tone, fit=Fit.WRAP),
    ]
