"""The shipped table of China's provinces, cities and districts, found by any of their names."""

import csv
import re
from functools import cache
from typing import Final, NamedTuple

from kamdesk.assets import asset
from kamdesk.core.spot import Spot

_PEOPLES: Final = (
    "回族|满族|土家族|苗族|瑶族|侗族|藏族|羌族|彝族|壮族|黎族|水族|畲族|蒙古族|蒙古|哈萨克族|哈萨克"
    "|维吾尔族|维吾尔|朝鲜族|布依族|白族|傣族|景颇族|傈僳族|哈尼族|纳西族|拉祜族|佤族|布朗族|独龙族"
    "|怒族|普米族|仡佬族|毛南族|仫佬族|各族|东乡族|保安族|撒拉族|土族|裕固族|锡伯|塔吉克|柯尔克孜"
    "|达斡尔族|达斡尔|鄂温克族|鄂伦春"
)
_ENDINGS: Final = re.compile(
    f"(?:(?:{_PEOPLES})*(?:自治区|自治州|自治县|自治旗)"
    "|特别行政区|地区|新区|林区|特区|省|市|区|县|盟|左旗|右旗|旗)$"
)
_PLAIN: Final = ("省", "市", "区", "县")
_VAGUE: Final = re.compile(
    "城区|郊区|矿区|市中区|城中区|新城区|高新区|经开区|经济技术开发区|高新技术产业开发区"
)
"""Names that say nothing by themselves, though each is somewhere a district's."""


class District(NamedTuple):
    """A province (code ``320000``), a city (``320500``) or a district (``320583``)."""

    code: str
    name: str
    spot: Spot

    @property
    def province(self) -> str:
        """The code of its province, its own when it is one."""
        return self.code[:2] + "0000"

    @property
    def city(self) -> str:
        """The code of its city; districts of Beijing and the like have none in the table."""
        return self.code[:4] + "00"

    @property
    def level(self) -> int:
        """0 province, 1 city, 2 district."""
        return 2 if self.code[4:] != "00" else int(self.code[2:4] != "00")


class Named(NamedTuple):
    """One meaning of a name: ``whole`` when it says what sort of place it is, or is its own."""

    code: str
    whole: bool
    first: bool = False
    """This is what people mean who write no more (Suzhou: 苏州, not 宿州)."""


class Districts(NamedTuple):
    """All of them, and what their names and letters mean; ``longest`` name by first character."""

    by_code: dict[str, District]
    names: dict[str, list[Named]]
    letters: dict[str, list[Named]]
    longest: dict[str, int]


@cache
def districts() -> Districts:
    """Return the table, read once."""
    by_code: dict[str, District] = {}
    names: dict[str, list[Named]] = {}
    letters: dict[str, list[Named]] = {}
    provinces: set[str] = set()
    with asset("places", "districts.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for code, name, lat, lon, said, also in rows:
            by_code[code] = District(code, name, Spot(float(lat), float(lon)))
            names.setdefault(name, []).append(Named(code, not _VAGUE.fullmatch(name)))
            letters.setdefault(said, []).append(Named(code, False))
            short = stem(name)
            if code.endswith("0000"):
                provinces.add(short)
            if short != name and (short not in provinces or code.endswith("0000")):
                names.setdefault(short, []).append(Named(code, False))
            for other in also.split():
                if other.isascii():
                    letters.setdefault(other.lower(), []).append(Named(code, False, True))
                    continue
                names.setdefault(other, []).append(Named(code, not _VAGUE.fullmatch(other)))
                if (before := stem(other)) not in names and not _VAGUE.fullmatch(other):
                    names[before] = [Named(code, False)]
    for short in provinces:  # 河北 is the province; the district of Tianjin is written out
        names[short] = [one for one in names[short] if one.code.endswith("0000")]
    longest: dict[str, int] = {}
    for name in names:
        longest[name[0]] = max(longest.get(name[0], 0), len(name))
    return Districts(by_code, names, letters, longest)


def stem(name: str) -> str:
    """Return a name without what sort of place it is: 昆山 of 昆山市; short ones stay whole."""
    if "自治" not in name and len(name) < 4 and name[-1:] in _PLAIN:
        return name[:-1] if len(name) > 2 else name  # nearly all of them, and fast
    short = _ENDINGS.sub("", name)
    return short if len(short) >= 2 else name
