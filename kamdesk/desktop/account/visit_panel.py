"""The chosen visit beside the list: when, what for, who, what was said and agreed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.ids import VisitId
from kamdesk.core.minutes import length
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account.overview import seats_grid
from kamdesk.desktop.account.reading import AccountSeen, SeatWords, seat_words
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.facts import Tag
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.promises.model import PROMISE_STATE_WORDS, SIDE_WORDS, Promise, PromiseSide
from kamdesk.domain.visits.model import ATMOSPHERE_WORDS, KIND_WORDS, STATE_WORDS, Visit

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class VisitSeen(NamedTuple):
    """A visit as the panel shows it."""

    visit: Visit
    seats: list[SeatWords]
    ours: list[str]
    promises: list[Promise]
    today: Day


def read_visit(desk: "Workspace", visit: VisitId, seen: AccountSeen) -> VisitSeen | None:
    """Return a visit for the panel; None when it is not there any more."""
    found = desk.visits.ask.find(visit)
    if found is None:
        return None
    seats = desk.visits.ask.attendees(visit)
    theirs = seat_words(seen.file, seats)
    known = {seat.id for seat in theirs}
    ours = [seen.file.name_of(seat.who) for seat in seats if seat.who not in known]
    promises = desk.promises.ask.of_visit(visit)
    return VisitSeen(found, theirs, [name for name in ours if name], promises, seen.today)


def visit_panel(seen: VisitSeen, open_visit: Callable[[], object]) -> QWidget:
    """Return the panel's content; its button goes to the visit's own page."""
    look, visit = theme.now(), seen.visit
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look.px(4))
    topic = visit.topic or KIND_WORDS[visit.kind]
    column.addWidget(PlainLabel(looks.cut(topic, 120), Type.HEADING, fit=Fit.WRAP))
    when = moment_words(visit.start, seen.today) or Text("no day yet")
    state = looks.joined(
        when, length(visit.minutes), KIND_WORDS[visit.kind], STATE_WORDS[visit.state]
    )
    column.addWidget(PlainLabel(looks.capital(state), Type.SMALL, Tone.SECOND, fit=Fit.WRAP))
    if visit.place:
        column.addWidget(PlainLabel(visit.place, Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
    column.addSpacing(look.px(8))
    opening = Button(Text("Open the visit"), icon="calendar-check", keys="Enter")
    opening.clicked.connect(lambda _=False: open_visit())
    column.addWidget(opening)
    column.addSpacing(look.px(8))
    column.addWidget(seats_grid(seen.seats, columns=1))
    if seen.ours:
        names = ("、" if looks.language() == "zh" else ", ").join(seen.ours)
        column.addWidget(
            PlainLabel(Text("ours: {names}", names=names), Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        )
    how = ATMOSPHERE_WORDS[visit.atmosphere] if visit.atmosphere else ""
    by = looks.day(visit.next_step_by, today=seen.today) if visit.next_step_by else ""
    for label, words in (
        (Text("Objective"), visit.objective),
        (Text("Our ask"), visit.ask),
        (Text("Fallback"), visit.fallback),
        (Text("Red line"), visit.red_line),
        (Text("Questions"), visit.questions),
        (Text("What was said"), visit.said),
        (Text("Outcome"), visit.outcome),
        (Text("How it went"), how),
        (Text("Next step"), looks.joined(visit.next_step, by)),
        (Text("No next step because"), visit.no_next_step_because),
    ):
        if words:
            column.addSpacing(look.px(8))
            column.addWidget(PlainLabel(label, Type.SMALL, Tone.MUTED))
            column.addWidget(PlainLabel(words, Type.BODY, fit=Fit.WRAP))
    if seen.promises:
        column.addSpacing(look.px(12))
        column.addWidget(PlainLabel(Text("Promised there"), Type.SMALL, Tone.MUTED))
        for promise in seen.promises:
            column.addSpacing(look.px(4))
            column.addWidget(Tag(SIDE_WORDS[promise.side], filled=promise.side is PromiseSide.OURS))
            column.addWidget(PlainLabel(promise.words, Type.BODY, fit=Fit.WRAP))
            due = looks.day(promise.due, today=seen.today) if promise.due else ""
            state = looks.joined(PROMISE_STATE_WORDS[promise.state], due)
            column.addWidget(PlainLabel(state, Type.SMALL, Tone.MUTED))
    column.addStretch(1)
    return holder
