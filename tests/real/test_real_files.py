"""Real files nobody here wrote: each is imported, or refused in plain words, within limits."""

import json
from pathlib import Path

import pytest

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.transfer.duplicates import propose
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.foreign import read_all
from kamdesk.transfer.known import Known, KnownRecords
from kamdesk.transfer.preview import Preview, preview, read_table
from kamdesk.transfer.writers.delimited import write_delimited
from kamdesk.transfer.writers.workbook import write_workbook

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
HERE = DATA.is_dir()

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not HERE, reason="the folder with real files is not beside the project"),
]

ACCOUNTS, PEOPLE = ImportKind.ACCOUNTS, ImportKind.PEOPLE
SALESFORCE = DATA / "1_crm" / "salesforce_devorg_export"
WORKSHOP = DATA / "1_crm" / "salesforce_datacloud_workshop"
SHARES = DATA / "5_companies_cn"
SPECTRUM = DATA / "9_hostile" / "csv-spectrum"


def every(*patterns: str) -> list[object]:
    return [
        pytest.param(path, id=f"{path.parent.name}/{path.name}")
        for pattern in patterns
        for path in sorted(DATA.glob(pattern))
    ] or [pytest.param(DATA, marks=pytest.mark.skip(reason="no such files here"))]


def previewed(path: Path, known: KnownRecords | None = None, **wishes: object) -> Preview:
    records = KnownRecords() if known is None else known
    return preview(read_table(path), known=lambda _: records, **wishes)  # type: ignore[arg-type]


def kept(records: KnownRecords) -> KnownRecords:
    """Return the records as if they had been imported and read again."""
    return KnownRecords(
        Known(
            name=one.name, id=Id(place.to_bytes(16, "big")), keys=one.keys, values=one.values,
            account_keys=one.account_keys,
        )
        for place in range(len(records))
        for one in (records[place],)
    )  # fmt: skip


FOREIGN = every(
    "1_crm/*/*.csv", "4_contacts_csv/*/*.csv", "4_contacts_csv/*/*.txt", "5_companies_cn/*.csv",
    "9_hostile/csv-spectrum/*.csv", "9_hostile/synthetic/*.csv", "9_hostile/synthetic/*.xlsx",
    "9_hostile/xlsx_calamine/*", "9_hostile/csv_injection/*", "9_hostile/blns/*",
    "2_vcard/**/*.vcf", "9_hostile/synthetic/*.ics",
)  # fmt: skip


@pytest.mark.parametrize("path", FOREIGN)
def test_a_file_is_read_or_refused_naming_it(path: Path) -> None:
    try:
        _, rows = read_all(path)
    except RuleBroken as told:
        said = told.said.plain
        named = path.name in said
        broke = "broke the reader" in said
        assert (named, broke) == (True, False), said
    else:
        numbers = [row.number for row in rows]
        assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    "path",
    every(
        "1_crm/*/Account.csv", "1_crm/*/Contact.csv", "1_crm/*/Lead.csv", "1_crm/*/accounts.csv",
        "1_crm/salesforce_cli_delimiters/*.csv", "4_contacts_csv/*/*.csv",
        "4_contacts_csv/*/*.txt", "5_companies_cn/a_share*.csv", "9_hostile/synthetic/*.csv",
        "9_hostile/synthetic/formula*.xlsx",
    ),
)  # fmt: skip
def test_importing_a_file_twice_changes_nothing(path: Path) -> None:
    known = KnownRecords()
    figures = previewed(path, known).report
    assert figures.rows > 0
    assert figures.rows == (
        figures.new + figures.updated + figures.same + figures.conflicts
        + len({one.row for one in figures.rejected})
    )  # fmt: skip
    again = previewed(path, kept(known)).report
    assert (again.new, again.updated) == (0, 0)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("OpportunityHistory.csv", "steps of opportunities"),
        ("Task.csv", "tasks"),
        ("Case.csv", "cases"),
        ("Campaign.csv", "campaigns"),
        ("CampaignMember.csv", "campaign members"),
        ("AccountContactRelation.csv", "relations between"),
        ("Branch__c.csv", "other records"),
    ],
)
def test_other_records_of_salesforce_are_told_not_taken_for_customers(name: str, said: str) -> None:
    for path in (DATA / "1_crm").glob(f"*/{name}"):
        with pytest.raises(RuleBroken, match=f"Its ids are those of {said}"):
            previewed(path)


@pytest.mark.parametrize(
    ("path", "rows", "kind"),
    [
        (SHARES / "a_share_basic_2026_utf8bom.csv", 5_448, ACCOUNTS),
        (SHARES / "a_share_basic_2019_utf8.csv", 3_621, ACCOUNTS),
        (SALESFORCE / "Account.csv", 18, ACCOUNTS),
        (SALESFORCE / "Contact.csv", 25, PEOPLE),
        (SALESFORCE / "Lead.csv", 22, PEOPLE),
        (SALESFORCE / "Opportunity.csv", 36, ImportKind.OPPORTUNITIES),
        (WORKSHOP / "Account.csv", 22, ACCOUNTS),
        (WORKSHOP / "Contact.csv", 102, PEOPLE),
        (WORKSHOP / "Lead.csv", 60, PEOPLE),
        (WORKSHOP / "Opportunity.csv", 50, ImportKind.OPPORTUNITIES),
        (DATA / "1_crm/maven_crm_sales/accounts.csv", 85, ACCOUNTS),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else str(value),
)
def test_the_figures_of_the_sources_are_met(path: Path, rows: int, kind: ImportKind) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} is not in this copy")
    seen = previewed(path)
    assert seen.mapping.kind is kind
    assert (seen.report.rows, seen.report.new, seen.report.rejected) == (rows, rows, ())


def test_a_real_list_in_gbk_is_read() -> None:
    path = DATA / "4_contacts_csv" / "gbk" / "gbk_quote_list_code.csv"
    if not path.exists():
        pytest.skip("the list in GBK is not in this copy")
    file, rows = read_all(path)
    assert file.about is not None
    assert file.about.encoding == "gb18030"
    assert len([row for row in rows if row.refused is None]) in (3_075, 3_076)


def test_shares_are_known_by_their_tickers_over_both_lists() -> None:
    known = KnownRecords()
    old = previewed(SHARES / "a_share_basic_2019_utf8.csv", known)
    assert (old.mapping.source, old.mapping.key) == ("ticker", "code")
    assert old.judgements[0].candidate.key == ("ticker", "600336.SH")
    new = previewed(SHARES / "a_share_basic_2026_utf8bom.csv", kept(known)).report
    assert new.rows == 5_448
    assert new.new < 5_448 - 3_000
    assert new.conflicts == 0


def test_contacts_find_their_customers_by_salesforce_key() -> None:
    for folder, people in ((SALESFORCE, 25), (WORKSHOP, 102)):
        known = KnownRecords()
        previewed(folder / "Account.csv", known)
        seen = previewed(folder / "Contact.csv", accounts=lambda known=known: known)
        at = [one.candidate.given().get("account") for one in seen.judgements]
        assert len(at) == people
        assert not [one for one in seen.report.warnings if one.field == "account_key"]
    assert seen.judgements[1].candidate.given()["account"] == "Walker Henson and Compton"


@pytest.mark.parametrize("path", every("9_hostile/csv-spectrum/*.csv"))
def test_the_spectrum_of_csv_is_read_as_expected(path: Path) -> None:
    _, rows = read_all(path, separator=",")
    names = rows[0].cells
    said = [dict(zip(names, [*row.cells, *[""] * len(names)], strict=False)) for row in rows[1:]]
    # The file's own line ends were lost on their way here; the words of both must agree.
    expected = json.loads(path.with_suffix(".json").read_text("utf-8").replace("\\r\\n", "\\n"))
    assert [{key: cell.replace("\r\n", "\n") for key, cell in row.items()} for row in said] == (
        expected
    )


def test_all_delimiters_of_one_table_are_read_alike() -> None:
    folder = DATA / "1_crm" / "salesforce_cli_delimiters"
    tables = {path.name: [row.cells for row in read_all(path)[1]] for path in folder.glob("*.csv")}
    single = tables.pop("single-column.csv")
    assert len(tables) == 7
    assert all(table == tables["comma.csv"] for table in tables.values())
    assert single == [row[:1] for row in tables["comma.csv"]]
    assert len(single) == 11


def test_hostile_rows_are_refused_by_number() -> None:
    folder = DATA / "9_hostile" / "synthetic"
    refused = {
        name: [(one.row, one.field) for one in previewed(folder / name).report.rejected]
        for name in ("utf8_then_gbk_rows.csv", "quote_never_closed.csv",
                     "mixed_newlines_nul_bom_midfile.csv")
    }  # fmt: skip
    assert refused == {
        "utf8_then_gbk_rows.csv": [(3, "")],
        "quote_never_closed.csv": [(2, "")],
        "mixed_newlines_nul_bom_midfile.csv": [(3, "city")],
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("synthetic/zip_bomb_one_cell_100MB.xlsx", "more than 100 times its size"),
        ("synthetic/billion_laughs_sharedStrings.xlsx", "damaged"),
        ("xlsx_calamine/pass_protected.xlsx", "encrypted"),
    ],
)
def test_hostile_files_are_refused_in_plain_words(name: str, said: str) -> None:
    path = DATA / "9_hostile" / name
    if not path.exists():
        pytest.skip(f"{path.name} is not in this copy")
    with pytest.raises(RuleBroken, match=said):
        read_all(path)


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("9_hostile/synthetic/vcard_agent_nested_2000.vcf", [""]),
        ("9_hostile/synthetic/vcard_photo_local_and_remote_uri.vcf", ["张三"]),
        ("2_vcard/openharmony_zh/zh_qp_two_cards.vcf", ["外公", ""]),
    ],
)
def test_cards_are_rows_and_what_they_point_at_is_not_followed(name: str, names: list[str]) -> None:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{path.name} is not in this copy")
    _, rows = read_all(path)
    assert [row.cells[0] for row in rows[1:]] == names
    assert not any("://" in cell for row in rows[1:] for cell in row.cells)


def test_naughty_strings_survive_both_exports(tmp_path: Path) -> None:
    naughty = json.loads((DATA / "9_hostile/blns/blns.json").read_text("utf-8"))
    payloads = (DATA / "9_hostile/csv_injection/csv-payload.txt").read_text("utf-8").splitlines()
    texts = [text for text in (*naughty, *payloads) if text and "\0" not in text]
    rows = [[text.replace("\ufeff", "").replace("\ufffe", ""), 1] for text in texts]
    write_delimited(tmp_path / "out.csv", ["words", "n"], rows, language="en")
    write_workbook(tmp_path / "out.xlsx", ["words", "n"], rows, language="en", sheet="x")
    for name in ("out.csv", "out.xlsx"):
        _, back = read_all(tmp_path / name, **({"separator": ","} if name == "out.csv" else {}))
        assert [row.cells[0] for row in back[1:]] == [row[0] for row in rows]


def test_the_duplicates_among_5448_shares_are_few() -> None:
    known = KnownRecords()
    previewed(SHARES / "a_share_basic_2026_utf8bom.csv", known)
    without_keys = [
        Known(name=known[place].name, values=known[place].values) for place in range(len(known))
    ]
    assert len(propose([known[place] for place in range(len(known))])) == 0
    assert len(propose(without_keys)) < 200
