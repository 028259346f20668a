"""Scenes of the exchange with the team: what waits, what is unsent, what the hub refused."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.ids import Id
from kamdesk.core.wire_op import Verb, WireOp
from kamdesk.core.wording import Text
from kamdesk.desktop import exchanging, looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.opening.place import DEMO_PASSPHRASE
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import DAY, Shown, Territories, bare, quiet, settle_until
from kamdesk.desktop.shots import LARGE, SMALL, Scene
from kamdesk.storage import team
from kamdesk.storage.exchange import acknowledge, join, receive, unsent
from kamdesk.storage.naming import name_to_send
from kamdesk.sync.joining import Host
from kamdesk.sync.quarantine import put

if TYPE_CHECKING:
    from kamdesk.core.changes import ChangeSet
    from kamdesk.storage.storage import Storage
    from kamdesk.workspace import Workspace

_ZH = ("吴启明", "先过财务口径，再谈价格。", "等集团预算。", "保留现场走查。",
       "由财务副总与李敏单独对一次口径。", "给 10 % 让利换取本季签约。",
       "现金流与交期", "设备稼动率", "生产部", "生产与物流部", "报价按三年总成本比较")  # fmt: skip
_EN = ("Wu Qiming", "First the figures with finance, then the price.", "Wait for the group budget.",
       "Keep the walk through the plant.", "Let the finance deputy settle the figures with Li Min.",
       "Give 10 % for a signature this quarter.", "Cash flow and delivery dates",
       "How long machines run", "Production", "Production and logistics",
       "Compare offers by the total cost over three years")  # fmt: skip


class Colleague:
    """Another's desk, as far as this one hears of it: what it writes comes in by the hub."""

    def __init__(self, desk: "Workspace", by: Id) -> None:
        self._desk, self._by, self._n = desk, by, 0

    def level(self) -> None:
        """Let everything written here so far be at the hub."""
        storage = self._desk.storage
        while ops := unsent(storage):
            start = self._position() + 1
            acknowledge(storage, {op.dseq: start + n for n, op in enumerate(ops)})
            receive(storage, (), start + len(ops) - 1)

    def _position(self) -> int:
        storage = self._desk.storage
        places = storage.reader.ask("SELECT max(seq) FROM op").value() or 0
        return max(int(storage.position()), int(places))

    def writes(
        self,
        kind: str,
        record: bytes,
        cells: Mapping[str, object],
        *,
        ctx: int,
        verb: Verb = Verb.SET,
        name: Text = Text("Change customer"),  # noqa: B008  (frozen)
        minutes: int = 5,
    ) -> "ChangeSet":
        """Let a change come in that had seen the log up to ``ctx``."""
        storage, seq = self._desk.storage, self._position()
        account, first = storage.reader.ask(
            "SELECT account, audience FROM op JOIN scopes ON scopes.n = op.scope WHERE eid = ?",
            record,
        ).one()
        parts: dict[str, dict[str, object]] = {} if cells else {first: {}}
        for cell, value in cells.items():
            audience = storage.catalogue[kind].by_name[cell].audience
            parts.setdefault(audience.value, {})[cell] = value
        txn, ops = self._n + 1, []
        for audience_, part in parts.items():
            self._n, seq = self._n + 1, seq + 1
            op = WireOp(
                dev=2,
                dseq=self._n,
                wall=storage.clock.now().ms + minutes * 60_000,
                ctx=ctx,
                txn=txn,
                scope=(account, audience_),
                kind=kind,
                record=record,
                verb=verb,
                cells=part,
                name=name_to_send(name),
                by=self._by,
                seq=seq,
            )
            ops.append(op)
        return receive(storage, ops, seq)


def write_apart(desk: "Workspace", words: Sequence[str] = _ZH) -> None:
    """Let a colleague and the user write to the same fields without seeing each other's."""
    who, first, middle, last, mine, theirs, focus, other_focus, unit, other_unit, ask = words
    wu = desk.team.new(who)
    desk.team.add(wu)
    line = next(iter(desk.accounts.ask.everything()))
    seen = desk.storage.position
    space = " " if first.isascii() else ""
    account = replace(line, note=space.join((first, middle, last)))
    desk.accounts.change(account, base=line, seen=seen())
    person = next(one for one in desk.people.ask.everybody() if one.account == account.id)
    visit = desk.visits.ask.whole(account.id)[0]
    join(desk.storage, 1)
    colleague = Colleague(desk, wu.id)
    colleague.level()
    before = int(seen())
    desk.accounts.change(
        replace(account, note=space.join((first, mine, last))), base=account, seen=seen()
    )
    desk.people.change(replace(person, focus=focus, department=unit), base=person, seen=seen())
    desk.visits.change(replace(visit, objective=ask), base=visit, seen=seen())
    at = before
    cells: dict[str, Any] = {"note": space.join((first, theirs, last)), "website": "www.example.cn"}
    colleague.writes("account", account.id, cells, ctx=at)
    told = Text("Change person")
    cells = {"focus": other_focus, "department": other_unit, "birthday": "5-1"}
    colleague.writes("person", person.id, cells, ctx=at, name=told, minutes=11)
    gone = Text("Drop visit")
    colleague.writes("visit", visit.id, {}, ctx=at, verb=Verb.DELETE, name=gone, minutes=-30)


def _hub(storage: "Storage", *, last: int = 3, trouble: Text | None = None) -> None:
    """Let the file know a hub; the last exchange so many minutes ago."""
    with storage.transaction():
        storage.keep(team.HUB_URL, "https://hub.example.cn")
        storage.keep(team.HUB_NAME, "华东大区" if looks.language() == "zh" else "Region East")
        storage.keep(team.HUB_PRINT, "3f2a90b1c4d5e6f7" * 4)
        storage.keep(team.SENT, 1407)
        storage.keep(team.RECEIVED, 3120)
        storage.keep(team.LAST_EXCHANGE, storage.clock.now().ms - last * 60_000)
        storage.keep(team.LEASED_UNTIL, storage.clock.now().ms + 29 * 86_400_000)
    team.keep_trouble(storage, trouble)


def level(desk: "Workspace") -> None:
    """Join a team, everything sent, nothing waiting."""
    join(desk.storage, 1)
    wu = desk.team.new("吴启明")
    desk.team.add(wu)
    Colleague(desk, wu.id).level()
    _hub(desk.storage)


def busy(desk: "Workspace") -> None:
    """Conflicts, changes that wait, two that the hub refused, and one report."""
    write_apart(desk, _ZH if looks.language() == "zh" else _EN)
    _hub(desk.storage)
    account = desk.accounts.ask.everything()[1]
    desk.accounts.change(
        replace(account, phone="0510-8888 1200", website="www.example.com"),
        base=account,
        seen=desk.storage.position(),
    )
    person = desk.people.ask.everybody()[3]
    desk.people.change(replace(person, note=_ZH[1]), base=person, seen=desk.storage.position())
    last = desk.storage.reader.ask("SELECT max(dseq) FROM op WHERE seq IS NULL").value()
    with desk.storage.transaction():
        put(desk.storage, {last - 1: "no_right", last: "no_right"})
        desk.storage.connection.execute(
            "INSERT INTO reports (at, account, audience, here, there, differing, mended)"
            " VALUES (?, ?, 'internal', 412, 413, 1, ?)",
            (str(desk.clock.now()), account.id, str(desk.clock.now())),
        )


def offline(desk: "Workspace") -> None:
    """Changes that have waited for more than a day, and no way to the hub."""
    level(desk)
    person = desk.people.ask.everybody()[3]
    seen = desk.storage.position()
    desk.people.change(replace(person, note=_ZH[1]), base=person, seen=seen)
    day_ago = desk.clock.now().ms - 30 * 3_600_000
    desk.storage.connection.execute("UPDATE op SET wall = ? WHERE seq IS NULL", (day_ago,))
    said = Text("There is no way to the hub: no network, or it is switched off.")
    _hub(desk.storage, last=31 * 60, trouble=said)


def staged(
    territories: Territories,
    name: str,
    prepare: Callable[["Workspace"], object],
    route: Route,
    then: Callable[[Any], object] = lambda _: None,
) -> Callable[[Application], QWidget]:
    """Return what shows a page on a copy of the territory that was prepared once."""

    def make(app: Application) -> QWidget:
        from kamdesk.workspace import open_workspace

        language = looks.language()
        folder = territories.aside(name, language)
        ready = folder / "prepared"
        if not ready.exists():
            clock = StoppedClock(Instant.at(DAY, 8))
            desk = open_workspace(
                folder, passphrase=lambda: DEMO_PASSPHRASE, keys=territories.keys, clock=clock
            )
            prepare(desk)
            desk.close()
            ready.touch()
        program = Shown(app, folder, territories.keys)
        with _no_network():
            window = program.window(route)
        page: Any = window.page
        settle_until(lambda: getattr(page, "content", page) is not None)
        then(page)
        quiet(page.workbench)
        return window

    return make


class _Resting:
    """Rounds that exchange with nobody."""

    def round(self, wait: int) -> bool:
        return False

    def hang_up(self, *, for_good: bool = False) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        """Nothing is open."""


@contextmanager
def _no_network() -> Iterator[None]:
    """Let the exchange of a window that opens rest: a picture shows no network's mood."""
    real = exchanging.with_hub  # asked for when a window opens
    exchanging.with_hub = lambda ring: lambda *_: _Resting()
    try:
        yield
    finally:
        exchanging.with_hub = real


def apart(desk: "Workspace") -> None:
    write_apart(desk, _ZH if looks.language() == "zh" else _EN)
    _hub(desk.storage)


def _join(page: Any) -> None:
    page.begin_join()
    host = Host(url="https://hub.example.cn", name="Region East", fingerprint="3f2a90b1" * 8,
                pinned=True)  # fmt: skip
    settle_until(lambda: bool(page.step._customers))
    page.step._show_host(host)
    page.step._sharing.choose("some")


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    conflicts, exchange = Route("conflicts"), Route("exchange")
    refused, fetched = Route("exchange", None, "refused"), Route("exchange", None, "reports")
    return (
        Scene("conflicts-none", bare(on, conflicts), (SMALL,)),
        Scene("conflicts", staged(on, "apart", apart, conflicts), (LARGE, SMALL)),
        Scene("conflicts-text", staged(on, "apart", apart, conflicts, _next), (LARGE,)),
        Scene("conflicts-deleted", staged(on, "apart", apart, conflicts, _last), (SMALL,)),
        Scene("conflicts-large", staged(on, "apart", apart, conflicts), (LARGE,), (1,), (200,)),
        Scene("exchange-alone", bare(on, exchange), (LARGE, SMALL)),
        Scene("exchange-join", staged(on, "alone", _nothing, exchange, _join), (LARGE, SMALL)),
        Scene("exchange-phrase", staged(on, "alone", _nothing, exchange, _phrase), (LARGE, SMALL)),
        Scene("exchange-folder", staged(on, "alone", _nothing, exchange, _typed), (SMALL,)),
        Scene("exchange-level", staged(on, "level", level, exchange), (LARGE, SMALL)),
        Scene("exchange", staged(on, "busy", busy, exchange), (LARGE, SMALL), (1, 2)),
        Scene("exchange-refused", staged(on, "busy", busy, refused, _first), (LARGE, SMALL)),
        Scene("exchange-forget", staged(on, "busy", busy, refused, _forget), (SMALL,)),
        Scene("exchange-reports", staged(on, "busy", busy, fetched), (SMALL,)),
        Scene("exchange-late", staged(on, "late", offline, exchange), (LARGE, SMALL)),
        Scene("exchange-large", staged(on, "busy", busy, exchange), (LARGE,), (1,), (200,)),
    )


def _nothing(_desk: "Workspace") -> None:
    """Nothing is prepared."""


def _folder(page: Any) -> Any:
    page.begin_folder()
    settle_until(lambda: bool(page.step._what.values))
    page.step.folder.setText("/media/lin/STICK")
    return page.step


def _phrase(page: Any) -> None:
    from kamdesk.hub.keeping.boxes import Invited

    panel = _folder(page)
    panel.show_phrase(Invited(box=bytes(16), phrase="lusab-babad-gutih-tugad-mopek", until=0))


def _typed(page: Any) -> None:
    from kamdesk.desktop.exchange.keeper_panel import TYPED

    panel = _folder(page)
    panel._what.choose(TYPED)
    panel.phrase.setText("lusab babad gutih tugad mopek")


def _next(page: Any) -> None:
    page.list.step(1)


def _last(page: Any) -> None:
    page.list.step(1)
    page.list.step(1)


def _first(page: Any) -> None:
    page.list.view.selectRow(0)


def _forget(page: Any) -> None:
    page.list.view.selectRow(0)
    page.actions_here["exchange.forget"].trigger()
