"""A foreign file as the desk sees it: rows handed over in batches by the limited child process."""

import os
import queue
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Final, cast

from kamdesk.core.errors import Cancelled, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.transfer.child import FLAG, OUT_OF_MEMORY
from kamdesk.transfer.found import About, RawRow
from kamdesk.transfer.frames import BadFrame, read_frame, unpack_text
from kamdesk.transfer.limits import LIMITS, MIB, Limits

Progress = Callable[[int, int, int], None]
"""Told rows read, bytes read and bytes in all, after every batch."""

_FROM_SOURCE: Final = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from kamdesk.transfer.child import main; main()"
)
_KEPT_VARIABLES: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LANG")
_TICK: Final = 0.05


def command() -> list[str]:
    """Return what starts the reading child: this very program, or its source by Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    source = str(Path(__file__).resolve().parents[2])
    return [sys.executable, "-I", "-X", "utf8", "-c", _FROM_SOURCE, source]


class ForeignFile:
    """One file being read. Use it in a ``with``: leaving early ends the child.

    ``about`` is known once the first batch came, ``remarks`` grow while reading.
    """

    def __init__(
        self,
        path: Path,
        *,
        sheet: int | None = None,
        encoding: str = "",
        separator: str = "",
        progress: Progress | None = None,
        stopped: Callable[[], bool] = lambda: False,
        limits: Limits = LIMITS,
    ) -> None:
        """``sheet``, ``encoding`` and ``separator`` overrule the guesses.

        ``stopped`` is asked all the while; True ends the reading with ``Cancelled``.
        """
        self.path = path
        self.about: About | None = None
        self.remarks: list[Text] = []
        self.rows_read = self._cells_read = 0
        self._progress, self._stopped, self._limits = progress, stopped, limits
        self._wishes = _wishes(sheet, encoding, separator)
        self._child: subprocess.Popen[bytes] | None = None
        self._ended = False

    def __enter__(self) -> "ForeignFile":
        handle, self._size = _opened(self.path, self._limits)
        try:
            self._child = subprocess.Popen(  # noqa: S603  our own program, no word from outside
                [*command(), *self._wishes],
                stdin=handle,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        finally:
            os.close(handle)
        self._frames: queue.Queue[dict[str, object] | BadFrame | None] = queue.Queue(4)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def batches(self) -> Iterator[list[RawRow]]:
        """Yield the rows as they come; raises ``RuleBroken`` naming the file, or ``Cancelled``."""
        deadline = self._limits.wall
        while True:
            waited = time.monotonic()
            frame = self._next_frame(deadline)
            deadline -= time.monotonic() - waited
            if frame is None:
                return
            if rows := self._take(frame):
                self.rows_read += len(rows)
                self._cells_read += sum(len(row.cells) for row in rows)
                if self._cells_read > self._limits.cells:
                    self._end()
                    raise self._refusal(
                        Text("It has more than {most} cells.", most=self._limits.cells)
                    )
                if self._progress is not None:
                    read = frame.get("read")
                    self._progress(self.rows_read, read if isinstance(read, int) else 0, self._size)
                yield rows

    def _next_frame(self, deadline: float) -> dict[str, object] | None:
        """Return the next message; None after the last one."""
        until = time.monotonic() + deadline
        while True:
            if self._stopped():
                self._end()
                raise Cancelled
            try:
                frame = self._frames.get(timeout=_TICK)
            except queue.Empty:
                if time.monotonic() > until:
                    self._end()
                    raise self._refusal(_TOO_LONG) from None
                continue
            if isinstance(frame, dict):
                return None if frame.get("end") is True else frame
            status = self._end()
            raise self._refusal(_NOT_TO_BE_READ if frame is not None else _why(status))

    def _take(self, frame: dict[str, object]) -> list[RawRow]:
        try:
            if "rows" in frame:
                return _rows(frame["rows"], self._limits)
            if "refused" in frame:
                said = unpack_text(frame["refused"])
                self._end()
                raise self._refusal(said)
            if "remark" in frame:
                self.remarks.append(unpack_text(frame["remark"]))
            elif "format" in frame:
                self.about = _about(frame)
        except BadFrame:
            self._end()
            raise self._refusal(_NOT_TO_BE_READ) from None
        return []

    def _refusal(self, reason: Text) -> RuleBroken:
        return cannot_be_imported(self.path, reason)

    def _listen(self) -> None:
        stream = cast(BinaryIO, cast("subprocess.Popen[bytes]", self._child).stdout)
        while not self._ended:
            frame: dict[str, object] | BadFrame | None
            try:
                frame = read_frame(stream)
            except BadFrame as odd:
                frame = odd
            while not self._ended:
                try:
                    self._frames.put(frame, timeout=_TICK)
                    break
                except queue.Full:
                    continue
            if not isinstance(frame, dict):
                return

    def _end(self) -> int:
        """End the child if it lives and return how it ended."""
        child = self._child
        if child is None:
            return 0
        if not self._ended:
            try:
                child.wait(timeout=0.2 if self._frames.empty() else 0)
            except subprocess.TimeoutExpired:
                child.kill()
            self._ended = True
        status = child.wait()
        self._listener.join()
        cast(IO[bytes], child.stdout).close()
        return status


_TOO_LONG = Text("It takes longer to read than an honest file would.")
_TOO_BIG = Text("It needs more memory than an honest file would.")
_NOT_TO_BE_READ = Text("It broke the reader, so nothing of it was taken.")


def _why(status: int) -> Text:
    """Return why a child ended without a word, by its status."""
    if status == OUT_OF_MEMORY:
        return _TOO_BIG
    if sys.platform != "win32":
        import signal

        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            return _TOO_LONG
        if status == -signal.SIGABRT:
            return _TOO_BIG
    return _NOT_TO_BE_READ


def _wishes(sheet: int | None, encoding: str, separator: str) -> list[str]:
    wishes = [] if sheet is None else [f"sheet={sheet:d}"]
    if encoding:
        wishes.append(f"encoding={encoding}")
    if separator:
        if len(separator) != 1 or separator in '"\r\n':
            raise RuleBroken(
                Text("A separator is one character, and neither a quote nor a line end.")
            )
        wishes.append(f"separator={ord(separator)}")
    return wishes


def _opened(path: Path, limits: Limits) -> tuple[int, int]:
    """Open a plain file for reading, whatever its name now stands for; return handle and size."""
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    try:
        handle = os.open(path, flags)
    except FileNotFoundError:
        raise RuleBroken(Text("There is no file “{file}”.", file=str(path))) from None
    except (OSError, ValueError) as trouble:
        if path.is_symlink():
            raise cannot_be_imported(
                path, Text("It is a link. Choose the file it leads to.")
            ) from None
        if path.is_dir():
            raise cannot_be_imported(path, Text("It is a folder.")) from None
        if isinstance(trouble, PermissionError):
            raise cannot_be_imported(path, Text("You may not read it.")) from None
        raise cannot_be_imported(path, Text("The system cannot open it.")) from None
    found = os.fstat(handle)
    reason = None
    if stat.S_ISDIR(found.st_mode):
        reason = Text("It is a folder.")
    elif not stat.S_ISREG(found.st_mode):
        reason = Text("It is a device or a pipe, not a file.")
    elif found.st_size == 0:
        reason = Text("It is empty.")
    elif found.st_size > limits.inflated:
        reason = Text(
            "It has {size} MB; {most} MB is the most.",
            size=found.st_size // MIB,
            most=limits.inflated // MIB,
        )
    if reason is not None:
        os.close(handle)
        raise cannot_be_imported(path, reason)
    return handle, found.st_size


def cannot_be_imported(path: Path, reason: Text, *, field: str | None = None) -> RuleBroken:
    """Return the refusal of a file, with its name and the reason."""
    said = Text("“{file}” cannot be imported: {reason}", file=path.name, reason=reason)
    return RuleBroken(said, field=field)


def _about(frame: dict[str, object]) -> About:
    sheets = frame.get("sheets")
    return About(
        format=str(frame.get("format", ""))[:10],
        encoding=str(frame.get("encoding", ""))[:40],
        separator=str(frame.get("separator", ""))[:1],
        sheet=str(frame.get("sheet", ""))[:200],
        sheets=tuple(str(one)[:200] for one in sheets[:500]) if isinstance(sheets, list) else (),
    )


def _rows(sent: object, limits: Limits) -> list[RawRow]:
    """Return the rows of one message, none of them trusted."""
    if not isinstance(sent, list):
        raise BadFrame("rows")
    rows = []
    for one in sent:
        if not (isinstance(one, list) and len(one) == 3):
            raise BadFrame("row")
        number, cells, refused = one
        if not (isinstance(number, int) and _are_cells(cells, limits)):
            raise BadFrame("cells")
        rows.append(RawRow(number, cells, None if refused is None else unpack_text(refused)))
    return rows


def _are_cells(cells: object, limits: Limits) -> bool:
    return (
        isinstance(cells, list)
        and len(cells) <= limits.columns
        and all(isinstance(cell, str) and len(cell) <= limits.cell for cell in cells)
    )


def read_all(path: Path, **wishes: object) -> tuple[ForeignFile, list[RawRow]]:
    """Return a file and all its rows at once: for small things and for tests."""
    with ForeignFile(path, **wishes) as file:  # type: ignore[arg-type]
        return file, [row for batch in file.batches() for row in batch]
