"""How customers and people in the index are said: what was spelt once is not looked up again."""

from collections.abc import Iterable, Iterator
from typing import Final

from kamdesk.search.keys import Name
from kamdesk.search.name_rows import read_lines
from kamdesk.storage.database import Reader

_STEP: Final = 500
_CUSTOMERS = """
SELECT a.name, n.lines FROM accounts a JOIN search_names n ON n.eid = a.id WHERE a.name IN ({})"""
_PERSON = """
SELECT n.lines FROM people p JOIN search_names n ON n.eid = p.id WHERE p.name = ? LIMIT 1"""


def spoken_names(reader: Reader, names: Iterable[str]) -> dict[str, Name]:
    """Return the names that a customer or a person in the index has, taken apart."""
    wanted = list(names)
    found: dict[str, Name] = {}
    for at in range(0, len(wanted), _STEP):
        step = wanted[at : at + _STEP]
        rows = reader.ask(_CUSTOMERS.format(", ".join("?" * len(step))), *step)
        found.update((row[0], name) for row in rows for name in _called(row[1]))
    for name in wanted:
        if name not in found and (lines := reader.ask(_PERSON, name).value()):
            found.update((name, said) for said in _called(lines))
    return found


def _called(lines: str) -> Iterator[Name]:
    """Yield what a record is called, if it has a name."""
    first = read_lines(lines.partition("\n")[0])
    yield from (line.name for line in first if line.tag == "n" and line.name)
