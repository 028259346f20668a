"""Contents a hub lost: whoever holds them sends them again, once a day or where the logs part."""

import pytest
from sqlalchemy import delete
from support.desks_at_a_hub import PAPER, DeskAtHub, customer, keep, the_file

from kamdesk.domain.files.store import NotHereYet
from kamdesk.hub import schema
from kamdesk.hub.hub import Hub
from kamdesk.storage import team as kept
from kamdesk.sync import blobs, contents_again
from kamdesk.sync.contents_again import EVERY, SEEN, send_lacking
from kamdesk.sync.steps import epochs

Desks = tuple[DeskAtHub, DeskAtHub]


def lose(hub: Hub) -> None:
    """Let the hub's contents be gone, and leave all else."""
    with hub.engine.begin() as connection:
        for table in (schema.BLOB, schema.BLOB_PART):
            connection.execute(delete(table))


def asked(desk: DeskAtHub) -> list[int]:
    """Count what the desk asks the hub about contents."""
    found: list[int] = []
    lacking = desk.post.lacking

    def count(hashes: list[str]) -> list[str]:
        found.append(len(hashes))
        return lacking(hashes)

    desk.post.lacking = count  # type: ignore[method-assign]
    return found


def test_what_a_hub_lost_is_sent_again_by_whoever_holds_it(team: Desks, hub: Hub) -> None:
    one, two = team
    account = customer(one)
    keep(one, account)
    one.round()
    assert send_lacking(one, one.post) == 0
    lose(hub)
    two.round()
    with pytest.raises(NotHereYet):
        two.workspace.files.content(the_file(two, account).id)
    assert send_lacking(one, one.post) == 0  # looked at today
    one.clock.move(days=1)
    assert send_lacking(one, one.post) == 1
    two.clock.move(days=1)
    blobs.fetch(two, two.post)
    assert two.workspace.files.content(the_file(two, account).id)[1] == PAPER
    lose(hub)
    one.workspace.files.drop(the_file(one, account).id)  # here it is gone
    two.clock.move(days=1)
    assert send_lacking(two, two.post) == 1


def test_where_the_logs_part_it_is_looked_at_once(team: Desks, hub: Hub) -> None:
    one, _ = team
    account = customer(one)
    keep(one, account)
    one.round()
    send_lacking(one, one.post)
    lose(hub)
    stands = (
        one.storage.number(kept.EPOCH),
        one.storage.position(),
        one.storage.number(kept.SETTLED),
    )
    epochs.turn_back(one.storage, *stands)
    assert one.storage.number(SEEN) == 0
    counted = asked(one)
    assert send_lacking(one, one.post) == 1
    assert send_lacking(one, one.post) == 0
    assert counted == [1]


def test_a_cut_goes_on_in_the_next_round_and_what_is_here_alone_stays(
    team: Desks,
    hub: Hub,
) -> None:
    one, _ = team
    account = customer(one)
    for n in range(3):
        keep(one, account, PAPER[: 1000 + n])
    one.round()
    keep(one, account, b"not sent yet")
    lose(hub)
    assert len(contents_again._held(one.storage)) == 3
    assert send_lacking(one, one.post, most=1500) == 2
    assert one.storage.number(SEEN) == 0
    assert send_lacking(one, one.post, most=1500) == 1
    assert abs(one.storage.number(SEEN) - one.clock.now().ms) < EVERY
