"""“Help me choose”: a few yes/no questions lead to a role, a stance, an influence, a guide.

How a window asks::

    step = first(What.STANCE, name="Li Min")   # a Question; None where there is no tree
    step = answer(step, yes=True)              # the next Question, or the Choice
    back(step)                                 # the question before, or None

A ``Question`` has ``ask`` (a Text), ``number`` and ``most`` (“2 of at most 4”); a ``Choice`` has
``values`` (what to judge, by kind, as a ``Reading`` stores it; "" is not known) and ``why``.
Nothing is saved here. The trees are ``resources/playbook/choosing.toml``, by the anchors of the
scales (``field_book.md`` D2).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from kamdesk.assets import asset
from kamdesk.core.wording import OwnWords, Text
from kamdesk.domain.chain.standing import GUIDE_TESTS, WHAT_WORDS, What

CHOSEN_FROM: Final = (What.ROLES, What.STANCE, What.INFLUENCE, What.COVERAGE, What.COACH)
"""What there are questions for."""
_END: Final = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A yes/no question; ``answers`` are those given so far, in order."""

    what: What
    name: str
    ask: Text
    number: int
    most: int
    key: str
    answers: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the answers lead to: ``values`` to judge, and the sentence why."""

    what: What
    name: str
    values: Mapping[What, str]
    why: Text
    answers: tuple[bool, ...]


def first(what: What, *, name: str) -> Question | None:
    """Return the first question about somebody called ``name``; None where there are none."""
    return _question(what, name, ()) if what in CHOSEN_FROM else None


def answer(question: Question, *, yes: bool) -> Question | Choice:
    """Return the next question, or what the answers lead to."""
    return _at(question.what, question.name, (*question.answers, yes))


def back(step: Question | Choice) -> Question | None:
    """Return the question before; None before the first."""
    return _question(step.what, step.name, step.answers[:-1]) if step.answers else None


def _question(what: What, name: str, answers: tuple[bool, ...]) -> Question:
    found = _at(what, name, answers)
    if isinstance(found, Choice):
        raise LookupError(what)
    return found


def _at(what: What, name: str, answers: tuple[bool, ...]) -> Question | Choice:
    """Return where these answers lead."""
    tree = _trees()[what.value]
    questions, key = tree["questions"], tree["start"]
    tests: dict[What, str] = {}
    for given in answers:
        asked = questions[key]
        if "sets" in asked:
            tests[What(asked["sets"])] = "1" if given else "0"
        key = asked["yes" if given else "no"]
    if key == _END:
        return _guide(name, tests, answers)
    if not isinstance(key, str):
        why = OwnWords(key["why"])
        return Choice(what=what, name=name, values={what: key["value"]}, why=why, answers=answers)
    return Question(
        what=what,
        name=name,
        ask=OwnWords(questions[key]["ask"], name=name),
        number=len(answers) + 1,
        most=len(answers) + _depth(what, key),
        key=key,
        answers=answers,
    )


def _guide(name: str, tests: Mapping[What, str], answers: tuple[bool, ...]) -> Choice:
    """Return what the three tests say of a guide: all three, two of them, or fewer."""
    open_ = [WHAT_WORDS[test] for test in GUIDE_TESTS if tests.get(test) != "1"]
    if not open_:
        why = Text("All three tests are passed: a guide. Never the only source of what matters.")
    elif len(open_) == 1:
        why = Text("Two of three: a possible guide. Still to be shown: {test}.", test=open_)
    else:
        why = Text("No guide yet. Still to be shown: {test}.", test=open_)
    values = {**tests, What.COACH: "" if open_ else "1"}
    return Choice(what=What.COACH, name=name, values=values, why=why, answers=answers)


def _depth(what: What, key: object) -> int:
    """Return how many questions are left at most from one on, itself included."""
    if not isinstance(key, str) or key == _END:
        return 0
    asked = _trees()[what.value]["questions"][key]
    return 1 + max(_depth(what, asked["yes"]), _depth(what, asked["no"]))


@cache
def _trees() -> dict[str, Any]:
    return tomllib.loads(asset("playbook", "choosing.toml").read_text(encoding="utf-8"))
