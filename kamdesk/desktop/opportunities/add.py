"""The panel that adds an opportunity: name and customer; amount, day and step if known."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop.add_record import AddRecord
from kamdesk.desktop.opportunities.said import STEP_CHOICES, step_words
from kamdesk.desktop.person.meaning import meant_account, offer_accounts
from kamdesk.desktop.typed import read_day
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.record_field import Offered, RecordField
from kamdesk.domain.opportunities.typed import read_amount

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.workspace import Workspace


class AddOpportunity(AddRecord):
    """``place`` names its draft; ``at`` is the customer where that is given."""

    def __init__(self, page: "Page[Workspace]", place: str, at: Offered | None = None) -> None:
        super().__init__(
            page,
            Text("Add an opportunity"),
            Text("A name and its customer are enough. The rest can follow."),
        )
        self._at = at
        add = self.step.form.add
        self.name, self.account = LineEditor(), RecordField(hint=Text("name, pinyin or number"))
        self.amount = LineEditor(hint=Text("1.8M, 180万, USD 250,000"))
        self.expected = LineEditor(hint=Text("6-30, +30, 2026-09-30"))
        self.at_step = Choice([(n, step_words(n)) for n in STEP_CHOICES])
        add("name", Text("Opportunity"), self.name, beside=False)
        if at is None:
            add("account", Text("Customer"), self.account, beside=False)
        add("amount", Text("Amount"), self.amount, beside=False)
        add("expected", Text("Expected"), self.expected, beside=False)
        add("step", Text("Step"), self.at_step, beside=False)
        offer_accounts(page, self.account)
        editors: dict[str, QWidget] = {
            "name": self.name,
            "account": self.account,
            "amount": self.amount,
            "expected": self.expected,
            "step": self.at_step,
        }
        self.keep_drafts(place, editors)

    def save(self) -> None:
        name, named, amount = self.name.text(), self.account.text(), self.amount.text()
        expected, step = self.expected.text(), self.at_step.value
        chosen = self._at.id if self._at else self.account.record

        def verb(desk: "Workspace") -> tuple[bytes, ChangeSet]:
            account = AccountId(Id(chosen)) if chosen else meant_account(desk, named)
            if account is None:
                raise RuleBroken(Text("Say whose opportunity it is."), field="account")
            today = desk.clock.today()
            new = replace(
                desk.opportunities.new(account, name),
                amount=read_amount(amount),
                expected=read_day(expected, today, field="expected") if expected.strip() else None,
                step=step if isinstance(step, int) else 1,
            )
            return new.id, desk.opportunities.add(new)

        self.carry_out(verb, key="opportunity")
