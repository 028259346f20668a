"""What would happen to each opportunity of a list: new, same, update or rejected, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from kamdesk.core.clock import read_day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, OpportunityId
from kamdesk.core.money import Money
from kamdesk.core.wording import Text
from kamdesk.domain.opportunities.model import STEPS, Opportunity
from kamdesk.domain.opportunities.store import OpportunityStore
from kamdesk.domain.origins.store import OriginStore
from kamdesk.storage.database import Reader
from kamdesk.transfer.alike import normal_name
from kamdesk.transfer.candidates import Candidate, OpportunityCandidate
from kamdesk.transfer.identity import MOST_SUGGESTED
from kamdesk.transfer.judge import UNDECIDED, Change, Decisions, Judgement, Perhaps, Verdict
from kamdesk.transfer.known import KnownRecords
from kamdesk.transfer.known_here import known_accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityJudgement(Judgement):
    """A judgement on an opportunity: ``account`` is its customer."""

    account: AccountId


class OpportunitiesHere:
    """Finds customers and their opportunities; a customer is asked for once."""

    def __init__(self, reader: Reader) -> None:
        self.accounts: KnownRecords = known_accounts(reader)
        self._store = OpportunityStore(reader)
        self._keys = dict(OriginStore(reader).every("opportunity"))
        self._named: dict[AccountId, dict[str, Opportunity]] = {}

    def known_as(self, key: tuple[str, str] | None) -> Opportunity | None:
        """Return the living opportunity with a foreign key."""
        found = self._keys.get(key) if key else None
        return self._store.find(found) if found else None

    def named(self, account: AccountId, name: str) -> Opportunity | None:
        """Return a customer's opportunity of a name, however that is spaced."""
        if account not in self._named:
            every = self._store.of_account(account)
            self._named[account] = {normal_name(one.name): one for one in every}
        return self._named[account].get(normal_name(name))


def judge_opportunities(
    candidates: Iterable[Candidate], here: OpportunitiesHere, *, decisions: Decisions = UNDECIDED
) -> Iterator[Judgement]:
    """Yield a verdict for each opportunity; what is decided about a row is its customer."""
    seen: dict[tuple[AccountId, str], int] = {}
    for row in candidates:
        if not isinstance(row, OpportunityCandidate) or row.rejected:
            why = row.rejected[0].reason
            yield Judgement(candidate=row, verdict=Verdict.REJECTED, why=why)
            continue
        found = _accounts(row, here)
        decided = decisions.get(row.row)
        if len(found) != 1 and decided is not None and decided.record is not None:
            account = AccountId(decided.record)
        elif len(found) == 1:
            account = AccountId(here.accounts[found[0]].id or Id(b""))
        else:
            yield _whose(row, found, here)
            continue
        at = (account, normal_name(row.name))
        if at in seen:
            yield Judgement(
                candidate=row,
                verdict=Verdict.SAME,
                why=Text("It stands in the file twice."),
                same_row=seen[at],
            )
            continue
        seen[at] = row.row
        yield _judged(row, account, here)


def _accounts(row: OpportunityCandidate, here: OpportunitiesHere) -> list[int]:
    if row.account_key and (found := here.accounts.by_key((row.source, row.account_key))):
        return list(found)
    return list(here.accounts.by_name(row.account)) if row.account else []


def _whose(row: OpportunityCandidate, found: list[int], here: OpportunitiesHere) -> Judgement:
    """Return the verdict on a row whose customer cannot be told."""
    why = (
        Text("{n} customers have its name.", n=len(found))
        if found
        else Text("“{name}” is no customer here.", name=row.account or row.account_key)
    )
    alike = found or (here.accounts.resembling(row.account) if row.account else [])
    said = Text("The names are alike.")
    perhaps = tuple(
        Perhaps(here.accounts[place].id, None, here.accounts[place].name, said)
        for place in list(alike)[:MOST_SUGGESTED]
    )
    verdict = Verdict.CONFLICT if perhaps else Verdict.REJECTED
    return Judgement(candidate=row, verdict=verdict, why=why, perhaps=perhaps)


def _judged(row: OpportunityCandidate, account: AccountId, here: OpportunitiesHere) -> Judgement:
    by_key = here.known_as(row.key)
    met = by_key if by_key and by_key.account == account else here.named(account, row.name)
    said = said_by(row, met)
    try:
        blank = Opportunity(id=OpportunityId(Id(b"")), account=account, name=row.name)
        replace(met or blank, **cast("dict[str, Any]", said)).checked()
    except RuleBroken as broken:
        return Judgement(candidate=row, verdict=Verdict.REJECTED, why=broken.said)
    if met is None:
        why = Text("No such opportunity is known.")
        return OpportunityJudgement(candidate=row, verdict=Verdict.NEW, why=why, account=account)
    changes = {
        name: Change(before, after)
        for name, after in said.items()
        if (before := getattr(met, name)) != after
    }
    learns = row.key is not None and by_key is None
    return OpportunityJudgement(
        candidate=row,
        verdict=Verdict.UPDATE if changes or learns else Verdict.SAME,
        why=Text("It is the same opportunity."),
        record=Id(OpportunityId(met.id)),
        changes=changes,
        account=account,
    )


def said_by(row: OpportunityCandidate, met: Opportunity | None = None) -> dict[str, object]:
    """Return the fields a row says something about, as an opportunity holds them.

    ``met`` is the one it is: an amount without currency is in its currency.
    """
    currency = row.currency or (met.currency if met else "") or "CNY"
    said: dict[str, object] = {
        "name": row.name,
        "step": row.step if row.step in STEPS else None,
        "amount": Money(row.amount, currency) if row.amount is not None else None,
        "expected": read_day(row.expected),
        "state": row.deal_state,
        "settled_on": read_day(row.settled_on),
        "since": read_day(row.since),
        "note": row.note,
    }
    return {name: value for name, value in said.items() if value not in (None, "")}
