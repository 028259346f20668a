"""``kamdesk hub``: an administrator's days from the command line, each act in the audit."""

import gzip
import json
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from support.commands import CommandLine
from support.hub_asking import Asker, account

from kamdesk.cli import hub_room
from kamdesk.core.clock import SystemClock
from kamdesk.hub import certificates, devices, invites, place
from kamdesk.hub.hub import Hub
from kamdesk.hub.migrations import bring_level, newest
from kamdesk.hub.schema import engine_for
from kamdesk.sync.wire.invitation import unpack
from kamdesk.sync.wire.messages import Scope

URL = "https://hub.example:8443"


@pytest.fixture
def machine(tmp_path: Path) -> CommandLine:
    folder = {"KAMDESK_HUB": str(tmp_path / "hub"), "KAMDESK_HUB_DATABASE": ""}
    return CommandLine(tmp_path, clock=SystemClock(), given=folder)


@pytest.fixture
def hub(machine: CommandLine) -> CommandLine:
    machine.do("hub", "init", "--name", "华东", "--url", URL, "--admin", "lin")
    return machine


def folder(machine: CommandLine) -> Path:
    return Path(machine.given["KAMDESK_HUB"])


def at_the_hub(machine: CommandLine) -> Hub:
    return Hub(engine_for(f"sqlite:///{folder(machine) / 'hub.db'}"), SystemClock())


def let_in(machine: CommandLine, secret: str) -> Asker:
    """Let the device of an invitation in, as its desk does."""
    hub = at_the_hub(machine)
    with hub.turn(invites.tenant_of(secret) or 0) as turn:
        enrolled = invites.enrol(turn, secret, "laptop")
        assert enrolled is not None
        device = devices.known(turn.connection, enrolled.token)
    assert device is not None
    return Asker(hub, device, enrolled.token)


def test_init_makes_all_a_hub_needs_for_its_owner_alone(machine: CommandLine) -> None:
    made = machine.ask("hub", "init", "--name", "华东", "--url", URL, "--admin", "lin")
    assert (made["name"], made["url"], made["listen"]) == ("华东", URL, "0.0.0.0:8443")
    where = folder(machine)
    assert {path.name for path in where.iterdir()} >= {"hub.toml", "hub.crt", "hub.key", "hub.db"}
    assert where.stat().st_mode & 0o077 == 0
    assert [p.name for p in where.iterdir() if p.stat().st_mode & 0o077] == []
    assert certificates.fingerprint(where / "hub.crt") == made["fingerprint"]
    invited = unpack(made["invitation"]["link"])
    assert unpack(made["invitation"]["code"]) == invited
    assert (invited.url, invited.hub, invited.fingerprint) == (URL, "华东", made["fingerprint"])
    assert let_in(machine, invited.secret).device.role == "admin"
    assert "already" in machine.refused("hub", "init")


def test_behind_a_proxy_the_hub_has_no_certificate(machine: CommandLine) -> None:
    made = machine.ask("hub", "init", "--url", "https://hub.example", "--behind-proxy")
    assert (made["fingerprint"], made["listen"]) == (None, "127.0.0.1:8443")
    assert not (folder(machine) / "hub.crt").exists()
    added = machine.ask("hub", "user", "add", "lin")
    assert unpack(added["invitation"]["code"]).fingerprint is None


def test_users_come_change_and_go(hub: CommandLine) -> None:
    added = hub.ask("hub", "user", "add", "Chen", "--name", "陈浩", "--role", "partner")
    assert (added["login"], added["role"]) == ("chen", "partner")
    asker = let_in(hub, unpack(added["invitation"]["link"]).secret)
    hub.do("hub", "user", "role", "chen", "member")
    users = hub.ask("hub", "user", "list")
    assert [(one["login"], one["role"]) for one in users] == [("chen", "member"), ("lin", "admin")]
    [device] = hub.ask("hub", "devices", "--user", "chen")
    assert (device["id"], device["revoked"]) == (asker.device.device, None)
    hub.do("hub", "user", "close", "chen")
    assert hub.ask("hub", "devices")[0]["revoked"] is not None
    assert "no user" in hub.refused("hub", "invite", "nobody")
    assert "no user" in hub.refused("hub", "user", "role", "nobody", "admin")
    assert "login" in hub.refused("hub", "user", "add", "lin")
    assert hub.run("hub", "user", "role", "lin", "king").status == 2


def test_teams_are_made_and_led(hub: CommandLine) -> None:
    hub.do("hub", "user", "add", "chen")
    hub.do("hub", "team", "add", "East")
    hub.do("hub", "team", "join", "East", "chen")
    hub.do("hub", "team", "join", "East", "lin", "--manager")
    [team] = hub.ask("hub", "team", "list")
    assert (sorted(team["members"]), team["managers"]) == (["chen", "lin"], ["lin"])
    hub.do("hub", "team", "leave", "East", "chen")
    assert hub.ask("hub", "team", "list")[0]["members"] == ["lin"]
    assert "no team" in hub.refused("hub", "team", "join", "West", "lin")
    assert "not in this team" in hub.refused("hub", "team", "leave", "East", "chen")


def test_a_team_is_made_with_its_people_or_not_at_all(hub: CommandLine) -> None:
    assert "no user" in hub.refused("hub", "team", "add", "East", "--with", "nobody")
    assert hub.ask("hub", "team", "list") == []
    hub.do("hub", "user", "add", "chen")
    hub.do("hub", "team", "add", "East", "--with", "lin", "--led-by", "chen")
    [team] = hub.ask("hub", "team", "list")
    assert (sorted(team["members"]), team["managers"]) == (["chen", "lin"], ["chen"])


def test_an_invitation_alone_is_one_line_for_another_command(hub: CommandLine) -> None:
    for words in (("invite", "lin"), ("user", "add", "chen", "--name", "陈浩")):
        lines = hub.do("hub", *words, "--link").lines
        assert [unpack(line).url for line in lines] == [URL]


@pytest.mark.parametrize(
    ("words", "listens"),
    [
        (["--url", "https://10.0.0.7:9443"], "0.0.0.0:9443"),
        (["--url", "https://127.0.0.1:9443"], "127.0.0.1:9443"),
        (["--url", "https://hub.example:9443", "--behind-proxy"], "127.0.0.1:8443"),
        (["--url", "https://10.0.0.7:9443", "--listen", "10.0.0.7:1"], "10.0.0.7:1"),
    ],
)
def test_a_hub_listens_where_desks_look_for_it(
    machine: CommandLine, words: list[str], listens: str
) -> None:
    assert machine.ask("hub", "init", *words)["listen"] == listens


def test_accounts_are_given_taken_and_handed_over(hub: CommandLine) -> None:
    secret = unpack(hub.ask("hub", "invite", "lin")["link"]).secret
    asker = let_in(hub, secret)
    for n, name in ((1, "North Steel"), (2, "South Grid"), (3, "South Grid")):
        asker.write(Scope(account(n), "internal"), 10 + n, {"said": "x"})
        asker.made.append(_card(asker, n, name))
    asker.exchange()
    for login in ("chen", "wang"):
        hub.do("hub", "user", "add", login)
    given = hub.ask("hub", "grant", "chen", "North Steel", "--read")
    assert (given["account"], given["right"]) == (account(1), "read")
    assert "by its id" in hub.refused("hub", "grant", "chen", "South Grid")
    assert "no account" in hub.refused("hub", "grant", "chen", "West Rail")
    hub.do("hub", "grant", "chen", account(2)[-6:], "--audience", "partner")
    held = hub.ask("hub", "grants", "--who", "chen")
    assert [(one["name"], one["audience"], one["right"]) for one in held] == [
        ("North Steel", "internal", "read"),
        ("South Grid", "partner", "write"),
    ]
    hub.do("hub", "revoke", "chen", "North Steel")
    assert "nothing to revoke" in hub.refused("hub", "revoke", "chen", "North Steel")
    handed = hub.ask("hub", "handover", "--all", "--from", "lin", "--to", "wang")
    assert sorted(handed["accounts"]) == [account(1), account(2), account(3)]
    assert hub.ask("hub", "grants", "--who", "lin") == []
    assert len(hub.ask("hub", "grants", "--who", "wang")) == 3
    again = hub.refused("hub", "handover", "--all", "--from", "lin", "--to", "wang")
    assert "no account to hand over" in again
    audit = hub.do("hub", "audit").out
    assert "handed an account over" in audit
    assert "North Steel" in audit
    assert hub.run("hub", "handover", "--from", "lin", "--to", "wang").status == 2
    both = hub.run("hub", "handover", "North Steel", "--all", "--from", "lin", "--to", "wang")
    assert both.status == 2


def _card(asker: Asker, n: int, name: str) -> tuple[Scope, object]:
    """Return the op that gives an account its name."""
    from msgspec import Raw
    from msgspec.structs import replace

    op = asker.write(Scope(account(n), "partner"), n, {"name": name}, kind="account")
    asker.made.pop()
    dseq = asker.start + len(asker.made)
    cells = Raw(json.dumps({"name": name}).encode())
    return Scope(account(n), "partner"), replace(op, dseq=dseq, record=account(n), cells=cells)


def test_a_lost_laptop_is_shut_out_at_once(hub: CommandLine) -> None:
    asker = let_in(hub, unpack(hub.ask("hub", "invite", "lin")["link"]).secret)
    hub.do("hub", "revoke-device", asker.device.device)
    with asker.hub.engine.connect() as connection:
        assert devices.known(connection, asker.token) is None
    assert "shut out already" in hub.refused("hub", "revoke-device", asker.device.device)


def test_every_act_stands_in_the_audit(hub: CommandLine) -> None:
    hub.do("hub", "user", "add", "chen")
    hub.do("hub", "team", "add", "East")
    hub.do("hub", "team", "join", "East", "chen", "--manager")
    hub.do("hub", "user", "role", "chen", "partner")
    hub.do("hub", "team", "leave", "East", "chen")
    device = let_in(hub, unpack(hub.ask("hub", "invite", "chen")["link"]).secret).device.device
    hub.do("hub", "revoke-device", device)
    hub.do("hub", "user", "close", "chen")
    hub.do("hub", "restored")
    hub.do("hub", "sweep")
    hub.do("hub", "backup", hub.home / "b.db")
    hub.do("hub", "export", hub.home / "all.jsonl.gz")
    entries = hub.ask("hub", "audit")
    assert {one["deed"] for one in entries} == {
        "add user", "invite", "add team", "add member", "set role", "remove member", "enrol",
        "revoke device", "close user", "restored", "sweep", "backup", "export",
    }  # fmt: skip
    deeds = [one["deed"] for one in reversed(entries)]
    assert deeds[:4] == ["add user", "invite", "add user", "invite"], "in the order of the acts"
    [enrolled] = [one for one in entries if one["deed"] == "enrol"]
    assert (enrolled["actor_name"], enrolled["about_name"]) == ("chen", "chen")
    [lost] = [one for one in entries if one["deed"] == "revoke device"]
    assert lost["about_name"] == "chen · laptop"
    acts = [one for one in entries if one["deed"] != "enrol"]
    assert all(one["actor"].startswith("console") for one in acts)
    assert len(hub.ask("hub", "audit", "--limit", "2")) == 2
    told = hub.do("hub", "audit").out
    assert "team East, leads it" in told
    assert "=" not in told
    chinese = hub.do("hub", "audit", "--lang", "zh").out
    assert "添加了用户" in chinese
    assert "partner" not in chinese


def test_a_number_in_the_audit_is_no_computer_of_that_number(
    hub: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "_fresh_number", lambda *_: 2)
    let_in(hub, unpack(hub.ask("hub", "invite", "lin")["link"]).secret)
    hub.do("hub", "restored")
    told = hub.do("hub", "audit").out
    assert "epoch 2" in told
    assert "computer lin · laptop" in " ".join(told.split())


def test_a_computer_is_named_by_a_number_the_hub_may_give(hub: CommandLine) -> None:
    for number in ("0", "-1", "laptop", 10**30):
        done = hub.run("hub", "revoke-device", "--", number)
        assert (done.status, "no whole number" in done.err) == (2, True), done


def test_stats_tell_numbers_only(hub: CommandLine) -> None:
    told = hub.ask("hub", "stats")
    assert (told["name"], told["users"], told["epoch"], told["schema"]) == ("华东", 1, 1, newest())
    hub.do("hub", "restored")
    assert hub.ask("hub", "stats")["epoch"] == 2
    assert "Entries of the log" in hub.do("hub", "stats").out


def test_an_export_holds_all_but_the_secrets(hub: CommandLine) -> None:
    asker = let_in(hub, unpack(hub.ask("hub", "invite", "lin")["link"]).secret)
    asker.write(Scope(account(1), "internal"), 1, {"said": "heron"})
    asker.exchange()
    out = hub.home / "all.jsonl.gz"
    rows = hub.ask("hub", "export", out)["rows"]
    lines = gzip.decompress(out.read_bytes()).decode().splitlines()
    assert len(lines) == rows
    assert any("heron" in line for line in lines)
    found = [json.loads(line) for line in lines]
    kept = {key for line in found for key in line if line["table"] in ("device", "invite")}
    assert kept.isdisjoint({"token", "next_token", "secret"})
    assert out.stat().st_mode & 0o077 == 0
    assert "already" in hub.refused("hub", "export", out)


def test_a_backup_is_a_hub_that_can_be_put_back(hub: CommandLine) -> None:
    hub.do("hub", "backup", hub.home / "copy.db")
    hub.do("hub", "user", "add", "late")
    for path in folder(hub).glob("hub.db*"):
        path.unlink()
    (hub.home / "copy.db").rename(folder(hub) / "hub.db")
    hub.do("hub", "restored")
    assert [one["login"] for one in hub.ask("hub", "user", "list")] == ["lin"]
    assert hub.ask("hub", "stats")["epoch"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--url", "http://hub.example"], "begins with https"),
        (["--url", "https://hub.example/path"], "begins with https"),
        (["--listen", "8443"], "no address to listen on"),
        (["--database", "mysql://x/y"], "no address of a database"),
        (["--database", "nonsense"], "no address of a database"),
        (["--database", "postgresql+psycopg://nobody@127.0.0.1:1/no"], "database refused"),
        (["--name", "n" * 81], "most"),
    ],
)
def test_what_makes_no_hub_is_refused_in_a_line(
    machine: CommandLine, words: list[str], said: str
) -> None:
    assert said in machine.refused("hub", "init", *words)
    assert not folder(machine).exists()


def test_without_a_hub_each_command_says_how_to_make_one(machine: CommandLine) -> None:
    for words in (["serve"], ["stats"], ["audit"], ["user", "list"], ["invite", "x"]):
        assert "kamdesk hub init" in machine.refused("hub", *words)


def test_without_the_hubs_parts_their_name_is_told(
    machine: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_room, "_NEEDS", ("sqlalchemy", "nothing_of_this_name"))
    for words in (["init"], ["serve"], ["stats"]):
        assert "kamdesk[hub]" in machine.refused("hub", *words)


def test_odd_settings_are_refused_in_a_line(hub: CommandLine) -> None:
    for content in ("", "name = 1", "[[", 'name="a"\nurl="http://x"\nlisten="x"\n', "\0"):
        (folder(hub) / place.SETTINGS).write_text(content)
        assert "cannot be read" in hub.refused("hub", "stats")


def test_a_certificate_that_is_gone_is_told(hub: CommandLine) -> None:
    (folder(hub) / "hub.crt").write_text("nonsense")
    assert "hub.crt" in hub.refused("hub", "invite", "lin")
    assert "hub.crt" in hub.refused("hub", "serve")


def test_one_process_serves_sqlite(hub: CommandLine) -> None:
    assert "On SQLite" in hub.refused("hub", "serve", "--workers", "2")


def test_a_taken_address_is_told(machine: CommandLine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        machine.do("hub", "init", "--listen", listen)
        tried = machine.run("hub", "serve")
    assert (tried.status, tried.out) == (1, ""), "it does not say that it listens"
    [line] = tried.err.splitlines()
    assert "cannot be listened on" in line


def test_a_database_that_refuses_is_told_before_it_listens(
    machine: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.do("hub", "init")
    monkeypatch.setitem(
        machine.given, "KAMDESK_HUB_DATABASE", "postgresql+psycopg://nobody@127.0.0.1:1/no"
    )
    tried = machine.run("hub", "serve")
    assert (tried.status, tried.out) == (1, "")
    assert "database refused" in tried.err


def test_a_new_hub_on_a_database_that_has_one_is_refused(
    machine: CommandLine, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    engine = engine_for(url)
    bring_level(engine)
    engine.dispose()
    machine.do("hub", "init", "--database", url)
    again = ["hub", "init", "--hub", tmp_path / "second", "--database", url]
    assert "holds a hub already" in machine.refused(*again)


def test_two_commands_to_a_running_hub(machine: CommandLine) -> None:
    """``init`` and ``serve``, as real programs: it proves itself, answers, and ends in peace."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"https://localhost:{port}"
    machine.do("hub", "init", "--name", "华东", "--url", url, "--listen", f"127.0.0.1:{port}")
    environment = {**machine.kept(), **machine.environment()}
    order = [sys.executable, "-m", "kamdesk", "hub", "serve"]
    pipe = subprocess.PIPE
    with subprocess.Popen(order, env=environment, stdout=pipe, stderr=pipe, text=True) as serving:
        try:
            trust = ssl.create_default_context(cafile=str(folder(machine) / "hub.crt"))
            told = _awaited(f"{url}/v1/hub", trust, serving)
            assert told.json() == {"name": "华东", "proto": 2}
            with httpx.Client(verify=trust, trust_env=False) as client:
                assert client.get(f"{url}/v1/health").json() == {"ok": True}
        finally:
            serving.send_signal(signal.SIGTERM)
            out, err = serving.communicate(timeout=30)
    assert serving.returncode == 0
    assert url in out
    assert all(json.loads(line)["said"] == "answered" for line in err.splitlines())


def _awaited(url: str, trust: ssl.SSLContext, serving: "subprocess.Popen[str]") -> httpx.Response:
    until = time.monotonic() + 60
    while True:
        try:
            with httpx.Client(verify=trust, trust_env=False) as client:
                return client.get(url)
        except httpx.ConnectError:
            assert serving.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
