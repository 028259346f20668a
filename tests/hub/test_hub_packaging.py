"""What is shipped for administrators names commands there are, and bounds the hub itself has."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kamdesk.cli.hub import group
from kamdesk.hub import certificates, place
from kamdesk.hub.online import auth, body, patience, serving
from kamdesk.sync.wire.messages import LARGEST_BODY

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
SHIPPED = PACKAGING / "hub"


def words(name: str) -> str:
    return (SHIPPED / name).read_text("utf-8")


def shown_commands() -> list[str]:
    """The commands of the page, as written between the first word and what they do."""
    lines = re.findall(r"kamdesk hub ([^\n`;]+)", words("README.md"))
    return sorted({re.split(r"\s{2,}", line)[0].strip() for line in lines})


@pytest.mark.parametrize("line", shown_commands())
def test_the_page_shows_commands_there_are(line: str) -> None:
    command: click.Command | None = group
    options = re.findall(r"--[a-z-]+", line)
    for word in line.split():
        if not isinstance(command, click.Group):
            break
        command = command.get_command(click.Context(command), word)
        assert command is not None, word
    assert command is not None
    known = {name for param in command.params for name in param.opts}
    assert set(options) <= known


def test_every_command_is_on_the_page_or_explains_itself() -> None:
    page = words("README.md")
    ctx = click.Context(group)
    assert [name for name in group.list_commands(ctx) if f"kamdesk hub {name}" not in page] == []


def test_the_proxy_has_the_hubs_own_bounds() -> None:
    caddy = words("Caddyfile")
    assert f"max_size {LARGEST_BODY // 2**20}MiB" in caddy
    assert f"read_header {patience.HEAD:.0f}s" in caddy
    assert f"read_body {body.WITHIN:.0f}s" in caddy
    assert f"write {patience.WHOLE:.0f}s" in caddy
    assert f"reverse_proxy 127.0.0.1:{place.PORT}" in caddy


def test_the_bounds_are_those_promised() -> None:
    assert max(patience.HEAD, patience.GREETING, body.WITHIN) <= 15
    assert serving.GRACE <= 10
    assert auth.TRIES == 10


def test_the_unit_starts_the_hub_and_waits_for_its_end() -> None:
    unit = words("kamdesk-hub.service")
    assert "ExecStart=/opt/kamdesk/bin/kamdesk hub serve" in unit
    stop = re.search(r"TimeoutStopSec=(\d+)", unit)
    assert stop
    assert int(stop[1]) > serving.GRACE


def test_the_page_names_the_hubs_files() -> None:
    page = words("README.md")
    files = (place.SETTINGS, place.DATABASE, certificates.CERTIFICATE, certificates.KEY)
    assert [name for name in files if name not in page] == []


def test_the_hub_runs_on_what_its_lock_pins() -> None:
    """Neither Qt nor papers nor the encrypted workspace is loaded to run a hub."""
    code = (
        "import sys; from importlib import import_module as load\n"
        "from kamdesk import assets; assets.install_words()\n"
        "for room in ('hub', 'hub_people', 'hub_access', 'hub_devices', 'hub_told', 'hub_copies'):"
        " load('kamdesk.cli.' + room)\n"
        "for room in ('online.app', 'online.serving', 'opening', 'census', 'copying'):"
        " load('kamdesk.hub.' + room)\n"
        "from importlib.metadata import packages_distributions\n"
        "owners = packages_distributions()\n"
        "print(*{d for m in {n.split('.')[0] for n in sys.modules} for d in owners.get(m, [])})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    locked = (PACKAGING / "hub.lock").read_text("utf-8")
    pinned = set(re.findall(r"^([\w.-]+)==", locked, re.MULTILINE))
    loaded = {re.sub(r"[-_.]+", "-", name).lower() for name in done.stdout.split()}
    assert loaded - pinned - {"kamdesk", "setuptools", "distutils-precedence"} == set()


def test_the_hubs_lock_pins_what_the_others_do() -> None:
    pins = re.compile(r"^[\w.-]+==[^\s;]+", re.MULTILINE)
    hub, dev = (
        set(pins.findall((PACKAGING / name).read_text("utf-8")))
        for name in ("hub.lock", "dev.lock")
    )
    assert hub - dev == set()
    wanted = [re.split(r"[^\w.-]", line)[0] for line in words("needs.in").splitlines()[1:]]
    assert [name for name in wanted if not any(pin.startswith(name + "==") for pin in hub)] == []
