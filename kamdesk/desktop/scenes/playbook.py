"""Scenes of the playbook: the packs of rules, one of the house's own, a rule being changed."""

from collections.abc import Sequence
from typing import Any

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Territories, settle_until, shown, trigger
from kamdesk.desktop.shots import LARGE, SMALL, Scene
from kamdesk.domain.chain.finding import Finding


def _own(window: MainWindow[Any]) -> None:
    page: Any = window.page

    def make(desk: Any) -> ChangeSet:
        if any(kept.own for kept in desk.playbook.packs()):
            return ChangeSet()
        (account, *_) = desk.storage.reader.ask("SELECT id FROM accounts LIMIT 1").column()
        for n in range(13):
            rule, right = ("stale", n < 2) if n < 6 else ("supporter_unseen", n > 7)
            found = Finding(
                rule=rule,
                said=Text("Stale"),
                people=(Id(bytes([n + 1] * 16)),),
                advice=Text("Ask"),
                weight=3,
            )
            desk.playbook.mark(account, None, found, right=right, on=desk.clock.today())
        desk.playbook.copy(desk.playbook.packs()[0], "East China · 华东打法")
        changes: ChangeSet = desk.playbook.use("East China · 华东打法")
        return changes

    page.do(make)
    settle_until(lambda: page.pack is not None and page.pack.own is not None)


def _rule(window: MainWindow[Any]) -> None:
    _own(window)
    page: Any = window.page
    page.list.choose("supporter_unseen")
    trigger("playbook.change")(window)
    settle_until(lambda: page.step is not None)


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    route = lambda _: Route("playbook")  # noqa: E731
    return (
        Scene("playbook", shown(on, route), (LARGE, SMALL), (1,), (100, 200)),
        Scene("playbook-copy", shown(on, route, then=trigger("playbook.copy")), (SMALL,)),
        Scene("playbook-own", shown(on, route, then=_own), (LARGE,)),
        Scene("playbook-rule", shown(on, route, then=_rule), (LARGE, SMALL)),
    )
