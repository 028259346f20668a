"""Makes resources/places/districts.csv: China's provinces, cities and districts, where they lie.

    python packaging/districts.py OLDER.csv AREAS.csv CITIES.csv PROVINCES.csv

OLDER is ``adcodes.csv`` of the package cpca 0.5.5 (MIT): names of 2017 with their middles. The
other three are the names of today (modood/Administrative-divisions-of-China, WTFPL). A district
takes the middle of the older one of its name; what it was called before stays beside it. Middles
are turned from GCJ-02 into WGS-84. ``MOVED`` says of what is new where it came from.
"""

import csv
import sys
from pathlib import Path

from kamdesk.core.spot import Spot
from kamdesk.core.text.pinyin import said
from kamdesk.domain.travel.datum import from_gcj
from kamdesk.domain.travel.districts import stem

TARGET = Path(__file__).resolve().parent.parent / "resources" / "places" / "districts.csv"
TOLD = Path(__file__).resolve().parent / "districts.toml"


def main() -> None:
    """Write the table."""
    import tomllib

    told = tomllib.loads(TOLD.read_text("utf-8"))
    older, areas, cities, provinces = map(_rows, sys.argv[1:5])
    middles: dict[str, tuple[str, str, Spot]] = {}
    by_stem: dict[tuple[str, str], list[str]] = {}
    for row in older:
        code = row["adcode"][:6]
        if not row["longitude"]:
            continue
        spot = from_gcj(Spot(float(row["latitude"]), float(row["longitude"])))
        middles[code] = (row["name"], code, spot)
        by_stem.setdefault((code[:2], stem(row["name"])), []).append(code)
    now = {row["code"] + "0000": row["name"] for row in provinces}
    now |= {row["code"] + "00": row["name"] for row in cities if "直辖" not in row["name"]}
    now |= {row["code"]: row["name"] for row in areas if row["code"][4] != "7"}
    now |= {code: name for code, (name, _, _) in middles.items() if code[:2] in ("71", "81", "82")}
    now |= told["also_there"]
    lines, unknown, taken = [], [], set()
    for code, name in sorted(now.items()):
        if name in ("市辖区", "县"):
            continue
        also = list(told["also"].get(code, ()))
        if code in told["spots"]:
            lat, lon = told["spots"][code]
        else:
            source = told["moved"].get(code) or (code if code in middles else "")
            if not source:
                same = by_stem.get((code[:2], stem(name)), [])
                found = [one for one in same if one[:4] == code[:4]] or same
                source = found[0] if len(found) == 1 else ""
            if not source:
                unknown.append((code, name))
                continue
            taken.add(source)
            before, _, (lat, lon) = middles[source]
            if before != name:
                also.append(before)
        letters = told["letters"].get(code) or "".join(
            part for part in said(stem(name)) if part.isalpha()
        )
        others = " ".join(dict.fromkeys(also))
        lines.append((code, name, f"{lat:.4f}", f"{lon:.4f}", letters, others))
    lost = sorted(
        c
        for c in middles
        if c not in taken and c[4:] != "00" and c not in now and c not in told["gone"]
    )
    print("without a middle:", unknown)
    print("gone:", [(c, middles[c][0]) for c in lost])
    with TARGET.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name", "lat", "lon", "letters", "also"))
        writer.writerows(lines)


def _rows(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
