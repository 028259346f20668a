"""What a workbench is asked: by whom, where the answer goes, which form waits for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from PySide6.QtCore import QObject

from kamdesk.core.errors import Refusal
from kamdesk.desktop.jobs import Job

Failed = Callable[[Refusal], object]


class Form(Protocol):
    """What is typed in and saved; while it is being saved it takes nothing."""

    def wait(self, waiting: bool) -> object:
        """Take no typing and no pressing, or take it again."""
        ...


@dataclass(slots=True)
class Errand:
    """What was asked, by whom, and where the answer goes; lives on the window's thread only."""

    owner: QObject | None
    work: Callable[[Any], Any]
    then: Callable[[Any], object] | None
    failed: Failed | None
    key: str = ""
    job: Job | None = None
    writes: bool = False
    form: Form | None = None
    later: "Errand | None" = None
    """The same form saved again meanwhile: it counts only if the disk refuses this one."""


class Crash(str):
    """The trace of a bug, for the terminal; ``found`` is what of it anybody may read.

    Only words are kept: the error itself holds what its frames hold, pages of the window too.
    """

    __slots__ = ("found",)
    found: tuple[str, ...]

    @classmethod
    def of(cls, error: BaseException) -> "Crash":
        """Return the crash that ``error`` is."""
        import traceback

        from kamdesk.logs import redacted

        made = cls("".join(traceback.format_exception(error)))
        made.found = tuple(redacted(error))
        return made


class Outcome(NamedTuple):
    """What came of an errand: an answer, a refusal, or a bug."""

    answer: Any = None
    refusal: Refusal | None = None
    crash: Crash | None = None
    seen: object = None
