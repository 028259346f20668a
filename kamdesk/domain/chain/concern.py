"""Rules of thumb by buying role: what such a person weighs, how far ahead, what to show and avoid.

Shown as hints where the file knows nothing better (``domain.md`` 2: purchasing looks at cost,
business departments at effect, executives at long-term value; ``field_book.md`` G47).
"""

from typing import Final, NamedTuple

from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Role


class Concern(NamedTuple):
    """What a role usually weighs; say, show and avoid are for the visit brief."""

    weighs: Text
    horizon: Text
    show: Text
    avoid: Text


_YEARS, _YEAR, _MONTH = Text("three years"), Text("this year"), Text("this month")

CONCERNS: Final = {
    Role.DECIDER: Concern(
        Text("long-term value"),
        _YEARS,
        Text("what it brings in three years, on one page"),
        Text("features and details"),
    ),
    Role.APPROVER: Concern(
        Text("a sound case that passes"),
        _YEAR,
        Text("figures that can be audited"),
        Text("round numbers without a source"),
    ),
    Role.INITIATOR: Concern(
        Text("that it gets done"),
        _YEAR,
        Text("a first step within a month"),
        Text("reopening why it is needed"),
    ),
    Role.USER: Concern(
        Text("effect on the daily work"),
        _MONTH,
        Text("the part of the day that changes"),
        Text("savings at their expense"),
    ),
    Role.INFLUENCER: Concern(
        Text("being asked and being right"),
        _YEAR,
        Text("proof they can pass on"),
        Text("going round them"),
    ),
    Role.TECHNICAL: Concern(
        Text("fit, proof and no surprises"),
        _YEAR,
        Text("test data and how it connects"),
        Text("“no problem” without a test"),
    ),
    Role.BUYER: Concern(
        Text("cost and terms"),
        _YEAR,
        Text("cost of ownership side by side"),
        Text("a discount as the first sentence"),
    ),
    Role.GATEKEEPER: Concern(
        Text("no trouble, no surprises"),
        _MONTH,
        Text("one page, sent beforehand"),
        Text("asking for favours"),
    ),
    Role.BENEFICIARY: Concern(
        Text("what gets better for their unit"),
        _YEAR,
        Text("the gain as one figure"),
        Text("who gets more work for it"),
    ),
}

_ORDER = (
    Role.DECIDER,
    Role.APPROVER,
    Role.BUYER,
    Role.TECHNICAL,
    Role.GATEKEEPER,
    Role.USER,
    Role.INITIATOR,
    Role.INFLUENCER,
    Role.BENEFICIARY,
)


def concern(roles: tuple[Role, ...]) -> Concern | None:
    """Return the rule of thumb for somebody with these roles: the weightiest role's."""
    return next((CONCERNS[role] for role in _ORDER if role in roles), None)
