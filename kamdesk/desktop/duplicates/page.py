"""The list of pairs that may be one record, and the chosen pair side by side."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import PersonId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.duplicates.panel import PairPanel, Shown, read_pair
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.pages import Crumb, Page, Route
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.taking_back import take_back
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.desktop.widgets.tabs import TabStrip
from kamdesk.dossier.merging import Merging

if TYPE_CHECKING:
    from kamdesk.transfer.doubles import Double
    from kamdesk.workspace import Workspace

_TABS = (("people", Text("People")), ("accounts", Text("Customers")))
_KINDS = {"people": "person", "accounts": "account"}


class DuplicatesPage(Page["Workspace"]):
    """Tab ``people`` or ``accounts``. Looking through the file is a job one can stop."""

    title = Text("Duplicates")
    scrolls = False
    keys = (
        ("J+K", Text("Move")),
        ("1", Text("Let the first stand")),
        ("2", Text("Let the second stand")),
        ("X", Text("Not the same")),
    )

    def build(self) -> None:
        add = self.actions_here.add
        add("duplicates.first", Text("Let the first stand"), lambda: self._choose(0), keys="1")
        add("duplicates.second", Text("Let the second stand"), lambda: self._choose(1), keys="2")
        add("duplicates.two", Text("Not the same"), self._two, keys="X")
        again = add("duplicates.again", Text("Look again"), self._look, keys="R", icon="search")
        add("duplicates.tab", Text("Next tab"), lambda: self.tabs.step(1), keys="Ctrl+Tab")
        self._job: Job | None = None
        top = Sheet(scrolls=False, foot=4)
        self.above(top)
        self._head = top.head(self.title)
        start = self.route.tab if self.route.tab in _KINDS else "people"
        self.tabs = TabStrip(_TABS, start=start)
        self.tabs.chosen.connect(lambda _: self._look())
        self.above(self.tabs)
        self.list: RecordTable[Double] = RecordTable(
            self.title,
            (
                Column(Text("First"), show=lambda pair: pair.names[0], strong=True, least=130),
                Column(Text("Stands at"), show=lambda pair: pair.places[0], key="where1"),
                Column(Text("Second"), show=lambda pair: pair.names[1], least=130),
                Column(Text("Stands at"), show=lambda pair: pair.places[1], key="where2"),
                Column(Text("Why"), show=lambda pair: pair.why, hidden=True),
            ),
            empty=EmptyState(
                "copy",
                Text("No two records look like one"),
                Text(
                    "Here stand people or customers that seem to be in the file twice: by code,"
                    " number, e-mail or name. R looks again."
                ),
                again,
            ),
        )
        self.list.chosen.connect(self._chosen)
        sheet = Sheet(scrolls=False, top=8, foot=12)
        sheet.add(self.list, reach="list", stretch=1)
        self.panel = PairPanel()
        self.panel.one.connect(self._one)
        self.panel.two.connect(self._two)
        self.panel.closed.connect(self.list.setFocus)
        self.list.opened.connect(lambda _: self.panel.setFocus())
        self.panel.hide()
        self.use(sheet, self.panel)

    def crumbs(self) -> tuple[Crumb, ...]:
        place = self.tabs.key
        return Crumb(dict(_TABS)[place], Route(place)), Crumb(self.title)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list, self.panel) if not self.panel.isHidden() else (self.list,)

    @property
    def here(self) -> Route:
        return Route("duplicates", None, self.tabs.key)

    # ---- looking

    def reload(self) -> None:
        self._look()

    def _look(self) -> None:
        from kamdesk.transfer.doubles import doubles

        if self._job is not None:
            self._job.cancel()
        kind = _KINDS[self.tabs.key]
        self._head.remark.say(Text("Looking through the file …"))
        self.renamed.emit()
        self._job = self.workbench.job(
            self,
            Text("Look for duplicates"),
            lambda desk, job: doubles(desk.storage.reader, kind, job.step),
            partial(self._show, kind),
            lambda _: self._head.remark.say(Text("Not looked through to the end: R looks again.")),
        )

    def _show(self, kind: str, pairs: "list[Double]") -> None:
        if kind != _KINDS[self.tabs.key]:
            return
        self._job = None
        self.list.show_lines(pairs)
        self._say_count()
        if pairs:
            self.list.choose(pairs[0].id)
            self.list.setFocus()
        else:
            self.panel.hide()

    def _say_count(self) -> None:
        n = len(self.list.every)
        self._head.remark.say(Text("{n} pair", "{n} pairs", n=n) if n else "")

    # ---- one pair

    def _chosen(self, pair: "Double | None") -> None:
        if pair is not None:
            language = looks.language()
            self.ask(
                lambda desk: read_pair(desk, pair, language),
                partial(self._compare, pair),
                key="pair",
            )

    def _compare(self, pair: "Double", shown: Shown | None) -> None:
        if shown is None:
            self._drop(pair)
            return
        self.panel.fit(self.window().width())
        self.panel.show_pair(pair, shown)
        self.panel.show()

    def _choose(self, which: int) -> None:
        self.panel.choose(which)

    def _one(self, take: tuple[str, ...]) -> None:
        pair = self.list.current
        if pair is None:
            return

        def verb(desk: "Workspace") -> ChangeSet:
            merging = Merging(desk.storage)
            if pair.apart:
                return merging.same_human(PersonId(pair.first), PersonId(pair.second))
            return merging.merge(pair.kind, pair.first, pair.second, take=take)

        said = Text("{name} is one record now.", name=looks.cut(pair.names[0], 60))
        if pair.apart:
            said = Text("{name} is one person at two customers.", name=looks.cut(pair.names[0], 60))
        self.do(verb, partial(self._done, pair, said))

    def _two(self) -> None:
        pair = self.list.current
        if pair is None:
            return
        said = Text("They are two: not asked again.")
        self.do(
            lambda desk: Merging(desk.storage).not_same(pair.kind, pair.first, pair.second),
            partial(self._done, pair, said),
        )

    def _done(self, pair: "Double", said: Text, _: ChangeSet) -> None:
        way_out: Any = (Text("Undo"), "Ctrl+Z", self._back)
        self.around.say(said, way_out=way_out)
        self._drop(pair)

    def _back(self) -> None:
        take_back(self.workbench, self.around.say)
        self._look()

    def _drop(self, pair: "Double") -> None:
        """Take a pair out of the list, and every other that names what is gone."""
        every = self.list.every
        at = next((n for n, one in enumerate(every) if one.id == pair.id), 0)
        left = [one for one in every if pair.second not in (one.first, one.second)]
        left = [one for one in left if one.id != pair.id]
        self.list.show_lines(left)
        self._say_count()
        if left:
            self.list.choose(left[min(at, len(left) - 1)].id)
            self.list.setFocus()
        else:
            self.panel.hide()
