"""What the workspace already knows, indexed by all that can tell two records to be one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kamdesk.core.ids import Id
from kamdesk.transfer.alike import core_name, normal_name, spelling
from kamdesk.transfer.content import digits_of

_MOST_ALIKE: Final = 100
"""A name or number that more records share tells nobody apart; looking at each would never end."""

Key = tuple[str, str]
"""A source and the key a record has there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One account or person: of the workspace, or (``id`` None) of an earlier ``row`` of the file.

    ``values`` are named as in the candidates; ``account_keys`` are those of a person's customer.
    Whoever is ``restricted`` is met and never changed.
    """

    name: str
    id: Id | None = None
    row: int | None = None
    keys: frozenset[Key] = frozenset()
    values: Mapping[str, object] = field(default_factory=dict)
    account_keys: frozenset[Key] = frozenset()
    restricted: bool = False
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of fields that can hold several values, all of them: numbers, posts."""

    def text(self, name: str) -> str:
        """Return a value as text; empty where there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def has_other_key(self, key: Key | None) -> bool:
        """True when this record is known to the same source under another key."""
        return key is not None and any(
            source == key[0] and one != key[1] for source, one in self.keys
        )


class KnownRecords:
    """Accounts or people to be found again; grows while a file is judged."""

    def __init__(self, records: Iterable[Known] = ()) -> None:
        self._records: list[Known] = []
        self._by_id: dict[Id | None, int] = {}
        self._by_row: dict[int | None, int] = {}
        self._spelt: dict[bool, defaultdict[str, list[int]]] = {}
        self._by: dict[str, defaultdict[object, list[int]]] = {
            way: defaultdict(list)
            for way in ("key", "credit_code", "name", "core", "phone", "email")
        }
        for record in records:
            self.add(record)

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, place: int) -> Known:
        return self._records[place]

    def add(self, record: Known) -> int:
        """Add a record and return its place."""
        place = len(self._records)
        self._records.append(record)
        if record.id is not None:
            self._by_id[record.id] = place
        if record.row is not None:
            self._by_row[record.row] = place
        self._index(place, record)
        return place

    def put(self, place: int, values: Mapping[str, object], *, row: int, key: Key | None) -> None:
        """Note what row ``row`` of the file says about the record at ``place``."""
        before = self._records[place]
        record = replace(
            before,
            values={**before.values, **values},
            row=row,
            keys=before.keys | ({key} if key else set()),
        )
        self._records[place] = record
        self._by_row[row] = place
        self._index(place, record)

    def by_key(self, key: Key | None) -> list[int]:
        """Return the records known under a foreign key."""
        return self._found("key", key)

    def by_credit_code(self, code: str) -> list[int]:
        """Return the records with a credit code."""
        return self._found("credit_code", code.upper())

    def by_name(self, name: str) -> list[int]:
        """Return the records of the same name, their other names included."""
        return self._found("name", normal_name(name))

    def resembling(self, name: str) -> list[int]:
        """Return the records whose name differs only in the form of the firm."""
        return self._found("core", core_name(name))

    def by_phone(self, phone: str) -> list[int]:
        """Return the records with a telephone number."""
        return self._found("phone", digits_of(phone))

    def by_email(self, email: str) -> list[int]:
        """Return the records with an e-mail address."""
        return self._found("email", email.casefold())

    def spelt_like(self, name: str) -> list[int]:
        """Return the records that are this name in the other writing, pinyin or characters.

        Names are spelt only when one in the other writing is asked for: it takes a while.
        """
        in_letters = name.isascii()
        if in_letters not in self._spelt:
            spelt: defaultdict[str, list[int]] = defaultdict(list)
            self._spelt[in_letters] = spelt
            for place, record in enumerate(self._records):
                if record.name.isascii() is not in_letters and (key := spelling(record.name)):
                    spelt[key].append(place)
        spelt = self._spelt[in_letters]
        return spelt.get(spelling(name), [])[:_MOST_ALIKE] if spelt else []

    def place_of(self, *, record: Id | None = None, row: int | None = None) -> int | None:
        """Return where a record of the workspace, or what a row of the file brought, stands."""
        return self._by_row.get(row) if record is None else self._by_id.get(record)

    def _found(self, way: str, what: object) -> list[int]:
        return self._by[way].get(what, []) if what else []

    def _index(self, place: int, record: Known) -> None:
        others = record.values.get("other_names")
        names = (record.name, *(others if isinstance(others, tuple) else ()))
        found: tuple[tuple[str, object], ...] = (
            *(("key", key) for key in record.keys),
            ("credit_code", record.text("credit_code").upper()),
            *(("name", normal_name(name)) for name in names),
            ("core", core_name(record.name)),
            ("phone", digits_of(record.text("phone"))),
            ("phone", digits_of(record.text("mobile"))),
            ("email", record.text("email").casefold()),
        )
        for way, what in found:
            if what:
                places = self._by[way][what]
                if len(places) < _MOST_ALIKE and place not in places:
                    places.append(place)
