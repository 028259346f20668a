"""vCard 2.1, 3.0 and 4.0 become rows: folded, quoted-printable, Chinese, limited."""

import io

import pytest

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import say
from kamdesk.transfer.found import About, RawRow, Remark
from kamdesk.transfer.readers.card_lines import properties
from kamdesk.transfer.readers.cards import HEADINGS, MOST_CARDS, read_cards


def cards(text: str | bytes) -> list[dict[str, str]]:
    return [dict(zip(HEADINGS, row.cells, strict=True)) for row in rows(text)]


def rows(text: str | bytes) -> list[RawRow]:
    raw = text if isinstance(text, bytes) else text.encode()
    found = list(read_cards(io.BytesIO(raw)))
    assert isinstance(found[0], About)
    return [one for one in found if isinstance(one, RawRow)][1:]


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def test_a_chinese_phones_card_in_quoted_printable_over_soft_line_breaks() -> None:
    found = cards(
        card(
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E9=99=88;=E7=AB=8B=E6=96=B0;;;",
            "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=AB=8B=E6=96=B0=",
            "=E9=99=88",
            "ORG;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=C0=BD=B4=A8=D6=E1=B3=D0",
            "TEL;CELL:13800138000",
            "TEL;WORK;FAX:0510-1",
            version="2.1",
        )
    )
    assert found[0]["FN"] == "陈立新"
    assert (found[0]["ORG"], found[0]["TEL cell"], found[0]["TEL"]) == (
        "澜川轴承",
        "13800138000",
        "",
    )
    assert found[0]["NOTE"] == "tel work fax: 0510-1"


def test_folded_lines_groups_escapes_and_uris() -> None:
    found = cards(
        card(
            "FN:Simon Perr",
            " eault",
            "item1.EMAIL;TYPE=INTERNET:b@example.org",
            "EMAIL;PREF=1:a@example.org",
            'TEL;VALUE=uri;TYPE="work,voice":tel:+1-418-656-9254;ext=102',
            "NOTE:one\\, two\\nthree\\\\n",
            "BDAY:--0203",
            "IMPP:wechat:simon-p",
            "UID:urn:uuid:4fbe8971",
            version="4.0",
        )
    )[0]
    assert found["FN"] == "Simon Perreault"
    assert found["EMAIL"] == "a@example.org"
    assert found["TEL"] == "+1-418-656-9254"
    assert found["BDAY"] == "--02-03"
    assert found["WECHAT"] == "simon-p"
    assert found["NOTE"].splitlines() == ["one, two", "three\\n", "email: b@example.org"]


def test_a_card_in_gbk_without_a_word_about_it() -> None:
    assert (
        cards(card("FN:李敏", "TITLE:财务总监", version="2.1").encode("gb18030"))[0]["FN"] == "李敏"
    )


def test_groups_firms_and_empty_cards_are_refused_one_by_one() -> None:
    found = rows(card("FN:All of us", "KIND:group") + card("FN:Rose") + card("REV:1"))
    assert [row.refused is None for row in found] == [False, True, False]
    assert [row.number for row in found] == [1, 2, 3]


def test_cards_within_cards_and_a_card_without_an_end() -> None:
    inner = card("FN:Secretary", version="2.1")
    found = cards(f"BEGIN:VCARD\r\nFN:Boss\r\nAGENT:\r\n{inner}TITLE:CEO\r\n")
    assert [(one["FN"], one["TITLE"]) for one in found] == [("Boss", "CEO")]


def test_pictures_are_told_and_not_gathered() -> None:
    photo = "PHOTO;ENCODING=b:" + "\r\n ".join(["A" * 70] * 50)
    said = list(read_cards(io.BytesIO(card("FN:Rose", photo).encode())))
    assert [say(one.said, "en") for one in said if isinstance(one, Remark)] == [
        "1 picture is not taken."
    ]
    assert all("AAAA" not in cell for row in said if isinstance(row, RawRow) for cell in row.cells)


def test_more_than_5_000_cards_are_refused() -> None:
    with pytest.raises(RuleBroken, match="more than 5000 cards"):
        rows(card("FN:x") * (MOST_CARDS + 1))


def test_a_value_folded_for_ever_is_cut() -> None:
    lines = ["NOTE:a", *(" bbbbbbbbbb" for _ in range(100))]
    assert [(len(one.value), cut) for one, cut in properties(lines, longest=50)] == [(45, True)]
