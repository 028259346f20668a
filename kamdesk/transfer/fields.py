"""What columns can be mapped to: fields of accounts, people, visits, deals; how values read."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kamdesk.core.wording import Text


class ImportKind(StrEnum):
    """What the rows of a file are."""

    ACCOUNTS = "accounts"
    PEOPLE = "people"
    VISITS = "visits"
    OPPORTUNITIES = "opportunities"


KIND_WORDS: Final = {
    ImportKind.ACCOUNTS: Text("customers"),
    ImportKind.PEOPLE: Text("people"),
    ImportKind.VISITS: Text("visits"),
    ImportKind.OPPORTUNITIES: Text("opportunities"),
}


class Reads(StrEnum):
    """How the text of a cell becomes a value."""

    LINE = "line"
    LONG = "long"
    LIST = "list"
    WHOLE = "whole"
    MONEY = "money"
    YES_NO = "yes_no"
    BIRTHDAY = "birthday"
    DAY = "day"
    MOMENT = "moment"
    TIME = "time"
    BASIS = "basis"
    PHONE = "phone"
    EMAIL = "email"
    CREDIT_CODE = "credit_code"
    STOCK_CODE = "stock_code"
    CURRENCY = "currency"
    ORGANISATION = "organisation"
    CLASS = "class"
    VISIT_KIND = "visit_kind"
    VISIT_STATE = "visit_state"
    DEAL_STEP = "deal_step"
    DEAL_STATE = "deal_state"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Field:
    """A target field: its name in the model, its title for people, how its values read."""

    name: str
    title: Text
    reads: Reads = Reads.LINE


ACCOUNT_FIELDS: Final = (
    Field("name", Text("Name")),
    Field("short_name", Text("Short name")),
    Field("other_names", Text("Other names"), Reads.LIST),
    Field("number", Text("Customer number")),
    Field("credit_code", Text("Credit code"), Reads.CREDIT_CODE),
    Field("kind_of_organisation", Text("Kind of organisation"), Reads.ORGANISATION),
    Field("listed", Text("Listed"), Reads.YES_NO),
    Field("stock_code", Text("Stock code"), Reads.STOCK_CODE),
    Field("industry", Text("Industry")),
    Field("group_parent", Text("Group parent")),
    Field("region", Text("Region")),
    Field("province", Text("Province")),
    Field("city", Text("City")),
    Field("address", Text("Address")),
    Field("website", Text("Website")),
    Field("phone", Text("Phone"), Reads.PHONE),
    Field("employees", Text("Employees"), Reads.WHOLE),
    Field("annual_revenue", Text("Annual revenue"), Reads.MONEY),
    Field("currency", Text("Currency"), Reads.CURRENCY),
    Field("first_signed", Text("First signed"), Reads.DAY),
    Field("note", Text("Note"), Reads.LONG),
    Field("owner", Text("Owner")),
    Field("tags", Text("Tags"), Reads.LIST),
    Field("class_by_hand", Text("Class"), Reads.CLASS),
    Field("source_key", Text("Key in the source"), Reads.KEY),
)

PERSON_FIELDS: Final = (
    Field("name", Text("Name")),
    Field("family_name", Text("Family name")),
    Field("given_name", Text("Given name")),
    Field("honorific", Text("Honorific")),
    Field("form_of_address", Text("Form of address")),
    Field("account", Text("Customer")),
    Field("account_key", Text("Customer's key in the source"), Reads.KEY),
    Field("department", Text("Department")),
    Field("post", Text("Post")),
    Field("phone", Text("Phone"), Reads.PHONE),
    Field("mobile", Text("Mobile"), Reads.PHONE),
    Field("email", Text("E-mail"), Reads.EMAIL),
    Field("wechat", Text("WeChat")),
    Field("birthday", Text("Birthday"), Reads.BIRTHDAY),
    Field("focus", Text("Focus")),
    Field("note", Text("Note"), Reads.LONG),
    Field("basis", Text("Ground for keeping"), Reads.BASIS),
    Field("data_source", Text("Data from")),
    Field("collected_on", Text("Held since"), Reads.DAY),
    Field("told_on", Text("Told on"), Reads.DAY),
    Field("keep_until", Text("Keep until"), Reads.DAY),
    Field("source_key", Text("Key in the source"), Reads.KEY),
)

VISIT_FIELDS: Final = (
    Field("account", Text("Customer")),
    Field("account_key", Text("Customer's key in the source"), Reads.KEY),
    Field("day", Text("Day"), Reads.MOMENT),
    Field("time", Text("Time"), Reads.TIME),
    Field("minutes", Text("Minutes"), Reads.WHOLE),
    Field("kind", Text("Kind"), Reads.VISIT_KIND),
    Field("topic", Text("Topic")),
    Field("place", Text("Place")),
    Field("people", Text("Their people"), Reads.LIST),
    Field("colleagues", Text("Our people"), Reads.LIST),
    Field("author", Text("Written by")),
    Field("objective", Text("Objective")),
    Field("said", Text("What was said"), Reads.LONG),
    Field("outcome", Text("Outcome")),
    Field("next_step", Text("Next step")),
    Field("next_step_by", Text("Next step by"), Reads.DAY),
    Field("no_next_step_because", Text("Why no next step")),
    Field("our_promises", Text("Our promises"), Reads.LIST),
    Field("their_promises", Text("Their promises"), Reads.LIST),
    Field("promised_by", Text("Promised by"), Reads.DAY),
    Field("state", Text("State"), Reads.VISIT_STATE),
    Field("source_key", Text("Key in the source"), Reads.KEY),
)

OPPORTUNITY_FIELDS: Final = (
    Field("name", Text("Opportunity")),
    Field("account", Text("Customer")),
    Field("account_key", Text("Customer's key in the source"), Reads.KEY),
    Field("step", Text("Step"), Reads.DEAL_STEP),
    Field("amount", Text("Amount"), Reads.MONEY),
    Field("currency", Text("Currency"), Reads.CURRENCY),
    Field("expected", Text("Expected"), Reads.DAY),
    Field("deal_state", Text("State"), Reads.DEAL_STATE),
    Field("settled_on", Text("Won or lost on"), Reads.DAY),
    Field("since", Text("Open since"), Reads.DAY),
    Field("note", Text("Note"), Reads.LONG),
    Field("source_key", Text("Key in the source"), Reads.KEY),
)

FIELDS: Final = MappingProxyType(
    {
        ImportKind.ACCOUNTS: MappingProxyType({one.name: one for one in ACCOUNT_FIELDS}),
        ImportKind.PEOPLE: MappingProxyType({one.name: one for one in PERSON_FIELDS}),
        ImportKind.VISITS: MappingProxyType({one.name: one for one in VISIT_FIELDS}),
        ImportKind.OPPORTUNITIES: MappingProxyType({one.name: one for one in OPPORTUNITY_FIELDS}),
    }
)


OWN: Final = "own:"
"""Begins the name of a field of the workspace's own; the rest is what it is called."""
ReadOwn = Callable[[str], str]
"""Reads a cell for an own field. Raises ``RuleBroken``."""


def title_of(kind: ImportKind, field: str) -> Text:
    """Return what a field is called; names beside the known ones are said as they are."""
    found = FIELDS[kind].get(field)
    return found.title if found else Text("{name}", name=field.removeprefix(OWN))


def is_field(kind: ImportKind, field: str) -> bool:
    """True for the name of a field; for what may be one of the workspace's own too."""
    return field in FIELDS[kind] or field.startswith(OWN)
