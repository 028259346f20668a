"""The papers of a week and a month: read, planned as it stands, drawn."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from support.desks import a_desk
from support.week_day import MONDAY, a_customer, a_visit_at, at_home, on

from kamdesk.assets import install_words
from kamdesk.core.spot import Spot
from kamdesk.domain.visits.model import Firmness
from kamdesk.domain.week.planning import first
from kamdesk.dossier.week import read_week
from kamdesk.dossier.week_told import told
from kamdesk.papers.month.drawing import draw_month
from kamdesk.papers.month.gather import month_of
from kamdesk.papers.week_plan.drawing import draw_week
from tests.bench.rows import Result, late, middle, timed


def run(rounds: int) -> Iterator[Result]:
    install_words()
    with tempfile.TemporaryDirectory() as folder:
        desk = a_desk(Path(folder))
        at_home(desk)
        for n in range(60):
            spot = Spot(31.3 + n % 8 / 10, 120.6 + n // 8 / 10)
            account = a_customer(desk, f"客户{n}", spot=spot, seen_days_ago=20 + n)
            if n < 40:
                start = on(n % 5, 9 + n // 5 % 8)
                a_visit_at(desk, account, start, firmness=Firmness.LOOSE)
        reader, now, me = desk.storage.reader, desk.clock.now(), desk.team.me
        read = read_week(reader, MONDAY, me=me, now=now)
        proposal = first(read.problem)

        def week() -> bytes:
            return draw_week(told(read_week(reader, MONDAY, me=me, now=now)), language="zh")

        def month() -> bytes:
            return draw_month(month_of(reader, MONDAY, me=me, now=now), language="zh")

        reads = timed(lambda: read_week(reader, MONDAY, me=me, now=now), rounds)
        weeks = timed(week, rounds)
        proposed = timed(lambda: draw_week(told(read, proposal), language="zh"), rounds)
        months = timed(month, rounds)
        desk.close()
    for name, times, bar in (
        ("week of 40 visits: read", reads, 200),
        ("week plan paper: whole path, warm", weeks, 300),
        ("week plan paper: of a proposal", proposed, 300),
        ("month overview: whole path, warm", months, 300),
    ):
        yield Result(name=name, scale="S", ours=middle(times), p95=late(times), bar_ms=bar)
