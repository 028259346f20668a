"""Numbers, money, days and words as people write them, in English and Chinese."""

import contextlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.assets import install_words
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import LANGUAGES
from kamdesk.domain.accounts.model import (
    CLASS_WORDS,
    ORGANISATION_WORDS,
    AccountClass,
    Organisation,
)
from kamdesk.transfer.amounts import Unreadable, read_currency, read_money, read_number
from kamdesk.transfer.content import (
    digits_of,
    full_salesforce_id,
    is_phone,
    is_salesforce_id,
    normal_key,
    ticker,
)
from kamdesk.transfer.days import (
    days_come_first,
    read_any_day,
    read_birthday,
    read_moment,
    read_time,
)
from kamdesk.transfer.fields import Reads
from kamdesk.transfer.values import Value, is_nothing, read_value
from kamdesk.transfer.writers.plain_table import as_text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234", "1234"), ("1 234", "1234"), ("１２３", "123"), ("1.234,50", "1234.50"),
        ("1,5", "1.5"), ("1,00,000", "100000"), ("(123)", "-123"), ("-5", "-5"),
        ("35000+人", "35000"), ("约500人", "500"), ("1.2万", "12000"), ("3亿", "300000000"),
        ("1000以上", "1000"), ("2.5k", "2500"), ("1.2 million", "1200000"), ("5万人", "50000"),
    ],
)  # fmt: skip
def test_numbers(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "abc", "1.2.3", "12a", "--5", "9" * 20, "500-999人", "1,2,3", "０x10"]
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(Unreadable):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "unit", "amount", "currency"),
    [
        ("1.2亿元", "", "120000000", "CNY"), ("$5M", "", "5000000", "USD"),
        ("1000", "万元", "10000000", "CNY"), ("5000万人民币", "", "50000000", "CNY"),
        ("1,234万元", "万元", "12340000", "CNY"), ("USD 1.5bn", "", "1500000000", "USD"),
        ("139000000", "", "139000000", ""), ("12.5", "USD m", "12500000", "USD"),
        ("3亿", "万元", "300000000", "CNY"), ("1234元", "万元", "1234", "CNY"),
        ("HK$3,000", "", "3000", "HKD"),
    ],
)  # fmt: skip
def test_money(text: str, unit: str, amount: str, currency: str) -> None:
    assert read_money(text, unit=unit) == (Decimal(amount), currency)


def test_currencies() -> None:
    assert [read_currency(one) for one in ("人民币", "usd", "€", "NOK")] == [
        "CNY", "USD", "EUR", "NOK",
    ]  # fmt: skip
    with pytest.raises(Unreadable):
        read_currency("Muscheln")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-08", (2024, 3, 8)), ("2024年3月8日", (2024, 3, 8)), ("20240308", (2024, 3, 8)),
        ("2024.03.08", (2024, 3, 8)), ("2024/3/8 08:00", (2024, 3, 8)),
        ("2024-01-22T14:49:34.000+0000", (2024, 1, 22)), ("02/23/26 08:55 PM", (2026, 2, 23)),
        ("31/12/2025", (2025, 12, 31)), ("3.8.2024", (2024, 8, 3)), ("8 Mar 1980", (1980, 3, 8)),
        ("March 8th, 1980", (1980, 3, 8)), ("45123", (2023, 7, 16)),
    ],
)  # fmt: skip
def test_days(text: str, day: tuple[int, int, int]) -> None:
    assert read_any_day(text) == date(*day)


@pytest.mark.parametrize("text", ["", "2024-02-30", "soon", "0", "13/13/2024", "Foo 8, 1980"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(Unreadable):
        read_any_day(text)


def test_the_order_of_day_and_month_is_settled_by_the_column() -> None:
    assert days_come_first(["02/03/2024", "31/12/2024"])
    assert not days_come_first(["02/03/2024", "12/31/2024"])
    assert read_any_day("02/03/2024") == date(2024, 2, 3)
    assert read_any_day("02/03/2024", day_first=True) == date(2024, 3, 2)


def test_birthdays_may_lack_the_year() -> None:
    assert [read_birthday(one) for one in ("3月8日", "--03-08", "1980-3-8", "02/29/85")[:3]] == [
        "--03-08", "--03-08", "1980-03-08",
    ]  # fmt: skip
    assert read_birthday("2月29日") == "--02-29"
    with pytest.raises(Unreadable):
        read_birthday("13月8日")


def test_the_many_words_for_nothing() -> None:
    assert all(is_nothing(one) for one in ("", " ", "-", "—", "N/A", "NULL", "暂无", "无", "#N/A"))
    assert not any(is_nothing(one) for one in ("Null Island", "无锡", "0", "Na"))


def test_yes_and_no() -> None:
    assert [read_value(Reads.YES_NO, one).value for one in ("是", "TRUE", "√", "Public")] == [
        True
    ] * 4
    assert [read_value(Reads.YES_NO, one).value for one in ("否", "0", "未上市")] == [False] * 3
    with pytest.raises(Unreadable):
        read_value(Reads.YES_NO, "vielleicht")


def test_choices_and_lists() -> None:
    assert read_value(Reads.ORGANISATION, "央企").value is Organisation.CENTRAL_SOE
    assert read_value(Reads.CLASS, "高潜力").value is AccountClass.HIGH_POTENTIAL
    assert read_value(Reads.LIST, "重点；华东, 重点、VIP").value == ("重点", "华东", "VIP")
    with pytest.raises(Unreadable):
        read_value(Reads.ORGANISATION, "有限责任公司")


def test_a_bad_phone_mail_or_code_is_kept_with_a_warning() -> None:
    assert read_value(Reads.PHONE, "(512) 757-6000") == Value("(512) 757-6000")
    assert read_value(Reads.PHONE, "010-62345678转801；13800138000").warning is None
    for reads, text in ((Reads.PHONE, "ask Wang"), (Reads.EMAIL, "a@b"),
                        (Reads.CREDIT_CODE, "91110000100000000X")):  # fmt: skip
        read = read_value(reads, text)
        assert read.value == text
        assert read.warning is not None


def test_more_than_one_mail_leaves_the_others_over() -> None:
    assert read_value(Reads.EMAIL, "a@b.cn; c@d.cn") == Value("a@b.cn", left="c@d.cn")


def test_a_range_gives_its_lower_end_with_a_warning() -> None:
    read = read_value(Reads.WHOLE, "500-999人")
    assert (read.value, read.left) == (500, "500-999人")
    assert read.warning is not None


def test_tickers_have_one_form() -> None:
    said = ("600336", "sz000001", "000001.SZ", "SH600336", "600336.SS", "430047", "123456")
    assert [ticker(one) for one in said] == [
        "600336.SH", "000001.SZ", "000001.SZ", "600336.SH", "600336.SH", "430047.BJ", "",
    ]  # fmt: skip


def test_salesforce_ids_of_15_and_18_signs_are_one() -> None:
    assert is_salesforce_id("001bm00001ZL8U9AAL")
    assert not is_salesforce_id("001bm00001ZL8U9AAA")
    assert full_salesforce_id("001bm00001ZL8U9") == "001bm00001ZL8U9AAL"
    assert normal_key("salesforce", " 001bm00001ZL8U9 ") == "001bm00001ZL8U9AAL"
    assert normal_key("ticker", "600336") == "600336.SH"
    assert normal_key("list:x", " 007 ") == "007"


def test_telephones_are_compared_by_their_digits() -> None:
    same = ("+86 138 0013 8000", "13800138000", "0086-13800138000", "１３８００１３８０００")
    assert {digits_of(one) for one in same} == {"13800138000"}
    assert digits_of("010-62345678 转 801") == "01062345678"
    assert not is_phone("1991-04-03x")


def test_text_that_is_no_text_is_refused() -> None:
    with pytest.raises(RuleBroken):
        read_value(Reads.LINE, "北\0京")


@given(st.sampled_from([one for one in Reads if one is not Reads.MONEY]), st.text(max_size=40))
def test_any_text_is_read_or_refused_in_words(reads: Reads, text: str) -> None:
    with contextlib.suppress(Unreadable, RuleBroken):
        read_value(reads, text)


@given(st.text(max_size=40), st.text(max_size=10))
def test_any_amount_is_read_or_refused_in_words(text: str, unit: str) -> None:
    with contextlib.suppress(Unreadable):
        read_money(text, unit=unit)


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_words_read_back_in_both_languages(language: str) -> None:
    install_words()
    for organisation, words in ORGANISATION_WORDS.items():
        said = as_text(words, language)
        assert read_value(Reads.ORGANISATION, said).value is organisation
    for named, words in CLASS_WORDS.items():
        assert read_value(Reads.CLASS, as_text(words, language)).value is named


@given(st.lists(st.text("aé三,，；、| .&-", min_size=1).map(str.strip).filter(bool), unique=True))
def test_a_list_written_reads_back_as_it_was(parts: list[str]) -> None:
    parts = list(dict.fromkeys(" ".join(part.split()) for part in parts))
    assert read_value(Reads.LIST, as_text(tuple(parts), "en")).value == tuple(parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a, b，c", ("a", "b", "c")),
        ("Cenyue Bearings Co., Ltd., Cenyue", ("Cenyue Bearings Co., Ltd.", "Cenyue")),
        ("Yiting Hospital, Shanghai;", ("Yiting Hospital, Shanghai",)),
        ("x, y; z", ("x, y", "z")),
    ],
)
def test_lists_part_at_commas_only_where_no_semicolon_does(
    text: str, parts: tuple[str, ...]
) -> None:
    assert read_value(Reads.LIST, text).value == parts


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-12 14:30", "2026-03-12T14:30"),
        ("2026-03-12T09:05:00Z", "2026-03-12T09:05"),
        ("2026年3月12日 下午2点30分", "2026-03-12T14:30"),
        ("3/12/2026 2:05 PM", "2026-03-12T14:05"),
        ("46093.604166667", "2026-03-12T14:30"),
        ("5 March 2026", "2026-03-05"),
        ("2026/3/12", "2026-03-12"),
        ("2026-03-12 25:00", "2026-03-12"),
    ],
)
def test_a_day_keeps_its_time_where_the_cell_says_one(text: str, moment: str) -> None:
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "time"),
    [("14:30", "14:30"), ("9：05", "09:05"), ("下午2点", "14:00"), ("12:10 am", "00:10"),
     ("10:00-11:30", "10:00")],
)  # fmt: skip
def test_times_as_people_write_them(text: str, time: str) -> None:
    assert read_time(text) == time


@pytest.mark.parametrize("text", ["", "soon", "25:00", "9:75", "14"])
def test_what_is_no_time_is_told(text: str) -> None:
    with pytest.raises(Unreadable):
        read_time(text)
