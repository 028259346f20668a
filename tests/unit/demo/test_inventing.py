from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from kamdesk.demo.chance import Hand, dice, weighted
from kamdesk.demo.firms import Registry, cities, credit_code, grade_of, segments
from kamdesk.demo.material import Line
from kamdesk.demo.names import invent, rare
from kamdesk.demo.story import STAGES, at_stage, matter
from kamdesk.demo.voice import amount, said_day
from kamdesk.demo.workdays import Diary, holidays, spring_festival, working, works
from kamdesk.domain.accounts.credit_code import credit_code_is_right
from kamdesk.domain.accounts.model import AccountClass, Organisation

AREA = Line("二号线", "line 2")


def test_dice_fall_the_same_by_name() -> None:
    assert [dice(1, "a").random() for _ in range(3)] == [dice(1, "a").random() for _ in range(3)]
    assert dice(1, "a").random() != dice(2, "a").random()
    assert Counter(weighted(dice(n), [("x", 9), ("y", 1)]) for n in range(200))["x"] > 150


def test_a_hand_draws_every_line_before_one_comes_twice() -> None:
    pool = tuple(Line(str(n), str(n)) for n in range(7))
    hand = Hand(dice("hand"))
    first = [hand.some(("deck",), pool) for _ in pool]
    assert sorted(first) == sorted(pool)
    assert hand.draw(("deck",), pool, lambda line: line.zh == "3") == pool[3]
    assert hand.draw(("deck",), pool, lambda line: line.zh == "9") is None


def test_eighty_accounts_have_eight_core_and_the_rest_by_class() -> None:
    assert Counter(grade_of(index) for index in range(160)) == {
        AccountClass.CORE: 16,
        AccountClass.HIGH_POTENTIAL: 40,
        AccountClass.MAINTAIN: 64,
        AccountClass.TO_IMPROVE: 40,
    }


def test_credit_codes_fit_both_check_characters() -> None:
    chance = dice("codes")
    for city in cities():
        for organisation in (Organisation.PRIVATE, Organisation.GOVERNMENT):
            code = credit_code(chance, organisation, city.code)
            assert credit_code_is_right(code)
            assert code[2:8] == city.code


def test_a_registry_gives_each_name_once() -> None:
    registry = Registry()
    firms = [registry.firm(index, dice(index), "zh", None) for index in range(600)]
    assert len({firm.name.zh for firm in firms}) == 600
    assert len({firm.short.zh for firm in firms}) == 600
    assert 190 <= sum(firm.abroad for firm in firms) <= 210
    assert {firm.posts for firm in firms} == {
        "private",
        "foreign",
        "soe",
        "hospital",
        "university",
        "government",
    }


def test_a_part_of_a_group_bears_its_brand() -> None:
    registry = Registry()
    group = registry.firm(10, dice(10), "zh", None)
    part = registry.firm(13, dice(13), "zh", group)
    assert part.brand == group.brand
    assert group.brand[0] in part.name.zh


def test_chinese_names_are_read_family_first() -> None:
    chance = dice("names")
    for _ in range(300):
        name = invent(chance)
        assert name.written == name.family + name.given
        assert name.read == f"{name.family_read} {name.given_read}"
        assert name.call("zh", "总") == name.family + "总"
        assert name.call("en", "总").split()[1] == name.family_read


def test_foreign_names_are_said_as_they_say_them() -> None:
    tan = invent(dice("tan"), "english")
    assert tan.call("zh", "总") == tan.call("en", "总") == tan.given
    sato = invent(dice("sato"), "japanese")
    assert sato.call("zh", "部长") == sato.family + "部长"
    assert sato.read.endswith(sato.family_read)


def test_two_names_lie_beyond_the_first_plane() -> None:
    assert sum(any(ord(sign) > 0xFFFF for sign in name.written) for name in rare()) == 2


def test_people_are_met_on_working_days() -> None:
    assert not works(date(2026, 2, 17))
    assert not works(date(2026, 3, 14))
    assert works(date(2026, 3, 12))
    assert working(date(2026, 10, 3)) == date(2026, 10, 8)
    assert working(date(2026, 10, 3), back=True) == date(2026, 9, 30)
    assert spring_festival(2027) == date(2027, 2, 6)
    assert holidays(2050)


def test_a_diary_never_gives_an_hour_twice() -> None:
    diary, chance = Diary(), dice("diary")
    day = date(2026, 3, 9)
    taken = []
    for n in range(40):
        found = diary.take(0, day, "call" if n % 3 == 0 else "visit", chance)
        assert found
        taken.append(found)
    spans = sorted((start.ms, start.plus(minutes=minutes).ms) for start, minutes in taken)
    assert all(end <= after for (_, end), (after, _) in pairwise(spans))
    assert diary.take(0, day, "visit", chance, before=day) is None


def test_a_day_kept_free_is_not_given() -> None:
    diary, day = Diary(), date(2026, 3, 12)
    diary.keep_free(0, day)
    found = diary.take(0, day, "visit", dice("free"))
    assert found
    assert found[0].day == date(2026, 3, 13)
    other = diary.take(1, day, "visit", dice("free"))
    assert other
    assert other[0].day == day


def test_a_matter_goes_through_its_stages_in_order() -> None:
    start = date(2024, 1, 8)
    found = matter(dice("matter"), "cbm", AREA, start)
    stages = [found.stage(start + timedelta(n)) for n in range(900)]
    assert list(dict.fromkeys(stages)) == list(STAGES)


def test_a_matter_can_stand_where_the_story_wants_it() -> None:
    day = date(2026, 3, 12)
    found = at_stage(dice("star"), "cbm", AREA, "decide", day, 180)
    assert found.stage(day) == "decide"
    assert found.stage(day - timedelta(5)) == "decide"
    assert found.start < day - timedelta(200)


def test_amounts_and_days_are_said_as_people_say_them() -> None:
    assert amount(180) == Line("180 万元", "RMB 1.8 million")
    assert amount(16) == Line("16 万元", "RMB 160,000")
    assert said_day(date(2026, 3, 27)) == Line("3 月 27 日", "27 March")


def test_trades_name_their_industry_and_places() -> None:
    assert all(len(segment.areas) >= 4 and segment.industry.zh for segment in segments())
