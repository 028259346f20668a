"""A foreign organisation chart: rows joined by who reports to whom, and what is wrong. Pure.

Nothing is left out in silence: a number that stands twice, a line to nowhere, a circle of
reporting lines and a vacancy are each reported with the line they stand on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Final, NamedTuple

from kamdesk.core.wording import Text

MOST_ROWS: Final = 5_000
"""Rows of one chart; a decision chain is never as long."""

UNKEYED: Final = "#"
"""Begins the key of a row that has none of its own: its line, which the next file may not have."""

_NOBODY: Final = frozenset(
    {
        *("vacant", "vacancy", "tbc", "tba", "n/a", "na", "none", "nil", "-", "—", "?"),
        *("空缺", "空", "待定", "暂缺", "空岗", "无"),
    }
)
_NOT_SAID: Final = frozenset(("n/d", "not disclosed", "unknown", "保密", "不详", "未公开"))
_NO_BOSS: Final = frozenset({"", "xx", "-", "—", "none", "n/a", "nil", "无", "0", "/"})


class ChartRow(NamedTuple):
    """One post of a chart: its key, who holds it, and the key of the row ``above`` it."""

    line: int
    key: str
    name: str = ""
    title: str = ""
    department: str = ""
    above: str = ""

    @property
    def called(self) -> str:
        """What the row is called in a message: the name, else the title, else the key."""
        return self.name or self.title or self.key


class Wrong(StrEnum):
    """What may be wrong with a chart."""

    TWICE = "twice"
    OTHERWISE = "otherwise in the file"
    SPELT = "spelt otherwise"
    TWO_BOSSES = "two bosses"
    NOWHERE = "nowhere"
    LOOP = "loop"
    VACANT = "vacant"
    NOT_SAID = "not said"
    EMPTY = "empty"


class Problem(NamedTuple):
    """Something wrong, on which lines, in words."""

    wrong: Wrong
    lines: tuple[int, ...]
    said: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Rows whose ``above`` is another row's key or empty, without circles; and the problems."""

    rows: tuple[ChartRow, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, wrong: Wrong) -> tuple[Problem, ...]:
        """Return the problems of one sort."""
        return tuple(problem for problem in self.problems if problem.wrong is wrong)


def judged(found: Iterable[ChartRow]) -> Chart:
    """Return a chart that can be drawn, and what was wrong with the rows.

    A row leads to another by its key, else by a name or a title that stands once. Of a circle the
    line of its first row is left out.
    """
    problems: list[Problem] = []
    rows = _told_apart(_known(found, problems), problems)
    rows = _joined(rows, problems)
    return Chart(rows=tuple(_without_circles(rows, problems)), problems=tuple(problems))


def _known(found: Iterable[ChartRow], problems: list[Problem]) -> list[ChartRow]:
    """Return rows that say something; words for “nobody” are no names."""
    rows = []
    for row in found:
        name = row.name.strip()
        plain = name.casefold()
        if plain in _NOBODY:
            problems.append(
                Problem(Wrong.VACANT, (row.line,), Text("{post} is vacant", post=_post(row)))
            )
            name = ""
        elif plain in _NOT_SAID:
            said = Text("Who holds {post} is not said; the post comes in vacant", post=_post(row))
            problems.append(Problem(Wrong.NOT_SAID, (row.line,), said))
            name = ""
        if not (name or row.title.strip()):
            said = Text("Neither a name nor a post; left out")
            problems.append(Problem(Wrong.EMPTY, (row.line,), said))
            continue
        rows.append(row._replace(name=name))
    return rows


def _post(row: ChartRow) -> str:
    return row.title or row.key


def _told_apart(rows: list[ChartRow], problems: list[Problem]) -> list[ChartRow]:
    """Give a key of its own to every row whose key stood before; the same row again goes."""
    first: dict[str, ChartRow] = {}
    keys = {" ".join(row.key.split()) for row in rows}
    kept: list[ChartRow] = []
    for row in rows:
        key = " ".join(row.key.split())
        if key not in first:
            first[key] = row
            kept.append(row._replace(key=key))
            continue
        before = first[key]
        if before[2:] == row[2:]:
            said = Text("{who} stands there twice; taken once", who=row.called)
        else:
            said = Text(
                "The number of {who} is also that of {other}; both are taken, and who reports to"
                " it comes under {other}",
                who=row.called,
                other=before.called,
            )
            kept.append(
                row._replace(key=next(k for n in count(2) if (k := f"{key} ({n})") not in keys))
            )
            keys.add(kept[-1].key)
        problems.append(Problem(Wrong.TWICE, (before.line, row.line), said))
    return kept


def _joined(rows: list[ChartRow], problems: list[Problem]) -> list[ChartRow]:
    """Replace what a row reports to by the key of that row."""
    keys = {row.key for row in rows}
    spelt, names, titles = (
        _once((row.key, word) for row in rows if (word := _plain(field(row))))
        for field in (_key, _name, _title)
    )
    joined = []
    for row in rows:
        wanted, plain = " ".join(row.above.split()), _plain(row.above)
        above = wanted if wanted in keys else spelt.get(plain)
        if above and above != wanted:
            said = Text(
                "{who} reports to “{boss}”; taken as {found}", who=row.called, boss=wanted,
                found=above,
            )  # fmt: skip
            problems.append(Problem(Wrong.SPELT, (row.line,), said))
        above = above or names.get(plain) or titles.get(plain)
        if above is None and plain not in _NO_BOSS:
            said = Text("{who} reports to “{boss}”, which is not in the chart; it comes to the top",
                        who=row.called, boss=wanted)  # fmt: skip
            problems.append(Problem(Wrong.NOWHERE, (row.line,), said))
        joined.append(row._replace(above=above or ""))
    return joined


def _key(row: ChartRow) -> str:
    return row.key


def _name(row: ChartRow) -> str:
    return row.name


def _title(row: ChartRow) -> str:
    return row.title


def _once(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the key of the row for each word that stands once."""
    found: dict[str, str | None] = {}
    for key, word in words:
        found[word] = None if word in found else key
    return {word: key for word, key in found.items() if key}


def _without_circles(rows: list[ChartRow], problems: list[Problem]) -> list[ChartRow]:
    by_key = {row.key: row for row in rows}
    done: set[str] = set()
    for row in rows:
        way: list[str] = []
        key = row.key
        while key and key not in done and key not in way:
            way.append(key)
            key = by_key[key].above
        if key in way:
            circle = [by_key[one] for one in way[way.index(key) :]]
            first = min(circle, key=lambda one: one.line)
            at = circle.index(first)
            circle = circle[at:] + circle[:at]
            names = " → ".join(one.called for one in [*circle, first])
            said = (
                Text("{who} reports to itself; it comes to the top", who=first.called)
                if len(circle) == 1
                else Text(
                    "They report in a circle: {names}. The line of {who} is left out",
                    names=names,
                    who=first.called,
                )
            )
            problems.append(Problem(Wrong.LOOP, tuple(one.line for one in circle), said))
            by_key[first.key] = first._replace(above="")
        done.update(way)
    return [by_key[row.key] for row in rows]


def _plain(word: str) -> str:
    return " ".join(word.split()).casefold()
