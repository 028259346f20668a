"""What stands around the canvas: side panel, time slider, banners, comparison; and their keys."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import Day
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.chain.compare_part import ComparePart
from kamdesk.desktop.chain.findings_list import NOISE, NUMBERED, RIGHT
from kamdesk.desktop.chain.panel import ChainPanel
from kamdesk.desktop.chain.panel_steps import resumed
from kamdesk.desktop.chain.play import Player
from kamdesk.desktop.chain.reading import ChainSeen
from kamdesk.desktop.chain.slider import TimeSlider
from kamdesk.desktop.chain.slider_changes import changes_of, read_moved, ticks_of
from kamdesk.desktop.chain.what_if_part import HatchedBanner
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.domain.chain.network import Node
from kamdesk.domain.chain.what_if import StanceMove, TieMove
from kamdesk.dossier.chain_moves import Moved

if TYPE_CHECKING:
    from kamdesk.desktop.chain.page import ChainPage


def tool_buttons(page: "ChainPage") -> list[Button]:
    """Return the buttons of way in, what if and compare for the page's tool bar."""
    add = page.actions_here.add
    return [
        Button.of(add(id, name, does, keys=keys, icon=icon))
        for id, name, does, keys, icon in (
            (
                "chain.way",
                Text("Way in"),
                lambda: page.surroundings.panel.toggle_ways(),
                "W",
                "route",
            ),
            (
                "chain.what_if",
                Text("What if"),
                lambda: page.surroundings.panel.toggle_what_if(),
                "H",
                "sliders-horizontal",
            ),
            (
                "chain.compare",
                Text("Compare"),
                lambda: page.surroundings.compare(),
                "C",
                "git-branch",
            ),
        )
    ]


class Surroundings:
    """Gives a page its panel, slider and comparison, and the keys that go with them."""

    def __init__(self, page: "ChainPage", left: QWidget) -> None:
        """``left`` is what stands at the left of the panel: the canvas with what is around it."""
        self._page, self._left = page, left
        self.panel = ChainPanel(page)
        self.slider = TimeSlider()
        self.player = Player(page)
        self.comparison = ComparePart(page)
        self.supposing, self.past = HatchedBanner(), HatchedBanner(hatched=False)
        self.supposing.say(Text("What if: nothing you move here is saved."))
        self._moved: tuple[Moved, ...] = ()
        self._asked: tuple[object, ...] = ()
        self._resumed = ""
        for banner in (self.supposing, self.past):
            banner.hide()
            page.left_column.insertWidget(0, banner)
        page.left_column.addWidget(self.slider)
        page.use(self.comparison)
        self.comparison.hide()
        self._connect()
        self._add_keys()

    def _connect(self) -> None:
        page, panel = self._page, self.panel
        self.supposing.left.connect(panel.leave_what_if)
        self.past.left.connect(lambda: self.show_day(None))
        panel.chosen.connect(self._choose)
        panel.jumped.connect(self._jump)
        panel.led.connect(self._lead)
        panel.supposed.connect(self._suppose)
        panel.asked.connect(self._carry_out)
        self.slider.chosen.connect(self.show_day)
        self.slider.played.connect(self.play)
        self.slider.listed.connect(panel.toggle_changes)
        self.player.came.connect(lambda day: page.show_day(self._or_today(day)))
        self.player.playing.connect(self.slider.show_playing)
        self.comparison.closed.connect(self.close_comparison)
        self.comparison.chosen.connect(self._from_comparison)

    def _add_keys(self) -> None:
        page, panel, track = self._page, self.panel, self.slider.track
        add = page.actions_here.add
        add("chain.evidence", Text("Add evidence"), panel.begin_evidence, keys="V")
        add("chain.still_so", Text("Still so"), panel.say_still_so, keys="Y")
        add("chain.choose", Text("Help me choose"), panel.begin_choosing, keys="Q")
        add("chain.open", Text("Open the person"), panel.open_chosen, keys="O")
        add("chain.leaves", Text("Suppose they leave"), panel.suppose_leaving, keys="X")
        add("chain.moved", Text("What moved"), panel.toggle_changes, keys="U")
        for number in range(1, NUMBERED + 1):
            add(
                f"chain.finding{number}",
                Text("Finding {n}", n=number),
                partial(panel.press_number, number),
                keys=str(number),
            )
        for name, keys, right in (
            (Text("The finding is right"), RIGHT, True),
            (Text("The finding is noise"), NOISE, False),
        ):
            rule = partial(panel.findings.rule, right)
            add(f"chain.verdict.{keys}", name, rule, keys=keys)
        for id, name, keys, day in (
            ("chain.day_back", Text("A day back"), "[", lambda: track.beside(-1)),
            ("chain.day_on", Text("A day on"), "]", lambda: track.beside(1)),
            (
                "chain.change_back",
                Text("The change before"),
                "Shift+[",
                lambda: track.neighbour(-1),
            ),
            ("chain.change_on", Text("The next change"), "Shift+]", lambda: track.neighbour(1)),
        ):
            add(id, name, partial(self._show_found, day), keys=keys)
        play = add("chain.play", Text("Play"), self.play, icon="play")
        play.keys = "Space"  # on these two only: elsewhere blank presses what has the focus
        for part in (page.canvas, track):
            blank = QShortcut(QKeySequence("Space"), part)
            blank.setContext(Qt.ShortcutContext.WidgetShortcut)
            blank.activated.connect(play.trigger)

    # ---- showing

    def show_seen(self, seen: ChainSeen) -> None:
        """Show another state of the map around the canvas."""
        self.panel.show_chain(seen)
        day = looks.day(seen.net.day, today=seen.today)
        self.past.say(Text("The map of {day}, to be read only. Today it can be changed.", day=day))
        self.past.setVisible(seen.past)
        self._ask_moved(seen)
        self._show_time()
        if self._resumed:
            what, self._resumed = self._resumed, ""
            self._open_form(what)

    def _ask_moved(self, seen: ChainSeen) -> None:
        """Ask what ever moved, once for all days of a map as the records stand."""
        account, map_id, today = seen.account, seen.map_id, seen.today
        asked = (account, map_id, today, self._page.seen)
        if asked != self._asked:
            self._asked = asked
            self._page.ask(
                lambda desk: read_moved(desk, account, map_id, today), self._show_moved, key="moved"
            )

    def _show_moved(self, moved: tuple[Moved, ...]) -> None:
        self._moved = moved
        self._show_time()

    def _show_time(self) -> None:
        seen = self.panel.seen
        if seen is None:
            return
        day = seen.net.day
        self.slider.show_days(ticks_of(self._moved), day, seen.today)
        since = self.slider.track.since
        lately = [one for one in self._moved if since < one.day <= day]
        self.slider.show_changes(changes_of(lately, {one.id: one.name for one in seen.net.nodes}))
        self.panel.changes.show_moved(lately, since, seen.today)

    def choose(self, node: Id | None) -> None:
        """Show another card in the panel."""
        self.panel.choose(node)

    def choose_tie(self, tie: Id) -> None:
        """Show a tie in the panel."""
        net = self._page.net
        found = next((one for one in net.ties if one.id == tie), None) if net else None
        if found is not None:
            self.panel.choose_tie(found)

    # ---- time

    def _or_today(self, day: Day | None) -> Day | None:
        seen = self.panel.seen
        return None if seen is None or day is None or day >= seen.today else day

    def show_day(self, day: Day | None) -> None:
        """Show the map as of a day, today with None; what plays stops."""
        self.player.stop()
        self._page.show_day(self._or_today(day))

    def _show_found(self, find: Callable[[], Day]) -> None:
        self.show_day(find())

    def play(self) -> None:
        """Play the map forward from the day that is seen, or stop."""
        seen = self.panel.seen
        if self.player.plays:
            self.player.stop()
        elif seen is not None:
            days = [tick.day for tick in self.slider.track.ticks]
            self.player.begin(days, at=seen.net.day, today=seen.today)

    # ---- what the panel wants

    def _choose(self, node: Id) -> None:
        self._page.canvas.come_to(node)
        self.panel.choose(node)

    def _jump(self, people: tuple[Id, ...]) -> None:
        canvas = self._page.canvas
        shown = [one for one in people if one in canvas.cards]
        if shown:
            canvas.choose(shown)
            self._choose(shown[0])

    def _lead(self, way: tuple[Id, ...]) -> None:
        self._page.way_in = way
        self._page.redraw()

    def _suppose(self) -> None:
        what_if = self.panel.what_if
        self._page.supposed = what_if.net if what_if is not None else None
        self.supposing.setVisible(what_if is not None)
        self._page.redraw()

    def _carry_out(self, what: str) -> None:
        page = self._page
        actions = {
            "roles": "chain.roles",
            "fill": "chain.fill",
            "take off": "chain.off",
            "end": "chain.off",
        }
        page.actions_here[actions[what]].trigger()

    # ---- what if, by the keys of the canvas

    def takes_stance(self, nodes: Sequence[Node], value: str) -> bool:
        """Suppose a stance in place of judging it; False while nothing is supposed."""
        what_if = self.panel.what_if
        if what_if is None:
            return False
        for node in nodes:
            what_if.suppose(StanceMove(node.id, int(value) if value else None))
        return True

    def takes_tie(self, source: Node, target: Node, weight: int) -> bool:
        """Suppose an influence, contrary below 0, in place of noting it; False as above."""
        what_if = self.panel.what_if
        if what_if is not None:
            what_if.suppose(TieMove(source.id, target.id, abs(weight), weight < 0))
        return what_if is not None

    # ---- comparison

    def compare(self) -> None:
        """Set another day or another map beside this one, or end it."""
        seen = self.panel.seen
        if self.comparison.isVisible():
            self.close_comparison()
        elif seen is not None and seen.net.nodes:
            self._show_comparison(True)
            last = self._moved[-1].day if self._moved else seen.today
            self.comparison.begin(seen, before=last)

    def close_comparison(self) -> None:
        """Show the one map again."""
        self._show_comparison(False)
        self._page.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Go back to the one map of today, while nobody looks."""
        self._show_comparison(False)
        self.show_day(None)

    def _show_comparison(self, shown: bool) -> None:
        for part in (self._left, self.panel):
            part.setVisible(not shown)
        self.comparison.setVisible(shown)

    def _from_comparison(self, node: Id) -> None:
        self.close_comparison()
        self._choose(node)

    def resume(self, place: str) -> None:
        """Open the form in the panel whose draft is called so."""
        what = place.split(":", 2)[-1]
        if self.panel.seen is None:
            self._resumed = what
        else:
            self._open_form(what)

    def _open_form(self, what: str) -> None:
        kind, _, record = what.partition(":")
        if kind == "map":
            self._page.about.resume(record)
        elif (node := resumed(self.panel, what)) in self._page.canvas.cards:
            self._page.canvas.come_to(node)

    def escape(self) -> bool:
        """Leave what is open around the canvas, the innermost first; False when nothing was."""
        if self.comparison.isVisible():
            self.close_comparison()
        elif self.player.plays:
            self.player.stop()
        elif not self.panel.escape():
            if self._page.day is None:
                return False
            self.show_day(None)
        return True
