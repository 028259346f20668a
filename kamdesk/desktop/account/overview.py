"""The overview of a customer: what happened, what is next, what is owed, what is not known."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account.chain_lines import chain_lines
from kamdesk.desktop.account.change_lines import change_line, more_line
from kamdesk.desktop.account.opportunity_lines import opportunity_line
from kamdesk.desktop.account.promise_lines import promise_line
from kamdesk.desktop.account.reading import AccountSeen, SeatWords
from kamdesk.desktop.account.standing_block import StandingBlock
from kamdesk.desktop.account.step_line import StepLine
from kamdesk.desktop.due.block import ContactBlock
from kamdesk.desktop.due.steps import Whom
from kamdesk.desktop.painter import FigureView
from kamdesk.desktop.promises.reading import rates_words
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.stances import StanceBall, stance_words
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.verbs import settle_promise
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.lines import Line, Lines
from kamdesk.desktop.widgets.panes import TwoColumns
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.domain.chain.model import ROLE_WORDS
from kamdesk.domain.promises.keeping import kept_rate_of
from kamdesk.domain.promises.model import Promise, PromiseSide
from kamdesk.dossier.completeness import Completeness

if TYPE_CHECKING:
    from kamdesk.desktop.account.page import AccountPage
    from kamdesk.domain.chain.analysis import Analysis

FIGURE_WIDTH = 710.0
"""Pixels across the column on a large window at 100 %: there cards come as on their own page."""
_MOST = 6
_CHANGES = 8
_STEPS = 5
_OWED = 6


class Overview(Sheet):
    """Story at the left, duty at the right.

    Signals: ``person_wanted(id)`` · ``step_wanted(opens)`` something shall be filled in.
    """

    person_wanted = Signal(bytes)
    step_wanted = Signal(str)

    def __init__(self, page: "AccountPage", parent: QWidget) -> None:
        super().__init__(top=20, parent=parent)
        self.setAccessibleName(looks.said(Text("Overview")))
        self._page = page
        self._people: dict[bytes, str] = {}
        self._drawing: Any = None
        self._two = two = TwoColumns()
        self.add(two)
        self._build_story(two.left)
        self._build_duty(two.right)
        self.fill()

    def _build_story(self, column: QVBoxLayout) -> None:
        look = theme.now()
        self._since = Heading(Text("Since I was last there"), "")
        self.changes = Lines()
        self.figure = FigureView(Text("Decision chain"))
        self.figure.pointed.connect(self._point)
        self.figure.chosen.connect(self.person_wanted)
        self._said = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.ELIDE)
        to_map = Button.of(self._page.actions_here["account.chain"])
        self._chain = Heading(Text("Decision chain"), "", right=to_map)
        self._no_chain, self.judged = Lines(), Lines()
        self._missing = Heading(Text("What the file does not say"), "")
        self._gaps = Lines()
        column.addWidget(self._since)
        column.addWidget(self.changes)
        column.addSpacing(look.px(24))
        for part in (self._chain, self.judged, self.figure, self._said, self._no_chain):
            column.addWidget(part)
        column.addSpacing(look.px(16))
        column.addWidget(self._missing)
        column.addWidget(self._gaps)
        self.figure.hide()
        self.judged.hide()

    def _build_duty(self, column: QVBoxLayout) -> None:
        look = theme.now()
        self._when = PlainLabel("", Type.STRONG, Tone.ACCENT)
        self._next = Heading(Text("Next visit"), right=self._when)
        self._coming = Lines()
        self._owed = Heading(Text("Promises"), "")
        self.promises = Lines()
        self._gain = PlainLabel("", Type.SMALL, Tone.MUTED)
        self._complete = Heading(Text("Completeness"), right=self._gain)
        self.steps = Lines()
        self._not_judged = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.contact = ContactBlock(
            self._page, self._whom, lambda step: self.standing.begin(step), name="account"
        )
        for part in (self._next, self._coming):
            column.addWidget(part)
        column.addSpacing(look.px(24))
        column.addWidget(self.contact)
        column.addSpacing(look.px(24))
        self._more_owed = PlainLabel("", Type.SMALL, Tone.MUTED)
        self._more_owed.hide()
        self.kept = Lines()
        column.addWidget(self._owed)
        column.addWidget(self.promises)
        column.addWidget(self._more_owed)
        column.addWidget(self.kept)
        column.addSpacing(look.px(24))
        self.standing = StandingBlock(self._page)
        column.addWidget(self.standing)
        column.addSpacing(look.px(24))
        self._deals = Heading(Text("Opportunities"), "")
        self.opportunities = Lines()
        column.addWidget(self._deals)
        column.addWidget(self.opportunities)
        column.addSpacing(look.px(24))
        for last in (self._complete, self.steps, self._not_judged):
            column.addWidget(last)

    # ---- showing

    def show_seen(self, seen: AccountSeen) -> None:
        """Show the customer as it was read."""
        self._show_changes(seen)
        self._show_next(seen)
        self._show_promises(seen)
        self._show_opportunities(seen)
        shown = [Line(_dot(), PlainLabel(gap.said, fit=Fit.ELIDE)) for gap in seen.gaps[:_MOST]]
        more = len(seen.gaps) - len(shown)
        self._gaps.show_parts(shown, Text("Nothing is missing that the next visit needs."))
        self._missing.remark.say(Text("and {n} more", n=more) if more > 0 else "")
        self._show_completeness(seen.complete)
        self._people = {row.id: _person_words(row) for row in seen.people}
        if not seen.has_chain:
            self.figure.hide()
            self._said.hide()
            self.judged.hide()
            self._no_chain.show_parts(
                [],
                Text(
                    "Nobody is on the decision chain yet. M opens it: write the first name, or"
                    " paste a list."
                ),
            )

    def show_figure(self, drawing: Any) -> None:
        """Show the drawing of the decision chain."""
        self._drawing = drawing
        self.figure.setVisible(drawing is not None)
        self._said.setVisible(drawing is not None)
        if drawing is not None:
            self._no_chain.show_parts([])
            self.figure.show_figure(drawing)
            self._said.say(Text("Point at somebody to read more; Enter opens them."))
            self._fit()

    def show_judged(self, told: "Analysis | None") -> None:
        """Show what the decision chain says: the support and the weightiest warnings."""
        self.judged.setVisible(told is not None)
        if told is not None:
            self.judged.show_parts(chain_lines(told, self._page.open_chain))

    def _show_changes(self, seen: AccountSeen) -> None:
        last = seen.last
        remark: Text | str = ""
        if last is not None and last.start is not None:
            what = last.topic or last.objective
            day = looks.day(last.start.day, today=seen.today)
            remark = Text("after {what} on {day}", what=what, day=day) if what else day
        self._since.remark.say(remark)
        shown = [change_line(change, seen.today, self._page) for change in seen.changes[:_CHANGES]]
        more = len(seen.changes) - len(shown)
        if more > 0:
            shown.append(more_line(more, self._page))
        self.changes.show_parts(
            shown,
            Text("Nothing was noted since then.")
            if last is not None
            else Text("You have not been there yet, as far as the file knows."),
        )

    def _show_next(self, seen: AccountSeen) -> None:
        coming = seen.next
        self._when.say(looks.capital(moment_words(coming.start, seen.today)) if coming else "")
        if coming is None:
            self._coming.show_parts([], Text("No visit is planned. N plans one."))
            return
        objective = PlainLabel(
            looks.cut(coming.objective or Text("No objective yet"), 300),
            Type.STRONG if coming.objective else Type.BODY,
            Tone.INK if coming.objective else Tone.OCHRE,
            fit=Fit.WRAP,
        )
        self._coming.show_parts([objective, seats_grid(seen.seats)])

    def _show_promises(self, seen: AccountSeen) -> None:
        ours = sum(promise.side is PromiseSide.OURS for promise in seen.promises)
        theirs = len(seen.promises) - ours
        self._owed.remark.say(
            Text("{ours} ours · {theirs} theirs", ours=ours, theirs=theirs) if seen.promises else ""
        )
        self.promises.show_parts(
            [promise_line(promise, seen.today, self._keep) for promise in seen.promises[:_OWED]],
            Text("Neither side owes the other anything."),
        )
        every = seen.file.promises
        rates = rates_words({one: kept_rate_of(every, one, seen.today) for one in PromiseSide})
        self.kept.show_parts([self._ledger_line(rates)] if every else [])
        more = len(seen.promises) - _OWED
        self._more_owed.setVisible(more > 0)
        self._more_owed.say(Text("and {n} more", n=more) if more > 0 else "")

    def _show_opportunities(self, seen: AccountSeen) -> None:
        open_ones = seen.opportunities
        go = partial(self._page.go, "opportunity")
        self.opportunities.show_parts(
            [opportunity_line(one, seen.today, go) for one in open_ones[:_MOST]],
            Text("Nothing is being sold here. O adds an opportunity."),
        )
        more = len(open_ones) - _MOST
        self._deals.remark.say(Text("and {n} more", n=more) if more > 0 else "")

    def _show_completeness(self, complete: Completeness) -> None:
        share = complete.percent
        named = Text("Complete: {n} %", n=share) if share is not None else Text("Completeness")
        self._complete.name.say(named)
        shown = complete.steps[:_STEPS]
        then = complete.after(len(shown))
        self._gain.say(
            Text("{n} step to {then} %", "{n} steps to {then} %", n=len(shown), then=then)
            if shown and then is not None
            else ""
        )
        lines = [StepLine(step) for step in shown]
        for line in lines:
            line.clicked.connect(
                lambda _=False, opens=line.step.opens: self.step_wanted.emit(opens)
            )
        self.steps.show_parts(lines, Text("All that makes a file complete is in it."))
        why = "; ".join(looks.said(words) for words in complete.not_judged)
        self._not_judged.say(Text("Not judged: {why}.", why=why) if why else "")
        self._not_judged.setVisible(bool(why))

    def _ledger_line(self, rates: str) -> QWidget:
        words = rates or Text("All promises in the ledger")
        said = PlainLabel(words, Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        line = PressedLine(looks.said(words), said, wraps=True)
        line.pressed.connect(lambda: self._page.go("promises", self._page.account))
        return line

    # ---- doing

    def _whom(self) -> Whom | None:
        seen = self._page.content
        return Whom(self._page.account, None, seen.file.account.called) if seen else None

    def _keep(self, promise: Promise) -> None:
        settle_promise(self._page, promise.id, promise.words)

    def _point(self, record: bytes | None) -> None:
        words = self._people.get(record or b"", "") or (self.figure.said(record) if record else "")
        self._said.say(words or Text("Point at somebody to read more; Enter opens them."))
        self.figure.setAccessibleDescription(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._two.stack(self.width() < theme.now().px(820))
        self._fit()

    def _fit(self) -> None:
        if self._drawing is not None:
            scale = min(self.figure.width() / self._drawing.width, theme.now().percent / 100)
            self.figure.setFixedHeight(round(self._drawing.height * scale) + 2)


def seats_grid(seats: list[SeatWords], *, columns: int = 2) -> QWidget:
    """Return those who will sit there, each with the ball of their stance."""
    look = theme.now()
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, look.px(4), 0, look.px(4))
    grid.setHorizontalSpacing(look.px(16))
    grid.setVerticalSpacing(look.px(6))
    for n, seat in enumerate(seats[:12]):
        pair = QHBoxLayout()
        pair.setSpacing(look.px(6))
        pair.addWidget(StanceBall(seat.stance, seat.name))
        words = looks.joined(seat.name, seat.post)
        pair.addWidget(PlainLabel(words, Type.BODY, Tone.SECOND, fit=Fit.ELIDE), 1)
        grid.addLayout(pair, n // columns, n % columns)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    if not seats:
        nobody = Text("Nobody of theirs is named yet.")
        grid.addWidget(PlainLabel(nobody, Type.BODY, Tone.OCHRE), 0, 0, 1, 2)
    return holder


def _dot() -> QWidget:
    return IconMark("circle-help", 14, Tone.OCHRE)


def _person_words(row: Any) -> str:
    influence = Text("influence {n} of 5", n=row.influence) if row.influence is not None else ""
    roles = [looks.said(ROLE_WORDS[role]) for role in row.roles]
    return looks.joined(row.name, row.post, *roles, stance_words(row.stance), influence)
