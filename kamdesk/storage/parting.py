"""Which scopes the cells of a record belong to, and what may not be written about the erased."""

from collections.abc import Mapping
from typing import Any

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import HOUSE, LOCAL, Audience, CellValue, Kind
from kamdesk.storage.database import Row
from kamdesk.storage.fold import Verb
from kamdesk.storage.ops import HOUSE_SCOPE, LOCAL_SCOPE, Scope, account_scope
from kamdesk.storage.scrubbing import names_any


def scopes_of(
    kind: Kind, record: Id, values: Row | Mapping[str, CellValue] | None
) -> Mapping[Audience, Scope]:
    """Return the scope of a record's cells for each audience, by the ``values`` it has."""
    if kind.scope_of == HOUSE:
        return dict.fromkeys(Audience, HOUSE_SCOPE)
    if kind.scope_of == LOCAL or is_kept(kind, values):
        return dict.fromkeys(Audience, LOCAL_SCOPE)
    account: Any = None
    if kind.scope_of == "id":
        account = record
    elif values is not None:
        account = values[kind.scope_of]
    return {audience: account_scope(account, audience) for audience in Audience}


def is_kept(kind: Kind, values: Row | Mapping[str, CellValue] | None) -> bool:
    """True where a record is marked to stay on this computer."""
    return bool(kind.kept_by and values is not None and values[kind.kept_by])


def goes_elsewhere(kind: Kind, row: Row, cells: Mapping[str, CellValue]) -> bool:
    """True where writing these cells takes a record to other readers: an account's, or nobody."""
    if kind.scope_of in cells and row[kind.scope_of] != cells[kind.scope_of]:
        return True
    return kind.kept_by in cells and is_kept(kind, row) != bool(cells[kind.kept_by])


def fits(kind: Kind, record: bytes, scope: Scope, verb: int, cells: Mapping[str, Any]) -> bool:
    """True when what an op says may be said in its scope.

    Else whoever may write to one account, or what partners read, would decide what all others see.
    """
    if kind.scope_of in (HOUSE, LOCAL):
        return kind.scope_of == HOUSE and scope == HOUSE_SCOPE
    if kind.kept_by and kind.kept_by in cells:  # what stays on a computer nobody says to another
        return False
    if scope.account is None or (kind.scope_of == "id" and record != scope.account):
        return False
    said = cells.get(kind.scope_of) if verb in (Verb.SET, Verb.RESOLVE) else None
    if said is not None and said != scope.account:
        return False
    return scope.audience != Audience.PARTNER or all(
        kind.by_name[name].audience is Audience.PARTNER for name in cells if name in kind.by_name
    )


def refuse_erased(
    kind: Kind, record: Id, cells: Mapping[str, Any], erased: frozenset[bytes]
) -> None:
    """Raise ``RuleBroken`` for what would bring an erased person back."""
    outlives = bool(kind.outlives) and all(name in kind.outlives for name in cells)
    if (record in erased and not outlives) or names_any(cells.values(), erased):
        raise RuleBroken(
            Text(
                "Somebody this would write about was erased from the file. Close the page and"
                " open it anew."
            )
        )


def parted(
    kind: Kind, cells: dict[str, Any], scopes: Mapping[Audience, Scope]
) -> list[tuple[Scope, dict[str, Any]]]:
    """Return the cells by the scope they belong to; all in one when the kind has one audience.

    What stays on this computer comes first: the log lets nothing leave that was written before it.
    """
    parts: dict[Scope, dict[str, Any]] = {}
    for name, value in cells.items():
        cell = kind.by_name.get(name)
        scope = scopes[cell.audience if cell else Audience.INTERNAL]
        parts.setdefault(LOCAL_SCOPE if name == kind.kept_by else scope, {})[name] = value
    first_here = sorted(parts.items(), key=lambda part: part[0] != LOCAL_SCOPE)
    return first_here or [(scopes[Audience.INTERNAL], {})]


def as_written(kind: Kind, name: str, value: CellValue) -> CellValue:
    """Return the value as the log always writes it: a group that says nothing in all its parts."""
    cell = kind.by_name.get(name)
    return (
        (None,) * len(cell.columns) if cell and value is None and len(cell.columns) > 1 else value
    )
