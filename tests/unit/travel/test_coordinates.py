"""Points pasted from maps, typed or written in degrees become WGS-84, or are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.errors import RuleBroken
from kamdesk.core.spot import Spot, kilometres
from kamdesk.domain.travel.coordinates import From, read_pasted
from kamdesk.domain.travel.datum import from_baidu, from_gcj, to_gcj

BUND = Spot(31.2304, 121.4737)
LINKS = [
    ("https://uri.amap.com/marker?position=121.478223,31.228458&name=x", From.AMAP),
    ("https://www.amap.com/?q=31.228458,121.478223,name", From.AMAP),
    (
        "https://apis.map.qq.com/uri/v1/marker?marker=coord:31.228458,121.478223;title:x",
        From.TENCENT,
    ),
    ("https://map.qq.com/?type=marker&pointx=121.478223&pointy=31.228458", From.TENCENT),
    ("https://www.google.com/maps/@31.228458,121.478223,15z", From.GOOGLE),
    (
        "https://www.google.com/maps/place/x/@31.5,121.1,17z/data=!3m1!8m2!3d31.228458!4d121.478223",
        From.GOOGLE,
    ),
    ("https://maps.google.com/?q=31.228458%2C121.478223", From.GOOGLE),
    ("https://maps.apple.com/?ll=31.228458,121.478223", From.APPLE),
    ("https://api.map.baidu.com/marker?location=31.234205,121.484812&title=x", From.BAIDU),
    ("https://api.map.baidu.com/marker?location=31.228458,121.478223&coord_type=gcj02", From.BAIDU),
    ("https://www.openstreetmap.org/?mlat=31.2304&mlon=121.4737#map=15/31.5/121.1", From.OTHER_MAP),
    ("https://www.openstreetmap.org/#map=15/31.2304/121.4737", From.OTHER_MAP),
    ("geo:31.2304,121.4737;u=35", From.OTHER_MAP),
]
TYPED = [
    "31.2304, 121.4737",
    "31.2304，121.4737",
    "121.4737 31.2304",
    "N31.2304 E121.4737",
    "31.2304N 121.4737E",
    "E121.4737 N31.2304",
    "北纬31.2304度，东经121.4737度",
    "31°13'49.4\"N 121°28'25.3\"E",
    "31°13′49.4″, 121°28′25.3″",
    "Lat: 31.2304, Lon: 121.4737",
]
REFUSED = [
    "",
    "hello",
    "400-820-8820",
    "2026, 3",
    "N31 18 20 E120 35 10",
    "https://map.baidu.com/@13422711.5,3655513.1,15z",
    "91.5, 181.5",
]


@pytest.mark.parametrize(("link", "source"), LINKS)
def test_links_of_maps_hold_a_point(link: str, source: From) -> None:
    found = read_pasted(link)
    assert found.source is source
    assert kilometres(found.spot, BUND) < 0.02


@pytest.mark.parametrize("typed", TYPED)
def test_numbers_and_degrees_are_read(typed: str) -> None:
    found = read_pasted(typed)
    assert found.source is From.TYPED
    assert kilometres(found.spot, BUND) < 0.005


def point_of(pasted: str) -> Spot | None:
    try:
        return read_pasted(pasted).spot
    except RuleBroken:
        return None


@pytest.mark.parametrize("refused", REFUSED)
def test_what_holds_no_point_is_refused_at_the_field(refused: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        read_pasted(refused)
    assert broken.value.field == "spot"


def test_a_short_link_is_refused_for_what_it_is() -> None:
    with pytest.raises(RuleBroken, match="short link"):
        read_pasted("https://surl.amap.com/abc12")


def test_the_shift_is_the_known_one_and_turned_round_to_a_metre() -> None:
    known = to_gcj(Spot(31.1774276, 121.5272106))  # the vector of eviltransform's own tests
    assert (round(known.lat, 6), round(known.lon, 6)) == (31.175304, 121.531542)
    assert kilometres(from_gcj(known), Spot(31.1774276, 121.5272106)) < 0.001
    there = from_baidu(Spot(29.581084, 106.513882))
    assert kilometres(there, from_gcj(Spot(29.575429, 106.507277))) < 0.01


def test_abroad_nothing_is_shifted() -> None:
    for spot in (Spot(47.6, -122.33), Spot(35.68, 139.69), Spot(25.03, 121.56)):
        assert from_gcj(spot) == spot


@given(st.floats(18.3, 53.0), st.floats(74.0, 134.0))
def test_shifting_and_turning_back_meet(lat: float, lon: float) -> None:
    spot = Spot(lat, lon)
    shifted = to_gcj(spot)
    if shifted != spot and from_gcj(shifted) != shifted:
        assert kilometres(from_gcj(shifted), spot) < 0.001


@given(st.text(alphabet="0123456789.,-°'\"NESWnesw latlongeo:/?&=@!3d4d北纬东经度", max_size=400))
def test_any_text_is_a_point_or_none(text: str) -> None:
    found = point_of(text)
    assert found is None or Spot.read(found.lat, found.lon) == found


def test_a_turned_point_stays_on_the_earth() -> None:
    found = point_of("https://map.baidu.com/?lat=-90&lng=-180")
    assert found is not None
    assert Spot.read(*found) == found


@pytest.mark.parametrize("long", ["1,", "lat=1 ", "1°", "9", "((", "lat=", "1'2\""])
def test_long_texts_are_bounded(long: str) -> None:
    assert point_of(long * 50_000) is None or len(long) == 2
