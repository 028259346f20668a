"""Changing the customers chosen: the panel, what would happen, doing it, taking it back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Cancelled, Refusal
from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.domain.own_fields.model import Of, OwnField
from kamdesk.domain.team.model import Colleague

if TYPE_CHECKING:
    from kamdesk.desktop.accounts.bulk_panel import BulkPanel
    from kamdesk.desktop.accounts.page import AccountsPage
    from kamdesk.desktop.jobs import Job
    from kamdesk.workspace import Workspace

LONG = 500
"""Customers from which on it is long work, with progress and a way to stop it."""


class _Asked(NamedTuple):
    own: list[OwnField]
    colleagues: list[Colleague]


class Changing:
    """Begins with the customers chosen; one action, one undo."""

    def __init__(self, page: "AccountsPage") -> None:
        self._page = page
        self.panel: BulkPanel | None = None

    def begin(self) -> None:
        """Open the panel for the customers chosen."""
        accounts = tuple(line.id for line in self._page.list.picked)
        if accounts:
            self._page.ask(
                lambda desk: _Asked(
                    desk.own_fields.ask.fields(Of.ACCOUNT), desk.team.ask.everybody()
                ),
                lambda asked: self._open(accounts, asked),
                key="changing",
            )

    def _open(self, accounts: Sequence[AccountId], asked: _Asked) -> None:
        from kamdesk.desktop.accounts.bulk_panel import BulkPanel, changeable

        ways = changeable(self._page, asked.own, asked.colleagues)
        self.panel = panel = BulkPanel(ways, accounts)
        panel.asked.connect(self._look)
        panel.wanted.connect(self._make)
        panel.closed.connect(self._page.end_panel)
        self._page.begin_panel(panel)

    def _look(self) -> None:
        panel = self.panel
        if panel is not None and panel is self._page.in_panel:
            edit, accounts = panel.edit, panel.accounts
            self._page.ask(
                lambda desk: desk.bulk.look(accounts, edit(desk)),
                panel.show_outlook,
                panel.refused,
                key="outlook",
            )

    def _make(self) -> None:
        panel = self.panel
        if panel is None:
            return
        edit, accounts, page = panel.edit, panel.accounts, self._page

        def done(changes: ChangeSet) -> None:
            page.end_panel()
            n = len(changes.records)
            page.say_done(Text("{n} customer changed.", "{n} customers changed.", n=n))

        if len(accounts) < LONG:
            page.workbench.do(
                page,
                lambda desk: desk.bulk.make(accounts, edit(desk)),
                done,
                panel.refused,
                key="bulk",
                form=panel.still,
            )
            return

        def work(desk: "Workspace", job: "Job") -> ChangeSet:
            return desk.bulk.make(accounts, edit(desk), step=job.step)

        def stopped(refusal: Refusal) -> None:
            panel.wait(False)
            if isinstance(refusal, Cancelled):
                page.around.say(Text("Stopped. No customer was changed."))
                panel.wait_to_say()
            else:
                panel.refused(refusal)

        panel.wait(True)
        name = Text("Changing {n} customer", "Changing {n} customers", n=len(accounts))
        page.workbench.job(page, name, work, done, stopped, writes=True)
