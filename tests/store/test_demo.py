import hashlib
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from support.desks import a_desk
from support.memory_ring import MemoryRing

from kamdesk.core.clock import Instant
from kamdesk.core.errors import Cancelled
from kamdesk.core.ids import MapId
from kamdesk.core.text.hours_reading import read_hours
from kamdesk.demo.making import new_territory
from kamdesk.demo.material import Language
from kamdesk.demo.territory import demo_clock, demo_ids, fill
from kamdesk.demo.workdays import works
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.chain.standing import Standing
from kamdesk.domain.promises.model import PromiseState
from kamdesk.domain.visits.model import Visit, VisitKind, VisitState
from kamdesk.domain.week.planning import first
from kamdesk.dossier.chain_view import read_chain
from kamdesk.dossier.places import spots_of
from kamdesk.dossier.week import read_week
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.replay import differences
from kamdesk.workspace import Workspace, open_workspace

DAY = date(2026, 3, 12)
ROOT = Path(__file__).resolve().parents[2]


def a_territory(
    folder: Path, *, accounts: int = 5, seed: int = 1, language: Language = "zh"
) -> Workspace:
    """Return a workspace filled with an invented territory."""
    clock = demo_clock(DAY)
    desk = a_desk(folder, name="", clock=clock, ids=demo_ids(clock, seed))
    fill(desk, accounts=accounts, seed=seed, day=DAY, language=language)
    return desk


def digest(desk: Workspace) -> str:
    """Return a digest of all domain tables ordered by id, and of the log."""
    found = hashlib.sha256()
    ask = desk.storage.reader.ask
    for kind in desk.storage.catalogue.kinds:
        columns = ", ".join(("id", *kind.columns, "gone"))
        for row in ask(f"SELECT {columns} FROM {kind.table} ORDER BY id"):
            found.update(repr(tuple(row)).encode())
    for table in ("accounts_tags", "accounts_team", "bodies_members"):
        for row in ask(f"SELECT eid, target FROM {table} ORDER BY eid, target"):
            found.update(repr(tuple(row)).encode())
    for row in ask("SELECT eid, wall, cells FROM op ORDER BY lid"):
        found.update(repr(tuple(row)).encode())
    return found.hexdigest()


def visits(desk: Workspace) -> list[Visit]:
    return [
        visit
        for account in desk.accounts.ask.everything()
        for visit in desk.visits.ask.whole(account.id)
    ]


@pytest.fixture(scope="module")
def small() -> Iterator[Workspace]:
    """Five accounts in Chinese; read only."""
    with tempfile.TemporaryDirectory() as folder:
        desk = a_territory(Path(folder))
        yield desk
        desk.close()


@pytest.fixture(scope="module")
def english() -> Iterator[Workspace]:
    """Eight accounts in English; read only."""
    with tempfile.TemporaryDirectory() as folder:
        desk = a_territory(Path(folder), accounts=8, language="en")
        yield desk
        desk.close()


@pytest.fixture(scope="module")
def whole() -> Iterator[Workspace]:
    """The territory of one manager; read only."""
    with tempfile.TemporaryDirectory() as folder:
        desk = a_territory(Path(folder), accounts=80)
        yield desk
        desk.close()


def test_the_tables_are_what_the_log_says(small: Workspace) -> None:
    storage = small.storage
    assert differences(storage) == []
    assert [line for f in storage.followers for line in f.findings(storage.connection)] == []


def test_the_same_seed_makes_the_same_rows(small: Workspace, tmp_path: Path) -> None:
    again = a_territory(tmp_path)
    try:
        assert digest(again) == digest(small)
    finally:
        again.close()


def test_another_seed_makes_others(small: Workspace, tmp_path: Path) -> None:
    other = a_territory(tmp_path, seed=2)
    try:
        assert digest(other) != digest(small)
    finally:
        other.close()


@pytest.mark.slow
def test_another_process_makes_the_same_rows(small: Workspace) -> None:
    program = (
        "import sys, tempfile, importlib.util; from pathlib import Path\n"
        "spec = importlib.util.spec_from_file_location('t', sys.argv[1])\n"
        "t = importlib.util.module_from_spec(spec); spec.loader.exec_module(t)\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    desk = t.a_territory(Path(folder)); print(t.digest(desk)); desk.close()\n"
    )
    found = set()
    for seed in ("1", "77"):
        place = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
        surroundings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": place}
        done = subprocess.run(
            [sys.executable, "-c", program, __file__],
            env=surroundings,
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout.strip())
    assert found == {digest(small)}


def test_every_value_read_back_keeps_its_rules(small: Workspace) -> None:
    desk = small
    for account in desk.accounts.ask.everything():
        assert account.checked() == account
        assert account.warnings() == []
        people = desk.people.ask
        for values in (
            desk.accounts.ask.sites(account.id),
            people.of_account(account.id),
            people.posts(account.id),
            people.needs(account.id),
            people.ways_of_account(account.id),
            desk.chain.ask.bodies(account.id),
            desk.visits.ask.whole(account.id),
            desk.visits.ask.facts(account.id),
            desk.promises.ask.of_account(account.id),
        ):
            for value in values:
                assert value.checked() == value
        for chain in desk.chain.ask.maps(account.id):
            for judged in desk.chain.ask.readings(chain.id, until=date.max):
                assert judged.checked() == judged
            for tie in desk.chain.ask.ties(chain.id, on=DAY):
                assert tie.checked() == tie


def test_three_visits_wait_on_the_day(small: Workspace) -> None:
    lines = small.visits.ask.between(Instant.at(DAY, 0), Instant.at(DAY + timedelta(1), 0))
    me = small.team.me
    assert [line.start.local.hour for line in lines if line.start] == [9, 14, 16]
    for line in lines:
        visit = small.visits.ask.get(line.id)
        assert visit.state is VisitState.PLANNED
        said = (visit.objective, visit.ask, visit.fallback, visit.red_line, visit.agenda)
        assert all((*said, visit.questions, visit.materials, visit.topic, visit.place))
        there = small.visits.ask.attendees(visit.id)
        assert any(seat.who == me for seat in there)
        assert all(seat.point for seat in there)
        assert len(there) >= 4


def test_the_first_account_makes_a_brief_worth_reading(small: Workspace) -> None:
    (account,) = small.accounts.ask.by_number("KA-0001")
    assert small.accounts.ask.get(account).class_by_hand is AccountClass.CORE
    (chain,) = small.chain.ask.maps(account)
    standings = small.chain.ask.standings(chain.id, on=DAY)
    assert {s.stance for s in standings.values()} == {-2, -1, 0, 1, 2, None}
    assert sum(s.coach for s in standings.values()) == 1
    assert len(small.chain.ask.seats(chain.id)) >= 14
    assert len(small.chain.ask.ties(chain.id, on=DAY)) >= 12
    assert len(small.visits.ask.whole(account)) >= 35


def test_the_past_can_be_played_back(small: Workspace) -> None:
    (account,) = small.accounts.ask.by_number("KA-0001")
    (chain,) = small.chain.ask.maps(account)

    def known(day: date) -> int:
        return sum(
            s.stance is not None for s in small.chain.ask.standings(chain.id, on=day).values()
        )

    assert known(DAY - timedelta(1000)) < known(DAY - timedelta(200)) < known(DAY)


def test_a_rich_map_has_all_that_a_map_can_show(whole: Workspace) -> None:
    desk, rich = whole, 0
    for account in desk.accounts.ask.everything():
        if account.class_by_hand is not AccountClass.CORE:
            continue
        rich += 1
        assert 1 <= len(desk.opportunities.ask.of_account(account.id)) <= 4
        seen = read_chain(desk.storage.reader, account.id, at=desk.clock.now())
        assert any(group.outside for group in seen.groups)
        assert len({cover.colleague for cover in seen.covers if cover.wanted}) >= 2
        assert seen.in_play
        assert all(len(n.stands.guide_tests) >= 2 for n in seen.people if n.stands.coach)
    assert rich == 8
    star = desk.accounts.ask.by_number("KA-0001")[0]
    ago = Instant.at(DAY - timedelta(170), 9)
    bosses = [
        {node.id: node.boss for node in read_chain(desk.storage.reader, star, at=at).nodes}
        for at in (ago, desk.clock.now())
    ]
    assert sum(bosses[0].get(node) != boss for node, boss in bosses[1].items()) == 1


def test_meetings_lie_in_working_hours_and_never_two_at_once(whole: Workspace) -> None:
    mine = set()
    for visit in visits(whole):
        assert visit.start
        local = visit.start.local
        end = visit.start.plus(minutes=visit.minutes).local
        assert works(local.date()) or local.date() == DAY
        assert local.hour >= 8
        assert end.hour * 60 + end.minute <= 18 * 60
        assert visit.minutes <= (20 if visit.kind is VisitKind.CALL else 120)
        if visit.state is not VisitState.DROPPED and any(
            seat.who == whole.team.me for seat in whole.visits.ask.attendees(visit.id)
        ):
            mine.add((visit.start.ms, visit.start.plus(minutes=visit.minutes).ms))
    spans = sorted(mine)
    assert all(end <= after for (_, end), (after, _) in pairwise(spans))


def test_visits_ahead_leave_room_and_lie_near_each_other(whole: Workspace) -> None:
    monday = DAY + timedelta(7 - DAY.weekday())
    for week in range(3):
        read = read_week(
            whole.storage.reader,
            monday + timedelta(weeks=week),
            me=whole.team.me,
            now=Instant.at(DAY, 9),
        )
        standing = [item for day in read.days for item in day.items if item.visit]
        assert 3 <= len(standing) <= 5
        assert not any(item.is_clash for day in read.days for item in day.items)
        proposal = first(read.problem)
        placed = sum(len(day.stops) for day in proposal.days)
        assert placed >= 9
        assert proposal.left_out
        assert all(one.begins % 5 == 0 for day in proposal.days for one in day.stops)


def test_a_manager_has_eighty_accounts_and_three_years(whole: Workspace) -> None:
    desk = whole
    lines = desk.accounts.ask.everything()
    assert len(lines) == 80
    assert Counter(a.class_by_hand for a in lines)[AccountClass.CORE] == 8
    assert sum(a.group_parent is not None for a in lines) >= 4
    people = sum(len(desk.people.ask.of_account(a.id)) for a in lines)
    assert 760 <= people <= 900
    found = visits(desk)
    assert 1700 <= len(found) <= 2200
    states = Counter(visit.state for visit in found)
    assert 3 <= states[VisitState.HELD] <= 25
    assert 10 <= states[VisitState.PLANNED] <= 45
    oldest = min(visit.start for visit in found if visit.start)
    assert DAY - timedelta(1095) <= oldest.day <= DAY - timedelta(1000)
    promises = [p for a in lines for p in desk.promises.ask.of_account(a.id)]
    overdue = [p for p in promises if p.days_over(DAY)]
    assert 8 <= len(overdue) <= 60
    assert {p.state for p in promises} == set(PromiseState)
    assert len(desk.team.ask.everybody()) == 6


def test_what_is_not_known_is_left_unknown(whole: Workspace) -> None:
    stances = [
        standing.stance
        for account in whole.accounts.ask.everything()
        for chain in whole.chain.ask.maps(account.id)
        for standing in _seated(whole, chain.id)
    ]
    unknown = sum(stance is None for stance in stances)
    assert 0.2 < unknown / len(stances) < 0.7


def _seated(desk: Workspace, chain: MapId) -> list[Standing]:
    known = desk.chain.ask.standings(chain, on=DAY)
    seats = desk.chain.ask.seats(chain)
    return [known.get(seat.person, Standing()) for seat in seats if seat.person]


def test_bodies_decide_in_state_firms(whole: Workspace) -> None:
    names = {
        body.name
        for account in whole.accounts.ask.everything()
        for body in whole.chain.ask.bodies(account.id)
    }
    assert {"党委会", "总经理办公会", "招标领导小组"} <= names
    assert not any("评标" in name for name in names)


def test_two_people_have_names_beyond_the_first_plane(whole: Workspace) -> None:
    names = [person.name for person in whole.people.ask.everybody()]
    far = [name for name in names if any(ord(sign) > 0xFFFF for sign in name)]
    assert len(far) == 2


def test_notes_are_clean_sentences(whole: Workspace, english: Workspace) -> None:
    for desk in (whole, english):
        for visit in visits(desk):
            for text in (visit.said, visit.objective, visit.next_step, visit.outcome, visit.topic):
                assert not set("{}_") & set(text), text
                assert "  " not in text
                assert text[:1] == text[:1].upper(), text
            if visit.state is VisitState.CLOSED:
                assert visit.said.endswith((".", "。", "”")), visit.said
                assert visit.next_step or visit.no_next_step_because


def test_notes_rarely_repeat_themselves(whole: Workspace) -> None:
    said = [v.said for v in visits(whole) if v.said and v.kind is VisitKind.VISIT]
    assert len(set(said)) > 0.99 * len(said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_tenth_is_in_the_other_language(
    language: Language, whole: Workspace, english: Workspace
) -> None:
    desk = whole if language == "zh" else english
    said = [visit.objective for visit in visits(desk)]
    chinese = sum(any("\u4e00" <= sign <= "\u9fff" for sign in text) for text in said)
    share = chinese / len(said)
    assert 0.7 < (share if language == "zh" else 1 - share) < 0.95


def test_a_user_who_is_known_stays_who_he_is(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, name="周宁")
    try:
        me = desk.team.me
        fill(desk, accounts=1, day=DAY)
        assert desk.team.me == me
        (account,) = desk.accounts.ask.by_number("KA-0001")
        assert desk.accounts.ask.get(account).owner == me
    finally:
        desk.close()


def test_progress_is_told(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    told: list[tuple[int, int]] = []
    try:
        fill(desk, accounts=3, day=DAY, progress=lambda done, of: told.append((done, of)))
    finally:
        desk.close()
    assert told[-1] == (4, 4)
    assert told == sorted(told)


def test_a_filled_file_is_as_any_other(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    filled, plain = a_territory(tmp_path, accounts=2), a_desk(other)

    def kept(desk: Workspace) -> list[object]:
        ask = desk.storage.reader.ask
        made = ask("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name")
        pragmas = ("journal_mode", "synchronous", "cache_size")
        return [*map(tuple, made), *(ask(f"PRAGMA {name}").value() for name in pragmas)]

    try:
        assert kept(filled) == kept(plain)
        assert any("holdings_post" in str(row) for row in kept(plain))
    finally:
        filled.close()
        plain.close()


def test_stopped_in_the_last_step_nothing_stays(tmp_path: Path, ring: MemoryRing) -> None:
    def stop(done: int, every: int) -> None:
        if done > 2:
            raise Cancelled

    keys = KeyRing(ring)
    passphrase = "seven words nobody guesses"
    with (
        pytest.raises(Cancelled),
        new_territory(
            tmp_path / "desk",
            passphrase,
            keys=keys,
            open_desk=lambda clock, ids: open_workspace(
                tmp_path / "desk", passphrase=lambda: passphrase, keys=keys, clock=clock, ids=ids
            ),
            day=DAY,
            language="zh",
            accounts=2,
            progress=stop,
        ),
    ):
        pytest.fail("it was not stopped")
    assert list((tmp_path / "desk").iterdir()) == []


def test_customers_lie_in_districts_of_their_city_and_home_in_suzhou(whole: Workspace) -> None:
    home = whole.habits.ask.habits().home
    assert home is not None
    every = whole.accounts.ask.everything()
    lies = spots_of(whole.storage.reader, [one.id for one in every])
    assert set(lies) == {one.id for one in every}
    assert all(place.sure for place in lies.values())
    assert len({place.spot for place in lies.values()}) > len(every) * 3 / 4
    by_link = sum(not place.within for place in lies.values())
    assert len(every) / 4 < by_link < len(every) * 3 / 4
    assert sum(read_hours(place.hours) is not None for place in lies.values()) > len(every) / 4
