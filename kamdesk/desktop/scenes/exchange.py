"""Scenes of the exchange with the team: what waits, what is unsent, what the hub refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.ids import Id
from kamdesk.core.wire_op import Verb, WireOp
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.opening.place import DEMO_PASSPHRASE
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import DAY, Shown, Territories, bare, quiet, settle_until
from kamdesk.desktop.shots import LARGE, SMALL, Scene
from kamdesk.storage.exchange import acknowledge, join, receive, unsent
from kamdesk.storage.naming import name_to_send

if TYPE_CHECKING:
    from kamdesk.core.changes import ChangeSet
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
        self._n += 1
        storage, seq = self._desk.storage, self._position() + 1
        scope = storage.reader.ask(
            "SELECT account, audience FROM op JOIN scopes ON scopes.n = op.scope WHERE eid = ?",
            record,
        ).one()
        op = WireOp(
            dev=2,
            dseq=self._n,
            wall=storage.clock.now().ms + minutes * 60_000,
            ctx=ctx,
            txn=self._n,
            scope=(scope[0], scope[1]),
            kind=kind,
            record=record,
            verb=verb,
            cells=dict(cells),
            name=name_to_send(name),
            by=self._by,
            seq=seq,
        )
        return receive(storage, [op], seq)


def write_apart(desk: "Workspace", words: Sequence[str] = _ZH) -> None:
    """Let a colleague and the user write to the same fields without seeing each other's."""
    who, first, middle, last, mine, theirs, focus, other_focus, unit, other_unit, ask = words
    wu = desk.team.new(who)
    desk.team.add(wu)
    line = next(iter(desk.accounts.ask.everything()))
    seen = desk.storage.position
    account = replace(line, note=f"{first}{middle}{last}")
    desk.accounts.change(account, base=line, seen=seen())
    person = next(one for one in desk.people.ask.everybody() if one.account == account.id)
    visit = desk.visits.ask.whole(account.id)[0]
    join(desk.storage, 1)
    colleague = Colleague(desk, wu.id)
    colleague.level()
    before = int(seen())
    desk.accounts.change(replace(account, note=f"{first}{mine}{last}"), base=account, seen=seen())
    desk.people.change(replace(person, focus=focus, department=unit), base=person, seen=seen())
    desk.visits.change(replace(visit, objective=ask), base=visit, seen=seen())
    at = before
    cells: dict[str, Any] = {"note": f"{first}{theirs}{last}", "website": "www.example.cn"}
    colleague.writes("account", account.id, cells, ctx=at)
    told = Text("Change person")
    cells = {"focus": other_focus, "department": other_unit, "birthday": "5-1"}
    colleague.writes("person", person.id, cells, ctx=at, name=told, minutes=11)
    colleague.writes("visit", visit.id, {}, ctx=at, verb=Verb.DELETE, minutes=-30)


def _apart(territories: Territories, then: Callable[[Any], object] = lambda _: None) -> Any:
    def make(app: Application) -> QWidget:
        spoken = looks.language()
        folder = _staged(territories, spoken)
        program = Shown(app, folder, territories.keys)
        window = program.window(Route("conflicts"))
        page: Any = window.page
        settle_until(lambda: page.content is not None)
        then(page)
        quiet(page.workbench)
        return window

    return make


def _staged(territories: Territories, language: str) -> Any:
    from kamdesk.workspace import open_workspace

    known = (territories._folder / f"{language}-apart").exists()
    folder = territories.aside("apart", language)
    if not known:
        desk = open_workspace(
            folder,
            passphrase=lambda: DEMO_PASSPHRASE,
            keys=territories.keys,
            clock=StoppedClock(Instant.at(DAY, 8)),
        )
        write_apart(desk, _ZH if language == "zh" else _EN)
        desk.close()
    return folder


def _decide(page: Any) -> None:
    page.view.rows[-1].take_theirs()


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    return (
        Scene("conflicts-none", bare(on, Route("conflicts")), (SMALL,)),
        Scene("conflicts", _apart(on), (LARGE, SMALL)),
        Scene("conflicts-person", _apart(on, lambda page: page.list.step(1)), (LARGE,)),
        Scene("conflicts-large", _apart(on), (LARGE,), (1,), (200,)),
    )
