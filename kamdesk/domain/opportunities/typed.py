"""An amount as one types it: 1.8M, 180万, USD 250,000; nothing typed is nothing known."""

import re
from typing import Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.money import Money
from kamdesk.core.wording import Text

_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY"}
_CODED: Final = re.compile(r"(?P<before>[A-Za-z]{3})?\s*(?P<amount>.*?)\s*(?P<after>[A-Za-z]{3})?")


def read_amount(text: str, currency: str = "CNY") -> Money | None:
    """Return the amount typed, None for nothing. ``currency`` holds where none is named.

    Raises ``RuleBroken`` at ``amount``.
    """
    plain = text.strip()
    if not plain:
        return None
    coded = _CODED.fullmatch(plain)
    named = (coded["before"] or coded["after"]) if coded else None
    amount = coded["amount"] if coded and named else plain
    money = named.upper() if named else _SIGNS.get(plain[0], currency or "CNY")
    try:
        return Money.read(amount, money)
    except RuleBroken as broken:
        raise RuleBroken(
            Text("“{text}” is no amount: write 1.8M, 180万 or USD 250,000.", text=text),
            field="amount",
        ) from broken


def write_amount(amount: Money | None) -> str:
    """Return an amount as one would type it; empty for None."""
    if amount is None:
        return ""
    plain = f"{amount.major.normalize():f}"
    return plain if amount.currency == "CNY" else f"{amount.currency} {plain}"
