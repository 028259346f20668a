"""The visit brief: drawing from ready content beside its operators replayed, and the whole path."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from support.customers import lanchuan
from support.desks import a_desk

from kamdesk.assets import install_words
from kamdesk.core.clock import Instant
from kamdesk.domain.visits.model import Attendee
from kamdesk.papers.brief import drawing
from kamdesk.papers.brief.drawing import draw_brief
from kamdesk.papers.brief.editions import Reader, edition
from kamdesk.papers.brief.gather import of_visit
from kamdesk.papers.day_pack.drawing import draw_day_pack
from kamdesk.papers.day_pack.gather import of_day, way_of
from kamdesk.papers.document import Document
from tests.bench.rows import Result, late, middle, timed

PASSPHRASE = "bench-passphrase"
_IMPORT_ALL = """
import contextlib, importlib, sys
for name in sys.argv[1].split():
    with contextlib.suppress(ImportError):
        importlib.import_module(name)
"""


def run(rounds: int) -> Iterator[Result]:
    install_words()
    with tempfile.TemporaryDirectory() as folder:
        desk = a_desk(Path(folder))
        customer = lanchuan(desk)
        reader, now, me = desk.storage.reader, desk.clock.now(), desk.team.me

        def content(language: str = "zh"):
            found = of_visit(reader, customer.next_visit, now=now, me=me, language=language)
            return edition(found, Reader.ME)

        ready = content()
        drawn = timed(lambda: draw_brief(ready, language="zh"), rounds)
        replay = timed(_replay(ready), rounds)
        whole = timed(lambda: draw_brief(content(), language="zh"), rounds)
        packs = timed(_pack_of_eight(desk, customer), rounds)
        desk.close()
    yield Result(
        name="brief: drawing from ready content",
        scale="S",
        ours=middle(drawn),
        p95=late(drawn),
        limit=middle(replay),
        limit_is="its ready-made operators replayed",
        bar_ratio=1.5,
    )
    yield Result(
        name="brief: whole path, warm",
        scale="S",
        ours=middle(whole),
        p95=late(whole),
        bar_ms=40,
    )
    yield Result(
        name="day pack of 8: whole path, warm",
        scale="S",
        ours=middle(packs),
        p95=late(packs),
        bar_ms=300,
    )
    yield from _cold(max(5, rounds // 3))


def _pack_of_eight(desk, customer):
    """Return what gathers and draws a day of eight visits, each with all its customer's file."""
    visit = desk.visits.ask.get(customer.next_visit)
    seats = desk.visits.ask.attendees(visit.id)
    for hour in range(8, 15):
        new = desk.visits.new(visit.account, Instant.at(visit.start.day, hour))
        more = replace(visit, id=new.id, start=new.start)
        desk.visits.plan(more, *(Attendee.at(more, seat.who, seat.side) for seat in seats))
    reader, now, me = desk.storage.reader, desk.clock.now(), desk.team.me

    def pack():
        briefs = of_day(reader, visit.start.day, now=now, me=me, language="zh")
        assert len(briefs) == 8
        seen = [edition(one, Reader.ME) for one in briefs]
        way = way_of(reader, visit.start.day, now=now, me=me)
        return draw_day_pack(visit.start.day, seen, language="zh", as_of=now, way=way)

    return pack


def _replay(ready):
    """Return what writes the same file from operators, glyphs and bookmarks made before."""
    about = {}
    fonts = {}
    marks = []
    pages = []

    class Recorded(Document):
        def __init__(self, **said) -> None:
            about.update(said)
            super().__init__(**said)

        def bookmark(self, title: str, **place) -> None:
            marks.append((title, place))
            super().bookmark(title, **place)

        def _end_page(self) -> None:
            if self._pen is not None:
                pages.append((list(self._pen.code), list(marks)))
                marks.clear()
            super()._end_page()

        def finished(self) -> bytes:
            self._end_page()
            fonts.update({weight: dict(font) for weight, font in self._fonts.items()})
            return super().finished()

    with patch.object(drawing, "Document", Recorded):
        whole = draw_brief(ready, language="zh")

    def again() -> bytes:
        paper = Document(**about)
        for weight, chars in fonts.items():
            paper._fonts[weight].update(chars)
        for code, places in pages:
            paper.new_page().code.extend(code)
            for title, place in places:
                paper.bookmark(title, **place)
        return paper.finished()

    assert again() == whole
    return again


def _cold(rounds: int) -> Iterator[Result]:
    """The command in a fresh process, its key in a keyring, beside python and the same imports."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "territory")
        environment = os.environ | {
            "KAMDESK_PASSPHRASE": PASSPHRASE,
            "PYTHONPATH": "tests:.",
            "PYTHONDONTWRITEBYTECODE": "",
            "XDG_CONFIG_HOME": folder,
            "XDG_DATA_HOME": folder,
            "XDG_STATE_HOME": folder,
        }
        python = [sys.executable, "-c"]
        base = [*python, "from tests.bench.cold import command; command()"]
        made = ["demo", str(place), "--day", "2026-03-12"]
        subprocess.run([*base, folder, *made], env=environment, check=True, capture_output=True)
        brief = ["brief", "--day", "2026-03-12", "--workspace", str(place)]
        brief += ["--lang", "zh", "-o", str(Path(folder, "day.pdf"))]

        def ours() -> None:
            subprocess.run(
                [*base, folder, *brief], env=environment, check=True, capture_output=True
            )

        ours()
        said = subprocess.run(
            [*python, "from tests.bench.cold import imports; imports()", folder, *brief],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.splitlines()[-1]
        bare = [*python, _IMPORT_ALL]
        cold = timed(ours, rounds, warm=1)
        limit = timed(
            lambda: subprocess.run([*bare, said], env=environment, check=True), rounds, warm=1
        )
    yield Result(
        name="brief from the command line, cold",
        scale="S",
        ours=middle(cold),
        p95=late(cold),
        limit=middle(limit),
        limit_is="python and the same imports",
        bar_ratio=1.5,
    )
