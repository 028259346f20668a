"""Long text written apart: other places come together once, the same sentence is a conflict."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.sync.apart.merge import merge, sentences

BASE = "周一见了张总。他关心交期！价格可谈？\n下周再约。\n李工提了三点要求；都记下了。"


def both(base: str, mine: str, theirs: str) -> str | None:
    """Merge, and check that neither side has precedence."""
    merged = merge(base, mine, theirs)
    assert merge(base, theirs, mine) == merged
    return merged


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("", "", "", ""),
        ("a", "a", "b", "b"),
        ("a", "b", "b", "b"),
        ("", "新的。", "", "新的。"),
        ("一。\n二。", "壹。\n二。", "一。\n贰。", "壹。\n贰。"),  # other paragraphs
        ("一。二。三。", "壹。二。三。", "一。二。叁。", "壹。二。叁。"),  # other sentences
        ("一！二？三；四", "一！贰？三；四", "一！二？三；肆", "一！贰？三；肆"),
        ("One. Two. Three.", "1. Two. Three.", "One. Two. 3.", "1. Two. 3."),
        ("他说“好。”我走了。", "他说“行。”我走了。", "他说“好。”我没走。", "他说“行。”我没走。"),
        ("一。", "一。\n二。", "一。\n三。", "一。\n三。\n二。"),  # both added lines: both kept
        ("一。", "一。\n二。", "一。\n二。", "一。\n二。"),
        ("一。", "一。\n二。", "壹。", "壹。\n二。"),  # one edited the last line, one wrote below
        ("一。\n二。\n三。", "一。\n三。", "一。\n二。\n三。\n四。", "一。\n三。\n四。"),
        ("一。\n二。", "一。", "一。", "一。"),  # both deleted it
        (
            "一。\n\n二。",
            "一。\n\n二。\n\n三。",
            "零。\n一。\n\n二。",
            "零。\n一。\n\n二。\n\n三。",
        ),
    ],
)
def test_other_places_come_together(base: str, mine: str, theirs: str, merged: str) -> None:
    assert both(base, mine, theirs) == merged


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("", "一", "二"),
        ("一。", "壹。", "弌。"),  # the same sentence
        ("一。二。", "一。贰。", "一。弍。"),
        ("一。二。", "一。", "一。弍。"),  # deleted here, changed there
        ("一。\n二。", "一。", "一。\n弍。"),
        ("一。四。", "一。二。四。", "一。三。四。"),  # which comes first is not ours to say
        ("一。", "一。\n二。\n三。", "一。\n二。"),  # added alike in part
        ("甲\n乙\n丙\n丁\n戊", "乙\n丙\n丁\n戊\n甲", "乙\n丙\n甲\n丁\n戊"),  # moved apart
        ("3.5 is paid.", "3.6 is paid.", "3.7 is paid."),
    ],
)
def test_the_same_place_is_a_conflict(base: str, mine: str, theirs: str) -> None:
    assert both(base, mine, theirs) is None


def test_a_number_is_no_end_of_a_sentence() -> None:
    assert sentences("It costs 3.5 million. Paid! “好。”他说…… 走吧") == [
        "It costs 3.5 million.",
        "Paid!",
        "“好。”",
        "他说……",
        "走吧",
    ]


def test_a_long_text_is_merged_in_time() -> None:
    base = "".join(f"第{n}句话。\n" for n in range(3000))
    mine, theirs = base.replace("第7句话", "第七句话"), base.replace("第2990句话", "x")
    assert both(base, mine, theirs) == mine.replace("第2990句话", "x")


texts = st.lists(
    st.sampled_from(["一。", "二！", "三？", "a. ", "b! ", "；", "\n", "\n\n", "无尾", "3.5", " "]),
    max_size=12,
).map("".join)


@given(texts, texts)
def test_who_changed_nothing_gets_the_other(base: str, other: str) -> None:
    assert both(base, base, other) == other
    assert both(base, other, other) == other


@given(texts, texts, texts)
def test_whatever_was_written_the_outcome_is_the_same_on_both_sides(
    base: str, mine: str, theirs: str
) -> None:
    merged = both(base, mine, theirs)
    if merged is not None:
        found, given_ = Counter(sentences(merged)), [Counter(sentences(t)) for t in (mine, theirs)]
        assert not found - (given_[0] | given_[1] | Counter(sentences(base)))


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str, str, list[str], set[str]]:
    """A base of numbered sentences, and two edits of it that keep the order."""
    length = draw(st.integers(1, 8))
    ends = [draw(st.sampled_from(["。", "！", "？\n", "。\n", "；"])) for _ in range(length)]
    base = [f"句{n}{end}" for n, end in enumerate(ends)]
    sides = []
    for name in ("甲", "乙"):
        side: list[str] = []
        for n, sentence in enumerate(base):
            how = draw(st.sampled_from(["keep", "keep", "keep", "change", "drop", "add"]))
            if how in ("keep", "add"):
                side.append(sentence)
            if how == "change":
                side.append(f"{name}改{n}{ends[n]}")
            if how == "add":
                side.append(f"{name}加{n}{ends[n]}")
        sides.append(side)
    mine, theirs = sides
    stay = [s for s in base if s in mine and s in theirs]
    new = {s for s in mine + theirs if s not in base}
    return "".join(base), "".join(mine), "".join(theirs), stay, new


@given(edits())
def test_no_sentence_is_lost_or_doubled(
    case: tuple[str, str, str, list[str], set[str]],
) -> None:
    base, mine, theirs, stay, new = case
    merged = both(base, mine, theirs)
    if merged is not None:
        found = Counter(sentences(merged))
        assert found == Counter({s.strip(): 1 for s in {*stay, *new}})
