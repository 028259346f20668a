"""A foreign file brought to the point where the user can say yes: read, mapped and judged."""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import Cancelled, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.domain.own_fields.model import OwnField
from kamdesk.transfer.candidates import Candidate, PersonCandidate, Problem, VisitCandidate
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.foreign import ForeignFile, Progress
from kamdesk.transfer.found import About, RawRow
from kamdesk.transfer.groups import with_groups
from kamdesk.transfer.guess import guess_mapping
from kamdesk.transfer.judge import UNDECIDED, Decisions, Judgement, Verdict, judge
from kamdesk.transfer.known import KnownRecords
from kamdesk.transfer.mapping import Mapping
from kamdesk.transfer.own_columns import offered, readers_of
from kamdesk.transfer.report import ImportReport, report_of
from kamdesk.transfer.rows import candidates
from kamdesk.transfer.table import Headings, find_headings
from kamdesk.transfer.unchanged import Digests

_LOOKED_AT = 200
Judge = Callable[[Iterable[Candidate]], Iterable[Judgement]]
"""Gives each row its verdict, knowing what the workspace has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignTable:
    """All rows of a file under their headings."""

    path: Path
    about: About
    headings: Headings
    rows: list[RawRow]
    remarks: tuple[Text, ...] = ()

    @property
    def is_cards(self) -> bool:
        """True for address cards: their columns are always the same."""
        return self.about.format == "vcard"

    def columns(self) -> list[list[str]]:
        """Return the first cells of each column: enough to guess what it holds."""
        first = [
            row.cells
            for row in self.rows[:_LOOKED_AT]
            if row.number > self.headings.row and row.refused is None
        ]
        return [
            [cells[place] if place < len(cells) else "" for cells in first]
            for place in range(len(self.headings.names))
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would happen to each row. ``cells`` are those of rejected rows, to be mended.

    ``untouched`` are the rows taken before just as they are; they are not judged again.
    ``mapped_before`` is when such a list was last mapped like this; None when this is a guess.
    """

    table: ForeignTable
    mapping: Mapping
    judgements: tuple[Judgement, ...]
    report: ImportReport
    cells: dict[int, list[str]] = field(default_factory=dict)
    untouched: frozenset[int] = frozenset()
    mapped_before: Instant | None = None


def read_table(
    path: Path,
    *,
    sheet: int | None = None,
    encoding: str = "",
    separator: str = "",
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> ForeignTable:
    """Return the table in a file. Raises ``RuleBroken`` in plain words, or ``Cancelled``."""
    with ForeignFile(
        path,
        sheet=sheet,
        encoding=encoding,
        separator=separator,
        progress=progress,
        stopped=stopped,
    ) as file:
        rows = [row for batch in file.batches() for row in batch]
        remarks = list(file.remarks)
        about = file.about
    cards = about is not None and about.format == "vcard"
    headings = Headings(0, tuple(rows[0].cells)) if cards else find_headings(rows)
    if about is None or not any(row.number > headings.row for row in rows):
        raise RuleBroken(Text("“{file}” holds no rows.", file=path.name))
    others = tuple(name for name in about.sheets if name != about.sheet)
    if others:
        remarks.append(
            Text(
                "The sheet “{sheet}” was read; there are also: {others}.",
                sheet=about.sheet,
                others=others[:20],
            )
        )
    return ForeignTable(
        path=path, about=about, headings=headings, rows=rows, remarks=tuple(remarks)
    )


def preview(
    table: ForeignTable,
    *,
    known: Callable[[ImportKind], KnownRecords],
    accounts: Callable[[], KnownRecords] | None = None,
    kind: ImportKind | None = None,
    mapping: Mapping | None = None,
    taken: Callable[[str, ImportKind], frozenset[bytes]] = lambda _source, _kind: frozenset(),
    judges: Dict[ImportKind, Judge] = MappingProxyType({}),
    own: Callable[[ImportKind], dict[str, OwnField]] = lambda _kind: {},
    today: Day = Day.max,
    decisions: Decisions = UNDECIDED,
    stopped: Callable[[], bool] = lambda: False,
) -> Preview:
    """Return what importing ``table`` would do; nothing is written.

    ``known`` gives what the workspace has of a kind; ``accounts`` are the customers people are
    found at; ``taken`` the digests of the rows taken from a source; ``judges`` judge
    what is neither; ``own`` are the workspace's own fields, whose days are read as of ``today``.
    Without a ``mapping`` it is guessed.
    """
    guessed = mapping is None
    mapping = mapping or guess_mapping(table.headings, table.columns(), kind)
    fields = own(mapping.kind)
    mapping = offered(mapping, fields, guess=guessed).checked()
    keyed = mapping.key or mapping.kind is ImportKind.VISITS
    before = taken(mapping.source, mapping.kind) if keyed else frozenset()
    rows, untouched = _parted(table, mapping, before)
    proposed: Iterable[Candidate] = candidates(
        rows, table.headings, mapping, readers_of(fields, today)
    )
    if mapping.kind is ImportKind.PEOPLE and accounts is not None and rows:
        proposed = with_accounts(proposed, accounts())
    if (judging := judges.get(mapping.kind)) is not None:
        judgements = tuple(judging(_while(proposed, stopped)) if rows else ())
    else:
        here = known(mapping.kind) if rows else KnownRecords()
        if mapping.kind is ImportKind.ACCOUNTS:
            proposed = with_groups(_while(proposed, stopped), here)
        judgements = tuple(judge(_while(proposed, stopped), here, decisions))
    report = report_of(judgements, (*table.remarks, *_without_time(judgements)))
    mapped = {one.heading for one in mapping.columns if one.field}
    report = replace(
        report,
        rows=report.rows + len(untouched),
        same=report.same + len(untouched),
        left_over=tuple(one for one in report.left_over if one not in mapped),
    )
    rejected = {one.row for one in report.rejected}
    return Preview(
        table=table,
        mapping=mapping,
        judgements=judgements,
        report=report,
        cells={row.number: row.cells for row in table.rows if row.number in rejected},
        untouched=untouched,
    )


def _without_time(judgements: Iterable[Judgement]) -> Iterator[Text]:
    """Say how many new visits get a time that nobody wrote down."""
    n = sum(
        1
        for one in judgements
        if one.verdict is Verdict.NEW
        and isinstance(one.candidate, VisitCandidate)
        and not one.candidate.time
    )
    if n:
        yield Text(
            "{n} visit has a day and no time: it is put at 9:00.",
            "{n} visits have a day and no time: they are put at 9:00.",
            n=n,
        )


def _parted(
    table: ForeignTable, mapping: Mapping, taken: frozenset[bytes]
) -> tuple[list[RawRow], frozenset[int]]:
    """Return the rows to be judged, and the numbers of those taken before as they are."""
    below = [row for row in table.rows if row.number > table.headings.row]
    if not taken:
        return below, frozenset()
    digest = Digests(mapping).of
    same = frozenset(row.number for row in below if digest(row.cells) in taken)
    return [row for row in below if row.number not in same], same


def with_accounts(people: Iterable[Candidate], accounts: KnownRecords) -> Iterator[Candidate]:
    """Yield people with the customer their key or firm stands for; unknown ones are told.

    A firm that is no customer here goes into the person's note, so that nothing said is lost.
    """
    for person in people:
        if not isinstance(person, PersonCandidate) or person.rejected:
            yield person
        elif person.account_key:
            yield _by_key(person, accounts)
        elif person.account and not accounts.by_name(person.account):
            unknown = Text("“{name}” is no customer here.", name=person.account)
            yield replace(
                person,
                account="",
                note="\n".join(filter(None, (person.account, person.note))),
                problems=(*person.problems, Problem(person.row, "account", unknown)),
            )
        else:
            yield person


def _by_key(person: PersonCandidate, accounts: KnownRecords) -> PersonCandidate:
    found = accounts.by_key((person.source, person.account_key))
    if len(found) == 1:
        return replace(person, account=accounts[found[0]].name)
    unknown = Text("The customer with the key {key} is not known.", key=person.account_key)
    problem = Problem(person.row, "account_key", unknown)
    return replace(person, problems=(*person.problems, problem))


def _while(proposed: Iterable[Candidate], stopped: Callable[[], bool]) -> Iterator[Candidate]:
    for number, candidate in enumerate(proposed):
        if number % 500 == 0 and stopped():
            raise Cancelled
        yield candidate
