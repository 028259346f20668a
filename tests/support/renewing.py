"""A process that renews the key of a workspace, to be killed while it does.

Arguments: folder, file of the keyring, passphrase, new recovery code, ``late`` to break the road.
"""

import sys
import time
from pathlib import Path
from typing import Any

from support.faults_workspace import CHEAP
from support.file_ring import FileRing

from kamdesk.storage import key_change
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.rekeying import renew_key


def wraps_afterwards() -> None:
    """Break the road: the new key files are written only once the new key counts."""
    prepare, complete = key_change.prepare, key_change.complete
    waiting: list[tuple[Any, ...]] = []
    key_change.prepare = lambda *files: waiting.append(files)

    def late(folder: Path) -> None:
        while waiting:
            files = waiting.pop()  # before it is written: that settles, and settling ends here
            print("switched", flush=True)
            time.sleep(0.05)
            prepare(*files)
        complete(folder)

    key_change.complete = late


if __name__ == "__main__":
    folder, ring, passphrase, code, *late = sys.argv[1:]
    if late:
        wraps_afterwards()
    print("go", flush=True)
    keys = KeyRing(FileRing(Path(ring)))
    renew_key(Path(folder), passphrase=passphrase, code=code, keys=keys, cost=CHEAP)
    print("done", flush=True)
