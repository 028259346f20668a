"""The page of visit patterns: one at a time, its cycle at a glance, its visits, laid out by L."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import read_day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.list_page import ListPage
from kamdesk.desktop.lists import give_list_actions
from kamdesk.desktop.pages import Around, Crumb, Route
from kamdesk.desktop.patterns.cells import CycleCells
from kamdesk.desktop.patterns.reading import COLUMNS, PatternsSeen, read_patterns, rows
from kamdesk.desktop.patterns.steps import LayStep, PatternStep, StopStep
from kamdesk.desktop.visits.verbs import undo_of
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import Choice
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.patterns.model import Pattern

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class PatternsPage(ListPage):
    """Tab ``new`` opens the form for a new pattern, ``new:<day>`` with the week of that day."""

    title = Text("Visit patterns")
    follows = ("pattern", "pattern_stop", "account", "visit", "absence", "year_list")
    keys = (
        ("L", Text("Lay out")),
        ("A", Text("Add a visit")),
        ("E", Text("Change")),
        ("N", Text("Make a pattern")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self.content: PatternsSeen | None = None
        self._wanted: bytes | None = route.record
        opens, _, self._of_week = route.tab.partition(":")
        self._resumed = ["patterns::new"] if opens == "new" else []
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        new = add("patterns.new", Text("Make a pattern"), self.begin_new, keys="N", icon="plus")
        lay = add("patterns.lay", Text("Lay out"), self.begin_lay, keys="L", icon="calendar-check")
        more = add(
            "patterns.add", Text("Add a visit"), self.begin_add, keys="A", icon="calendar-plus"
        )
        self._of_one = (
            add("patterns.change", Text("Change the visit"), self.begin_change, keys="E"),
            add("patterns.out", Text("Take the visit out"), self._take_out, keys="Del"),
        )
        rename = add("patterns.rename", Text("Rename"), self.begin_rename, keys="R", icon="pencil")
        drop = add(
            "patterns.drop", Text("Delete the pattern"), self._drop, keys="X", icon="trash-2"
        )
        choose = add("patterns.choose", Text("Choose a pattern"), self._choose, keys="P")
        self._of_pattern = (lay, more, rename, drop)
        self._head = self.head(
            self.title,
            "",
            *(Button.of(one) for one in (drop, rename, more, new)),
            Button.of(lay, kind=Kind.PRIMARY),
        )
        self._build_cycle(choose.name)
        self._build_list(new)
        self._allow()

    def _build_cycle(self, name: Text) -> None:
        self.patterns = Choice([])
        self.patterns.setAccessibleName(looks.said(name))
        self.patterns.currentIndexChanged.connect(lambda _: self._chosen())
        self._row = self.bar(self.patterns)
        self.sheet.space(12)
        self.cells = CycleCells()
        self.add(self.cells)
        self.sheet.space(16)

    def _build_list(self, new: Action) -> None:
        self._empty = EmptyState(
            "calendar",
            Text("No pattern of visits yet"),
            Text(
                "Whom you see every week, every other week, once a month: keep a good week as"
                " a pattern and lay it out over the weeks to come, past holidays and absences."
            ),
            new,
        )
        self.list = self.table(
            Text("Visits of the pattern"),
            COLUMNS,
            key="patterns",
            empty=self._empty,
        )
        self._of_list = give_list_actions(self, self.list, Text("Visits of the pattern"))
        self.list.opened.connect(lambda _: self.begin_change())
        self.list.chosen.connect(lambda _: self._allow())

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(Text("Visits"), Route("visits")), Crumb(self.title))

    @property
    def here(self) -> Route:
        return Route("patterns", self._wanted)

    # ---- showing

    def reload(self) -> None:
        wanted = self._wanted
        self.ask(lambda desk: read_patterns(desk, wanted), self._show)

    def _show(self, seen: PatternsSeen) -> None:
        self.content = seen
        self._wanted = seen.pattern.id if seen.pattern else None
        self.patterns.blockSignals(True)
        self.patterns.offer([(one.id, one.name) for one in seen.patterns])
        self.patterns.choose(self._wanted)
        self.patterns.blockSignals(False)
        self._row.setVisible(bool(seen.patterns))
        self.cells.setVisible(seen.pattern is not None and self.height() >= theme.now().px(420))
        if seen.pattern is not None:
            self.cells.show_cycle(seen.pattern.weeks, seen.stops)
            every = Text("every week") if seen.pattern.weeks == 1 else Text(
                "every {n} weeks", n=seen.pattern.weeks
            )  # fmt: skip
            visits = Text("{n} visit", "{n} visits", n=len(seen.stops))
            self._head.remark.say(looks.joined(every, visits))
        else:
            self._head.remark.say("")
        self._empty.heading.say(
            Text("This pattern holds no visits yet.")
            if seen.pattern is not None
            else Text("No pattern of visits yet")
        )
        self.list.show_lines(rows(seen.stops))
        self._of_list.enable(bool(seen.stops))
        self._allow()
        while self._resumed:
            self.resume(self._resumed.pop(0))

    def _allow(self) -> None:
        seen = self.content
        for action in self._of_pattern:
            action.enable(seen is not None and seen.pattern is not None)
        if seen is not None and not seen.stops:
            self.actions_here["patterns.lay"].enable(False)
        for action in self._of_one:
            action.enable(self.list.current is not None)

    def _choose(self) -> None:
        self.patterns.setFocus()
        self.patterns.showPopup()

    def _chosen(self) -> None:
        value = self.patterns.value
        self._wanted = value if isinstance(value, bytes) else None
        self.reload()

    # ---- doing

    @property
    def pattern(self) -> Pattern | None:
        """The pattern that is looked at."""
        return self.content.pattern if self.content else None

    def begin_new(self) -> None:
        """Open the form for a new pattern."""
        if self.content is None:
            return
        monday = read_day(self._of_week) or self.content.monday
        step = PatternStep(self, monday)
        step.closed.connect(lambda: self._look_at(step.made))
        self.begin(step)

    def _look_at(self, pattern: bytes | None) -> None:
        if pattern is not None:
            self._wanted = pattern
            self.reload()

    def begin_rename(self) -> None:
        """Open the form that renames the pattern."""
        if self.content is not None and self.pattern is not None:
            self.begin(PatternStep(self, self.content.monday, self.pattern))

    def begin_add(self) -> None:
        """Open the form for one more visit."""
        if self.pattern is not None:
            self.begin(StopStep(self, self.pattern))

    def begin_change(self) -> None:
        """Open the form of the visit one stands on."""
        if self.pattern is not None and (row := self.list.current) is not None:
            self.begin(StopStep(self, self.pattern, row))

    def begin_lay(self) -> None:
        """Open the step that lays the pattern out."""
        seen = self.content
        if seen is not None and seen.pattern is not None and seen.stops:
            step = LayStep(self, seen.pattern, seen.monday, seen.me)
            step.settled.connect(self._laid)
            self.begin(step)

    def resume(self, place: str) -> None:
        if self.content is None:
            self._resumed.append(place)
            return
        what = place.split(":")[2:]
        begins = {
            "new": self.begin_new,
            "rename": self.begin_rename,
            "stop": self.begin_add if len(what) == 1 else self.begin_change,
            "lay": self.begin_lay,
        }
        if len(what) > 1:
            self.list.choose(bytes.fromhex(what[1]))
        if what and what[0] in begins:
            begins[what[0]]()

    def _take_out(self) -> None:
        if (row := self.list.current) is not None:
            self._do(
                lambda desk: desk.patterns.drop_stop(row.id),
                Text("Taken out: {name}", name=looks.cut(row.name, 60)),
            )

    def _drop(self) -> None:
        if (pattern := self.pattern) is not None:
            self._do(
                lambda desk: desk.patterns.drop(pattern),
                Text("Deleted: {name}", name=looks.cut(pattern.name, 60)),
            )

    def _do(self, verb: "Callable[[Workspace], ChangeSet]", said: Text) -> None:
        back = undo_of(self)
        self.do(verb, lambda _: self.around.say(said, way_out=back))

    def _laid(self, planned: int) -> None:
        said = Text("{n} visit is planned.", "{n} visits are planned.", n=planned)
        self.around.say(said, way_out=undo_of(self))
