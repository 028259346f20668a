"""A hub that is reached by a folder: what is asked lies there, what was answered is found there.

A question is written down and not waited for. The answer is taken in whichever later round it lies
in the folder, if the desk still stands where it asked from; a question asked anew takes the place
of the one before. So letters may be lost, late or double: nothing depends on one of them.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final, TypeVar

import msgspec

from kamdesk.core.wording import Text
from kamdesk.storage import team
from kamdesk.storage.storage import Storage
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.wire.folder.letters import Side
from kamdesk.sync.wire.folder.mailbox import Mailbox, Part
from kamdesk.sync.wire.folder.posted import (
    FromDesk,
    FromKeeper,
    message,
    moves,
    narrowed,
    read_letter,
    sign_of,
    within,
)
from kamdesk.sync.wire.messages import (
    Answer,
    Done,
    Exchange,
    Mark,
    SnapshotAsk,
    SnapshotPage,
    read,
    read_answer,
    said,
)
from kamdesk.sync.wire.strict import Garbled

STAND: Final = "folder_stand"
T = TypeVar("T")
Do = Callable[[Callable[[Storage], Any]], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How far a desk is with its box: kept in the file.

    ``sent``: the number of its last letter, ``asked`` what stood in it (hashed). ``given``: the
    answer that was taken though it moved nothing, by letter and question. ``laid``: contents put
    into the folder, by hash, with the number of their parts.
    """

    sent: int = 0
    asked: str = ""
    given: str = ""
    laid: dict[str, int] = field(default_factory=dict)


def stand(storage: Storage) -> Stand:
    """Return how far this file is with its box."""
    kept = storage.reader.ask("SELECT value FROM state WHERE key = ?", STAND).value()
    return Stand(**json.loads(kept)) if kept else Stand()


class FolderPost:
    """A ``Post`` by way of a folder. ``do`` runs a step on the file, ``wants`` go with a letter.

    ``Cause.POSTED`` says that the question lies in the folder now.
    """

    def __init__(self, do: Do, box: Mailbox, *, wants: list[str] | None = None) -> None:
        self._do, self._box, self._wants = do, box, sorted(wants or [])
        self._stand: Stand = do(stand)
        self._letters: list[tuple[int, FromKeeper]] = self._read()
        self._asked: Exchange | None = None

    @property
    def last(self) -> int:
        """When the keeper last wrote, in milliseconds by its clock; 0 for never."""
        return max((letter.at for _, letter in self._letters), default=0)

    def exchange(self, ask: Exchange) -> Answer:
        """Return an answer that lies there; else put the question there.

        It says all marks at once: whether the keeper was brought back from a backup, and where
        the logs part, is not asked in two letters of which the next round begins with the first.
        """
        self._see_open()
        if ask.marks:
            held = self._do(team.marks)[:_MARKS]
            ask = msgspec.structs.replace(ask, marks=[Mark(one.seq, one.at) for one in held])
        mark, sign = self._mark(ask), sign_of(ask)
        found = [
            (number, letter.to, answer)
            for number, letter in self._letters
            for given in letter.answers
            if given.to == sign and (answer := self._answer(given.exchange)) is not None
        ]
        for _, _, answer in found:
            if moves(ask, answer):
                return answer
        self._asked = ask
        self._post(mark, FromDesk(exchange=within(ask), wants=self._wants))
        for number, to, answer in found[:1]:
            once = f"{number} {mark}"
            mine = isinstance(answer, Done) or to == self._stand.sent
            if mine and once != self._stand.given:
                self._keep(given=once)
                return answer
        raise HubTrouble(Cause.POSTED, _POSTED)

    def snapshot(self, ask: SnapshotAsk) -> SnapshotPage:
        """Return a page that lies there; else ask for it."""
        self._see_open()
        sign = sign_of(ask)
        for _, letter in self._letters:
            for given in letter.answers:
                body = message(given.snapshot) if given.to == sign else None
                if body is not None and set(ask.scopes) <= set(given.scopes):
                    with _garbled():
                        return narrowed(read(body, SnapshotPage), ask.scopes)
        self._post(self._mark(ask), FromDesk(snapshot=within(ask), wants=self._wants))
        raise HubTrouble(Cause.POSTED, _POSTED)

    def renumber(self, dev: int) -> int:
        """Return a fresh number that lies there; else ask for one."""
        self._see_open()
        sign = sign_of(dev)
        for _, letter in self._letters:
            for given in letter.answers:
                if given.to == sign and given.renumber:
                    return given.renumber
        self._post(f"renumber {dev}", FromDesk(renumber=dev))
        raise HubTrouble(Cause.POSTED, _POSTED)

    def lacking(self, hashes: list[str]) -> list[str]:
        """Return which contents neither the keeper holds nor lie whole in the folder."""
        with _trouble():
            lying = self._box.contents(Side.DESK)
        held = self._held()
        laid = self._stand.laid
        there = {one for one in laid if len(lying.get(self._box.name_of(one), ())) >= laid[one]}
        return [one for one in hashes if one not in held | there]

    def put_part(self, sha256: str, size: int, offset: int, part: bytes) -> int:
        """Put a part of a content into the folder; return where to go on."""
        if not part and size:
            return 0
        with _trouble():
            with suppress(FileExistsError):  # cut off and begun again
                self._box.put_part(Part(sha256, size, offset, part))
            if offset + len(part) >= size:
                count = len(self._box.contents(Side.DESK).get(self._box.name_of(sha256), ()))
                self._keep(laid={**self._stand.laid, sha256: count})
        return offset + len(part)

    def get_part(self, sha256: str, offset: int) -> bytes:
        """Return what lies there of a content from an offset on, empty at its end."""
        if any(sha256 in letter.without for _, letter in self._letters[:1]):
            raise HubTrouble(Cause.NOT_THERE, _NOT_THERE)
        with _trouble():
            name = self._box.name_of(sha256)
            starts = self._box.contents(Side.KEEPER).get(name, [])
            first = self._box.part(name, 0) if 0 in starts else None
            if first is not None and offset >= first.size:
                return b""
            for start in sorted((one for one in starts if one <= offset), reverse=True)[:1]:
                part = self._box.part(name, start)
                if part is not None and offset < start + len(part.data):
                    return part.data[offset - start :]
        raise HubTrouble(Cause.POSTED, _POSTED)

    def tidy(self) -> list[str]:
        """Take from the folder what the keeper holds now; return what was lost on the way there."""
        held = self._held()
        with _trouble():
            for digest in held & set(self._stand.laid):
                self._box.drop_content(self._box.name_of(digest))
        if held & set(self._stand.laid):
            self._keep(laid={one: n for one, n in self._stand.laid.items() if one not in held})
        return self.lacking(list(self._stand.laid))

    @property
    def stands(self) -> bool:
        """True when the keeper finds a question for news."""
        return self._asked is not None

    def wish(self, wants: list[str]) -> None:
        """Ask for contents too, beside what was asked last."""
        if self._asked is not None and sorted(wants) != self._wants:
            self._wants = sorted(wants)
            letter = FromDesk(exchange=within(self._asked), wants=self._wants)
            self._post(self._mark(self._asked), letter)

    def _held(self) -> set[str]:
        return {one for _, letter in self._letters for one in letter.holds}

    def _see_open(self) -> None:
        if any(letter.shut for _, letter in self._letters[:1]):
            raise HubTrouble(Cause.REVOKED, _SHUT)

    def _read(self) -> list[tuple[int, FromKeeper]]:
        """Return the keeper's letters that lie there and are whole, the newest first."""
        letters = []
        with _trouble():
            for number, body in self._box.newest():
                with suppress(Garbled):
                    letters.append((number, read_letter(body, FromKeeper)))
                if len(letters) == _LETTERS:
                    break
        return letters

    def _answer(self, raw: msgspec.Raw) -> Answer | None:
        body = message(raw)
        with _garbled():
            return read_answer(body) if body is not None else None

    def _mark(self, ask: Exchange | SnapshotAsk) -> str:
        if isinstance(ask, Exchange):
            ask = msgspec.structs.replace(ask, wait=0, limit=1)
        return sha256(said(ask) + "\n".join(self._wants).encode()).hexdigest()

    def _post(self, mark: str, letter: FromDesk) -> None:
        """Write a letter unless it is what the last one said, and still lies there."""
        with _trouble():
            lying = self._box.numbers(Side.DESK)
            if mark == self._stand.asked and self._stand.sent in lying:
                return
            heard = max((one.to for _, one in self._letters), default=0)
            number = self._box.put(max(self._stand.sent, heard) + 1, said(letter))
            self._keep(sent=number, asked=mark)
            self._box.drop_before(number)

    def _keep(self, **changes: Any) -> None:
        self._stand = replace(self._stand, **changes)
        kept = json.dumps({name: getattr(self._stand, name) for name in Stand.__slots__})
        self._do(lambda storage: storage.remember(STAND, kept))


@contextmanager
def _trouble() -> Iterator[None]:
    """Turn what the folder's disk says into plain words."""
    try:
        yield
    except OSError as error:
        raise HubTrouble(Cause.OFFLINE, _FOLDER) from error


@contextmanager
def _garbled() -> Iterator[None]:
    try:
        yield
    except Garbled as error:
        raise HubTrouble(Cause.GARBLED, _GARBLED) from error


_LETTERS: Final = 8
_MARKS: Final = 64
_POSTED: Final = Text(
    "What you wrote lies in the folder. The answer comes once the other laptop has exchanged too."
)
_FOLDER: Final = Text(
    "The folder cannot be read or written. Plug the stick in, or start the program that keeps the"
    " folder in step, and exchange again."
)
_GARBLED: Final = Text("What lies in the folder is of another KamDesk. Update it on both laptops.")
_SHUT: Final = Text("The laptop that keeps the log has taken this one's access away.")
_NOT_THERE: Final = Text("What is in this file is not on the other laptop yet.")
