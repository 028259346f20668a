"""What a user does about how often to meet: steps of the matrix of faults."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from support.faults_seed import ACCOUNT, DAY, an_id

from kamdesk.core.wording import Text
from kamdesk.domain.cadence.model import Agreement, Pause
from kamdesk.domain.cadence.service import Cadence
from kamdesk.domain.cadence.store import PAUSE
from kamdesk.storage.storage import Storage

MONTHLY: Final = Agreement(
    id=an_id(910),  # type: ignore[arg-type]
    account=ACCOUNT.id,
    every=30,
    since=date(2025, 1, 1),
    note="每月一次。" * 40,
)
QUIET: Final = Pause(
    id=an_id(911),  # type: ignore[arg-type]
    account=ACCOUNT.id,
    since=date(2025, 1, 1),
    until=DAY + timedelta(days=900),
    because="招标静默期",
)


def begin(s: Storage) -> None:
    """Agree on something, and pause."""
    Cadence(s).agree(MONTHLY)
    with s.change(Text("Pause contacts")) as change:
        change.put(PAUSE, QUIET)


STEPS: Final[dict[str, Callable[[Storage], object]]] = {
    "agree how often": lambda s: Cadence(s).agree(
        replace(MONTHLY, id=an_id(912), every=14)  # type: ignore[arg-type]
    ),
    "change an agreement": lambda s: Cadence(s).change(
        replace(MONTHLY, every=45, note="改过。" * 40), base=MONTHLY, seen=s.position()
    ),
    "end an agreement": lambda s: Cadence(s).end(MONTHLY.id, seen=s.position()),
    "pause contacts": lambda s: Cadence(s).pause(
        [ACCOUNT.id], until=DAY + timedelta(days=900), because="停产检修"
    ),
    "resume contacts": lambda s: Cadence(s).resume([ACCOUNT.id]),
    "leave customers to improve alone": lambda s: Cadence(s).ask_to_improve(False),
}
"""What is done where something was agreed and paused before."""
