"""People ask: what do you hold on me, leave me alone, forget me. And the file asks itself."""

import json
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from support.commands import PASSPHRASE, CommandLine
from support.customers import Lanchuan, lanchuan
from support.desks import MORNING

from kamdesk.core.clock import StoppedClock
from kamdesk.core.ids import Id
from kamdesk.domain.chain.model import TieKind
from kamdesk.domain.chain.standing import What
from kamdesk.domain.people.model import Channel, NeedLevel
from kamdesk.domain.visits.model import Attendee, Fact, Side
from kamdesk.storage.layout import ERASED
from kamdesk.workspace import Workspace

NAME = "Wren Quillholt"
QUESTION = f"Does {NAME} decide?"
"""What we typed ourselves: nobody can tell it from any other text of ours."""
WORDS = {
    "name": NAME,
    "address": "Mistress Quill",
    "phone": "15437122140",
    "focus": "zqfocusword",
    "background": "zqbackgroundword",
    "note": "zqnoteword",
    "need": "zqneedword",
    "point": "zqpointword",
    "fact": "zqfactword",
    "reading": "zqreadingword",
    "tie": "zqtieword",
    "address of mail": "zqmail@example.com",
}


def fill(desk: Workspace) -> None:
    """One customer of seven people, and an eighth who stands everywhere in words of her own."""
    customer = lanchuan(desk)
    account = customer.account.id
    person = replace(
        desk.people.new(NAME, account),
        form_of_address=WORDS["address"],
        focus=WORDS["focus"],
        background=WORDS["background"],
        note=WORDS["note"],
    )
    ways = [
        desk.people.way(person, Channel.MOBILE, WORDS["phone"]),
        desk.people.way(person, Channel.EMAIL, WORDS["address of mail"]),
    ]
    desk.people.add(person, title="Head of digital", ways=tuple(ways))
    need = replace(desk.people.need(person, WORDS["need"]), level=NeedLevel.PERSONAL)
    desk.people.put_need(need)
    _around(desk, customer, Id(person.id))


def _around(desk: Workspace, customer: Lanchuan, person: Id) -> None:
    chain = desk.chain.open_map(customer.account.id)
    desk.chain.seat(chain, person, label=NAME)  # type: ignore[arg-type]
    on = date(2026, 1, 22)
    for what, value in ((What.STANCE, "2"), (What.INFLUENCE, "5"), (What.ROLES, "decider")):
        desk.chain.judge(
            desk.chain.reading(chain, person, what, value, on=on, note=WORDS["reading"])
        )
    boss = customer.people["陈立新"]
    desk.chain.join(
        desk.chain.tie(chain, TieKind.CLOSE, person, Id(boss), note=WORDS["tie"]),
    )
    visit = desk.visits.ask.get(customer.next_visit)
    desk.visits.seat(Attendee.at(visit, person, Side.THEIRS, point=WORDS["point"]))
    hosted = replace(visit, host=person, questions=f"{QUESTION}\nWhat is next?")
    desk.visits.change(hosted, base=visit, seen=desk.storage.position())
    desk.visits.note(
        Fact(
            id=desk.storage.new_id(),
            account=customer.account.id,
            words=WORDS["fact"],
            day=date(2026, 3, 10),
            about=person,
        )
    )


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "home").made(fill)


def read(path: Path) -> str:
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        try:
            text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        finally:
            document.close()
        return text.replace("\r", "").replace("\n", "")
    if path.suffix in (".xlsx", ".zip"):
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    return path.read_text("utf-8-sig")


def everything_shown(kamdesk: CommandLine, folder: Path) -> dict[str, str]:
    """Return all that is shown of the customer: papers for each reader, exports, lists, search."""
    folder.mkdir(exist_ok=True)
    shown: dict[str, str] = {}
    ticks = [part for t in ("opinions", "motives", "remarks", "map") for part in ("--tick", t)]
    for reader in ("me", "boss", "consultant"):
        out, page = folder / f"{reader}.pdf", folder / f"{reader}-table.pdf"
        ask = ("brief", "--account", "KA-0173", "-o", out, "--for", reader, *ticks, "--lang", "en")
        kamdesk.do(*ask, "--table-page", page)
        shown |= {out.name: read(out), page.name: read(page)}
    for out in (folder / "people.csv", folder / "people.xlsx"):
        kamdesk.do("export", out, "--what", "people")
        shown[out.name] = read(out)
    visit = next(v for v in kamdesk.ask("visits") if v["state"] == "planned")
    for words in (
        ("people",),
        ("promises",),
        ("visits",),
        ("show", "KA-0173"),
        ("show", visit["id"]),
        ("chain", "KA-0173"),
        *(("search", *word.split()) for word in WORDS.values()),
    ):
        shown[" ".join(words)] = kamdesk.do(*words).out + kamdesk.do(*words, "--json").out
    return shown


def found(shown: dict[str, str]) -> set[str]:
    """Return which of the person's words stand where."""
    return {
        f"{what} in {where}"
        for where, text in shown.items()
        for what, word in WORDS.items()
        if word in text.replace(QUESTION, "")
    }


def test_a_restricted_person_is_shown_nowhere(kamdesk: CommandLine, tmp_path: Path) -> None:
    before = found(everything_shown(kamdesk, tmp_path / "out"))
    assert {one.split(" in ")[0] for one in before} >= set(WORDS) - {"background"}
    assert "name in me-table.pdf" in before
    who = kamdesk.ask("people", "--text", NAME)[0]["id"]
    kamdesk.do("person", "restrict", NAME, "--because", "wants no contact")
    shown = everything_shown(kamdesk, tmp_path / "out")
    assert found(shown) == set()
    assert QUESTION in shown["me.pdf"]
    assert QUESTION not in shown["me-table.pdf"]
    for paper in ("me.pdf", "me-table.pdf", "consultant.pdf"):
        assert "1 person not shown" in shown[paper]
    assert "wants no contact" in kamdesk.do("show", who).out
    assert NAME in kamdesk.do("person", "review").out
    kamdesk.do("person", "export", NAME, "-o", tmp_path / "still.txt")
    assert WORDS["need"] in read(tmp_path / "still.txt")
    assert "Nothing is known" in kamdesk.refused("brief", "--visit", NAME, "-o", tmp_path / "b.pdf")
    kamdesk.do("person", "release", NAME)
    assert found(everything_shown(kamdesk, tmp_path / "out")) == before


def test_somebody_gets_all_that_is_held_on_them(kamdesk: CommandLine, tmp_path: Path) -> None:
    kamdesk.do(
        *("person", "basis", NAME, "interest", "--source", "card handed over"),
        *("--collected-on", "2025-06-01", "--told-on", "2025-06-02"),
    )
    out = tmp_path / "wren.zip"
    told = kamdesk.do("person", "export", NAME, "-o", out, "--lang", "en")
    assert "read it before you hand it over" in told.out
    with zipfile.ZipFile(out) as archive:
        text = archive.read("person.txt").decode("utf-8-sig")
        data = json.loads(archive.read("person.json"))
    assert [what for what, word in WORDS.items() if word not in text] == []
    assert "legitimate interest" in text
    assert "card handed over" in text
    assert data["name"] == NAME
    assert "陈立新" not in text
    assert "the 总经理" in text
    chinese = tmp_path / "wren.txt"
    kamdesk.do("person", "export", NAME, "-o", chinese, "--lang", "zh")
    assert WORDS["need"] in read(chinese)
    kamdesk.do("person", "export", NAME, "-o", tmp_path / "wren.json")
    assert json.loads(read(tmp_path / "wren.json")) == data | {"made": data["made"]}


def test_somebody_is_forgotten(kamdesk: CommandLine, tmp_path: Path) -> None:
    assert "--yes" in kamdesk.refused("person", "erase", NAME)
    done = kamdesk.run("person", "erase", NAME, "--yes", "--lang", "en")
    assert done.status == 0
    assert "ways of contact: 2" in done.out.casefold()
    assert "The name also stands in 1 text" in done.out
    assert "cannot be undone" in done.out
    shown = everything_shown(kamdesk, tmp_path / "out")
    assert found(shown) == set()
    assert kamdesk.ask("check")["ok"]
    assert "Nothing is known" in kamdesk.refused("person", "export", NAME, "-o", tmp_path / "w.zip")
    listed = (kamdesk.workspace / ERASED).read_text()
    assert " person 2026-03-12" in listed
    kamdesk.do("undo")
    assert kamdesk.ask("people", "--text", NAME) == []


def test_a_name_in_notes_is_blanked_when_asked(kamdesk: CommandLine, tmp_path: Path) -> None:
    told = kamdesk.ask("person", "erase", NAME, "--yes", "--notes")
    assert told["texts_blanked"] == 1
    shown = everything_shown(kamdesk, tmp_path / "out")
    assert not any(NAME in text for text in shown.values())
    visit = next(v for v in kamdesk.ask("visits") if v["state"] == "planned")
    assert kamdesk.ask("show", visit["id"])["questions"].startswith("Does [erased] decide?")
    assert NAME not in kamdesk.do("history", visit["id"]).out


def test_who_was_only_deleted_gets_the_file_and_is_forgotten_too(
    kamdesk: CommandLine, tmp_path: Path
) -> None:
    desk = kamdesk.desk()
    (person,) = desk.people.ask.named(NAME)
    desk.people.drop(person)
    desk.close()
    refused = kamdesk.run("person", "keep", NAME, "2030-01-01")  # to write to them would wake them
    assert (refused.status, NAME in refused.err) == (1, True)
    kamdesk.do("person", "export", NAME, "-o", tmp_path / "file.zip")
    assert WORDS["note"] in read(tmp_path / "file.zip")
    assert kamdesk.ask("person", "erase", person.hex(), "--yes")["records"]["person"] == 1
    assert kamdesk.run("person", "erase", NAME, "--yes").status == 1
    assert kamdesk.ask("check")["ok"]


def test_the_name_must_be_typed(kamdesk: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kamdesk.cli.person.asked_here", lambda: True)
    refused = kamdesk.run("person", "erase", NAME, typed="Wren\n")
    assert (refused.status, "not the name" in refused.err) == (1, True)
    assert kamdesk.ask("people", "--text", NAME)
    assert kamdesk.run("person", "erase", NAME, typed=f"{NAME}\n").status == 0
    assert kamdesk.ask("people", "--text", NAME) == []


def test_the_file_asks_whom_to_keep(kamdesk: CommandLine) -> None:
    assert kamdesk.ask("person", "review")["to_review"] == []
    kamdesk.do("person", "keep", NAME, "2026-03-01")
    (one,) = kamdesk.ask("person", "review")["to_review"]
    assert (one["name"], one["keep_until"]) == (NAME, "2026-03-01")
    later = replace(kamdesk, clock=StoppedClock(MORNING.plus(days=800)))
    due = later.ask("person", "review")["to_review"]
    assert len(due) == 8
    assert due[0]["name"] == NAME
    assert "24" in due[1]["because"] or "26" in due[1]["because"]
    later.do("person", "keep", "李敏", "+365")
    assert "李敏" not in {one["name"] for one in later.ask("person", "review")["to_review"]}


def test_no_passphrase_nor_name_goes_into_the_shadow_list(kamdesk: CommandLine) -> None:
    kamdesk.do("person", "erase", NAME, "--yes")
    content = (kamdesk.workspace / ERASED).read_text()
    assert NAME not in content
    assert PASSPHRASE not in content
    if sys.platform != "win32":
        assert (kamdesk.workspace / ERASED).stat().st_mode & 0o077 == 0


def test_a_backup_brings_nobody_back(kamdesk: CommandLine, tmp_path: Path) -> None:
    backup = tmp_path / "before.db"
    kamdesk.do("backup", backup)
    kamdesk.do("person", "erase", NAME, "--yes")
    kamdesk.do("restore", backup, kamdesk.workspace)
    assert kamdesk.ask("people", "--text", NAME) == []
    assert kamdesk.ask("search", WORDS["note"]) == []
    assert kamdesk.ask("check")["ok"]
    elsewhere = tmp_path / "elsewhere"  # no list lies there: this is the control
    kamdesk.do("restore", backup, elsewhere)
    other = replace(kamdesk, given={"KAMDESK_WORKSPACE": str(elsewhere)})
    assert len(other.ask("people", "--text", NAME)) == 1


def test_a_bundle_carries_the_list_of_the_erased(kamdesk: CommandLine, tmp_path: Path) -> None:
    kamdesk.do("person", "erase", NAME, "--yes", "--notes")
    kamdesk.do("export", tmp_path / "all.zip")
    assert not any(word in read(tmp_path / "all.zip") for word in WORDS.values())
    made = tmp_path / "made"
    kamdesk.do("init", made, "--from", tmp_path / "all.zip")
    other = replace(kamdesk, given={"KAMDESK_WORKSPACE": str(made)})
    assert other.ask("check")["ok"]
    assert (made / ERASED).read_text() == (kamdesk.workspace / ERASED).read_text()
