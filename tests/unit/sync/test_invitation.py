"""Invitations: what is packed comes back, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.errors import RuleBroken
from kamdesk.sync.wire.invitation import Invitation, code, grouped, hub_url, link, unpack

SECRET = "q" * 22
HUB = Invitation(
    url="https://hub.example.cn:8443", secret=SECRET, hub="华东 team & co", fingerprint="ab" * 32
)


@pytest.mark.parametrize("pack", [link, code])
@pytest.mark.parametrize("fingerprint", [None, "0f" * 32])
def test_an_invitation_comes_back_as_it_was(pack, fingerprint) -> None:
    one = Invitation(url="https://10.0.0.7", secret=SECRET, hub="华东", fingerprint=fingerprint)
    assert unpack(pack(one)) == one


@pytest.mark.parametrize("pack", [link, code])
def test_a_chat_may_break_its_lines_and_quote_it(pack) -> None:
    words = pack(HUB)
    assert unpack(f" <{words[:40]}\n  {words[40:]}> ") == HUB


@pytest.mark.parametrize("place", range(4, 40, 5))
def test_a_mistyped_code_is_refused(place: int) -> None:
    words = code(HUB)
    wrong = words[:place] + ("B" if words[place] != "B" else "C") + words[place + 1 :]
    with pytest.raises(RuleBroken) as refusal:
        unpack(wrong)
    assert refusal.value.field == "invitation"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "KD1-",
        "kamdesk://join?",
        "https://hub.example.cn",
        link(HUB) + "&u=https%3A%2F%2Felsewhere.example",
        link(HUB) + "&x=1",
        link(HUB).replace("https", "http"),
        link(HUB).replace("hub.example", "me%40hub.example"),
        link(HUB).replace(SECRET, "short"),
        link(HUB).replace("ab" * 32, "zz" * 32),
        link(HUB).replace("+team", "%00team"),
        link(HUB).replace("+team", "%E2%80%AE" * 81),
        "x" * 100_000,
    ],
)
def test_nothing_else_is_an_invitation(words: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        unpack(words)
    assert "no invitation" in refusal.value.said.plain


@given(st.text())
def test_no_text_at_all_ends_in_another_way(words: str) -> None:
    for start in ("", "KD1-", "kamdesk://join?"):
        with pytest.raises(RuleBroken):
            unpack(start + words)


@pytest.mark.parametrize(
    ("words", "url"),
    [
        (" https://Hub.Example.cn/ ", "https://hub.example.cn"),
        ("https://hub.example.cn:443", "https://hub.example.cn"),
        ("https://[fd00::1]:8443", "https://[fd00::1]:8443"),
    ],
)
def test_an_address_has_one_form(words: str, url: str) -> None:
    assert hub_url(words) == url


@pytest.mark.parametrize(
    "words",
    ["http://a.example", "https://", "https://a.example/v1", "https://a@b.example", "https://a:99999",
     "https://a b", "ftp://a.example", "https://a.example?x", "https://[::1"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(RuleBroken, match="no address of a hub"):
        hub_url(words)


def test_a_fingerprint_is_read_aloud_in_fours() -> None:
    assert grouped("3f2a90b1" + "0" * 56).startswith("3F2A 90B1 0000")
