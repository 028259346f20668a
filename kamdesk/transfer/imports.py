"""Importing a foreign file: shown first, then taken as one action that can be undone."""

from collections.abc import Callable
from pathlib import Path

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Cancelled, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.storage.storage import Storage
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.foreign import Progress, cannot_be_imported
from kamdesk.transfer.judge import Judgement, Verdict
from kamdesk.transfer.known_here import known_accounts, known_here, taken_before
from kamdesk.transfer.map_file import read_map
from kamdesk.transfer.preview import Preview, preview, read_table
from kamdesk.transfer.take_accounts import AccountTaker
from kamdesk.transfer.take_people import PersonTaker
from kamdesk.transfer.uncollected import uncollected

Steps = Callable[[int, int], None]
"""Told rows done and rows in all."""


class Imports:
    """Reads foreign files and takes what they bring."""

    def __init__(self, storage: Storage, *, before: Callable[[], object] | None = None) -> None:
        """``before`` is called before anything is taken; what it raises stops the import."""
        self._storage, self._before = storage, before

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
        mapping = read_map(map_text, table.headings) if map_text else None
        reader = self._storage.reader
        try:
            return preview(
                table,
                known=lambda wanted: known_here(reader, wanted),
                accounts=lambda: known_accounts(reader),
                taken=lambda source, wanted: taken_before(reader, source, wanted),
                kind=kind,
                mapping=mapping,
                stopped=stopped,
            )
        except RuleBroken as broken:
            raise cannot_be_imported(path, broken.said, field=broken.field) from None

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
            taker: AccountTaker | PersonTaker
            if shown.mapping.kind is ImportKind.PEOPLE:
                accounts = known_accounts(self._storage.reader)
                taker = PersonTaker(self._storage, change, accounts)
            else:
                taker = AccountTaker(self._storage, change)
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
        return change.touched


def _at_row(path: Path, judgement: Judgement, broken: RuleBroken) -> RuleBroken:
    said = Text("row {row}: {reason}", row=judgement.candidate.row, reason=broken.said)
    return cannot_be_imported(path, said, field=broken.field)
