"""How far a debrief has come: the question open now, what is typed, what is answered."""

from dataclasses import replace
from typing import NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.said_line import Part
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.debrief.reading import DebriefSeen, said
from kamdesk.desktop.debrief.wording import TYPED_ANSWERS, stance_words
from kamdesk.dossier.debrief import LISTS, QUESTIONS, Answers, Question
from kamdesk.dossier.debrief_lines import (
    Line,
    as_who,
    hand_over,
    keep_answer,
    read_answer,
    turned,
)
from kamdesk.dossier.debrief_names import Names, Near, Who
from kamdesk.dossier.same_promise import OpenPromise, same_promise

_PROMISES = (Question.OURS, Question.THEIRS)
_SINGLE = (Question.GOAL, Question.NEXT)


class Suggestion(NamedTuple):
    """What a stretch of the line may become: ``start`` to ``end`` is replaced by ``text``."""

    name: str
    post: str
    sound: str
    right: Text | str
    start: int
    end: int
    text: str
    who: Who | None = None


def _iso(day: Day | None) -> str:
    return day.isoformat() if day else ""


class Talk:
    """The state of one debrief; knows no widgets."""

    def __init__(self, seen: DebriefSeen) -> None:
        self.seen, self.names = seen, seen.names
        self.answers = Answers(seated=seen.seated)
        self.at = Question.WHO
        self.pending: dict[Question, str] = {}
        self.here = False
        """Whether what is being noted as learnt stays on this computer."""

    # ---- reading

    def read(self, text: str) -> Line:
        """Return what a line says as the answer to the open question."""
        names = self.everybody
        line = read_answer(self.at, text, names, self.answers, self.seen.today)
        if self.at in _PROMISES and line.words and not line.whos and not line.unknown:
            owner = names.of(self.seen.me) if self.at is Question.OURS else self._only_one_there()
            return line._replace(whos=(owner,) if owner else ())
        if self.at is Question.LEARNT:
            return line._replace(here=self.here)
        if self.at is Question.STANCE and line.turn is not None:
            return line._replace(turn=turned(line, self.seen.stances.get(line.turn.who)))
        return line

    def same(self, line: Line) -> OpenPromise | None:
        """Return the open promise that says nearly what this line promises."""
        if self.at not in _PROMISES:
            return None
        handed = {item.instead for item in (*self.answers.ours, *self.answers.theirs)}
        known = (one for one in self.seen.promised if one.key not in handed)
        return same_promise(line.words, self.at is Question.OURS, known)

    def preview(self, line: Line) -> Answers:
        """Return the answers as they would be with this line; as they are where it says little."""
        try:
            return keep_answer(self.at, line, self.answers)
        except RuleBroken:
            return self.answers

    @property
    def everybody(self) -> Names:
        """Everybody who can be named, newcomers too, spelt like the others."""
        return self.names.having(
            *(as_who(one)._replace(syllables=said(one.name)) for one in self.answers.newcomers)
        )

    def _only_one_there(self) -> Who | None:
        names = self.everybody
        there = [one.who for one in self.answers.seated if not one.ours and not one.absent]
        return names.of(there[0]) if len(there) == 1 else None

    # ---- answering

    def keep(self, line: Line) -> None:
        """Keep a line as an answer. Raises ``RuleBroken`` for one that says too little."""
        self.answers = keep_answer(self.at, line, self.answers)
        self.pending.pop(self.at, None)
        self.here = self.here and self.at is not Question.LEARNT

    def hand_over(self, line: Line, promise: OpenPromise) -> None:
        """Hand an open promise to who is named, instead of making it twice."""
        self.answers = hand_over(self.at, line, promise.key, self.answers)
        self.pending.pop(self.at, None)

    def plan_too(self) -> bool:
        """Plan the next step as a visit, too, or no longer; false while it has no day to come."""
        day = self.answers.next_by
        if day is None or day <= self.seen.today:
            return False
        self.answers = replace(self.answers, plans=not self.answers.plans)
        return True

    def remove(self, at: int) -> None:
        """Take back one answer to the open question; one who was expected is absent then."""
        if self.at is Question.WHO:
            one = self.answers.seated[at]
            expected = any(seat.who == one.who for seat in self.seen.seated)
            if expected and not one.absent:
                seated = list(self.answers.seated)
                seated[at] = replace(one, absent=True)
                self.answers = replace(self.answers, seated=tuple(seated))
                return
            newcomers = tuple(n for n in self.answers.newcomers if n.key != one.who)
            self.answers = replace(self.answers, newcomers=newcomers)
        self.answers = self.answers.without(self.at, at)

    def recall_last(self) -> str:
        """Tick as the last answer to the open question was, and return it as it might be typed."""
        told = self.answers
        if self.at is Question.GOAL:
            return told.outcome
        if self.at is Question.NEXT:
            return " ".join(filter(None, (told.next_step or told.because, _iso(told.next_by))))
        if self.at is Question.STANCE:
            turn = told.turns[-1]
            return f"{turn.name} ={'?' if turn.after is None else turn.after} {turn.note}".strip()
        items = {Question.OURS: told.ours, Question.THEIRS: told.theirs}.get(self.at, told.learnt)
        item = items[-1]
        self.here = item.here if self.at is Question.LEARNT else self.here
        return " ".join(filter(None, (item.words, _iso(item.day), item.name and f"@{item.name}")))

    @property
    def rows(self) -> int:
        """How many answers the open question has."""
        if self.at in LISTS:
            return len(getattr(self.answers, LISTS[self.at]))
        return int(self.answers.given(self.at))

    def next(self) -> bool:
        """Go on to the next question; False when this was the last."""
        self.answers = replace(self.answers, passed=self.answers.passed | {self.at.value})
        where = QUESTIONS.index(self.at) + 1
        if where == len(QUESTIONS):
            return False
        self.at = QUESTIONS[where]
        return True

    def back(self) -> bool:
        """Go back to the question before; False when this is the first."""
        where = QUESTIONS.index(self.at)
        self.at = QUESTIONS[max(where - 1, 0)]
        return where > 0

    @property
    def goes_on_by_itself(self) -> bool:
        """Whether the open question takes one answer, and the next one follows it."""
        return self.at is Question.GOAL

    @property
    def single(self) -> bool:
        """Whether the open question takes one answer."""
        return self.at in _SINGLE

    # ---- suggesting

    def suggest(self, text: str, line: Line) -> list[Suggestion]:
        """Return what may be meant by the name in the line, or by what is typed as the answer."""
        if self.at is Question.NEXT or not text.strip():
            return []
        if self.at is Question.GOAL:
            return self._choices(text, line)
        start, end = self._name_in(text, line)
        typed = text[start:end]
        if not typed.strip():
            return []
        ours = {Question.OURS: True, Question.WHO: None}.get(self.at, False)
        names = self.everybody
        found = names.fitting(typed, ours=ours)
        if self.at is Question.STANCE:
            found = [who for who in found if not who.ours]
        if any(who.name == typed for who in found):
            return []
        made = [self._suggested(who, start, end) for who in found]
        if self.at is Question.WHO and not found and line.newcomer is not None:
            new = line.newcomer
            words = looks.said(Text("New: {name}", name=new.name))
            made.append(Suggestion(words, new.post, "", Text("new person"), 0, len(text), text))
        return made

    def token(self, text: str, line: Line) -> str:
        """Return the letters of the name that is being typed."""
        start, end = self._name_in(text, line)
        return text[start:end]

    def meet(self, who: Who) -> None:
        """Let somebody from elsewhere be named like those near the talk from now on."""
        others = [one for one in self.names.everybody if one.key != who.key]
        self.names = type(self.names)([*others, who._replace(near=Near.ACCOUNT)])

    def _name_in(self, text: str, line: Line) -> tuple[int, int]:
        if self.at is Question.WHO:
            start = len(text) - len(text.lstrip(" -−－"))
            if text[start : start + 1] in ("+", "＋"):
                return 0, 0
            comma = max(text.rfind(mark) for mark in "、,，;；") + 1
            start = max(start, comma)
            start += len(text[start:]) - len(text[start:].lstrip())
            return start, len(text)
        if self.at is Question.STANCE:
            cut = min((text.find(sign) for sign in "+＋-−－=＝" if sign in text), default=len(text))
            return 0, len(text[:cut].rstrip())
        for span in line.spans:
            if span.part is Part.OWNER:
                start = span.start
                while text[start : start + 1] in ("@", "＠", " "):
                    start += 1
                return start, span.end
        first = text.split(maxsplit=1)[0]
        start = text.find(first)
        return (start, start + len(first)) if len(first) > 1 or first.isalpha() else (0, 0)

    def _suggested(self, who: Who, start: int, end: int) -> Suggestion:
        right: Text | str = ""
        if who.near is Near.HERE:
            right = Text("at the table")
        elif who.near is Near.ELSEWHERE:
            right = who.where
        elif who.ours:
            right = Text("one of us")
        if self.at is Question.STANCE:
            right = stance_words(self.seen.stances.get(who.key))
        return Suggestion(who.name, who.post, who.sound, right, start, end, who.name, who)

    def _choices(self, text: str, line: Line) -> list[Suggestion]:
        if line.reached is not None:
            return []
        typed = text.strip().casefold()
        return [
            Suggestion(words, "", "", "", 0, len(text), f"{words}: ")
            for words in TYPED_ANSWERS[looks.language()].values()
            if words.startswith(typed)
        ]
