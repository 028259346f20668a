"""How private each value is, and the one function that hides what must not be seen."""

from enum import StrEnum


class Privacy(StrEnum):
    """How far a value may travel (``trust.md`` 5); every column carries one."""

    PUBLIC = "public"
    BUSINESS = "business"
    CONTACT = "contact"
    OPINION = "opinion"
    MOTIVE = "motive"
    MONEY = "money"
    RIVAL = "rival"
    NOTE = "note"
    INTERNAL = "internal"


class Mode(StrEnum):
    """Who is looking: ourselves, or the customer sits beside us."""

    OURS = "ours"
    ROOM = "room"


IN_THE_ROOM = frozenset({Privacy.PUBLIC, Privacy.BUSINESS, Privacy.CONTACT})
"""What may be seen when the customer sits beside us."""


def may_show(privacy: Privacy, mode: Mode) -> bool:
    """True when a value of this privacy may be seen in this mode."""
    return mode is Mode.OURS or privacy in IN_THE_ROOM
