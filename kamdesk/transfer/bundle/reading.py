"""A bundle as the desk sees it: lines handed over part by part by the limited child process."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.storage.carrying import STATE
from kamdesk.transfer.bundle import form
from kamdesk.transfer.bundle.form import Line, Object, Unfit
from kamdesk.transfer.bundle.values import day, from_hex, whole
from kamdesk.transfer.foreign import ForeignFile, Progress
from kamdesk.transfer.frames import BadFrame, unpack_text

_NOT_TO_BE_READ = Text("It broke the reader, so nothing of it was taken.")


class About(NamedTuple):
    """What a bundle says of itself: records by kind, what the workspace remembers, its parts.

    ``lacking`` are the digests of contents that were lost where it was written.
    """

    records: dict[str, int]
    state: dict[str, int | str | bytes]
    parts: frozenset[str]
    lacking: frozenset[bytes]

    @property
    def has_history(self) -> bool:
        """True when it can become a workspace, False when it only brings records."""
        return form.HISTORY in self.parts


class Batch(NamedTuple):
    """Some lines of one part, in order; or some bytes of what is in a file, ``ends`` the last."""

    part: str
    lines: list[Line]
    content: bytes | None = None
    ends: bool = False


class BundleFile(ForeignFile):
    """A bundle being read. Use it in a ``with``: leaving early ends the child."""

    def __init__(
        self,
        path: Path,
        *,
        history: bool = True,
        progress: Progress | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """``history``: whether the log is wanted, which is most of a bundle."""
        size = path.stat().st_size if path.is_file() else 0
        super().__init__(path, progress=progress, stopped=stopped, limits=form.limits_for(size))
        self._wishes = [f"bundle={history:d}"]
        self._left = self._limits.wall

    def __enter__(self) -> "BundleFile":
        super().__enter__()
        return self

    def open(self) -> About:
        """Return what the bundle is. Raises ``RuleBroken`` for one that is none, or newer."""
        frame = self._next()
        try:
            if frame is None:
                raise BadFrame("nothing")
            return _about(frame)
        except BadFrame:
            raise self.refusal(_NOT_TO_BE_READ) from None
        except Unfit as unfit:
            raise self.refusal(form.at_line(form.ABOUT, 1, unfit.said)) from None

    def lines(self) -> Iterator[Batch]:
        """Yield the lines part by part. Raises ``RuleBroken`` naming the file, or ``Cancelled``."""
        while (frame := self._next()) is not None:
            try:
                batch = _batch(frame)
            except BadFrame:
                raise self.refusal(_NOT_TO_BE_READ) from None
            self.rows_read += len(batch.lines)
            if self._progress is not None:
                read = frame.get("read")
                self._progress(self.rows_read, read if isinstance(read, int) else 0, self._size)
            yield batch

    def refusal(self, reason: Text) -> RuleBroken:
        """Return the refusal of this file; the child is ended."""
        self._end()
        return self._refusal(reason)

    def _next(self) -> Object | None:
        waited = time.monotonic()
        frame = self._next_frame(self._left)
        self._left -= time.monotonic() - waited
        if frame is not None and "refused" in frame:
            try:
                said = unpack_text(frame["refused"])
            except BadFrame:
                said = _NOT_TO_BE_READ
            raise self.refusal(said)
        return frame


def _about(frame: Object) -> About:
    about, parts = frame.get("about"), frame.get("parts")
    if not isinstance(about, dict) or not isinstance(parts, list):
        raise BadFrame("about")
    version = about.get("kamdesk_bundle")
    if type(version) is not int or version < 1:
        raise Unfit(Text("it does not say which form it has."))
    if version > form.VERSION:
        raise Unfit(Text("a newer KamDesk wrote this bundle. Update KamDesk, then import it."))
    records, state = about.get("records", {}), about.get("state", {})
    if not isinstance(records, dict) or not isinstance(state, dict):
        raise Unfit(Text("“records” and “state” are objects."))
    lacking = about.get("lacking", [])
    if not isinstance(lacking, list):
        raise Unfit(Text("“lacking” is a list."))
    return About(
        {str(kind): whole(n) for kind, n in records.items()},
        {key: _state(key, value) for key, value in state.items() if key in STATE},
        frozenset(part for part in parts if isinstance(part, str)),
        frozenset(from_hex(digest, longest=None) for digest in lacking),
    )


def _state(key: str, value: object) -> int | str | bytes:
    if STATE[key] is bytes:
        return from_hex(value)
    return day(value) if STATE[key] is str else whole(value)


def _batch(frame: Object) -> Batch:
    part, sent = frame.get("part"), frame.get("lines")
    if isinstance(part, str) and form.digest_of(part) is not None:
        content = frame.get("content")
        if not isinstance(content, bytes):
            raise BadFrame("content")
        return Batch(part, [], content, frame.get("ends") is True)
    if not isinstance(part, str) or not form.belongs(part) or not isinstance(sent, list):
        raise BadFrame("part")
    lines = []
    for one in sent:
        if not (isinstance(one, list) and len(one) == 2):
            raise BadFrame("line")
        number, content = one
        if type(number) is not int or not isinstance(content, dict):
            raise BadFrame("line")
        lines.append(Line(number, content))
    return Batch(part, lines)
