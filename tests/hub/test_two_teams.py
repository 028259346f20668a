"""Two teams on one hub: what one has, the other neither gets nor changes nor learns to be there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from support.hub_asking import Asker, account, another, joined, record, tenant_of
from support.hub_served import served
from support.hubs import hub_on

from kamdesk.core.clock import SystemClock
from kamdesk.hub import blobs, devices, invites, people
from kamdesk.hub.hub import Hub
from kamdesk.hub.online import auth
from kamdesk.hub.online.app import Service
from kamdesk.hub.online.refusing import Refused
from kamdesk.hub.schema import METADATA
from kamdesk.hub.turn import writing
from kamdesk.sync.wire import routes
from kamdesk.sync.wire.messages import Done, Forked, Mark, Scope, SnapshotAsk, said

ACCOUNT = account(1)
OURS = Scope(ACCOUNT, "internal")
SECRET = "heron-in-the-reeds"
CONTENT = b"otter-under-the-bank" * 50
DIGEST = sha256(CONTENT).hexdigest()
ABSENT = sha256(b"nothing").hexdigest()


@dataclass
class Two:
    """A hub with two teams; ``theirs`` has an account, a word and a file, ``ours`` has nothing."""

    hub: Hub
    theirs: Asker
    ours: Asker

    def rows(self, tenant: int) -> dict[str, list[Any]]:
        """Return all that lies there of a team."""
        with self.hub.engine.connect() as connection:
            return {
                table.name: sorted(
                    repr(tuple(row))
                    for row in connection.execute(select(table).where(table.c.tenant == tenant))
                )
                for table in METADATA.sorted_tables
            }


def _two(hub: Hub) -> Two:
    theirs, ours = (
        joined(hub, tenant_of(hub), "owner"),
        joined(hub, tenant_of(hub), "owner", "admin"),
    )
    with writing(hub.engine) as connection:
        blobs.put_part(connection, theirs.device, DIGEST, len(CONTENT), 0, CONTENT, now=1)
    theirs.write(OURS, 1, {"said": SECRET})
    theirs.settle()
    ours.settle()
    return Two(hub, theirs, ours)


@pytest.fixture
def two(hub: Hub) -> Two:
    return _two(hub)


def test_the_same_account_and_record_are_two_in_two_teams(two: Two) -> None:
    """Whoever knows an id of another team's writes into their own, and reads their own."""
    before = two.rows(two.theirs.device.tenant)
    two.ours.write(OURS, 1, {"said": "ours"})
    told = two.ours.settle()
    assert told.settled.rejected == []
    heard = [told, two.ours.snapshot([OURS]), two.ours.snapshot([OURS], past=True)]
    assert SECRET not in repr([said(one) for one in heard])
    assert two.rows(two.theirs.device.tenant) == before
    assert b'"said":"ours"' in said(heard[1]).replace(b": ", b":")
    assert SECRET.encode() in said(two.theirs.snapshot([OURS])), "the control: it is there"


def test_an_erase_of_anothers_record_takes_nothing_there(two: Two) -> None:
    from kamdesk.core.wire_op import Verb

    before = two.rows(two.theirs.device.tenant)
    two.ours.write(OURS, 1, {}, verb=Verb.ERASE)
    two.ours.write(OURS, 1, {"said": None}, verb=Verb.FORGET)
    two.ours.exchange()
    assert two.rows(two.theirs.device.tenant) == before


def test_a_number_of_another_team_is_a_strangers(two: Two) -> None:
    number = two.theirs.device.dev
    before = two.rows(two.theirs.device.tenant)
    two.ours.write(OURS, 2, {"said": "under a number of theirs"})
    answer = two.ours.ask(dev=number)
    assert isinstance(answer, Forked)
    assert (answer.settled.last, answer.settled.rejected) == (0, [])
    assert two.rows(two.theirs.device.tenant) == before


def test_a_mark_of_another_teams_log_says_nothing_of_it(two: Two) -> None:
    theirs = two.theirs.mark
    assert theirs is not None
    for mark in (theirs, Mark(theirs.seq, theirs.at + 1)):
        answer = two.ours.ask(marks=[mark])
        assert not isinstance(answer, Done) or two.ours.mark == mark


def test_a_content_of_another_team_is_as_one_that_is_not_there(two: Two) -> None:
    device = two.ours.device
    with writing(two.hub.engine) as connection:
        assert blobs.lacking(connection, device, [DIGEST, ABSENT]) == [DIGEST, ABSENT]
        for digest in (DIGEST, ABSENT):
            assert blobs.get_part(connection, device, digest, 0) is None
            assert blobs.put_part(connection, device, digest, len(CONTENT), 0, b"", now=1) == 0
            blobs.drop_upload(connection, device, digest)
    with writing(two.hub.engine) as connection:
        blobs.put_part(connection, device, DIGEST, len(CONTENT), 0, CONTENT, now=2)
        blobs.forget_record(connection, device.tenant, record(1))
        blobs.sweep(connection, device.tenant, now=2**62)
        assert blobs.lacking(connection, two.theirs.device, [DIGEST]) == []


@contextmanager
def asked(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements a database is asked meanwhile."""
    found: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_what_others_keep_does_not_show_by_what_is_asked_either(two: Two) -> None:
    """The time a hub takes is what it asks its database: the same for there and not there."""
    colleague = joined(two.hub, two.theirs.device.tenant, "colleague").device
    for device in (colleague, two.ours.device):
        seen = []
        for digest in (DIGEST, ABSENT):
            with writing(two.hub.engine) as connection, asked(two.hub.engine) as statements:
                assert blobs.lacking(connection, device, [digest]) == [digest]
                assert blobs.get_part(connection, device, digest, 0) is None
                assert blobs.put_part(connection, device, digest, 9, 0, b"", now=1) == 0
            seen.append(statements)
        assert seen[0] == seen[1]
        assert len(seen[0]) > 5


def test_a_token_that_is_wrong_takes_as_long_whatever_is_wrong_with_it(two: Two) -> None:
    hub, theirs = two.hub, two.theirs
    gone = another(hub, theirs.device.tenant, theirs.device.user)
    with hub.turn(theirs.device.tenant) as turn:
        devices.revoke(turn, gone.device.device)
    secret = two.ours.token.rpartition("-")[2]
    wrong = [
        f"{theirs.device.tenant}-{theirs.device.device}-{secret}",
        f"{two.ours.device.tenant}-{theirs.device.device}-{secret}",
        f"{theirs.device.tenant}-{gone.device.device}-{secret}",
        f"{theirs.device.tenant}-7-{secret}",
        f"99-{theirs.device.device}-{secret}",
    ]
    seen = []
    for token in wrong:
        with asked(hub.engine) as statements, pytest.raises(Refused) as refused:
            auth.admitted(hub.engine, token)
        seen.append((statements, refused.value.reason))
    assert all(one == seen[0] for one in seen), "the same questions, the same answer"
    assert auth.admitted(hub.engine, two.ours.token) == two.ours.device


def test_an_invitation_holds_in_its_own_team_alone(two: Two) -> None:
    with two.hub.turn(two.theirs.device.tenant) as turn:
        secret = invites.make(turn, two.theirs.device.user)
    moved = f"{two.ours.device.tenant}-{secret.partition('-')[2]}"
    seen = []
    for guess in (moved, f"{two.ours.device.tenant}-{'q' * 32}", f"99-{'q' * 32}"):
        tenant = invites.tenant_of(guess)
        assert tenant is not None
        with asked(two.hub.engine) as statements, two.hub.turn(tenant) as turn:
            assert invites.enrol(turn, guess, "laptop") is None
        seen.append(statements)
    assert seen[0] == seen[1] == seen[2]
    with two.hub.turn(two.theirs.device.tenant) as turn:
        assert invites.enrol(turn, secret, "laptop") is not None, "the control: it is good"


def test_over_http_every_way_in_is_the_same_for_what_is_anothers_and_what_is_not_there(
    tmp_path: Path,
) -> None:
    hub = hub_on(f"sqlite:///{tmp_path / 'hub.db'}", SystemClock())
    two = _two(hub)
    before = two.rows(two.theirs.device.tenant)
    headers = {"authorization": f"Bearer {two.ours.token}", "content-type": "application/json"}

    def told(client: Any, account: str, digest: str, dev: int) -> list[tuple[int, bytes]]:
        scope = Scope(account, "internal")
        snapshot = said(SnapshotAsk(proto=2, scopes=[scope]))
        ways = [
            client.post(routes.SNAPSHOT, content=snapshot, headers=headers),
            client.get(f"{routes.FILES}/{digest}?offset=0", headers=headers),
            client.post(routes.SYNC, content=said(two.ours.question(dev=dev)), headers=headers),
        ]
        lacks = client.post(
            routes.LACKING, content=b'{"hashes":["' + digest.encode() + b'"]}', headers=headers
        )
        asked_for = lacks.content.replace(digest.encode(), b"it")
        return [*((one.status_code, one.content) for one in ways), (lacks.status_code, asked_for)]

    with served(tmp_path / "place", Service(hub, called="Hub")) as at, at.client() as client:
        theirs = told(client, ACCOUNT, DIGEST, two.theirs.device.dev)
        nobodys = told(client, account(77), ABSENT, 77)
        renumbered = client.post(
            routes.RENUMBER,
            content=b'{"dev":%d}' % two.theirs.device.dev,
            headers=headers,
        )
        assert renumbered.json()["dev"] != two.theirs.device.dev
        assert client.post(routes.LEAVE, content=b"{}", headers=headers).status_code == 200
        mine = {**headers, "authorization": f"Bearer {two.theirs.token}"}
        well = client.get(f"{routes.FILES}/{DIGEST}?offset=0", headers=mine)
    assert [code for code, _ in theirs] == [200, 404, 200, 200]
    moments = [[_without_time(body) for _, body in one] for one in (theirs, nobodys)]
    assert moments[0] == moments[1]
    assert well.status_code in (200, 404)
    assert two.rows(two.theirs.device.tenant) == before, "and nothing there has changed"
    hub.engine.dispose()


def _without_time(body: bytes) -> bytes:
    import re

    return re.sub(rb'"now":\d+', b"", body)


def test_who_was_shut_out_gets_in_by_nothing_they_had(two: Two, tmp_path: Path) -> None:
    """Computers, fresh tokens not yet used, invitations, what is half sent: all are void."""
    hub, tenant = two.hub, two.theirs.device.tenant
    leaver = joined(hub, tenant, "leaver")
    second = another(hub, tenant, leaver.device.user)
    with hub.turn(tenant) as turn:
        fresh = devices.renew(turn, leaver.device)
        secret = invites.make(turn, leaver.device.user)
    leaver.write(Scope(account(5), "internal"), 50, {"said": "before"})
    assert leaver.exchange().settled.rejected == []
    with hub.turn(tenant) as turn:
        people.close_user(turn, leaver.device.user)
    for token in (leaver.token, fresh, second.token):
        with pytest.raises(Refused):
            auth.admitted(hub.engine, token)
    with hub.turn(tenant) as turn:
        assert invites.enrol(turn, secret, "laptop") is None
    late = replace(leaver.device)  # a request that was let in just before
    leaver.write(Scope(account(5), "internal"), 50, {"said": "after"})
    for call in (
        lambda: hub.exchange(late, leaver.question()),
        lambda: hub.snapshot(late, SnapshotAsk(proto=2, scopes=[OURS])),
    ):
        with pytest.raises(devices.ShutOut):
            call()
    assert "after" not in repr(two.rows(tenant)["op"])
    assert "before" in repr(two.rows(tenant)["op"]), "what they wrote stays"
