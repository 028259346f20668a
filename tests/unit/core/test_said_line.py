"""A line as one types it becomes a text, a day and an owner, in both languages."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kamdesk.core.text.said_days import find_day, read_whole_day
from kamdesk.core.text.said_line import Part, read_line

THURSDAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-01", "2026-04-01"),
        ("2026/4/1", "2026-04-01"),
        ("2026年4月1日", "2026-04-01"),
        ("1.4.2026", "2026-04-01"),
        ("3月18日", "2026-03-18"),
        ("3 月 18 日 周三", "2026-03-18"),
        ("三月十八号", "2026-03-18"),
        ("３月１８日", "2026-03-18"),
        ("2月29日", "2028-02-29"),
        ("1月5日", "2027-01-05"),
        ("明年1月5日", "2027-01-05"),
        ("15号前", "2026-03-15"),
        ("下个月5号", "2026-04-05"),
        ("今天", "2026-03-12"),
        ("明天", "2026-03-13"),
        ("后天", "2026-03-14"),
        ("大后天", "2026-03-15"),
        ("周三", "2026-03-18"),
        ("周四", "2026-03-19"),
        ("本周五", "2026-03-13"),
        ("下周三", "2026-03-18"),
        ("下个星期三", "2026-03-18"),
        ("下下周一", "2026-03-23"),
        ("周五前", "2026-03-13"),
        ("最迟周五", "2026-03-13"),
        ("周末", "2026-03-15"),
        ("下周", "2026-03-20"),
        ("月底", "2026-03-31"),
        ("下月底", "2026-04-30"),
        ("5月底前", "2026-05-31"),
        ("4月上旬", "2026-04-10"),
        ("月初", "2026-04-05"),
        ("年底", "2026-12-31"),
        ("季度末", "2026-03-31"),
        ("下季度", "2026-06-30"),
        ("二季度", "2026-06-30"),
        ("明年一季度", "2027-03-31"),
        ("下半年", "2026-12-31"),
        ("三天内", "2026-03-15"),
        ("十五天内", "2026-03-27"),
        ("两周后", "2026-03-26"),
        ("半个月内", "2026-03-27"),
        ("半年内", "2026-09-12"),
        ("5个工作日内", "2026-03-19"),
        ("两个月内", "2026-05-12"),
        ("国庆前", "2026-09-30"),
        ("today", "2026-03-12"),
        ("tomorrow", "2026-03-13"),
        ("day after tomorrow", "2026-03-14"),
        ("Friday", "2026-03-13"),
        ("by Friday", "2026-03-13"),
        ("next Wed", "2026-03-18"),
        ("this Thursday", "2026-03-12"),
        ("thu", "2026-03-19"),
        ("18 March", "2026-03-18"),
        ("Mar 18th", "2026-03-18"),
        ("March 18, 2027", "2027-03-18"),
        ("the 20th", "2026-03-20"),
        ("18.3.", "2026-03-18"),
        ("3/18", "2026-03-18"),
        ("18/3", "2026-03-18"),
        ("in 2 weeks", "2026-03-26"),
        ("within three working days", "2026-03-17"),
        ("two months from now", "2026-05-12"),
        ("in a fortnight", "2026-03-26"),
        ("end of the month", "2026-03-31"),
        ("end of next month", "2026-04-30"),
        ("mid April", "2026-04-15"),
        ("EOW", "2026-03-13"),
        ("next week", "2026-03-20"),
        ("in May", "2026-05-31"),
        ("Q2", "2026-06-30"),
        ("2027 Q1", "2027-03-31"),
        ("+3", "2026-03-15"),
    ],
)
def test_a_day_is_read_as_it_is_said(text: str, day: str) -> None:
    assert str(read_whole_day(text, THURSDAY)) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "给 12 个月停机记录",
        "12月停机记录",
        "3号楼 502",
        "二号产线数据",
        "每周一例会",
        "一周一次报告",
        "下周报价模板",
        "3.2 万元",
        "3-5 天的培训",
        "we sat with them",
        "may 5 people come",
        "31.2.",
        "2026-13-01",
        "99999天内",
        "一百零二天",
    ],
)
def test_words_that_only_look_like_a_day_stay_words(text: str) -> None:
    assert find_day(text, THURSDAY) is None


@pytest.mark.parametrize("text", ["昨天", "本周三", "2025-04-01", "1.3.2026", "yesterday"])
def test_a_day_that_is_past_is_told_and_never_taken(text: str) -> None:
    said = read_line(f"给方案 {text}", THURSDAY)
    assert said.day is None
    assert said.past is not None
    assert said.past < THURSDAY
    assert text in said.words
    assert read_whole_day(text, THURSDAY) is None


def test_of_two_days_the_one_set_as_a_term_counts() -> None:
    said = read_line("compare the Q2 figures by next Friday", THURSDAY)
    assert said.day == date(2026, 3, 20)
    assert said.words == "compare the Q2 figures"
    assert read_line("12 月停机记录 下周三", THURSDAY).words == "12 月停机记录"


@pytest.mark.parametrize(
    ("text", "words", "owner"),
    [
        ("给方案 下周三 @李敏", "给方案", "李敏"),
        ("@李敏 下周三给方案", "给方案", "李敏"),
        ("给方案@李敏 下周三", "给方案", "李敏"),
        ("send the ROI model next Wed @Li Min", "send the ROI model", "Li Min"),
        ("@Li Min send the ROI model next Wed", "send the ROI model", "Li Min"),
        ("下周三 给 12 个月停机记录 sjg", "给 12 个月停机记录", "sjg"),
        ("sjg 下周三 给 12 个月停机记录", "给 12 个月停机记录", "sjg"),
        ("@李敏给方案 下周三", "给方案", "李敏"),
    ],
)
def test_a_line_is_text_day_and_owner(text: str, words: str, owner: str) -> None:
    said = read_line(text, THURSDAY, is_name={"sjg", "李敏", "li min"}.__contains__)
    assert said == (words, date(2026, 3, 18), (owner,), None, said.spans)
    parts = {span.part: text[span.start : span.end].strip(" @") for span in said.spans}
    assert parts[Part.OWNER] == owner
    assert parts[Part.DAY] in ("下周三", "next Wed")


def test_an_address_is_no_owner_and_a_lone_name_is_text() -> None:
    assert read_line("write to li@lanchuan.cn", THURSDAY).owners == ()
    assert read_line("李敏", THURSDAY, is_name=lambda _: True).words == "李敏"
    two = read_line("一起给方案 @李敏 @王强 周五", THURSDAY)
    assert two.owners == ("李敏", "王强")
    assert two.words == "一起给方案"


def test_an_at_that_names_nobody_is_no_word() -> None:
    assert read_line("send the model @", THURSDAY).words == "send the model"
    assert read_line("给方案 ＠", THURSDAY).words == "给方案"


def test_a_fact_keeps_its_days() -> None:
    said = read_line("预算 4月1日 批 @李敏", THURSDAY, takes_day=False)
    assert said.words == "预算 4月1日 批"
    assert said.day is None


LINES = some.text(
    some.sampled_from("一二三十月日号周下本前内天年底初 @.,/-+0123456789abmayinQ李敏星期季\n\u0301")
    | some.characters(),
    max_size=60,
)


@given(LINES, some.dates(date(1971, 1, 1), date(9000, 1, 1)))
def test_any_line_is_read_and_nothing_typed_is_lost(text: str, today: date) -> None:
    said = read_line(text, today, is_name=lambda token: token.startswith("李"))
    assert said.day is None or said.day >= today
    assert len(said.words) <= len(text) + len(said.spans)
    kept = "".join(said.words.split())
    assert all(char in text for char in kept)
    ends = 0
    for span in said.spans:  # in order, apart, inside the text
        assert ends <= span.start < span.end <= len(text)
        ends = span.end


@given(some.dates(date(1971, 1, 1), date(8994, 1, 1)), some.integers(0, 2000))
def test_an_iso_day_to_come_is_that_day(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert read_whole_day(day.isoformat(), today) == day
    assert read_whole_day(f"{day.year}年{day.month}月{day.day}日", today) == day


@pytest.mark.parametrize(
    "piece", ["周", "1", "下", "in ", "3月", " ", "十", "@", "end-", "a.", "李敏 "]
)
def test_a_hundred_thousand_characters_cost_no_more_than_a_thousand(piece: str) -> None:
    asked: list[str] = []

    def is_name(token: str) -> bool:
        asked.append(token)
        return False

    text = (piece * 100_000)[:100_000]
    said = read_line(text, THURSDAY, is_name=is_name)
    assert all(span.end <= 1_000 for span in said.spans)
    assert sum(map(len, asked)) <= 400_000
    long = len(asked)
    asked.clear()
    read_line(text[:1_000], THURSDAY, is_name=is_name)
    assert long <= len(asked) + 4


@pytest.mark.parametrize(
    "text",
    ["十二三号前", "三月半号", "一半天后", "半半月1日", "十十天后", "二半号前", "半十号前", "7٣月"],
)
def test_what_only_looks_like_a_number_is_no_day(text: str) -> None:
    assert find_day(text, THURSDAY) is None


@pytest.mark.parametrize(("text", "day"), [("٣天后", "2026-03-15"), ("٣月1号", "2027-03-01")])
def test_digits_of_any_script_are_digits(text: str, day: str) -> None:
    said = find_day(text, THURSDAY)
    assert said is not None
    assert said.day.isoformat() == day
