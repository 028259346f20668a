"""Every byte that leaves a desk, by line and by folder: what is the desk's own is not among it."""

import socket
from getpass import getuser
from pathlib import Path

import pytest
from support.by_folder import KeepingLaptop, Laptop
from support.canaries import CUSTOMER, LATIN, forms, plant
from support.desks import KEY, MORNING
from support.scripted_hub import Member, MemoryHub

from kamdesk.core.clock import StoppedClock
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import LOCAL
from kamdesk.storage.drafts import Drafts
from kamdesk.storage.held import Held
from kamdesk.storage.list_mappings import ListMappings
from kamdesk.sync.wire.folder import letters, mailbox
from kamdesk.sync.wire.messages import Exchange, SnapshotAsk, said
from kamdesk.workspace import KINDS, Workspace

DRAFT, MAPPING, LEFT_OUT = "kalmus-entwurf", "kalmus-spalte", "未交出的客户"
OWN = [kind for kind in KINDS if kind.scope_of == LOCAL]


def filled(desk: Workspace) -> set[str]:
    """Plant words everywhere; return those in what is this desk's own, found nowhere else."""
    plant(desk)
    own = {DRAFT, MAPPING}
    with desk.storage.change(Text("Keep")) as change:
        for kind in OWN:
            records = desk.storage.reader.ask(f"SELECT id FROM {kind.table}").column()
            assert records, f"no {kind.name} to keep"
            for cell in kind.valued:
                if cell.held == (Held.TEXT,):
                    word = f"kalmus-{kind.name}-{cell.name}"
                    change.write(kind, Id(records[0]), {cell.name: word})
                    own.add(word)
    Drafts(desk.storage).keep("accounts.new", {"name": DRAFT})
    ListMappings(desk.storage).keep("beef", f'[columns]\n"{MAPPING}" = "name"\n')
    assert len(own) > 9
    return own


def of_the_machine(folder: Path) -> set[str]:
    return {KEY, str(folder), *(n for n in (socket.gethostname(), getuser()) if len(n) > 5)}


def found(words: set[str], sent: list[bytes]) -> set[str]:
    whole = b"\n".join(sent)
    return {word for word in words if any(form in whole for form in forms(word))}


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What is put into letters, before it is sealed."""
    bodies: list[bytes] = []
    seal = letters.sealed

    def noting(place: letters.Place, body: bytes, keys: letters.Keys) -> bytes:
        bodies.append(body)
        return seal(place, body, keys)

    monkeypatch.setattr(mailbox, "sealed", noting)
    return bodies


def test_by_a_line_nothing_leaves_that_is_the_desks_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, sent = MemoryHub(StoppedClock(MORNING.plus(minutes=60))), list[bytes]()
    member = Member(tmp_path / "kalmus-folder", hub, 1, name="林晓彤")
    own = filled(member.workspace)
    line, exchange, snapshot = member.line, member.line.exchange, member.line.snapshot

    def ask(asked: Exchange) -> object:
        sent.append(said(asked))
        return exchange(asked)

    def page(asked: SnapshotAsk) -> object:
        sent.append(said(asked))
        return snapshot(asked)

    def part(sha256: str, size: int, offset: int, some: bytes) -> int:
        sent.append(some)
        return offset + len(some)

    monkeypatch.setattr(line, "exchange", ask)
    monkeypatch.setattr(line, "snapshot", page)
    monkeypatch.setattr(line, "lacking", lambda hashes: hashes)
    monkeypatch.setattr(line, "put_part", part)
    for _ in range(3):
        member.round()
    assert found({CUSTOMER, *LATIN}, sent) == {CUSTOMER, *LATIN}, "the control: the rest leaves"
    assert found(own | of_the_machine(tmp_path), sent) == set()
    member.workspace.close()


def test_by_a_folder_neither_that_nor_a_customer_who_was_not_offered(
    tmp_path: Path, sealed: list[bytes]
) -> None:
    shared = tmp_path / "stick"
    shared.mkdir()
    keeper = KeepingLaptop(tmp_path / "keeper", "林晓彤", shared)
    other = Laptop(tmp_path / "other", "第二台", shared)
    own = filled(other.workspace)
    offered = [one.id for one in other.workspace.accounts.ask.everything()]
    kept = other.account(LEFT_OUT)
    assert kept not in offered
    other.join(keeper.invite().phrase, accounts=offered)
    for _ in range(4):
        other.round()
        keeper.round()
    assert CUSTOMER in keeper.accounts()
    assert found({CUSTOMER}, sealed) == {CUSTOMER}, "the control: the rest leaves"
    assert found({*own, LEFT_OUT} | of_the_machine(tmp_path), sealed) == set()
    lying = [one.read_bytes() for one in shared.rglob("*") if one.is_file()]
    assert found({*own, LEFT_OUT, CUSTOMER, *LATIN}, lying) == set(), "and sealed it says nothing"
    keeper.close()
    other.close()
