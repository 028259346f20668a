"""Messages from the child are believed only in their form."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.wording import Text
from kamdesk.transfer.frames import (
    LONGEST_FRAME,
    BadFrame,
    pack_text,
    read_frame,
    unpack_text,
    write_frame,
)


def test_a_message_comes_back_as_it_was_sent() -> None:
    stream = io.BytesIO()
    write_frame(stream, {"rows": [[1, ["甲", ""], None]], "read": 7})
    write_frame(stream, {"end": True})
    stream.seek(0)
    assert read_frame(stream) == {"rows": [[1, ["甲", ""], None]], "read": 7}
    assert read_frame(stream) == {"end": True}
    assert read_frame(stream) is None


def test_a_message_announced_too_long_is_not_waited_for() -> None:
    with pytest.raises(BadFrame):
        read_frame(io.BytesIO((LONGEST_FRAME + 1).to_bytes(4, "big")))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_a_bad_frame(data: bytes) -> None:
    stream = io.BytesIO(data)
    try:
        while read_frame(stream) is not None:
            pass
    except BadFrame:
        pass


def test_a_sentence_comes_back_with_its_values_and_those_within() -> None:
    inner = Text("{n} row", "{n} rows", n=3)
    text = Text("“{file}”: {reason}", file="甲.csv", reason=inner)
    assert unpack_text(pack_text(text)) == text


@pytest.mark.parametrize(
    "packed",
    [
        "text",
        [],
        ["{a.__class__}", None, {"a": "x"}],
        ["{a:>999999999}", None, {"a": "x"}],
        ["{a!r}", None, {"a": "x"}],
        ["{missing}", None, {}],
        ["{", None, {"a": 1}],
        ["x" * 501, None, {}],
        [1, None, {}],
        ["a", None, {str(n): n for n in range(11)}],
    ],
)
def test_a_sentence_that_could_do_harm_is_refused(packed: object) -> None:
    with pytest.raises(BadFrame):
        unpack_text(packed)
