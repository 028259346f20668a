"""The week plan and the month on paper: all of them is said, whatever it is, in both tongues."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from support.hostile_strings import short

from kamdesk import assets
from kamdesk.core import wording
from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text
from kamdesk.domain.visits.model import VisitState
from kamdesk.domain.week.model import Bond, Reason
from kamdesk.dossier.week_read import Away, Place, Unplaced, WeekDay, WeekItem, WeekRead, What
from kamdesk.dossier.week_told import DayTold, Left, Line, WeekTold
from kamdesk.papers.month.content import CoreCustomer, Month
from kamdesk.papers.month.drawing import draw_month
from kamdesk.papers.week_plan.drawing import draw_week

MONDAY = date(2026, 3, 16)
HOSTILE = short()[::199]
NOW = Instant.at(date(2026, 3, 13), 16)
LONG = "华东重型机械装备制造与智能化改造工程技术研究开发股份有限公司苏州工业园区分公司第二事业部"


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with wording.catalogues(assets.catalogue):
        yield


def an_item(n: int, name: str = "", **fields) -> WeekItem:
    return WeekItem(
        **{
            "key": n.to_bytes(16, "big"),
            "what": What.VISIT,
            "name": name or f"客户{n}",
            "account": AccountId(Id(n.to_bytes(16, "big"))),
            "bond": Bond.FREE,
            "place": Place(
                "昆山", f"前进路 {n} 号", f"东门 {n}", Spot(31.4, 120.9 + n / 100), True
            ),
            "at": 1,
            "contact": f"王{n}",
            "phone": f"1380000{n:04d}",
            "reasons": (Reason(Text("{n} day over", "{n} days over", n=n + 2), 12.0),),
        }
        | fields
    )


def a_week(
    lines: list[tuple[int, WeekItem, int]] = (),  # type: ignore[assignment]
    left: tuple[Left, ...] = (),
    away: dict[int, Away] | None = None,
    **fields,
) -> WeekTold:
    """Return a week of (day, item, begins)."""
    days = []
    for n in range(7):
        day = WeekDay(
            day=MONDAY + timedelta(days=n),
            works=n < 5,
            at=n if n < 5 else None,
            away=((away or {})[n],) if n in (away or {}) else (),
        )
        here = [
            Line(item, begins, begins + item.minutes, 20, item.visit is None)
            for of, item, begins in lines
            if of == n
        ]
        days.append(DayTold(day=day, lines=tuple(here), drive_back=20 if here else 0))
    read = WeekRead(
        monday=MONDAY,
        now=NOW,
        days=tuple(day.day for day in days),
        due=tuple(one.item for one in left),
        places=(Place(spot=Spot(31.3, 120.6), sure=True),),
        **fields,
    )
    return WeekTold(read=read, days=tuple(days), left=left, is_proposal=True)


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [
            document[n].get_textpage().get_text_range().replace("\r\n", "")
            for n in range(len(document))
        ]
    finally:
        document.close()


def forty() -> list[tuple[int, WeekItem, int]]:
    return [(n % 5, an_item(n, minutes=45), 510 + 65 * (n // 5)) for n in range(40)]


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_forty_visits_are_all_there_whom_when_why_where(language) -> None:
    first, *rest = pages(draw_week(a_week(forty()), language=language, made_by="林晓彤"))
    said = "".join(rest)
    for n in range(40):
        assert f"客户{n}" in first
        assert f"前进路 {n} 号" in said
        assert f"东门 {n}" in said
        assert f"1380000{n:04d}" in said
    assert "周一" in first if language != "en" else "Mon" in first
    assert "40" in first


def test_appointments_are_not_counted_as_visits() -> None:
    office = {"what": What.APPOINTMENT, "account": None, "contact": "", "phone": "", "reasons": ()}
    lines = [(0, an_item(1), 600), (0, an_item(2, "晨会", **office), 510)]
    lines.append((4, an_item(3, "周报", **office), 510))
    first, *rest = pages(draw_week(a_week(lines), language="en"))
    said = "".join(rest)
    assert "周报" in first
    assert "1 visit" in said
    assert not any(words in said for words in ("0 visits", "2 visits"))


def test_a_proposal_says_who_is_left_out_why_and_what_it_costs() -> None:
    left = Left(an_item(7, "远洲"), Text("No day has room left for it"), 95)
    none = Left(an_item(8, "栩樾"), Text("No day has room left for it"), None)
    said = "".join(pages(draw_week(a_week(left=(left, none)), language="en")))
    assert "远洲" in said
    assert "No day has room left for it" in said
    assert "+95 min" in said
    assert "not possible" in said


def test_what_is_not_judged_is_said_with_the_names() -> None:
    told = a_week(
        not_judged=(Text("{n} customer is due", n=2),),
        unplaced=(Unplaced(AccountId(Id(b"1" * 16)), "无地址"),),
    )
    said = "".join(pages(draw_week(told, language="en")))
    assert "2 customer is due" in said
    assert "无地址" in said


def test_an_empty_week_says_so_on_one_page() -> None:
    found = pages(draw_week(a_week(), language="en"))
    assert len(found) == 1
    assert "Nothing is planned in this week." in found[0]


def test_long_names_are_whole_and_clashes_are_named() -> None:
    item = an_item(1, LONG, minutes=15, is_clash=True)
    told = a_week([(0, item, 540), (0, an_item(2, minutes=30), 545)])
    first, *rest = pages(draw_week(told, language="en"))
    assert LONG in "".join(rest)
    assert "客户2" in first
    assert "cannot be met as it stands" in "".join(rest)


def test_an_absence_and_a_holiday_stand_in_their_day() -> None:
    told = a_week(away={2: Away(0, 1440, "休假", True), 3: Away(540, 720, "", False)})
    days = list(told.days)
    days[4] = replace(days[4], day=replace(days[4].day, holiday="清明节", works=False))
    (first,) = pages(draw_week(replace(told, days=tuple(days)), language="en"))
    assert "休假" in first
    assert "清明节" in first
    assert first.count("Not available") == 2  # in the day, and in the legend


def test_a_weekend_is_shown_when_something_stands_there() -> None:
    (bare,) = pages(draw_week(a_week(), language="en"))
    assert "Sat" not in bare
    first, *_ = pages(draw_week(a_week([(5, an_item(1), 540)]), language="en"))
    assert "Sat" in first
    assert "Sun" not in first


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_can_be_drawn(hostile: str) -> None:
    place = Place(hostile, hostile, hostile, Spot(31.4, 120.9), True)
    reasons = (Reason(Text("due there as well: {names}", names=(hostile,)), 1.0),)
    item = an_item(1, hostile, place=place, contact=hostile, topic=hostile, reasons=reasons)
    told = a_week(
        [(0, item, 540)],
        left=(Left(item, Text("No day has room left for it"), 5),),
        away={1: Away(0, 1440, hostile, True)},
        unplaced=(Unplaced(AccountId(Id(b"1" * 16)), hostile),),
    )
    assert pages(draw_week(told, language="both", made_by=hostile))


def test_the_same_week_gives_the_same_bytes() -> None:
    assert draw_week(a_week(forty()), language="zh") == draw_week(a_week(forty()), language="zh")


# ---- the month


def a_month(per_day: int = 0, **fields) -> Month:
    first = date(2026, 2, 23)
    days = tuple(
        WeekDay(
            day=first + timedelta(days=n),
            works=n % 7 < 5,
            items=tuple(
                an_item(n * 50 + m, begins=540 + 30 * m, state=VisitState.HELD)
                for m in range(per_day)
            ),
        )
        for n in range(42)
    )
    return Month(first=date(2026, 3, 1), as_of=NOW, days=days, **fields)


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_a_month_says_who_of_the_core_was_seen(language) -> None:
    core = (
        CoreCustomer(name="未见", last=Day(2026, 1, 26), due=Day(2026, 2, 25)),
        CoreCustomer(name="从未"),
        CoreCustomer(name="下月", due=Day(2026, 2, 26), next=Day(2026, 4, 8)),
        CoreCustomer(
            name="见过", seen=(Day(2026, 3, 3), Day(2026, 3, 9)), planned=(Day(2026, 3, 24),)
        ),
    )
    month = a_month(core=core, due={Day(2026, 3, 20): ("到期客户",)})
    first, *rest = pages(draw_month(month, language=language))
    said = "".join(rest)
    assert "1 / 4" in first
    assert "到期客户" in first
    assert "到期客户" in said
    for words in ("未见", "2026-01-26", "从未", "03-03", "03-09", "03-24", "2026-04-08"):
        assert words in said
    assert "2026-02-26" not in said


def test_who_is_late_stands_on_today_with_a_sign_of_its_own() -> None:
    first, *rest = pages(draw_month(a_month(late=("逾期客户",)), language="en"))
    assert "◆ 逾期客户" in first
    assert "逾期客户" in "".join(rest)
    assert "overdue, shown on today" in first


def test_the_month_says_only_what_the_signs_mean_that_stand_there() -> None:
    (only,) = pages(draw_month(a_month(), language="en"))
    assert "day off" in only
    for meant in ("bold", "plain", "not planned", "overdue", "or away"):
        assert meant not in only


def test_what_has_no_room_in_a_day_is_counted_there_and_listed_behind() -> None:
    first, *rest = pages(draw_month(a_month(12), language="en"))
    assert "more" in first
    said = "".join(rest)
    month = a_month(12)
    names = [i.name for day in month.days if month.holds(day.day) for i in day.items]
    assert all(name in said for name in names)


def test_days_of_other_months_are_blank_and_an_empty_month_is_one_page() -> None:
    (only,) = pages(draw_month(a_month(), language="en"))
    assert "2026-03" in only
    assert "31" in only
    document = pages(draw_month(replace(a_month(), knows_holidays=False), language="en"))
    assert "There is no list of public holidays for 2026" in document[0]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_a_month_of_any_text_can_be_drawn(hostile: str) -> None:
    month = a_month(core=(CoreCustomer(name=hostile),), due={Day(2026, 3, 20): (hostile,)})
    days = tuple(
        replace(day, holiday=hostile, items=(an_item(1, hostile, begins=540),), notes=(hostile,))
        for day in month.days
    )
    assert pages(draw_month(replace(month, days=days, made_by=hostile), language="zh"))
