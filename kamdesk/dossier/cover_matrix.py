"""Our team against their people: who of ours knows whom, how well, how well it should be."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, NamedTuple

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, ColleagueId, Id, MapId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.chain.network import Cover, Network, Node
from kamdesk.domain.chain.standing import LINE_WORDS, Line, What
from kamdesk.domain.chain.store import ChainStore
from kamdesk.dossier.chain_view import read_chain
from kamdesk.storage.database import Reader
from kamdesk.storage.history import first_written

WIDE_GAP: Final = 3
"""Steps a relationship is short of what is wanted from which on it is marked."""
PAIRED: Final = 2
"""From this relationship on one of ours can meet them: their line has a pair (G48)."""
KINDS: Final = (What.COVERAGE, What.COVERAGE_WANTED)


class Written(NamedTuple):
    """Who of ours wrote a judgement, when (None: not known)."""

    by: str
    at: Instant | None


class Spot(NamedTuple):
    """One cell: one of theirs, one of ours (None: ours, without a name)."""

    person: Id
    colleague: ColleagueId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixColumn:
    """One of ours (``id`` None: ours, without a name): how many they know, how many they own."""

    id: ColleagueId | None
    name: str = ""
    title: str = ""
    knows: int = 0
    owns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One of theirs; ``cells`` stand in the order of the columns. ``stance`` is the fresh one."""

    node: Node
    stance: int | None
    cells: tuple[Cover, ...]

    @property
    def gap(self) -> int | None:
        """How many steps are missing to what is wanted, of all of ours; None: nothing is wanted."""
        wanted = [cover for cover in self.cells if cover.wanted]
        return sum(map(short_of, wanted)) if wanted else None

    @property
    def reasons(self) -> tuple[Text, ...]:
        """Why somebody more of ours should know them, as the map shows it."""
        known = [cover for cover in self.cells if cover.now]
        found = []
        if known and all(cover.colleague is None for cover in known):
            found.append(Text("who of ours knows them is not said"))
        elif not known:
            found.append(Text("nobody of ours knows them"))
        elif len(known) == 1:
            found.append(Text("only one of ours knows them"))
        if self.stance is not None and self.stance < 0:
            found.append(Text("they are against us"))
        if (self.node.stands.influence or 0) >= 4:
            found.append(Text("they decide, or the decider listens to them"))
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixLine:
    """The head of a group of rows: a line of theirs (None: not said), and whether it has a pair."""

    line: Line | None
    people: int
    paired: bool

    @property
    def name(self) -> Text:
        """What the line is called."""
        return LINE_WORDS[self.line] if self.line else Text("line not said")


@dataclass(frozen=True, kw_only=True)
class CoverMatrix:
    """The whole of it: people by influence, ours with the account team first."""

    net: Network
    columns: tuple[MatrixColumn, ...] = ()
    rows: tuple[MatrixRow, ...] = ()
    written: Mapping[tuple[Spot, What], Written] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def shown(self, *, gaps_only: bool = False, by_line: bool = False) -> list[object]:
        """Return rows to show, of people with a gap only, and with the heads of their lines."""
        rows = [row for row in self.rows if not gaps_only or row.gap]
        return list(_by_line(rows)) if by_line else list(rows)


def short_of(cover: Cover) -> int:
    """Return how many steps one relationship is short of what is wanted; unknown counts as 0."""
    return max(0, (cover.wanted or 0) - (cover.now or 0))


def read_matrix(
    reader: Reader,
    account: AccountId,
    *,
    at: Instant,
    map_id: MapId | None = None,
    also: Collection[ColleagueId] = (),
) -> CoverMatrix:
    """Return the matrix of a customer's map. Raises ``LookupError`` for one not there.

    ``also`` are colleagues to show though nothing is said of them yet.
    """
    net = read_chain(reader, account, at=at, map_id=map_id)
    accounts = AccountStore(reader)
    team = [ColleagueId(Id(one)) for one in accounts.team(account)]
    first = [accounts.get(account).owner, *team, *also]
    made = cover_matrix(net, first=[one for one in first if one is not None])
    return replace(made, written=_written(reader, net))


def cover_matrix(net: Network, *, first: Iterable[ColleagueId] = ()) -> CoverMatrix:
    """Return the matrix of a map; ``first`` are those of ours shown first, in their order."""
    by_spot = {
        Spot(cover.node, cover.colleague): cover
        for cover in net.covers
        if not _taken_over(net, cover)
    }
    people = sorted(
        net.people, key=lambda node: (-(node.stands.influence or 0), node.name, node.id)
    )
    ours = _ours(net, first)
    rows = tuple(
        MatrixRow(
            node=node,
            stance=net.stance(node),
            cells=tuple(
                by_spot.get(Spot(node.id, one), Cover(node=node.id, colleague=one)) for one in ours
            ),
        )
        for node in people
    )
    known = {one.id: one for one in net.ours}
    columns = []
    for n, one in enumerate(ours):
        named = known.get(one) if one else None
        columns.append(
            MatrixColumn(
                id=one,
                name=named.name if named else "",
                title=named.title if named else "",
                knows=sum(bool(row.cells[n].now) for row in rows),
                owns=sum(one is not None and row.node.owner == one for row in rows),
            )
        )
    return CoverMatrix(net=net, columns=tuple(columns), rows=rows)


def _taken_over(net: Network, cover: Cover) -> bool:
    """True for a relationship without a name once a named one is as new."""
    return cover.colleague is None and any(
        one.colleague is not None and one.since and cover.since and one.since >= cover.since
        for one in net.covered_by[cover.node]
    )


def _ours(net: Network, first: Iterable[ColleagueId]) -> list[ColleagueId | None]:
    """Return whom of ours to show: those given, who owns somebody, who knows most; then unnamed."""
    known: dict[ColleagueId | None, int] = {}
    for cover in net.covers:
        said = cover.now is not None or cover.wanted is not None
        if said and not _taken_over(net, cover):
            known[cover.colleague] = known.get(cover.colleague, 0) + 1
    owners = [node.owner for node in net.people if node.owner is not None]
    named = sorted((one for one in known if one is not None), key=lambda one: -known[one])
    there = {one.id for one in net.ours}
    order = [one for one in dict.fromkeys([*first, *owners, *named]) if one in there]
    return [*order, None] if None in known else [*order]


def _by_line(rows: list[MatrixRow]) -> Iterator[object]:
    for line in (*Line, None):
        of = [row for row in rows if row.node.stands.line is line]
        if of:
            paired = any((cell.now or 0) >= PAIRED for row in of for cell in row.cells)
            yield MatrixLine(line=line, people=len(of), paired=paired)
            yield from of


def _written(reader: Reader, net: Network) -> Mapping[tuple[Spot, What], Written]:
    """Return who wrote the judgement behind each cell, and when."""
    readings = ChainStore(reader).readings(net.map.id, until=net.day) if net.map else []
    last = {
        (Spot(one.subject, one.colleague), one.what): one.id
        for one in readings
        if one.what in KINDS and one.subject in net.by_id
    }
    found = first_written(reader, last.values())
    names = {one.id: one.name for one in net.ours}
    return {
        key: Written(names.get(ColleagueId(Id(by)), "") if by else "", at)
        for key, reading in last.items()
        for at, by in (found.get(reading, (None, None)),)
    }
