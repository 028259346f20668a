"""Reads a point on the earth from what was pasted: links of map services, numbers, degrees."""

import re
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import unquote

from kamdesk.core.errors import RuleBroken
from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text
from kamdesk.domain.travel.datum import from_baidu, from_gcj

_LONGEST: Final = 2000
"""Characters that are looked at: no link of a map is longer."""
_NUMBER: Final = r"([-−+]?\d{1,3}(?:\.\d{1,16})?)"
_PAIR: Final = re.compile(rf"(?<![\d.]){_NUMBER}\s*[,，;；~\s/]\s*{_NUMBER}(?![\d.])")
_SPLIT: Final = re.compile(
    rf"(?:lat|latitude|pointy|!3d)[=:]?\s?{_NUMBER}.{{0,200}}?"
    rf"(?:lon|lng|longitude|pointx|!4d)[=:]?\s?{_NUMBER}",
    re.IGNORECASE,
)
_SPLIT_EAST: Final = re.compile(
    rf"(?:lon|lng|longitude|pointx)[=:]\s?{_NUMBER}.{{0,200}}?"
    rf"(?:lat|latitude|pointy)[=:]\s?{_NUMBER}",
    re.IGNORECASE,
)
_DEGREES: Final = re.compile(
    r"(?P<before>[NSEWnsew]|北纬|南纬|东经|西经)?[:：]?\s*(?P<deg>\d{1,3}(?:\.\d{1,16})?)\s*"
    r"(?P<sign>[°º度])?\s*(?:(?P<min>\d{1,2}(?:\.\d{1,16})?)\s*['′’分])?\s*"
    r"(?:(?P<sec>\d{1,2}(?:\.\d{1,16})?)\s*(?:\"|″|”|''|′′|秒))?\s*(?(sign)(?P<after>[NSEWnsew])?|(?P<beside>[NSEWnsew](?!\d))?)"
)
_SIDES: Final = {"北纬": "N", "南纬": "S", "东经": "E", "西经": "W"}
_LINK: Final = re.compile(r"://|^geo:", re.IGNORECASE)
_ZOOM: Final = re.compile(r"#map=[\d.]{1,5}/")
_SHORT: Final = ("surl.amap", "j.map.baidu", "goo.gl", "maps.app.goo", "url.cn", "dwz.cn", "t.cn/")


class From(StrEnum):
    """What a point was taken from; kept as a site's ``spot_from``."""

    TYPED = "typed"
    AMAP = "amap"
    BAIDU = "baidu"
    TENCENT = "tencent"
    GOOGLE = "google"
    APPLE = "apple"
    OTHER_MAP = "map"


FROM_WORDS: Final = {
    From.TYPED: Text("by the numbers you gave"),
    From.AMAP: Text("by a link of Amap"),
    From.BAIDU: Text("by a link of Baidu Maps"),
    From.TENCENT: Text("by a link of Tencent Maps"),
    From.GOOGLE: Text("by a link of Google Maps"),
    From.APPLE: Text("by a link of Apple Maps"),
    From.OTHER_MAP: Text("by a link of a map"),
}
_HOSTS: Final = (
    (re.compile("amap", re.I), From.AMAP),
    (re.compile("baidu|bdmap", re.I), From.BAIDU),
    (re.compile("qq\\.com|qqmap", re.I), From.TENCENT),
    (re.compile("google", re.I), From.GOOGLE),
    (re.compile("apple", re.I), From.APPLE),
)
_IN_GCJ: Final = frozenset((From.AMAP, From.TENCENT, From.GOOGLE, From.APPLE))
_EAST_FIRST: Final = re.compile(
    r"(?:position|dest|from|to|start|end|lnglat|center|location)=" + _NUMBER + "[,，]" + _NUMBER
)


class Pasted(NamedTuple):
    """A point, and what it was taken from."""

    spot: Spot
    source: From


def read_pasted(pasted: str) -> Pasted:
    """Return the point named by a link of a map, by two numbers or by degrees.

    Links of Amap, Tencent, Google and Apple are in GCJ-02, those of Baidu in BD-09: the point is
    turned into WGS-84. Raises ``RuleBroken`` at ``spot``, saying what to paste instead.
    """
    text = pasted[:_LONGEST].strip()
    if not text:
        said = Text("Paste a link of a map, or two numbers like 31.30, 120.60.")
        raise RuleBroken(said, field="spot")
    if any(short in text.lower() for short in _SHORT):
        said = Text(
            "A short link does not hold the place, and KamDesk asks no server. Open it, and paste "
            "the long link or the two numbers."
        )
        raise RuleBroken(said, field="spot")
    link = _LINK.search(text)
    source = _source(text) if link else From.TYPED
    plain = unquote(text)
    if link:
        spot = _from_link(plain, source)
    else:
        spot = _degrees(plain) or next(iter(_pins(plain)), None) or _two_numbers(plain)
    if spot is None:
        said = Text(
            "No point is found in this. Paste a link of a map, or two numbers: 31.30, 120.60."
        )
        raise RuleBroken(said, field="spot")
    turned = _turned(spot, plain, source)
    return Pasted(turned if Spot.read(*turned) else spot, source)


def _source(text: str) -> From:
    return next((source for host, source in _HOSTS if host.search(text[:200])), From.OTHER_MAP)


def _turned(spot: Spot, link: str, source: From) -> Spot:
    """Return the point in WGS-84; a link may say itself in what it counts."""
    low = link.lower()
    if "wgs84" in low or "coordinate=wgs" in low:
        turned = spot
    elif source is From.BAIDU and "gcj02" not in low:
        turned = from_baidu(spot)
    elif source in _IN_GCJ or source is From.BAIDU or "gcj02" in low:
        turned = from_gcj(spot)
    else:
        turned = spot
    return Spot(round(turned.lat, 6), round(turned.lon, 6))


def _from_link(link: str, source: From) -> Spot | None:
    """Return the point of a link: the pin before the middle of the map."""
    if found := _pins(link):
        return found[0]
    if source is From.AMAP and (east := _EAST_FIRST.search(link)):
        return _spot(east[2], east[1])
    return _two_numbers(_ZOOM.sub(" ", link))


def _pins(link: str) -> list[Spot]:
    found = [_spot(m[1], m[2]) for m in _SPLIT.finditer(link)]
    found += [_spot(m[2], m[1]) for m in _SPLIT_EAST.finditer(link)]
    return [spot for spot in found if spot is not None]


def _two_numbers(text: str) -> Spot | None:
    """Return the first two numbers that may be a point; east first where north cannot be."""
    for found in _PAIR.finditer(text):
        spot = _spot(found[1], found[2]) or _spot(found[2], found[1])
        if spot is not None and "." in found[1] + found[2]:
            return spot
    return None


def _degrees(text: str) -> Spot | None:
    """Return a point in degrees, minutes and seconds, with N or 北纬; north first without."""
    parts: list[tuple[str, float]] = []
    for found in _DEGREES.finditer(text):
        side = found["before"] or found["after"] or found["beside"] or ""
        if not side and not found["sign"]:
            return None  # a number that is part of no angle: no guessing
        value = float(found["deg"])
        value += float(found["min"] or 0) / 60 + float(found["sec"] or 0) / 3600
        parts.append((_SIDES.get(side, side.upper()), value))
    if len(parts) != 2:
        return None
    if parts[0][0] in ("E", "W") or parts[1][0] in ("N", "S"):
        parts.reverse()
    (north, lat), (east, lon) = parts
    if north in ("E", "W") or east in ("N", "S"):
        return None
    return Spot.read(-lat if north == "S" else lat, -lon if east == "W" else lon)


def _spot(north: str, east: str) -> Spot | None:
    lat, lon = (float(number.replace("−", "-")) for number in (north, east))
    return Spot.read(lat, lon)
