"""The program: the child that reads foreign files, the window, or a command."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def main() -> None:
    """Do what the arguments ask for, and leave with a status."""
    if sys.argv[1:2] == ["--parse"]:
        from kamdesk.transfer.child import main as read

        read(sys.argv[2:])
        return
    from kamdesk.cli.program import run
    from kamdesk.cli.session import Session

    sys.exit(run(sys.argv[1:], Session(open_window=_open_window)))


def _open_window(workspace: "Path", passphrase: str) -> int:
    from importlib import import_module

    status: int = import_module("kamdesk.desktop.program").run_window(workspace, passphrase)
    return status


if __name__ == "__main__":
    main()
