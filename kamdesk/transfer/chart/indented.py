"""Indented text as an organisation chart: one line a post, who stands further in reports up."""

import re
from collections.abc import Iterator
from typing import Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.transfer.chart.chart import MOST_ROWS, UNKEYED, Chart, ChartRow, judged

_MARK: Final = re.compile(r"[-*+•·–—>├└│─┬|]+\s*")
_INDENT: Final = re.compile("[ \t\u3000\u00a0]*")
_NUMBERED: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,8})[.、)）]?\s+(?=\S)")
_IN_BRACKETS: Final = re.compile(r"^(?P<name>[^(（]+?)\s*[(（](?P<title>[^)）]*)[)）]\s*$")
_PARTED: Final = re.compile(r"\s*(?:[,，;；|/\t]|\s[-–—]+\s|\s{2,})\s*")
_TAB: Final = 4
_CHINESE_NAME: Final = re.compile(r"^([\u4e00-\u9fff·]{2,4})\s+(\S.*)$")


def read_text(words: str) -> Chart:
    """Return the chart in a text: ``Name, post`` a line, reports set further in than their boss.

    Spaces, tabs and the marks of lists and trees count as setting in; so do numbers like 1.2.1. A
    line may read ``Name, post``, ``Name (post)``, ``Name - post``, with two spaces between, or in
    Chinese with one. Raises ``RuleBroken`` for more than 5,000 lines.
    """
    lines = [(n, line) for n, line in enumerate(words.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_ROWS:
        raise RuleBroken(Text("A chart has at most {n} rows.", n=MOST_ROWS))
    return judged(_rows(lines))


def _rows(lines: list[tuple[int, str]]) -> Iterator[ChartRow]:
    above: list[tuple[int, str]] = []  # how far in, key
    for number, line in lines:
        depth, rest = _depth(line)
        while above and above[-1][0] >= depth:
            above.pop()
        name, title, department = _parts(rest)
        if not (name or title):
            continue
        key = f"{UNKEYED}{number}"
        yield ChartRow(number, key, name, title, department, above[-1][1] if above else "")
        above.append((depth, key))


def _depth(line: str) -> tuple[int, str]:
    """Return how far a line is set in, and what it says."""
    at = depth = 0
    while True:
        lead = _INDENT.match(line, at)
        if lead is None or not lead.group():
            lead = _MARK.match(line, at)
            if lead is None or lead.end() == len(line):
                break
        depth += sum(
            _TAB if sign == "\t" else 2 if sign == "\u3000" else 1 for sign in lead.group()
        )
        at = lead.end()
    if numbered := _NUMBERED.match(line, at):
        depth += 100 * numbered.group(1).count(".")
        at = numbered.end()
    return depth, line[at:].strip()


def _parts(words: str) -> tuple[str, str, str]:
    """Return name, post and department of a line."""
    if match := _IN_BRACKETS.match(words):
        title, _, department = match["title"].partition(",")
        return match["name"].strip(), title.strip(), department.strip()
    if match := _CHINESE_NAME.match(words):
        rest = _PARTED.split(match[2], maxsplit=1)
        return match[1], rest[0], rest[1] if len(rest) > 1 else ""
    found = [part for part in _PARTED.split(words, maxsplit=2) if part]
    name, title, department, *_ = (*found, "", "", "")
    return name, title, department
