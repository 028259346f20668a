"""Importing a foreign file: shown first, then taken as one action that can be undone."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.core.errors import Cancelled, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.storage.change import Change
from kamdesk.storage.list_mappings import ListMappings
from kamdesk.storage.storage import Storage
from kamdesk.transfer.candidates import Candidate
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.foreign import Progress, cannot_be_imported
from kamdesk.transfer.judge import UNDECIDED, Decisions, Judgement, Verdict
from kamdesk.transfer.judge_opportunities import OpportunitiesHere, judge_opportunities
from kamdesk.transfer.judge_visits import judge_visits
from kamdesk.transfer.known_here import known_accounts, known_here, taken_before
from kamdesk.transfer.known_visits import VisitsHere
from kamdesk.transfer.map_file import read_map, write_map
from kamdesk.transfer.mapping import Mapping, as_before
from kamdesk.transfer.own_columns import fields_of
from kamdesk.transfer.preview import ForeignTable, Preview, preview, read_table
from kamdesk.transfer.take_accounts import AccountTaker
from kamdesk.transfer.take_opportunities import OpportunityTaker
from kamdesk.transfer.take_people import PersonTaker
from kamdesk.transfer.take_visits import VisitTaker
from kamdesk.transfer.uncollected import uncollected

Steps = Callable[[int, int], None]
"""Told rows done and rows in all."""


class Imports:
    """Reads foreign files and takes what they bring."""

    def __init__(self, storage: Storage, *, before: Callable[[], object] | None = None) -> None:
        """``before`` is called before anything is taken; what it raises stops the import."""
        self._storage, self._before = storage, before
        self._mappings = ListMappings(storage)

    @uncollected()
    def look(
        self,
        path: Path,
        *,
        kind: ImportKind | None = None,
        map_text: str = "",
        sheet: int | None = None,
        progress: Progress | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Preview:
        """Return what importing a file would do; nothing is written.

        ``map_text`` is a mapping as TOML. Raises ``RuleBroken`` in plain words, or ``Cancelled``.
        """
        table = read_table(path, sheet=sheet, progress=progress, stopped=stopped)
        reader, mapping = self._storage.reader, None
        if map_text:
            mapping = read_map(map_text, table.headings, own=partial(fields_of, reader))
        return self._judged(table, kind, mapping, UNDECIDED, stopped)

    @uncollected()
    def read(
        self,
        path: Path,
        *,
        sheet: int | None = None,
        encoding: str = "",
        separator: str = "",
        progress: Progress | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> ForeignTable:
        """Return the table in a file. Raises ``RuleBroken`` in plain words, or ``Cancelled``."""
        return read_table(
            path,
            sheet=sheet,
            encoding=encoding,
            separator=separator,
            progress=progress,
            stopped=stopped,
        )

    @uncollected()
    def preview(
        self,
        table: ForeignTable,
        *,
        kind: ImportKind | None = None,
        mapping: Mapping | None = None,
        decisions: Decisions = UNDECIDED,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Preview:
        """Return what importing a table would do; nothing is written.

        Without a ``mapping`` the one is taken by which such a list came in before, else a guess.
        Raises ``RuleBroken`` in plain words, or ``Cancelled``.
        """
        return self._judged(table, kind, mapping, decisions, stopped)

    def _judged(
        self,
        table: ForeignTable,
        kind: ImportKind | None,
        mapping: Mapping | None,
        decisions: Decisions,
        stopped: Callable[[], bool],
    ) -> Preview:
        reader, clock = self._storage.reader, self._storage.clock

        def visits(rows: Iterable[Candidate]) -> Iterator[Judgement]:
            now = clock.now()
            here = VisitsHere(reader)
            return judge_visits(rows, here, today=now.day, zone=now.zone, decisions=decisions)

        def deals(rows: Iterable[Candidate]) -> Iterator[Judgement]:
            return judge_opportunities(rows, OpportunitiesHere(reader), decisions=decisions)

        before = None
        if mapping is None:
            mapping, before = self._remembered(table, kind)
        try:
            shown = preview(
                table,
                known=lambda wanted: known_here(reader, wanted),
                accounts=lambda: known_accounts(reader),
                taken=lambda source, wanted: taken_before(reader, source, wanted),
                kind=kind,
                mapping=mapping,
                judges={ImportKind.VISITS: visits, ImportKind.OPPORTUNITIES: deals},
                own=lambda wanted: fields_of(reader, wanted),
                today=clock.today(),
                decisions=decisions,
                stopped=stopped,
            )
        except RuleBroken as broken:
            raise cannot_be_imported(table.path, broken.said, field=broken.field) from None
        return replace(shown, mapped_before=before)

    @uncollected()
    def take(
        self,
        shown: Preview,
        *,
        steps: Steps = lambda _done, _all: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> ChangeSet:
        """Write what a preview showed, as one action. Raises ``Cancelled`` and changes nothing."""
        wanted = [j for j in shown.judgements if j.verdict in (Verdict.NEW, Verdict.UPDATE)]
        if self._before is not None:
            self._before()
        name = Text("Import of {file}", file=shown.table.path.name)
        with self._storage.change(name) as change:
            taker = self._taker(shown.mapping.kind, change)
            for number, judgement in enumerate(wanted):
                if number % 200 == 0:
                    steps(number, len(wanted))
                    if stopped():
                        raise Cancelled
                try:
                    taker.take(judgement)
                except RuleBroken as broken:
                    raise _at_row(shown.table.path, judgement, broken) from None
            taker.finish()
            steps(len(wanted), len(wanted))
            if not shown.table.is_cards:
                self._mappings.note(shown.table.headings.fingerprint, write_map(shown.mapping))
        return change.touched

    def _taker(
        self, kind: ImportKind, change: Change
    ) -> AccountTaker | PersonTaker | VisitTaker | OpportunityTaker:
        reader = self._storage.reader
        if kind is ImportKind.PEOPLE:
            return PersonTaker(self._storage, change, known_accounts(reader))
        if kind is ImportKind.VISITS:
            return VisitTaker(self._storage, change, VisitsHere(reader))
        if kind is ImportKind.OPPORTUNITIES:
            return OpportunityTaker(self._storage, change)
        return AccountTaker(self._storage, change)

    def _remembered(
        self, table: ForeignTable, kind: ImportKind | None
    ) -> tuple[Mapping | None, Instant | None]:
        """Return how such a list was mapped last time, and when; what no longer fits is no help."""
        kept = None if table.is_cards else self._mappings.of(table.headings.fingerprint)
        if kept is not None:
            with suppress(RuleBroken):
                mapping = read_map(kept.content, table.headings)
                if kind in (None, mapping.kind):
                    return as_before(mapping), kept.at
        return None, None


def _at_row(path: Path, judgement: Judgement, broken: RuleBroken) -> RuleBroken:
    said = Text("row {row}: {reason}", row=judgement.candidate.row, reason=broken.said)
    return cannot_be_imported(path, said, field=broken.field)
