"""“Help me choose”: every answer leads on, and to every value of the scales."""

from collections.abc import Iterator

import pytest

from kamdesk.core.wording import say
from kamdesk.domain.chain.choosing import CHOSEN_FROM, Choice, Question, answer, back, first
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.standing import GUIDE_TESTS, What


def steps(what: What) -> Iterator[Question | Choice]:
    """Every question and every end of a tree."""
    start = first(what, name="Li Min")
    assert start is not None
    waiting: list[Question | Choice] = [start]
    while waiting:
        step = waiting.pop()
        yield step
        if isinstance(step, Question):
            waiting += [answer(step, yes=True), answer(step, yes=False)]


def chosen(what: What, *answers: bool) -> Choice:
    step: Question | Choice | None = first(what, name="Li Min")
    for yes in answers:
        assert isinstance(step, Question)
        step = answer(step, yes=yes)
    assert isinstance(step, Choice)
    return step


@pytest.mark.parametrize("what", CHOSEN_FROM)
def test_three_to_five_questions_in_both_languages(what: What) -> None:
    for step in steps(what):
        text = step.ask if isinstance(step, Question) else step.why
        assert say(text, "en") != say(text, "zh") or what is What.COACH
        assert "{" not in say(text, "en") + say(text, "zh")
        if isinstance(step, Question):
            assert step.number <= step.most <= 5
            assert "Li Min" in say(step.ask, "zh")
        if step.answers:
            before = back(step)
            assert before is not None
            assert answer(before, yes=step.answers[-1]) == step
        else:
            assert back(step) is None


@pytest.mark.parametrize(
    ("what", "scale"),
    [
        (What.STANCE, {"", "-2", "-1", "0", "1", "2"}),
        (What.INFLUENCE, {"1", "2", "3", "4", "5"}),
        (What.COVERAGE, {"0", "1", "2", "3", "4", "5"}),
        (What.ROLES, set(Role)),
    ],
)
def test_every_value_is_reached_once(what: What, scale: set[str]) -> None:
    ends = [step.values[what] for step in steps(what) if isinstance(step, Choice)]
    assert sorted(ends) == sorted(scale)


def test_the_anchors_of_stance_hold() -> None:
    assert chosen(What.STANCE, False).values == {What.STANCE: ""}
    assert chosen(What.STANCE, True, True, True).values == {What.STANCE: "2"}
    assert chosen(What.STANCE, True, False, False).values == {What.STANCE: "0"}
    assert chosen(What.STANCE, True, False, True, True).values == {What.STANCE: "-2"}


def test_a_guide_is_the_three_tests() -> None:
    guide = chosen(What.COACH, True, True, True)
    assert guide.values == {**dict.fromkeys(GUIDE_TESTS, "1"), What.COACH: "1"}
    maybe = chosen(What.COACH, True, False, True)
    assert maybe.values[What.COACH] == ""
    assert maybe.values[What.GAINS] == "0"
    assert say(maybe.why, "en") == (
        "Two of three: a possible guide. Still to be shown: gains if we win, and we know what."
    )
    assert "No guide yet" in say(chosen(What.COACH, False, False, True).why, "en")


def test_there_is_no_tree_for_what_needs_none() -> None:
    assert first(What.LEAVING, name="Li Min") is None
