"""What the window can do everywhere once its desk is open: given here, feature by feature."""

from functools import partial
from typing import TYPE_CHECKING, Any

from kamdesk.core.wording import Text
from kamdesk.desktop.debrief.log_key import give_log_key
from kamdesk.desktop.exchange.signs import ExchangeSigns, give_exchange_key
from kamdesk.desktop.finding.palette import open_palette
from kamdesk.desktop.lists import give_export_key
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.locking import Left
from kamdesk.desktop.opening.signs import LockSigns
from kamdesk.desktop.pages import Route
from kamdesk.desktop.papers.key import give_paper_key
from kamdesk.desktop.papers.shown_papers import clear_shown
from kamdesk.desktop.past.key import give_history_key
from kamdesk.desktop.rail_counts import RailCounts
from kamdesk.desktop.safety.keeper import Keeper
from kamdesk.desktop.taking_back import give_undo_keys
from kamdesk.desktop.unfinished import offer_unfinished
from kamdesk.desktop.visits.new_key import give_new_visit_key
from kamdesk.desktop.workbench import Workbench

if TYPE_CHECKING:
    from kamdesk.desktop.program import Program
    from kamdesk.sync.leaving import Removed
    from kamdesk.workspace import Workspace


def give_actions(
    window: MainWindow[Any], bench: "Workbench[Workspace]", program: "Program"
) -> None:
    """Give a window its actions; once, though more desks may open behind it later."""
    if "undo" in {action.id for action in window.actions_here}:
        return
    is_first = len(program.application.windows) <= 1
    give_undo_keys(window, bench)
    give_log_key(window)
    give_history_key(window)
    give_new_visit_key(window)
    give_paper_key(window)
    give_export_key(window)
    window.search_wanted.connect(lambda: open_palette(window, bench))
    window.actions_here.add(
        "lock", Text("Lock now"), program.locking.lock, keys="Ctrl+L", icon="lock"
    )
    window.actions_here.add(
        "new_window",
        Text("New window"),
        lambda: program.open_another(Left.of(window)),
        keys="Ctrl+Shift+N",
        icon="app-window",
    )
    window.offer(
        window.actions_here.add(
            "room",
            Text("Presentation view"),
            lambda: program.presenting.begin(window),
            keys="F9",
            icon="eye",
        )
    )
    window.actions_here.add(
        "import",
        Text("Import a file"),
        lambda: window.go(Route("import")),
        keys="Ctrl+Shift+I",
        icon="upload",
    )
    window.actions_here.add(
        "add_person",
        Text("Add a person"),
        lambda: window.go(Route("people", None, "new")),
        keys="Ctrl+Shift+A",
        icon="user-plus",
    )
    LockSigns(window, program.application).wanted.connect(program.locking.lock)
    Keeper(window, bench)
    RailCounts(window, bench)
    if is_first:
        _exchange(bench, program)
    ExchangeSigns(window, bench)
    give_exchange_key(window, bench)
    if is_first:
        program.locking.quick.learn(bench)
        clear_shown(program.folder)  # a run that was cut off may have left some
        offer_unfinished(window, bench)


def _exchange(bench: "Workbench[Workspace]", program: "Program") -> None:
    """Exchange with the team's hub, where the workspace has joined one."""
    from kamdesk.desktop.exchanging import Exchanging, with_hub

    exchanging = Exchanging(bench, with_hub(lambda: program.keys))
    exchanging.crashed.connect(program.bugs.crashed_behind)
    exchanging.lease_over.connect(program.locking.lock)
    exchanging.removed.connect(partial(_show_out, program))
    exchanging.begin()


def _show_out(program: "Program", gone: "Removed") -> None:
    """Leave all pages, for what they show may be gone, and say so in each window."""
    from kamdesk.desktop.opening.hub_steps import OutOfTeamStep

    for window in program.application.windows:
        window.go(Route("today"))
        window.rebuild()
        step = OutOfTeamStep(gone)
        step.went_on.connect(window.show_page_anew)
        window.show_instead(step)
