"""What the hub writes down about its own running: a line of JSON each, never a customer's word."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any, Final, TextIO

from kamdesk.logs import redact

_log: Final = logging.getLogger("kamdesk.hub")
_PLAIN: Final = re.compile(r"[a-zA-Z0-9_./:{}-]{1,60}")
WITHHELD: Final = "…"


class Lines(logging.Formatter):
    """One JSON object a line: when, how grave, whose, what, and its facts."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what might be somebody's words is left out."""
        facts: dict[str, Any] = getattr(record, "facts", {})
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "of": record.name,
            "said": record.msg,
            **{name: _kept(value) for name, value in facts.items()},
        }
        return json.dumps(said, ensure_ascii=True, separators=(",", ":"))


def start(stream: TextIO | None = None) -> logging.Handler:
    """Let the whole process write its journal to a stream (stderr); return the handler."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(redact)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    _log.setLevel(logging.INFO)
    return handler


def answered(**facts: float | str | None) -> None:
    """Note that a request was answered: route, status, milliseconds, numbers."""
    _log.info("answered", extra={"facts": facts})


def broke(error: BaseException, **facts: float | str | None) -> None:
    """Note a bug or a database that failed: its kind and its way through our code, no message."""
    _log.error("broke", exc_info=error, extra={"facts": facts})


def noted(said: str, **facts: float | str | None) -> None:
    """Note something else, in words of our own."""
    _log.info(said, extra={"facts": facts})


def _kept(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return value if isinstance(value, str) and _PLAIN.fullmatch(value) else WITHHELD
