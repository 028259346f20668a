"""Rows as read become candidates: typed, cleaned, with what is wrong and what was left over."""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Dict
from decimal import Decimal
from types import MappingProxyType

from kamdesk.core.errors import RuleBroken
from kamdesk.core.money import Money
from kamdesk.core.text.clean import LONGEST_NAME, NAME_TOO_LONG
from kamdesk.core.text.names import is_chinese
from kamdesk.core.wording import Text
from kamdesk.domain.opportunities.model import OpportunityState
from kamdesk.transfer.amounts import Unreadable, read_money
from kamdesk.transfer.candidates import CANDIDATES, Candidate, Problem
from kamdesk.transfer.content import TICKER, is_salesforce_id, normal_key, ticker
from kamdesk.transfer.fields import FIELDS, ImportKind, ReadOwn, Reads
from kamdesk.transfer.found import RawRow
from kamdesk.transfer.mapping import Column, Mapping
from kamdesk.transfer.table import Headings, column_name
from kamdesk.transfer.unchanged import Digests
from kamdesk.transfer.values import is_nothing, read_value


def candidates(
    rows: Iterable[RawRow],
    headings: Headings,
    mapping: Mapping,
    own: Dict[str, ReadOwn] = MappingProxyType({}),
) -> Iterator[Candidate]:
    """Yield one candidate for every row below the headings; ``own`` reads cells of own fields."""
    reading = _Reading(headings, mapping, own)
    for row in rows:
        if row.number > headings.row:
            yield reading.candidate(row)


class _Reading:
    """One mapping, made ready for many rows."""

    def __init__(self, headings: Headings, mapping: Mapping, own: Dict[str, ReadOwn]) -> None:
        self._headings, self._mapping, self._own = headings, mapping, own
        self._digests = Digests(mapping)
        known = {one.heading: one for one in mapping.columns}
        self._columns = tuple(known.get(name, Column(heading=name)) for name in headings.names)
        self._fields = FIELDS[mapping.kind]
        self._make: Callable[..., Candidate] = CANDIDATES[mapping.kind]

    def candidate(self, row: RawRow) -> Candidate:
        """Return what a row proposes."""
        if row.refused is not None:
            return self._make(
                row=row.number, problems=(Problem(row.number, "", row.refused, True),)
            )
        values: dict[str, object] = {}
        problems: list[Problem] = []
        leftovers: list[tuple[str, str]] = []
        source_key = ""
        for place, cell in enumerate(row.cells):
            if is_nothing(cell):
                continue
            column = self._columns[place] if place < len(self._columns) else None
            if column is not None and column.heading == self._mapping.key:
                source_key = self._take_key(row.number, cell, problems)
            if column is None:
                leftovers.append((column_name(place), cell))
            elif column.field is None:
                if column.heading not in self._mapping.ignored | {self._mapping.key}:
                    leftovers.append((column.heading, cell))
            elif column.field != "source_key":
                self._take(row.number, column, cell, values, problems, leftovers)
        for name, text in self._mapping.values.items():
            if name not in values and not is_nothing(text):
                stand_in = Column(heading=name, field=name)
                self._take(row.number, stand_in, text, values, problems, leftovers)
        self._complete(row.number, values, source_key, problems)
        digest = b""
        if self._mapping.kind is ImportKind.VISITS or (source_key and not problems):
            digest = self._digests.of(row.cells)
        if self._mapping.kind is ImportKind.VISITS:
            source_key = source_key or digest.hex()
        return self._make(
            row=row.number,
            source=self._mapping.source if source_key else "",
            source_key=source_key,
            digest=digest,
            leftovers=tuple(leftovers),
            problems=tuple(problems),
            own=tuple((name, str(values.pop(name))) for name in sorted(self._own.keys() & values)),
            **values,
        )

    def _take(
        self,
        number: int,
        column: Column,
        cell: str,
        values: dict[str, object],
        problems: list[Problem],
        leftovers: list[tuple[str, str]],
    ) -> None:
        name = column.field or ""
        if name not in self._fields:
            self._take_own(number, column, cell, values, problems, leftovers)
            return
        reads = self._fields[name].reads
        try:
            if reads is Reads.MONEY:
                values[name] = *read_money(cell, unit=column.unit), read_money(cell)[1]
                return
            read = read_value(reads, cell, day_first=column.day_first)
        except Unreadable as odd:
            problems.append(Problem(number, name, odd.said))
            leftovers.append((column.heading, cell))
            return
        except RuleBroken as broken:
            problems.append(Problem(number, name, broken.said, True))
            return
        if read.value not in ("", ()):
            values[name] = read.value
        if read.warning is not None:
            problems.append(Problem(number, name, read.warning))
        if read.left:
            leftovers.append((column.heading, read.left))

    def _take_own(
        self,
        number: int,
        column: Column,
        cell: str,
        values: dict[str, object],
        problems: list[Problem],
        leftovers: list[tuple[str, str]],
    ) -> None:
        """Take a cell for an own field; what that does not take is left over, with the reason."""
        name = column.field or ""
        try:
            values[name] = self._own[name](cell)
        except (KeyError, RuleBroken) as odd:
            if isinstance(odd, RuleBroken):
                problems.append(Problem(number, name, odd.said))
            leftovers.append((column.heading, cell))

    def _take_key(self, number: int, cell: str, problems: list[Problem]) -> str:
        try:
            return normal_key(self._mapping.source, str(read_value(Reads.KEY, cell).value))
        except RuleBroken as broken:
            problems.append(Problem(number, "source_key", broken.said, True))
            return ""

    def _complete(
        self, number: int, values: dict[str, object], source_key: str, problems: list[Problem]
    ) -> None:
        """Fill in what follows from the rest, and reject a row without a name."""
        if self._mapping.kind is ImportKind.VISITS:
            self._complete_visit(number, values, problems)
            return
        if self._mapping.kind is ImportKind.OPPORTUNITIES:
            self._complete_opportunity(number, values, problems)
        elif self._mapping.kind is ImportKind.PEOPLE:
            if "name" not in values:
                values["name"] = _whole_name(
                    str(values.get("family_name", "")), str(values.get("given_name", ""))
                )
            if is_salesforce_id(str(values.get("account", ""))):
                values.setdefault("account_key", values.pop("account"))
            if key := values.get("account_key"):
                values["account_key"] = normal_key(self._mapping.source, str(key))
        else:
            if source_key and self._mapping.source == TICKER and "stock_code" not in values:
                values["stock_code"] = ticker(source_key)
            self._settle_money(number, values, problems, "annual_revenue")
        name = str(values.get("name", ""))
        if not name and not any(one.rejects for one in problems):
            problems.append(Problem(number, "name", Text("The row has no name."), True))
        elif len(name) > LONGEST_NAME:
            problems.append(Problem(number, "name", NAME_TOO_LONG, True))

    def _complete_visit(
        self, number: int, values: dict[str, object], problems: list[Problem]
    ) -> None:
        day, _, time = str(values.get("day", "")).partition("T")
        if day:
            values["day"] = day
            if time and "time" not in values:
                values["time"] = time
        if is_salesforce_id(str(values.get("account", ""))):
            values.setdefault("account_key", values.pop("account"))
        if key := values.get("account_key"):
            values["account_key"] = normal_key(self._mapping.source, str(key))
        values["name"] = values.get("account") or values.get("account_key") or ""
        if any(one.rejects for one in problems):
            return
        if not values["name"]:
            problems.append(Problem(number, "account", Text("The row names no customer."), True))
        elif not day:
            problems.append(Problem(number, "day", Text("The row has no day."), True))

    def _complete_opportunity(
        self, number: int, values: dict[str, object], problems: list[Problem]
    ) -> None:
        if isinstance(values.get("step"), OpportunityState):  # a stage that says how it ended
            values.setdefault("deal_state", values.pop("step"))
        if is_salesforce_id(str(values.get("account", ""))):
            values.setdefault("account_key", values.pop("account"))
        if key := values.get("account_key"):
            values["account_key"] = normal_key(self._mapping.source, str(key))
        self._settle_money(number, values, problems, "amount")
        if not (values.get("account") or values.get("account_key")):
            problems.append(Problem(number, "account", Text("The row names no customer."), True))

    def _settle_money(
        self, number: int, values: dict[str, object], problems: list[Problem], field: str
    ) -> None:
        said = values.pop(field, None)
        if not isinstance(said, tuple):
            return
        amount, currency, own = said  # the heading's 元 gives way to a column of currencies
        currency = own or str(values.get("currency", "")) or currency
        try:
            money = Money.read(f"{Decimal(amount):f}", currency)
        except RuleBroken as broken:
            problems.append(Problem(number, field, broken.said))
            return
        values[field] = money.minor
        if currency:
            values["currency"] = currency


def _whole_name(family: str, given: str) -> str:
    if is_chinese(family or given):
        return family + given
    return " ".join(part for part in (given, family) if part)
