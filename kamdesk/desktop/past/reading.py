"""The history of any record in words: cells by their names, ids by what they are called."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.basis import SURENESS_WORDS, Basis
from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.money import Money
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.dossier.told import field_words, value_words
from kamdesk.storage import basis
from kamdesk.storage.catalogue import LIFE, OWN
from kamdesk.storage.scrubbing import ids_in

if TYPE_CHECKING:
    from kamdesk.storage.history import HistoryLine
    from kamdesk.workspace import Workspace

Called = Callable[[Id], str]
"""Names a record."""
_ID_BYTES = 16


class HistoryRow(NamedTuple):
    """One value that changed, in words. ``latest``: it is what stands there now.

    ``field`` is what the cell is called, with the part it is of: a site of a customer.
    """

    id: tuple[int, str]
    at: Instant | None
    by: str
    action: Text
    cell: str
    before: str
    after: str
    latest: bool
    kind: str
    record: Id
    field: str

    @property
    def can_come_back(self) -> bool:
        """Whether the value can be brought back: it is one, and not what stands there."""
        return self.cell != LIFE and not self.latest


class HistorySeen(NamedTuple):
    """The record's kind and name, the rows, and the day they were read."""

    kind: str
    called: str
    rows: list[HistoryRow]
    today: Day


def read_history(desk: "Workspace", record: bytes) -> HistorySeen | None:
    """Return what changed of a record, newest first; None for one that never was."""
    kind = desk.history.kind_of(Id(record))
    if kind is None:
        return None
    parts = [(kind, Id(record), "")]
    if kind == "account":
        sites = desk.accounts.ask.sites(AccountId(Id(record)))
        parts += [("site", Id(site.id), site.name or site.address) for site in sites]
    lines = [(line, of) for part, one, of in parts for line in desk.history.of(part, one)]
    called = _called(desk, record, [line for line, _ in lines])
    rows: list[HistoryRow] = []
    newest: set[tuple[Id, str]] = set()
    for line, of in lines:
        cell = (line.record, line.cell)
        rows.append(_row(desk, called, line, of, latest=cell not in newest))
        newest.add(cell)
    rows.sort(key=lambda row: row.id[0], reverse=True)
    return HistorySeen(kind, called(Id(record)), rows, desk.clock.today())


def _called(desk: "Workspace", record: bytes, lines: "list[HistoryLine]") -> Called:
    """Return what names the records that lines name, all asked for at once; a "?" for others."""
    ids = {record, *ids_in(value for line in lines for value in (line.before, line.after))}
    ids |= {line.by for line in lines if line.by}
    return names_of(desk, ids, [line.cell for line in lines])


def names_of(desk: "Workspace", ids: Iterable[bytes], cells: Iterable[str] = ()) -> Called:
    """Return what names records and own fields, all asked for at once; a "?" for others."""
    every = {*ids, *(bytes.fromhex(one[len(OWN) :]) for one in cells if one.startswith(OWN))}
    names = desk.history.called([one for one in every if len(one) == _ID_BYTES])
    return lambda one: names.get(one, "?")


def _row(
    desk: "Workspace", called: Called, line: "HistoryLine", of: str, *, latest: bool
) -> HistoryRow:
    return HistoryRow(
        (line.lid, line.cell),
        line.at,
        called(Id(line.by)) if line.by else "",
        line.name,
        line.cell,
        words_of(desk, called, line.kind, line.cell, line.before),
        words_of(desk, called, line.kind, line.cell, line.after),
        latest,
        line.kind,
        line.record,
        looks.joined(of, looks.capital(field_of(called, line.kind, line.cell))),
    )


def field_of(called: Called, kind: str, cell: str) -> Text | str:
    """Return what a cell is called, an own field by the name it was given."""
    if cell.startswith(OWN):
        return called(Id(bytes.fromhex(cell.removeprefix(OWN))))
    return field_words(kind, cell)


def words_of(desk: "Workspace", called: Called, kind: str, cell: str, value: object) -> str:
    """Return a value of the log in words, with what it stands on."""
    known = desk.storage.catalogue[kind].by_name.get(cell)
    stands_on = None
    if known is not None:
        value, stands_on = basis.parted(known, value)  # type: ignore[arg-type]  # of the log
    said: Text | str
    if cell == "annual_revenue" and isinstance(value, tuple) and isinstance(value[0], int):
        said = looks.money(Money(value[0], str(value[-1] or "CNY")), exact=True)
    elif cell == "content" and isinstance(value, tuple):
        said = looks.number(value[0] / 1024) + " KB" if isinstance(value[0], int) else ""
    else:
        said = value_words(kind, cell, value, called=called, said=looks.said)
    if stands_on is None:
        return looks.said(said)
    read = Basis.read(stands_on)
    sure = SURENESS_WORDS[read.sureness] if read.sureness else ""
    as_of = Text("as of {day}", day=read.as_of.isoformat()) if read.as_of else ""
    return looks.joined(said, as_of, read.source, sure)
