"""Judging by keys: S and a stance, I and an influence, R and roles, of all cards chosen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.chain.options import Option, numbered
from kamdesk.desktop.chain.panel_words import INFLUENCE_MEANS
from kamdesk.desktop.chain.words import name_of
from kamdesk.domain.chain.model import ROLE_WORDS, Role
from kamdesk.domain.chain.network import Node, NodeKind
from kamdesk.domain.chain.standing import STANCE_WORDS, What

if TYPE_CHECKING:
    from kamdesk.desktop.chain.page import ChainPage

STANCES: Final = (
    *(Option(str(n), STANCE_WORDS[n], str(n)) for n in (-2, -1, 0, 1, 2)),
    Option("?", Text("not known"), ""),
)
INFLUENCES: Final = (
    *(Option(str(n), INFLUENCE_MEANS[n], str(n)) for n in range(1, 6)),
    Option("?", Text("not known"), ""),
)


class Judging:
    """Gives a page the keys S, I and R."""

    def __init__(self, page: "ChainPage") -> None:
        self._page = page
        add = page.actions_here.add
        add("chain.stance", Text("Stance"), self.stance, keys="S")
        add("chain.influence", Text("Influence"), self.influence, keys="I")
        add("chain.roles", Text("Roles"), self.roles, keys="R", icon="tag")

    def stance(self) -> None:
        """Ask where those chosen stand."""
        if nodes := self._judged():
            now = nodes[0].stands.stance
            self._page.strip.choose(
                Text("Where does {name} stand?", name=_all(nodes)),
                STANCES,
                lambda option: self._take_stance(nodes, str(option.value)),
                current=None if now is None else str(now),
            )

    def influence(self) -> None:
        """Ask how much those chosen weigh."""
        if nodes := self._judged():
            now = nodes[0].stands.influence
            self._page.strip.choose(
                Text("How much does {name} weigh in this?", name=_all(nodes)),
                INFLUENCES,
                lambda option: self._judge(nodes, What.INFLUENCE, str(option.value)),
                current=None if now is None else str(now),
            )

    def roles(self) -> None:
        """Ask which parts those chosen play; of an empty seat: which are wanted there."""
        page = self._page
        nodes = page.meant((NodeKind.PERSON, NodeKind.GHOST, NodeKind.VACANT))
        if not nodes:
            return
        first = nodes[0]
        page.strip.tick(
            Text("Which part does {name} play?", name=_all(nodes)),
            numbered(list(ROLE_WORDS.items())),
            first.stands.roles or first.wanted,
            lambda values: self._take_roles(nodes, [role for role in Role if role in values]),
        )

    def _judged(self) -> Sequence[Node]:
        return self._page.meant((NodeKind.PERSON, NodeKind.BODY))

    def _take_stance(self, nodes: Sequence[Node], value: str) -> None:
        if self._page.surroundings.takes_stance(nodes, value):
            return
        if value in ("2", "-2"):
            self._page.strip.write(
                Text("Firmly for or against needs evidence: what did they do or say?"),
                lambda note: self._judge(nodes, What.STANCE, value, note),
                hint=Text("What they did or said, and when"),
            )
        else:
            self._judge(nodes, What.STANCE, value)

    def _take_roles(self, nodes: Sequence[Node], roles: Sequence[Role]) -> None:
        page = self._page
        people = [node for node in nodes if node.kind is NodeKind.PERSON]
        if people:
            self._judge(people, What.ROLES, " ".join(roles))
        for node in nodes:
            if node.kind is not NodeKind.PERSON:
                page.act(page.deeds.want(node, roles))

    def _judge(self, nodes: Sequence[Node], what: What, value: str, note: str = "") -> None:
        page = self._page
        page.act(
            page.deeds.judge(nodes, what, value, note=note),
            tell=page.strip.refuse if page.strip.isVisible() else None,
            done=page.strip.close_strip,
        )


def _all(nodes: Sequence[Node]) -> Text | str:
    """Return whom a question is about: the name, or how many."""
    if len(nodes) == 1:
        return looks.cut(name_of(nodes[0]), 40)
    return Text("these {n}", n=len(nodes))
