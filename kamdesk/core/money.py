"""Money: whole minor units and a currency; never a float."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text

_NO_MINOR_UNITS = frozenset({"JPY", "KRW", "VND", "CLP", "ISK"})


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: ``minor`` units (fen, cents) of ``currency`` (ISO 4217)."""

    minor: int
    currency: str = "CNY"

    @staticmethod
    def read(text: str, currency: str = "CNY") -> "Money":
        """Return the amount written in major units, as ``1,234.50`` or ``12万``.

        Raises ``RuleBroken`` for text that is no number.
        """
        plain = text.strip().replace(",", "").replace("，", "").lstrip("¥￥$€£")
        scale = Decimal(1)
        for word, times in (("亿", 100_000_000), ("万", 10_000), ("M", 1_000_000), ("K", 1_000)):
            if plain.endswith((word, word.lower(), word + "元")):
                plain, scale = (
                    plain.rstrip("元").removesuffix(word).removesuffix(word.lower()),
                    (Decimal(times)),
                )
                break
        try:
            amount = Decimal(plain.removesuffix("元")) * scale
        except InvalidOperation:
            raise RuleBroken(Text("“{text}” is not an amount.", text=text)) from None
        if not amount.is_finite() or abs(amount) >= Decimal(10) ** 15:
            raise RuleBroken(Text("“{text}” is not an amount.", text=text))
        return Money(int(amount.scaleb(_places(currency)).to_integral_value()), currency)

    @property
    def major(self) -> Decimal:
        """The amount in major units."""
        return Decimal(self.minor).scaleb(-_places(self.currency))


def _places(currency: str) -> int:
    return 0 if currency in _NO_MINOR_UNITS else 2
