"""Anki and its own server, as a process of its own: edited notes there and back, a field lost.

``python sync_peers.py anki NOTES`` prints JSON: ``push`` and ``pull`` in seconds for as many notes
with one field edited, ``lost`` the fields that are gone after two desks apart edited one each.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any


def anki(notes: int) -> dict[str, Any]:
    """Let two collections exchange through Anki's server on loopback."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        env = {
            **os.environ,
            "SYNC_USER1": "a:b",
            "SYNC_BASE": str(folder / "server"),
            "SYNC_HOST": "127.0.0.1",
            "SYNC_PORT": str(port),
            "RUST_LOG": "error",
        }
        server = subprocess.Popen(
            [sys.executable, "-m", "anki.syncserver"],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return _exchanged(folder, f"http://127.0.0.1:{port}/", notes)
        finally:
            server.terminate()
            server.wait()


def _exchanged(folder: Path, url: str, notes: int) -> dict[str, Any]:
    from anki.collection import Collection

    one, other = (Collection(str(folder / f"{which}.anki2")) for which in ("one", "other"))
    kind = one.models.by_name("Basic")
    for number in range(notes):
        note = one.new_note(kind)
        note["Front"], note["Back"] = f"front {number}", f"back {number}"
        one.add_note(note, 1)
    auth = _logged_in(one, url)
    for desk, upload in ((one, True), (other, False)):
        desk.sync_collection(auth, False)
        desk.close_for_full_sync()
        desk.full_upload_or_download(auth=auth, server_usn=None, upload=upload)
        desk.reopen(after_full_sync=True)
    some = one.find_notes("")
    edited = [one.get_note(note) for note in some]
    for note in edited:
        note["Front"] += " edited"
    one.update_notes(edited)
    push, pull = _synced(one, auth), _synced(other, auth)
    assert other.get_note(some[-1])["Front"].endswith("edited")
    for desk, field in ((one, "Front"), (other, "Back")):
        note = desk.get_note(some[0])
        note[field] = f"{field} written by one of two"
        desk.update_note(note)
        time.sleep(1.1)  # its stamps are whole seconds
    for desk in (one, other, one):
        _synced(desk, auth)
    kept = [dict(desk.get_note(some[0]).items()) for desk in (one, other)]
    assert kept[0] == kept[1]
    lost = [field for field, said in kept[0].items() if "written by" not in said]
    one.close()
    other.close()
    return {"notes": len(some), "push": push, "pull": pull, "lost": lost}


def _logged_in(desk: Any, url: str) -> Any:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with suppress(Exception):  # it has not begun to listen
            return desk.sync_login("a", "b", url)
        time.sleep(0.1)
    raise TimeoutError(url)


def _synced(desk: Any, auth: Any) -> float:
    begun = time.perf_counter()
    said = desk.sync_collection(auth, False)
    took = time.perf_counter() - begun
    assert said.required == said.NO_CHANGES, said.required
    return took


if __name__ == "__main__":
    print(json.dumps({"anki": anki}[sys.argv[1]](int(sys.argv[2]))))
