"""A line to a true hub on which every answer may be twisted: bits, fields, places, scopes, counts.

What is twisted stays near the truth: most of it is good JSON of the right shape, and a lie.
"""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from support.in_process import InProcess

from kamdesk.https import Reply
from kamdesk.hub.stand import Odd
from kamdesk.sync.online import JSON, OCTETS
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.wire import bodies, routes
from kamdesk.sync.wire.messages import Exchange, SnapshotAsk, read, said

PATIENCE: Final = 400
"""Questions of one round after which it counts as endless."""
ODD: Final = (-1, 0, 1, 2, 7, 4999, 2**31, 2**53 + 1, 2**62, 2**63 - 1, 2**63, 2**64, 0.5, True)
WORDS: Final = (
    "", "local", "private", "house", "internal", "partner", "saved_filter", "colleague", "account",
    "person", "file", "gap", "name", "=name", "life", "done", "fork", "clock", "expect", "a" * 32,
    "0" * 64, "no_right", "\u0000", "\ud800", "x" * 81, "金额", "…", "1e999",
)  # fmt: skip
Place = tuple[Any, Any]


class Endless(BaseException):
    """The desk asks for ever."""


class Twist:
    """Twists bodies by chance; ``said`` counts what by which twist.

    Without ``values`` what ops say stays as it is: a hub is believed that says another value under
    its true stamp, for checksums are of stamps.
    """

    def __init__(self, chance: Random, *, values: bool = True) -> None:
        self.chance, self.values, self.before = chance, values, [b"{}"]
        self.said: dict[str, int] = {}

    def body(self, body: bytes) -> bytes:
        """Return a message, twisted once or a few times."""
        twists = [self._fields] * 4 + [self._other] + [self._bits] * self.values
        self.before.append(body)
        for _ in range(self.chance.choice((1, 1, 1, 2, 4))):
            body = self.chance.choice(twists)(body)
        return body

    def content(self, part: bytes) -> bytes:
        """Return a part of a content, twisted."""
        pick = self.chance.choice
        return pick(
            (
                self._bits(part),
                part[:-1],
                part + b"x",
                b"",
                part[1:],
                part * 3,
                part[: len(part) // 2],
            )
        )

    def _bits(self, body: bytes) -> bytes:
        self._note("bits")
        spoilt = bytearray(body)
        for _ in range(self.chance.choice((1, 1, 3)) if body else 0):
            spoilt[self.chance.randrange(len(spoilt))] ^= 1 << self.chance.randrange(8)
        return bytes(spoilt)

    def _other(self, body: bytes) -> bytes:
        """Say an answer of before once more, or only a part of this one."""
        self._note("other")
        if self.chance.random() < 0.7:
            return self.chance.choice(self.before[-30:])
        return body[: self.chance.randrange(len(body) + 1)]

    def _fields(self, body: bytes) -> bytes:
        try:
            tree = json.loads(body)
        except ValueError:
            return body
        places = list(_places(tree, values=self.values))
        if not places:
            return body
        name = self.chance.choice(tuple(_TWISTS))
        self._note(name)
        _TWISTS[name](self.chance, places)
        return json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace")

    def _note(self, name: str) -> None:
        self.said[name] = self.said.get(name, 0) + 1


def _places(tree: Any, *, values: bool) -> Iterator[Place]:
    """Yield each place of a message, as what holds it and where in there."""
    pairs: Any = ()
    if isinstance(tree, dict):
        pairs = list(tree.items())
    elif isinstance(tree, list):
        pairs = list(enumerate(tree))
    for key, value in pairs:
        if values or not (isinstance(tree, list) and isinstance(value, dict)):  # an op's cells
            yield tree, key
            yield from _places(value, values=values)


def _of(places: list[Place], *kinds: type) -> list[Place]:
    return [(held, key) for held, key in places if type(held[key]) in kinds]


def _number(chance: Random, places: list[Place]) -> None:
    for held, key in chance.sample(found := _of(places, int), min(1, len(found))):
        held[key] = chance.choice((*ODD, held[key] + 1, held[key] - 1, held[key] * 2))


def _number_of_another(chance: Random, places: list[Place]) -> None:
    if found := _of(places, int):
        (held, key), (there, at) = chance.choice(found), chance.choice(found)
        held[key] = there[at]


def _swap(chance: Random, places: list[Place]) -> None:
    held, key = chance.choice(places)
    there, at = chance.choice(_of(places, type(held[key])))
    one, other = held[key], there[at]
    if json.dumps(one) not in json.dumps(other) and json.dumps(other) not in json.dumps(one):
        held[key], there[at] = other, one


def _word(chance: Random, places: list[Place]) -> None:
    for held, key in chance.sample(found := _of(places, str), min(1, len(found))):
        word = held[key]
        flipped = word[:-1] + chance.choice("0123456789abcdef")
        held[key] = chance.choice((*WORDS, flipped, flipped, word.upper(), word + "\n"))


def _repeat(chance: Random, places: list[Place]) -> None:
    lists = [held[key] for held, key in _of(places, list) if held[key]]
    if lists:
        some = chance.choice(lists)
        some += [chance.choice(some) for _ in range(chance.choice((1, 1, 3, 600)))]


def _shuffle(chance: Random, places: list[Place]) -> None:
    lists = [held[key] for held, key in _of(places, list) if len(held[key]) > 1]
    if lists:
        chance.shuffle(chance.choice(lists))


def _drop(chance: Random, places: list[Place]) -> None:
    held, key = chance.choice(places)
    del held[key]


def _nothing(chance: Random, places: list[Place]) -> None:
    held, key = chance.choice(places)
    held[key] = chance.choice((None, [], {}, "", 0, False, [[]], {"a": {}}))


_TWISTS: Final[dict[str, Callable[[Random, list[Place]], None]]] = {
    "number": _number,
    "number of another": _number_of_another,
    "fields swapped": _swap,
    "word": _word,
    "repeated": _repeat,
    "shuffled": _shuffle,
    "dropped": _drop,
    "nothing": _nothing,
}


class TwistedLine:
    """In the place of ``https.Line``: asks a true hub, and twists its answers so often."""

    fingerprint = ""

    def __init__(self, post: InProcess, twist: Twist) -> None:
        self._post, self._twist = post, twist
        self.likely, self.asked, self.twisted = 0.0, 0, 0

    def ask(self, method: str, path: str, *, body: bytes, headers: dict[str, str]) -> Reply:
        """Answer a question of the wire."""
        self.asked += 1
        if self.asked > PATIENCE:
            raise Endless
        body = bodies.unpack(body, headers.get("content-encoding", ""))
        status, kind = 200, JSON
        try:
            kind, answer = self._true(method, path, body)
        except HubTrouble as trouble:
            status, word = _REFUSALS[trouble.cause]
            answer = said(routes.Refused(error=word))
        except Odd:
            status, answer = 400, said(routes.Refused(error=routes.GARBLED))
        if self._twist.chance.random() < self.likely:
            self.twisted += 1
            answer = (self._twist.body if kind == JSON else self._twist.content)(answer)
        return Reply(status=status, kind=kind, body=answer, packed="", accepts="", after=None)

    def _true(self, method: str, path: str, body: bytes) -> tuple[str, bytes]:
        post, at = self._post, urlsplit(path)
        asked = {key: int(value[0]) for key, value in parse_qs(at.query).items()}
        if at.path == routes.SYNC:
            return JSON, said(post.exchange(read(body, Exchange)))
        if at.path == routes.SNAPSHOT:
            return JSON, said(post.snapshot(read(body, SnapshotAsk)))
        if at.path == routes.RENUMBER:
            return JSON, said(routes.Renumber(dev=post.renumber(read(body, routes.Renumber).dev)))
        if at.path == routes.LACKING:
            hashes = read(body, routes.Hashes).hashes
            return JSON, said(routes.Hashes(hashes=post.lacking(hashes)))
        digest = at.path.rsplit("/", 1)[1]
        if method == "GET":
            return OCTETS, post.get_part(digest, asked["offset"])
        told = post.put_part(digest, asked["size"], asked["offset"], body)
        return JSON, said(routes.Offset(next=told))


_REFUSALS: Final = {
    Cause.NOT_THERE: (404, routes.NOT_THERE),
    Cause.REFUSED: (422, routes.REFUSED),
}
