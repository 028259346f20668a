"""A chart from elsewhere onto the map: a pasted list or a file, read, taken as one action, told."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop import files, looks
from kamdesk.desktop.taking_back import undo_way
from kamdesk.transfer.chart.chart import Chart, Problem
from kamdesk.transfer.chart.taking import Charts, Counts

if TYPE_CHECKING:
    from kamdesk.desktop.chain.page import ChainPage
    from kamdesk.workspace import Workspace

_PATTERNS = "*.csv *.tsv *.txt *.md *.xlsx"
_PROBLEMS = 3


class Taking:
    """Gives a page the key Ctrl+O. What is in the file already is not made twice."""

    def __init__(self, page: "ChainPage") -> None:
        self._page = page
        self.action = page.actions_here.add(
            "chain.take", Text("Take a chart from a file"), self.ask, keys="Ctrl+O", icon="upload"
        )

    def ask(self) -> None:
        """Ask for a file with a chart, and take it."""
        page = self._page
        if page.may_edit():
            path = files.ask_for_file(page, self.action.name, Text("Charts"), _PATTERNS)
            if path is not None:
                self.read(path)

    def read(self, path: Path) -> None:
        """Read a chart from a file and take it."""
        from kamdesk.transfer.chart.files import read_chart

        page = self._page
        page.ask(
            lambda _desk: read_chart(path),
            self.take,
            lambda refusal: page.around.say(refusal.said),
            key="chart",
        )

    def take(self, chart: Chart, done: Callable[[], object] | None = None) -> None:
        """Take a chart onto the map that is seen, from today on."""
        page, shown = self._page, self._page.shown
        if shown is None or not page.may_edit():
            return
        account, chain, today = page.account, shown.now.map, shown.today
        told: list[Text | str] = []

        def verb(desk: "Workspace") -> ChangeSet:
            charts = Charts(desk.storage)
            plan = charts.look(account, chart, map_id=chain.id if chain else None)
            if plan.counts.nothing:
                told.append(Text("All of this chart is on the map already."))
                return ChangeSet()
            touched, undrawn = charts.take(plan, on=today, chain=chain)
            told.extend((*_brought(plan.counts), *_wrong((*plan.problems, *undrawn))))
            return touched

        def taken(_: ChangeSet) -> None:
            if done is not None:
                done()
            way = undo_way(page.workbench, page.around.say)
            page.around.say(Text("{what}.", what=looks.joined(*told)), way_out=way)

        page.workbench.do(page, verb, taken, lambda error: page.around.say(error.said), key="chart")


def _brought(counts: Counts) -> tuple[Text, ...]:
    return (
        Text("{n} new person", "{n} new people", n=counts.people),
        Text("{n} new post", "{n} new posts", n=counts.posts),
        Text("{n} reporting line", "{n} reporting lines", n=counts.lines),
    )


def _wrong(problems: tuple[Problem, ...]) -> list[Text | str]:
    """Return the first problems in words, and how many more there are."""
    said: list[Text | str] = [problem.said for problem in problems[:_PROBLEMS]]
    more = len(problems) - _PROBLEMS
    return [*said, Text("and {n} more", n=more)] if more > 0 else said
