"""Bundles broken on purpose: each a name, what is done to an honest one, what the refusal says."""

import json
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from support.carried import Parts, lines, packed, parts_of, put_lines

Line = dict[str, Any]
Breaks = Callable[[Path, Path], None]
HISTORY, ABOUT, PERSON = "history.jsonl", "bundle.json", "records/person.jsonl"


def _of_parts(change: Callable[[Parts], None]) -> Breaks:
    def breaks(bundle: Path, out: Path) -> None:
        parts = parts_of(bundle)
        change(parts)
        packed(parts, out)

    return breaks


def _raw(part: str, content: bytes, *, after: bool = True) -> Breaks:
    """Put a line of bytes at the end of a part, or in place of it."""

    def change(parts: Parts) -> None:
        parts[part] = (parts[part] if after else b"") + content

    return _of_parts(change)


def _op(kind: str, **fields: Any) -> Breaks:
    """Change the first op of a kind; ``cells`` are put over its own."""

    def change(parts: Parts) -> None:
        every = lines(parts, HISTORY)
        op = next(line for line in every if line.get("kind") == kind)
        cells = fields.get("cells")
        op.update(fields)
        if isinstance(cells, dict):
            op["cells"] = {**_cells_of(parts, kind), **cells}
        for name in [name for name, value in fields.items() if value is ...]:
            del op[name]
        put_lines(parts, HISTORY, every)

    return _of_parts(change)


def _cells_of(parts: Parts, kind: str) -> Line:
    return next(line["cells"] for line in lines(parts, HISTORY) if line.get("kind") == kind)


def _action(**fields: Any) -> Breaks:
    def change(parts: Parts) -> None:
        every = lines(parts, HISTORY)
        next(line for line in every if "op" not in line).update(fields)
        put_lines(parts, HISTORY, every)

    return _of_parts(change)


def _log(change_all: Callable[[list[Line]], list[Any]]) -> Breaks:
    return _of_parts(lambda parts: put_lines(parts, HISTORY, change_all(lines(parts, HISTORY))))


def _about(**fields: Any) -> Breaks:
    def change(parts: Parts) -> None:
        about = {**json.loads(parts[ABOUT]), **fields}
        parts[ABOUT] = json.dumps(about).encode()

    return _of_parts(change)


def _state(**fields: Any) -> Breaks:
    def change(parts: Parts) -> None:
        about = json.loads(parts[ABOUT])
        about["state"].update(fields)
        parts[ABOUT] = json.dumps(about).encode()

    return _of_parts(change)


def _records(change_all: Callable[[list[Line]], list[Any]]) -> Breaks:
    return _of_parts(lambda parts: put_lines(parts, PERSON, change_all(lines(parts, PERSON))))


def _bytes(change: Callable[[bytearray], bytes | bytearray]) -> Breaks:
    return lambda bundle, out: out.write_bytes(change(bytearray(bundle.read_bytes()))) and None


def _named(name: str) -> Breaks:
    return _of_parts(lambda parts: parts.update({name: b"x"}))


def _twice(name: str) -> Breaks:
    def breaks(bundle: Path, out: Path) -> None:
        import warnings

        packed(parts_of(bundle), out)
        with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
            warnings.simplefilter("ignore")
            archive.writestr(name, b"{}")

    return breaks


def _directory(change: Callable[[bytearray, int], None]) -> Breaks:
    """Change the entry of the history in the zip's directory, given where it stands."""

    def breaks(bundle: Path, out: Path) -> None:
        packed(parts_of(bundle), out)
        raw = bytearray(out.read_bytes())
        change(raw, raw.rindex(HISTORY.encode()) - 46)
        out.write_bytes(raw)

    return breaks


def _poke(at: int, form: str, value: int) -> Callable[[bytearray, int], None]:
    return lambda raw, entry: struct.pack_into(form, raw, entry + at, value)


def _flip_data(raw: bytearray, entry: int) -> None:
    (start,) = struct.unpack_from("<L", raw, entry + 42)
    at = start + 30 + len(HISTORY) + 20
    raw[at] ^= 0xFF


def _overlap(raw: bytearray, entry: int) -> None:
    (size,) = struct.unpack_from("<L", raw, entry + 20)
    struct.pack_into("<L", raw, entry + 20, size + 5_000)


def _many(parts: Parts) -> None:
    parts.update({f"files/{n:064x}": b"" for n in range(5_001)})


def _deep(levels: int) -> bytes:
    return b'{"a":' + b"[" * levels + b"]" * levels + b"}\n"


def _with_method(method: int) -> Breaks:
    def breaks(bundle: Path, out: Path) -> None:
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, content in parts_of(bundle).items():
                archive.writestr(name, content)

    return breaks


def _swapped(every: list[Line]) -> list[Line]:
    return [*every[1:], every[0]]


def _numbered_twice(**numbers: int) -> Breaks:
    def change(every: list[Line]) -> list[Line]:
        ops = [line for line in every if "op" in line]
        for op in ops[:2]:
            op.update(numbers)
        return every

    return _log(change)


_BAD = "means nothing here"
_LONG = "".join(map(chr, Random(1).choices(range(0x4E00, 0x9FA5), k=100_001)))
_MOMENT = "a moment is written like"
HOSTILE: dict[str, tuple[Breaks, str]] = {
    # the zip
    "no zip": (lambda _, out: out.write_bytes(b"hello" * 99) and None, "zip is damaged"),
    "empty": (lambda _, out: out.write_bytes(b"") and None, "zip is damaged"),
    "half of it": (_bytes(lambda raw: raw[: len(raw) // 2]), "zip is damaged"),
    "its end is missing": (_bytes(lambda raw: raw[:-10]), "zip is damaged"),
    "its start is missing": (_bytes(lambda raw: raw[100:]), "zip is damaged|no KamDesk|overlap"),
    "a byte flipped": (_directory(_flip_data), "zip is damaged"),
    "a wrong sum": (_directory(_poke(16, "<L", 0xBAD)), "zip is damaged"),
    "size too small": (_directory(_poke(24, "<L", 10)), "zip is damaged"),
    "size too large": (_directory(_poke(24, "<L", 60_000)), "zip is damaged"),
    "starts nowhere": (_directory(_poke(42, "<L", 0x7FFFFFFF)), "zip is damaged|overlap"),
    "parts overlap": (_directory(_overlap), "overlap|zip is damaged"),
    "a password": (_directory(_poke(8, "<H", 1)), "encrypted"),
    "bz2 inside": (_with_method(zipfile.ZIP_BZIP2), "zip is damaged"),
    "lzma inside": (_with_method(zipfile.ZIP_LZMA), "zip is damaged"),
    "a bomb": (_raw("records/person.jsonl", b"\n" * 30_000_000), "more than 100 times"),
    "5,001 parts": (_of_parts(_many), "5000 is the most"),
    "a part twice": (_twice(PERSON), "the same name"),
    "a part twice in capitals": (_twice("records/PERSON.jsonl"), "the same name"),
    "a path up": (_named("../evil.jsonl"), "does not belong"),
    "a path up inside": (_named("records/../../evil.jsonl"), "does not belong"),
    "an absolute path": (_named("/etc/passwd"), "does not belong"),
    "a Windows path": (_named("C:\\evil.jsonl"), "does not belong"),
    "a folder of its own": (_named("records/a/b.jsonl"), "does not belong"),
    "a program": (_named("run.exe"), "does not belong"),
    "a part of another letter": (_named("records/реrson.jsonl"), "does not belong"),
    "no bundle.json": (_of_parts(lambda parts: parts.pop(ABOUT) and None), "no KamDesk bundle"),
    # what it says of itself
    "a newer form": (_about(kamdesk_bundle=2), "newer KamDesk"),
    "form nought": (_about(kamdesk_bundle=0), "which form"),
    "a form in words": (_about(kamdesk_bundle="1"), "which form"),
    "a form that is true": (_about(kamdesk_bundle=True), "which form"),
    "records no object": (_about(records=[1]), "are objects"),
    "records by half": (_about(records={"person": 1.5}), "whole number"),
    "its description a list": (_raw(ABOUT, b"[]", after=False), "not an object"),
    "its description no JSON": (_raw(ABOUT, b"{", after=False), "not JSON"),
    "lacking no list": (_about(lacking="ab"), "“lacking” is a list"),
    "lacking what is no digest": (_about(lacking=["../x"]), "hex digits"),
    "a user who is nobody": (_state(me="ab" * 16), "no colleague who is its user"),
    "a user by name": (_state(me="林"), "32 hex digits"),
    "a day that is none": (_state(stays_on="2026-02-30"), "a day is written"),
    "a device below nought": (_state(dev=-1), "whole number"),
    "a number too large": (_state(undo_starts_after=2**63), "too large"),
    # JSON as it should not be
    "no JSON": (_raw(HISTORY, b"{'op': 1}\n"), "not JSON"),
    "a list for a line": (_raw(HISTORY, b"[1]\n"), "not an object"),
    "seventeen deep": (_raw(HISTORY, _deep(17)), "too deep"),
    "five thousand deep": (_raw(HISTORY, _deep(5_000)), "too deep"),
    "not a number": (_raw(HISTORY, b'{"op":NaN}\n'), "not JSON"),
    "without end": (_raw(HISTORY, b'{"op":-Infinity}\n'), "not JSON"),
    "1e999": (_raw(HISTORY, b'{"op":1e999}\n'), "not JSON"),
    "twenty digits": (_raw(HISTORY, b'{"op":18446744073709551616}\n'), "too large"),
    "five thousand digits": (_raw(HISTORY, b'{"op":' + b"9" * 5_000 + b"}\n"), "not JSON"),
    "a name twice": (_raw(HISTORY, b'{"op":1,"op":2}\n'), "comes twice"),
    "a name twice inside": (_raw(HISTORY, b'{"op":1,"cells":{"a":1,"a":2}}\n'), "comes twice"),
    "half a character": (_raw(HISTORY, b'{"op":"\\ud800"}\n'), "half a character"),
    "half a character as a name": (_raw(HISTORY, b'{"\\udfff":1}\n'), "half a character"),
    "not UTF-8": (_raw(HISTORY, b'{"op":"\xff"}\n'), "not written in UTF-8"),
    "UTF-16": (_raw(HISTORY, '{"op":1}\n'.encode("utf-16"), after=False), "UTF-8|not JSON"),
    # the log
    "neither action nor change": (_raw(HISTORY, b"{}\n"), "neither an action nor a change"),
    "changes out of order": (_log(lambda every: [*every, *every[-1:]]), "not in order"),
    "actions out of order": (_log(_swapped), "not in order"),
    "a device's number twice": (_numbered_twice(dev=3, dseq=7), "a number comes twice"),
    "a place twice": (_numbered_twice(seq=7), "a number comes twice"),
    "another one's changes": (_action(ops=[1, 3]), "claims changes of another"),
    "a range backwards": (_action(ops=[5, 1]), "names the first and the last"),
    "a range of one": (_action(ops=[1]), "names the first and the last"),
    "an action at no time": (_action(at="yesterday"), _MOMENT),
    "an action in no zone": (_action(at="2026-03-12T06:00:00.000Z Moon/Base"), _MOMENT),
    "an action without its zone's mark": (_action(at="2026-03-12T06:00:00"), _MOMENT),
    "an action with more": (_action(format="c:"), "does not belong there"),
    "an author who is none": (_action(by="me"), "32 hex digits"),
    "a name with a NUL": (_action(values={"who": "a\0b"}), "NUL or half"),
    "an op with more": (_op("person", evil=1), "does not belong there"),
    "an op before all time": (_op("person", at="1969-12-31T23:59:59.000Z"), _MOMENT),
    "an op after all time": (_op("person", at="+10000-01-01T00:00:00.000Z"), _MOMENT),
    "an op without cells": (_op("person", cells=...), "no cells"),
    "an op without a verb": (_op("person", verb=...), _BAD),
    "a verb nobody knows": (_op("person", verb="explode"), _BAD),
    "a verb too large": (_op("person", verb=256), _BAD),
    "a verb that is true": (_op("person", verb=True), _BAD),
    "an audience nobody knows": (_op("person", audience="everybody"), _BAD),
    "fifteen bytes": (_op("person", record="ab" * 15), "32 hex digits"),
    "no hex": (_op("person", record="xy" * 16), "32 hex digits"),
    "an id that is a number": (_op("person", record=7), "32 hex digits"),
    # values
    "a number for a text": (_op("person", cells={"note": 7}), "takes text"),
    "a list for a text": (_op("person", cells={"note": ["a"]}), "takes text"),
    "bytes for a text": (_op("person", cells={"note": {"hex": "00"}}), "takes text"),
    "a text for an id": (_op("person", cells={"account": "华东"}), "32 hex digits"),
    "a text for a number": (_op("visit", cells={"time": {"minutes": "60"}}), "whole number"),
    "true for a number": (_op("visit", cells={"time": {"minutes": True}}), "whole number"),
    "half a minute": (_op("visit", cells={"time": {"minutes": 0.5}}), "whole number"),
    "a visit for ever": (_op("visit", cells={"time": {"minutes": 2**60}}), _BAD),
    "a visit at no time": (_op("visit", cells={"time": {"start": "soon"}}), _BAD),
    "a visit of no kind": (_op("visit", cells={"kind": "A raid!"}), _BAD),
    "a text for a group": (_op("visit", cells={"time": "14:00"}), "takes an object with"),
    "a stranger in a group": (_op("visit", cells={"time": {"end": 1}}), "takes an object with"),
    "a text too long": (_op("person", cells={"note": _LONG}), "100000 is the most"),
    "a text with a NUL": (_op("person", cells={"note": "a\0b"}), "NUL or half"),
    "an odd unknown value": (_op("person", cells={"new": {"a": 1}}), "no value"),
    "a set that is a text": (_op("account", verb="link", cells={"tags": "重点"}), "takes a list"),
    "a set with one twice": (
        _op("account", verb="link", cells={"tags": ["重点", "重点"]}),
        "each value once",
    ),
    "a fact without a day": (_op("fact", cells={"day": None}), "cannot be shown"),
    "a reading of nothing": (_op("reading", cells={"about": {}}), "cannot be shown"),
    "a stance in words": (
        _op("reading", cells={"value": {"value": "friend", "valid_from": "2026-03-12"}}),
        "cannot be shown",
    ),
    # the records
    "a record missing": (_records(lambda every: every[:-1]), "missing"),
    "a record more": (_records(lambda every: [*every, *every[-1:]]), "not what its history"),
    "a record changed": (
        _records(lambda every: [{**line, "note": "anders"} for line in every]),
        "line 1: it is not what its history says",
    ),
    "records in another order": (_records(_swapped), "not what its history"),
    "a record deleted by hand": (
        _records(lambda every: [{**line, "gone": True} for line in every]),
        "not what its history",
    ),
    "records without a log": (_log(lambda every: every[:-1]), "missing|not what its history|claim"),
    # the lists beside
    "an erased nobody": (_of_parts(lambda p: p.update({"erased.jsonl": b"{}\n"})), "takes text"),
    "an offer to nobody": (
        _of_parts(lambda p: p.update({"offered.jsonl": b'{"account":"x"}\n'})),
        "takes text",
    ),
}  # fmt: skip


def names() -> Iterator[str]:
    """Yield the names of all broken bundles."""
    yield from HOSTILE
