"""The steps of an exchange with a hub: rows of the matrix of faults, with what was done before."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from support.faults_seed import ACCOUNT, COLLEAGUE, an_id, seed

from kamdesk.core.ids import ColleagueId
from kamdesk.core.wire_op import Verb, WireOp
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.service import Accounts
from kamdesk.domain.team.service import Team
from kamdesk.storage import arriving, exchange, team
from kamdesk.storage.naming import name_to_send
from kamdesk.storage.storage import Storage
from kamdesk.sync import joining, quarantine, tokens
from kamdesk.sync.steps import checking, epochs, forking, losing, parked, settling, snapshots
from kamdesk.sync.wire.messages import Access, Check, Rejected, Scope

Step = Callable[[Storage], object]
SCOPE: Final = Scope(ACCOUNT.id.hex(), "internal")
DIGEST: Final = bytes(range(32))


def join(s: Storage) -> None:
    """Give the file its device number; all is offered."""
    exchange.join(s, 1)


def acknowledged(s: Storage) -> None:
    """Let the hub have all that was written."""
    exchange.acknowledge(s, {op.dseq: n for n, op in enumerate(exchange.unsent(s), 1)})
    settling.settle(s, s.number("dseq"), ())


def refuse(s: Storage) -> None:
    """Settle what was pushed; the last change was refused."""
    last = s.number("dseq")
    settling.settle(s, last, [Rejected(last, "no_right")])


def gain(s: Storage) -> None:
    """Hear of a right to the customer."""
    snapshots.note_access(s, [SCOPE], Access(at=9, gained=[0], writes=[0]), first=False)


def lose_right(s: Storage) -> None:
    """Hear that the customer is no longer ours."""
    snapshots.note_access(s, [SCOPE], Access(at=9, lost=[0]), first=False)


def lose(s: Storage) -> None:
    """Take the customer's scope from the disk."""
    losing.lose(s, losing.next_lost(s) or 0)


def differ(s: Storage) -> None:
    """Find that the hub holds something else of the customer."""
    checking.compare(s, [SCOPE], [Check(0, 1, "00")])


def mend(s: Storage) -> None:
    """End the fetching of the customer once more."""
    job = snapshots.next_job(s)
    assert job is not None
    checking.mended(s, job)


def park(s: Storage) -> None:
    """Leave the last change for a newer program."""
    with s.transaction():
        s.connection.execute("INSERT INTO parked SELECT max(lid) FROM op")


def edit(s: Storage) -> None:
    """Write to the customer once more."""
    changed = replace(ACCOUNT, city="苏州")
    Accounts(s).change(changed, base=ACCOUNT, seen=s.position())


def read_on(s: Storage) -> None:
    """Read the log further; nothing of it was for this file."""
    exchange.receive(s, [], 90)


def take_in(s: Storage) -> None:
    """Take in what a colleague handed on: here, what the hub refused."""
    quarantine.take_in(s, quarantine.export(s, [one.id for one in quarantine.quarantined(s)]))


def theirs(s: Storage) -> None:
    """Hear of a colleague's change."""
    seq = int(s.position()) + 90
    exchange.receive(
        s,
        [
            WireOp(
                dev=2,
                dseq=1,
                wall=s.clock.now().ms,
                ctx=int(s.position()),
                txn=1,
                scope=(ACCOUNT.id, "internal"),
                kind="account",
                record=ACCOUNT.id,
                verb=Verb.SET,
                cells={"website": "theirs.example"},
                name=name_to_send(Text("Change customer")),
                by=None,
                seq=seq,
            )
        ],
        seq,
    )


def lost(s: Storage) -> None:
    """Let the hub come back from a backup without what others wrote."""
    epochs.turn_back(s, 9, int(s.position()) - 1, s.number("dseq"))


def know_user(s: Storage) -> None:
    """Know who the user is at the hub, and by no record."""
    with s.transaction():
        s.keep("me", bytes(16))
        s.keep(joining.USER, "lin")


JOINED: Final = (seed, join)
PLACED: Final = (*JOINED, acknowledged)
STEPS: Final[dict[str, tuple[tuple[Step, ...], Step]]] = {
    "settle": (JOINED, lambda s: settling.settle(s, s.number("dseq"), ())),
    "be refused": ((*JOINED, edit), refuse),
    "drop what was refused": ((*JOINED, edit, refuse), lambda s: quarantine.drop(s, [1])),
    "take in what was refused": ((*PLACED, read_on, edit, refuse), take_in),
    "say again what a hub lost": ((*PLACED, theirs, lost), quarantine.say_again),
    "stamp anew": (JOINED, lambda s: settling.stamp_anew(s, 1_000_000, 0)),
    "turn back": (PLACED, lambda s: epochs.turn_back(s, 2, 3, 3)),
    "take a number": (JOINED, lambda s: forking.take_number(s, 5)),
    "number anew": ((*JOINED, lambda s: forking.take_number(s, 5)), forking.number_anew),
    "gain a scope": (PLACED, gain),
    "lose a right": ((*PLACED, gain), lose_right),
    "lose a scope": ((*PLACED, lose_right), lose),
    "differ": (PLACED, differ),
    "mend": ((*PLACED, differ), mend),
    "replay what was parked": ((*JOINED, edit, park), parked.replay),
    "become a colleague": (
        (seed, lambda s: Team(s).i_am(replace(COLLEAGUE, id=an_id(76)))),
        lambda s: joining.become(s, ColleagueId(an_id(77))),
    ),
    "introduce oneself": ((*JOINED, know_user), joining.introduce),
    "note a token": (JOINED, lambda s: tokens.note(s, "token")),
    "keep a trouble": (JOINED, lambda s: team.keep_trouble(s, Text("No hub."))),
    "wish for a content": (JOINED, lambda s: arriving.wish(s, DIGEST)),
    "take a part": (JOINED, lambda s: arriving.take_part(s, DIGEST, 0, b"part" * 900)),
    "note a content's trouble": (
        JOINED,
        lambda s: arriving.note_trouble(s, DIGEST, arriving.ABSENT),
    ),
}
