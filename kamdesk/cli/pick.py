"""Which record somebody means: by number, name, part of a name, customer and day, or id."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from kamdesk.cli.printing import Column
from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, MapId, PersonId, PromiseId, VisitId
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.promises.model import PromiseState
from kamdesk.domain.promises.store import PROMISE
from kamdesk.domain.visits.store import VISIT
from kamdesk.storage.part_of_id import records_with

if TYPE_CHECKING:
    from kamdesk.cli.session import Session
    from kamdesk.workspace import Workspace

KINDS: Final = ("account", "person", "visit")
_MOST: Final = 20
_NAMING: Final = ("name", "spelling", "initials", "number", "phone")
"""By what a search finds what was named (``search.hits.How``)."""
_HEX = re.compile(r"[0-9a-f]{6,32}")
_ON_DAY = re.compile(r"(.+?)[ @]+([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{1,2}:[0-9]{2}))?")
KIND_WORDS: Final = {
    "account": Text("customer"),
    "person": Text("person"),
    "visit": Text("visit"),
    "promise": Text("promise"),
    "fact": Text("fact"),
    "need": Text("need"),
    "reading": Text("judgement"),
    "body": Text("deciding body"),
    "agreement": Text("agreement on how often"),
    "pause": Text("pause of contacts"),
}


class Found(NamedTuple):
    """A record that was meant, or may have been."""

    kind: str
    id: Id
    title: str


class Ambiguous(RuleBroken):
    """Several records fit; ``candidates`` are the first of them."""

    def __init__(self, words: str, candidates: Sequence[Found]) -> None:
        super().__init__(
            Text(
                "“{words}” fits {n} records: say more, or give an id.",
                words=words,
                n=len(candidates),
            )
        )
        self.candidates = list(candidates[:_MOST])

    def list_candidates(self, session: "Session") -> None:
        """Print what may have been meant."""
        session.give(self.candidates)
        columns: tuple[Column[Found], ...] = (
            Column(Text("Id"), lambda found: short(found.id), whole=True),
            Column(Text("Kind"), lambda found: KIND_WORDS[found.kind]),
            Column(Text("Title"), lambda found: found.title),
        )
        session.list(columns, self.candidates, Text("Nothing fits."))


def short(record: bytes) -> str:
    """Return the end of an id: made by chance, enough to name a record by."""
    return record.hex()[-10:]


def visit_title(account: str, start: Instant | None) -> str:
    """Return what a visit is called: its customer and its time."""
    return f"{account} {start.local:%Y-%m-%d %H:%M}" if start else account


def pick(desk: "Workspace", words: str, *kinds: str) -> Found:
    """Return the one record meant by ``words`` among ``kinds`` (account, person, visit, promise).

    Raises ``Ambiguous`` when several fit, ``RuleBroken`` when none does.
    """
    wanted, text = kinds or KINDS, one_line(words)
    for road in (_by_id, _by_name, _by_day, _by_part, _by_part_of_id):
        candidates = [found for found in road(desk, text) if found.kind in wanted] if text else []
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            raise Ambiguous(words, candidates)
    raise RuleBroken(
        Text(
            "Nothing is known as “{words}” ({kinds}).",
            words=words,
            kinds=tuple(KIND_WORDS[kind] for kind in wanted),
        )
    )


def account(desk: "Workspace", words: str) -> AccountId:
    """Return the one account meant. Raises ``RuleBroken``."""
    return AccountId(pick(desk, words, "account").id)


def person(desk: "Workspace", words: str) -> PersonId:
    """Return the one person meant. Raises ``RuleBroken``."""
    return PersonId(pick(desk, words, "person").id)


def visit(desk: "Workspace", words: str) -> VisitId:
    """Return the one visit meant. Raises ``RuleBroken``."""
    return VisitId(pick(desk, words, "visit").id)


def chain_map(desk: "Workspace", account: AccountId, words: str | None) -> MapId | None:
    """Return a customer's map by its name or the end of its id; None: the own one.

    Raises ``RuleBroken`` when the customer has no such map, or several that fit.
    """
    if words is None:
        return None
    text = one_line(words).casefold()
    maps = desk.chain.ask.maps(account)
    deals: dict[Id, str] = {
        one.id: one.name.casefold() for one in desk.opportunities.ask.of_account(account)
    }
    for fits in (
        [one for one in maps if one.opportunity and deals.get(one.opportunity) == text],
        [one for one in maps if one.name.casefold() == text],
        [one for one in maps if text and text in one.name.casefold()],
        [one for one in maps if len(text) > 3 and one.id.hex().endswith(text)],
    ):
        if len(fits) == 1:
            return fits[0].id
        if fits:
            break
    names = tuple(one.name or one.id.hex()[-8:] for one in maps)
    raise RuleBroken(
        Text("There is no map “{words}”. Maps of this customer: {maps}", words=words, maps=names),
        field="map",
    )


def name_of(desk: "Workspace", record: Id) -> str:
    """Return what a record of any kind is called; empty for one nobody knows, a dash for people
    who must not be shown.
    """
    person = desk.people.ask.find(record)
    if person and person.restricted:
        return "–"
    found = next(_by_id(desk, record.hex()), None)
    colleague = None if found else desk.team.ask.find(record)
    return found.title if found else colleague.name if colleague else ""


def _by_id(desk: "Workspace", text: str) -> Iterator[Found]:
    if re.fullmatch(r"[0-9a-f]{32}", text.casefold()):
        record = Id(bytes.fromhex(text))
        for find in (_account, _person, _visit, _promise):
            found = find(desk, record)
            if found:
                yield found


def _by_name(desk: "Workspace", text: str) -> Iterator[Found]:
    numbered = desk.accounts.ask.by_number(text)
    named = numbered or desk.accounts.ask.by_name(text)
    yield from filter(None, (_account(desk, Id(found)) for found in dict.fromkeys(named)))
    if not numbered:
        yield from filter(None, (_person(desk, Id(one)) for one in desk.people.ask.named(text)))


def _by_day(desk: "Workspace", text: str) -> Iterator[Found]:
    match = _ON_DAY.fullmatch(text)
    if match is None:
        return
    try:
        day = date.fromisoformat(match[2])
    except ValueError:
        return
    for road in (_by_name, _by_part):
        accounts = [one for one in road(desk, match[1]) if one.kind == "account"]
        for one in accounts:
            for line in desk.visits.ask.of_account(AccountId(one.id)):
                if line.start and line.start.day == day and _at(line.start, match[3]):
                    yield Found("visit", line.id, visit_title(line.account_name, line.start))
        if accounts:
            return


def _by_part(desk: "Workspace", text: str) -> Iterator[Found]:
    """Find by a part, pinyin, number or telephone; by post or firm only what has no such name.

    What merely sounds or looks alike was not named.
    """
    names = desk.search.names(text, _MOST)
    hits = [*names.accounts, *names.people]
    for hit in [hit for hit in hits if hit.how in _NAMING] or hits:
        if hit.how != "alike":
            where = hit.account_name if hit.kind == "person" else ""
            yield Found(hit.kind, hit.id, _called(hit.title, where))


def _by_part_of_id(desk: "Workspace", text: str) -> Iterator[Found]:
    part = text.casefold()
    if not _HEX.fullmatch(part):
        return

    for kind, find in (
        (ACCOUNT, _account),
        (PERSON, _person),  # restricted ones too: asked for by id, somebody means them
        (VISIT, _visit),
        (PROMISE, _open_promise),
    ):
        for record in records_with(desk.storage.reader, kind, part):
            found = find(desk, record)
            if found:
                yield found


def _account(desk: "Workspace", record: Id) -> Found | None:
    found = desk.accounts.ask.find(desk.accounts.ask.now(AccountId(record)))
    return Found("account", found.id, found.name) if found else None


def _person(desk: "Workspace", record: Id) -> Found | None:
    found = desk.people.ask.find(desk.people.ask.now(PersonId(record)))
    if found is None:
        return None
    where = desk.accounts.ask.find(found.account) if found.account else None
    return Found("person", found.id, _called(found.name, where.called if where else ""))


def _visit(desk: "Workspace", record: Id) -> Found | None:
    found = desk.visits.ask.find(record)
    if found is None:
        return None
    where = desk.accounts.ask.find(found.account)
    return Found("visit", record, visit_title(where.called if where else "", found.start))


def _promise(desk: "Workspace", record: Id) -> Found | None:
    try:
        found = desk.promises.ask.get(PromiseId(record))
    except LookupError:
        return None
    return Found("promise", record, found.words)


def _open_promise(desk: "Workspace", record: Id) -> Found | None:
    found = desk.promises.ask.get(PromiseId(record))
    return Found("promise", record, found.words) if found.state is PromiseState.OPEN else None


def _called(name: str, where: str) -> str:
    return f"{name} ({where})" if where else name


def _at(start: Instant, time: str | None) -> bool:
    return time is None or f"{start.local:%H:%M}" == time.zfill(5)
