"""Accounts and sites in the workspace: their cells, and what is asked about them."""

from sys import intern
from typing import NamedTuple

from kamdesk.core.basis import Basis
from kamdesk.core.clock import read_day
from kamdesk.core.ids import AccountId, SiteId
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_word
from kamdesk.domain.accounts.model import Account, AccountClass, Organisation, Site
from kamdesk.storage import basis
from kamdesk.storage.catalogue import Audience, Cell, Kind, Merge
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

_CARD = Audience.PARTNER

ACCOUNT = Kind(
    "account",
    table="accounts",
    scope_of="id",
    own=True,
    holds={
        Held.ID: ("group_parent", "owner", "team", "merged_into"),
        Held.WHOLE: ("listed", "employees", "annual_revenue"),
    },
    cells=(
        Cell("name", privacy=Privacy.PUBLIC, audience=_CARD, searched=True),
        Cell("short_name", privacy=Privacy.PUBLIC, audience=_CARD, searched=True),
        Cell("other_names", privacy=Privacy.PUBLIC, audience=_CARD, searched=True),
        Cell("number", privacy=Privacy.BUSINESS, audience=_CARD, searched=True),
        Cell("credit_code", privacy=Privacy.PUBLIC, audience=_CARD, searched=True, dated=True),
        Cell("organisation", privacy=Privacy.PUBLIC, audience=_CARD, dated=True),
        Cell("stock", columns=("listed", "stock_code"), privacy=Privacy.PUBLIC, audience=_CARD),
        Cell("industry", privacy=Privacy.PUBLIC, audience=_CARD, dated=True),
        Cell("group_parent", privacy=Privacy.PUBLIC, audience=_CARD),
        Cell(
            "place",
            columns=("region", "province", "city"),
            privacy=Privacy.PUBLIC,
            audience=_CARD,
        ),
        Cell("website", privacy=Privacy.PUBLIC, audience=_CARD, dated=True),
        Cell("phone", privacy=Privacy.CONTACT, audience=_CARD, searched=True, dated=True),
        Cell("employees", privacy=Privacy.PUBLIC, dated=True),
        Cell(
            "annual_revenue",
            columns=("annual_revenue", "currency"),
            privacy=Privacy.MONEY,
            dated=True,
        ),
        Cell("first_signed", privacy=Privacy.BUSINESS, dated=True),
        Cell("owner", privacy=Privacy.INTERNAL),
        Cell("class_by_hand", privacy=Privacy.INTERNAL),
        Cell("phase", columns=("phase_by_hand", "phase_because"), privacy=Privacy.INTERNAL),
        Cell("note", privacy=Privacy.NOTE, merge=Merge.TEXT, searched=True),
        Cell("merged_into", privacy=Privacy.INTERNAL),
        Cell("tags", privacy=Privacy.INTERNAL, merge=Merge.LINKS),
        Cell("team", privacy=Privacy.INTERNAL, merge=Merge.LINKS),
    ),
)

SITE = Kind(
    "site",
    table="sites",
    scope_of="account",
    holds={Held.ID: ("account",), Held.REAL: ("lat", "lon")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("name", privacy=Privacy.BUSINESS),
        Cell("address", columns=("address", "city"), privacy=Privacy.BUSINESS, dated=True),
        Cell("gate", privacy=Privacy.BUSINESS, dated=True),
        Cell("hours", privacy=Privacy.BUSINESS, dated=True),
        Cell("spot", columns=("lat", "lon", "spot_from"), privacy=Privacy.BUSINESS),
    ),
)


class AccountLine(NamedTuple):
    """An account as lists show it."""

    id: AccountId
    name: str
    short_name: str
    number: str
    class_by_hand: AccountClass | None
    industry: str
    city: str
    owner: str
    group_parent: str
    last_visit: str
    next_visit: str


_LINES = """
SELECT a.id, a.name, a.short_name, a.number, a.class_by_hand, a.industry, a.city,
       c.name AS owner, g.name AS group_parent, s.last_visit, s.next_visit
FROM accounts a
LEFT JOIN colleagues c ON c.id = a.owner
LEFT JOIN accounts g ON g.id = a.group_parent
LEFT JOIN account_standing s ON s.id = a.id
WHERE NOT a.gone"""


_IN_ORDER = " ORDER BY +a.name, a.id"
"""The plus keeps SQLite from going by the index of names: then each row lies on another page."""


class AccountStore:
    """Asks the ``accounts`` and ``sites`` tables."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def get(self, account: AccountId) -> Account:
        """Return an account. Raises ``LookupError``."""
        return _account(self._ask("SELECT * FROM accounts WHERE id = ?", account).one())

    def find(self, account: AccountId) -> Account | None:
        """Return an account that is not deleted, or None."""
        row = self._ask("SELECT * FROM accounts WHERE id = ? AND NOT gone", account).first()
        return _account(row) if row else None

    def now(self, account: AccountId) -> AccountId:
        """Return the customer an id means now: the one it was merged into, else itself."""
        sql = "SELECT merged_into FROM accounts WHERE id = ? AND gone AND merged_into IS NOT NULL"
        seen = {account}
        while (found := self._ask(sql, account).value()) and found not in seen:
            account = AccountId(found)
            seen.add(account)
        return account

    def lines(self) -> list[AccountLine]:
        """Return all accounts as lists show them, by name."""
        return [_line(row) for row in self._ask(_LINES + _IN_ORDER)]

    def line(self, account: AccountId) -> AccountLine | None:
        """Return one account as lists show it."""
        row = self._ask(_LINES + " AND a.id = ?", account).first()
        return _line(row) if row else None

    def everything(self) -> list[Account]:
        """Return all accounts that are not deleted, by id."""
        return [
            _account(row) for row in self._ask("SELECT * FROM accounts WHERE NOT gone ORDER BY id")
        ]

    def count(self) -> int:
        """Return how many accounts there are."""
        return int(self._ask("SELECT count(*) FROM accounts WHERE NOT gone").value())

    def by_number(self, number: str) -> list[AccountId]:
        """Return the accounts with a number."""
        return self._ask("SELECT id FROM accounts WHERE number = ? AND NOT gone", number).column()

    def by_name(self, name: str) -> list[AccountId]:
        """Return the accounts with exactly this name or short name."""
        return self._ask(
            "SELECT id FROM accounts WHERE (name = ?1 OR short_name = ?1) AND NOT gone", name
        ).column()

    def parts_of(self, group: AccountId) -> list[AccountId]:
        """Return the accounts directly below a group."""
        return self._ask(
            "SELECT id FROM accounts WHERE group_parent = ? AND NOT gone ORDER BY name", group
        ).column()

    def tags(self, account: AccountId) -> list[str]:
        """Return the account's tags in order."""
        return self._ask(
            "SELECT target FROM accounts_tags WHERE eid = ? ORDER BY target", account
        ).column()

    def team(self, account: AccountId) -> list[bytes]:
        """Return the colleagues who serve the account."""
        return self._ask("SELECT target FROM accounts_team WHERE eid = ?", account).column()

    def bases(self, record: AccountId | SiteId) -> dict[str, Basis]:
        """Return what the values of an account or a site stand on, by cell; those that do."""
        found = basis.of_record(self._ask, record)
        return {cell: Basis.read(parts) for cell, parts in found.items()}

    def site_bases(self, account: AccountId) -> dict[bytes, dict[str, Basis]]:
        """Return what the values of an account's sites stand on, by site and cell."""
        found = basis.of_children(self._ask, SITE.table, account)
        return {
            site: {cell: Basis.read(parts) for cell, parts in cells.items()}
            for site, cells in found.items()
        }

    def sites(self, account: AccountId) -> list[Site]:
        """Return the account's sites, oldest first."""
        sql = "SELECT * FROM sites WHERE account = ? AND NOT gone ORDER BY id"
        return [_site(row) for row in self._ask(sql, account)]

    def site(self, site: SiteId) -> Site:
        """Return a site. Raises ``LookupError``."""
        return _site(self._ask("SELECT * FROM sites WHERE id = ?", site).one())


def _account(row: Row) -> Account:
    return Account(
        id=row["id"],
        name=row["name"] or "",
        short_name=row["short_name"] or "",
        other_names=tuple((row["other_names"] or "").split("\n")) if row["other_names"] else (),
        number=row["number"] or "",
        credit_code=row["credit_code"] or "",
        organisation=read_word(Organisation, row["organisation"], None),
        listed=bool(row["listed"]),
        stock_code=row["stock_code"] or "",
        industry=row["industry"] or "",
        group_parent=row["group_parent"],
        region=row["region"] or "",
        province=row["province"] or "",
        city=row["city"] or "",
        website=row["website"] or "",
        phone=row["phone"] or "",
        employees=row["employees"],
        annual_revenue=row["annual_revenue"],
        currency=row["currency"] or "",
        first_signed=read_day(row["first_signed"]),
        owner=row["owner"],
        class_by_hand=read_word(AccountClass, row["class_by_hand"], None),
        phase_by_hand=row["phase_by_hand"] or "",
        phase_because=row["phase_because"] or "",
        note=row["note"] or "",
        merged_into=row["merged_into"],
    )


def _site(row: Row) -> Site:
    return Site(
        id=row["id"],
        account=row["account"],
        name=row["name"] or "",
        address=row["address"] or "",
        city=row["city"] or "",
        gate=row["gate"] or "",
        hours=row["hours"] or "",
        lat=row["lat"],
        lon=row["lon"],
        spot_from=row["spot_from"] or "",
    )


def _line(row: Row) -> AccountLine:
    return AccountLine(
        row[0],
        row[1] or "",
        row[2] or "",
        row[3] or "",
        read_word(AccountClass, row[4], None),
        intern(row[5] or ""),  # few words in many lines: each is held once
        intern(row[6] or ""),
        intern(row[7] or ""),
        intern(row[8] or ""),
        row[9] or "",
        row[10] or "",
    )
