"""What a user does with phases, tasks, absences and patterns: steps of the matrix of faults."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from support.faults_seed import ACCOUNT, DAY, an_id

from kamdesk.domain.lifecycle.phase import Phase
from kamdesk.domain.lifecycle.service import Lifecycle
from kamdesk.domain.lifecycle.task import EvidenceSort, Task
from kamdesk.domain.patterns.model import Pattern, PatternStop
from kamdesk.domain.patterns.service import Patterns
from kamdesk.domain.working_days.absence import Absence
from kamdesk.domain.working_days.calendar import YearList
from kamdesk.domain.working_days.service import WorkingDays
from kamdesk.dossier.lifecycle import set_phase
from kamdesk.dossier.patterns import apply
from kamdesk.storage.storage import Storage

TASK: Final = Task.at(ACCOUNT.id, "kickoff")
AWAY: Final = Absence(id=an_id(930), first=DAY, last=DAY, words="培训。" * 30)  # type: ignore[arg-type]
ROUND: Final = Pattern(id=an_id(931), name="苏州一圈", weeks=2)  # type: ignore[arg-type]
STOP: Final = PatternStop(id=an_id(932), pattern=ROUND.id, account=ACCOUNT.id)
LIST: Final = YearList(
    year=2031, off={date(2031, 1, 1) + timedelta(days=n): "元旦" for n in range(6)}
)
_MONDAY: Final = DAY + timedelta(days=364)


def begin(s: Storage) -> None:
    """Tick a task, be away, take a list in, make a pattern."""
    Lifecycle(s).say_done(TASK, seen=s.position())
    WorkingDays(s).add(AWAY)
    WorkingDays(s).take_lists([LIST])
    Patterns(s).make(ROUND, [STOP])


STEPS: Final[dict[str, Callable[[Storage], object]]] = {
    "tick a task": lambda s: Lifecycle(s).say_done(
        Task.at(ACCOUNT.id, "thanks"), seen=s.position()
    ),
    "show a task done": lambda s: Lifecycle(s).show(
        TASK, EvidenceSort.WORDS, words="纪要。" * 60, seen=s.position()
    ),
    "take a task off": lambda s: Lifecycle(s).not_needed(TASK, "对方自办", seen=s.position()),
    "open a task again": lambda s: Lifecycle(s).open_again(TASK, seen=s.position()),
    "set the phase": lambda s: set_phase(
        s, ACCOUNT.id, Phase.LOST, "换了供应商。" * 40, seen=s.position()
    ),
    "take in a holiday list": lambda s: WorkingDays(s).take_lists(
        [
            replace(
                LIST,
                year=2032,
                off={day.replace(year=2032): name for day, name in LIST.off.items()},
            )
        ]
    ),
    "drop a holiday list": lambda s: WorkingDays(s).drop_list(LIST.year),
    "add an absence": lambda s: WorkingDays(s).add(replace(AWAY, id=an_id(933))),  # type: ignore[arg-type]
    "change an absence": lambda s: WorkingDays(s).change(
        replace(AWAY, words="休假。" * 30), base=AWAY, seen=s.position()
    ),
    "delete an absence": lambda s: WorkingDays(s).drop(AWAY.id),
    "make a pattern": lambda s: Patterns(s).make(
        replace(ROUND, id=an_id(934)),  # type: ignore[arg-type]
        [replace(STOP, id=an_id(935), pattern=an_id(934))],  # type: ignore[arg-type]
    ),
    "change a pattern": lambda s: Patterns(s).change(
        replace(ROUND, name="无锡一圈"), base=ROUND, seen=s.position()
    ),
    "delete a pattern": lambda s: Patterns(s).drop(ROUND),
    "add a visit to a pattern": lambda s: Patterns(s).add_stop(replace(STOP, id=an_id(936))),
    "change a visit of a pattern": lambda s: Patterns(s).change_stop(
        replace(STOP, week=2), base=STOP, seen=s.position()
    ),
    "take a visit out of a pattern": lambda s: Patterns(s).drop_stop(STOP.id),
    "lay out a pattern": lambda s: apply(s, ROUND, _MONDAY, 1, None),
}
"""What is done about the phase of a customer, time off and patterns."""
