"""Real lists through the whole road: taken, taken again, found by pinyin, undone."""

from pathlib import Path

import pytest

from kamdesk.core.errors import RuleBroken
from kamdesk.workspace import Workspace

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
COMPANIES = DATA / "5_companies_cn"
SALESFORCE = DATA / "1_crm"
CARDS = sorted((DATA / "2_vcard").rglob("*.vcf"))

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not on this machine")


def taken(desk: Workspace, path: Path) -> tuple[int, int, int, int, int]:
    """Import a file and return rows, new, updated, same, conflicts and rejected together."""
    shown = desk.imports.look(path)
    desk.imports.take(shown)
    report = shown.report
    lost = report.rows - report.new - report.updated - report.same
    assert lost == report.conflicts + len({one.row for one in report.rejected})
    return report.rows, report.new, report.updated, report.same, lost


@pytest.fixture
def listed(desk: Workspace) -> Workspace:
    assert taken(desk, COMPANIES / "a_share_basic_2026_utf8bom.csv") == (5448, 5448, 0, 0, 0)
    return desk


def test_the_list_of_2026_again_changes_nothing(listed: Workspace) -> None:
    before = listed.storage.reader.ask("SELECT max(lid) FROM op").value()
    assert taken(listed, COMPANIES / "a_share_basic_2026_utf8bom.csv") == (5448, 0, 0, 5448, 0)
    assert listed.storage.reader.ask("SELECT max(lid) FROM op").value() == before


def test_the_list_of_2019_meets_3409_by_ticker_and_merges_none_by_name(listed: Workspace) -> None:
    rows, new, updated, same, lost = taken(listed, COMPANIES / "a_share_basic_2019_utf8.csv")
    assert (rows, new, updated + same, lost) == (3621, 212, 3409, 0)
    assert listed.accounts.ask.count() == 5448 + 212
    keys = listed.storage.reader.ask(
        "SELECT count(*), count(DISTINCT key), count(DISTINCT record) FROM known_as"
        " WHERE of_kind = 'account' AND NOT gone"
    )
    assert len(set(keys[0])) == 1


def test_a_name_is_found_as_people_type_it(listed: Workspace) -> None:
    for typed in ("茅台", "gzmt", "maotai", "guizhoumaotai", "600519"):
        assert listed.search.find(typed)[0].title == "贵州茅台", typed


def test_undone_the_import_leaves_an_empty_desk_with_its_history(listed: Workspace) -> None:
    account = listed.accounts.ask.by_name("贵州茅台")[0]
    listed.undo.undo()
    assert listed.accounts.ask.count() == 0
    assert listed.search.find("茅台") == []
    assert len(listed.history.of("account", account)) >= 4


@pytest.mark.parametrize(
    ("folder", "accounts", "people", "found"),
    [("salesforce_devorg_export", 18, 25, 25), ("salesforce_datacloud_workshop", 22, 102, 18)],
)
def test_people_of_a_salesforce_export_find_their_customer(
    desk: Workspace, folder: str, accounts: int, people: int, found: int
) -> None:
    assert taken(desk, SALESFORCE / folder / "Account.csv")[1] == accounts
    assert taken(desk, SALESFORCE / folder / "Contact.csv")[1] == people
    lines = desk.people.ask.lines()
    assert len(lines) == people
    assert sum(line.account is not None for line in lines) == found
    assert taken(desk, SALESFORCE / folder / "Contact.csv")[3] == people


@pytest.mark.parametrize(
    "path",
    sorted((DATA / "2_vcard").rglob("*.vcf")),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_real_cards_come_in_once(desk: Workspace, path: Path) -> None:
    if path.name == "Empty.vcf":
        with pytest.raises(RuleBroken, match="holds no rows"):
            desk.imports.look(path)
        return
    rows, new, updated, same, lost = taken(desk, path)
    assert new + updated + same + lost == rows
    before = desk.storage.reader.ask("SELECT max(lid) FROM op").value()
    assert taken(desk, path)[1:3] == (0, 0)
    assert desk.storage.reader.ask("SELECT max(lid) FROM op").value() == before
    assert desk.people.ask.count() == new
