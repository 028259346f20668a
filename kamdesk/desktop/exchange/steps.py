"""Steps of the exchange page: forget refused changes, offer more customers, leave the team."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop.exchange.account_ticks import AccountTicks, Customer
from kamdesk.desktop.exchange.joining_step import read_customers
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.storage.exchange import offer
from kamdesk.sync.quarantine import drop
from kamdesk.sync.sharing import shared

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.workspace import Workspace


class DropStep(PanelStep):
    """Forgets changes the hub refused."""

    def __init__(self, page: "Page[Workspace]", ids: Sequence[int]) -> None:
        super().__init__(
            Text("Forget what was refused"),
            Text(
                "{n} change is forgotten for good: no undo brings it back."
                " Export it first if it may be wanted.",
                "{n} changes are forgotten for good: no undo brings them back."
                " Export them first if they may be wanted.",
                n=len(ids),
            ),
            do=Text("Forget"),
            danger=True,
        )

        def verb(desk: "Workspace") -> ChangeSet:
            drop(desk.storage, ids)
            return ChangeSet()

        def done(_: ChangeSet) -> None:
            self.closed.emit()
            page.reload()

        self.wanted.connect(lambda: page.workbench.do(self, verb, done))


class OfferStep(PanelStep):
    """Lets the team have more customers."""

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__(
            Text("Share customers"),
            Text(
                "What you tick goes to the hub, with its visits, people and promises. There those"
                " colleagues see it to whom the administrator gives access."
            ),
            do=Text("Share"),
        )
        self._page = page
        self.ticks = AccountTicks()
        self.column.addWidget(self.ticks)
        self._none = PlainLabel("", Type.SMALL, Tone.BRICK, fit=Fit.WRAP)
        self._none.hide()
        self.column.addWidget(self._none)
        self.wanted.connect(self._share)
        page.ask(_not_shared, self._offer, key="offer")

    def begin(self) -> None:
        self.ticks.typed.setFocus()

    def _offer(self, customers: Sequence[Customer]) -> None:
        self.ticks.offer(customers)
        if not customers:
            self._none.say(Text("The team has every customer already."), Tone.SECOND)
            self._none.show()

    def _share(self) -> None:
        ids = sorted(self.ticks.ticked)
        if not ids:
            self._none.say(Text("Tick the customers the team shall have."), Tone.BRICK)
            self._none.show()
            return

        def verb(desk: "Workspace") -> ChangeSet:
            offer(desk.storage, ids)
            return ChangeSet(frozenset(("account", id) for id in ids))

        def done(_: ChangeSet) -> None:
            said = Text("{n} customer goes to the team.", "{n} customers go to the team.",
                        n=len(ids))  # fmt: skip
            self._page.around.say(said)
            self.closed.emit()

        self._page.workbench.do(self, verb, done)


def _not_shared(desk: "Workspace") -> list[Customer]:
    given = shared(desk.storage)
    return [] if given is None else [one for one in read_customers(desk) if one.id not in given]
