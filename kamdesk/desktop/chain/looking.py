"""Looking at a map: filters as chips, who is near, folded branches, lines that stay, the legend."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.narrowing import Narrowing
from kamdesk.desktop.chain.options import Option
from kamdesk.desktop.chain.sieve import fitting, meshes
from kamdesk.desktop.chain.tip import CardTip
from kamdesk.desktop.chain.words import tie_lines, tip_lines
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.flow import Flow
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.figures.layout.parts import MOST_TIES

if TYPE_CHECKING:
    from kamdesk.desktop.chain.page import ChainPage

HOVER_MS = 400
_LETTERS = "123456789abcdefghijklmnopqrstuvw"


class ChipRow(QWidget):
    """What narrows the map now, each with a way out; hidden while nothing does."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.row = QVBoxLayout(self)
        self.row.setContentsMargins(look.px(24), look.px(6), look.px(24), look.px(6))
        self.setAccessibleName(looks.said(Text("What narrows the map")))
        self.hide()

    def show_chips(self, chips: list[Button], words: str, *, always: bool = False) -> None:
        """Show these, and how much of the map is left; the words alone only ``always``."""
        emptied(self.row)
        left = PlainLabel(words, Type.SMALL, Tone.MUTED)
        gap = theme.now().px(6)
        self.row.addWidget(Flow([*chips, left], gap=gap, line=gap))
        self.setVisible(bool(chips) or always)


class Looking:
    """Gives a page the keys Shift+F, Shift+X, Shift+O and Shift+L."""

    def __init__(self, page: "ChainPage") -> None:
        self._page = page
        self.keys: frozenset[str] = frozenset()
        self.narrowing = Narrowing()
        self.chips = ChipRow()
        self.tip = CardTip(page.canvas)
        self._pointed: bytes | None = None
        self._said: tuple[str, ...] = ()
        self._soon = QTimer(page, singleShot=True, interval=HOVER_MS)
        self._soon.timeout.connect(self._show_tip)
        page.canvas.pointed.connect(self.pointed)
        page.canvas.scaled.connect(self.tip.hide)
        add = page.actions_here.add
        add("chain.filter", Text("Filter the map"), self.filter, keys="Shift+F", icon="filter")
        add("chain.near", Text("Only who is near"), self.show_near, keys="Shift+X", icon="target")
        add("chain.fold", Text("Fold what is below"), self.fold, keys="Shift+O", icon="list-tree")
        add("chain.legend", Text("Legend"), self.toggle_legend, keys="Shift+L", icon="info")

    # ---- what is narrowed

    def filter(self) -> None:
        """Ask what to look for; who does not fit fades."""
        page, net = self._page, self._page.net
        if net is None:
            return
        options = [
            Option(letter, mesh.words, mesh.key)
            for letter, mesh in zip(_LETTERS, meshes(net), strict=False)
        ]
        page.strip.tick(
            Text("Who is looked for? The others fade"),
            options,
            self.keys,
            lambda keys: self.look_for(str(key) for key in keys),
        )

    def look_for(self, keys: Iterable[str]) -> None:
        """Look for who fits all of these."""
        self.keys = frozenset(keys)
        self.fade()

    def show_near(self) -> None:
        """Show only who is near the current card, or all again."""
        here, now = self._page.canvas.current, self.narrowing
        near = here.hex() if here is not None and now.near is None else None
        self.narrowing = replace(now, near=near)
        self._page.redraw()

    def fold(self) -> None:
        """Fold what hangs below the current card, or unfold it."""
        card = self._page.canvas.current
        if card is not None:
            self.narrowing = replace(
                self.narrowing, near=None, turned=self.narrowing.turned ^ {card.hex()}
            )
            self._page.redraw()

    def show_all(self) -> None:
        """Unfold all branches, also of a large map."""
        self.narrowing = Narrowing(open=True)
        self._page.redraw()

    # ---- what fades

    def came(self) -> None:
        """The keyboard came to another card: what the tip says stands in the panel."""
        self._soon.stop()
        self.tip.hide()
        self.fade()

    def pointed(self, card: object) -> None:
        """The mouse came to a card or a line, or left it."""
        self._pointed = card if isinstance(card, bytes) else None
        self.tip.hide()
        self.fade()
        if self._pointed is not None:
            self._soon.start()
        else:
            self._soon.stop()

    def fade(self) -> None:
        """Fade who does not fit, and lines that do not touch the card pointed at."""
        page, net = self._page, self._page.net
        if net is None:
            return
        fit = fitting(net, self.keys)
        canvas = page.canvas
        shown = set(canvas.records)
        if fit is not None:
            lines = {one for one in shown - canvas.cards if not fit & page.ends_of(one)}
            shown -= (canvas.cards - fit) | lines
        at = self._pointed or canvas.current
        if at in canvas.cards:
            shown -= {
                one
                for one in shown - canvas.cards
                if (ends := page.ends_of(one)) and at not in ends
            }
        every = len(shown) == len(canvas.records)
        canvas.fade(None if every else frozenset(shown))
        self._show_chips(len(fit) if fit is not None else None)

    def _show_chips(self, left: int | None) -> None:
        net = self._page.net
        if net is None:
            return
        chips = []
        for mesh in meshes(net):
            if mesh.key in self.keys:
                chip = Button(looks.capital(mesh.words), icon="x")
                chip.clicked.connect(partial(self.look_for, self.keys - {mesh.key}))
                chips.append(chip)
        drawn, total = len(self._page.canvas.cards), len(net.nodes)
        if self.narrowing.near is not None:
            chip = Button(Text("Only who is near"), icon="x", keys="Shift+X")
            chip.clicked.connect(self.show_near)
            chips.append(chip)
        elif drawn < total:
            chip = Button(Text("{n} folded", n=total - drawn), icon="x")
            chip.clicked.connect(self.show_all)
            chips.append(chip)
        fits = Text("{n} of {total} fit", n=left, total=total) if left is not None else ""
        said = looks.said(fits or Text("{n} of {total} shown", n=drawn, total=total))
        if len(net.ties) > MOST_TIES:
            said += " · " + looks.said(Text("the {n} heaviest lines are drawn", n=MOST_TIES))
        now = (*(one.words for one in chips), said)
        if now != self._said:
            self._said = now
            self.chips.show_chips(chips, said, always=len(net.ties) > MOST_TIES)

    # ---- the tip

    def _show_tip(self) -> None:
        page, record = self._page, self._pointed
        net, node = page.net, page.node(record)
        busy = page.strip.isVisible() or page.building.card.isVisible()
        if net is None or record is None or busy:
            return
        if node is not None:
            self.tip.show_lines(tip_lines(net, node), page.canvas.box_of(record))
        elif (tie := next((one for one in net.ties if one.id == record), None)) is not None:
            self.tip.show_lines(tie_lines(net, tie), page.canvas.spot_pointed)

    def toggle_legend(self) -> None:
        """Show the legend, or hide it."""
        self._page.legend.toggle()
