"""What happened to a record, in words: fields by their names, values as people read them."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from kamdesk.core.basis import SURENESS_WORDS, Basis
from kamdesk.core.clock import Instant
from kamdesk.core.ids import Id
from kamdesk.core.money import Money
from kamdesk.core.wording import Text
from kamdesk.domain.access_plans import model as access_plans
from kamdesk.domain.accounts.model import CLASS_WORDS, ORGANISATION_WORDS
from kamdesk.domain.accounts.store import ACCOUNT, SITE
from kamdesk.domain.cadence.duty import CADENCE_CHANNEL_WORDS
from kamdesk.domain.opportunities.model import OPPORTUNITY_STATE_WORDS
from kamdesk.domain.people.model import BASIS_WORDS, CHANNEL_WORDS
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.promises.model import PROMISE_STATE_WORDS, SIDE_WORDS
from kamdesk.domain.visits.model import ATMOSPHERE_WORDS, KIND_WORDS, REACHED_WORDS, STATE_WORDS
from kamdesk.storage.basis import Parts, parted
from kamdesk.storage.catalogue import LIFE, is_own

FIELDS: Final = {
    **access_plans.FIELD_WORDS,
    LIFE: Text("there"),
    "absent": Text("absent"),
    "account": Text("customer"),
    "address": Text("address"),
    "amount": Text("amount"),
    "agenda": Text("agenda"),
    "annual_revenue": Text("annual revenue"),
    "ask": Text("ask"),
    "atmosphere": Text("atmosphere"),
    "background": Text("background"),
    "basis": Text("ground for keeping"),
    "because": Text("reason"),
    "birthday": Text("birthday"),
    "class_by_hand": Text("class"),
    "collected_on": Text("held since"),
    "credit_code": Text("credit code"),
    "department": Text("department"),
    "due": Text("due"),
    "employees": Text("employees"),
    "expected": Text("expected"),
    "fallback": Text("fallback"),
    "first_signed": Text("first signed"),
    "focus": Text("focus"),
    "form_of_address": Text("form of address"),
    "group_parent": Text("group"),
    "gate": Text("getting in"),
    "holds": Text("holds from and until"),
    "host": Text("host"),
    "hours": Text("visiting hours"),
    "how_often": Text("how often to meet"),
    "industry": Text("industry"),
    "keep_until": Text("keep until"),
    "kind": Text("kind"),
    "map": Text("map"),
    "materials": Text("materials"),
    "merged_into": Text("merged into"),
    "name": Text("name"),
    "next_step": Text("next step"),
    "note": Text("note"),
    "number": Text("customer number"),
    "objective": Text("objective"),
    "organisation": Text("kind of organisation"),
    "other_names": Text("other name"),
    "our_aim": Text("our aim"),
    "outcome": Text("outcome"),
    "owner": Text("owner"),
    "pack": Text("pack of rules"),
    "phone": Text("telephone"),
    "place": Text("place"),
    "preferred_channel": Text("preferred channel"),
    "questions": Text("questions"),
    "reached": Text("objective reached"),
    "remind": Text("reminder"),
    "red_line": Text("red line"),
    "restricted": Text("restricted"),
    "said": Text("what was said"),
    "same_as": Text("same person as"),
    "short_name": Text("short name"),
    "since": Text("since"),
    "step": Text("step"),
    "side": Text("side"),
    "content": Text("content"),
    "about": Text("person"),
    "here": Text("only on this computer"),
    "site": Text("site"),
    "source": Text("data from"),
    "state": Text("state"),
    "stock": Text("stock code"),
    "tags": Text("tags"),
    "team": Text("account team"),
    "their_task": Text("task this year"),
    "time": Text("time"),
    "told_on": Text("told on"),
    "topic": Text("topic"),
    "visit": Text("visit"),
    "website": Text("website"),
    "words": Text("words"),
}
"""What fields are called, in a history and where a search finds something."""

_CHOICES: Final[dict[tuple[str, str], Mapping[Any, Text]]] = {
    ("access_plan", "state"): access_plans.STATE_WORDS,
    ("access_plan", "tender"): access_plans.TENDER_WORDS,
    ("account", "class_by_hand"): CLASS_WORDS,
    ("account", "organisation"): ORGANISATION_WORDS,
    ("agreement", "how_often"): CADENCE_CHANNEL_WORDS,
    ("fact", "here"): {1: Text("yes")},
    ("opportunity", "state"): OPPORTUNITY_STATE_WORDS,
    ("person", "basis"): BASIS_WORDS,
    ("person", "preferred_channel"): CHANNEL_WORDS,
    ("promise", "side"): SIDE_WORDS,
    ("promise", "state"): PROMISE_STATE_WORDS,
    ("visit", "atmosphere"): ATMOSPHERE_WORDS,
    ("visit", "kind"): KIND_WORDS,
    ("visit", "reached"): REACHED_WORDS,
    ("visit", "state"): STATE_WORDS,
}
_DATED: Final = {kind.name: kind for kind in (ACCOUNT, SITE, PERSON)}
"""Kinds with values that may say what they stand on."""
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z .+")


def field_words(kind: str, cell: str) -> Text | str:
    """Return what a field is called; a new one by its own name."""
    if (kind, cell) == ("person", "address"):
        return FIELDS["form_of_address"]
    return Text("own field") if is_own(cell) else FIELDS.get(cell, cell.replace("_", " "))


def value_words(
    kind: str,
    cell: str,
    value: object,
    *,
    called: Callable[[Id], str],
    said: Callable[[Text], str],
) -> str:
    """Return a stored value as a person reads it: names for ids, words for choices, plain money.

    ``called`` names a record, ``said`` says a text in the reader's language.
    """
    if value is None or value is False:
        return ""
    if value is True:
        return "✓"
    if isinstance(value, bytes):
        return called(Id(value)) or value.hex()
    if isinstance(value, tuple):
        known = _DATED[kind].by_name.get(cell) if kind in _DATED else None
        plain, stands_on = parted(known, value) if known else (value, None)
        if stands_on is not None:
            alone = value_words(kind, cell, plain, called=called, said=said)
            return " · ".join(filter(None, (alone, *_stands_words(stands_on, said))))
        match value:
            case (int(minor), str(currency), *_) if cell in ("annual_revenue", "amount"):
                return f"{Money(minor, currency).major:,f} {currency}".rstrip()
        parts = [value_words(kind, cell, part, called=called, said=said) for part in value]
        return " · ".join(filter(None, parts))
    words = _CHOICES.get((kind, cell), {}).get(value)
    if words is not None:
        return said(words)
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        found = Instant.read(value)
        return f"{found.local:%Y-%m-%d %H:%M}" if found else value
    return str(value)


def _stands_words(stands_on: Parts, said: Callable[[Text], str]) -> tuple[str, str, str]:
    basis = Basis.read(stands_on)
    return (
        said(Text("as of {day}", day=basis.as_of.isoformat())) if basis.as_of else "",
        basis.source,
        said(SURENESS_WORDS[basis.sureness]) if basis.sureness else "",
    )
