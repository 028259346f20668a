"""What shows that a sales step is passed, and where the customer stands then (rules of the trade).

Another person can check each piece of evidence (``field_book.md`` 6.2).
"""

from typing import Final

from kamdesk.core.wording import Text

STEP_EVIDENCE: Final = {
    1: (
        Text("eight dated facts"),
        Text("a map of five or more"),
        Text("their suppliers with shares, or “asked, not told”"),
    ),
    2: (
        Text("a budget and who named it"),
        Text("somebody of theirs who answers for it"),
        Text("go, watch or no, with the reason"),
    ),
    3: (
        Text("their need, confirmed by one of theirs"),
        Text("an offer with its date"),
        Text("our own yes that we can deliver"),
        Text("the value and how it was counted"),
    ),
    4: (
        Text("their criteria with weights and source"),
        Text("a reference visit or call"),
        Text("a vendor code or a place on the short list"),
    ),
    5: (
        Text("the needs of all who lead, two of them unstated"),
        Text("the day of their deadline, and why"),
        Text("the second version of the offer"),
    ),
    6: (
        Text("a visit to the decider with both next steps"),
        Text("the stance of all who lead"),
        Text("a plan for whoever leads and is not met"),
    ),
    7: (
        Text("a trial report or a calculation they agree with"),
        Text("a criterion in their own words"),
        Text("our price approved"),
        Text("the receipt of the bid"),
    ),
    8: (
        Text("the award in writing"),
        Text("the contract signed by both and filed"),
        Text("the plan of payments"),
        Text("the day of the kick-off"),
    ),
    9: (
        Text("the acceptance sheet"),
        Text("the first payment"),
        Text("a figure to compare with"),
        Text("the next opportunity, or “asked, none”"),
    ),
}
"""By step: what must be there before it counts as passed."""

THEIR_STEP: Final = {
    1: Text("they sense a change and see a gap"),
    2: Text("they decide to change"),
    3: Text("they define what they need"),
    4: Text("they look for offers"),
    5: Text("they weigh offers"),
    6: Text("they weigh offers"),
    7: Text("they decide on the purchase"),
    8: Text("they decide and sign"),
    9: Text("they install and use it"),
}
"""By step: where a customer normally stands meanwhile."""
