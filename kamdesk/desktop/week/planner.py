"""What is done to the week on the page: proposed, moved, pinned, tried; one step after another."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.pages import Page
from kamdesk.desktop.week.board import Board
from kamdesk.desktop.week.judging import Verdict, judged
from kamdesk.desktop.week.rebasing import rebased
from kamdesk.desktop.week.said import item_words
from kamdesk.desktop.week.searching import Searching
from kamdesk.desktop.week.trial_part import Trial, night_tried
from kamdesk.domain.week import planning
from kamdesk.domain.week.model import Bond, Proposal
from kamdesk.dossier.week_next import Later, next_weeks
from kamdesk.dossier.week_read import Pin, WeekItem, WeekRead, What

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_STALE = 15 * 60_000
"""Milliseconds after which a week that was read is read anew to be proposed."""
_AGAIN = 120
"""Milliseconds until a better week is shown while something is being dragged."""
_QUIET = 60
"""Milliseconds after the last step until the week is judged anew."""


class Planner(QObject):
    """Holds the week under work.

    Signals: ``changed`` it looks otherwise now · ``worked`` the user or the planner did something
    worth keeping · ``judged`` reasons and costs are known · ``tried`` a trial began or ended.
    """

    changed = Signal()
    worked = Signal()
    judged = Signal()
    tried = Signal()

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__(page)
        self._page = page
        self.board: Board | None = None
        self.trial: Trial | None = None
        self.verdict: Verdict | None = None
        self.later: Mapping[bytes, Later] | None = None
        """The next possible week, by key, of those left out; None: not known yet."""
        self.key: bytes | None = None
        self._wants_proposal = False
        self._before: Board | None = None
        self.search = Searching(self, page.workbench)
        self.search.better.connect(self._take_better)
        self._later = QTimer(self, singleShot=True, interval=_QUIET)
        self._later.timeout.connect(self._judge)
        self._held: Proposal | None = None
        self._after = QTimer(self, singleShot=True, interval=_AGAIN)
        self._after.timeout.connect(self._take_held)

    @property
    def shown(self) -> Board | None:
        """The week as it is to be seen: as it is tried, else as it is."""
        return self.trial.after if self.trial is not None else self.board

    def item(self, key: bytes | None) -> WeekItem | None:
        """Return what stands or waits in the week shown; None for no key, or one it has not."""
        return self.shown.items.get(key) if self.shown is not None and key is not None else None

    # ---- reading

    def take(self, read: WeekRead) -> None:
        """Take a week as it stands now; what was done to it is kept."""
        self.search.stop()
        self.later = None
        self._end_trial()
        self._put(Board.of(read) if self.board is None else rebased(self.board, read))
        if self._wants_proposal:
            self._wants_proposal = False
            self.propose()

    def start_over(self, board: Board | None = None) -> None:
        """Take the week as it stands, without what was done to it; or ``board``."""
        self.search.stop()
        self._end_trial()
        if board is not None:
            self._put(board)
        elif self.board is not None:
            self._put(Board.of(self.board.read))

    def forget(self) -> None:
        """Hold no week: the next one that is read is taken as it stands."""
        self.search.stop()
        self._end_trial()
        self.board = self.verdict = None

    def _put(self, board: Board) -> None:
        self.board = board
        self.changed.emit()
        self._later.start()

    def _tell_dropped(self) -> None:
        """Say who has no room any more after a move by hand."""
        before, board = self._before, self.board
        if before is None or board is None:
            return
        gone = [board.items[key] for key in before.standing if key not in board.standing]
        if gone:
            names = looks.listed([item_words(item) for item in gone])
            self._say(Text("No room is left that day for {names}.", names=names))

    def _edit(self, board: Board) -> None:
        self.search.stop()
        self._held = None
        self._before = self.board
        self._put(board)
        self.worked.emit()

    # ---- judging

    def look_at(self, key: bytes | None) -> None:
        """Something is chosen: why it stands there is asked."""
        self.key = key
        self._later.start()

    def _judge(self) -> None:
        board, key = self.shown, self.key
        if board is None or self.search.running:
            if board is not None:
                self._later.start(_AGAIN)
            return
        self._page.ask(lambda _: judged(board, key), self._heard, key="judge")

    def _heard(self, verdict: Verdict) -> None:
        if verdict.board is self.shown:
            self.verdict = verdict
            self.judged.emit()
            if verdict.costs and self.later is None:
                read = verdict.board.read
                self._page.ask(
                    lambda desk: next_weeks(desk.storage.reader, read),
                    self._look_ahead,
                    key="later",
                )

    def _look_ahead(self, found: Mapping[bytes, Later]) -> None:
        self.later = found
        self.judged.emit()

    # ---- proposing

    def propose(self) -> None:
        """Propose the week: a first answer at once, then better ones beside the window."""
        board = self.board
        if board is None:
            return
        self._end_trial()
        self.search.stop()
        if all(stop.bond.is_held for stop in board.problem.stops):
            self._say(Text("Nobody is due this week who could be planned."))
            return
        problem = board.problem

        def then(found: tuple[Instant, Proposal]) -> None:
            now, first = found
            if self.board is not board:
                return
            if now.ms - board.read.now.ms > _STALE:  # its hours are over by now: read it anew
                self._wants_proposal = True
                self._page.reload()
                return
            self._put(board.taken(first))
            self.worked.emit()
            self.search.start(problem)

        def question(desk: "Workspace") -> tuple[Instant, Proposal]:
            return desk.clock.now(), planning.first(problem)

        self._page.ask(question, then, key="propose")

    def _take_better(self, proposal: Proposal) -> None:
        if self.board is None or self.trial is not None:
            return
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:  # do not move what is held
            self._held = proposal
            self._after.start()
            return
        if proposal.value > self.board.plan.value or not self.board.proposed:
            self._put(self.board.taken(proposal))
            self.worked.emit()

    def _take_held(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._take_better(held)

    # ---- by hand

    def move(self, key: bytes, days: int, halves: int) -> None:
        """Move something days or half hours further and hold it there."""
        if self.board is None or not self._may_move(key):
            return
        moved = self.board.moved(key, days, halves)
        if moved is None:
            self._say(Text("There is no room for it further that way: what is fixed stays."))
        else:
            self._edit(moved)
            self._tell_dropped()

    def put(self, key: bytes, day: int | None, begins: int) -> None:
        """Put something where it was dropped."""
        if self.board is None or not self._may_move(key):
            return
        moved = self.board.put(key, Pin(day, begins)) if day is not None else None
        if moved is None:
            self._say(Text("It does not fit there: what is fixed stays, and the ways take time."))
            self.changed.emit()
        else:
            self._edit(moved)
            self._tell_dropped()

    def _may_move(self, key: bytes) -> bool:
        if self.trial is not None:
            self._say(Text("Keep what you try with Enter, or leave it with Esc."))
            return False
        if self.board is not None and self.board.movable(key):
            return True
        item = self.board.items.get(key) if self.board is not None else None
        if item is not None and item.what is What.APPOINTMENT:
            self._say(Text("Appointments of your calendar are moved in that calendar."))
        elif item is not None and item.visit is not None:
            self._say(Text("Agreed with the customer. F makes it ours to move again."))
        return False

    def take_out(self, key: bytes) -> None:
        """Put back what is proposed: it stays out of further proposals."""
        if self.board is not None and self._may_move(key):
            self._edit(self.board.put_back(key))

    def pin(self, key: bytes) -> None:
        """Hold something where it stands, or let it go."""
        if self.board is not None and self._may_move(key):
            self._edit(self.board.pinned(key))

    # ---- trying

    def try_out(self, key: bytes | None) -> None:
        """Show how the week would be with somebody who was left out."""
        board = self.board
        if board is None or not board.waiting or self.trial is not None:
            return
        wanted = next((one.key for one in board.waiting if one.key == key), self._possible(board))
        self.search.stop()
        open_again = board.brought(wanted)
        problem, plan, name = open_again.problem, board.plan, item_words(board.items[wanted])

        def then(found: Proposal | None) -> None:
            if self.board is not board:
                return
            if found is None:
                self._say(Text("{name} fits into no day of this week.", name=name))
                return
            after = open_again.taken(found)
            self._try(Trial(name=Text("Try {name}", name=name), before=board, after=after,
                            key=wanted))  # fmt: skip

        self._page.ask(lambda _: planning.tried(problem, plan, wanted), then, key="try")

    def _possible(self, board: Board) -> bytes:
        """Return who is tried where nobody is chosen: the first who fits in at all."""
        known = self.verdict is not None and self.verdict.board is board
        costs = self.verdict.costs if self.verdict is not None and known else {}
        fits = (
            item.key
            for item in board.waiting
            if (left := costs.get(item.key)) is not None and left.costs is not None
        )
        return next(fits, board.waiting[0].key)

    def try_night(self) -> None:
        """Show what a night away would bring: the best there is, then the next best place."""
        board, trial = self.board, self.trial
        if trial is not None and trial.nights:
            self.try_night_at((trial.at + 1) % len(trial.nights))
            return
        if board is None or trial is not None or board.night is not None:
            return
        self.search.stop()
        problem, plan, cost = board.problem, board.plan, board.read.night_cost

        def work(_: "Workspace", job: Job) -> tuple[planning.Night, ...]:
            return planning.nights_away(problem, plan, cost=cost, stop=lambda: job.cancelled)

        def then(nights: tuple[planning.Night, ...]) -> None:
            if self.board is not board:
                return
            if not nights:
                self._say(Text("No night away is possible in this week."))
                return
            self._try(night_tried(board, nights, 0))

        self._page.workbench.job(self, Text("Try a night away"), work, then)

    def try_night_at(self, at: int) -> None:
        """Show another of the nights found."""
        trial = self.trial
        if trial is not None and at < len(trial.nights):
            self._try(night_tried(trial.before, trial.nights, at))

    def come_home(self) -> None:
        """Plan the week without the night away again."""
        if self.board is not None and self.board.night is not None:
            self._edit(self.board.away(None).with_wanted(self.board.wanted))

    def _try(self, trial: Trial) -> None:
        self.trial = trial
        self.changed.emit()
        self.tried.emit()

    def keep(self) -> None:
        """Keep what is tried; somebody forced in is pinned there."""
        trial = self.trial
        if trial is None:
            return
        self._end_trial()
        after = trial.after
        if trial.key is not None and after.bond(trial.key) is not Bond.PINNED:
            after = after.pinned(trial.key)
        self._edit(after)

    def leave(self) -> None:
        """Leave the week as it was before the trial."""
        if self.trial is not None:
            self._end_trial()
            self.changed.emit()

    def _end_trial(self) -> None:
        if self.trial is not None:
            self.trial = None
            self.tried.emit()

    def _say(self, words: Text) -> None:
        self._page.around.say(words)
