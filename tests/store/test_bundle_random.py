"""Whatever records hold, however they came about: out and in again, they are the same."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.carried import ReadHere, exported, packed, parts_of, whole
from support.desks import a_desk, untruths

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.core.privacy import Privacy
from kamdesk.core.text.clean import clean
from kamdesk.core.wording import Text
from kamdesk.domain.access_plans.model import PlanState, Tender
from kamdesk.domain.accounts.model import AccountClass, Organisation
from kamdesk.domain.cadence.duty import Channel as ContactBy
from kamdesk.domain.chain.bonds import Bond
from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.domain.chain.standing import Sureness, What
from kamdesk.domain.lifecycle.phase import Phase
from kamdesk.domain.lifecycle.task import EvidenceSort, TaskState
from kamdesk.domain.opportunities.model import OpportunityState
from kamdesk.domain.own_fields.model import Of, Sort
from kamdesk.domain.people.model import Channel, NeedLevel, NeedState
from kamdesk.domain.playbook.model import Word
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import (
    Atmosphere,
    Firmness,
    Reached,
    Side,
    VisitKind,
    VisitState,
)
from kamdesk.dossier.sense import WORDS
from kamdesk.storage.carrying import column_types
from kamdesk.storage.catalogue import Kind, Merge
from kamdesk.storage.change import Change
from kamdesk.transfer.bundle import service
from kamdesk.workspace import Workspace

DAYS = ("2026-03-12", "1999-12-31", "2026-02-28")
MEANT: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("account", "organisation"): st.sampled_from([*map(str, Organisation)]),
    ("account", "class_by_hand"): st.sampled_from([*map(str, AccountClass)]),
    ("account", "phase_by_hand"): st.sampled_from([*map(str, Phase)]),
    ("site", "lat"): st.floats(-90, 90),
    ("site", "lon"): st.floats(-180, 180),
    ("way", "channel"): st.sampled_from([*map(str, Channel)]),
    ("need", "level"): st.sampled_from([*map(str, NeedLevel)]),
    ("need", "state"): st.sampled_from([*map(str, NeedState)]),
    ("need", "weight"): st.integers(1, 3),
    ("seat", "wanted"): st.sampled_from([str(Role.BUYER), f"{Role.USER} {Role.DECIDER}"]),
    ("reading", "what"): st.sampled_from([str(What.RIVAL), str(What.COACH)]),
    ("reading", "valid_from"): st.sampled_from(DAYS),
    ("reading", "sureness"): st.sampled_from([*map(str, Sureness)]),
    ("tie", "kind"): st.sampled_from([*map(str, TieKind)]),
    ("tie", "strength"): st.integers(1, 3),
    ("tie", "bond"): st.sampled_from([*map(str, Bond)]),
    ("visit", "start"): st.sampled_from(["2026-03-12T06:00:00.000Z Asia/Shanghai"]),
    ("visit", "minutes"): st.integers(0, 600),
    ("visit", "kind"): st.sampled_from([*map(str, VisitKind)]),
    ("visit", "firmness"): st.sampled_from([*map(str, Firmness)]),
    ("visit", "state"): st.sampled_from([*map(str, VisitState)]),
    ("visit", "atmosphere"): st.sampled_from([*map(str, Atmosphere)]),
    ("visit", "reached"): st.sampled_from([*map(str, Reached)]),
    ("attendee", "side"): st.sampled_from([*map(str, Side)]),
    ("fact", "day"): st.sampled_from(DAYS),
    ("verdict", "word"): st.sampled_from([*map(str, Word)]),
    ("opportunity", "state"): st.sampled_from([*map(str, OpportunityState)]),
    ("opportunity", "step"): st.integers(1, 9),
    ("access_plan", "state"): st.sampled_from([*map(str, PlanState)]),
    ("access_plan", "tender"): st.sampled_from([*map(str, Tender)]),
    ("own_field", "of_kind"): st.sampled_from([*map(str, Of)]),
    ("own_field", "sort"): st.sampled_from([*map(str, Sort)]),
    ("own_field", "privacy"): st.sampled_from([*map(str, Privacy)]),
    ("calendar", "imported"): st.sampled_from(["2026-03-12T06:00:00.000Z Asia/Shanghai"]),
    ("appointment", "minutes"): st.integers(0, 1440),
    ("agreement", "channel"): st.sampled_from([*map(str, ContactBy)]),
    ("agreement", "every"): st.integers(1, 1096),
    ("task", "state"): st.sampled_from([*map(str, TaskState)]),
    ("task", "evidence"): st.sampled_from([*map(str, EvidenceSort)]),
    ("absence", "begins"): st.integers(0, 1440),
    ("absence", "ends"): st.integers(0, 1440),
    ("pattern", "weeks"): st.integers(1, 12),
    ("pattern_stop", "week"): st.integers(1, 12),
    ("pattern_stop", "weekday"): st.integers(0, 6),
    ("pattern_stop", "begins"): st.integers(0, 1440),
    ("pattern_stop", "minutes"): st.integers(1, 1440),
    ("pattern_stop", "kind"): st.sampled_from([*map(str, VisitKind)]),
    ("promise", "side"): st.sampled_from([*map(str, PromiseSide)]),
    ("promise", "state"): st.sampled_from([*map(str, PromiseState)]),
}
"""What the columns hold whose words mean something."""
MUST = {("reading", "what"), ("reading", "valid_from"), ("tie", "kind"), ("fact", "day")}

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=30).map(
    clean
)
ids = st.integers(1, 6).map(lambda n: n.to_bytes(16, "big"))
numbers = st.integers(-(2**63) + 1, 2**63 - 1)
reals = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)
OF_TYPE = {"BLOB": ids, "TEXT": texts, "INTEGER": numbers, "REAL": reals}


def test_all_meant_columns_are_drawn() -> None:
    assert MEANT.keys() == WORDS.keys()


def _column(kind: Kind, column: str, types: dict[str, str]) -> st.SearchStrategy[Any]:
    found = MEANT.get((kind.name, column), OF_TYPE[types[column]])
    return found if (kind.name, column) in MUST else st.none() | found


def _values(kind: Kind, types: dict[str, dict[str, str]]) -> st.SearchStrategy[dict[str, Any]]:
    columns = types[kind.table]
    return st.fixed_dictionaries({name: _column(kind, name, columns) for name in kind.columns})


class _Doing:
    """Does things by chance to a few records."""

    def __init__(self, desk: Workspace, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.desk, self.draw = desk, draw
        self.types = column_types(desk.storage)
        self.kinds = desk.storage.catalogue.kinds
        self.made: list[tuple[Kind, Id]] = []

    def put(self, change: Change) -> None:
        kind = self.draw(st.sampled_from(self.kinds))
        record = self.desk.storage.new_id()
        change.put(kind, SimpleNamespace(id=record, **self.draw(_values(kind, self.types))))
        self.made.append((kind, record))

    def write(self, change: Change) -> None:
        kind, record = self.draw(st.sampled_from(self.made))
        values = kind.values(SimpleNamespace(**self.draw(_values(kind, self.types))))
        chosen = self.draw(st.sets(st.sampled_from(list(values)), min_size=1))
        change.write(kind, record, {name: values[name] for name in values if name in chosen})

    def link(self, change: Change) -> None:
        kind, record = self.draw(st.sampled_from(self.made))
        for cell in kind.cells:
            if cell.merge is Merge.LINKS:
                of = self.types[kind.link_table(cell.name)]["target"]
                targets = self.draw(st.sets(OF_TYPE[of].filter(bool), max_size=3))
                how = change.link if self.draw(st.booleans()) else change.unlink
                how(kind, record, cell.name, *sorted(targets))

    def live(self, change: Change) -> None:
        kind, record = self.draw(st.sampled_from(self.made))
        (change.drop if self.draw(st.booleans()) else change.restore)(kind, record)

    def something(self) -> None:
        doings = [self.put, self.put, self.write, self.link, self.live] if self.made else [self.put]
        with self.desk.storage.change(Text("Do {what}", what=self.draw(texts))) as change:
            for doing in self.draw(st.lists(st.sampled_from(doings), min_size=1, max_size=4)):
                doing(change)
        if self.draw(st.integers(0, 5)) == 0 and self.desk.undo.next_undo():
            self.desk.undo.undo()


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_there_is_comes_back_equal(data: st.DataObject) -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "BundleFile", ReadHere)
        folder = Path(place)
        desk, twin = (a_desk(folder, file=f"{n}.db") for n in (1, 2))
        doing = _Doing(desk, data.draw)
        for _ in range(data.draw(st.integers(1, 5))):
            doing.something()
        bundle = exported(desk, folder / "one.zip")
        twin.bundles.take(bundle)
        left, right = whole(desk), whole(twin)
        assert left == right
        assert exported(twin, folder / "two.zip").read_bytes() == bundle.read_bytes()
        assert untruths(twin) == []
        _can_be_shown(twin)
        for one in (desk, twin):
            one.close()


def _can_be_shown(desk: Workspace) -> None:
    """Ask what pages ask: what a bundle may bring must not break them."""
    desk.accounts.ask.everything()
    desk.people.ask.lines()
    desk.visits.ask.lines(limit=100)
    for account in desk.storage.reader.ask("SELECT DISTINCT id FROM accounts").column():
        desk.people.ask.of_account(account)
        desk.visits.ask.whole(account)
        desk.promises.ask.of_account(account)
        desk.accounts.ask.sites(account)


@settings(max_examples=150)
@given(data=st.data())
def test_a_bundle_damaged_anywhere_is_refused_or_the_same(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Flip, cut or double bytes anywhere in a part: never a crash, never half a workspace."""
    honest = _honest(tmp_path_factory)
    parts = parts_of(honest)
    part = data.draw(st.sampled_from([name for name in parts if name != "README.txt"]))
    raw = bytearray(parts[part])
    at = data.draw(st.integers(0, len(raw) - 1))
    how = data.draw(st.sampled_from(["flip", "cut", "double", "digit"]))
    if how == "flip":
        raw[at] ^= 1 << data.draw(st.integers(0, 7))
    elif how == "cut":
        del raw[at : at + data.draw(st.integers(1, 40))]
    elif how == "double":
        raw[at:at] = raw[at : at + 20]
    else:
        raw[at : at + 1] = b"9"
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "BundleFile", ReadHere)
        bundle = packed({**parts, part: bytes(raw)}, Path(place) / "damaged.zip")
        desk = a_desk(Path(place))
        before = whole(desk)
        said = _refused(desk, bundle)
        if said:
            assert "“damaged.zip” cannot be imported: " in said
            assert whole(desk) == before
        assert untruths(desk) == []
        _can_be_shown(desk)
        desk.close()


def _refused(desk: Workspace, bundle: Path) -> str:
    try:
        desk.bundles.take(bundle)
    except RuleBroken as refusal:
        return refusal.said.plain
    return ""


_MADE: list[Path] = []


def _honest(factory: pytest.TempPathFactory) -> Path:
    if not _MADE:
        folder = factory.mktemp("honest")
        desk = a_desk(folder)
        account = desk.accounts.new("华东重工")
        desk.accounts.add(account, tags=("重点",))
        person = desk.people.new("张伟", account.id)
        desk.people.add(person, title="处长")
        desk.visits.plan(desk.visits.new(account.id, desk.clock.now()))
        _MADE.append(exported(desk, folder / "honest.zip"))
        desk.close()
    return _MADE[0]
