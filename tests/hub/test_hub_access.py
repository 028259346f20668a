"""Rights: one function, one place of the log; never a byte of another scope."""

import pytest
from msgspec.structs import replace
from support.hub_asking import HOUSE, Asker, account, cells_of, joined, record, tenant_of

from kamdesk.core.clock import StoppedClock
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wire_op import Verb
from kamdesk.hub import grants, people, roster
from kamdesk.hub.access import GRACE, Ended, Rights, may
from kamdesk.hub.hub import Hub
from kamdesk.sync.wire.messages import Rejected, Scope

OURS, THEIRS = account(1), account(2)
INTERNAL, PARTNER = Scope(OURS, "internal"), Scope(OURS, "partner")
FOREIGN = Scope(THEIRS, "internal")


@pytest.fixture
def tenant(hub: Hub) -> int:
    return tenant_of(hub)


@pytest.fixture
def anna(hub: Hub, tenant: int) -> Asker:
    return joined(hub, tenant, "anna")


@pytest.fixture
def bea(hub: Hub, tenant: int) -> Asker:
    return joined(hub, tenant, "bea")


@pytest.fixture
def paul(hub: Hub, tenant: int) -> Asker:
    return joined(hub, tenant, "paul", "partner")


def gained(asker: Asker) -> list[tuple[Scope, bool]]:
    done = asker.exchange()
    assert done.access is not None
    return [(done.scopes[n], n in done.access.writes) for n in done.access.gained]


def lost(asker: Asker) -> list[Scope]:
    done = asker.exchange()
    assert done.access is not None
    return [done.scopes[n] for n in done.access.lost]


def test_who_writes_first_begins_the_account(anna: Asker, bea: Asker, paul: Asker) -> None:
    paul.write(PARTNER, 1, {"name": "Acme"})
    assert paul.exchange().settled.rejected == [Rejected(1, "no_right")], "a partner begins none"
    anna.write(INTERNAL, 1, {"name": "Acme"})
    assert gained(anna) == [(HOUSE, True), (INTERNAL, True), (PARTNER, True)]
    bea.write(INTERNAL, 2, {"name": "mine"})
    assert bea.exchange().settled.rejected == [Rejected(1, "no_right")]
    assert bea.settle().ops == []


def test_an_account_given_before_its_first_op_is_nobody_elses_to_begin(
    hub: Hub, tenant: int, anna: Asker, bea: Asker
) -> None:
    with hub.turn(tenant) as turn:
        grants.grant(turn, anna.device.user, OURS)
    bea.write(INTERNAL, 1, {"name": "mine"})
    assert bea.exchange().settled.rejected == [Rejected(1, "no_right")]


def test_all_read_the_house_and_staff_write_to_it(anna: Asker, paul: Asker) -> None:
    anna.write(HOUSE, 1, {"name": "Anna"}, kind="colleague")
    anna.exchange()
    assert gained(paul) == [(HOUSE, False)]
    assert [cells_of(op) for op in paul.exchange().ops] == [{"name": "Anna"}]
    paul.write(HOUSE, 1, {"name": "Boss"}, kind="colleague")
    assert paul.exchange().settled.rejected == [Rejected(1, "no_right")]


def test_a_partner_never_sees_what_is_internal(
    hub: Hub, tenant: int, anna: Asker, paul: Asker
) -> None:
    anna.write(INTERNAL, 1, {"said": "secret"})
    anna.write(PARTNER, 1, {"name": "open"})
    anna.exchange()
    with hub.turn(tenant) as turn:
        with pytest.raises(RuleBroken, match="partner"):
            grants.grant(turn, paul.device.user, OURS)
        grants.grant(turn, paul.device.user, OURS, "partner", "read")
    assert gained(paul) == [(HOUSE, False), (PARTNER, False)]
    wanted = [INTERNAL, PARTNER, FOREIGN, Scope(None, "local"), Scope(OURS, "house")]
    seen = [paul.snapshot(wanted), paul.snapshot(wanted, past=True)]
    assert [[cells_of(op) for op in page.ops] for page in seen] == [[{"name": "open"}]] * 2
    assert [page.scopes for page in seen] == [[PARTNER]] * 2
    done = paul.exchange()
    assert ([cells_of(op) for op in done.ops], done.scopes) == ([{"name": "open"}], [PARTNER])
    paul.write(PARTNER, 1, {"name": "other"})
    assert paul.exchange().settled.rejected == [Rejected(1, "no_right")], "read is not write"


def test_a_record_is_not_taken_from_another_account(anna: Asker, bea: Asker) -> None:
    anna.write(INTERNAL, 1, {"name": "person"})
    anna.exchange()
    bea.write(FOREIGN, 2, {"name": "mine"})
    bea.write(FOREIGN, 1, {"name": "stolen"})
    bea.write(FOREIGN, 1, {}, verb=Verb.ERASE)
    assert bea.exchange().settled.rejected == [
        Rejected(2, "other_account"),
        Rejected(3, "other_account"),
    ]


def test_a_record_that_moved_belongs_where_it_lives(
    hub: Hub, tenant: int, anna: Asker, bea: Asker
) -> None:
    anna.write(INTERNAL, 1, {"name": "person"})
    anna.write(FOREIGN, 1, {"name": "person"}, txn=2)
    anna.write(INTERNAL, 1, {}, verb=Verb.DELETE, txn=2)
    anna.exchange()
    with hub.turn(tenant) as turn:
        grants.grant(turn, bea.device.user, THEIRS)
    bea.write(FOREIGN, 1, {"name": "hers now"})
    assert bea.exchange().settled.rejected == []


def test_a_partner_erases_nothing_others_keep_internally(
    hub: Hub, tenant: int, anna: Asker, paul: Asker
) -> None:
    anna.write(PARTNER, 1, {"name": "person"})
    anna.write(INTERNAL, 1, {"need": "quiet"})
    anna.write(PARTNER, 2, {"name": "other"})
    anna.exchange()
    with hub.turn(tenant) as turn:
        grants.grant(turn, paul.device.user, OURS, "partner")
    paul.write(PARTNER, 1, {}, verb=Verb.ERASE)
    paul.write(PARTNER, 2, {}, verb=Verb.ERASE)
    assert paul.exchange().settled.rejected == [Rejected(1, "no_right")]


def test_what_was_written_before_a_revoke_is_taken_and_later_refused(
    hub: Hub, tenant: int, anna: Asker
) -> None:
    assert isinstance(hub.clock, StoppedClock)
    anna.write(INTERNAL, 1, {"said": "begun"})
    anna.settle()
    anna.write(INTERNAL, 1, {"said": "before"})
    hub.clock.move(minutes=60)
    with hub.turn(tenant) as turn:
        place = grants.revoke(turn, anna.device.user, OURS)
    hub.clock.move(minutes=60)
    anna.write(INTERNAL, 2, {"said": "after"})
    done = anna.exchange()
    assert done.settled.rejected == [Rejected(3, "no_right")]
    assert done.access is not None
    assert [done.scopes[n] for n in done.access.lost] == [INTERNAL, PARTNER]
    assert done.access.at >= place
    anna.write(INTERNAL, 1, {"said": "before, in a second batch"}, wall=0, ctx=0)
    assert anna.exchange().settled.rejected == []


def test_what_comes_too_long_after_a_revoke_is_refused(hub: Hub, tenant: int, anna: Asker) -> None:
    assert isinstance(hub.clock, StoppedClock)
    anna.write(INTERNAL, 1, {"said": "begun"})
    anna.settle()
    anna.write(INTERNAL, 1, {"said": "before"})
    hub.clock.move(minutes=1)
    with hub.turn(tenant) as turn:
        grants.revoke(turn, anna.device.user, OURS)
    hub.clock.move(days=31)
    assert anna.exchange().settled.rejected == [Rejected(2, "no_right")]


def test_handing_over_is_one_place_for_both(hub: Hub, tenant: int, anna: Asker, bea: Asker) -> None:
    anna.write(INTERNAL, 1, {"said": "note"})
    anna.settle()
    bea.settle()
    with hub.turn(tenant) as turn:
        with pytest.raises(RuleBroken, match="hand it over"):
            grants.hand_over(turn, OURS, bea.device.user, anna.device.user)
        grants.hand_over(turn, OURS, anna.device.user, bea.device.user)
    assert lost(anna) == [INTERNAL, PARTNER]
    assert gained(bea) == [(INTERNAL, True), (PARTNER, True)]
    assert [cells_of(op) for op in bea.pages([INTERNAL], limit=9)] == [{"said": "note"}]
    assert anna.pages([INTERNAL], limit=9) == []


def test_revoked_and_granted_again_while_away_misses_nothing(
    hub: Hub, tenant: int, anna: Asker, bea: Asker
) -> None:
    anna.write(INTERNAL, 1, {"said": "one"})
    anna.settle()
    with hub.turn(tenant) as turn:
        grants.grant(turn, bea.device.user, OURS)
    bea.settle()
    with hub.turn(tenant) as turn:
        grants.revoke(turn, bea.device.user, OURS)
    anna.write(INTERNAL, 1, {"said": "two"})
    anna.exchange()
    with hub.turn(tenant) as turn:
        grants.grant(turn, bea.device.user, OURS)
    done = bea.exchange()
    assert done.access is not None
    assert (done.access.gained, done.access.lost) == ([], [])
    assert [cells_of(op) for op in done.ops] == [{"said": "two"}]


def test_a_team_shares_and_its_manager_has_what_members_have(
    hub: Hub, tenant: int, anna: Asker, bea: Asker
) -> None:
    boss = joined(hub, tenant, "boss")
    anna.write(INTERNAL, 1, {"said": "note"})
    anna.settle()
    for asker in (bea, boss):
        asker.settle()
    users = {name: asker.device.user for name, asker in (("a", anna), ("b", bea), ("m", boss))}
    with hub.turn(tenant) as turn:
        people.add_team(turn, "east")
        people.add_team(turn, "all")
        people.add_member(turn, "east", users["a"])
        people.add_member(turn, "east", users["b"], manager=True)
        people.add_member(turn, "all", users["b"])
        people.add_member(turn, "all", users["m"], manager=True)
    assert gained(bea) == gained(boss) == [(INTERNAL, True), (PARTNER, True)]
    anna.write(FOREIGN, 2, {"said": "begun later"})
    anna.exchange()
    assert (FOREIGN, True) in gained(boss)
    with hub.turn(tenant) as turn:
        grants.grant(turn, "east", account(3), "internal", "read")
        people.remove_member(turn, "all", users["b"])
        assert [team.managers for team in roster.teams(turn)] == [
            tuple(sorted([users["m"]])),
            (users["b"],),
        ]
    assert (Scope(account(3), "internal"), False) in gained(bea)
    assert set(lost(boss)) == {
        Scope(n, audience) for n in (OURS, THEIRS) for audience in ("internal", "partner")
    }


def test_a_right_that_shrinks_is_told(hub: Hub, tenant: int, anna: Asker, bea: Asker) -> None:
    with hub.turn(tenant) as turn:
        grants.grant(turn, bea.device.user, OURS)
    bea.settle()
    with hub.turn(tenant) as turn:
        grants.grant(turn, bea.device.user, OURS, "internal", "read")
        people.set_role(turn, bea.device.user, "partner")
    done = bea.exchange()
    assert done.access is not None
    assert [done.scopes[n] for n in done.access.lost] == [INTERNAL]
    assert [done.scopes[n] for n in done.access.gained] == [HOUSE, PARTNER]
    assert done.access.writes == []


def test_a_closed_user_is_out(hub: Hub, tenant: int, anna: Asker, bea: Asker) -> None:
    with hub.turn(tenant) as turn:
        people.close_user(turn, anna.device.user)
        with pytest.raises(RuleBroken, match="no user"):
            grants.grant(turn, anna.device.user, OURS)
        assert roster.role_of(turn, anna.device.user) is None


@pytest.mark.parametrize(
    ("scope", "write", "refusal"),
    [
        ((OURS, "internal"), False, None),
        ((OURS, "internal"), True, None),
        ((OURS, "partner"), True, "no_right"),
        ((OURS, "partner"), False, None),
        ((THEIRS, "internal"), False, "no_right"),
        ((OURS, "private"), False, "unknown_audience"),
        (("", "internal"), True, "unknown_audience"),
        ((OURS, "house"), False, "unknown_audience"),
        (("", "local"), True, "unknown_audience"),
        (("", "house"), True, "no_right"),
    ],
)
def test_the_one_function(scope: tuple[str, str], write: bool, refusal: str | None) -> None:
    rights = Rights(at=9, staff=True, scopes={(OURS, "internal"): True, (OURS, "partner"): False})
    assert may(rights, scope, write=write) == refusal


def test_an_ended_right_holds_for_what_is_older_by_place_and_by_clock() -> None:
    rights = Rights(at=9, staff=True, scopes={}, ended={(OURS, "internal"): Ended(5, 1000)})
    ours = (OURS, "internal")
    assert may(rights, ours, write=True, ctx=4, wall=999, now=2000) is None
    assert may(rights, ours, write=True, ctx=5, wall=999, now=2000) == "no_right"
    assert may(rights, ours, write=True, ctx=4, wall=1000, now=2000) == "no_right"
    assert may(rights, ours, write=True, ctx=4, wall=999, now=1001 + GRACE) == "no_right"
    assert may(rights, ours) == "no_right"
    assert record(1) != account(1)


def test_a_partner_says_who_they_are_and_nothing_else_of_the_house(
    anna: Asker, paul: Asker
) -> None:
    own, another = paul.device.colleague, anna.device.colleague
    for record_, verb, cells in (
        (own, Verb.SET, {"name": "Paul"}),
        (another, Verb.SET, {"name": "Paul, too"}),
        (own, Verb.DELETE, {}),
    ):
        op = paul.write(HOUSE, 1, cells, kind="colleague")
        paul.made[-1] = (HOUSE, replace(op, record=record_, verb=int(verb)))
    refused = paul.exchange().settled.rejected
    assert refused == [Rejected(2, "no_right"), Rejected(3, "no_right")]
    (told,) = [op for op in anna.settle().ops if op.record == own]
    assert cells_of(told) == {"name": "Paul"}
