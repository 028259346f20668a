"""A key-account manager's day from the command line: plan, brief, log, look up, undo, check."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from support.commands import PASSPHRASE, CommandLine, a_territory


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path).made(a_territory)


def words_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_a_day_from_the_first_start_to_the_evening(tmp_path: Path) -> None:
    kamdesk = CommandLine(tmp_path)
    made = kamdesk.ask("init", kamdesk.workspace, "--name", "林晓彤")
    assert len(made["recovery_code"].split("-")) == 9
    (tmp_path / "customers.csv").write_text(
        "客户名称,城市,客户编号\n华东电网有限公司,上海,KA-7\n", "utf-8"
    )
    (tmp_path / "people.csv").write_text("姓名,公司,职务\n王建国,华东电网有限公司,主任\n", "utf-8")
    assert kamdesk.ask("import", tmp_path / "customers.csv")["new"] == 1
    assert kamdesk.ask("import", tmp_path / "people.csv")["new"] == 1
    planned = kamdesk.ask(
        *("visit", "plan", "华东电网", "--at", "2026-03-12 14:00", "--with", "建国"),
        *("--objective", "拿到试点", "--topic", "配网试点", "--agenda", "14:00 现状; 14:30 方案"),
    )
    assert planned["start"] == "2026-03-12T14:00:00+08:00"
    pdf, page = tmp_path / "brief.pdf", tmp_path / "table.pdf"
    kamdesk.do("brief", "--day", "today", "-o", pdf, "--lang", "zh", "--table-page", page)
    assert "拿到试点" in words_of(pdf)
    assert "王建国" in words_of(page)
    assert "拿到试点" not in words_of(page)
    kamdesk.do(
        *("visit", "log", "--visit", planned["id"], "--said", "三月立项", "--fact", "预算已批"),
        *("--promise", "ours: 发报价 by +7", "--next-step", "演示", "--close"),
    )
    (visit,) = kamdesk.ask("visits", "--account", "KA-7")
    assert (visit["state"], visit["next_step"]) == ("closed", "演示")
    assert [one["words"] for one in kamdesk.ask("promises")] == ["发报价"]
    assert kamdesk.ask("search", "wangjianguo")[0]["title"] == "王建国"
    assert "visit" in {hit["kind"] for hit in kamdesk.ask("search", "三月立项")}
    assert any(line["cell"] == "said" for line in kamdesk.ask("history", planned["id"]))
    kamdesk.do("undo")
    assert kamdesk.ask("visits")[0]["state"] == "planned"
    assert kamdesk.ask("promises") == []
    kamdesk.do("undo", "--redo")
    assert kamdesk.ask("visits")[0]["state"] == "closed"
    assert kamdesk.ask("check")["ok"] is True


def test_lists_carry_ids_and_the_columns_of_the_list(kamdesk: CommandLine) -> None:
    kamdesk.do("visit", "plan", "KA-001", "--at", "2026-03-13 09:00", "--with", "李敏")
    kamdesk.do("visit", "log", "KA-002", "--promise", "theirs: 名单 by 2026-03-01 @王芳")
    accounts, people = kamdesk.ask("accounts"), kamdesk.ask("people")
    visits, promises = kamdesk.ask("visits"), kamdesk.ask("promises")
    assert {"name", "short_name", "number", "city", "owner", "last_visit"} <= set(accounts[0])
    assert {"name", "post", "account", "account_name", "last_met"} <= set(people[0])
    assert {"account", "account_name", "start", "kind", "state", "objective"} <= set(visits[0])
    assert {"account_name", "side", "words", "owner", "due", "overdue"} <= set(promises[0])
    for one in (*accounts, *people, *visits, *promises):
        assert len(bytes.fromhex(one["id"])) == 16
    assert (promises[0]["owner"], promises[0]["overdue"]) == ("王芳", True)
    (grid,) = [one for one in accounts if one["number"] == "KA-001"]
    assert grid["next_visit"] == "2026-03-13T09:00:00+08:00"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("accounts", "--city", "上海"), ["华东电网有限公司"]),
        (("accounts", "--tag", "重点"), ["华东电网有限公司"]),
        (("accounts", "--text", "ka-002"), ["北方钢铁集团"]),
        (("accounts", "--class", "core"), []),
        (("accounts", "--limit", "1"), ["北方钢铁集团"]),
        (("people", "--account", "KA-001"), ["李敏", "王建国"]),
        (("people", "--post", "采购"), ["李敏"]),
        (("people", "--text", "王"), ["王建国", "王芳"]),
    ],
)
def test_a_list_is_narrowed(kamdesk: CommandLine, words: tuple[str, ...], names: list[str]) -> None:
    assert [one["name"] for one in kamdesk.ask(*words)] == names


def test_visits_are_narrowed_by_day_state_and_person(kamdesk: CommandLine) -> None:
    for at, who in (("2026-03-10 09:00", "李敏"), ("2026-03-20 09:00", "王建国")):
        kamdesk.do("visit", "plan", "KA-001", "--at", at, "--with", who)
    kamdesk.do("visit", "log", "KA-002", "--at", "2026-03-11 10:00", "--with", "王芳")

    def days(*words: str) -> list[str]:
        return [one["start"][:10] for one in kamdesk.ask("visits", *words)]

    assert days() == ["2026-03-20", "2026-03-11", "2026-03-10"]
    assert days("--from", "2026-03-10", "--to", "2026-03-11") == ["2026-03-10", "2026-03-11"]
    assert days("--state", "held") == ["2026-03-11"]
    assert days("--person", "李敏") == ["2026-03-10"]
    assert days("--account", "KA-001", "--from", "2026-03-15") == ["2026-03-20"]


def test_a_record_is_named_in_many_ways(kamdesk: CommandLine) -> None:
    planned = kamdesk.ask("visit", "plan", "KA-001", "--at", "2026-03-12 14:00")
    names = ("KA-001", "华东电网有限公司", "华东电网", "电网", "hddw", planned["account"])
    assert {kamdesk.ask("show", name)["number"] for name in names} == {"KA-001"}
    visits = (planned["id"], planned["id"][-10:], "华东电网 2026-03-12", "KA-001 2026-03-12 14:00")
    assert {kamdesk.ask("show", name)["id"] for name in visits} == {planned["id"]}
    assert kamdesk.ask("show", "wangfang")["name"] == "王芳"


def test_several_that_fit_are_listed_and_refused(kamdesk: CommandLine) -> None:
    done = kamdesk.run("show", "王", "--json")
    assert (done.status, len(done.err.splitlines())) == (1, 1)
    assert {one["title"] for one in done.data} == {"王建国 (华东电网)", "王芳 (北方钢铁集团)"}
    assert "王建国" in kamdesk.run("show", "王").out


def test_a_sheet_shows_what_is_held(kamdesk: CommandLine) -> None:
    kamdesk.do("visit", "log", "KA-001", "--with", "李敏", "--fact", "预算已批", "--said", "一\n二")
    assert "采购经理" in kamdesk.do("show", "KA-001").out
    shown = kamdesk.do("show", "华东电网 2026-03-12").out
    assert "预算已批" in shown
    assert kamdesk.ask("show", "李敏")["visits"][0]["state"] == "held"


def test_what_was_learnt_may_stay_on_this_computer(kamdesk: CommandLine) -> None:
    kamdesk.do("visit", "log", "KA-001", "--fact", "预算已批", "--fact-here", "他要走")
    facts = kamdesk.ask("show", "华东电网 2026-03-12")["facts"]
    assert {fact["words"]: fact["here"] for fact in facts} == {"预算已批": False, "他要走": True}
    (line,) = [
        one for one in kamdesk.do("show", "华东电网 2026-03-12").out.splitlines() if "他要走" in one
    ]
    assert "computer" in line or "本机" in line


def test_the_chain_is_given_as_data(kamdesk: CommandLine) -> None:
    desk = kamdesk.desk()
    (account,) = desk.accounts.ask.by_number("KA-001")
    (wang,) = desk.people.ask.named("王建国")
    chain = desk.chain.open_map(account)
    desk.chain.seat(chain, wang)
    from kamdesk.domain.chain.standing import What

    desk.chain.judge(desk.chain.reading(chain, wang, What.STANCE, "1", on=desk.clock.today()))
    desk.close()
    (person,) = kamdesk.ask("chain", "KA-001")["people"]
    assert (person["name"], person["stance"], person["influence"]) == ("王建国", 1, None)
    assert kamdesk.ask("chain", "KA-001", "--as-of", "2026-03-01")["people"][0]["stance"] is None
    assert "王建国" in kamdesk.do("chain", "KA-001").out


def test_a_brief_is_made_for_its_reader(kamdesk: CommandLine, tmp_path: Path) -> None:
    kamdesk.do("visit", "plan", "KA-001", "--at", "today 14:00", "--with", "李敏")
    kamdesk.do("visit", "plan", "KA-002", "--at", "today 16:00")
    out = tmp_path / "briefs.pdf"
    done = kamdesk.ask("brief", "--day", "2026-03-12", "-o", out, "--for", "boss", "--lang", "both")
    assert (done["pages"], len(done["visits"])) == (4, 2)
    assert len(pypdfium2.PdfDocument(out)) == 4
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "table-page" in kamdesk.refused(
        "brief", "--day", "today", "-o", out, "--for", "customer"
    )
    assert "No visit is planned" in kamdesk.refused("brief", "--day", "2026-04-01", "-o", out)
    assert "belongs to one visit" in kamdesk.refused(
        "brief", "--day", "today", "-o", out, "--table-page", tmp_path / "t.pdf"
    )
    assert "no folder" in kamdesk.refused(
        "brief", "--day", "today", "-o", tmp_path / "no" / "x.pdf"
    )


def test_papers_of_a_day_and_for_the_customer(kamdesk: CommandLine, tmp_path: Path) -> None:
    kamdesk.do("visit", "plan", "KA-001", "--at", "today 07:00", "--topic", "技术交流")
    kamdesk.do("visit", "plan", "KA-002", "--at", "today 16:00")
    out = tmp_path / "paper.pdf"
    done = kamdesk.ask("paper", "day", "--day", "2026-03-12", "-o", out, "--lang", "both")
    assert (done["kind"], len(done["visits"])) == ("day", 2)
    assert len(pypdfium2.PdfDocument(out)) == 1 + 2 * 2
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    visit = done["visits"][0]["id"]
    made = kamdesk.ask("paper", "minutes", visit, "-o", out, "--without", "next-step")
    assert made["left_out"] == 0
    assert "技术交流" in pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
    kamdesk.do("paper", "table", visit, "-o", out)
    free = ("paper", "day", "--day", "2026-04-01", "-o", out)
    assert "No visit is planned" in kamdesk.refused(*free)
    assert "never for the customer" in kamdesk.refused(*free, "--for", "customer")


def test_papers_of_a_decision_chain(kamdesk: CommandLine, tmp_path: Path) -> None:
    for file, start, more in (
        ("m.pdf", b"%PDF", ("--paper", "a3")),
        ("m.svg", b"<?xml", ("--by-influence",)),
        ("m.png", b"\x89PNG", ("--polite",)),
    ):
        out = tmp_path / file
        assert kamdesk.ask("paper", "map", "KA-001", "-o", out, *more)["kind"] == "map"
        assert out.read_bytes().startswith(start)
    kamdesk.do("paper", "film", "KA-001", "-o", tmp_path / "f.pdf", "--apart", "30")
    earlier = ("--earlier", "2025-06-01", "--earlier", "2025-09-30")
    kamdesk.do("paper", "film", "KA-001", "-o", tmp_path / "e.pdf", *earlier)
    assert "three days" in kamdesk.refused(
        "paper", "film", "KA-001", "-o", tmp_path / "e.pdf", "--earlier", "2025-06-01"
    )
    table, sheet = tmp_path / "i.pdf", tmp_path / "k.pdf"
    kamdesk.do("paper", "influence", "KA-001", "-o", table, "--tick", "motives", "--lang", "en")
    assert "Nobody is on the map yet." in words_of(table)
    kamdesk.do("paper", "key_people", "KA-001", "-o", sheet, "--lang", "zh")
    assert "华东电网" in words_of(sheet)
    misused = (
        ("film", "KA-001", "-o", tmp_path / "f.svg"),
        ("film", "KA-001", "-o", tmp_path / "f.pdf", "--polite"),
        ("map", "-o", tmp_path / "m.pdf"),
    )
    for words, why in zip(misused, ("ends in", "do not go together", "is missing"), strict=True):
        done = kamdesk.run("paper", *words)
        assert done.status == 2
        assert why in done.err
    assert "no map" in kamdesk.refused(
        "paper", "map", "KA-001", "--map", "Nowhere", "-o", tmp_path / "m.pdf"
    )


def test_what_is_exported_comes_back_unchanged(kamdesk: CommandLine, tmp_path: Path) -> None:
    for what in ("accounts", "people"):
        for ending in ("csv", "xlsx"):
            file = tmp_path / f"{what}.{ending}"
            rows = kamdesk.ask("export", file, "--what", what)["rows"]
            report = kamdesk.ask("import", file, "--dry-run", "--as", what)
            assert (report["same"], report["rejected"]) == (rows, [])
    assert (
        kamdesk.ask("export", tmp_path / "p.csv", "--what", "people", "--account", "KA-002")["rows"]
        == 1
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_invented_territory_exported_comes_back_unchanged(tmp_path: Path, language: str) -> None:
    kamdesk = CommandLine(tmp_path)
    kamdesk.do("demo", kamdesk.workspace, "--accounts", 20, "--lang", language)
    for what in ("accounts", "people"):
        file = tmp_path / f"{what}.csv"
        rows = kamdesk.ask("export", file, "--what", what, "--lang", language)["rows"]
        report = kamdesk.ask("import", file, "--dry-run")
        assert (report["same"], report["warnings"], report["left_over"]) == (rows, [], [])


def test_an_import_says_which_columns_it_takes_and_which_not(
    kamdesk: CommandLine, tmp_path: Path
) -> None:
    file, bad = tmp_path / "new.csv", tmp_path / "bad.csv"
    file.write_text("客户名称,城市,星座\n南方航空,广州,狮子座\n", "utf-8")
    bad.write_text("a,b\n1,2\n", "utf-8")
    looked = kamdesk.do("import", file, "--dry-run").out
    assert "1 row; new 1" in looked
    assert "城市 → City" in looked
    assert "Columns that found no field: 星座." in looked
    assert "found no field: 星座" in kamdesk.do("import", file).out
    refused = kamdesk.run("import", file, bad)
    assert refused.status == 1
    assert "“bad.csv” cannot be imported: None of its columns is known: a, b." in refused.err


def test_an_import_reports_what_it_did_and_did_not(kamdesk: CommandLine, tmp_path: Path) -> None:
    file, report = tmp_path / "new.csv", tmp_path / "report.json"
    rejected = tmp_path / "rejected.csv"
    file.write_text("客户名称,城市\n南方航空,广州\n,无名\n华东电网有限公司,杭州\n", "utf-8")
    looked = kamdesk.ask("import", file, "--dry-run")
    done = kamdesk.ask("import", file, "--report", report, "--rejected", rejected)
    assert {"rows", "new", "updated", "same", "conflicts", "rejected"} <= set(done)
    assert (
        (done["rows"], done["new"], done["updated"])
        == (3, 1, 1)
        == tuple(looked[key] for key in ("rows", "new", "updated"))
    )
    assert set(done["rejected"][0]) >= {"row", "field", "reason"}
    assert json.loads(report.read_text("utf-8"))["new"] == 1
    assert "无名" in rejected.read_text("utf-8-sig")
    again = kamdesk.ask("import", file)
    assert (again["new"], again["updated"]) == (0, 0)
    mapped = tmp_path / "map.toml"
    mapped.write_text('kind = "accounts"\n[columns]\n"客户名称" = "name"\n', "utf-8")
    assert kamdesk.ask("import", file, "--map", mapped, "--dry-run")["left_over"] == ["城市"]
    kamdesk.do("undo")
    assert len(kamdesk.ask("accounts")) == 2


def test_undo_says_what_it_left_as_it_is(kamdesk: CommandLine) -> None:
    kamdesk.do("visit", "plan", "KA-001", "--at", "2026-03-13 09:00")
    assert "Plan visit" in kamdesk.do("undo").out
    assert kamdesk.ask("visits") == []
    for _ in range(8):
        if kamdesk.run("undo").status:
            break
    assert "nothing to undo" in kamdesk.refused("undo")


def test_reading_runs_beside_the_open_window_and_writing_refuses(kamdesk: CommandLine) -> None:
    window = kamdesk.desk()
    try:
        assert len(kamdesk.ask("accounts")) == 2
        assert kamdesk.ask("search", "李敏")
        for words in (("visit", "plan", "KA-001"), ("undo",), ("visit", "log", "KA-001")):
            assert kamdesk.refused(*words) == (
                "KamDesk is open; close it or do this in the window."
            )
        checked = kamdesk.ask("check")
        assert (checked["ok"], checked["checked_pages"]) == (True, False)
    finally:
        window.close()


def test_the_program_itself_prints_json_and_leaves_with_a_status(kamdesk: CommandLine) -> None:
    listed = kamdesk.program("accounts", "--json")
    assert (listed.returncode, listed.stderr, len(json.loads(listed.stdout))) == (0, "", 2)
    refused = kamdesk.program("show", "nobody of this name")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert kamdesk.program("frobnicate").returncode == 2
    assert kamdesk.program("--version").stdout.startswith("KamDesk ")


def test_the_passphrase_stands_in_no_argument_and_no_output(kamdesk: CommandLine) -> None:
    done = kamdesk.program("check")
    assert PASSPHRASE not in done.stdout + done.stderr


def test_a_reader_who_has_enough_ends_it_quietly(kamdesk: CommandLine) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kamdesk", "accounts", "--json"],
        env={**kamdesk.kept(), **kamdesk.environment()},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout
        assert child.stderr
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(60) == 0


def test_a_list_costs_only_what_it_uses(kamdesk: CommandLine) -> None:
    code = (
        "import sys; sys.argv = ['kamdesk', 'accounts'];"
        "from kamdesk.__main__ import main\n"
        "try: main()\n"
        "except SystemExit as end: status = end.code\n"
        "heavy = 'reportlab PySide6 keyring openpyxl sqlite_utils pypinyin logging httpx PIL'\n"
        "print(status, [name for name in heavy.split() if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**kamdesk.kept(), **kamdesk.environment()},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "0 []", done


def test_the_reading_child_is_the_program_itself(kamdesk: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("客户名称,城市\n南方航空,广州\n", "utf-8")
    with (tmp_path / "a.csv").open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-m", "kamdesk", "--parse"],
            env={**kamdesk.kept(), **kamdesk.environment()},
            stdin=file,
            capture_output=True,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "南方航空".encode() in done.stdout


def test_a_visit_planned_on_a_day_that_is_past_is_told(kamdesk: CommandLine) -> None:
    words = ("visit", "plan", "KA-001", "--with", "李敏", "--at")
    assert "That day is past" in kamdesk.do(*words, "2025-03-12 14:00").out
    assert "That day is past" not in kamdesk.do(*words, "today 14:00").out


def test_what_a_consultant_never_reads_is_told_when_it_is_ticked(
    kamdesk: CommandLine, tmp_path: Path
) -> None:
    kamdesk.do("visit", "plan", "KA-001", "--at", "today 14:00", "--with", "李敏")
    made = ("brief", "--account", "KA-001", "-o", tmp_path / "b.pdf", "--tick", "motives")
    assert "never holds: motives" in kamdesk.do(*made, "--for", "consultant").out
    assert "never holds" not in kamdesk.do(*made).out
