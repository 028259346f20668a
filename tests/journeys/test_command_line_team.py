"""The team by the command line: what waits, what was refused, and joining, by their JSON shapes."""

import json
from pathlib import Path

import pytest
from support.commands import CommandLine

from kamdesk.core.clock import Instant
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop.scenes.exchange import busy, level
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.sync import joining, rounds
from kamdesk.sync.joining import Host
from kamdesk.sync.online import Online
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.sharing import shared
from kamdesk.sync.wire.invitation import Invitation, code
from kamdesk.sync.wire.routes import Enrolled
from kamdesk.workspace import Workspace

INVITATION = Invitation(url="https://hub.example.cn", secret="s" * 30, hub="Region East")
HOST = Host(url=INVITATION.url, name="Region East", fingerprint="3f2a90b1" * 8)


def territory(desk: Workspace) -> None:
    for n, name in enumerate(("澜川精密轴承有限公司", "芦汀纺织有限公司"), 1):
        account = desk.accounts.new(name)
        desk.accounts.add(account)
        for person in ("陈立新", "李敏"):
            desk.people.add(desk.people.new(f"{person}{n}", account.id))
        visit = desk.visits.new(account.id, Instant.at(desk.clock.today(), 14))
        people = [one.id for one in desk.people.ask.everybody() if one.account == account.id]
        desk.visits.plan(visit, Attendee.at(visit, people[0], Side.THEIRS))


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    """A workspace in a team, with what waits and what was refused."""

    def fill(desk: Workspace) -> None:
        territory(desk)
        busy(desk)

    return CommandLine(tmp_path).made(fill)


@pytest.fixture
def alone(tmp_path: Path) -> CommandLine:
    """A workspace of its own."""
    return CommandLine(tmp_path).made(territory)


def test_what_waits_is_listed_field_by_field_and_taken(kamdesk: CommandLine) -> None:
    found = kamdesk.ask("conflicts")
    assert found == kamdesk.ask("conflicts", "list")
    assert [one["kind"] for one in found] == ["account", "person", "person", "visit"]
    focus = next(one for one in found if one["cell"] == "focus")
    assert (focus["mine"], focus["theirs"]) == (
        "Cash flow and delivery dates",
        "How long machines run",
    )
    assert [side["by_name"] for side in focus["sides"]] == ["林晓彤", "Wu Qiming"]
    taken = kamdesk.ask("conflicts", "take", focus["id"], "mine")
    assert (taken["taken"], taken["value"]) == ("mine", "Cash flow and delivery dates")
    assert focus["id"] not in [one["id"] for one in kamdesk.ask("conflicts")]
    short = focus["id"].split(":")[0]
    assert kamdesk.ask("conflicts", "take", short, "before")["value"] is None
    account = next(one for one in found if one["kind"] == "account")
    assert "How long machines run" not in kamdesk.do("conflicts").out
    assert account["called"] in kamdesk.do("conflicts").out


def test_a_record_with_two_fields_wants_one_named(kamdesk: CommandLine) -> None:
    focus = next(one for one in kamdesk.ask("conflicts") if one["cell"] == "focus")
    said = kamdesk.refused("conflicts", "take", focus["id"].split(":")[0], "mine")
    assert "has 2 fields that wait" in said
    assert kamdesk.refused("conflicts", "take", "ffff", "mine") == "Nothing waits under “ffff”."


def test_all_fields_of_a_record_are_taken_at_once(kamdesk: CommandLine) -> None:
    focus = next(one for one in kamdesk.ask("conflicts") if one["cell"] == "focus")
    taken = kamdesk.ask("conflicts", "take", focus["id"].split(":")[0], "theirs", "--all")
    assert {one["value"] for one in taken} == {"How long machines run", "Production and logistics"}
    assert [one["kind"] for one in kamdesk.ask("conflicts")] == ["account", "visit"]
    kamdesk.do("undo")
    assert [one["kind"] for one in kamdesk.ask("conflicts")] == ["account", "visit"]


def test_a_field_is_decided_by_words_of_one_s_own(kamdesk: CommandLine) -> None:
    found = kamdesk.ask("conflicts")
    focus = next(one for one in found if one["cell"] == "focus")
    given = kamdesk.ask("conflicts", "write", focus["id"], "Cash flow and machines")
    assert (given["taken"], given["words"]) == ("own", "Cash flow and machines")
    assert focus["id"] not in [one["id"] for one in kamdesk.ask("conflicts")]
    visit = next(one for one in found if one["kind"] == "visit")
    said = kamdesk.refused("conflicts", "write", visit["id"], "x")
    assert said == "That is chosen, not written: take mine, theirs or before."


def test_what_was_deleted_there_is_kept_or_deleted(kamdesk: CommandLine) -> None:
    visit = next(one for one in kamdesk.ask("conflicts") if one["kind"] == "visit")
    assert (visit["mine"], visit["theirs"]) == ("not deleted", "deleted")
    assert kamdesk.refused("conflicts", "take", visit["id"], "before").startswith("Take mine")
    kamdesk.ask("conflicts", "take", visit["id"], "mine")
    assert len(kamdesk.ask("visits")) == 2


def test_what_was_refused_is_listed_written_taken_in_and_dropped(
    kamdesk: CommandLine, tmp_path: Path
) -> None:
    found = kamdesk.ask("quarantine")
    assert found[0]["account_name"] == "芦汀纺织有限公司"
    assert found[0]["cells"]["phone"] == "0510-8888 1200"
    assert found[0]["reason"]
    out = tmp_path / "out.json"
    given = kamdesk.ask("quarantine", "hand", out, found[0]["id"])
    assert given == {"file": str(out), "changes": 1}
    assert len(json.loads(out.read_text("utf-8"))["ops"]) == 1
    assert kamdesk.ask("quarantine", "export", tmp_path / "all.json")["changes"] == 2
    assert kamdesk.ask("quarantine", "take-in", out)["records"] == 1
    assert kamdesk.refused("quarantine", "drop", "99") == "Nothing refused has the number 99."
    assert kamdesk.refused("quarantine", "drop").startswith("Name the changes to forget")
    assert kamdesk.ask("quarantine", "drop", found[0]["id"]) == {"dropped": 1}
    assert kamdesk.ask("quarantine", "drop", "--all") == {"dropped": 1}
    assert kamdesk.do("quarantine").out.strip() == "The hub refused nothing."


def test_joining_looks_first_and_shares_what_is_named(
    alone: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "look", lambda *_: HOST)
    asked: list[bytes | None] = []

    def ask_in(_: Invitation, host: Host, me: bytes | None) -> Enrolled:
        asked.append(me)
        return Enrolled(
            tenant="t", dev=7, token="t" * 30, hub=host.name, me=Id(me or b"").hex(), user="林晓彤"
        )

    monkeypatch.setattr(joining, "ask_in", ask_in)
    looked = alone.ask("join", code(INVITATION), "--look")
    assert (looked["hub"], looked["joined"], asked) == ("Region East", False, [])
    assert "3F2A 90B1" in alone.do("join", code(INVITATION), "--look").out
    joined = alone.ask("join", code(INVITATION), "--share", "芦汀纺织有限公司")
    assert (joined["joined"], joined["device"], joined["shared"]) == (True, 7, 1)
    assert "team already" in alone.refused("join", code(INVITATION))
    monkeypatch.setattr(rounds.HubRounds, "round", _no_way)
    alone.refused("sync", "--share", "澜川精密轴承有限公司")
    desk = alone.desk()
    assert len(shared(desk.storage) or ()) == 2
    desk.close()


def test_no_invitation_and_no_team_are_said_in_words(alone: CommandLine) -> None:
    assert alone.refused("join", "hello").startswith("This is no invitation")
    for words in (["sync"], ["sync", "--share", "芦汀纺织有限公司"]):
        assert alone.refused(*words).startswith("This workspace is in no team.")


def test_a_round_without_a_network_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(desk: Workspace) -> None:
        territory(desk)
        level(desk)

    monkeypatch.setattr(rounds.HubRounds, "round", _no_way)
    kamdesk = CommandLine(tmp_path).made(fill)
    assert kamdesk.refused("sync") == "There is no way to the hub."
    said = kamdesk.refused("sync", "--with", "https://other.example.cn")
    assert said.startswith("This workspace exchanges with https://hub.example.cn only")
    (tmp_path / "stick").mkdir()
    assert kamdesk.refused("sync", "--with", tmp_path / "stick") == said.replace(
        "https://other.example.cn", str(tmp_path / "stick")
    )


def _no_way(*_: object) -> bool:
    raise HubTrouble(Cause.OFFLINE, Text("There is no way to the hub."))


def test_who_leaves_is_told_what_goes_and_keeps_the_own(
    kamdesk: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back: list[Online] = []
    monkeypatch.setattr(Online, "give_back", lambda line: given_back.append(line))
    told = kamdesk.run("leave")
    assert told.status == 1
    assert told.out.splitlines()[:3] == [
        "This leaves Region East.",
        "No customer goes from this computer.",
        "Customers you made here stay, and the team keeps all it has.",
    ]
    assert told.out.splitlines()[3].startswith("3 changes have not reached the team: kamdesk sync")
    assert told.err.strip() == "Say --yes to leave without being asked."
    assert (len(kamdesk.ask("conflicts")), given_back) == (4, [])
    gone = kamdesk.ask("leave", "--yes")
    assert len(given_back) == 1
    assert (gone["hub"], gone["customers"], gone["stay"]) == ("Region East", 0, 2)
    assert gone["shut_out"] is False
    assert kamdesk.refused("sync").startswith("This workspace is in no team.")
    assert kamdesk.refused("leave", "--yes") == "This workspace is in no team."
    assert len(kamdesk.ask("quarantine")) == gone["kept"]


def test_what_would_go_is_counted_as_it_goes(
    alone: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Online, "give_back", lambda _: None)
    desk = alone.desk()
    level(desk)
    theirs = desk.accounts.ask.everything()[0].id
    with desk.storage.transaction():
        desk.storage.connection.execute("UPDATE op SET dev = 2 WHERE eid = ?", (theirs,))
    desk.close()
    told = alone.run("leave").out
    assert "1 customer colleagues shared with you goes from this computer" in told
    gone = alone.ask("leave", "--yes")
    assert (gone["customers"], gone["stay"]) == (1, 1)
