"""What the file says of its exchange: counted from the file, not from memory."""

from itertools import pairwise
from pathlib import Path

from support.desks import a_desk
from support.invented import a_person, an_account

from kamdesk.core.wording import Text
from kamdesk.storage import team
from kamdesk.storage.exchange import acknowledge, join, unsent
from kamdesk.storage.team import Mark, keep_mark, keep_trouble, marks
from kamdesk.sync.told import told, unsent_list


def test_a_file_without_a_hub_says_so(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    an_account(desk)
    found = told(desk.storage)
    assert (found.joined, found.hub, found.last, found.unsent) == (False, "", None, 0)
    assert found.oldest_unsent is None
    desk.close()


def test_what_waits_is_counted_and_listed_until_the_hub_has_it(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    account = an_account(desk)
    join(desk.storage, 7)
    desk.storage.remember(team.HUB_URL, "https://hub.example")
    person = a_person(desk, account)
    waiting = unsent_list(desk.storage)
    found = told(desk.storage)
    assert found.joined
    assert found.unsent == len(waiting) == len(unsent(desk.storage))
    assert found.oldest_unsent == waiting[0].at
    assert (waiting[-1].kind, waiting[-1].record) == ("person", person.id)
    assert waiting[-1].account == account.id
    acknowledge(desk.storage, {op.dseq: op.dseq for op in unsent(desk.storage)})
    assert (told(desk.storage).unsent, unsent_list(desk.storage)) == (0, [])
    desk.close()


def test_trouble_is_kept_until_there_is_none(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    keep_trouble(desk.storage, Text("The hub {name} does not answer.", name="x"))
    assert str(told(desk.storage).trouble) == str(Text("The hub {name} does not answer.", name="x"))
    keep_trouble(desk.storage, None)
    assert told(desk.storage).trouble is None
    desk.close()


def test_marks_thin_out_the_older_the_more(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    for seq in range(1, 2000):
        with desk.storage.transaction():
            keep_mark(desk.storage, Mark(seq=seq, at=seq * 10))
    kept = [mark.seq for mark in marks(desk.storage)]
    assert kept[0] == 1999
    assert len(kept) <= 64
    gaps = [(newer, newer - older) for newer, older in pairwise(kept)]
    assert all(gap <= max(64, 2 * (1999 - newer)) for newer, gap in gaps)
    desk.close()
