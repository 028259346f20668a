"""Puts together what programs tear apart: a zone's name with colons in it, written without quotes.

Outlook writes ``DTSTART;TZID=tzone://Microsoft/Utc:20260312T010000``, Exchange
``TZID=(UTC+08:00) Beijing, Chongqing:20260312T090000``: only the last colon parts name and time.
"""

import re
from dataclasses import replace
from typing import Final

from kamdesk.transfer.readers.card_lines import Property

_ZONED: Final = frozenset({"DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"})
_TIMES: Final = re.compile(r"\s*\d{8}(T\d{6}Z?)?(,\d{8}(T\d{6}Z?)?)*\s*", re.ASCII)


def with_whole_zone(one: Property) -> Property:
    """Return a property with the rest of its zone's name taken out of its value."""
    if one.name not in _ZONED or "TZID" not in one.parameters or ":" not in one.value:
        return one
    rest, _, times = one.value.rpartition(":")
    if not _TIMES.fullmatch(times):
        return one
    zone = f"{one.parameters['TZID']}:{rest}"
    return replace(one, value=times, parameters={**one.parameters, "TZID": zone})
