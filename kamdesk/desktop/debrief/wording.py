"""The seven questions in words: as asked, as folded, as they wait, and what a line may say."""

from datetime import date
from typing import Final, NamedTuple

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.visit.staying import HERE
from kamdesk.domain.chain.standing import STANCE_WORDS
from kamdesk.domain.visits.model import REACHED_WORDS, Reached
from kamdesk.dossier.debrief import Answers, Item, Question, Seated, Turn


class Asked(NamedTuple):
    """One question: as it is asked, its short name, the hint while it waits, how to answer."""

    title: Text
    short: Text
    waiting: Text
    example: Text
    help: Text


ASKED: Final = {
    Question.WHO: Asked(
        Text("Who was there?"),
        Text("Who was there"),
        Text("names by pinyin; somebody new in one line"),
        Text("a name, “- name” for absent, “+ name department post” for somebody new"),
        Text("Those expected stand here already. Enter goes on."),
    ),
    Question.GOAL: Asked(
        Text("Was the objective reached?"),
        Text("Objective reached"),
        Text("yes, partly or no, and in a few words what came of it"),
        Text("partly: they agreed to the review, no name yet"),
        Text("Begin with yes, partly or no; then what came of it."),
    ),
    Question.OURS: Asked(
        Text("What did we promise?"),
        Text("What we promised"),
        Text("what, by when, @who"),
        Text("send the ROI model next Wed @Li Min"),
        Text("A line each: what, by when, @who of us. Without a name it is yours."),
    ),
    Question.THEIRS: Asked(
        Text("What did they promise?"),
        Text("What they promised"),
        Text("what, by when, @who"),
        Text("12 months of downtime records next Wed @Li Min"),
        Text("A line each: what, by when, @who of theirs."),
    ),
    Question.LEARNT: Asked(
        Text("What did we learn?"),
        Text("What we learnt"),
        Text("facts, budget, rivals: straight into the file"),
        Text("the budget is approved in April @Li Min"),
        Text("A fact a line; @name says whom it is about."),
    ),
    Question.STANCE: Asked(
        Text("Whose stance changed?"),
        Text("Stance changes"),
        Text("by name and + or −"),
        Text("Li Min + asked for the figures herself"),
        Text("A name and + or −, then the evidence. “?” after the sign: a guess."),
    ),
    Question.NEXT: Asked(
        Text("What comes next?"),
        Text("Next step"),
        Text("without a next step, say why there is none"),
        Text("review of the ROI model 25 March, or “none: budget frozen”"),
        Text("What both sides agreed and by when; or “none:” and why."),
    ),
}

TYPED_ANSWERS: Final = {
    "en": {Reached.YES: "yes", Reached.PARTLY: "partly", Reached.NO: "no"},
    "zh": {Reached.YES: "达到了", Reached.PARTLY: "部分达到", Reached.NO: "没达到"},
}
"""What is typed to say whether the objective was reached, in the language of the window."""


def reached_words(reached: Reached | None) -> str:
    """Return whether the objective was reached; empty when that was not said."""
    return looks.capital(REACHED_WORDS[reached]) if reached else ""


def day_and_weekday(day: date, today: date) -> str:
    """Return a day with its weekday: Wed 18 Mar, 3 月 18 日 周三."""
    parts = (looks.weekday(day), looks.day(day, today=today))
    return " ".join(parts if looks.language() == "en" else reversed(parts))


def stance_words(stance: int | None) -> str:
    """Return a stance as sign and word: +1 supporter; its word alone when unknown."""
    words = looks.said(STANCE_WORDS[stance])
    return words if stance is None else f"{looks.signed(stance)} {words}"


def folded(question: Question, answers: Answers, today: date) -> Text | str:
    """Return an answered question's answer on one line."""
    if question is Question.WHO:
        return _listed([_present(one) for one in answers.seated]) or Text("nobody named")
    if question is Question.GOAL:
        return _after(reached_words(answers.reached), answers.outcome)
    if question is Question.NEXT:
        if answers.because:
            return Text("none: {why}", why=answers.because)
        return _dated(answers.next_step, answers.next_by, today)
    if question is Question.STANCE:
        return _listed([_turned(turn) for turn in answers.turns]) or Text("nobody's")
    items = {
        Question.OURS: answers.ours,
        Question.THEIRS: answers.theirs,
        Question.LEARNT: answers.learnt,
    }[question]
    if not items:
        return Text("nothing")
    return looks.clauses(_dated(item.words, item.day, today) for item in items)


def _listed(parts: list[str]) -> str:
    return ("、" if looks.language() == "zh" else ", ").join(parts)


def _after(first: str, rest: str) -> str:
    if not (first and rest):
        return first or rest or looks.DASH
    return f"{first}：{rest}" if looks.language() == "zh" else f"{first}: {rest}"


def _present(one: Seated) -> str:
    return looks.said(Text("{name} (absent)", name=one.name)) if one.absent else one.name


def _turned(turn: Turn) -> str:
    return f"{turn.name} {looks.signed(turn.after) if turn.after is not None else '?'}"


def _dated(words: str, day: date | None, today: date) -> str:
    return f"{words} {looks.day(day, today=today)}" if day else words


def row_of(item: Item, today: date) -> tuple[str, str, str]:
    """Return a promise or fact as name, words and day, or that it stays here."""
    here = looks.said(HERE) if item.here else ""
    return item.name, item.words, day_and_weekday(item.day, today) if item.day else here
