"""Everything a workspace holds as one value to compare, and bundles read, mended and broken."""

import hashlib
import io
import json
import queue
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from support.desks import a_desk

from kamdesk.storage.carrying import STATE
from kamdesk.storage.catalogue import Merge
from kamdesk.transfer.bundle import service
from kamdesk.transfer.bundle.reading import BundleFile
from kamdesk.transfer.child import send_all
from kamdesk.transfer.frames import read_frame
from kamdesk.workspace import Workspace

DERIVED = ("account_standing", "person_standing", "search_names", "search_docs")
Parts = dict[str, bytes]
Mend = Callable[[Parts], None]


def whole(desk: Workspace) -> dict[str, list[Any]]:
    """Return all a workspace holds, by table: rows in order, without this file's own numbers."""
    ask, words = desk.storage.reader.ask, desk.storage.dictionary
    found: dict[str, list[Any]] = {}
    for kind in desk.storage.catalogue.kinds:
        columns = ", ".join(("id", "gone", *kind.columns))
        found[kind.table] = ask(f"SELECT {columns} FROM {kind.table} ORDER BY id")
        for cell in kind.cells:
            if cell.merge is Merge.LINKS:
                table = kind.link_table(cell.name)
                found[table] = ask(f"SELECT eid, target FROM {table} ORDER BY eid, target")
    found["contested"] = ask("SELECT eid, kind, cell FROM contested ORDER BY eid, cell")
    found["erased"] = ask("SELECT id, kind, at FROM erased ORDER BY id")
    found["actions"] = ask("SELECT * FROM actions ORDER BY id")
    found["offered"] = ask(
        "SELECT account, audience FROM scopes WHERE offered ORDER BY account, audience"
    )
    keys = ", ".join(f"'{key}'" for key in STATE)
    found["state"] = ask(f"SELECT key, value FROM state WHERE key IN ({keys}) ORDER BY key")
    plain = {table: [tuple(row) for row in rows] for table, rows in found.items()}
    plain["op"] = [
        (
            *row[:6],
            tuple(words.scope_at(row["scope"])),
            words.word(row["kind"]),
            *row[8:10],
            words.unpack(row["cells"]),
            row["seq"],
        )
        for row in ask("SELECT * FROM op ORDER BY lid")
    ]
    return plain


def digest(desk: Workspace) -> str:
    """Return a digest of all a workspace holds, and of what is derived from it."""
    held = dict(whole(desk))
    for table in DERIVED:
        rows = desk.storage.reader.ask(f"SELECT * FROM {table}")
        held[table] = sorted(map(repr, map(tuple, rows)))
    schema = desk.storage.reader.ask("SELECT name, sql FROM sqlite_master ORDER BY name")
    held["schema"] = [tuple(row) for row in schema]
    return hashlib.sha256(repr(held).encode()).hexdigest()


def exported(desk: Workspace, path: Path) -> Path:
    """Write a workspace into a bundle."""
    desk.bundles.write(path)
    return path


def restored(bundle: Path, folder: Path, **wishes: Any) -> Workspace:
    """Return a fresh workspace into which a bundle was taken."""
    folder.mkdir()
    desk = a_desk(folder, name=wishes.pop("name", "周宁"))
    desk.bundles.take(bundle, **wishes)
    return desk


def parts_of(bundle: Path) -> Parts:
    """Return the parts of a bundle by name, in their order."""
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], path: Path) -> Path:
    """Write parts as a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def mended(bundle: Path, path: Path, mend: Mend) -> Path:
    """Write a bundle anew with its parts changed."""
    parts = parts_of(bundle)
    mend(parts)
    return packed(parts, path)


def lines(parts: Parts, part: str) -> list[dict[str, Any]]:
    """Return the lines of a part."""
    return [json.loads(line) for line in parts[part].splitlines()]


def put_lines(parts: Parts, part: str, every: list[Any]) -> None:
    """Write lines as a part."""
    parts[part] = "".join(json.dumps(line) + "\n" for line in every).encode()


class ReadHere(BundleFile):
    """Reads a bundle in this process: the same code as the child's, without its cage."""

    def __enter__(self) -> "ReadHere":
        out = io.BytesIO()
        wishes = dict(word.split("=") for word in self._wishes)
        with self.path.open("rb") as file:
            self._size = self.path.stat().st_size
            status = send_all(file, out, wishes)
        assert status == 0
        out.seek(0)
        self._frames = queue.Queue()
        while (frame := read_frame(out)) is not None:
            self._frames.put(frame)
        return self


def read_here(monkeypatch: Any) -> None:
    """Read bundles in this process for the rest of a test: sixty children take their time."""
    monkeypatch.setattr(service, "BundleFile", ReadHere)
