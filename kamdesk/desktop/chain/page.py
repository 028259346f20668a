"""The page of a decision chain: the map drawn, walked over and edited by keys."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import Refusal
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.building import Building
from kamdesk.desktop.chain.canvas import ChainCanvas
from kamdesk.desktop.chain.deeds import Deed, Deeds
from kamdesk.desktop.chain.drawing import Drawn, drawn
from kamdesk.desktop.chain.exporting import Exporting
from kamdesk.desktop.chain.judging import Judging
from kamdesk.desktop.chain.kept_zoom import KeptZoom
from kamdesk.desktop.chain.legend import LegendBar
from kamdesk.desktop.chain.linking import Linking
from kamdesk.desktop.chain.looking import Looking
from kamdesk.desktop.chain.map_editor import AboutMap
from kamdesk.desktop.chain.minimap import MiniMap
from kamdesk.desktop.chain.reading import ChainSeen, read_seen
from kamdesk.desktop.chain.snapping import Spot
from kamdesk.desktop.chain.start import StartHere
from kamdesk.desktop.chain.strip import Strip
from kamdesk.desktop.chain.support_corner import SupportCorner
from kamdesk.desktop.chain.surroundings import Surroundings, tool_buttons
from kamdesk.desktop.chain.taking import Taking
from kamdesk.desktop.chain.toolbar import ChainBar, read_tab, tab_of
from kamdesk.desktop.chain.walking import Way, step
from kamdesk.desktop.chain.words import card_words
from kamdesk.desktop.chain.zoom_box import ZoomBox
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.taking_back import undo_way
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.domain.chain.network import Network, Node, NodeKind
from kamdesk.domain.chain.support import Support
from kamdesk.dossier.chain_picture import picture

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class ChainPage(Page["Workspace"]):
    """One map of a customer, as an organisation or by influence; the matrix has its own page.

    Parts register their own keys; they reach the map by ``shown``, ``current`` and ``meant``, and
    change it by ``act``.
    """

    title = Text("Decision chain")
    follows = (
        "account", "person", "post", "holding", "reporting", "map", "group", "seat", "reading",
        "tie", "body", "visit", "attendee", "colleague", "opportunity", "need", "verdict", "pack",
        "pack_choice",
    )  # fmt: skip
    keys = (
        ("←+↑+→+↓", Text("Walk the lines")),
        ("N", Text("New report")),
        ("S", Text("Stance")),
        ("I", Text("Influence")),
    )

    def __init__(
        self,
        around: "Around[Workspace]",
        route: Route,
        *,
        still: Callable[[], bool] = lambda: False,
    ) -> None:
        """``still``: nothing shall glide."""
        self.account = AccountId(Id(route.record or b""))
        self.view, self._map = read_tab(route.tab)
        self._still = still
        self.day: Day | None = None
        self.shown: ChainSeen | None = None
        self.supposed: Network | None = None
        self.way_in: tuple[Id, ...] = ()
        self.tie: Id | None = None
        self._drawn: Drawn | None = None
        self._wide: float | None = None
        super().__init__(around, route)

    # ---- its parts

    def build(self) -> None:
        self.exporting = Exporting(self)
        self.actions_here.add("chain.all", Text("Choose all"), self._choose_all, keys="Ctrl+A")
        buttons = [*tool_buttons(self), Button.of(self.exporting.printing)]
        roomy = theme.now().percent <= 150  # else the names of the views would be cut
        self.bar = ChainBar(self.route.tab, buttons if roomy else buttons[:2])
        self.bar.wanted.connect(self._turn)
        self.bar.deal.connect(partial(self.go, "opportunity"))
        self.above(self.bar)
        self.canvas = ChainCanvas(Text("Decision chain"))
        self.canvas.walks = self._walk
        self.canvas.came.connect(self._came)
        self.canvas.chosen.connect(self._pressed)
        self.canvas.placed.connect(self._placed)
        self.canvas.opened.connect(lambda _: self.edit())
        self._zooms = KeptZoom(self.around.remembered)
        self.canvas.zoomed.connect(
            lambda percent: self._zooms.keep(self._zoomed_map, self.view, percent)
        )
        self.legend = LegendBar()
        self.zoom_box, self.minimap = ZoomBox(self.canvas), MiniMap(self.canvas)
        self.support = SupportCorner(self)
        self.strip = Strip(self.canvas)
        self.judging, self.linking = Judging(self), Linking(self)
        self.building = Building(self)
        self.looking = Looking(self)
        self.taking = Taking(self)
        self.about = AboutMap(self)
        self.start = StartHere(self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.canvas)
        self.stack.addWidget(self.start)
        left = QWidget()
        self.left_column = QVBoxLayout(left)
        self.left_column.setContentsMargins(0, 0, 0, 0)
        self.left_column.setSpacing(0)
        self.left_column.addWidget(self.looking.chips)
        self.left_column.addWidget(self.stack, 1)
        self.left_column.addWidget(self.legend)
        self.surroundings = Surroundings(self, left)
        self.surroundings.panel.told.connect(self._show_support)
        self.use(left, self.surroundings.panel)
        self.actions_here.add("chain.edit", Text("Edit"), self.edit, keys="E", icon="pencil")

    def crumbs(self) -> tuple[Crumb, ...]:
        called = self.shown.called if self.shown else ""
        customer = Crumb(called or Text("Customer"), Route("account", self.account))
        return Crumb(Text("Customers"), Route("accounts")), customer, Crumb(self.title)

    def panes(self) -> Sequence[QWidget]:
        first = self.canvas if self.stack.currentWidget() is self.canvas else self.start
        return first, self.surroundings.panel, self.bar

    @property
    def here(self) -> Route:
        return Route("chain", self.account, tab_of(self.view, self._map))

    def resume(self, place: str) -> None:
        """Open the card one was writing."""
        if place.endswith(":new"):
            self.building.begin_beside()
        else:
            self.surroundings.resume(place)

    # ---- what is seen

    @property
    def net(self) -> Network | None:
        """The map that is seen: of today, of a past day, or as it is supposed."""
        return self.supposed or (self.shown.net if self.shown else None)

    @property
    def current(self) -> Node | None:
        """Who the keyboard is on."""
        return self.node(self.canvas.current)

    def node(self, one: bytes | None) -> Node | None:
        """Return who on the map has this id."""
        net = self.net
        return net.by_id.get(Id(one)) if net is not None and one else None

    def meant(self, kinds: Sequence[NodeKind], *, quiet: bool = False) -> list[Node]:
        """Return those chosen, else the current one, of these kinds; say so where none is.

        ``quiet``: say nothing. None too where the map cannot be changed.
        """
        if not quiet and not self.may_edit():
            return []
        found = [node for one in self.canvas.meant if (node := self.node(one)) is not None]
        fit = [node for node in found if node.kind in kinds]
        if not fit and not quiet:
            self.around.say(
                Text("This is not done to an empty seat, a body or a party outside.")
                if found
                else Text("Choose a card first, by an arrow or the mouse.")
            )
        return fit

    def may_edit(self) -> bool:
        """Whether the map can be changed; say why where it cannot."""
        if self.shown is None:
            return False
        if self.shown.past:
            day = looks.day(self.shown.net.day, today=self.shown.today)
            self.around.say(
                Text("This is the map of {day}. Go back to today to change it.", day=day)
            )
            return False
        return True

    def reload(self) -> None:
        account, chosen, day = self.account, self._map, self.day
        self.ask(lambda desk: read_seen(desk, account, map_id=chosen, day=day), self._show_seen)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the past day and of a comparison: who comes again finds the map of today."""
        super().hideEvent(event)
        if not event.spontaneous() and not self.closed:
            self.surroundings.leave()

    def show_day(self, day: Day | None) -> None:
        """Show the map as of another day; None: today."""
        if day != self.day:
            self.day = day
            self.strip.close_strip()
            self.reload()

    def _show_seen(self, seen: ChainSeen) -> None:
        self.shown = seen
        if self.tie is not None and all(tie.id != self.tie for tie in seen.net.ties):
            self.tie = None
        self.bar.show_maps(seen.maps, seen.map_id, seen.deals)
        self.canvas.editable = not seen.past
        self.surroundings.show_seen(seen)
        self.redraw()
        self.renamed.emit()

    def redraw(self) -> None:
        """Lay out and draw the map anew, off the window's thread."""
        net, view, before = self.net, self.view, self._drawn
        if net is None or self.shown is None:
            return
        attending, way, language = self.shown.attending, self.way_in, looks.language()
        if self._wide is None and self.canvas.isVisible():
            self._wide = self.canvas.viewport().width() * 100 / theme.now().percent
        wide = self._wide
        narrowing = self.looking.narrowing

        def make(_: "Workspace") -> Drawn:
            whole = picture(net, attending=attending, way_in=way)
            return drawn(narrowing.of(whole), view, language=language, width=wide, before=before)

        self.ask(make, self._show_drawn, key="drawn")

    def show_or_start(self) -> None:
        """Show the map; while nobody is on it and no card is written: how to begin."""
        empty = self.net is None or not self.net.nodes
        start = empty and not self.building.card.isVisible()
        if start is (self.stack.currentWidget() is self.start):
            return
        self.stack.setCurrentWidget(self.start if start else self.canvas)
        self.surroundings.panel.setVisible(not start)  # of nobody there is nothing to judge
        if start:
            self.start.begin()
        if not self.building.card.isVisible():
            shown: QWidget = self.start if start else self.canvas
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_drawn(self, made: Drawn) -> None:
        net = self.net
        if net is None:
            return
        afresh = self._drawn is None or self._drawn.view != made.view
        self._drawn = made
        self.show_or_start()
        self.canvas.still = self._still()
        self.canvas.show_map(
            made.drawing,
            {bytes.fromhex(one): QRectF(*place) for one, place in made.plan.places.items()},
            QRectF(made.plan.left, made.plan.top, made.plan.width, made.plan.height),
            afresh=afresh,
            percent=self._zooms.of(self._zoomed_map, made.view) if afresh else None,
        )
        self.canvas.say({node.id: card_words(net, node) for node in net.nodes})
        if self.canvas.current is None and self.surroundings.panel.node is not None:
            self.canvas.come_to(self.surroundings.panel.node, tell=False)
        self.legend.show_content(made.content)
        self.looking.fade()
        self.building.redrawn()

    @property
    def _zoomed_map(self) -> Id:
        return (self.shown.map_id if self.shown else None) or self.account

    def _show_support(self, support: Support) -> None:
        if self.net is not None:
            self.support.show_support(self.net, support)

    def ends_of(self, record: bytes) -> frozenset[bytes]:
        """Return the cards at the ends of a line; none for what is no line."""
        net = self.net
        if net is None:
            return frozenset()
        if record.startswith(b"up:"):
            below = bytes.fromhex(record[3:].decode())
            node = self.node(below)
            return frozenset({below, node.boss}) if node and node.boss else frozenset({below})
        tie = next((one for one in net.ties if one.id == record), None)
        return frozenset({tie.source, tie.target}) if tie else frozenset()

    # ---- walking and choosing

    def _walk(self, here: bytes | None, way: Way) -> bytes | None:
        made = self._drawn
        if made is None:
            return None
        found = step(
            made.content,
            made.plan.places,
            here.hex() if here else None,
            way,
            ties=self.view == "influence",
        )
        return bytes.fromhex(found) if found else None

    def _came(self, card: bytes | None) -> None:
        self.tie = None
        self.looking.came()
        self.surroundings.choose(Id(card) if card else None)

    def _pressed(self, record: bytes) -> None:
        net = self.net
        if net is not None and any(tie.id == record for tie in net.ties):
            self.tie = Id(record)
            self.surroundings.choose_tie(self.tie)

    def _choose_all(self) -> None:
        self.canvas.choose(self.canvas.cards)

    def edit(self) -> None:
        """Edit the current card."""
        self.surroundings.panel.begin_edit()

    def _placed(self, spots: Mapping[bytes, Spot]) -> None:
        self.act(self.deeds.place({Id(one): spot for one, spot in spots.items()}))

    # ---- changing

    @property
    def deeds(self) -> Deeds:
        """What can be done to the map that is seen."""
        if self.shown is None:
            raise LookupError("nothing is seen yet")
        return Deeds(self.shown)

    def act(
        self,
        deed: Deed,
        said: Text | None = None,
        *,
        tell: Callable[[Text], object] | None = None,
        done: Callable[[], object] | None = None,
    ) -> None:
        """Do a deed; ``said`` with its undo when done, a refusal to ``tell`` or above the page."""

        def kept(_: ChangeSet) -> None:
            if done is not None:
                done()
            if said is not None:
                self.around.say(said, way_out=undo_way(self.workbench, self.around.say))

        def refused(error: Refusal) -> None:
            (tell or self.around.say)(error.said)

        if self.supposed is not None:
            self.around.say(Text("While you suppose, nothing is saved. Esc leaves what if."))
        else:
            self.workbench.do(self, deed, kept, refused)

    # ---- going

    def _turn(self, tab: str) -> None:
        view, chosen = read_tab(tab)
        if view == "matrix" or chosen != self._map:
            self.go("chain", self.account, tab)
            return
        self.view = view
        self.bar.show_view(view)
        self.redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape or not self.surroundings.escape():
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.legend.fit(self.height())
        self.surroundings.panel.fit(self.window().width())
