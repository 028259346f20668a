"""Contents of files at the hub: resumed, checked, given to whom may read; fault 24's side there."""

from hashlib import sha256

import pytest
from support.content_room import DIGEST, NOW, PAPER, Room

from kamdesk.hub import blobs, grants
from kamdesk.hub.blobs import BadPart, Named
from kamdesk.hub.hub import Hub
from kamdesk.sync.wire.contents import LARGEST, LARGEST_PART
from kamdesk.sync.wire.strict import say_cells

ACCOUNT, OTHER = "a1" * 16, "b2" * 16


@pytest.fixture
def room(hub: Hub) -> Room:
    return Room(hub)


def test_fault_24_a_content_cut_goes_on_where_it_stopped(room: Room) -> None:
    desk = room.device("lin", ACCOUNT)
    assert room.put(desk, 0, PAPER[:4000]) == 4000
    assert room.lacks(desk)
    assert room.put(desk, 0, b"") == 4000  # asked where to go on
    assert room.put(desk, 6000, PAPER[6000:]) == 4000  # what does not join on is passed over
    assert room.put(desk, 0, PAPER[:4000]) == 4000  # a repeated part too
    assert room.put(desk, 4000, PAPER[4000:]) == len(PAPER)
    assert not room.lacks(desk)
    assert room.put(desk, 4000, PAPER[4000:]) == len(PAPER)  # its answer was lost: no harm
    room.name(desk, ACCOUNT)
    assert room.get(desk) == PAPER[:4000]
    assert room.get(desk, 4000) == PAPER[4000:]
    assert room.get(desk, 4100) == PAPER[4100:]
    assert room.get(desk, len(PAPER)) == b""


def test_fault_24_what_is_not_what_its_hash_says_is_refused_whole(room: Room) -> None:
    desk = room.device("lin", ACCOUNT)
    wrong = PAPER[:-1] + b"!"
    with room.hub.turn(room.tenant) as turn, pytest.raises(BadPart) as refused:
        blobs.put_part(turn.connection, desk, DIGEST, len(wrong), 0, wrong, now=NOW)
    assert not refused.value.too_large
    assert room.lacks(desk)
    assert room.put(desk, 0, PAPER) == len(PAPER)  # the true one is taken after it
    room.name(desk, ACCOUNT)
    assert room.get(desk) == PAPER


def test_fault_24_too_big_is_refused_before_a_byte_is_kept(room: Room) -> None:
    desk = room.device("lin", ACCOUNT)
    for size, part in ((LARGEST + 1, b"x"), (LARGEST, b"x" * (LARGEST_PART + 1))):
        with room.hub.turn(room.tenant) as turn, pytest.raises(BadPart) as refused:
            blobs.put_part(turn.connection, desk, DIGEST, size, 0, part, now=NOW)
        assert refused.value.too_large
    with room.hub.turn(room.tenant) as turn, pytest.raises(BadPart):
        blobs.put_part(turn.connection, desk, DIGEST, 10, 0, b"x" * 11, now=NOW)
    assert room.lacks(desk)


def test_an_empty_content_is_one_too(room: Room) -> None:
    desk = room.device("lin", ACCOUNT)
    assert room.put(desk, 0, b"", b"") == 0
    empty = sha256(b"").hexdigest()
    assert not room.lacks(desk, empty)
    room.name(desk, ACCOUNT, digest=empty)
    assert room.get(desk, 0, empty) == b""


def test_only_who_reads_a_scope_that_names_it_gets_a_content(room: Room) -> None:
    lin, wei = room.device("lin", ACCOUNT), room.device("wei", OTHER)
    both = room.device("both", ACCOUNT, OTHER)
    room.put(lin, 0, PAPER)
    assert room.get(lin) is None  # named nowhere yet
    room.name(lin, ACCOUNT)
    assert room.get(lin) == PAPER
    assert room.get(both) == PAPER
    assert room.get(wei) is None


def test_knowing_a_hash_is_not_having_the_content(room: Room) -> None:
    lin, thief = room.device("lin", ACCOUNT), room.device("thief", OTHER)
    room.put(lin, 0, PAPER)
    room.name(lin, ACCOUNT)
    assert room.lacks(thief)  # not even that it is there can be learnt
    room.name(thief, OTHER)
    assert room.get(thief) is None
    room.put(thief, 0, PAPER)  # who has it may say so, and reads it where they wrote it
    assert room.get(thief) == PAPER


def test_a_revoked_right_closes_the_content_at_once(room: Room) -> None:
    lin, wei = room.device("lin", ACCOUNT), room.device("wei", ACCOUNT)
    room.put(lin, 0, PAPER)
    room.name(lin, ACCOUNT)
    assert room.get(wei) == PAPER
    with room.hub.turn(room.tenant) as turn:
        grants.revoke(turn, wei.user, ACCOUNT)
    assert room.get(wei) is None
    assert room.get(lin) == PAPER


def test_two_who_send_the_same_at_once_do_not_spoil_each_other(room: Room) -> None:
    lin, wei = room.device("lin", ACCOUNT), room.device("wei", ACCOUNT)
    room.put(wei, 0, b"?" * 5000)
    assert room.put(lin, 0, PAPER[:5000]) == 5000
    assert room.put(lin, 5000, PAPER[5000:]) == len(PAPER)
    room.name(lin, ACCOUNT)
    assert room.get(lin) == PAPER[:5000]


def test_fault_25_an_erased_record_takes_its_content_unless_another_names_it(room: Room) -> None:
    lin = room.device("lin", ACCOUNT)
    room.put(lin, 0, PAPER)
    room.name(lin, ACCOUNT)
    with room.hub.turn(room.tenant) as turn:
        blobs.note_names(turn.connection, lin, [Named(DIGEST, "d4" * 16, ACCOUNT, "internal")])
        blobs.forget_record(turn.connection, room.tenant, "c3" * 16)
    assert room.get(lin) == PAPER
    with room.hub.turn(room.tenant) as turn:
        blobs.forget_record(turn.connection, room.tenant, "d4" * 16)
    assert room.get(lin) is None
    assert room.lacks(lin)


def test_what_nobody_named_goes_after_a_week(room: Room) -> None:
    lin = room.device("lin", ACCOUNT)
    room.put(lin, 0, PAPER)
    half = b"half" * 100
    room.put(lin, 0, half[:100], half)
    late = NOW + blobs.UNNAMED_FOR + 1
    with room.hub.turn(room.tenant) as turn:
        assert blobs.sweep(turn.connection, room.tenant, now=NOW) == 0
        assert blobs.sweep(turn.connection, room.tenant, now=late) == 2
    assert room.lacks(lin)
    room.put(lin, 0, PAPER)
    room.name(lin, ACCOUNT)
    with room.hub.turn(room.tenant) as turn:
        assert blobs.sweep(turn.connection, room.tenant, now=late) == 0


def test_a_device_has_some_sendings_under_way_and_no_more(room: Room) -> None:
    lin = room.device("lin", ACCOUNT)
    papers = [bytes([n]) * 100 for n in range(blobs.MOST_UNDER_WAY + 1)]
    for at, paper in enumerate(papers):
        room.put(lin, 0, paper[:50], paper, at=at)
    assert room.put(lin, 0, b"", papers[-1]) == 50
    assert room.put(lin, 0, b"", papers[0]) == 0  # the oldest begins anew


def test_ops_of_files_name_contents_in_the_scope_they_stand_in() -> None:
    def named(**cells: object) -> list[Named]:
        said = bytes(say_cells(cells)).decode()
        return blobs.names_in("c3" * 16, (ACCOUNT, "partner"), said)

    content = (len(PAPER), bytes.fromhex(DIGEST))
    assert named(name="报价单.pdf", content=content) == [
        Named(DIGEST, "c3" * 16, ACCOUNT, "partner")
    ]
    assert named(content=None) == named(content=(3, b"short")) == named(name="content") == []
