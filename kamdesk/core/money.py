"""Money: whole minor units and a currency, never a float; read and written as people count it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text

_NO_MINOR_UNITS = frozenset({"JPY", "KRW", "VND", "CLP", "ISK"})
_SIGNS: Final = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥"}
_SCALES: Final = {
    "zh": ((Decimal(10) ** 8, " 亿"), (Decimal(10) ** 4, " 万")),
    "en": ((Decimal(10) ** 9, " bn"), (Decimal(10) ** 4, " k")),
}
_OF_UNIT: Final = {" k": Decimal(10) ** 3}


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

    def counted(self, language: str) -> str:
        """Return it as its reader counts: ¥1,800 k in English, 180 万元 in Chinese."""
        value = abs(self.major)
        for least, unit in _SCALES[language]:
            if value >= least:
                value /= _OF_UNIT.get(unit, least)
                break
        else:
            return self.exact(language)
        digits = Decimal("1") if value >= 100 else Decimal("0.1")
        number = f"{value.quantize(digits, ROUND_HALF_UP):,f}"
        if "." in number:
            number = number.rstrip("0").rstrip(".")
        return self._signed(number + unit, language)

    def exact(self, language: str) -> str:
        """Return it with all its digits: ¥1,800,000.50; 1,800,000.50 元."""
        places = _places(self.currency) if self.major % 1 else 0
        return self._signed(f"{abs(self.major):,.{places}f}", language)

    def _signed(self, number: str, language: str) -> str:
        less = "−" if self.minor < 0 else ""
        if language == "zh" and self.currency == "CNY":
            return f"{less}{number}{'元' if number[-1] in '万亿' else ' 元'}"
        sign = _SIGNS.get(self.currency, self.currency + " ")
        return f"{less}{sign}{number}"


def _places(currency: str) -> int:
    return 0 if currency in _NO_MINOR_UNITS else 2
