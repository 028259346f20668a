"""What is in files, between desks and a hub: fault 24 on the desk's side, and 25's."""

from hashlib import sha256

import pytest
from support.desks_at_a_hub import PAPER, DeskAtHub, customer, keep, the_file
from support.in_process import Fate, offline

from kamdesk.domain.files.store import NotHereYet
from kamdesk.hub import blobs as hub_blobs
from kamdesk.storage import arriving
from kamdesk.sync import blobs
from kamdesk.sync.post import Cause, HubTrouble

Desks = tuple[DeskAtHub, DeskAtHub]


def test_fault_24_a_sending_that_is_cut_goes_on_and_what_stands_before_it_left(
    team: Desks,
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


def test_fault_24_a_fetching_that_is_cut_goes_on(team: Desks) -> None:
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


def test_fault_24_what_is_not_what_its_hash_says_is_refused(
    team: Desks,
) -> None:
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
    team: Desks, monkeypatch: pytest.MonkeyPatch
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


def test_fault_24_repeated_and_unanswered_parts_do_no_harm(
    team: Desks,
) -> None:
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


def test_an_exchange_without_files_asks_nothing_about_files(
    team: Desks,
) -> None:
    one, _ = team
    customer(one)

    def never(*_: object) -> list[str]:
        raise AssertionError("asked about files")

    one.post.lacking = never  # type: ignore[method-assign]
    one.round()
    assert one.unsent() == 0
