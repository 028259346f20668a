"""A day of saves on one open workspace, each acknowledged: what a loss of power may not take."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from support.faults_seed import ACCOUNT, seed, storage_on
from support.faults_trials import Arm, InWorkspace, Tell, broken, dump

from kamdesk.core.errors import StorageTrouble
from kamdesk.domain.accounts.service import Accounts
from kamdesk.storage.database import DatabaseError
from kamdesk.storage.storage import Storage

SAVES: Final = 70
"""So many that SQLite twice moves its log into the file on its own."""


class Day(InWorkspace):
    """Saves of one form, one after the other; the controls wait for the disk less."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder, name)
        with closing(self.opened(self.template)) as opened:
            seed(storage_on(opened, chance=6))
        self.fresh()
        with closing(self.opened()) as opened:
            storage = storage_on(opened)
            self.states = [_state(storage)]
            for number in range(SAVES):
                _save(storage, number)
                self.states.append(_state(storage))

    def act(self, arm: Arm, tell: Tell, *, control: str) -> None:
        opened = self.opened()
        if control:
            opened.connection.execute(f"PRAGMA synchronous = {control}")
        storage = storage_on(opened)
        arm()
        for number in range(SAVES):
            _save(storage, number)
            tell("saved")
        opened.close()

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        saved = list(said).count("saved")
        try:
            with closing(self.opened()) as opened:
                storage = storage_on(opened)
                state = _state(storage)
                there = self.states.index(state) if state in self.states else None
                if there is None:
                    yield "half: as after none of the saves"
                elif there < saved:
                    yield f"lost: {saved - there} of {saved} saves"
                yield from broken(storage)
        except (StorageTrouble, DatabaseError) as trouble:
            yield f"broken: {trouble}"


def _save(storage: Storage, number: int) -> None:
    accounts = Accounts(storage)
    base = accounts.ask.get(ACCOUNT.id)
    changed = replace(base, note=f"第 {number} 次。" + "他们认可算法，要求说明阈值来源。" * 600)
    accounts.change(changed, base=base, seen=storage.position())


def _state(storage: Storage) -> str:
    return hashlib.sha256(repr(dump(storage)).encode()).hexdigest()
