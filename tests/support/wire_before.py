"""The wire as version 1 spoke it, frozen: never changed with the program, so it shows what breaks.

Nothing is taken from ``kamdesk.sync``: a desk and a hub of that version, as far as words go.
"""

import json
from typing import Any

PROTO = 1
ASK = {"proto", "epoch", "dev", "start", "chain", "marks", "access", "scopes", "ops", "limit"}
ANSWERS: dict[str, set[str]] = {
    "done": {
        "settled",
        "epoch",
        "head",
        "now",
        "mark",
        "more",
        "scopes",
        "ops",
        "own",
        "access",
    },
    "expect": {"settled"},
    "fork": {"settled"},
    "clock": {"settled", "now"},
    "upgrade": {"settled", "proto"},
    "epoch": {"settled", "epoch", "start"},
}
SNAPSHOT_ASK = {"proto", "scopes", "after", "at", "past", "limit"}
SNAPSHOT_PAGE = {"at", "after", "scopes", "ops"}
PUSH, PULL = 10, 13
"""How many parts an op has, on its way to the hub and to a desk."""


class Unheard(Exception):
    """Version 1 does not know what this says."""


def ask(*, dev: int, ops: list[list[Any]], scopes: list[list[Any]], **other: Any) -> bytes:
    """Return an exchange as a desk of version 1 says it."""
    plain = {"epoch": 1, "start": 1, "chain": "", "marks": [[0, 0]], "access": 0, "limit": 5000}
    said = {"proto": PROTO, "dev": dev, **plain, "scopes": scopes, "ops": ops, **other}
    assert set(said) == ASK
    return json.dumps(said).encode()


def op(dseq: int, record: str, cells: dict[str, Any], *, txn: int = 1, wall: int = 0) -> list[Any]:
    """Return an op of scope 0 that sets cells of an account, as version 1 pushes it."""
    return [dseq, wall, 0, txn, 0, "account", record, 1, cells, "Change"]


def answer(body: bytes) -> dict[str, Any]:
    """Return an answer as a desk of version 1 hears it; raises ``Unheard``."""
    heard: dict[str, Any] = json.loads(body)
    fields = ANSWERS.get(heard.get("type", ""))
    if fields is None or set(heard) - {"type"} != fields:
        raise Unheard(sorted(heard))
    if set(heard["settled"]) != {"last", "rejected"}:
        raise Unheard(sorted(heard["settled"]))
    if any(len(line) != PULL for line in heard.get("ops", [])):
        raise Unheard("an op of other length")
    return heard


def snapshot_ask(scopes: list[list[Any]], after: str = "", at: int = 0) -> bytes:
    """Return how a desk of version 1 asks for a snapshot."""
    said = {"proto": PROTO, "scopes": scopes, "after": after, "at": at, "past": False}
    return json.dumps({**said, "limit": 5000}).encode()


def snapshot_page(body: bytes) -> dict[str, Any]:
    """Return a page of a snapshot as a desk of version 1 hears it; raises ``Unheard``."""
    heard: dict[str, Any] = json.loads(body)
    if set(heard) != SNAPSHOT_PAGE or any(len(line) != PULL for line in heard["ops"]):
        raise Unheard(sorted(heard))
    return heard


def hub(body: bytes, last: int = 0) -> bytes:
    """Answer as a hub of version 1 with an empty log: takes what it knows, else asks to upgrade."""
    heard = json.loads(body)
    settled = {"last": last, "rejected": []}
    if heard.get("proto") != PROTO:
        return json.dumps({"type": "upgrade", "settled": settled, "proto": PROTO}).encode()
    if set(heard) != ASK or any(len(line) != PUSH for line in heard["ops"]):
        raise Unheard(sorted(heard))
    settled["last"] = last + len(heard["ops"])
    done = {"settled": settled, "epoch": 1, "head": settled["last"], "now": 0, "more": False}
    said = {
        **done,
        "mark": [settled["last"], 0],
        "scopes": [],
        "ops": [],
        "own": [],
        "access": None,
    }
    return json.dumps({"type": "done", **said}).encode()
