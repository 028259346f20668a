"""The written form of a mapping: read strictly from TOML, and written out again to be kept."""

import json
import re
import tomllib
from collections.abc import Callable, Container
from collections.abc import Mapping as Dict
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.transfer.fields import OWN, ImportKind, is_field
from kamdesk.transfer.mapping import Column, Mapping
from kamdesk.transfer.table import Headings
from kamdesk.transfer.vocabulary import unit_in

LONGEST: Final = 65_536
"""Characters of a mapping; a thousand columns need half of it."""

_KEYLESS: Final = (ImportKind.VISITS,)
"""What is known by what its rows say where no column holds a key."""

_KNOWN: Final = ("kind", "source", "key", "ignore", "columns", "values", "units", "day_first")


def read_map(
    text: str,
    headings: Headings,
    *,
    own: Callable[[ImportKind], Container[str]] | None = None,
) -> Mapping:
    """Return the mapping that TOML ``text`` gives for a file with these ``headings``.

    Columns it does not name are left over. ``own`` gives the names of the own fields there are;
    without it any may be named, and what is not there any more is left over. Raises
    ``RuleBroken`` naming line or key.
    """
    if len(text) > LONGEST:
        raise RuleBroken(Text("The mapping file has more than {most} characters.", most=LONGEST))
    try:
        said = tomllib.loads(text)
    except (ValueError, RecursionError) as odd:  # also lists without end and numbers beyond number
        at = re.search(r"at line (\d+)", str(odd))
        line = int(at.group(1)) if at else text.count("\n") + 1
        raise RuleBroken(
            Text(
                "Mapping file, line {line}: {reason}",
                line=line,
                reason=Text("This is not written as TOML."),
            )
        ) from None
    for name in said:
        if name not in _KNOWN:
            raise _wrong(text, name, Text("“{key}” is not known here.", key=name))
    kind = _kind(text, said)
    wanted, values = _words(text, said, "columns"), _words(text, said, "values")
    units = _words(text, said, "units")
    ignored, day_first = _list(text, said, "ignore"), _list(text, said, "day_first")
    source, key = _word(text, said, "source"), _word(text, said, "key")
    for heading, name in (*wanted.items(), *((name, name) for name in values)):
        gone = own is not None and name.startswith(OWN) and name not in own(kind)
        if gone or not is_field(kind, name):
            raise _wrong(text, heading, Text("There is no field “{field}”.", field=name))
    for heading in (*wanted, *units, *ignored, *day_first, *([key] if key else ())):
        if heading not in headings.names:
            raise _wrong(
                text, heading, Text("The file has no column “{heading}”.", heading=heading)
            )
    doubled = {name for name in wanted.values() if list(wanted.values()).count(name) > 1}
    if doubled:
        name = min(doubled)
        raise _wrong(text, name, Text("Two columns go into the field “{field}”.", field=name))
    by_column = next((one for one, name in wanted.items() if name == "source_key"), "")
    if key and by_column and key != by_column:
        raise _wrong(
            text, key, Text("Two columns go into the field “{field}”.", field="source_key")
        )
    return Mapping(
        kind=kind,
        source=source
        or (f"list:{headings.fingerprint}" if key or by_column or kind in _KEYLESS else ""),
        key=key or by_column,
        values=MappingProxyType(values),
        ignored=frozenset(ignored),
        columns=tuple(
            Column(
                heading=heading,
                field=wanted.get(heading),
                certainty=1.0 if heading in wanted else 0.0,
                why=Text("The mapping file says so."),
                unit=units.get(heading, unit_in(heading)),
                day_first=heading in day_first,
            )
            for heading in headings.names
        ),
    ).checked()


def write_map(mapping: Mapping) -> str:
    """Return ``mapping`` as TOML that ``read_map`` reads back."""
    lines = [f"kind = {_quoted(mapping.kind.value)}"]
    for name, word in (("source", mapping.source), ("key", mapping.key)):
        if word:
            lines.append(f"{name} = {_quoted(word)}")
    day_first = [one.heading for one in mapping.columns if one.day_first]
    for name, words in (("ignore", sorted(mapping.ignored)), ("day_first", day_first)):
        if words:
            lines.append(f"{name} = [{', '.join(map(_quoted, words))}]")
    tables: tuple[tuple[str, Dict[str, str]], ...] = (
        ("columns", {one.heading: one.field for one in mapping.columns if one.field}),
        ("units", {one.heading: one.unit for one in mapping.columns if one.unit}),
        ("values", mapping.values),
    )
    for name, table in tables:
        if table:
            lines += ["", f"[{name}]"]
            lines += [f"{_quoted(key)} = {_quoted(word)}" for key, word in table.items()]
    return "\n".join(lines) + "\n"


def fitted(mapping: Mapping, headings: Headings) -> Mapping:
    """Return a remembered mapping for a file whose columns may stand in another order."""
    known = {one.heading: one for one in mapping.columns}
    columns = tuple(known.get(name, Column(heading=name)) for name in headings.names)
    return replace(mapping, columns=columns)


def _kind(text: str, said: Dict[str, object]) -> ImportKind:
    word = _word(text, said, "kind")
    try:
        return ImportKind(word)
    except ValueError:
        raise _wrong(text, "kind", Text('Say kind = "accounts", "people" or "visits".')) from None


def _word(text: str, said: Dict[str, object], name: str) -> str:
    word = said.get(name, "")
    if not isinstance(word, str):
        raise _wrong(text, name, Text("“{key}” takes one text in quotes.", key=name))
    return word


def _list(text: str, said: Dict[str, object], name: str) -> list[str]:
    words = said.get(name, [])
    if not (isinstance(words, list) and all(isinstance(word, str) for word in words)):
        raise _wrong(text, name, Text("“{key}” takes a list of texts in brackets.", key=name))
    return words


def _words(text: str, said: Dict[str, object], name: str) -> dict[str, str]:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise _wrong(text, name, Text("“{key}” is a section: write [{key}].", key=name))
    for key, word in table.items():
        if not isinstance(word, str):
            raise _wrong(text, key, Text("“{key}” takes one text in quotes.", key=key))
    return table


def _wrong(text: str, word: str, reason: Text) -> RuleBroken:
    """Return the refusal with the line it is about, as far as that can be found."""
    for number, line in enumerate(text.splitlines(), 1):
        if word in line:
            return RuleBroken(
                Text("Mapping file, line {line}: {reason}", line=number, reason=reason), field=word
            )
    return RuleBroken(Text("Mapping file: {reason}", reason=reason), field=word)


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")
