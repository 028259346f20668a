"""What is in files, between desks and a hub: fault 24 on the desk's side, and 25's."""

import os
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pytest
from support.desks import MORNING, a_desk, untruths
from support.in_process import Fate, InProcess, Line, offline

from kamdesk.core.clock import StoppedClock
from kamdesk.core.ids import AccountId
from kamdesk.domain.files.model import Incoming, KeptFile
from kamdesk.domain.files.store import NotHereYet
from kamdesk.hub import blobs as hub_blobs
from kamdesk.hub import devices, invites, people
from kamdesk.hub.hub import Hub
from kamdesk.storage import arriving
from kamdesk.storage.storage import Storage
from kamdesk.sync import blobs, joining
from kamdesk.sync.engine import Engine
from kamdesk.sync.joining import Host
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.workspace import Workspace

T = TypeVar("T")
PAPER = os.urandom(1_700_000)


class Joined:
    """A desk at a hub, over a line with faults."""

    def __init__(self, folder: Path, hub: Hub, tenant: int, user: str) -> None:
        folder.mkdir()
        self.clock = StoppedClock(MORNING)
        self.workspace: Workspace = a_desk(folder, name="林晓彤", clock=self.clock)
        with hub.turn(tenant) as turn:
            enrolled = invites.enrol(turn, invites.make(turn, user), "desk")
        assert enrolled is not None
        host = Host(url="https://hub.example.cn", name="Probe", fingerprint="")
        joining.settle_in(self.storage, host, enrolled, token=enrolled.token, accounts=None)

        def device() -> devices.Device | None:
            with hub.engine.connect() as connection:
                return devices.known(connection, enrolled.token)

        self.line = Line()
        self.post = InProcess(lambda: hub, device, self.line)
        self.engine = Engine(self, self.post)

    @property
    def storage(self) -> Storage:
        return self.workspace.storage

    def do(self, step: Callable[[Storage], T]) -> T:
        """Run a step."""
        return step(self.storage)

    def round(self) -> None:
        self.engine.round()

    def unsent(self) -> int:
        settled = self.storage.number("settled")
        return self.storage.number("dseq") - settled


@pytest.fixture
def team(tmp_path: Path, hub: Hub) -> Iterator[tuple[Joined, Joined]]:
    with hub.turn(0) as turn:
        tenant = people.add_tenant(turn, "Probe")
    with hub.turn(tenant) as turn:
        user = people.add_user(turn, "lin", "林晓彤").id
    desks = Joined(tmp_path / "a", hub, tenant, user), Joined(tmp_path / "b", hub, tenant, user)
    for desk in desks:
        desk.round()
    yield desks
    for desk in desks:
        assert untruths(desk.workspace) == []
        desk.workspace.close()


def customer(desk: Joined, name: str = "北辰电气") -> AccountId:
    made = desk.workspace.accounts.new(name)
    desk.workspace.accounts.add(made)
    return made.id


def keep(desk: Joined, account: AccountId, data: bytes = PAPER) -> None:
    desk.workspace.files.keep(account, given=[Incoming(name="报价.pdf", data=data)])


def the_file(desk: Joined, account: AccountId) -> KeptFile:
    return desk.workspace.files.ask.of_account(account)[0]


def test_fault_24_a_sending_that_is_cut_goes_on_and_what_stands_before_it_left(
    team: tuple[Joined, Joined],
) -> None:
    one, two = team
    account = customer(one)
    keep(one, account)
    later = customer(one, "后来的客户")
    sent: list[int] = []
    put = one.post.put_part

    def cut(digest: str, size: int, offset: int, part: bytes) -> int:
        if sum(sent) > 700_000 and part:
            raise offline()
        sent.append(len(part))
        return put(digest, size, offset, part)

    one.post.put_part = cut  # type: ignore[method-assign]
    with pytest.raises(HubTrouble) as trouble:
        one.round()
    assert trouble.value.cause is Cause.OFFLINE
    two.round()
    assert [a.id for a in two.workspace.accounts.ask.everything()] == [account]  # it left
    assert two.workspace.files.ask.of_account(account) == []  # the op waits for its content
    assert one.unsent()
    before = sum(sent)
    one.post.put_part = put  # type: ignore[method-assign]
    one.line.fates.clear()
    one.round()
    assert one.unsent() == 0
    two.round()
    assert two.workspace.files.content(the_file(two, account).id)[1] == PAPER
    assert {a.id for a in two.workspace.accounts.ask.everything()} == {account, later}
    assert 0 < before < len(PAPER)


def test_fault_24_a_fetching_that_is_cut_goes_on(team: tuple[Joined, Joined]) -> None:
    one, two = team
    account = customer(one)
    keep(one, account)
    one.round()
    get, offsets = two.post.get_part, []

    def cut(digest: str, offset: int) -> bytes:
        offsets.append(offset)
        if len(offsets) % 2 == 0:
            raise offline()
        return get(digest, offset)

    two.post.get_part = cut  # type: ignore[method-assign]
    two.round()  # no error of the exchange
    file = the_file(two, account)
    with pytest.raises(NotHereYet):
        two.workspace.files.content(file.id)
    assert two.do(lambda storage: arriving.held(storage, file.digest)) > 0
    for _ in range(6):
        two.round()
    assert two.workspace.files.content(file.id)[1] == PAPER
    fetched = [offset for n, offset in enumerate(offsets, 1) if n % 2]
    assert len(fetched) == len(set(fetched))  # no part came twice


def test_fault_24_what_is_not_what_its_hash_says_is_refused(team: tuple[Joined, Joined]) -> None:
    one, two = team
    account = customer(one)
    keep(one, account)
    one.round()
    get = two.post.get_part
    wrong = [b"?" * len(PAPER), PAPER + b"more", PAPER[:-1]]
    two.post.get_part = lambda digest, offset: wrong[0][offset:]  # type: ignore[method-assign]
    two.round()
    file = the_file(two, account)
    for data in wrong:
        wrong[0] = data
        with pytest.raises(HubTrouble, match="not taken") as trouble:
            blobs.bring(two, two.post, file.digest)
        assert trouble.value.cause is Cause.GARBLED
        with pytest.raises(NotHereYet):
            two.workspace.files.content(file.id)
    two.post.get_part = get  # type: ignore[method-assign]
    assert blobs.bring(two, two.post, file.digest).of("file") == {file.id}
    assert two.workspace.files.content(file.id)[1] == PAPER


def test_fault_24_too_big_stays_here_and_its_op_leaves(
    team: tuple[Joined, Joined], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = team
    monkeypatch.setattr(hub_blobs, "LARGEST", 1_000_000)
    account = customer(one)
    keep(one, account)
    one.round()
    assert one.unsent() == 0
    assert one.do(blobs.files_told).kept_here == 1
    two.round()
    file = the_file(two, account)  # its name is there, and where the content is can be said
    with pytest.raises(NotHereYet):
        two.workspace.files.content(file.id)
    with pytest.raises(HubTrouble, match="not at the hub yet"):
        blobs.bring(two, two.post, file.digest)


def test_fault_24_repeated_and_unanswered_parts_do_no_harm(team: tuple[Joined, Joined]) -> None:
    one, two = team
    account = customer(one)
    keep(one, account)
    fates = [Fate.TWICE, Fate.UNANSWERED, Fate.WELL, Fate.LATE, Fate.TWICE]
    for n in range(30):
        one.line.planned.append(fates[n % len(fates)])
    for _ in range(30):
        try:
            one.round()
        except HubTrouble:
            continue
        break
    one.line.deliver_late()
    assert one.unsent() == 0
    two.round()
    assert sha256(two.workspace.files.content(the_file(two, account).id)[1]).digest() == (
        sha256(PAPER).digest()
    )


def test_an_exchange_without_files_asks_nothing_about_files(team: tuple[Joined, Joined]) -> None:
    one, _ = team
    customer(one)

    def never(*_: object) -> list[str]:
        raise AssertionError("asked about files")

    one.post.lacking = never  # type: ignore[method-assign]
    one.round()
    assert one.unsent() == 0
