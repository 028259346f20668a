"""The particulars of a customer, one by one: how each is called, shown, written and read back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.money import Money
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.account import naming
from kamdesk.desktop.account.basis_editor import read_past_day
from kamdesk.desktop.account.held import Bases, Held, HeldSite, Verb
from kamdesk.desktop.account.site_place import numbers, place_words, placed, understood
from kamdesk.desktop.widgets.name_editor import Named, listed, parted
from kamdesk.domain.accounts.model import CLASS_WORDS, ORGANISATION_WORDS
from kamdesk.domain.accounts.store import ACCOUNT, SITE
from kamdesk.storage.catalogue import Kind

if TYPE_CHECKING:
    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Particular:
    """One of them. ``shows`` gives its words, ``starts`` what its editor begins with.

    ``reads`` turns what was typed into fields of the account, ``does`` into a verb of its own; both
    raise ``RuleBroken``. ``choices`` makes it one of several, ``names`` completes names of
    ``customers`` or ``colleagues``. ``notes`` says what the value came to; it is always seen.
    """

    name: str
    label: Text
    shows: Callable[[Any], Text | str]
    starts: Callable[[Any], object]
    reads: Callable[[Any, Any], Mapping[str, object]] | None = None
    does: Callable[[Any, Any], Verb | None] | None = None
    kind: Kind = ACCOUNT
    choices: Sequence[tuple[object, Text]] = ()
    names: str = ""
    many: bool = False
    long: bool = False
    hint: Text | str = ""
    notes: Callable[[Any], Text | str] | None = None

    @property
    def cell(self) -> str:
        """The cell it stands in."""
        for cell in self.kind.cells:
            if self.name == cell.name or self.name in cell.columns:
                return cell.name
        raise LookupError(self.name)

    @property
    def dated(self) -> bool:
        """Whether one can say what its value stands on."""
        return self.kind.by_name[self.cell].dated

    def verb(self, value: object, held: Held | HeldSite, bases: Bases) -> Verb | None:
        """Return what saves ``value``; None when nothing is another than it was."""
        if self.does is not None:
            return self.does(value, held)
        if self.reads is None:
            raise LookupError(self.name)
        return held.changed(self.reads(value, held), bases)


def _text(
    name: str,
    label: Text,
    *,
    long: bool = False,
    hint: Text | str = "",
    kind: Kind = ACCOUNT,
    notes: Callable[[Any], Text | str] | None = None,
) -> Particular:
    return Particular(
        name=name,
        label=label,
        shows=lambda held: getattr(held.record, name),
        starts=lambda held: getattr(held.record, name),
        reads=lambda value, _: {name: str(value)},
        long=long,
        hint=hint,
        kind=kind,
        notes=notes,
    )


def _choice(name: str, label: Text, words: Mapping[Any, Text], nothing: Text) -> Particular:
    return Particular(
        name=name,
        label=label,
        shows=lambda held: looks.capital(words.get(getattr(held.record, name), "")),
        starts=lambda held: getattr(held.record, name),
        reads=lambda value, _: {name: value},
        choices=((None, nothing), *words.items()),
    )


def _whole(text: object, _: Held) -> Mapping[str, object]:
    from kamdesk.transfer.amounts import Unreadable, read_whole

    try:
        return {"employees": read_whole(str(text)) if str(text).strip() else None}
    except Unreadable as unreadable:
        raise RuleBroken(unreadable.said, field="employees") from None


def _revenue(text: object, held: Held) -> Mapping[str, object]:
    from kamdesk.transfer.amounts import Unreadable, read_money

    if not str(text).strip():
        return {"annual_revenue": None, "currency": ""}
    try:
        amount, said = read_money(str(text))
    except Unreadable as unreadable:
        raise RuleBroken(unreadable.said, field="annual_revenue") from None
    currency = said or held.record.currency or "CNY"
    return {"annual_revenue": _minor(amount, currency), "currency": currency}


def _minor(amount: Decimal, currency: str) -> int:
    return Money.read(format(amount, "f"), currency).minor


def _money(held: Held) -> Money | None:
    account = held.record
    if account.annual_revenue is None:
        return None
    return Money(account.annual_revenue, account.currency or "CNY")


def _money_typed(held: Held) -> str:
    money = _money(held)
    return f"{money.major:,f} {money.currency}".replace(".00 ", " ") if money else ""


def _signed(text: object, held: Held) -> Mapping[str, object]:
    day = read_past_day(str(text), held.today, field="first_signed", last=False)
    return {"first_signed": day}


def _group(value: Named, held: Held) -> Verb | None:
    if value.text == held.group:
        return None
    base = held.record

    def verb(desk: "Workspace", seen: "Seen", _: Bases) -> ChangeSet:
        above = naming.customer_meant(desk, value, field="group_parent")
        return desk.accounts.change(replace(base, group_parent=above), base=base, seen=seen)

    return verb


def _owner(value: Named, held: Held) -> Verb | None:
    if value.text == held.owner:
        return None
    base = held.record

    def verb(desk: "Workspace", seen: "Seen", _: Bases) -> ChangeSet:
        wanted = [value] if value.text else []
        found = naming.colleagues_meant(desk, wanted, field="owner")
        owner = found[0] if found else None
        return desk.accounts.change(replace(base, owner=owner), base=base, seen=seen)

    return verb


def _team(value: Named, held: Held) -> Verb | None:
    known = {name: colleague for colleague, name in held.team.items()}
    names = parted(value.text)
    if names == list(known):
        return None

    def verb(desk: "Workspace", _seen: "Seen", _: Bases) -> ChangeSet:
        wanted = [Named(name, known.get(name)) for name in names]
        team = naming.colleagues_meant(desk, wanted, field="team")
        return desk.accounts.set_team(held.record.id, team, base=tuple(held.team))

    return verb


def _tags(value: object, held: Held) -> Verb | None:
    wanted = parted(str(value))
    add = tuple(tag for tag in wanted if tag not in held.tags)
    remove = tuple(tag for tag in held.tags if tag not in wanted)
    if not add and not remove:
        return None
    return lambda desk, _seen, _bases: desk.accounts.tag(held.record.id, add=add, remove=remove)


NAMES = (
    _text("name", Text("Name")),
    _text("short_name", Text("Short name")),
    Particular(
        name="other_names",
        label=Text("Other names"),
        shows=lambda held: listed(held.record.other_names),
        starts=lambda held: listed(held.record.other_names),
        reads=lambda value, _: {"other_names": tuple(parted(str(value)))},
        hint=Text("English name, former name; commas between"),
    ),
    _text("number", Text("Our number")),
    _text("credit_code", Text("Credit code no.")),
)
KIND = (
    _choice("organisation", Text("Organisation"), ORGANISATION_WORDS, Text("not known")),
    _text("industry", Text("Industry")),
    Particular(
        name="listed",
        label=Text("Listed"),
        shows=lambda held: looks.capital(Text("listed")) if held.record.listed else "",
        starts=lambda held: held.record.listed,
        reads=lambda value, _: {"listed": value is True},
        choices=((False, Text("not known")), (True, Text("listed"))),
    ),
    _text("stock_code", Text("Stock code")),
    Particular(
        name="group_parent",
        label=Text("Belongs to"),
        shows=lambda held: held.group,
        starts=lambda held: held.group,
        does=_group,
        names="customers",
        hint=Text("the group above it; pinyin will do"),
    ),
    Particular(
        name="employees",
        label=Text("Employees"),
        shows=lambda held: (
            looks.number(held.record.employees) if held.record.employees is not None else ""
        ),
        starts=lambda held: "" if held.record.employees is None else str(held.record.employees),
        reads=_whole,
    ),
    Particular(
        name="annual_revenue",
        label=Text("Revenue a year"),
        shows=lambda held: looks.money(money) if (money := _money(held)) else "",
        starts=_money_typed,
        reads=_revenue,
        hint=Text("2.6 亿, 260 M, $ 12 M"),
    ),
)
WHERE = (
    _text("region", Text("Region")),
    _text("province", Text("Province")),
    _text("city", Text("City")),
    _text("phone", Text("Telephone")),
    _text("website", Text("Website")),
)
OURS = (
    _choice("class_by_hand", Text("Class"), CLASS_WORDS, Text("not classed yet")),
    Particular(
        name="owner",
        label=Text("Owner"),
        shows=lambda held: held.owner,
        starts=lambda held: held.owner,
        does=_owner,
        names="colleagues",
    ),
    Particular(
        name="team",
        label=Text("Account team"),
        shows=lambda held: listed(held.team.values()),
        starts=lambda held: listed(held.team.values()),
        does=_team,
        names="colleagues",
        many=True,
        hint=Text("names with commas between"),
    ),
    Particular(
        name="tags",
        label=Text("Tags"),
        shows=lambda held: listed(held.tags),
        starts=lambda held: listed(held.tags),
        does=_tags,
        hint=Text("words with commas between"),
    ),
    Particular(
        name="first_signed",
        label=Text("First signed"),
        shows=lambda held: held.record.first_signed.isoformat() if held.record.first_signed else "",
        starts=lambda held: (
            held.record.first_signed.isoformat() if held.record.first_signed else ""
        ),
        reads=_signed,
        hint=Text("2023-06, 2023-06-18"),
    ),
    _text("note", Text("Note"), long=True),
)
SITE_FIELDS = (
    _text("name", Text("Site"), kind=SITE),
    _text("address", Text("Address"), kind=SITE),
    _text("city", Text("City"), kind=SITE),
    _text("gate", Text("Getting in"), kind=SITE, hint=Text("east gate, bring the identity card")),
    _text(
        "hours",
        Text("Receives"),
        kind=SITE,
        hint=Text("Tue to Thu, 9:00 to 11:30"),
        notes=understood,
    ),
    Particular(
        name="spot",
        label=Text("Lies"),
        kind=SITE,
        shows=place_words,
        starts=numbers,
        reads=placed,
        hint=Text("a link of a map, or 31.30, 120.60; empty: by the address"),
    ),
)
