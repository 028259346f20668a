"""How large each map was looked at last, so that it opens so again."""

from typing import Final

from kamdesk.core.ids import Id
from kamdesk.settings import Plain, Remembered

_KEY: Final = "chain.zoom"
_MOST: Final = 60


class KeptZoom:
    """Percents by map and view; only of maps somebody made larger or smaller."""

    def __init__(self, remembered: Remembered) -> None:
        self._remembered = remembered

    def of(self, chain: Id, view: str) -> int | None:
        """Return at how many percent a map was seen; None: as a whole."""
        found = self._all().get(f"{chain.hex()}.{view}")
        return found if isinstance(found, int) and 5 <= found <= 800 else None

    def keep(self, chain: Id, view: str, percent: int | None) -> None:
        """Keep how large a map is seen, None: as a whole; the oldest are forgotten."""
        key = f"{chain.hex()}.{view}"
        kept = {one: value for one, value in self._all().items() if one != key}
        if percent is not None:
            kept[key] = percent
        self._remembered.put(_KEY, dict(list(kept.items())[-_MOST:]))

    def _all(self) -> dict[str, Plain]:
        found = self._remembered.get(_KEY)
        return dict(found) if isinstance(found, dict) else {}
