"""What the import page is given: rows as they are shown, and what was chosen about the file."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.theme import Tone
from kamdesk.transfer.candidates import VisitCandidate
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.judge import UNDECIDED, Decision, Decisions, Judgement, Verdict
from kamdesk.transfer.map_file import read_map, write_map
from kamdesk.transfer.mapping import Mapping
from kamdesk.transfer.preview import Preview
from kamdesk.transfer.table import Headings

ORDER: Final = (
    Verdict.REJECTED,
    Verdict.CONFLICT,
    Verdict.NEW,
    Verdict.UPDATE,
    Verdict.SAME,
)
"""What wants a hand comes first."""
TONES: Final = {Verdict.REJECTED: Tone.BRICK, Verdict.CONFLICT: Tone.OCHRE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the user chose about a file; all empty: everything is guessed."""

    kind: ImportKind | None = None
    mapping: Mapping | None = None
    sheet: int | None = None
    encoding: str = ""
    separator: str = ""
    decisions: Decisions = field(default_factory=lambda: UNDECIDED)

    def decided(self, rows: Sequence[int], decision: Decision | None) -> "Chosen":
        """Return this with the same decided about some rows; None takes decisions back."""
        kept = {row: one for row, one in self.decisions.items() if row not in set(rows)}
        if decision is not None:
            kept.update(dict.fromkeys(rows, decision))
        return replace(self, decisions=MappingProxyType(kept))

    def as_draft(self) -> dict[str, str]:
        """Return this as a draft keeps it."""
        decided = [
            [row, one.record.hex() if one.record else "", one.row]
            for row, one in self.decisions.items()
        ]
        return {
            "kind": self.kind.value if self.kind else "",
            "map": write_map(self.mapping) if self.mapping else "",
            "sheet": "" if self.sheet is None else str(self.sheet),
            "encoding": self.encoding,
            "separator": self.separator,
            "decided": json.dumps(decided) if decided else "",
        }


def from_draft(said: dict[str, str]) -> Chosen:
    """Return how the file is to be read again; the mapping waits for its headings."""
    sheet = said.get("sheet", "")
    kind = said.get("kind", "")
    decided = json.loads(said.get("decided") or "[]")
    return Chosen(
        kind=ImportKind(kind) if kind else None,
        sheet=int(sheet) if sheet else None,
        encoding=said.get("encoding", ""),
        separator=said.get("separator", ""),
        decisions=MappingProxyType(
            {
                int(row): Decision(record=Id(bytes.fromhex(record)) if record else None, row=other)
                for row, record, other in decided
            }
        ),
    )


def mapping_from_draft(said: dict[str, str], headings: Headings) -> Mapping | None:
    """Return the mapping of a draft, None where the file has other columns by now."""
    try:
        return read_map(said["map"], headings) if said.get("map") else None
    except RuleBroken:
        return None


def sent(mapping: Mapping, heading: str, field: str | None) -> Mapping:
    """Return a mapping with a column sent to a field, or (None) left out without a remark."""
    put = mapping.put(heading, field)
    ignored = put.ignored - {heading} | (set() if field else {heading})
    return replace(put, ignored=frozenset(ignored))


def with_day_first(mapping: Mapping, heading: str, *, first: bool) -> Mapping:
    """Return a mapping that reads a column's days with the day, or the month, in front."""
    columns = tuple(
        replace(one, day_first=first) if one.heading == heading else one for one in mapping.columns
    )
    return replace(mapping, columns=columns)


class RowShown(NamedTuple):
    """A row of the file and what would become of it. ``asks``: the user can say who it is."""

    id: int
    name: str
    verdict: Verdict
    why: Text | str
    asks: bool
    judgement: Judgement


def row_shown(judgement: Judgement) -> RowShown:
    """Return a judgement as a line."""
    candidate = judgement.candidate
    name = candidate.name
    if isinstance(candidate, VisitCandidate):
        name = looks.joined(*(part for part in (name, candidate.day, candidate.topic) if part))
    why: Text | str = judgement.why
    unknown = isinstance(candidate, VisitCandidate) and judgement.verdict is Verdict.CONFLICT
    open_still = judgement.verdict in (Verdict.NEW, Verdict.CONFLICT)
    asks = unknown or (bool(judgement.perhaps) and open_still)
    if candidate.problems:
        why = looks.joined(*(problem.reason for problem in candidate.problems[:3]))
    elif judgement.perhaps and judgement.verdict is Verdict.NEW:
        first = judgement.perhaps[0]
        why = Text("Perhaps “{name}”: {why}", name=first.name or "–", why=first.why)
    return RowShown(candidate.row, name, judgement.verdict, why, asks, judgement)


class Filter(StrEnum):
    """What of the rows is shown: all, those that ask, or those of one verdict."""

    ALL = "all"
    ASKS = "asks"
    REJECTED = Verdict.REJECTED.value
    CONFLICT = Verdict.CONFLICT.value
    NEW = Verdict.NEW.value
    UPDATE = Verdict.UPDATE.value
    SAME = Verdict.SAME.value


def counted(rows: Sequence[RowShown], shown: Preview) -> dict[Filter, int]:
    """Return how many rows each filter would show, as far as it would show any."""
    found = {
        Filter.ALL: len(rows),
        Filter.ASKS: sum(row.asks for row in rows),
        **{Filter(verdict.value): sum(row.verdict is verdict for row in rows) for verdict in ORDER},
    }
    found[Filter.SAME] += len(shown.untouched)
    found[Filter.ALL] += len(shown.untouched)
    return {one: n for one, n in found.items() if n or one is Filter.ALL}


def such_rows(row: RowShown, rows: Sequence[RowShown]) -> list[RowShown]:
    """Return the rows that ask the same question as ``row``, itself among them.

    Visits ask the same when they name the same customer.
    """
    return [one for one in rows if one.asks and _question(one) == _question(row)] or [row]


def _question(row: RowShown) -> tuple[object, ...]:
    judgement = row.judgement
    if judgement.verdict is Verdict.CONFLICT:
        named = isinstance(judgement.candidate, VisitCandidate)
        return (row.verdict, judgement.why.source, judgement.candidate.name if named else "")
    return (row.verdict, judgement.perhaps[0].why.source if judgement.perhaps else "")
