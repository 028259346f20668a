"""Addresses as people write them are found, or said to be unsure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.domain.travel.districts import districts, stem
from kamdesk.domain.travel.places import located

MESSY = [
    ("江苏苏州昆山市前进东路1号", "", "苏州市昆山市"),
    ("昆山", "", "苏州市昆山市"),
    ("江苏省苏州市常熟市东南开发区", "", "苏州市常熟市"),
    ("苏州工业园区星湖街328号", "", "苏州工业园区"),
    ("合肥市经济技术开发区", "", "合肥经济技术开发区"),
    ("四川省成都市高新区天府大道", "", "成都高新区"),
    ("上海市黄浦区南京东路100号", "", "上海市黄浦区"),
    ("南京东路100号", "上海", "上海市"),
    ("鼓楼区中山路18号", "徐州", "徐州市鼓楼区"),
    ("西安长安区", "", "西安市长安区"),
    ("玉山镇", "昆山", "苏州市昆山市"),
    ("吉林昌邑区", "", "吉林市昌邑区"),
    ("内蒙古包头", "", "包头市"),
    ("仙桃市", "", "湖北省仙桃市"),
    ("香港九龙", "", "香港特别行政区"),
    ("88 Xinghu Street, Suzhou Industrial Park, Jiangsu 215000, China", "", "苏州工业园区"),
    ("No. 5 Qianjin East Road, Kunshan City, Jiangsu", "", "苏州市昆山市"),
    ("Building 3, Nanjing West Road, Shanghai", "", "上海市"),
    ("Suzhou", "", "苏州市"),
    ("Suzhou, Anhui", "", "宿州市"),
    ("Xi'an", "", "西安市"),
]
OLD_NAMES = [
    ("苏州市吴县木渎镇", "苏州市吴中区"),
    ("江苏省海门县解放路", "南通市海门区"),
    ("湖北襄樊", "襄阳市"),
    ("上海市闸北区", "上海市静安区"),
    ("宁波鄞县", "宁波市鄞州区"),
    ("无锡市崇安区", "无锡市梁溪区"),
    ("杭州市江干区", "杭州市上城区"),
]


@pytest.mark.parametrize(("address", "city", "district"), MESSY)
def test_messy_addresses_are_found(address: str, city: str, district: str) -> None:
    found = located(address, city)
    assert found is not None
    assert (found.district, found.sure) == (district, True)


@pytest.mark.parametrize(("address", "district"), OLD_NAMES)
def test_old_names_are_known(address: str, district: str) -> None:
    found = located(address)
    assert found is not None
    assert (found.district, found.sure) == (district, True)


def test_a_name_of_several_districts_says_which_and_asks_for_the_city() -> None:
    found = located("鼓楼区中山路18号")
    assert found is not None
    assert not found.sure
    assert found.within > 500
    assert found.said.plain == "“鼓楼区” is in 南京市, 徐州市, 福州市, 开封市: write the city"


def test_a_province_alone_is_no_place() -> None:
    found = located("", "", "河北省")
    assert found is not None
    assert not found.sure
    assert found.within > 100


def test_the_address_is_believed_before_what_stands_beside_it() -> None:
    found = located("苏州市昆山市前进路", "上海")
    assert found is not None
    assert found.district == "苏州市昆山市"
    other = located("浦东新区", "南京市")
    assert other is not None
    assert other.district == "上海市浦东新区"


@pytest.mark.parametrize("nothing", ["", "  ", "no place at all", "3号楼2001室", "北三环路"])
def test_what_names_no_place_is_not_known(nothing: str) -> None:
    assert located(nothing) is None


@given(st.text(max_size=300), st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_found_or_not(address: str, city: str, province: str) -> None:
    found = located(address, city, province)
    if found is not None:
        assert found.within >= 1
        assert found.district


def test_every_district_is_found_by_its_full_name() -> None:
    table = districts().by_code
    missed = []
    for one in table.values():
        if one.level < 2:
            continue
        above = "".join(table[c].name for c in (one.province, one.city) if c in table)
        found = located(above + one.name)
        if found is None or found.spot != one.spot:
            missed.append(one.name)
    assert len(missed) <= 2, missed


def test_the_table_is_small_and_whole() -> None:
    table = districts()
    assert len(table.by_code) > 3100
    for one in table.by_code.values():
        assert one.province in table.by_code
        assert 3 < one.spot.lat < 54
        assert 73 < one.spot.lon < 136


def test_names_lose_what_sort_of_place_they_are() -> None:
    assert [stem(name) for name in ("昆山市", "忠县", "浦东新区", "甘南藏族自治州")] == [
        "昆山",
        "忠县",
        "浦东",
        "甘南",
    ]
