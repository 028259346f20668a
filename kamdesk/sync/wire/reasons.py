"""Why a hub did not take an op: the words on the wire, and what they say to people."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kamdesk.core.wording import Text

NO_RIGHT: Final = "no_right"
TOO_BIG: Final = "too_big"
BAD_VALUE: Final = "bad_value"
OTHER_ACCOUNT: Final = "other_account"
CLOSED: Final = "closed"
UNKNOWN_AUDIENCE: Final = "unknown_audience"
UNKNOWN_VERB: Final = "unknown_verb"

REASONS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        NO_RIGHT: Text("You may not write to this customer; hand the change to its owner."),
        TOO_BIG: Text("The change is too large; shorten its text and save it again."),
        BAD_VALUE: Text("The change holds a value the team's tables cannot keep; enter it again."),
        OTHER_ACCOUNT: Text("The record belongs to another account, where you may not write."),
        CLOSED: Text("The record was erased for good; nothing can be added to it."),
        UNKNOWN_AUDIENCE: Text("The hub does not know who may read this; it needs a newer hub."),
        UNKNOWN_VERB: Text("The hub does not know what this does; it needs a newer hub."),
    }
)
"""Each word with its sentence."""


def why(reason: str) -> Text:
    """Return a reason in plain words; that of a newer hub by its word."""
    return REASONS.get(reason) or Text("The hub did not take it: {reason}.", reason=reason)
