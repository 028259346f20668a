"""The program: the child that reads foreign files, the window, or a command."""

import sys

TYPE_CHECKING = False  # typing itself would be imported before anything is caught
if TYPE_CHECKING:
    from pathlib import Path


def main() -> None:
    """Do what the arguments ask for, and leave with a status."""
    if sys.argv[1:2] == ["--parse"]:
        from kamdesk.transfer.child import main as read

        read(sys.argv[2:])
        return
    try:
        from kamdesk.cli.program import run
        from kamdesk.cli.session import Session

        status = run(sys.argv[1:], Session(open_window=_open_window))
    except KeyboardInterrupt:  # while still starting
        status = 130
    sys.exit(status)


def _open_window(workspace: "Path", passphrase: str) -> int:
    from importlib import import_module

    status: int = import_module("kamdesk.desktop.program").run_window(workspace, passphrase)
    return status


if __name__ == "__main__":
    main()
