"""Being let in: one invitation, one device, ten minutes; and who a user is from then on."""

import pytest
from sqlalchemy import select
from support.hub_asking import HOUSE, account, another, joined, record, tenant_of

from kamdesk.core.clock import StoppedClock
from kamdesk.core.errors import RuleBroken
from kamdesk.hub import devices, grants, invites, people, roster
from kamdesk.hub.hub import Hub
from kamdesk.hub.schema import AUDIT, DEVICE, INVITE, METADATA

ME = "ab" * 16


@pytest.fixture
def tenant(hub: Hub) -> int:
    return tenant_of(hub)


def invited(hub: Hub, tenant: int, login: str = "anna", role: str = "member") -> str:
    with hub.turn(tenant, "root") as turn:
        people.add_user(turn, login, login.title(), role)
        return invites.make(turn, login)


def test_an_invitation_holds_once(hub: Hub, tenant: int) -> None:
    secret = invited(hub, tenant)
    assert invites.tenant_of(secret) == tenant
    with hub.turn(tenant) as turn:
        enrolled = invites.enrol(turn, secret, "laptop", ME)
    assert enrolled is not None
    assert (enrolled.hub, enrolled.user, enrolled.me) == ("North", "Anna", ME)
    with hub.turn(tenant) as turn:
        assert invites.enrol(turn, secret, "thief", ME) is None
        assert [one.name for one in devices.devices(turn.connection, tenant)] == ["laptop"]
        device = devices.known(turn.connection, enrolled.token)
    assert device is not None
    assert (device.dev, device.colleague) == (enrolled.dev, ME)


@pytest.mark.parametrize(("minutes", "good"), [(10, True), (11, False)])
def test_an_invitation_holds_ten_minutes(hub: Hub, tenant: int, minutes: int, good: bool) -> None:
    assert isinstance(hub.clock, StoppedClock)
    secret = invited(hub, tenant)
    hub.clock.move(minutes=minutes)
    with hub.turn(tenant) as turn:
        turn = type(turn)(
            connection=turn.connection, tenant=tenant, now=turn.now // 1000 * 1000, actor=""
        )
        assert (invites.enrol(turn, secret, "laptop") is not None) is good


@pytest.mark.parametrize("odd", ["", "1", "-", "x-y", "1-", "１-abc", "99-" + "a" * 32])
def test_what_is_no_invitation_lets_nobody_in(hub: Hub, tenant: int, odd: str) -> None:
    invited(hub, tenant)
    with hub.turn(invites.tenant_of(odd) or 0) as turn:
        assert invites.enrol(turn, odd, "laptop") is None


def test_a_closed_user_is_not_let_in(hub: Hub, tenant: int) -> None:
    secret = invited(hub, tenant)
    with hub.turn(tenant) as turn:
        user = roster.user_called(turn, "ANNA")
        assert user is not None
        people.close_user(turn, user.id)
        assert invites.enrol(turn, secret, "laptop") is None
        with pytest.raises(RuleBroken, match="no user"):
            invites.make(turn, "anna")


def test_nobody_becomes_a_colleague_others_know(hub: Hub, tenant: int) -> None:
    anna = joined(hub, tenant, "anna")
    anna.write(HOUSE, 1, {"name": "The boss"}, kind="colleague")
    anna.exchange()
    with hub.turn(tenant) as turn:
        people.add_user(turn, "eve", "Eve")
        enrolled = invites.enrol(turn, invites.make(turn, "eve"), "laptop", record(1))
        assert enrolled is not None
        assert enrolled.me != record(1)
        people.add_user(turn, "mia", "Mia")
        taken = invites.enrol(turn, invites.make(turn, "mia"), "laptop", anna.device.colleague)
    assert taken is not None
    assert taken.me != anna.device.colleague


def test_a_second_device_is_the_same_colleague(hub: Hub, tenant: int) -> None:
    anna = joined(hub, tenant, "anna")
    second = another(hub, tenant, anna.device.user)
    assert second.device.colleague == anna.device.colleague
    assert second.device.dev != anna.device.dev


def test_the_database_holds_no_secret_in_the_open(hub: Hub, tenant: int) -> None:
    secret = invited(hub, tenant)
    with hub.turn(tenant) as turn:
        enrolled = invites.enrol(turn, secret, "laptop")
        assert enrolled is not None
        device = devices.known(turn.connection, enrolled.token)
        assert device is not None
        fresh = devices.renew(turn, device)
    held = []
    with hub.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            held += [str(row) for row in connection.execute(select(table))]
    for word, parts in ((secret, 1), (enrolled.token, 2), (fresh, 2)):
        chance = word.split("-", parts)[-1]
        assert len(chance) * 6 >= 128
        assert not [row for row in held if chance in row]
    assert [row for row in held if devices.hash_of(fresh) in row], "the search finds what is there"


def test_each_deed_is_in_the_audit(hub: Hub, tenant: int) -> None:
    anna = joined(hub, tenant, "anna")
    with hub.turn(tenant, "root") as turn:
        people.add_team(turn, "east")
        people.add_member(turn, "east", anna.device.user)
        grants.grant(turn, "east", account(1))
        grants.revoke(turn, "east", account(1))
        people.remove_member(turn, "east", anna.device.user)
        devices.revoke(turn, anna.device.device)
        assert not devices.revoke(turn, anna.device.device)
    with hub.engine.connect() as connection:
        deeds = list(connection.execute(select(AUDIT.c.deed).order_by(AUDIT.c.at)).scalars())
        assert connection.execute(select(DEVICE.c.revoked)).scalar_one() is not None
        assert connection.execute(select(INVITE.c.used)).scalar_one() is not None
    assert deeds.count("grant") == deeds.count("revoke") == deeds.count("revoke device") == 1
    assert {"add user", "invite", "enrol", "add team", "add member", "remove member"} <= {*deeds}


@pytest.mark.parametrize(
    ("login", "name", "role", "refusal"),
    [
        ("", "X", "member", "login"),
        ("a b", "X", "member", "login"),
        ("x" * 81, "X", "member", "login"),
        ("ok", " ", "member", "name"),
        ("ok", "X", "king", "role"),
        ("ANNA", "X", "member", "login"),
    ],
)
def test_a_user_that_cannot_be_is_refused_at_the_field(
    hub: Hub, tenant: int, login: str, name: str, role: str, refusal: str
) -> None:
    invited(hub, tenant)
    with hub.turn(tenant) as turn, pytest.raises(RuleBroken) as told:
        people.add_user(turn, login, name, role)
    assert told.value.field == refusal


def test_a_grant_that_cannot_be_is_refused(hub: Hub, tenant: int) -> None:
    anna = joined(hub, tenant, "anna").device.user
    with hub.turn(tenant) as turn:
        for holder, place, audience, right in (
            ("nobody", account(1), "internal", "write"),
            (anna, "acme", "internal", "write"),
            (anna, account(1), "private", "write"),
            (anna, account(1), "internal", "own"),
        ):
            with pytest.raises(RuleBroken):
                grants.grant(turn, holder, place, audience, right)
        with pytest.raises(RuleBroken, match="nothing to revoke"):
            grants.revoke(turn, anna, account(1))
        assert [one.audience for one in grants.given(turn, holder=anna)] == ["house"]
