"""The code phrase: five words that anyone can read out, and what a slip of the finger does."""

import pytest

from kamdesk.core.errors import RuleBroken
from kamdesk.sync.wire.folder import phrase
from kamdesk.sync.wire.folder.letters import Keys, Place, Side, Sort, opened, sealed
from kamdesk.sync.wire.folder.pairing import Acceptance, Offer, agreed, fresh


def test_a_phrase_is_read_however_it_is_typed() -> None:
    said = phrase.new_phrase()
    words = said.split("-")
    assert [len(word) for word in words] == [5] * phrase.WORDS
    for typed in (said.upper(), " ".join(words), f"  {said} \n", ", ".join(words), "".join(words)):
        assert phrase.read_phrase(typed) == said
    assert len({phrase.new_phrase() for _ in range(50)}) == 50


def test_every_wrong_letter_is_told_from_a_wrong_phrase() -> None:
    said = phrase.new_phrase()
    for at, letter in enumerate(said):
        other = {"b": "d", "a": "o", "-": "e"}.get(letter, "b" if letter not in "aiou" else "a")
        if other != letter:
            with pytest.raises(RuleBroken) as refused:
                phrase.read_phrase(said[:at] + other + said[at + 1 :])
            assert refused.value.field == "phrase"
    for nothing in ("", "lusab", said + "x", "x" * 5000, "12345-" * 5, "<b>" + said):
        with pytest.raises(RuleBroken, match="five words"):
            phrase.read_phrase(nothing)


def test_a_guess_costs_and_another_box_has_another_key() -> None:
    assert phrase.MEMORY >= 64 * 1024
    said = phrase.new_phrase()
    one = phrase.key_under(said, b"a" * 16)
    assert one == phrase.key_under(said, b"a" * 16)
    assert one != phrase.key_under(said, b"b" * 16)


def test_both_sides_agree_on_a_secret_that_a_third_does_not_have() -> None:
    box, key = b"x" * 16, b"k" * 32
    mine, yours, thirds = fresh(), fresh(), fresh()
    offer = Offer(keeper="A", whom="B", own=True, until=1, **mine.public)
    answer = Acceptance(device="B", me=None, **yours.public)
    keeper, desk = agreed(mine, answer, key, box), agreed(yours, offer, key, box)
    assert keeper is not None
    assert desk is not None
    assert keeper.secret == desk.secret
    listener = agreed(thirds, offer, key, box)
    assert listener is not None
    assert listener.secret != desk.secret
    other_phrase = agreed(yours, offer, b"j" * 32, box)
    assert other_phrase is not None
    assert other_phrase.secret != desk.secret
    place = Place(sort=Sort.LETTER, side=Side.DESK, box=box, number=7)
    letter = sealed(place, b"Guten Tag", desk)
    assert opened(place, letter, keeper) == b"Guten Tag"
    elsewhere = [
        Place(sort=Sort.CONTENT, side=Side.DESK, box=box, number=7),
        Place(sort=Sort.LETTER, side=Side.KEEPER, box=box, number=7),
        Place(sort=Sort.LETTER, side=Side.DESK, box=b"y" * 16, number=7),
        Place(sort=Sort.LETTER, side=Side.DESK, box=box, number=8),
    ]
    assert [opened(there, letter, keeper) for there in elsewhere] == [None] * 4
    assert opened(place, letter, Keys(own=b"", theirs=keeper.theirs, secret=b"z" * 32)) is None
    assert opened(place, letter, Keys(own=b"", theirs=b"t" * 32, secret=keeper.secret)) is None
    for at in range(0, len(letter), 3):
        flipped = letter[:at] + bytes([letter[at] ^ 1]) + letter[at + 1 :]
        assert opened(place, flipped, keeper) is None
        assert opened(place, letter[:at], keeper) is None
