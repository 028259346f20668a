"""The first exchange of a new desk with a full hub: 67 whole accounts, and the cards of 20,000.

The desk is a process of its own with the desktop's modules in it; its whole size is what counts.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from support.hub_made import made
from support.hub_running import HubProcess, a_place
from support.postgres import Postgres, programs

from kamdesk.core.wire_op import WireOp
from tests.bench.rows import Result

CARD = ("account", "site")
MANY = 20_000
FEW = 67
LARGEST_MB = 400


def run(ops: Sequence[WireOp]) -> Iterator[Result]:
    """Measure with ops of a territory."""
    accounts = sorted({op.scope[0] for op in ops if op.scope[0]})
    few = frozenset(accounts[:FEW])
    cases = [
        ("67 accounts' cards", list(cards(ops, FEW)), 1.0),
        ("67 accounts, all of them", [op for op in ops if op.scope[0] in few], None),
        ("20,000 accounts' cards", list(cards(ops, MANY)), 60.0),
    ]
    for name, sent, bar in cases:
        yield from _first(name, sent, bar)


def cards(ops: Sequence[WireOp], count: int) -> Iterator[WireOp]:
    """Yield what the cards of so many accounts consist of: those there are, over and over."""
    cards: dict[bytes, list[WireOp]] = {}
    for op in ops:
        if op.kind in CARD and op.scope[0]:
            cards.setdefault(op.scope[0], []).append(op)
    for number in range(count):
        owner = list(cards)[number % len(cards)]
        ids = {op.record: _another(op.record, number) for op in cards[owner]}
        ids[owner] = _another(owner, number)
        for op in cards[owner]:
            cells = {cell: _renamed(value, ids) for cell, value in op.cells.items()}
            scope = ids[owner], op.scope[1]
            yield op._replace(record=ids[op.record], cells=cells, scope=scope, txn=number + 1)


def _another(record: bytes, number: int) -> bytes:
    if number == 0:
        return record
    rest = bytearray(sha256(record + number.to_bytes(4, "big")).digest()[:8])
    rest[0] = rest[0] & 0x3F | 0x80
    return record[:8] + bytes(rest)


def _renamed(value: Any, ids: dict[bytes, bytes]) -> Any:
    if isinstance(value, tuple | list):
        return tuple(_renamed(part, ids) for part in value)
    return ids.get(value, value) if isinstance(value, bytes) else value


def _first(name: str, ops: Sequence[WireOp], bar: float | None) -> Iterator[Result]:
    from tests.bench.hub import Desk

    with tempfile.TemporaryDirectory() as folder:
        server = Postgres.made(durable=True) if programs() else None
        try:
            url = server.url("first", fresh=True) if server else ""
            place = a_place(Path(folder, "hub"), url)
            team = made(place.database, sorted({op.scope[0].hex() for op in ops if op.scope[0]}))
            hub = HubProcess(place)
            hub.start()
            try:
                asyncio.run(Desk(hub, *team.writer).push(ops))
                desk = Path(folder, "desk")
                desk.mkdir()
                dev, token = team.reader
                order = [
                    "-m",
                    "tests.bench.first_sync_child",
                    str(desk),
                    str(hub.port),
                    token,
                    str(dev),
                ]
                ran = subprocess.run(
                    [sys.executable, *order], check=True, stdout=subprocess.PIPE, timeout=900
                )
            finally:
                hub.stop()
        finally:
            if server:
                server.remove()
    told = json.loads(ran.stdout)
    cells = sum(len(op.cells) for op in ops)
    scale = f"{cells // 1000}k"
    yield Result(
        name=f"first sync, {name}: usable",
        scale=scale,
        ours=told["usable"] * 1000,
        p95=told["usable"] * 1000,
        bar_ms=bar and bar * 1000,
    )
    yield Result(
        name=f"first sync, {name}: with its past",
        scale=scale,
        ours=told["whole"] * 1000,
        p95=told["whole"] * 1000,
    )
    yield Result(
        name=f"first sync, {name}: desktop, MB",
        scale=scale,
        ours=told["mb"],
        p95=told["mb"],
        bar_ms=LARGEST_MB,
    )
