"""Actions and ops of the log as lines of a bundle, and such lines as what to store."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from kamdesk.core.wording import Text
from kamdesk.storage.carrying import StoredAction, StoredOp
from kamdesk.storage.catalogue import HOUSE, LOCAL, Audience, Cell
from kamdesk.storage.fold import Verb
from kamdesk.storage.naming import name_columns, name_from_afar
from kamdesk.storage.ops import Scope
from kamdesk.transfer.bundle.form import Object, Unfit
from kamdesk.transfer.bundle.values import KindForm, from_hex, loose, moment, text, tight, whole

Forms = Mapping[str, KindForm]
"""How values are written, by kind."""

_VERBS: Final = {int(verb): verb.name.lower() for verb in Verb}
_NUMBERS: Final = {word: number for number, word in _VERBS.items()}
_AUDIENCES: Final = frozenset({HOUSE, LOCAL, "private", *(one.value for one in Audience)})
_OF_ACTION: Final = frozenset(
    ("action", "name", "plural", "values", "at", "by", "ops", "undoes", "redoes")
)
_NUMBERED: Final = ("dev", "dseq", "ctx", "seq")
_OF_OP: Final = frozenset(
    ("op", "action", "at", "account", "audience", "kind", "record", "verb", "cells", *_NUMBERED)
)


def action_line(action: StoredAction) -> Object:
    """Return an action of the log."""
    line: Object = {"action": action.id, "name": action.name}
    if action.plural is not None:
        line["plural"] = action.plural
    if (values := json.loads(action.said)) != {}:
        line["values"] = values
    line["at"] = action.at
    if action.by is not None:
        line["by"] = action.by.hex()
    if action.first_lid is not None:
        line["ops"] = [action.first_lid, action.last_lid]
    for name, other in (("undoes", action.undoes), ("redoes", action.redoes)):
        if other is not None:
            line[name] = other
    return line


def op_line(forms: Forms, op: StoredOp) -> Object:
    """Return an op of the log."""
    line: Object = {"op": op.lid, "action": op.action, "at": _written(op.wall)}
    if op.scope.account is not None:
        line["account"] = op.scope.account.hex()
    line["audience"] = op.scope.audience
    line["kind"], line["record"] = op.kind, op.record.hex()
    line["verb"] = _VERBS.get(op.verb, op.verb)
    form = forms.get(op.kind)
    line["cells"] = {
        name: loose(value) if form is None or cell is None else form.write(cell, value)
        for name, value in op.cells.items()
        for cell in (_cell(form, name, op.verb),)
    }
    for name, number in zip(_NUMBERED, (op.dev, op.dseq, op.ctx, op.seq), strict=True):
        if number:
            line[name] = number
    return line


def take_action(line: Object) -> StoredAction:
    """Return the action of a line. Raises ``Unfit``."""
    _refuse_others(line, _OF_ACTION)
    said = {"source": line.get("name"), "plural": line.get("plural")}
    name = name_from_afar(json.dumps(_cleaned({**said, "values": line.get("values", {})})))
    first, last = _range(line["ops"]) if "ops" in line else (None, None)
    return StoredAction(
        whole(line["action"], least=1),
        *name_columns(name),
        str(moment(line.get("at"))),
        _maybe(from_hex, line.get("by")),
        first,
        last,
        _maybe(whole, line.get("undoes")),
        _maybe(whole, line.get("redoes")),
    )


def take_op(forms: Forms, line: Object) -> StoredOp:
    """Return the op of a line. Raises ``Unfit``."""
    _refuse_others(line, _OF_OP)
    cells = line.get("cells")
    if not isinstance(cells, dict):
        raise Unfit(Text("it has no cells."))
    kind, verb = text(line.get("kind")), _verb(line.get("verb"))
    form = forms.get(kind)
    taken = {
        text(name): tight(value) if form is None or cell is None else form.take(cell, value)
        for name, value in cells.items()
        for cell in (_cell(form, name, verb),)
    }
    audience = text(line.get("audience"))
    if audience not in _AUDIENCES:
        raise _means_nothing(audience)
    return StoredOp(
        whole(line["op"], least=1),
        whole(line.get("action")),
        whole(line.get("dev", 0)),
        _maybe(whole, line.get("dseq")),
        whole(line.get("ctx", 0)),
        _read(text(line.get("at"))),
        Scope(_maybe(from_hex, line.get("account")), audience),
        kind,
        from_hex(line.get("record")),
        verb,
        taken,
        _maybe(whole, line.get("seq")),
    )


def _cell(form: KindForm | None, name: str, verb: int) -> Cell | None:
    """Return a cell known here, if this verb writes such cells."""
    cell = form.kind.by_name.get(name) if form else None
    fits = cell is not None and bool(cell.columns) is (verb not in (Verb.LINK, Verb.UNLINK))
    return cell if fits else None


@lru_cache(maxsize=64)
def _written(wall: int) -> str:
    at = datetime.fromtimestamp(wall // 1000, UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{wall % 1000:03d}Z"


@lru_cache(maxsize=64)
def _read(at: str) -> int:
    return moment(at).ms


def _verb(word: Any) -> int:
    if isinstance(word, str) and word in _NUMBERS:
        return _NUMBERS[word]
    if type(word) is int and 0 < word < 256 and word not in _VERBS:  # a newer program's
        return word
    raise _means_nothing(word)


def _range(ops: Any) -> tuple[int, int]:
    if isinstance(ops, list) and len(ops) == 2:
        first, last = whole(ops[0], least=1), whole(ops[1])
        if last >= first - 1:
            return first, last
    raise Unfit(Text("“ops” names the first and the last one."))


def _maybe(take: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else take(value)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        return [_cleaned(part) for part in value]
    if isinstance(value, dict):
        return {text(key): _cleaned(part) for key, part in value.items()}
    return value


def _refuse_others(line: Object, known: frozenset[str]) -> None:
    if others := sorted(line.keys() - known):
        names = [text(other)[:40] for other in others[:5]]
        raise Unfit(Text("it holds what does not belong there: {names}", names=names))


def _means_nothing(value: Any) -> Unfit:
    return Unfit(Text("“{value}” means nothing here.", value=str(value)[:40]))
