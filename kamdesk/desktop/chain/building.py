"""Putting cards on the map by keys: a report, somebody beside, an empty seat, a body, a group."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF

from kamdesk.core.errors import Refusal
from kamdesk.core.ids import Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.deeds import Deed
from kamdesk.desktop.chain.drafts import draft_place
from kamdesk.desktop.chain.new_card import NewCard
from kamdesk.desktop.chain.options import Option, numbered
from kamdesk.desktop.chain.words import name_of
from kamdesk.desktop.widgets.offers import Offer
from kamdesk.domain.chain.model import ROLE_WORDS, Role
from kamdesk.domain.chain.network import Node, NodeKind
from kamdesk.dossier.new_at_visit import read_stranger

if TYPE_CHECKING:
    from kamdesk.desktop.chain.page import ChainPage

_PEOPLE: Final = (NodeKind.PERSON, NodeKind.VACANT, NodeKind.GHOST)


class Building:
    """Gives a page the keys N, Shift+N, G, A, D, Shift+G, Shift+T and Del."""

    def __init__(self, page: "ChainPage") -> None:
        self._page = page
        self._under: Node | None = None
        self.card = NewCard(page.canvas, page.workbench, draft_place(page.route, "new"))
        self.card.written.connect(self._write)
        self._last: Id | None = None
        page.canvas.scaled.connect(self._follow)
        self.card.closed.connect(self._closed)
        add = page.actions_here.add
        self.new = add(
            "chain.new", Text("New report"), self.begin_report, keys="N", icon="user-plus"
        )
        add("chain.beside", Text("New person beside"), self.begin_beside, keys="Shift+N")
        add("chain.ghost", Text("Empty seat"), self.ghost, keys="G")
        add("chain.fill", Text("Fill the seat"), self.fill, keys="A")
        add("chain.body", Text("Deciding body"), self.body, keys="D")
        add("chain.group", Text("Group"), self.group, keys="Shift+G")
        add("chain.tidy", Text("Tidy up"), self.tidy_up, keys="Shift+T")
        add("chain.off", Text("Take off the map"), self.take_off, keys="Del", icon="trash-2")

    # ---- somebody new

    def begin_report(self) -> None:
        """Write the card of somebody who reports to the current one."""
        self._begin(self._page.current)

    def begin_beside(self) -> None:
        """Write the card of somebody with the same boss as the current one."""
        here = self._page.current
        self._begin(self._page.node(here.boss) if here is not None else None)

    def _begin(self, under: Node | None) -> None:
        page = self._page
        if not page.may_edit():
            return
        if under is not None and under.kind not in _PEOPLE:
            page.around.say(Text("Nobody reports to {name}: choose a person.", name=name_of(under)))
            return
        page.strip.close_strip()
        self._under, self._last = under, None
        page.stack.setCurrentWidget(page.canvas)
        self.card.begin(self._heading(), self._spot())

    def _heading(self) -> Text:
        if self._under is None:
            return Text("At the top of the map")
        return Text("Reports to {name}", name=looks.cut(name_of(self._under), 40))

    def _spot(self) -> QPoint:
        """Return where the new card will stand: below the last report, else below the boss."""
        canvas, look = self._page.canvas, theme.now()
        under = self._under
        known = self._page.shown.net.nodes if self._page.shown else ()
        beside = [node.id for node in known if node.boss == (under.id if under else None)]
        boxes = [canvas.box_of(one) for one in beside if one in canvas.cards]
        if under is not None and not boxes:
            box = canvas.box_of(under.id)
            return canvas.mapFromScene(box.bottomLeft() + QPointF(16, 20))
        if not boxes:
            return QPoint(canvas.viewport().width() // 2 - look.px(116), look.px(56))
        last = max(boxes, key=lambda box: (round(box.y()), box.x()))
        return canvas.mapFromScene(last.bottomLeft() + QPointF(0, 10))

    def _write(self, name: str, post: str) -> None:
        page, under = self._page, self._under
        made: list[PersonId] = []
        known = [one for one in (page.shown.beside if page.shown else ()) if one.name == name]
        deed = page.deeds.add_person(name, post, under, made.append)
        if known:  # of the file already: not a second one of the name
            made.append(PersonId(known[0].id))
            deed = page.deeds.add_known(made[0], under)

        def kept(_: object) -> None:
            self._last = made[-1]
            self.card.next_one()

        page.workbench.do(
            page,
            deed,
            kept,
            self.card.refused,
            key="new",
            form=self.card,
        )

    def _follow(self) -> None:
        if self.card.isVisible():
            self.card.stand(self._spot())

    def redrawn(self) -> None:
        """The map is drawn anew: the open card goes where the next one will stand."""
        if self.card.isVisible():
            if self._under is not None:
                self._under = self._page.node(self._under.id)
            self.card.heading.say(self._heading())
            self.card.stand(self._spot())

    def _closed(self) -> None:
        if self._last is not None and self._under is None:
            self._page.canvas.come_to(self._last)
        self._page.show_or_start()

    # ---- seats nobody has

    def ghost(self) -> None:
        """Put an empty seat under the current card, for roles somebody must fill."""
        page = self._page
        if not page.may_edit():
            return
        under = page.current if page.current and page.current.kind in _PEOPLE else None
        page.strip.tick(
            Text("Which part is played by nobody yet?"),
            numbered(list(ROLE_WORDS.items())),
            (),
            lambda roles: page.act(
                page.deeds.add_ghost([role for role in Role if role in roles], under)
            ),
        )

    def fill(self) -> None:
        """Ask who takes the current empty seat: somebody of the file, or somebody new."""
        page, node = self._page, self._page.current
        if not page.may_edit():
            return
        if node is None or node.kind not in (NodeKind.GHOST, NodeKind.VACANT):
            page.around.say(Text("Choose an empty seat, then press A."))
            return

        def take(typed: str, value: object) -> None:
            if isinstance(value, bytes):
                self._act(page.deeds.fill(node, PersonId(Id(value))))
            elif typed:
                self._act(page.deeds.fill(node, read_stranger(typed)))

        page.strip.pick(
            Text("Who sits here?"),
            self._people_of_file,
            take,
            hint=Text("Name of the file, or a new one: Li Min, CFO"),
        )

    def _people_of_file(self, typed: str) -> list[Offer]:
        low = "".join(typed.casefold().split())
        return [
            Offer(who.id, who.name, who.post)
            for who in (self._page.shown.beside if self._page.shown else ())
            if low in "".join(who.found_as.split())
        ][:6]

    # ---- bodies, groups, places

    def body(self) -> None:
        """Ask for the name of a deciding body; those chosen become its members."""
        page = self._page
        members = page.meant((NodeKind.PERSON,), quiet=True)
        if page.may_edit():
            page.strip.write(
                Text(
                    "Which body decides? Its members: {n} person",
                    "Which body decides? Its members: {n} people",
                    n=len(members),
                ),
                lambda name: (
                    self._act(page.deeds.add_body(name, members))
                    if name
                    else page.strip.close_strip()
                ),
                hint=Text("Party committee, investment committee, board …"),
            )

    def group(self) -> None:
        """Put those chosen into a group there is, into a new one, or out of theirs."""
        page = self._page
        nodes = page.meant(tuple(NodeKind))
        if not nodes or page.shown is None:
            return
        groups = [(one.id, one.name) for one in page.shown.net.groups][:8]
        options = [*numbered(groups), Option("n", Text("a new group"), "new")]
        if any(node.group for node in nodes):
            options.append(Option("0", Text("out of the group"), None))

        def take(option: Option) -> None:
            if option.value == "new":
                self._ask_group(nodes)
            elif isinstance(option.value, bytes):
                page.act(page.deeds.put_in(nodes, Id(option.value)))
            else:
                page.act(page.deeds.put_in(nodes, None))

        if len(options) == 1:
            self._ask_group(nodes)
        else:
            page.strip.choose(Text("Which group?"), options, take, current=nodes[0].group)

    def _ask_group(self, nodes: Sequence[Node]) -> None:
        page = self._page
        page.strip.write(
            Text("What is the group called?"),
            lambda name: self._act(page.deeds.group(name, nodes)),
            hint=Text("A department, a company, a party outside"),
        )

    def tidy_up(self) -> None:
        """Give all places back to the layout."""
        page = self._page
        if not page.may_edit() or page.shown is None:
            return
        if any(node.seat and node.seat.x is not None for node in page.shown.net.nodes):
            page.act(page.deeds.tidy_up(), Text("All cards stand where the layout puts them."))
        else:
            page.around.say(Text("Nothing was moved by hand: the layout places all cards."))

    def take_off(self) -> None:
        """Ask how the current cards, or the chosen tie, end."""
        page = self._page
        if page.tie is not None:
            self._end_tie(page.tie)
            return
        nodes = page.meant(tuple(NodeKind))
        if not nodes:
            return
        name = name_of(nodes[0]) if len(nodes) == 1 else Text("these {n}", n=len(nodes))

        def take(option: Option) -> None:
            deed = page.deeds.take_off(nodes, mistake=option.value == "mistake")
            page.act(deed, Text("Off the map: {name}.", name=name))

        page.strip.choose(
            Text("Take {name} off the map?", name=name),
            (
                Option("1", Text("no longer here from today"), "ended"),
                Option("2", Text("it was a mistake"), "mistake"),
            ),
            take,
        )

    def _end_tie(self, tie: Id) -> None:
        page = self._page

        def take(option: Option) -> None:
            deed = page.deeds.end_tie(tie, mistake=option.value == "mistake")
            page.act(deed, Text("The tie holds no longer."))

        if page.may_edit():
            page.strip.choose(
                Text("Does the tie hold no longer?"),
                (
                    Option("1", Text("no longer from today"), "ended"),
                    Option("2", Text("it was a mistake"), "mistake"),
                ),
                take,
            )

    def _act(self, deed: Deed) -> None:
        """Do what was typed for; refused, the strip says why and keeps the words."""
        page = self._page
        page.workbench.do(
            page,
            deed,
            lambda _: page.strip.close_strip(),
            self._refused,
            key="strip",
        )

    def _refused(self, error: Refusal) -> None:
        self._page.strip.refuse(error.said)
