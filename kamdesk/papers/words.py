"""What may stand on a paper as words: labels to translate, data as typed, amounts."""

from typing import TypeAlias

from kamdesk.core.money import Money
from kamdesk.core.wording import Text

Words: TypeAlias = Text | str | Money
"""Our own words are ``Text``; what somebody typed is ``str``; an amount is ``Money``."""
