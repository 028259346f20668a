"""A member of the team with a good token who means harm: what the hub takes of them and not."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import select
from support.hub_asking import HOUSE, Asker, account, cells_of, joined, record, tenant_of

from kamdesk.core.clock import StoppedClock
from kamdesk.core.wire_op import Verb
from kamdesk.hub import grants, stand
from kamdesk.hub.hub import Hub
from kamdesk.hub.schema import OP
from kamdesk.hub.stand import Odd
from kamdesk.sync.wire.messages import (
    MOST_MARKS,
    Answer,
    Elsewhere,
    Exchange,
    Mark,
    Rejected,
    Scope,
    SnapshotAsk,
    read,
    said,
)
from kamdesk.sync.wire.strict import Garbled

OURS, THEIRS = account(1), account(2)
INTERNAL, PARTNER = Scope(OURS, "internal"), Scope(OURS, "partner")
FOREIGN = Scope(THEIRS, "internal")


@pytest.fixture
def tenant(hub: Hub) -> int:
    return tenant_of(hub)


@pytest.fixture
def anna(hub: Hub, tenant: int) -> Asker:
    """Who has an account with a record in both audiences."""
    anna = joined(hub, tenant, "anna")
    anna.write(INTERNAL, 1, {"stance": "against us"}, kind="person")
    anna.write(PARTNER, 1, {"name": "Li Na"}, kind="person")
    anna.settle()
    return anna


@pytest.fixture
def mal(hub: Hub, tenant: int, anna: Asker) -> Asker:
    """One of the staff with an account of their own."""
    mal = joined(hub, tenant, "mal")
    mal.write(FOREIGN, 9, {"name": "mine"})
    mal.settle()
    return mal


@pytest.fixture
def paul(hub: Hub, tenant: int, anna: Asker) -> Asker:
    """A partner who may write what partners may at the first account."""
    paul = joined(hub, tenant, "paul", "partner")
    with hub.turn(tenant) as turn:
        grants.grant(turn, paul.device.user, OURS, "partner")
    paul.settle()
    return paul


def refused(asker: Asker, reason: str) -> bool:
    done = asker.exchange()
    return [one.reason for one in done.settled.rejected] == [reason] and not done.own


def spelt(message: Any, old: str, new: str, kind: type[Any]) -> Any:
    """Return a message as read in which one text is spelt otherwise."""
    return read(said(message).replace(old.encode(), new.encode()), kind)


def test_a_record_is_not_taken_under_a_second_kind(anna: Asker) -> None:
    anna.write(INTERNAL, 1, {"name": "hidden behind a customer"}, kind="account")
    assert refused(anna, "bad_value")
    anna.write(INTERNAL, 1, {"stance": "for us"}, kind="person")
    assert not anna.exchange().settled.rejected


@pytest.mark.parametrize("behind", ["\\n", "\\r", " ", "\\u0085"])
def test_two_spellings_of_one_id_are_not_two_records(mal: Asker, behind: str) -> None:
    """A line's end behind an id made it another at the hub, and the same one on every desk."""
    mal.write(FOREIGN, 1, {"stance": "for us"}, kind="person")
    with pytest.raises(Garbled):
        spelt(mal.question(), record(1), record(1) + behind, Exchange)
    with pytest.raises(Garbled):
        spelt(mal.question(), THEIRS, OURS + behind, Exchange)


@pytest.mark.parametrize(
    "verb", [Verb.SET, Verb.LINK, Verb.DELETE, Verb.RESTORE, Verb.ERASE, Verb.FORGET]
)
@pytest.mark.parametrize("scope", [FOREIGN, HOUSE], ids=["own account", "house"])
def test_a_record_of_others_is_not_taken_into_ones_own(
    mal: Asker, anna: Asker, verb: Verb, scope: Scope
) -> None:
    mal.write(scope, 1, {"x": ["y"]} if verb is Verb.LINK else {}, verb=verb, kind="person")
    assert refused(mal, "other_account")
    assert anna.exchange().ops == []


@pytest.mark.parametrize("scope", [INTERNAL, PARTNER, Scope(OURS, "private"), Scope(None, "local")])
def test_others_accounts_and_odd_audiences_are_refused(mal: Asker, scope: Scope) -> None:
    mal.write(scope, 7, {"name": "x"})
    known = scope in (INTERNAL, PARTNER)
    assert refused(mal, "no_right" if known else "unknown_audience")


def test_a_partner_does_not_decide_what_is_internal(paul: Asker, anna: Asker) -> None:
    """Desks fold a record of both audiences, so a cell that stands inside is not theirs to say."""
    paul.write(PARTNER, 1, {"stance": "for us"}, kind="person")
    assert refused(paul, "no_right")
    paul.write(PARTNER, 1, {"stance": None, "name": "Li"}, kind="person")
    assert refused(paul, "no_right")
    paul.write(PARTNER, 1, {"name": "Li"}, kind="person")
    assert paul.exchange().settled.rejected == []
    anna.write(PARTNER, 1, {"stance": "with us"}, kind="person")
    assert anna.exchange().settled.rejected == [], "who may write both may move it"


def test_who_lost_an_account_says_in_vain_that_the_erasing_was_before(
    hub: Hub, tenant: int, anna: Asker, mal: Asker
) -> None:
    """The time and place of writing are the writer's word, and an erasing cannot be undone."""
    with hub.turn(tenant) as turn:
        grants.grant(turn, mal.device.user, OURS)
    mal.settle()
    before = hub.clock.now().ms
    assert isinstance(hub.clock, StoppedClock)
    hub.clock.move(minutes=5)
    with hub.turn(tenant) as turn:
        grants.revoke(turn, mal.device.user, OURS)
    seen = mal.mark.seq if mal.mark else 0
    mal.write(INTERNAL, 1, {"stance": "neutral"}, wall=before, ctx=seen, kind="person")
    mal.write(INTERNAL, 1, {}, verb=Verb.ERASE, wall=before, ctx=seen, kind="person")
    assert mal.exchange().settled.rejected == [Rejected(mal.start - 1, "no_right")]
    assert cells_of(anna.exchange().ops[0]) == {"stance": "neutral"}, "what can be is taken"


def test_a_desk_that_lies_about_the_log_holds_nobody_up(
    hub: Hub, anna: Asker, mal: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each mark is looked up while the log is locked, and each lie began an epoch for everybody."""
    with pytest.raises(Garbled):
        mal.question(marks=[Mark(n, 1) for n in range(MOST_MARKS + 1)])
    looked: list[int] = []
    is_ours = stand._is_ours
    monkeypatch.setattr(stand, "_is_ours", lambda *asked: looked.append(1) or is_ours(*asked))
    epoch = anna.epoch
    for _ in range(9):
        answer: Answer = mal.ask(marks=[Mark(2, 1)] * MOST_MARKS, epoch=epoch)
        assert isinstance(answer, Elsewhere)
        epoch = answer.epoch
    assert len(looked) <= 9 * (MOST_MARKS + 1)
    answer = anna.ask()
    assert isinstance(answer, Elsewhere)
    assert answer.epoch <= anna.epoch + 1
    assert answer.start == (anna.mark.seq if anna.mark else None), "and nothing is lost by it"


@pytest.mark.parametrize(
    "changes",
    [
        {"marks": [Mark(10**18, 5)], "epoch": 1},
        {"access": 10**18},
        {"dev": 7},
        {"epoch": 10**18},
        {"chain": "f" * 32},
    ],
)
def test_what_a_device_says_of_itself_changes_nothing_for_others(
    anna: Asker, mal: Asker, changes: dict[str, Any]
) -> None:
    before = anna.exchange()
    mal.ask(**changes)
    mal.write(FOREIGN, 8, {"name": "x"})
    mal.ask(**changes)
    after = anna.ask()
    if isinstance(after, Elsewhere):
        assert after.start == before.mark.seq
    else:
        assert msgspec.structs.asdict(after)["settled"] == before.settled


@pytest.mark.parametrize("after", ["9" * 80, "9" * 19, "-1", "1e5", "²", "x:y"])
def test_a_place_no_page_ended_at_is_odd(mal: Asker, after: str) -> None:
    with pytest.raises(Odd):
        mal.snapshot([FOREIGN], after=after, past=True)


@pytest.mark.parametrize("after", [f"{OURS}:{record(0)}", ":", "~" * 80, "'; DROP TABLE op; --"])
def test_a_snapshot_gives_no_foreign_byte_whatever_it_is_asked(mal: Asker, after: str) -> None:
    page = mal.snapshot([INTERNAL, PARTNER, Scope(OURS, "x"), FOREIGN], after=after)
    assert {page.scopes[op.scope] for op in page.ops} <= {FOREIGN}
    assert b"against us" not in said(page)


def test_numbers_are_not_given_without_end(
    hub: Hub, mal: Asker, anna: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kamdesk.hub.hub.MOST_NUMBERS", 4)
    assert len({hub.renumber(mal.device) for _ in range(3)}) == 3
    with pytest.raises(Odd):
        hub.renumber(mal.device)
    assert hub.renumber(anna.device) != anna.device.dev


def test_scopes_without_end_are_no_message() -> None:
    whole: dict[str, Callable[[list[Scope]], Any]] = {
        "snapshot": lambda many: SnapshotAsk(proto=2, scopes=many),
        "exchange": lambda many: Exchange(
            proto=2, epoch=1, dev=1, start=1, chain="", marks=[], access=0, scopes=many
        ),
    }
    for make in whole.values():
        message = make([FOREIGN] * 5001)
        with pytest.raises(Garbled):
            read(said(message), type(message))


def _log(hub: Hub) -> str:
    with hub.engine.connect() as connection:
        return repr(connection.execute(select(OP.c.cells).order_by(OP.c.seq)).all())


def test_what_others_said_before_is_not_theirs_to_forget(
    hub: Hub, anna: Asker, mal: Asker, paul: Asker
) -> None:
    anna.write(INTERNAL, 1, {"stance": "for us"}, kind="person")
    anna.settle()
    for who in (mal, paul):
        who.settle()
    mal.write(INTERNAL, 1, {"stance": None}, verb=Verb.FORGET, kind="person")
    assert refused(mal, "no_right")
    paul.write(INTERNAL, 1, {"stance": None}, verb=Verb.FORGET, kind="person")
    assert refused(paul, "no_right")
    paul.write(PARTNER, 1, {"stance": None, "name": None}, verb=Verb.FORGET, kind="person")
    assert paul.exchange().settled.rejected == []
    assert "against us" in _log(hub)
    assert "Li Na" in _log(hub), "what stands stays"
    anna.settle()
    anna.write(INTERNAL, 1, {"stance": None}, verb=Verb.FORGET, kind="person")
    anna.exchange()
    assert "against us" not in _log(hub), "the control: its writer may"
    assert "for us" in _log(hub)


def test_who_was_let_go_forgets_nothing_back_dated(
    hub: Hub, tenant: int, anna: Asker, mal: Asker
) -> None:
    """As with an erase: what can be undone is taken, and what cannot is not."""
    with hub.turn(tenant) as turn:
        grants.grant(turn, mal.device.user, OURS)
    mal.settle()
    mal.write(INTERNAL, 1, {"stance": "for us"}, kind="person")
    mal.settle()
    before, seen = hub.clock.now().ms, mal.mark.seq if mal.mark else 0
    assert isinstance(hub.clock, StoppedClock)
    hub.clock.move(minutes=5)
    with hub.turn(tenant) as turn:
        grants.revoke(turn, mal.device.user, OURS)
    forget = {"verb": Verb.FORGET, "kind": "person", "ctx": seen, "wall": before}
    mal.write(INTERNAL, 1, {"stance": None}, **forget)
    assert refused(mal, "no_right")
    mal.write(INTERNAL, 1, {"note": "late"}, **{**forget, "verb": Verb.SET})
    assert mal.exchange().settled.rejected == [], "the control"
    assert "against us" in _log(hub)
