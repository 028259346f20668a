"""What is answered in the debrief, question by question, until it is written down as one action."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Final

from kamdesk.core.clock import Day, read_day
from kamdesk.core.stored import read_word
from kamdesk.domain.chain.standing import Sureness
from kamdesk.domain.visits.model import Reached


class Question(StrEnum):
    """The seven questions, in the order they are asked."""

    WHO = "who"
    GOAL = "goal"
    OURS = "ours"
    THEIRS = "theirs"
    LEARNT = "learnt"
    STANCE = "stance"
    NEXT = "next"


QUESTIONS: Final = tuple(Question)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody not in the file yet. ``key`` (+1, +2 …) stands for the id until there is one."""

    key: str
    name: str
    department: str = ""
    title: str = ""

    @property
    def post(self) -> str:
        """Department and title as one says them: 采购部经理, Purchasing Manager."""
        gap = " " if self.department.isascii() and self.department else ""
        return f"{self.department}{gap}{self.title}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """Somebody who was there, or was expected and stayed away. ``who``: hex of an id, or a key."""

    who: str
    name: str
    ours: bool = False
    absent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A promise or a fact: its words, its day, who answers for it or whom it is about.

    ``instead`` is the hex of an open promise that is handed over instead of a new one made;
    ``here``: a fact that stays on this computer.
    """

    words: str
    day: Day | None = None
    who: str = ""
    name: str = ""
    instead: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A stance read at the visit: −2 to 2, None for known no longer."""

    who: str
    name: str
    before: int | None = None
    after: int | None = None
    sureness: Sureness = Sureness.MEDIUM
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All that was answered so far. ``because`` is the reason why there is no next step.

    ``plans``: the next step is a visit, to be planned on its day as well.
    """

    newcomers: tuple[Newcomer, ...] = ()
    seated: tuple[Seated, ...] = ()
    reached: Reached | None = None
    outcome: str = ""
    ours: tuple[Item, ...] = ()
    theirs: tuple[Item, ...] = ()
    learnt: tuple[Item, ...] = ()
    turns: tuple[Turn, ...] = ()
    next_step: str = ""
    next_by: Day | None = None
    because: str = ""
    plans: bool = False
    passed: frozenset[str] = field(default=frozenset())

    def given(self, question: Question) -> bool:
        """Whether anything was answered to a question."""
        return {
            Question.WHO: bool(self.seated),
            Question.GOAL: bool(self.reached or self.outcome),
            Question.OURS: bool(self.ours),
            Question.THEIRS: bool(self.theirs),
            Question.LEARNT: bool(self.learnt),
            Question.STANCE: bool(self.turns),
            Question.NEXT: bool(self.next_step or self.because),
        }[question]

    @property
    def done(self) -> int:
        """How many questions are answered or were passed over."""
        return sum(self.given(one) or one.value in self.passed for one in QUESTIONS)

    def without(self, question: Question, at: int) -> "Answers":
        """Return these answers without the ``at``-th to a question."""
        if question is Question.GOAL:
            return replace(self, reached=None, outcome="")
        if question is Question.NEXT:
            return replace(self, next_step="", next_by=None, because="", plans=False)
        name = LISTS[question]
        kept = list(getattr(self, name))
        del kept[at]
        fewer: dict[str, Any] = {name: tuple(kept)}
        return replace(self, **fewer)


LISTS: Final = {
    Question.WHO: "seated",
    Question.OURS: "ours",
    Question.THEIRS: "theirs",
    Question.LEARNT: "learnt",
    Question.STANCE: "turns",
}
"""The questions that take more than one answer, and where those are."""


def write_answers(answers: Answers) -> str:
    """Return answers as a text to be kept as a draft."""
    return json.dumps(asdict(answers), ensure_ascii=False, default=_plain)


def read_answers(text: str) -> Answers:
    """Return the answers ``write_answers`` wrote; none for anything else."""
    try:
        kept = json.loads(text)
        return _read(kept) if isinstance(kept, dict) else Answers()
    except (ValueError, TypeError, KeyError):
        return Answers()


def _plain(value: object) -> object:
    if isinstance(value, Day):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(value)


_PARTS: Final = {
    "newcomers": Newcomer, "seated": Seated, "ours": Item, "theirs": Item, "learnt": Item,
    "turns": Turn,
}  # fmt: skip


def _read(kept: Mapping[str, Any]) -> Answers:
    found: dict[str, Any] = {
        name: tuple(_part(kind, one) for one in kept.get(name, ())) for name, kind in _PARTS.items()
    }
    words: dict[str, Any] = {
        name: str(kept.get(name, "")) for name in ("outcome", "next_step", "because")
    }
    return Answers(
        **found,
        **words,
        reached=read_word(Reached, kept.get("reached"), None),
        next_by=read_day(kept.get("next_by")),
        plans=kept.get("plans") is True,
        passed=frozenset(kept.get("passed", ())),
    )


def _part(kind: type[Any], kept: Mapping[str, Any]) -> Any:
    known = {one.name: kept[one.name] for one in fields(kind) if one.name in kept}
    if "day" in known:
        known["day"] = read_day(known["day"])
    if "sureness" in known:
        known["sureness"] = read_word(Sureness, known["sureness"], Sureness.MEDIUM)
    if "here" in known:
        known["here"] = known["here"] is True
    return kind(**known)
