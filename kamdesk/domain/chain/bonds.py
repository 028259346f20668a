"""What joins two people who are close (``field_book.md`` D2); two of them stay off every paper."""

from enum import StrEnum
from typing import Final

from kamdesk.core.wording import Text


class Bond(StrEnum):
    """Why two people are close; of teacher and former boss the tie's source is the elder one."""

    SCHOOL = "school"
    SERVED = "served"
    COLLEAGUES = "colleagues"
    TEACHER = "teacher"
    BOSS = "boss"
    HOME_TOWN = "home_town"
    RELATIVES = "relatives"


BOND_WORDS: Final = {
    Bond.SCHOOL: Text("same school"),
    Bond.SERVED: Text("served together"),
    Bond.COLLEAGUES: Text("former colleagues"),
    Bond.TEACHER: Text("teacher and pupil"),
    Bond.BOSS: Text("former boss"),
    Bond.HOME_TOWN: Text("same home town"),
    Bond.RELATIVES: Text("relatives"),
}

PRIVATE: Final = frozenset({Bond.HOME_TOWN, Bond.RELATIVES})
"""Never printed; a way in that rests on one says no more than that the two are close."""


def close_words(bond: Bond | None, one: str, other: str) -> Text:
    """Return that two are close, and by what where that may stand on a paper."""
    match bond:
        case Bond.SCHOOL:
            return Text("{one} and {other} went to the same school", one=one, other=other)
        case Bond.SERVED:
            return Text("{one} and {other} served together", one=one, other=other)
        case Bond.COLLEAGUES:
            return Text("{one} and {other} were colleagues", one=one, other=other)
        case Bond.TEACHER:
            return Text("{one} was the teacher of {other}", one=one, other=other)
        case Bond.BOSS:
            return Text("{one} was the boss of {other}", one=one, other=other)
    return Text("{one} and {other} are close", one=one, other=other)
