"""A day in which every feature meets the forty words, run as a program in a home of its own.

``canary_day.py HOME LISTS [end]``: HOME is swept afterwards, LISTS holds what is given in and out.
``end`` is where it dies: ``in an import`` or ``in a save``; without it the day ends well. Prints
one JSON object: what each command returned, and what children of ours were started with.
"""

import contextlib
import io
import json
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.canaries import (
    CHINESE,
    CUSTOMER,
    ELSEWHERE,
    LATIN,
    LEFT,
    NUMBERS,
    OTHER,
    PERSON,
    SECRETS,
    cells_without_a_word,
    plant,
    spoken_by,
)
from support.commands import CHEAP
from support.desks import MORNING

from kamdesk.cli.chain_papers import MAKERS
from kamdesk.cli.program import run
from kamdesk.cli.secret import keyring
from kamdesk.cli.session import Session
from kamdesk.core.clock import StoppedClock
from kamdesk.workspace import Workspace, open_workspace

Row = tuple[str, ...]
_CODE = re.compile(r"(?:[0-9A-Z]{4}-){8}[0-9A-Z]")

INVITATION = "kamdesk://join?u=https%3A%2F%2F127.0.0.1%3A9&s=1-" + "a" * 32 + "&n=Team"
"""To a hub that is not there."""

COMMANDS: dict[str, tuple[Row, ...]] = {
    "init": (("init", "{home}/second", "--name", LATIN[2]),),
    "demo": (("demo", "{home}/demo", "--accounts", "1", "--day", "2026-03-12"),),
    "import": (
        ("import", "{lists}/list.csv", "--map", "{lists}/list.toml", "--dry-run"),
        ("import", "{lists}/list.csv", "--map", "{lists}/list.toml",
         "--report", "{lists}/out/report.json", "--rejected", "{lists}/out/rejected.csv"),
        ("import", "{lists}/broken.xlsx"),
    ),
    "export": (("export", "{lists}/out/a.csv"), ("export", "{lists}/out/all.zip"),
               ("export", "{lists}/out/p.xlsx", "--what", "people")),
    "accounts": (("accounts", "--text", CHINESE[0]), ("accounts", "--json")),
    "people": (("people", "--account", CUSTOMER), ("people", "--json")),
    "visits": (("visits", "--text", LATIN[4]), ("visits", "--json")),
    "promises": (("promises", "--json"), ("promises", "--settled", "--account", CUSTOMER)),
    "promise add": (("promise", "add", CUSTOMER, f"theirs: {LATIN[3]} by 2026-05-02",
                     "--remind", "2026-05-01"),),
    "promise remind": (("promise", "remind", LATIN[3], "--on", "2026-04-28"),),
    "promise keep": (("promise", "keep", LATIN[3]),),
    "promise open": (("promise", "open", LATIN[3]),),
    "promise break": (("promise", "break", LATIN[3]),),
    "promise drop": (("promise", "drop", LATIN[3]),),
    "show": (("show", CUSTOMER), ("show", PERSON, "--json"), ("show", LEFT[1])),
    "chain import": (
        ("chain", "import", "{lists}/chart.csv", "--account", CUSTOMER, "--dry-run"),
        ("chain", CUSTOMER),
        ("chain", CUSTOMER, "--json", "-o", "{lists}/out/map.svg"),
        ("chain", CUSTOMER, "--way-to", OTHER, "--what-if", f"{PERSON} leaves"),
    ),
    "due list": (("due",), ("due", "--all", "--touch", "--json"), ("due", "--account", CUSTOMER)),
    "due pause": (("due", "pause", CUSTOMER, "--until", "2027-03-01", "--because", LATIN[2]),),
    "due resume": (("due", "resume", CUSTOMER),),
    "due end": (("due", "end", CUSTOMER),),
    "due agree": (("due", "agree", CUSTOMER, "--every", "60", "--note", CHINESE[2],
                   "--at-most"),),
    "due agreements": (("due", "agreements", CUSTOMER, "--json"),),
    "due to-improve": (("due", "to-improve", "off"),),
    "place of": (("place", "of", "31.30, 120.60"), ("place", "of", "苏州昆山", "--json")),
    "place list": (("place", "list"), ("place", "list", "--json")),
    "place set": (("place", "set", CUSTOMER, "31.30, 120.60"),),
    "place home": (("place", "home", "31.39, 120.98"), ("place", "home")),
    "place way": (("place", "way", CUSTOMER, CUSTOMER), ("place", "way", CUSTOMER, CUSTOMER, "9")),
    "place ways": (("place", "ways"), ("place", "ways", "--json")),
    "absence add": (("absence", "add", "2026-03-20", "--words", LATIN[4]),),
    "absence list": (("absence", "list"), ("absence", "list", "--json")),
    "absence drop": (("absence", "drop", "2026-03-20"),),
    "holidays list": (("holidays", "list"), ("holidays", "list", "--year", "2027", "--json")),
    "holidays take": (("holidays", "take", "{lists}/holidays.csv"),),
    "holidays drop": (("holidays", "drop", "2027"),),
    "pattern make": (("pattern", "make", CHINESE[10], "--week", "2026-03-12"),),
    "pattern list": (("pattern", "list"), ("pattern", "list", "--json")),
    "pattern lay": (("pattern", "lay", CHINESE[10], "--from", "2026-05-11", "--try"),
                    ("pattern", "lay", CHINESE[10], "--from", "2026-05-11", "--json")),
    "pattern change": (("pattern", "change", CHINESE[10], "--name", LATIN[9]),),
    "pattern drop": (("pattern", "drop", LATIN[9]),),
    "phase": (("phase", CUSTOMER), ("phase", CUSTOMER, "established", "--because", LATIN[8]),
              ("phase", CUSTOMER, "--auto", "--json")),
    "tasks": (("tasks",), ("tasks", CUSTOMER, "--all", "--json"),
              ("tasks", CUSTOMER, "--done", "portrait", "--words", LATIN[8])),
    "opportunity add": (("opportunity", "add", CUSTOMER, CHINESE[11], "--note", LATIN[11],
                         "--amount", "260万"),),
    "opportunity change": (("opportunity", "change", CHINESE[11], "--note", CHINESE[3]),),
    "opportunity won": (("opportunity", "won", CHINESE[11]),),
    "opportunity lost": (("opportunity", "lost", CHINESE[11]),),
    "opportunity open": (("opportunity", "open", CHINESE[11]),),
    "opportunities": (("opportunities",), ("opportunities", "--account", CUSTOMER, "--json")),
    "playbook list": (("playbook", "list"), ("playbook", "list", "c139", "--json")),
    "playbook use": (("playbook", "use", "c139"),),
    "playbook export": (("playbook", "export", "c139", "-o", "{lists}/out/c139.json"),),
    "playbook import": (("playbook", "import", "{lists}/out/c139.json"),),
    "visit plan": (("visit", "plan", CUSTOMER, "--at", "2026-04-02 10:00", "--topic", CHINESE[5]),),
    "visit log": (("visit", "log", CUSTOMER, "--said", CHINESE[6], "--outcome", LATIN[5],
                   "--fact", LATIN[6], "--promise", f"ours: {LATIN[7]} by 2026-05-01",
                   "--no-next-step-because", LATIN[8]),),
    "visit seat": (("visit", "seat", f"{CUSTOMER} 2026-04-02", "--with", PERSON),),
    "visit change": (("visit", "change", f"{CUSTOMER} 2026-04-02", "--objective", LATIN[10]),),
    "visit move": (("visit", "move", f"{CUSTOMER} 2026-04-02", "--at", "2026-04-03 11:00"),),
    "visit drop": (("visit", "drop", f"{CUSTOMER} 2026-04-03"),),
    "visit again": (("visit", "again", f"{CUSTOMER} 2026-04-03"),),
    "visit hold": (("visit", "hold", f"{CUSTOMER} 2026-02-18"),),
    "visit close": (("visit", "close", f"{CUSTOMER} 2026-02-18", "--next-step", CHINESE[9]),),
    "week": (("week", "2026-W14"), ("week", "2026-W14", "--propose", "--seconds", "0", "--json",
              "-o", "{lists}/out/week.pdf")),
    "calendar import": (("calendar", "import", "{lists}/own.ics", "--dry-run"),
                        ("calendar", "import", "{lists}/own.ics")),
    "calendar list": (("calendar", "list"), ("calendar", "list", "--json")),
    "calendar export": (("calendar", "export", "{lists}/out/own.ics"),
                        ("export", "{lists}/out/all.ics", "--account", CUSTOMER)),
    "calendar forget": (("calendar", "forget", CHINESE[8]),),
    "search": (("search", CHINESE[7]), ("search", LEFT[2]), ("search", NUMBERS[0])),
    "brief": (("brief", "--account", CUSTOMER, "-o", "{lists}/out/b.pdf",
               "--table-page", "{lists}/out/t.pdf"),),
    "paper": (("paper", "day", "--day", "2026-03-12", "-o", "{lists}/out/d.pdf"),
              ("paper", "minutes", f"{CUSTOMER} 2026-02-18", "-o", "{lists}/out/m.pdf"),
              *(("paper", kind, CUSTOMER, "-o", f"{{lists}}/out/{kind}.pdf") for kind in MAKERS)),
    "person export": (("person", "export", PERSON, "-o", "{lists}/out/person.zip"),),
    "person basis": (("person", "basis", PERSON, "consent", "--source", LATIN[9]),),
    "person keep": (("person", "keep", PERSON, "2027-01-01"),),
    "person review": (("person", "review"),),
    "person restrict": (("person", "restrict", OTHER, "--because", CHINESE[8]),),
    "person release": (("person", "release", OTHER),),
    "history": (("history", CUSTOMER), ("history", PERSON, "--json")),
    "undo": (("undo",), ("undo", "--redo")),
    "person leave": (("person", "leave", OTHER),),
    "person moved": (("person", "moved", PERSON, ELSEWHERE, "--post", CHINESE[10], "--look"),
                     ("person", "moved", PERSON, ELSEWHERE, "--post", CHINESE[10])),
    "merge": (("merge", CUSTOMER, ELSEWHERE),),
    "join": (("join", INVITATION, "--share", CUSTOMER),),
    "keep": (("keep", "{lists}/stick", "--colleague", LATIN[2]), ("keep", "--json")),
    "sync": (("sync",), ("sync", "--with", "{lists}/stick")),
    "leave": (("leave", "--yes"),),
    "conflicts list": (("conflicts",), ("conflicts", "list", "--json")),
    "conflicts write": (("conflicts", "write", PERSON, CHINESE[7]),),
    "conflicts take": (("conflicts", "take", PERSON, "mine"),),
    "quarantine list": (("quarantine",), ("quarantine", "list", "--json")),
    "quarantine hand": (("quarantine", "hand", "{lists}/out/handed.json"),),
    "quarantine export": (("quarantine", "export", "{lists}/out/refused.json"),),
    "quarantine take-in": (("quarantine", "take-in", "{lists}/list.csv"),),
    "quarantine drop": (("quarantine", "drop", "1"),),
    "hub init": (("hub", "init", "--hub", "{home}/hub",
                  "--url", "https://127.0.0.1:9", "--admin", "lin"),),
    "hub serve": (("hub", "serve", "--hub", "{home}/none"),),
    "check": (("check",), ("check", "--rebuild")),
    "backup": (("backup",), ("backup", "--list")),
    "restore": (("restore", "{backup}", "{home}/restored"),),
    "person erase": (("person", "erase", OTHER, "--yes"),),
    "key passphrase": (("key", "passphrase"),),
    "key code": (("key", "code"),),
    "key renew": (("key", "renew"),),
}  # fmt: skip
"""Every command with words, in the order of the day; those for which nobody types are refused."""


def main() -> None:
    """Live the day."""
    home, lists, end = Path(sys.argv[1]), Path(sys.argv[2]), " ".join(sys.argv[3:])
    told: dict[str, Any] = {
        "commands": {},
        "codes": [],
        "spoken": [],
        "bare": [],
        "shared": _shared(),
    }
    _listen(told["spoken"])
    _log_everything()
    workspace = Path(os.environ["KAMDESK_WORKSPACE"])
    _made(workspace)
    desk = _desk(workspace)
    plant(desk)
    if end:
        _die(desk, lists, end)
    desk.close()
    for rows in COMMANDS.values():
        for row in rows:
            backups = sorted((workspace / "backups").glob("*.db"))
            backup = backups[0] if backups else "none"
            words = [one.format(home=home, lists=lists, backup=backup) for one in row]
            told["commands"][" ".join(row)], said = _ran(words)
            told["codes"] += _CODE.findall(said)
        if rows[0][0] == "import":
            desk = _desk(workspace)
            told["bare"] = cells_without_a_word(desk)
            desk.close()
        if rows[0][:2] == ("key", "passphrase"):
            os.environ["KAMDESK_PASSPHRASE"] = SECRETS[1]
    _a_bug(workspace)
    from support import canary_window

    told["window"] = canary_window.look_round(workspace, lists)
    told["new shared"] = sorted(set(_shared()) - set(told.pop("shared")))
    Path(lists, "told.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def _ran(words: list[str]) -> tuple[int, str]:
    """Run a command; return its status and what it printed."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        return run(words, _session()), out.getvalue()


def _session() -> Session:
    return Session(clock=StoppedClock(MORNING))


def _made(workspace: Path) -> None:
    from kamdesk.storage.creating import create

    create(workspace, SECRETS[0], keys=keyring(), cost=CHEAP)


def _desk(workspace: Path) -> Workspace:
    return open_workspace(
        workspace,
        passphrase=lambda: os.environ["KAMDESK_PASSPHRASE"],
        keys=keyring(),
        clock=StoppedClock(MORNING),
    )


def _log_everything() -> None:
    from kamdesk import logs

    logs.start()
    logging.getLogger("kamdesk").setLevel(logging.DEBUG)
    logging.getLogger().setLevel(logging.DEBUG)
    ours = logging.getLogger("kamdesk.day")
    ours.warning("customer %s, %s", CUSTOMER, {"name": PERSON})
    logging.getLogger("some.library").error("could not parse %s", CHINESE[3])
    try:
        raise ValueError(f"{NUMBERS[0]} of {PERSON}")
    except ValueError:
        ours.exception("not saved %s", LATIN[0])


def _a_bug(workspace: Path) -> None:
    """Let a command break over a word: the note it leaves must not hold it."""
    from kamdesk.cli import lists

    def broken(*_: object) -> None:
        floor_price = NUMBERS[4]
        raise RuntimeError(f"{CUSTOMER} {floor_price}")

    before, lists.customer_list = lists.customer_list, broken  # type: ignore[assignment]
    try:
        assert run(["accounts"], _session()) == 1
    finally:
        lists.customer_list = before


def _die(desk: Workspace, lists: Path, end: str) -> None:
    if end == "in an import":
        shown = desk.imports.look(lists / "long.csv")

        def step(done: int, _every: int) -> None:
            if done >= 400:
                os.kill(os.getpid(), signal.SIGKILL)

        desk.imports.take(shown, steps=step)
    with desk.storage.change(desk.undo.next_undo().name) as change:  # type: ignore[union-attr]
        for name in LATIN:
            desk.people.put_new(change, desk.people.new(name, None))
        os.kill(os.getpid(), signal.SIGKILL)


def _listen(spoken: list[str]) -> None:
    """Note the words in what any child process is started with."""
    start: Callable[..., None] = subprocess.Popen.__init__

    def heard(self: Any, command: Any, *more: Any, **wishes: Any) -> None:
        given = [command] if isinstance(command, str) else list(command)
        words = spoken_by(os.environ if wishes.get("env") is None else wishes["env"], given)
        spoken.extend(f"{given[0]}: {word}" for word in words)
        start(self, command, *more, **wishes)

    subprocess.Popen.__init__ = heard  # type: ignore[method-assign]


def _shared() -> list[str]:
    place = Path("/dev/shm")
    return sorted(one.name for one in place.iterdir()) if place.is_dir() else []


if __name__ == "__main__":
    main()
