"""Fills a fresh workspace with an invented territory: same seed, day and language, same rows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, Protocol

from kamdesk.core.clock import Clock, Day, Instant, StoppedClock
from kamdesk.core.ids import AccountId, ColleagueId, Ids
from kamdesk.demo.account import Telling
from kamdesk.demo.accounts import put_account, put_sites
from kamdesk.demo.aftermath import tell_aftermath
from kamdesk.demo.ahead import tell_ahead
from kamdesk.demo.appointments import put_appointments
from kamdesk.demo.around import tell_around
from kamdesk.demo.book import Book
from kamdesk.demo.cast import cast_of
from kamdesk.demo.chance import Hand, dice
from kamdesk.demo.firms import Firm, Registry
from kamdesk.demo.material import Language, Line, fields, line, read, rows
from kamdesk.demo.names import invent
from kamdesk.demo.persons import Desk, put_people
from kamdesk.demo.politics import tell_politics
from kamdesk.demo.rhythm import tell_rhythm
from kamdesk.demo.rounds import Rounds
from kamdesk.demo.star import (
    star_cast,
    star_firm,
    star_matters,
    star_note,
    star_site,
    tell_star,
)
from kamdesk.demo.star_talks import tell_talks
from kamdesk.demo.story import matters
from kamdesk.demo.talks import tell_past
from kamdesk.demo.ties import tell_ties
from kamdesk.demo.upkeep import put_absences, tell_upkeep
from kamdesk.demo.voice import rivals
from kamdesk.demo.where import put_habits
from kamdesk.demo.workdays import Diary
from kamdesk.domain.accounts.store import SITE
from kamdesk.domain.team.model import Colleague
from kamdesk.domain.team.service import Team
from kamdesk.domain.team.store import COLLEAGUE
from kamdesk.storage.filling import in_bulk
from kamdesk.storage.storage import Storage

_YEARS: Final = timedelta(1095)
_BATCH: Final = 40
"""Accounts written as one action."""
_MANY: Final = 1000
_MANY_BATCH: Final = 200
_MANY_VISITS: Final = 56
"""Contacts meant, so that about 50 find a free hour."""
_PER_MANAGER: Final = 80
_GROUPS: Final = {7: 0, 23: 20, 46: 20, 43: 40, 52: 50, 63: 60, 73: 60}
"""Among each 80: which account belongs to which group."""
_SERVED_BY: Final = {27: "sm", 38: "pm", 47: "sm", 71: "sm"}
"""Among each 80: accounts looked after by a colleague."""


class HasStorage(Protocol):
    """A workspace, as far as it is needed here."""

    @property
    def storage(self) -> Storage:
        """What is written to."""
        ...


def demo_clock(day: Day) -> StoppedClock:
    """Return the clock of an invented territory: three years before ``day``."""
    return StoppedClock(Instant.at(day - _YEARS, 8))


def demo_ids(clock: Clock, seed: int) -> Ids:
    """Return ids that come the same for the same seed and clock."""
    return Ids(clock, dice(seed, "ids").getrandbits)


def fill(
    desk: HasStorage,
    *,
    accounts: int = 80,
    seed: int = 1,
    day: Day,
    language: Language = "zh",
    visits: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Fill a fresh workspace with ``accounts`` invented customers and three years before ``day``.

    Opened later, the territory still lives on ``day``.
    The workspace must stand on ``demo_clock`` and ``demo_ids``, else ids and times differ from
    run to run. ``visits`` is the mean number of contacts an account has; when left out 25, the
    pace of one manager, and 50 from a thousand accounts on. ``progress`` is told how much of how
    much is done: accounts, and a quarter as much again for what is derived from them all.
    """
    every = accounts + -(-accounts // 4)
    tell = progress or (lambda _done, _every: None)

    def tell_share(share: float) -> None:
        tell(accounts + int((every - accounts) * share), every)

    with in_bulk(desk.storage, tell_share):
        _tell(desk.storage, accounts, seed, day, language, visits, lambda n: tell(n, every))
    tell(every, every)


def _tell(
    storage: Storage,
    accounts: int,
    seed: int,
    day: Day,
    language: Language,
    visits: int | None,
    told_of: Callable[[int], None],
) -> None:
    scale = (visits or (25 if accounts < _MANY else _MANY_VISITS)) / 25
    batch = _BATCH if accounts < _MANY else _MANY_BATCH
    book, registry, diary = Book(), Registry(), Diary()
    rounds = Rounds(diary)
    own = _team(book, storage, seed, day, language, managers=-(-accounts // _PER_MANAGER))
    shared, owners = own
    put_habits(book, language)
    put_absences(book, diary, owners[0], day, language)
    put_appointments(book, day, language)
    block: dict[int, tuple[Firm, AccountId]] = {}
    for index in range(accounts):
        _move(storage, day, (index + 1) / accounts)
        place = index % _PER_MANAGER
        if place == 0:
            block.clear()
            diary = diary if index == 0 else Diary()
            rounds = Rounds(diary)
            diary.keep_free(index // _PER_MANAGER, day)
        group = block.get(_GROUPS.get(place, -1))
        told = _invent(book, registry, shared, owners, index, seed, group)
        block[place] = (told.firm, told.id)
        tell_past(told, book, diary, scale=scale)
        if index == 0:
            tell_star(told, book)
            tell_talks(told, book, diary)
        else:
            tell_politics(told, book)
            tell_ties(told, book)
            tell_ahead(told, book, rounds)
        tell_aftermath(told, book)
        tell_around(told, book)
        tell_rhythm(told, book)
        tell_upkeep(told, book)
        if (index + 1) % batch == 0 or index + 1 == accounts:
            book.write(storage)
            told_of(index + 1)
    _move(storage, day, 1.0)
    storage.remember("stays_on", day.isoformat())
    storage.start_undo_here()


def _invent(
    book: Book,
    registry: Registry,
    desk: Desk,
    owners: list[ColleagueId],
    index: int,
    seed: int,
    group: tuple[Firm, AccountId] | None,
) -> Telling:
    chance = dice(seed, index)
    hand = Hand(chance)
    star = index == 0
    above, parent = group if group and group[0].segment.kind in ("maker", "soe") else (None, None)
    if star:
        firm = registry.known(star_firm(seed, desk.language))
    else:
        firm = registry.firm(index, chance, desk.language, above)
    account = AccountId(desk.ids.new())
    number, owner = index // _PER_MANAGER, owners[index // _PER_MANAGER]
    if served := _SERVED_BY.get(index % _PER_MANAGER):
        number, owner = -1 - list(desk.team).index(served), desk.team[served]
    note = star_note(desk.language) if star else ""
    put_account(book, firm, account, parent, owner, desk, chance, hand, note=note)
    if star:
        sites = [star_site(account, desk.ids, desk.language)]
        book.add(SITE, *sites)
        cast = star_cast(account, desk.ids, desk.day, desk.language)
    else:
        sites = put_sites(book, firm, account, desk, chance, hand)
        cast = cast_of(firm, account, desk.ids, chance, desk.day)
    put_people(book, firm, account, sites[0], cast, desk, chance)
    return Telling(
        firm=firm,
        id=account,
        sites=sites,
        cast=cast,
        matters=star_matters(seed, desk.day)
        if star
        else matters(firm, chance, desk.day - _YEARS, desk.day),
        owner=owner,
        owner_number=number,
        desk=desk,
        chance=chance,
        hand=hand,
        rivals=chance.sample(rivals(), 2),
    )


def _team(
    book: Book, storage: Storage, seed: int, day: Day, language: Language, *, managers: int
) -> tuple[Desk, list[ColleagueId]]:
    """Invent our own side; who sits at this laptop stays who it is."""
    team: dict[str, ColleagueId] = {}
    calls: dict[str, Line] = {}
    me = storage.remembered("me")
    chance, number = dice(seed, "team"), 0
    for key, written, read_as, _, title, department, call in rows(read("team")["people"]):
        calls[key] = Line(call, read_as)
        if key == "me" and me is not None:
            team[key] = ColleagueId(me)  # type: ignore[arg-type]  # remembered as bytes
            continue
        name = written.replace(" ", "") if language == "zh" else read_as
        number += 1
        colleague = _colleague(storage, name, title, department, language, number)
        team[key] = colleague.id
        if key == "me":
            Team(storage).i_am(colleague)
        else:
            book.add(COLLEAGUE, colleague)
    owners = [team["me"]]
    title, department = fields(read("team")["kam"])
    for extra in range(1, managers):
        found = invent(chance)
        name = found.written if language == "zh" else found.read
        colleague = _colleague(storage, name, title, department, language, number + extra)
        book.add(COLLEAGUE, colleague)
        owners.append(colleague.id)
    return Desk(day=day, language=language, ids=storage.ids, team=team, calls=calls), owners


def _colleague(
    storage: Storage, name: str, title: str, department: str, language: Language, number: int
) -> Colleague:
    return Colleague(
        id=ColleagueId(storage.new_id()),
        name=name,
        title=line(title).text(language),
        department=line(department).text(language),
        phone=f"+86 154 0000 {number:04d}",
        email=f"colleague{number}@ours.example",
    ).checked()


def _move(storage: Storage, day: Day, share: float) -> None:
    """Move a stopped clock to a share of the three years; the end is the morning of ``day``."""
    clock = storage.clock
    if isinstance(clock, StoppedClock):
        morning = Instant.at(day, 7, 40)
        clock.at = morning.plus(days=round(-_YEARS.days * (1 - share)))
