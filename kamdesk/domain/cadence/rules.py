"""How often whom: the rules as tables (``field_book.md`` D12, ``domain.md`` 6). Pure data."""

from typing import Final, NamedTuple

from kamdesk.core.wording import Text

ONBOARDING_MONTHS: Final = (1, 3)
"""Weekly to the end of the first of these months after the first signing, fortnightly to the last.
"""
WEEKLY: Final = 7
FORTNIGHTLY: Final = 14
GREET_WITHIN_DAYS: Final = 1
FIRST_VISIT_WORKING_DAYS: Final = 5
GREETED_FOR_DAYS: Final = 30
"""So long a greeting to a new holder of a post is worth asking for."""
NEW_FOR_DAYS: Final = 91
"""So long a new holder of a post who was not met is somebody new; then their role speaks."""
TOO_OFTEN: Final = 2
"""More real visits than this many times what the class asks for are too many."""


class Rule(NamedTuple):
    """What is asked for at a class or of a role: days from contact to contact, 0 for nothing.

    ``in_person``: a video meeting does not do.
    """

    visit: int
    touch: int
    visit_said: Text | None
    touch_said: Text
    in_person: bool = False


CLASSES: Final = {
    "core": Rule(
        30,
        14,
        Text("Core customer: face to face every {days} days", days=30),
        Text("Core customer: a word every {days} days", days=14),
        in_person=True,
    ),
    "high_potential": Rule(
        91,
        30,
        Text("High potential: needs reviewed at a visit every {days} days", days=91),
        Text("High potential: a word every {days} days", days=30),
    ),
    "maintain": Rule(
        182,
        91,
        Text("Customer to maintain: a visit every {days} days", days=182),
        Text("Customer to maintain: a word every {days} days", days=91),
    ),
    "to_improve": Rule(
        0,
        91,
        None,
        Text("Customer to improve: a case told every {days} days, by any channel", days=91),
    ),
}
"""By the class set by hand: the words of ``AccountClass``."""

EXECUTIVE: Final = Rule(
    182,
    91,
    Text("Decides at a core customer: a meeting every half year"),
    Text("Decides at a core customer: a word every quarter"),
)
EXECUTIVES_OF: Final = "core"
"""The class whose executives are met by rule."""
TO_IMPROVE: Final = "to_improve"
"""The class whose contacts may be switched off."""
LOST: Final = "lost"
ONBOARDING: Final = "onboarding"
"""Words of a phase set by hand that speak of contacts."""

WORTH: Final = {"core": 240.0, "high_potential": 120.0, "maintain": 60.0, "to_improve": 30.0}
"""What meeting a customer of a class is worth, in minutes of driving (``engines_notes.md`` C4)."""
WORTH_WITHOUT_CLASS: Final = 60.0


def worth_of(class_word: str | None) -> float:
    """Return what meeting a customer is worth by its class, in minutes of driving."""
    return WORTH.get(class_word or "", WORTH_WITHOUT_CLASS)
