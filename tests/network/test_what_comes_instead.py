"""What comes instead of an answer is told as what it is, in plain words."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.certificates import certificate
from support.hostile_hub import SIGN_IN, STATUSES, Hostile, hostile
from support.loopback import Loopback, Talk, answer, says, served

from kamdesk.https import Line, Trust
from kamdesk.sync.online import Online
from kamdesk.sync.post import Cause, HubTrouble, HungUp
from kamdesk.sync.wire.messages import Exchange

ASK = Exchange(proto=2, epoch=1, dev=7, start=1, chain="", marks=[], access=0)
ANSWERS = dict(hostile())


@contextmanager
def online(talk: Talk, folder: Path, *, deadline: float = 20) -> Iterator[tuple[Online, Loopback]]:
    """A way to a server that answers by ``talk``, proved by its fingerprint."""
    with served(talk, folder) as server:
        trust = Trust(pinned=certificate().fingerprint)
        way = Online(Line(server.url, trust, deadline=deadline), "a" * 43)
        try:
            yield way, server
        finally:
            way.close()


def trouble(way: Online) -> HubTrouble:
    with pytest.raises(HubTrouble) as told:
        way.exchange(ASK)
    return told.value


def test_there_are_enough_hostile_answers() -> None:
    assert len(ANSWERS) >= 40


@pytest.mark.parametrize("name", ANSWERS)
def test_a_hostile_answer_is_told(name: str, tmp_path: Path) -> None:
    given: Hostile = ANSWERS[name]
    with online(says(given.raw, hang_up=given.hang_up), tmp_path) as (way, server):
        told = trouble(way)
        assert told.cause is given.cause
        assert told.said.plain.endswith(".")
        assert len(server.asked) == 1  # asked once, and followed nowhere


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_is_told(status: int, tmp_path: Path) -> None:
    raw = answer(SIGN_IN, status=status, kind="text/html", more="location: https://evil/\r\n")
    with online(says(raw), tmp_path) as (way, _):
        assert trouble(way).cause is STATUSES[status]


WORDS = {
    (401, "revoked"): Cause.REVOKED,
    (401, "unknown"): Cause.SHUT_OUT,
    (403, "revoked"): Cause.NO_HUB,
    (200, "revoked"): Cause.GARBLED,
    (404, "used"): Cause.SHUT_OUT,
    (404, "not_there"): Cause.NOT_THERE,
    (400, "garbled"): Cause.NOT_UNDERSTOOD,
    (413, "too_large"): Cause.TOO_LARGE,
    (422, "refused"): Cause.REFUSED,
    (429, "later"): Cause.BUSY,
    (500, "broken"): Cause.BROKEN,
    (503, "later"): Cause.BUSY,
}


@pytest.mark.parametrize(("status", "word"), WORDS)
def test_the_hub_s_own_words_are_told(status: int, word: str, tmp_path: Path) -> None:
    raw = answer(f'{{"error":"{word}"}}'.encode(), status=status)
    with online(says(raw), tmp_path) as (way, _):
        assert trouble(way).cause is WORDS[status, word]


def test_being_shut_out_needs_the_very_word() -> None:
    from kamdesk.https import Reply
    from kamdesk.sync.online import refusal

    for body in (b'{"error":"revoked","x":1}', b'"revoked"', b"revoked", b'{"error":"Revoked"}'):
        reply = Reply(
            status=401, kind="application/json", body=body, packed="", accepts="", after=None
        )
        assert refusal(reply, body).cause is not Cause.REVOKED


@pytest.mark.parametrize(
    ("said", "after"), [("120", 120), ("99999", 3600), ("-1", None), ("soon", None), ("", None)]
)
def test_the_hub_says_when_to_come_again(said: str, after: float | None, tmp_path: Path) -> None:
    raw = answer(b"", status=503, more=f"retry-after: {said}\r\n")
    with online(says(raw), tmp_path) as (way, _):
        assert trouble(way).after == after


def dripping(raw: bytes, begun: threading.Event, ended: threading.Event) -> Talk:
    """Say a byte now and then, for as long as anybody listens."""

    def talk(line: object, _request: bytes) -> None:
        for n in range(len(raw)):
            line.sendall(raw[n : n + 1])  # type: ignore[attr-defined]
            begun.set()
            if ended.wait(0.02):
                return

    return talk


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_byte_now_and_then_does_not_outlive_the_deadline(part: str, tmp_path: Path) -> None:
    long = b"HTTP/1.1 200 OK\r\n" + b"x-long: yes\r\n" * 100_000
    if part == "body":
        long = answer(b" " * 1_000_000)
    ended = threading.Event()
    with online(dripping(long, threading.Event(), ended), tmp_path, deadline=0.4) as (way, _):
        told = trouble(way)
        ended.set()
    assert told.cause is Cause.OFFLINE
    assert "too slow" in told.said.plain


def test_who_hangs_up_is_answered_at_once(tmp_path: Path) -> None:
    begun, ended = threading.Event(), threading.Event()
    with online(dripping(answer(b" " * 99_999), begun, ended), tmp_path) as (way, _):
        waiting = threading.Thread(target=lambda: (begun.wait(20), way.hang_up()))
        waiting.start()
        with pytest.raises(HungUp):
            way.exchange(ASK)
        waiting.join()
        ended.set()


def test_once_hung_up_for_good_nothing_is_asked_any_more(tmp_path: Path) -> None:
    with online(says(answer(b"{}")), tmp_path) as (way, server):
        way.hang_up(for_good=True)
        with pytest.raises(HungUp):
            way.exchange(ASK)
        assert server.asked == []


def test_after_a_poll_cut_off_the_next_question_is_answered(tmp_path: Path) -> None:
    with online(says(answer(b"[]")), tmp_path) as (way, server):
        way.hang_up()
        assert trouble(way).cause is Cause.GARBLED
        assert len(server.asked) == 1


def test_nobody_there(tmp_path: Path) -> None:
    with online(says(b""), tmp_path) as (_, server):
        pass
    way = Online(Line(server.url, Trust(pinned="0" * 64)))
    assert trouble(way).cause is Cause.OFFLINE
    way.close()


def test_no_such_name() -> None:
    way = Online(Line("https://hub.invalid"))
    assert trouble(way).cause is Cause.OFFLINE
    way.close()
