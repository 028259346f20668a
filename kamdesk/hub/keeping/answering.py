"""The keeper's round with a folder: takes what the laptops wrote, writes what they are to know."""

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from kamdesk.hub.blobs import BadPart
from kamdesk.hub.devices import ShutOut
from kamdesk.hub.keeping.keeper import Keeper, Local
from kamdesk.sync.wire.chains import Link, chained
from kamdesk.sync.wire.contents import LARGEST, LARGEST_PART
from kamdesk.sync.wire.folder.letters import Side
from kamdesk.sync.wire.folder.mailbox import Mailbox, Part
from kamdesk.sync.wire.folder.posted import (
    FromDesk,
    FromKeeper,
    Given,
    message,
    read_letter,
    sign_of,
    within,
)
from kamdesk.sync.wire.messages import (
    Done,
    Exchange,
    SnapshotAsk,
    SnapshotPage,
    read,
    read_answer,
    said,
)
from kamdesk.sync.wire.strict import Garbled
from kamdesk.sync.wire.versions import read_exchange

MOST_PAGES: Final = 400
MOST_BYTES: Final = 24 * 1024 * 1024
"""How much is answered ahead in one letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What a round with a folder did: letters read and written, laptops that came in now."""

    read: int = 0
    written: int = 0
    joined: tuple[str, ...] = ()


def serve(keeper: Keeper, folder: Path) -> Served:
    """Serve what lies in a folder. Raises ``OSError`` for the folder, ``StorageTrouble``."""
    joined = tuple(keeper.boxes.welcome(folder))
    served = [_Serving(keeper, folder, row).round() for row in keeper.boxes.rows()]
    return Served(
        read=sum(one.read for one in served),
        written=sum(one.written for one in served) + len(joined),
        joined=joined,
    )


class _Serving:
    """One box in one round."""

    def __init__(self, keeper: Keeper, folder: Path, row: Any) -> None:
        self._boxes, self._row = keeper.boxes, row
        self._now = keeper.hub.clock.now().ms
        self._box: Mailbox = keeper.boxes.mailbox(folder, row)
        self._post: Local = keeper.post(row.token)

    def round(self) -> Served:
        number, letter = self._newest()
        again = number == self._row.heard
        if letter is None and not self._row.heard and not self._box.numbers(Side.KEEPER):
            return self._welcome_again()
        if letter is None or (again and letter.renumber is not None):
            return Served()
        try:
            holds = self._take_contents()
            answers = self._answers(letter)
            without = self._give_contents(letter.wants)
            shut = False
        except ShutOut:
            holds, answers, without, shut = [], [], [], True
        reply = FromKeeper(
            to=number, at=self._now, answers=answers, holds=holds, without=without, shut=shut
        )
        mark = _essence(reply)
        if not again:
            self._boxes.keep(self._row.box, heard=number, seen=self._now, welcome="")
        if mark == self._row.said:
            return Served(read=int(not again))
        ours = self._box.put(self._last() + 1, said(reply))
        self._boxes.keep(self._row.box, sent=ours, said=mark)
        self._box.drop_before(ours - 1)
        return Served(read=int(not again), written=1)

    def _last(self) -> int:
        """Return the number of our last letter: above what this log says where it was set back."""
        lying, sent = self._box.numbers(Side.KEEPER), self._row.sent
        return int(max([sent, *(number for number in lying if number < sent + _SET_BACK)]))

    def _welcome_again(self) -> Served:
        """Say welcome once more to a laptop that never wrote: the letter was lost."""
        sent = self._box.put(self._row.sent + 1, self._row.welcome.encode())
        self._boxes.keep(self._row.box, sent=sent)
        return Served(written=1)

    def _newest(self) -> "tuple[int, _Asked | None]":
        """Return the newest letter that is whole and theirs, not older than the last one heard."""
        for number, body in self._box.newest():
            if number < self._row.heard:
                break
            with suppress(Garbled):
                return number, _Asked.of(body)
        return 0, None

    def _answers(self, letter: "_Asked") -> list[Given]:
        if letter.renumber is not None:
            return [self._renumbered(letter.renumber)]
        if letter.snapshot is not None:
            return self._pages(letter.snapshot)
        return self._exchanged(letter.exchange) if letter.exchange is not None else []

    def _exchanged(self, ask: Exchange) -> list[Given]:
        """Answer an exchange, and those that must follow while there is more."""
        answers: list[Given] = []
        size = 0
        while len(answers) < MOST_PAGES and size < MOST_BYTES:
            answer = self._post.exchange(ask)
            answers.append(Given(to=sign_of(ask), exchange=within(answer)))
            size += len(bytes(answers[-1].exchange))
            if not isinstance(answer, Done):
                break
            if answer.access and answer.access.gained:
                answers += self._gained(ask, answer)
                break
            if not answer.more:
                break
            ask = _following(ask, answer)
        return answers

    def _gained(self, ask: Exchange, answer: Done) -> list[Given]:
        """Answer what a desk asks that gained scopes: their state, and where it stands then."""
        gained = [answer.scopes[n] for n in answer.access.gained] if answer.access else []
        if len(gained) > _ONE_LOT:
            return []
        scopes = sorted(gained, key=lambda scope: (scope.account or "", scope.audience))
        pages = self._pages(SnapshotAsk(proto=ask.proto, scopes=scopes))
        first, last = message(pages[0].snapshot), message(pages[-1].snapshot)
        if first is None or last is None or read(last, SnapshotPage).after:
            return pages
        mark = read(first, SnapshotPage).at
        past = self._pages(SnapshotAsk(proto=ask.proto, scopes=scopes, at=mark.seq, past=True))
        there = _following(ask, answer)
        if not ask.marks:  # its first exchange: it stands where its first page was read
            there = msgspec.structs.replace(there, marks=[mark])
        then = Given(to=sign_of(there), exchange=within(self._post.exchange(there)))
        return [*pages, then, *past]

    def _pages(self, ask: SnapshotAsk) -> list[Given]:
        answers: list[Given] = []
        size = 0
        while len(answers) < MOST_PAGES and size < MOST_BYTES:
            page = self._post.snapshot(ask)
            given = Given(to=sign_of(ask), snapshot=within(page), scopes=ask.scopes)
            answers.append(given)
            size += len(bytes(answers[-1].snapshot))
            if not page.after:
                break
            ask = msgspec.structs.replace(ask, after=page.after, at=page.at.seq)
        return answers

    def _renumbered(self, dev: int) -> Given:
        return Given(to=sign_of(dev), renumber=self._post.renumber(dev))

    def _take_contents(self) -> list[str]:
        """Take the contents that lie in the folder; return those that may go from there."""
        holds = []
        for name, offsets in self._box.contents(Side.DESK).items():
            held = 0
            for offset in offsets:
                part = self._box.part(name, offset) if offset == held else None
                if part is None:
                    continue
                held = self._taken(part)
                if held >= part.size:
                    holds.append(part.sha256)
                    break
        return holds

    def _taken(self, part: Part) -> int:
        """Give a part to the hub, return where to go on; with what it does not take it is done."""
        try:
            return self._post.put_part(part.sha256, part.size, part.offset, part.data)
        except BadPart:
            return part.size

    def _give_contents(self, wants: list[str]) -> list[str]:
        """Put contents asked for into the folder; return those that cannot be had."""
        names = {self._box.name_of(digest): digest for digest in wants}
        lying = self._box.contents(Side.KEEPER)
        for name in lying.keys() - names.keys():
            self._box.drop_content(name)
        return [
            digest
            for name, digest in names.items()
            if not self._given(digest, set(lying.get(name, ())))
        ]

    def _given(self, digest: str, lying: set[int]) -> bool:
        data = bytearray()
        while len(data) < LARGEST and (part := self._post.get_part(digest, len(data))):
            data += part
        if part is None:
            return False
        for offset in range(0, max(len(data), 1), _PART):
            if offset not in lying:
                piece = bytes(data[offset : offset + _PART])
                self._box.put_part(Part(digest, len(data), offset, piece))
        return True


class _Asked(NamedTuple):
    """A desk's letter, read strictly."""

    exchange: Exchange | None
    snapshot: SnapshotAsk | None
    renumber: int | None
    wants: list[str]

    @classmethod
    def of(cls, body: bytes) -> "_Asked":
        """Return what a letter asks. Raises ``Garbled``."""
        letter = read_letter(body, FromDesk)
        exchange, snapshot = message(letter.exchange), message(letter.snapshot)
        return cls(
            read_exchange(exchange) if exchange else None,
            read(snapshot, SnapshotAsk) if snapshot else None,
            letter.renumber,
            letter.wants,
        )


_PART: Final = LARGEST_PART
_ONE_LOT: Final = 1000
"""Scopes a desk asks for at once; of more it asks by lots, which are not foreseen."""


def _following(ask: Exchange, answer: Done) -> Exchange:
    """Return what the desk must ask once it has taken a page."""
    gone = answer.settled.last
    links = [Link(op.dseq, op.wall, op.kind, op.record) for op in ask.ops if op.dseq <= gone]
    return msgspec.structs.replace(
        ask,
        epoch=answer.epoch,
        start=max(gone + 1, ask.start),
        chain=chained(ask.chain, links),
        marks=[answer.mark],
        access=answer.access.at if answer.access else ask.access,
        scopes=[],
        ops=[],
    )


def _essence(letter: FromKeeper) -> str:
    """Return a hash of what a letter says that is news: not when it was said."""
    answers = []
    for given in letter.answers:
        if (body := message(given.exchange)) is None:
            answers.append(given)
            continue
        answer = read_answer(body)
        if isinstance(answer, Done):
            answer = msgspec.structs.replace(answer, now=0, head=0)
        answers.append(msgspec.structs.replace(given, exchange=within(answer)))
    return sha256(said(msgspec.structs.replace(letter, at=0, answers=answers))).hexdigest()


_SET_BACK: Final = 10_000
"""Letters a log brought back may be behind at most: beyond are names of strangers'."""
