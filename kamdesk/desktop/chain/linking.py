"""Tying by keys: pick another card by arrows or by name, then say how the two are tied."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.chain.options import Option, numbered
from kamdesk.desktop.chain.words import name_of
from kamdesk.desktop.widgets.offers import Offer
from kamdesk.domain.chain.bonds import BOND_WORDS, Bond
from kamdesk.domain.chain.model import TieKind
from kamdesk.domain.chain.network import Node, NodeKind

if TYPE_CHECKING:
    from kamdesk.desktop.chain.page import ChainPage

_KINDS: Final = (
    Option("i", Text("influences"), TieKind.INFLUENCES),
    Option("c", Text("close to"), TieKind.CLOSE),
    Option("x", Text("in conflict with"), TieKind.CONFLICT),
)
_STRENGTHS: Final = (
    Option("1", Text("a little"), 1),
    Option("2", Text("clearly"), 2),
    Option("3", Text("strongly"), 3),
    Option("-1", Text("against us, a little"), -1),
    Option("-2", Text("against us, clearly"), -2),
    Option("-3", Text("against us, strongly"), -3),
)
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Linking:
    """Gives a page the keys T, B and F."""

    def __init__(self, page: "ChainPage") -> None:
        self._page = page
        add = page.actions_here.add
        add("chain.tie", Text("Tie to another"), self.tie, keys="T", icon="link")
        add("chain.boss", Text("Reports to"), self.boss, keys="B")
        add("chain.find", Text("Find on the map"), self.find, keys="F", icon="search")

    def tie(self) -> None:
        """Tie the current card to another one."""
        page = self._page
        nodes = page.meant((NodeKind.PERSON, NodeKind.BODY, NodeKind.OUTSIDE))
        if nodes:
            source = nodes[0]
            name = looks.cut(name_of(source), 40)
            self._pick(
                Text("To whom is {name} tied? Arrows or letters, then Enter", name=name),
                source,
                lambda target: self._ask_kind(source, target),
            )

    def boss(self) -> None:
        """Say to whom those chosen report."""
        page = self._page
        nodes = page.meant((NodeKind.PERSON, NodeKind.VACANT, NodeKind.GHOST))
        if not nodes:
            return
        self._pick(
            Text("To whom do they report? Arrows or letters, then Enter; at once Enter: nobody"),
            nodes[0],
            lambda boss: page.act(page.deeds.put_under(nodes, boss), tell=self._refused),
            nobody=lambda: page.act(page.deeds.put_under(nodes, None)),
        )

    def find(self) -> None:
        """Go to somebody by name, sound or post."""
        page = self._page
        self._pick(Text("Who is looked for?"), None, lambda node: page.canvas.come_to(node.id))

    def _refused(self, words: Text) -> None:
        self._page.around.say(words)

    def _pick(
        self,
        words: Text,
        source: Node | None,
        then: Callable[[Node], object],
        *,
        nobody: Callable[[], object] | None = None,
    ) -> None:
        page, canvas = self._page, self._page.canvas
        start = source.id if source else None

        def walk(event: QKeyEvent) -> bool:
            way = _ARROWS.get(Qt.Key(event.key()))
            if way is not None:
                canvas.walk(*way)
            return way is not None

        def take(typed: str, value: object) -> None:
            here = page.current
            found = page.node(Id(value)) if isinstance(value, bytes) else here
            picked = not typed or isinstance(value, bytes)
            if found is None or not picked:
                page.strip.refuse(Text("Nobody on the map fits. Type other letters, or press Esc."))
            elif found.id == start and nobody is not None:
                page.strip.close_strip()
                nobody()
            elif found.id == start and start is not None:
                page.strip.refuse(Text("Choose another card by arrows or by its name."))
            else:
                page.strip.close_strip()
                if start is not None and source is not None:
                    canvas.come_to(start)
                then(found)

        page.strip.pick(
            words,
            self._fits,
            take,
            hint=Text("Name, sound or post"),
            walks=walk,
            seen=lambda value: canvas.come_to(value if isinstance(value, bytes) else None),
        )

    def _fits(self, typed: str) -> list[Offer]:
        seen, low = self._page.shown, "".join(typed.casefold().split())
        if seen is None:
            return []
        found = [
            (not any(word.startswith(low) for word in letters.split()), n, node)
            for n, node in enumerate(seen.net.nodes)
            if low in "".join((letters := seen.found_as.get(node.id, "")).split())
        ]
        return [Offer(node.id, name_of(node), node.post) for _, _, node in sorted(found)[:6]]

    def _ask_kind(self, source: Node, target: Node) -> None:
        def take(option: Option) -> None:
            if option.value is TieKind.INFLUENCES:
                self._ask_strength(source, target)
            elif option.value is TieKind.CLOSE:
                self._ask_bond(source, target)
            elif isinstance(option.value, TieKind):
                self._ask_note(source, target, option.value, 2)

        between = Text("{one} and {other}:", one=_short(source), other=_short(target))
        self._page.strip.choose(between, _KINDS, take)

    def _ask_bond(self, source: Node, target: Node) -> None:
        bonds = numbered([(bond, words) for bond, words in BOND_WORDS.items()])
        unknown = Option("0", Text("not known, or something else"), None)

        def take(option: Option) -> None:
            bond = option.value if isinstance(option.value, Bond) else None
            self._ask_note(source, target, TieKind.CLOSE, 2, bond=bond)

        self._page.strip.choose(
            Text("What joins {one} and {other}?", one=_short(source), other=_short(target)),
            [*bonds, unknown],
            take,
        )

    def _ask_strength(self, source: Node, target: Node) -> None:
        self._page.strip.choose(
            Text(
                "How strongly does {one} influence {other}?",
                one=_short(source),
                other=_short(target),
            ),
            _STRENGTHS,
            lambda option: self._ask_note(source, target, TieKind.INFLUENCES, option.value),
        )

    def _ask_note(
        self,
        source: Node,
        target: Node,
        kind: TieKind,
        strength: object,
        *,
        bond: Bond | None = None,
    ) -> None:
        page = self._page
        weight = strength if isinstance(strength, int) else 2
        influences = kind is TieKind.INFLUENCES
        if influences and page.surroundings.takes_tie(source, target, weight):
            return

        def take(note: str) -> None:
            deed = page.deeds.tie(
                kind,
                source,
                target,
                strength=abs(weight),
                negative=weight < 0,
                note=note,
                bond=bond,
            )
            page.act(deed, tell=page.strip.refuse, done=page.strip.close_strip)

        page.strip.write(
            Text("How does one know? Enter alone leaves it open"),
            take,
            hint=Text("Fellow students, a quarrel over SCADA …"),
        )


def _short(node: Node) -> str:
    return looks.cut(name_of(node), 24)
