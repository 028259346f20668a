"""Names of actions as the file keeps them: the sentence and its values, said in any language."""

import json
from collections.abc import Mapping
from string import Formatter
from typing import Any

from kamdesk.core.wording import Text


def name_columns(name: Text) -> tuple[str, str | None, str]:
    """Return an action's name as it is stored: source, plural, values as JSON."""
    return name.source, name.plural, json.dumps(_stored(name.values), ensure_ascii=False)


def read_name(source: str, plural: str | None, values: str) -> Text:
    """Return the name of an action as it was given."""
    return Text.again(source, plural, _read(json.loads(values)))


def name_to_send(name: Text) -> str:
    """Return a name as others may read it: numbers and our own texts, no customer's words."""
    return json.dumps(_stored_value(_discreet(name)), ensure_ascii=False)


def name_from_afar(sent: str) -> Text:
    """Return a name as another file sent it; a plain one for what cannot be said here."""
    try:
        name = _read_value(json.loads(sent))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        name = None
    return name if isinstance(name, Text) and _sayable(name) else Text("Change")


def _sayable(value: object) -> bool:
    """True when a name asks for its own values and nothing else: no attributes, no widths."""
    if isinstance(value, tuple):
        return all(_sayable(part) for part in value)
    if not isinstance(value, Text):
        return True
    sources = (value.source, "" if value.plural is None else value.plural)
    if not value.source or not all(isinstance(source, str) for source in sources):
        return False
    try:
        places = [place for source in sources for place in Formatter().parse(source)]
    except ValueError:
        return False
    return all(
        name is None or (name in value.values and not spec and not conversion)
        for _, name, spec, conversion in places
    ) and all(_sayable(part) for part in value.values.values())


def _discreet(value: object) -> object:
    if isinstance(value, Text):
        kept = {key: _discreet(part) for key, part in value.values.items()}
        return Text.again(value.source, value.plural, kept)
    if isinstance(value, tuple | list):
        return [_discreet(part) for part in value]
    return value if isinstance(value, int) else "…"


def _stored(values: Mapping[str, object]) -> dict[str, object]:
    return {key: _stored_value(value) for key, value in values.items()}


def _stored_value(value: object) -> object:
    if isinstance(value, Text):
        return {
            "source": value.source,
            "plural": value.plural,
            "values": _stored(value.values),
        }
    if isinstance(value, tuple | list):
        return [_stored_value(part) for part in value]
    return value if isinstance(value, str | int) else str(value)


def _read(values: dict[str, Any]) -> dict[str, object]:
    return {key: _read_value(value) for key, value in values.items()}


def _read_value(value: Any) -> object:
    if isinstance(value, dict):
        return Text.again(value["source"], value["plural"], _read(value["values"]))
    return tuple(_read_value(part) for part in value) if isinstance(value, list) else value
