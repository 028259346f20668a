"""What a newer program, another desk or damage wrote breaks no list, page, paper or command."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from support.commands import CommandLine
from support.desks import MORNING, a_desk, untruths
from support.halves import SPOILT, Stranger, a_whole_file

from kamdesk.cli.program import program
from kamdesk.cli.session import Session
from kamdesk.core.clock import StoppedClock
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.store import SEAT
from kamdesk.domain.promises.model import PromiseState
from kamdesk.domain.visits import store as visit_store
from kamdesk.domain.visits.model import VisitKind, VisitState
from kamdesk.dossier.sense import senseless
from kamdesk.storage.held import Held
from kamdesk.workspace import Workspace


@dataclass
class Sitting(Session):
    """Runs of commands on one desk that stays open."""

    desk: Workspace | None = None

    @contextmanager
    def _opened(self, *, readonly: bool, signing_in: bool = False) -> Iterator[Workspace]:
        assert self.desk is not None
        yield self.desk


USUAL = {"nothing", "an unknown word", "a huge number", "a list"}
"""What is tried without ``--all``."""


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_records_break_nothing(
    name: str, desk: Workspace, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if name not in USUAL and not request.config.getoption("--all"):
        pytest.skip("one of the many ways; --all tries them")
    a_whole_file(desk)
    arrive(desk, tmp_path, SPOILT[name])
    assert take_back(desk) > 20


def arrive(desk: Workspace, folder: Path, bad: Any) -> None:
    """Let spoilt records arrive; then edit all there is, and walk through it."""
    Stranger(desk).spoil_all(bad)
    assert untruths(desk) == []
    edit_what_loads(desk)
    assert untruths(desk) == []
    walk(desk, folder)


def edit_what_loads(desk: Workspace) -> None:
    """Edit something in everything that is there, each as an action; a rule may refuse it."""
    seen = desk.storage.position()
    for account in desk.accounts.ask.everything():
        with suppress(RuleBroken):
            desk.accounts.change(replace(account, note="改"), base=account, seen=seen)
        for site in desk.accounts.ask.sites(account.id):
            with suppress(RuleBroken):
                desk.accounts.put_site(replace(site, hours="8–17"), base=site)
    for person in desk.people.ask.everybody(hidden=True):
        with suppress(RuleBroken):
            desk.people.change(replace(person, focus="改"), base=person, seen=seen)
        for way in desk.people.ask.ways(person.id):
            with suppress(RuleBroken):
                desk.people.reach(replace(way, note="改"), base=way)
        for need in desk.people.ask.needs_of(person.id):
            with suppress(RuleBroken):
                desk.people.put_need(replace(need, answer="改"), base=need)
        desk.people.leave(person.id, last_day=None)
    for line in desk.visits.ask.lines():
        visit = desk.visits.ask.get(line.id)
        with suppress(RuleBroken):
            desk.visits.change(replace(visit, topic="改"), base=visit, seen=seen)
        for seat in desk.visits.ask.attendees(visit.id):
            desk.visits.change_seat(replace(seat, point="改"), base=seat, seen=seen)
    for one in desk.promises.ask.due(by=date.max, of=None):
        desk.promises.settle(one.id, PromiseState.KEPT, seen=seen)


def take_back(desk: Workspace) -> int:
    """Undo all that can be undone; return how many actions that were."""
    steps = 0
    while desk.undo.next_undo():
        desk.undo.undo()
        steps += 1
    return steps


def walk(desk: Workspace, folder: Path) -> None:
    """Go through everything that lists, shows, finds, prints and checks; all of it succeeds."""
    accounts = [one.id.hex() for one in desk.accounts.ask.everything()]
    people = [one.id.hex() for one in desk.people.ask.everybody(hidden=True)]
    visits = [one.id.hex() for one in desk.visits.ask.lines()]
    for words in (
        *(("accounts",), ("people",), ("visits",), ("promises",)),
        *(("search", "澜川"), ("search", "no-such-word"), ("search", "预算")),
        *(("show", one) for one in (*accounts, *people, *visits)),
        *(("due", "--all", "--touch"), ("tasks", "--all"), ("promises", "--settled")),
        *(("place", "list"), ("calendar", "list"), ("absence", "list"), ("pattern", "list")),
        *(("week",), ("week", "2026-W12", "--propose", "--seconds", "0")),
        *(("tasks", one, "--all") for one in accounts),
        *(("chain", one) for one in accounts),
        *(("history", one) for one in (accounts[-1], people[-1], visits[0], visits[-1])),
        ("brief", "--day", "today", "-o", folder / "day.pdf"),
        *(("paper", one, "-o", folder / f"{one}.pdf") for one in ("day", "week", "month")),
        ("calendar", "export", folder / "all.ics"),
        ("brief", "--account", accounts[0], "-o", folder / "zh.pdf", "--lang", "zh"),
        ("brief", "--account", accounts[0], "-o", folder / "en.pdf", "--for", "boss"),
        ("export", folder / "people.csv", "--what", "people"),
        ("export", folder / "accounts.xlsx", "--what", "accounts"),
        ("export", folder / "all.zip"),
        ("person", "export", people[0], "-o", folder / "person.zip"),
        *(("person", "review"), ("undo",), ("undo", "--redo")),
    ):
        run(desk, *words)
    with desk.storage.transaction():
        for follower in desk.storage.followers:
            follower.rebuild(desk.storage.connection)
    assert untruths(desk) == []


def run(desk: Workspace, *words: object) -> None:
    """Run a command that succeeds, for people and as data."""
    for more in ([], ["--json"]):
        if more and words[0] in ("undo", "brief", "export", "person", "paper"):
            continue
        session = Sitting(clock=StoppedClock(MORNING), desk=desk)
        done = CliRunner().invoke(
            program, [*map(str, words), *more], obj=session, catch_exceptions=False
        )
        assert (done.exit_code, done.stderr) == (0, ""), (words, done.output)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        (
            "an unknown word",
            lambda patch: patch.setattr(
                visit_store, "read_word", lambda of, word, other: of(word) if word else other
            ),
        ),
        ("a number", lambda patch: patch.setattr(Held, "taken", lambda held, value: value)),
        ("a list", lambda patch: patch.setattr(Held, "taken", lambda held, value: value)),
    ],
    ids=["word", "sort", "list"],
)
def test_a_value_taken_as_it_stands_is_found(
    name: str,
    fault: Callable[[pytest.MonkeyPatch], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = a_desk(tmp_path)
    a_whole_file(desk)
    fault(monkeypatch)
    with pytest.raises(Exception):  # noqa: B017  # each fault breaks at another place
        arrive(desk, tmp_path, SPOILT[name])
    desk.close()


NEWER: dict[str, dict[str, Any]] = {
    "account": {"organisation": "cooperative", "class_by_hand": "strategic"},
    "person": {"basis": "emergency"},
    "visit": {
        "kind": "hologram",
        "state": "postponed",
        "atmosphere": "electric",
        "reached": "maybe",
    },
    "need": {"state": "postponed"},
    "promise": {"side": "both", "state": ("postponed", None)},
    "seat": {"wanted": "decider shaman"},
}


def test_the_words_of_a_newer_program_outlive_an_edit(desk: Workspace) -> None:
    found = a_whole_file(desk)
    stranger = Stranger(desk)
    account, visit, person = found.account.id, found.next_visit, found.people["陈立新"]
    (need,) = desk.people.ask.needs_of(person)
    promise = desk.promises.ask.of_account(account)[0]
    seat = desk.chain.ask.seats(desk.chain.ask.maps(account)[0].id)[0]
    ids: dict[str, bytes] = {
        "account": account,
        "person": person,
        "visit": visit,
        "need": need.id,
        "promise": promise.id,
    }
    for kind, record in {**ids, "seat": seat.id}.items():
        stranger.write(kind, record, NEWER[kind])
    stranger.send()
    seen = desk.storage.position()
    before = desk.accounts.ask.get(account)
    assert (before.organisation, before.class_by_hand) == (None, None)
    desk.accounts.change(replace(before, note="改"), base=before, seen=seen)
    somebody = desk.people.ask.get(person)
    desk.people.change(replace(somebody, note="改"), base=somebody, seen=seen)
    coming = desk.visits.ask.get(visit)
    assert (coming.kind, coming.state) == (VisitKind.VISIT, VisitState.PLANNED)
    desk.visits.change(replace(coming, topic="改"), base=coming, seen=seen)
    need = desk.people.ask.needs_of(person)[0]
    desk.people.put_need(replace(need, answer="改"), base=need)
    promise = next(p for p in desk.promises.ask.of_account(account) if p.id == promise.id)
    assert promise.state is PromiseState.OPEN
    desk.promises.change(replace(promise, note="改"), base=promise, seen=seen)
    (seat,) = (s for s in desk.chain.ask.seats(seat.map) if s.id == seat.id)
    assert seat.wanted == (Role.DECIDER,)
    with desk.storage.change(Text("Label")) as change:
        change.put(SEAT, replace(seat, label="改"), base=seat)
    for kind, record in {**ids, "seat": seat.id}.items():
        row = desk.storage.reader.ask(
            f"SELECT * FROM {desk.storage.catalogue[kind].table} WHERE id = ?", record
        ).one()
        for column, word in NEWER[kind].items():
            assert row[column] == (word[0] if isinstance(word, tuple) else word), (kind, column)
    assert senseless(desk.storage) == dict.fromkeys((*ids, "seat"), 1)


def test_check_counts_what_makes_no_sense_and_calls_it_no_error(tmp_path: Path) -> None:
    def fill(desk: Workspace) -> None:
        a_whole_file(desk)
        stranger = Stranger(desk)
        stranger.write("reading", desk.storage.new_id(), {"about": (None, None, "mood")})
        stranger.write("visit", desk.storage.new_id(), {"topic": "halb"})
        stranger.send()

    kamdesk = CommandLine(tmp_path).made(fill)
    said = kamdesk.do("check").out
    assert "2 records lack what they need" in said
    assert "judgements: 1, visits: 1" in said
    assert kamdesk.ask("check")["without_sense"] == {"reading": 1, "visit": 1}
    assert kamdesk.ask("check")["ok"] is True


def test_an_honest_file_makes_sense(desk: Workspace) -> None:
    a_whole_file(desk)
    assert senseless(desk.storage) == {}
