"""Anki and its own server beside our exchange: how fast, and what two desks apart lose.

Anki is no dependency: ``KAMDESK_PEERS`` names a Python that has it, else the rows say it is not
there. Its change is a note with one field edited; what it exchanges is the whole note.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from support.team import Team
from support.team_deeds import account, save

from tests.bench.rows import Result

NOTES = 5_000
_MISSING = "Anki is not installed (KAMDESK_PEERS names a Python that has it)"


def run() -> Iterator[Result]:
    """Measure what is lost of two fields of one record that two desks edited apart."""
    with tempfile.TemporaryDirectory() as folder:
        team = Team(Path(folder), f"sqlite:///{folder}/hub.db", accounts="甲")
        boss, other = team.desks[0], team.colleague()
        save(team, boss, website="§mine")
        save(team, other, short_name="§theirs")
        broken = team.at_rest()
        if broken:
            raise AssertionError(broken)
        both = {(account(desk).website, account(desk).short_name) for desk in team.desks}
        team.close()
    lost = 0 if both == {("§mine", "§theirs")} else 1
    theirs = anki()
    yield Result(
        name="two fields edited apart: lost",
        scale="S",
        ours=lost,
        p95=lost,
        limit_is=f"Anki: {len(theirs['lost'])} ({', '.join(theirs['lost'])})"
        if theirs
        else _MISSING,
        bar_ms=0,
    )


def rate(way: str) -> dict[str, Any]:
    """Return Anki's changes a second one ``way`` as a row's limit, if it is installed."""
    theirs, way = anki(), {"pull and take in": "pull"}.get(way, way)
    if not theirs:
        return {"limit_is": _MISSING}
    return {"limit": theirs["notes"] / theirs[way], "limit_is": f"Anki's {way}, edited notes"}


@cache
def anki() -> dict[str, Any]:
    """Return what Anki did; nothing where it is not installed."""
    python = shutil.which(os.environ.get("KAMDESK_PEERS", ""))
    if python is None:
        return {}
    order = [python, str(Path(__file__).parent / "sync_peers.py"), "anki", str(NOTES)]
    done = subprocess.run(order, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        if "No module named 'anki'" in done.stderr:
            return {}
        raise RuntimeError(done.stderr[-2000:])
    said: dict[str, Any] = json.loads(done.stdout)
    return said
