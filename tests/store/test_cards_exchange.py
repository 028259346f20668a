"""People go out as vCards and come back; visits come in at the command line."""

import json
from pathlib import Path

import pytest
from support.commands import CommandLine

CARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:陈;立新;;陈总;\r\nFN:陈立新\r\nORG:澜川精密轴承有限公司\r\n"
    "TITLE:总经理\r\nTEL;TYPE=CELL:138 0013 8000\r\nUID:a-1\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:All\r\nKIND:group\r\nEND:VCARD\r\n"
)


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    monkeypatch.chdir(tmp_path)
    made = CommandLine(tmp_path).made()
    (tmp_path / "a.csv").write_text("客户名称\n澜川精密轴承有限公司\n", "utf-8")
    made.do("import", "a.csv")
    (tmp_path / "people.vcf").write_bytes(CARDS.encode())
    return made


def test_cards_come_in_twice_and_change_nothing_the_second_time(line: CommandLine) -> None:
    first = line.ask("import", "people.vcf")
    assert (first["rows"], first["new"], len(first["rejected"])) == (2, 1, 1)
    again = line.ask("import", "people.vcf")
    assert (again["new"], again["updated"], again["same"]) == (0, 0, 1)
    (person,) = line.ask("people")
    assert (person["name"], person["post"]) == ("陈立新", "总经理")


def test_cards_go_out_folded_without_notes_and_come_back_the_same(
    line: CommandLine, tmp_path: Path
) -> None:
    line.do("import", "people.vcf")
    done = line.do("export", "out.vcf")
    assert done.lines == ["1 card is in out.vcf."]
    written = (tmp_path / "out.vcf").read_bytes()
    assert all(len(part) <= 75 for part in written.split(b"\r\n"))
    assert b"NOTE" not in written
    assert "ORG:澜川精密轴承有限公司" in written.replace(b"\r\n ", b"").decode()
    back = line.ask("import", "out.vcf", "--dry-run")
    assert (back["new"], back["conflicts"], back["rejected"]) == (0, 0, [])
    assert line.run("export", "out.vcf", "--what", "accounts").status == 2


def test_visits_come_in_and_the_mapping_is_told_the_next_time(
    line: CommandLine, tmp_path: Path
) -> None:
    log = tmp_path / "log.csv"
    log.write_text("客户,日期,谈的\n澜川精密轴承有限公司,2024-03-01,价格\n", "utf-8")
    (tmp_path / "map.toml").write_text(
        'kind = "visits"\n[columns]\n"客户" = "account"\n"日期" = "day"\n"谈的" = "said"\n', "utf-8"
    )
    told = line.ask("import", "log.csv", "--as", "visits", "--map", "map.toml")
    assert (told["new"], told["mapped_before"]) == (1, None)
    log.write_text("客户,日期,谈的\n澜川精密轴承有限公司,2024-04-01,交期\n", "utf-8")
    again = line.do("import", "log.csv", "--report", "out.json")
    assert any(part.startswith("  Mapped as on 2026-") for part in again.lines)
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["new"] == 1
    visits = line.ask("visits")
    assert sorted(one["start"][:10] for one in visits) == ["2024-03-01", "2024-04-01"]
