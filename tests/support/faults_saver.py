"""A process that saves one visit after the other, and says of each when it was saved.

Takes the workspace's folder, a first number, and "early" to say it before it is true.
"""

import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from support.commands import PASSPHRASE

from kamdesk.cli.secret import keyring
from kamdesk.domain.visits.model import Fact, Visit, VisitState
from kamdesk.dossier.wrap_up import Debrief, wrap_up
from kamdesk.workspace import Workspace, open_workspace


def topic(number: int) -> str:
    """Return what the visit of a number is about."""
    return f"第 {number} 次"


def debrief(desk: Workspace, number: int) -> Debrief:
    """Return a debrief with two facts, to be saved as a whole."""
    account, now = desk.accounts.ask.everything()[0].id, desk.clock.now()
    visit: Visit = replace(
        desk.visits.new(account, now), topic=topic(number), state=VisitState.HELD
    )
    facts = tuple(
        Fact(id=desk.storage.new_id(), account=account, words=f"{topic(number)}：{n}", day=now.day)
        for n in (1, 2)
    )
    return Debrief(visit=visit, facts=facts)


def save_on(folder: Path, number: int, *, early: bool) -> None:
    """Save until the process is killed."""
    desk = open_workspace(folder, passphrase=lambda: PASSPHRASE, keys=keyring({}))
    while True:
        done = debrief(desk, number)
        if early:
            print(number, flush=True)
            time.sleep(0.02)
        wrap_up(desk.storage, done)
        if not early:
            print(number, flush=True)
        number += 1


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        save_on(Path(sys.argv[1]), int(sys.argv[2]), early="early" in sys.argv)
