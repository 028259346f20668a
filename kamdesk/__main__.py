"""The program: the child that reads foreign files, the window, or a command."""

import os
import sys

TYPE_CHECKING = False  # typing itself would be imported before anything is caught
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def main() -> None:
    """Do what the arguments ask for, and leave with a status."""
    if sys.argv[1:2] == ["--parse"]:
        from kamdesk.transfer.child import main as read

        read(sys.argv[2:])
        return
    from kamdesk.storage import core_dumps

    core_dumps.forbid()
    try:
        status = _command(_open_window) if sys.argv[1:] else _window()
    except KeyboardInterrupt:  # while still starting
        status = 130
    sys.exit(status)


def _window() -> int:
    """Open the window without the commands, whose import would delay its first picture."""
    import gc

    gc.disable()  # until the first picture; then ``desktop.sweeping`` searches
    try:
        from kamdesk.cli.places import has_screen, usual_workspace
        from kamdesk.settings import MachineSettings, config_folder

        if has_screen():
            workspace = usual_workspace(MachineSettings(config_folder()))
            return _open_window(workspace, os.environ.get("KAMDESK_PASSPHRASE", ""))
    except Exception as error:
        trouble = error  # said like any other trouble: one line and a note

        def refuse(_workspace: "Path", _passphrase: str) -> int:
            raise trouble

        return _command(refuse)
    finally:
        gc.enable()
    return _command(_open_window)


def _command(open_window: "Callable[[Path, str], int]") -> int:
    from kamdesk.cli.program import run
    from kamdesk.cli.session import Session

    return run(sys.argv[1:], Session(open_window=open_window))


def _open_window(workspace: "Path", passphrase: str) -> int:
    from kamdesk.desktop.program import run_window

    os.environ.pop("KAMDESK_PASSPHRASE", None)  # viewers and dialogs started from it inherit none
    return run_window(workspace, passphrase)


if __name__ == "__main__":
    main()
