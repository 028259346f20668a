"""Which functions of the program write, by its source; and which did, while verbs were run."""

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Final

from kamdesk.storage.storage import Storage

ROOT: Final = Path(__file__).parents[2]
ROADS: Final = {"change", "transaction", "remember", "start_undo_here"}
"""The ways of ``Storage`` by which anything is written."""


@cache
def writers() -> frozenset[str]:
    """Return the public functions that write by ``Storage``, as ``module:Class.function``.

    A function writes that calls one of the roads of a storage, or a function of its own module
    that does.
    """
    found: set[str] = set()
    for path in sorted((ROOT / "kamdesk").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        calls = dict(_calls(ast.parse(path.read_text("utf-8")), ""))
        writing = {name for name, (direct, _) in calls.items() if direct}
        while more := {n for n, (_, other) in calls.items() if other & writing} - writing:
            writing |= more
        found |= {f"{module}:{name}" for name in writing if not _private(name)}
    return frozenset(found - {f"kamdesk.storage.storage:Storage.{road}" for road in ROADS})


@contextmanager
def ran() -> Iterator[set[str]]:
    """Give the functions of the program that stood above a transaction while this was open."""
    seen: set[str] = set()
    before = Storage.transaction

    def watched(storage: Storage) -> object:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            module = frame.f_globals.get("__name__", "")
            if module.startswith("kamdesk."):
                seen.add(f"{module}:{frame.f_code.co_qualname}")
            frame = frame.f_back
        return before(storage)

    Storage.transaction = watched  # type: ignore[assignment,method-assign]
    try:
        yield seen
    finally:
        Storage.transaction = before  # type: ignore[method-assign]


def _private(name: str) -> bool:
    return any(part.startswith("_") for part in name.split("."))


def _calls(node: ast.AST, within: str) -> Iterator[tuple[str, tuple[bool, set[str]]]]:
    """Yield each function with whether it writes itself, and what of its module it calls."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _calls(child, f"{within}{child.name}.")
        elif isinstance(child, ast.FunctionDef):
            named = [one.func for one in ast.walk(child) if isinstance(one, ast.Call)]
            yield (
                f"{within}{child.name}",
                (
                    any(_is_road(one) for one in named),
                    {called for one in named if (called := _own(one, within))},
                ),
            )


def _is_road(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute) or called.attr not in ROADS:
        return False
    holder = called.value
    name = holder.attr if isinstance(holder, ast.Attribute) else getattr(holder, "id", "")
    return name in {"storage", "_storage"}


def _own(called: ast.expr, within: str) -> str:
    if isinstance(called, ast.Name):
        return called.id
    if isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "self":
        return f"{within}{called.attr}"
    return ""
