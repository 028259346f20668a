"""What this workspace knows of accounts and people, as the judging of a foreign file needs it."""

from collections import defaultdict

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.stored import read_word
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.origins.store import OriginStore
from kamdesk.domain.people.model import Channel
from kamdesk.domain.people.store import PersonStore
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.storage.database import Reader
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.known import Key, Known, KnownRecords
from kamdesk.transfer.own_columns import values_here

_CHANNELS = {
    Channel.MOBILE: "mobile",
    Channel.PHONE: "phone",
    Channel.EMAIL: "email",
    Channel.WECHAT: "wechat",
}
_TABLES = {
    ImportKind.ACCOUNTS: ("account", "accounts"),
    ImportKind.PEOPLE: ("person", "people"),
    ImportKind.VISITS: ("visit", "visits"),
    ImportKind.OPPORTUNITIES: ("opportunity", "opportunities"),
}

_HELD = """SELECT h.person, p.title FROM holdings h JOIN posts p ON p.id = h.post
WHERE h.until IS NULL AND NOT h.gone AND NOT p.gone"""


def known_here(reader: Reader, kind: ImportKind, *, hidden: bool = True) -> KnownRecords:
    """Return all accounts or all people of the workspace, indexed afresh.

    With ``hidden`` people who must not be shown are among them: nobody is taken in twice.
    """
    return (
        known_people(reader, hidden=hidden) if kind is ImportKind.PEOPLE else known_accounts(reader)
    )


def taken_before(reader: Reader, source: str, kind: ImportKind) -> frozenset[bytes]:
    """Return the digests of the rows taken from a source whose records still live."""
    return OriginStore(reader).digests(source, *_TABLES[kind])


def known_accounts(reader: Reader) -> KnownRecords:
    """Return all accounts; the address is that of the first site."""
    store = AccountStore(reader)
    keys = _keys(reader, "account")
    accounts = store.everything()
    names = {account.id: account.name for account in accounts}
    colleagues = {one.id: one.name for one in ColleagueStore(reader).everybody()}
    tags: dict[Id, list[str]] = defaultdict(list)
    for row in reader.ask("SELECT eid, target FROM accounts_tags ORDER BY target"):
        tags[row[0]].append(row[1])
    addresses: dict[Id, str] = {}
    for row in reader.ask("SELECT account, address FROM sites WHERE NOT gone ORDER BY id"):
        addresses.setdefault(row[0], row[1] or "")
    own = values_here(reader, ImportKind.ACCOUNTS)
    return KnownRecords(
        Known(
            name=account.name,
            id=account.id,
            keys=keys.get(account.id, frozenset()),
            values={
                "short_name": account.short_name,
                "other_names": account.other_names,
                "number": account.number,
                "credit_code": account.credit_code,
                "kind_of_organisation": account.organisation,
                "listed": account.listed,
                "stock_code": account.stock_code,
                "industry": account.industry,
                "group_parent": names.get(account.group_parent, "") if account.group_parent else "",
                "region": account.region,
                "province": account.province,
                "city": account.city,
                "address": addresses.get(account.id, ""),
                "website": account.website,
                "phone": account.phone,
                "employees": account.employees,
                "annual_revenue": account.annual_revenue,
                "currency": account.currency,
                "first_signed": account.first_signed.isoformat() if account.first_signed else "",
                "note": account.note,
                "owner": colleagues.get(account.owner, "") if account.owner else "",
                "tags": tuple(tags.get(account.id, ())),
                "class_by_hand": account.class_by_hand,
                **own.get(account.id, {}),
            },
        )
        for account in accounts
    )


def known_people(reader: Reader, *, hidden: bool = True) -> KnownRecords:
    """Return all people with their present post and first ways of contact."""
    store = PersonStore(reader)
    keys, account_keys = _keys(reader, "person"), _keys(reader, "account")
    names = dict(reader.ask("SELECT id, name FROM accounts WHERE NOT gone"))
    posts = dict(reader.ask("SELECT id, post FROM person_standing"))
    ways: dict[Id, dict[str, str]] = defaultdict(dict)
    more: dict[Id, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in reader.ask("SELECT person, channel, value FROM ways WHERE NOT gone ORDER BY id"):
        field = _CHANNELS.get(read_word(Channel, row[1], Channel.OTHER))
        if field:
            ways[row[0]].setdefault(field, row[2] or "")
            _all_of(more[row[0]], field, row[2] or "")
    for person, title in reader.ask(_HELD):
        _all_of(more[person], "post", title or "")
    own = values_here(reader, ImportKind.PEOPLE)
    return KnownRecords(
        Known(
            name=person.name,
            id=person.id,
            keys=keys.get(person.id, frozenset()),
            restricted=person.restricted,
            account_keys=account_keys.get(person.account or AccountId(Id(b"")), frozenset()),
            more=more.get(person.id, {}),
            values={
                "family_name": person.family_name,
                "given_name": person.given_name,
                "honorific": person.honorific,
                "form_of_address": person.form_of_address,
                "account": names.get(person.account, "") or "",
                "department": person.department,
                "post": posts.get(person.id, "") or "",
                "birthday": person.birthday,
                "focus": person.focus,
                "note": person.note,
                "basis": person.basis,
                "data_source": person.source,
                "collected_on": _iso(person.collected_on),
                "told_on": _iso(person.told_on),
                "keep_until": _iso(person.keep_until),
                **ways.get(person.id, {}),
                **own.get(person.id, {}),
            },
        )
        for person in store.everybody(hidden=hidden)
    )


def _all_of(more: dict[str, tuple[str, ...]], field: str, value: str) -> None:
    more[field] = (*more.get(field, ()), value)


def _iso(day: Day | None) -> str:
    return day.isoformat() if day else ""


def _keys(reader: Reader, kind: str) -> dict[Id, frozenset[Key]]:
    found: dict[Id, set[Key]] = defaultdict(set)
    for (source, key), record in OriginStore(reader).every(kind):
        found[record].add((source, key))
    return {record: frozenset(keys) for record, keys in found.items()}
