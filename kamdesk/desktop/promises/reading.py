"""What the ledger's page is given, read at once in the background."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.promises.columns import rate_words
from kamdesk.domain.promises.keeping import KeptRate
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.dossier.promise_ledger import LedgerRead, Which, kept_rates, read_ledger

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class Asked(NamedTuple):
    """Which promises are wanted; ``mine``: those that concern me; ``rates``: by customer."""

    side: PromiseSide | None
    which: Which
    mine: bool
    account: AccountId | None
    rates: bool


class Shown(NamedTuple):
    """The promises, how their customer is called and how both kept their word, if it is one's."""

    read: LedgerRead
    called: str = ""
    rates: str = ""


def read_shown(desk: "Workspace", asked: Asked) -> Shown:
    """Return the promises that are wanted."""
    today, reader = desk.clock.today(), desk.storage.reader
    read = read_ledger(
        reader,
        today=today,
        of=desk.team.sits_here if asked.mine else None,
        account=asked.account,
        side=asked.side,
        which=asked.which,
        rates=asked.rates,
    )
    if asked.account is None:
        return Shown(read)
    found = desk.accounts.ask.find(asked.account)
    rates = kept_rates(reader, [asked.account], today=today)
    return Shown(read, found.called if found else "", rates_said(asked.account, rates))


def rates_said(account: AccountId, rates: dict[tuple[AccountId, PromiseSide], KeptRate]) -> str:
    """Return how both sides kept their word in the last twelve months, and what is left out."""
    return rates_words(
        {side: rates[account, side] for side in PromiseSide if (account, side) in rates}
    )


def rates_words(rates: Mapping[PromiseSide, KeptRate]) -> str:
    """Return how each side kept its word, and what the rates leave out; empty without any."""
    parts = [
        looks.joined(rate_words(side, rate), *rate.because)
        for side, rate in rates.items()
        if rate.judged or rate.undated
    ]
    return looks.said(Text("{rates} (last 12 months)", rates="; ".join(parts))) if parts else ""
