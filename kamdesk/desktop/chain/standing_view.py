"""How broadly we stand at the customer, and whom to give how much attention: two folded lines."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.fold import Fold
from kamdesk.desktop.chain.panel_row import support
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.chain.analysis import Analysis
from kamdesk.domain.chain.breadth import BREADTH_WORDS, LEAST_RELATION, Breadth, Footing
from kamdesk.domain.chain.network import CONTACT_DAYS, Network
from kamdesk.domain.chain.salience import ATTENTION_WORDS, Attention
from kamdesk.domain.chain.standing import LEVEL_WORDS, LINE_WORDS, Level, Line

_SHAPES: Final = {
    Breadth.NONE: Text("Footing: none yet"),
    Breadth.POINT: Text("Footing: point"),
    Breadth.LINE: Text("Footing: line"),
    Breadth.PLANE: Text("Footing: plane"),
    Breadth.BODY: Text("Footing: body"),
}
_NAMES_SHOWN: Final = 6


class StandingView(QWidget):
    """Shown below the support while nobody is chosen; what was opened stays open."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.now().px(6), 0, 0)
        self._column.setSpacing(0)
        self._open: set[str] = set()

    def show_standing(self, net: Network, told: Analysis) -> None:
        """Show how broadly we stand, and who deserves how much attention."""
        emptied(self._column)
        if not net.people:
            return
        names = {node.id: looks.cut(node.name or node.post, 24) for node in net.nodes}
        self._fold("footing", _footing_words(told.footing), _footing(told.footing, names))
        places = told.power_interest
        key = [one for one in places if places[one].attention is Attention.KEY_PLAYER]
        unknown = [one for one in places if places[one].attention is None]
        left = Text("{n} not judged", "{n} not judged", n=len(unknown)) if unknown else ""
        players = Text("{n} key player", "{n} key players", n=len(key))
        said = looks.joined(players if key or not unknown else "", left)
        self._fold("attention", Text("Attention: {said}", said=said), _attention(told, names))

    def _fold(self, key: str, words: Text | str, parts: Sequence[QWidget]) -> None:
        look = theme.now()
        fold = Fold(looks.said(words))
        fold.setCheckable(True)
        fold.setChecked(key in self._open)
        self._column.addWidget(fold)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(look.px(20), 0, 0, look.px(8))
        column.setSpacing(look.px(4))
        for part in parts:
            column.addWidget(part)
        inside.setVisible(key in self._open)
        fold.toggled.connect(inside.setVisible)
        fold.toggled.connect(lambda on: (self._open.add if on else self._open.discard)(key))
        self._column.addWidget(inside)


def _footing_words(footing: Footing) -> str:
    many = ""
    if footing.functions:
        functions = Text("{n} function", "{n} functions", n=footing.functions)
        levels = Text("{n} level", "{n} levels", n=footing.levels)
        comma = "，" if looks.language() == "zh" else ", "
        many = comma.join(
            looks.said(one) for one in (functions, levels) if one is functions or footing.levels
        )
    between = "；" if looks.language() == "zh" else "; "
    return between.join(one for one in (looks.said(_SHAPES[footing.breadth]), many) if one)


def _footing(footing: Footing, names: dict[Id, str]) -> list[QWidget]:
    """Return what the shape means, lines by levels, and what keeps it from being more."""
    parts: list[QWidget] = [
        support(looks.capital(BREADTH_WORDS[footing.breadth]), Tone.INK),
        support(
            Text(
                "Only who was met in the last {days} days, with a relationship of at least"
                " {least}, counts.",
                days=CONTACT_DAYS,
                least=LEAST_RELATION,
            )
        ),
        _Grid(footing, names),
    ]
    if footing.unpaired:
        lines = _comma().join(looks.said(LINE_WORDS[line]) for line in footing.unpaired)
        parts.append(
            support(Text("Nobody of ours is paired on: {lines}.", lines=lines), Tone.OCHRE)
        )
    if footing.unplaced:
        parts.append(
            support(
                Text(
                    "Line or level not known, not in the grid: {names}.",
                    names=_named(footing.unplaced, names),
                ),
                Tone.OCHRE,
            )
        )
    return parts


def _attention(told: Analysis, names: dict[Id, str]) -> list[QWidget]:
    """Return who stands where on the grid of power and interest, who comes first, who is open."""
    places = told.power_interest
    parts: list[QWidget] = []
    for attention, words in ATTENTION_WORDS.items():
        who = [one for one, place in places.items() if place.attention is attention]
        if who:
            said = looks.capital(words)
            parts.append(support(said, Tone.INK))
            parts.append(support(_named(who, names), Tone.SECOND))
    unknown = [one for one, place in places.items() if place.attention is None]
    if unknown:
        said = _named(unknown, names)
        parts.append(
            support(
                Text("Not judged, influence or interest not known: {names}.", names=said),
                Tone.OCHRE,
            )
        )
    return parts


class _Grid(QWidget):
    """Three lines across, three levels down; a dash where nobody counts."""

    def __init__(self, footing: Footing, names: dict[Id, str]) -> None:
        super().__init__()
        look = theme.now()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, look.px(4), 0, look.px(4))
        grid.setHorizontalSpacing(look.px(8))
        grid.setVerticalSpacing(look.px(4))
        for column, line in enumerate(Line, 1):
            grid.setColumnStretch(column, 1)
            grid.addWidget(_cell(looks.capital(LINE_WORDS[line]), Tone.MUTED), 0, column)
        for row, level in enumerate(Level, 1):
            grid.addWidget(_cell(looks.capital(LEVEL_WORDS[level]), Tone.MUTED), row, 0)
            for column, line in enumerate(Line, 1):
                who = footing.grid.get((line, level), ())
                said = _named(who, names) if who else looks.DASH
                grid.addWidget(_cell(said, Tone.INK if who else Tone.MUTED), row, column)
        grid.setColumnStretch(0, 1)
        self.setAccessibleName(looks.said(Text("Lines across, levels down")))


def _cell(words: Text | str, tone: Tone) -> PlainLabel:
    return PlainLabel(words, Type.SMALL, tone, fit=Fit.WRAP)


def _comma() -> str:
    return "、" if looks.language() == "zh" else ", "


def _named(who: Sequence[Id], names: dict[Id, str]) -> str:
    """Return names, the first of many and how many more."""
    shown = _comma().join(names.get(one, looks.DASH) for one in who[:_NAMES_SHOWN])
    more = len(who) - _NAMES_SHOWN
    return looks.said(Text("{names} and {n} more", names=shown, n=more)) if more > 0 else shown
