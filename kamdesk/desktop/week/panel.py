"""The side panel of the week: a trial, the route, why, a night away, left out, not judged."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.week.board import Board
from kamdesk.desktop.week.judging import Verdict
from kamdesk.desktop.week.left_part import LeftPart
from kamdesk.desktop.week.leg_step import LegStep
from kamdesk.desktop.week.route_part import RoutePart
from kamdesk.desktop.week.said import item_words, long_weekday, moment
from kamdesk.desktop.week.shapes import Shapes
from kamdesk.desktop.week.trial_part import Trial, TrialPart
from kamdesk.desktop.week.unjudged_part import UnjudgedPart
from kamdesk.desktop.week.why_part import WhyPart
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.labels import Divider, Fit, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.domain.week.model import Bond
from kamdesk.dossier.week_next import Later
from kamdesk.dossier.week_read import What


class WeekPanel(SidePanel):
    """Signals: ``step_closed`` the correction of a way is done."""

    step_closed = Signal()

    def __init__(self, overnight: Action, home_again: Action) -> None:
        super().__init__()
        look = theme.now()
        self.setAccessibleName(looks.said(Text("Route, reasons, left out")))
        self.trial, self.route, self.why = TrialPart(), RoutePart(), WhyPart()
        self.left, self.unjudged = LeftPart(), UnjudgedPart()
        self.night = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        self._night, self._home = Button.of(overnight), Button.of(home_again)
        self._steps = QVBoxLayout()
        self.step: LegStep | None = None
        self._rest = QWidget()
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(look.px(10))
        self._over_why, self._over_unjudged = Divider(strong=True), Divider(strong=True)
        for part in (
            self.trial, self.route, self.night, self._night, self._home, self._over_why, self.why,
            Divider(strong=True), self.left, self._over_unjudged, self.unjudged,
        ):  # fmt: skip
            rest.addWidget(part)
        rest.addStretch(1)
        self.offer = QVBoxLayout()
        self.column.addLayout(self.offer)
        self.column.addLayout(self._steps)
        self.column.addWidget(self._rest, 1)
        for part in (self.trial, self._home, self.unjudged):
            part.hide()

    def show_board(
        self,
        board: Board,
        shapes: Shapes,
        column: int,
        key: bytes | None,
        verdict: Verdict | None,
        later: Mapping[bytes, Later] | None,
    ) -> None:
        """Show what is to be said of a week, of the day chosen and of what is chosen in it."""
        day = shapes.days[column]
        self.route.show_day(board, day.at, long_weekday(day.day))
        self._show_why(board, key, verdict)
        self.left.show_board(board, verdict.costs if verdict is not None else {}, later)
        self.unjudged.show_week(board.read)
        away = board.night is not None
        tries = not self.trial.isHidden()
        self._night.setVisible(not away and not tries)
        self._home.setVisible(away and not tries)
        if board.night is not None:
            places, days = board.read.places, board.read.planned_days
            self.night.say(
                Text("With a night in {place} after {day}.", place=places[board.night.place].words
                     or looks.DASH, day=looks.weekday(days[board.night.day]))
            )  # fmt: skip
        self.night.setVisible(away and not tries)
        self._over_unjudged.setVisible(not self.unjudged.isHidden())

    def _show_why(self, board: Board, key: bytes | None, verdict: Verdict | None) -> None:
        item = board.items.get(key) if key is not None else None
        for part in (self.why, self._over_why):
            part.setVisible(item is not None)
        if item is None or key is None:
            return
        standing = board.standing.get(key)
        when = ""
        if standing is not None:
            when = moment(board.read.planned_days[standing.day], standing.placed.begins)
        reasons = verdict.why if verdict is not None and verdict.key == key else ()
        remark: Text | str = ""
        bond = board.bond(key)
        if item.what is What.APPOINTMENT:
            remark = Text("An appointment of your own calendar: the plan goes around it.")
        elif item.is_clash:
            remark = Text("It cannot be reached in time as things stand: move it or what is near.")
        elif bond is Bond.FIXED:
            remark = Text("Agreed with the customer: the plan goes around it.")
        elif board.outside_hours(key):
            remark = Text("You pinned it here, though they do not receive then.")
        elif bond is Bond.PINNED:
            remark = Text("You pinned it here: no proposal moves it.")
        elif standing is None:
            remark = ""
        elif not reasons and item.visit is not None:
            remark = Text("Planned by you; a proposal may move it.")
        self.why.show_reasons(item_words(item), when, reasons, remark)

    def show_trial(self, trial: Trial | None) -> None:
        """Show what a trial changes, or nothing more of it."""
        self.trial.setVisible(trial is not None)
        if trial is not None:
            for part in (self.night, self._night, self._home):
                part.hide()
            self.trial.show_trial(trial)

    @property
    def is_needed(self) -> bool:
        """Whether it asks something just now."""
        return self.step is not None or not self.trial.isHidden()

    def correct(self, step: LegStep) -> None:
        """Ask for the minutes of a way, in place of everything else."""
        self.end_step()
        self.step = step
        self._steps.addWidget(step)
        self._rest.hide()
        step.closed.connect(self.end_step)
        step.begin()

    def end_step(self) -> None:
        """Show everything again."""
        if self.step is None:
            return
        step, self.step = self.step, None
        self._steps.removeWidget(step)
        step.hide()
        step.deleteLater()
        self._rest.show()
        self.step_closed.emit()
