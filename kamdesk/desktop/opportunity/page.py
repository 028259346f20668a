"""The page of one opportunity: its fields in place, won or lost, its decision chain."""

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.ids import Id, MapId, OpportunityId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.exchange.badge import RecordBadge
from kamdesk.desktop.opportunity.fields import Fields
from kamdesk.desktop.opportunity.nine_steps import NineSteps
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.taking_back import undo_way
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.panes import TwoColumns
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.opportunities.model import (
    OPPORTUNITY_STATE_WORDS,
    STEP_WORDS,
    Opportunity,
    OpportunityState,
)

if TYPE_CHECKING:
    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace


class OpportunitySeen(NamedTuple):
    """An opportunity with its customer's name; ``map`` is its own, ``drawn`` whether any is."""

    opportunity: Opportunity
    account_name: str
    map: MapId | None
    drawn: bool
    today: Day


def read_opportunity(desk: "Workspace", opportunity: bytes) -> OpportunitySeen | None:
    """Return an opportunity as its page shows it; None when it is not there."""
    found = desk.opportunities.ask.find(opportunity)
    if found is None:
        return None
    maps = desk.chain.ask.maps(found.account)
    own = next((one.id for one in maps if one.opportunity == found.id), None)
    account = desk.accounts.ask.find(found.account)
    return OpportunitySeen(
        found, account.called if account else "", own, bool(maps), desk.clock.today()
    )


class OpportunityPage(Page["Workspace"]):
    """One opportunity."""

    title = Text("Opportunity")
    follows = ("opportunity", "account", "map")
    keys = (
        ("E", Text("Edit in place")),
        ("M", Text("Decision chain")),
        ("W", Text("Won")),
        ("X", Text("Lost")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self.opportunity = OpportunityId(Id(route.record or b""))
        self.content: OpportunitySeen | None = None
        self._resumed: list[str] = []
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        add(
            "opportunity.edit",
            Text("Edit in place"),
            lambda: self.fields.edit(),
            keys="E",
            icon="pencil",
        )
        chain = add(
            "opportunity.chain", Text("Decision chain"), self._chain, keys="M", icon="network"
        )
        settle = {
            OpportunityState.WON: ("opportunity.won", Text("Won"), "W", "check"),
            OpportunityState.LOST: ("opportunity.lost", Text("Lost"), "X", "x"),
            OpportunityState.OPEN: ("opportunity.open", Text("Open again"), "O", "undo-2"),
        }
        self._settle: dict[OpportunityState, Button] = {}
        for state, (id, words, keys, icon) in settle.items():
            action = add(id, words, partial(self._settled, state), keys=keys, icon=icon)
            self._settle[state] = Button.of(action)
        add("opportunity.customer", Text("Go to the customer"), self._customer, keys="U")
        add("opportunity.drop", Text("Delete"), self._drop, keys="Del", icon="trash-2")
        badge = RecordBadge(self, self.route.record or b"")
        primary = Button.of(chain, kind=Kind.PRIMARY)
        self._head = self.head("", "", badge, *self._settle.values(), primary)
        self._line = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        self.add(self._line)
        self.fields = Fields(self)
        self._who = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        self._two = TwoColumns()
        self._two.left.addWidget(Heading(Text("Particulars"), Text("E or a click changes them")))
        self._two.left.addWidget(self.fields)
        self._two.right.addWidget(Heading(Text("Who decides")))
        self._two.right.addWidget(self._who)
        self._two.right.addSpacing(theme.now().px(30))
        self._two.right.addWidget(Heading(Text("Nine steps")))
        self.steps = NineSteps()
        self._two.right.addWidget(self.steps)
        self.sheet.space(20)
        self.add(self._two)
        self.sheet.fill()
        for field in self.fields.fields.values():
            field.grown.connect(partial(self.sheet.show_part, field))

    def crumbs(self) -> tuple[Crumb, ...]:
        way = Crumb(Text("Opportunities"), Route("opportunities"))
        if self.content is None:
            return way, Crumb(self.title)
        account = self.content.opportunity.account
        customer = Crumb(self.content.account_name, Route("account", account))
        return way, customer, Crumb(looks.cut(self.content.opportunity.name, 60))

    def panes(self) -> tuple[QWidget, ...]:
        return (self.fields.fields["name"].read,)

    # ---- showing

    def reload(self) -> None:
        opportunity = self.opportunity
        self.ask(lambda desk: read_opportunity(desk, opportunity), self._show)

    def _show(self, seen: OpportunitySeen | None) -> None:
        if seen is None:
            self._show_gone()
            return
        first = self.content is None
        self.content = seen
        one = seen.opportunity
        self._head.title.say(looks.cut(one.name, 80))
        self._head.remark.say(seen.account_name)
        state = looks.capital(OPPORTUNITY_STATE_WORDS[one.state])
        settled = looks.day(one.settled_on, today=seen.today) if one.settled_on else ""
        amount = looks.money(one.amount) if one.amount else Text("amount not known")
        expected = (
            Text("expected {day}", day=looks.day(one.expected, today=seen.today))
            if one.expected
            else Text("no day expected yet")
        )
        step = Text("step {n}: {name}", n=one.step, name=STEP_WORDS[one.step])
        is_open = one.state is OpportunityState.OPEN
        self._line.say(
            looks.joined(state, step, amount, expected)
            if is_open
            else looks.joined(state, settled, amount)
        )
        for to, button in self._settle.items():
            shown = is_open != (to is OpportunityState.OPEN)
            button.setVisible(shown)
        for to, id in _ACTIONS.items():
            self.actions_here[id].enable(is_open != (to is OpportunityState.OPEN))
        self._who.say(_who(seen))
        self.steps.show_step(one.step)
        self.fields.show_opportunity(one, seen.today)
        self.renamed.emit()
        if first:
            self.fields.fields["name"].read.setFocus()
        while self._resumed:
            self.resume(self._resumed.pop(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._two.stack(self.width() < theme.now().px(820))

    def _show_gone(self) -> None:
        self.use(
            EmptyState(
                "target",
                Text("This opportunity is not here any more"),
                Text("It was deleted. Ctrl+Z brings it back if you did it just now."),
            )
        )

    def resume(self, place: str) -> None:
        what = place.split(":")[2:]
        if self.content is None:
            self._resumed.append(place)
        elif what[:1] == ["field"] and what[-1] in self.fields.fields:
            self.fields.fields[what[-1]].begin()

    # ---- doing

    def _settled(self, state: OpportunityState) -> None:
        seen = self.content
        if seen is None:
            return
        position = cast("Seen", self.seen)
        said = {
            OpportunityState.WON: Text("Won: {name}", name=looks.cut(seen.opportunity.name, 60)),
            OpportunityState.LOST: Text("Lost: {name}", name=looks.cut(seen.opportunity.name, 60)),
            OpportunityState.OPEN: Text(
                "Open again: {name}", name=looks.cut(seen.opportunity.name, 60)
            ),
        }[state]

        def verb(desk: "Workspace") -> ChangeSet:
            on = desk.clock.today()
            return desk.opportunities.settle(seen.opportunity.id, state, on=on, seen=position)

        self.do(verb, lambda _: self._say(said))

    def _drop(self) -> None:
        if self.content is None:
            return
        one = self.content.opportunity
        said = Text("Deleted: {name}", name=looks.cut(one.name, 60))

        def dropped(_: ChangeSet) -> None:
            self.go("opportunities")
            self._say(said)

        self.do(lambda desk: desk.opportunities.drop(one.id), dropped)

    def _say(self, words: Text) -> None:
        self.around.say(words, way_out=undo_way(self.workbench, self.around.say))

    def _customer(self) -> None:
        if self.content is not None:
            self.go("account", self.content.opportunity.account)

    def _chain(self) -> None:
        """Go to the map of this opportunity; the first time, begin it from the customer's own."""
        seen = self.content
        if seen is None:
            return
        one, made = seen.opportunity, list[MapId]()

        def verb(desk: "Workspace") -> ChangeSet:
            maps = desk.chain.ask.maps(one.account)
            whole = next((m for m in maps if not m.name and m.opportunity is None), None)
            if whole is None:
                drawn = desk.chain.open_map(one.account, one.name, opportunity=one.id)
            else:
                drawn = desk.chain.copy_map(
                    whole, one.name, on=desk.clock.today(), opportunity=one.id
                )
            made.append(drawn.id)
            return ChangeSet(frozenset({("map", Id(drawn.id))}))

        def opened(chain: MapId) -> None:
            self.go("chain", one.account, f"organisation:{chain.hex()}")

        if seen.map is not None:
            opened(seen.map)
        else:
            self.do(verb, lambda _: opened(made[0]))


_ACTIONS = {
    OpportunityState.WON: "opportunity.won",
    OpportunityState.LOST: "opportunity.lost",
    OpportunityState.OPEN: "opportunity.open",
}


def _who(seen: OpportunitySeen) -> Text:
    if seen.map is not None:
        return Text("It has a decision chain of its own: M opens it.")
    if seen.drawn:
        return Text(
            "It goes by the customer's decision chain. M copies that one, for what is different"
            " here."
        )
    return Text("Nobody is on a decision chain here yet. M begins one.")
