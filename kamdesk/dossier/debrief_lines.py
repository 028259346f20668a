"""How a typed line answers each question of the debrief, and what is kept of it."""

import re
from dataclasses import replace
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.names import is_chinese
from kamdesk.core.text.said_days import find_day
from kamdesk.core.text.said_line import Part, Span, read_line
from kamdesk.core.wording import Text
from kamdesk.domain.chain.standing import Sureness
from kamdesk.domain.visits.model import Reached
from kamdesk.dossier.debrief import Answers, Item, Newcomer, Question, Seated, Turn
from kamdesk.dossier.debrief_names import Names, Near, Who


class Line(NamedTuple):
    """What a line was read as. ``past`` is a day that was not taken, ``unknown`` a name nobody has.

    ``because`` is true when the words are the reason why there is no next step, ``here`` when they
    stay on this computer.
    """

    words: str = ""
    day: Day | None = None
    past: Day | None = None
    whos: tuple[Who, ...] = ()
    newcomer: Newcomer | None = None
    unknown: str = ""
    absent: bool = False
    reached: Reached | None = None
    turn: Turn | None = None
    because: bool = False
    here: bool = False
    spans: tuple[Span, ...] = ()


_BETWEEN: Final = re.compile(r"\s*[、，,;；]\s*")
_ABSENT: Final = re.compile(
    r"\A\s*[-−－]\s*|\s+(?:absent|was\s+not\s+there|没来|没到|缺席)\s*\Z", re.IGNORECASE
)
_UNIT: Final = re.compile(r"(.*(?:[部处科室院所厂局组]|中心|分?公司|车间|办公?室|事业部))(.+)")
_ENDS = r"(?=[\s,，:：;；。.]|\Z)"
_REACHED: Final = tuple(
    (reached, re.compile(f"(?:{words}){_ENDS}", re.IGNORECASE))
    for reached, words in (
        (Reached.PARTLY, "partly|partially|p|部分达到|部分|一部分"),
        (Reached.NO, "no|n|not reached|没有达到|没达到|未达到|没有|否|没"),
        (Reached.YES, "yes|y|reached|达到了?|达成了?|是的?"),
    )
)
_STANCE: Final = re.compile(
    r"(?P<who>.+?)\s*(?:(?P<step>[+＋]{1,2}|[-−－]{1,2})|[=＝]\s*(?P<to>[+＋-]?[0-2]|[-−－][12]|[?？]))"
    r"(?P<sure>\s*[?？!！])?(?:[\s,，:：]+(?P<note>.*)|)\Z",
    re.DOTALL,
)
_NO_NEXT: Final = re.compile(
    r"\s*(?:none|no\s+next\s+step|无|没有下一步|没有)\s*[:：,，]?\s*", re.I
)
_SIGNS: Final = str.maketrans("＋−－", "+--")


def read_answer(question: Question, text: str, names: Names, answers: Answers, today: Day) -> Line:
    """Return what a line says as the answer to a question. Any text may be typed."""
    plain = " ".join(text.split())  # many blanks would be looked through again and again
    if not plain:
        return Line()
    if question is Question.WHO:
        return _who(plain, names, answers)
    if question is Question.GOAL:
        return _goal(plain)
    if question is Question.STANCE:
        return _stance(plain, names)
    if question is Question.NEXT:
        return _next(text, today)
    said = read_line(text, today, is_name=names.is_name, takes_day=question is not Question.LEARNT)
    ours = {Question.OURS: True, Question.THEIRS: False}.get(question)
    found = [
        (owner, names.meant(owner, ours=ours) or _first(names, owner, ours))
        for owner in said.owners
    ]
    unknown = ", ".join(owner for owner, who in found if who is None)
    words = f"{said.words} @{unknown}" if unknown else said.words
    whos = tuple(who for _, who in found if who is not None)
    return Line(words, said.day, said.past, whos, unknown=unknown, spans=said.spans)


def keep_answer(question: Question, line: Line, answers: Answers) -> Answers:
    """Return the answers with one more. Raises ``RuleBroken`` for a line that says too little."""
    if question is Question.WHO:
        return _keep_who(line, answers)
    if question is Question.GOAL:
        if line.reached is None and not line.words:
            raise RuleBroken(Text("Say whether it was reached."), field=question)
        return replace(answers, reached=line.reached or answers.reached, outcome=line.words)
    if question is Question.STANCE:
        return _keep_turn(line, answers)
    if question is Question.NEXT:
        return _keep_next(line, answers)
    if not line.words:
        raise RuleBroken(
            Text("Say what was learnt.")
            if question is Question.LEARNT
            else Text("Say what was promised."),
            field=question,
        )
    item = Item(words=line.words, day=line.day, here=line.here)
    whos = line.whos or (None,)
    more = tuple(replace(item, who=who.key, name=who.name) if who else item for who in whos)
    if question is Question.LEARNT:
        return replace(answers, learnt=(*answers.learnt, *more))
    if question is Question.OURS:
        return replace(answers, ours=(*answers.ours, *more))
    return replace(answers, theirs=(*answers.theirs, *more))


def hand_over(question: Question, line: Line, promise: str, answers: Answers) -> Answers:
    """Return the answers with an open promise handed to who is named, instead of a new one."""
    answered = keep_answer(question, line, answers)
    *before, last = answered.ours if question is Question.OURS else answered.theirs
    items = (*before, replace(last, instead=promise))
    if question is Question.OURS:
        return replace(answered, ours=items)
    return replace(answered, theirs=items)


def read_newcomer(text: str, answers: Answers) -> Newcomer | None:
    """Return somebody new from one line: 王强 采购部 经理, or Li Min, Finance, Director."""
    plain = " ".join(text.strip(" +＋").split())
    if not plain or len(plain) > 400:
        return None
    parts = [part for part in _BETWEEN.split(plain) if part]
    if len(parts) == 1:
        parts = plain.split(" ")
        if not is_chinese(plain) and len(parts) > 1:
            parts = [" ".join(parts[:2]), *parts[2:]]
    if not parts:
        return None
    name, rest = parts[0], parts[1:]
    department, title = " ".join(rest[:-1]), rest[-1] if rest else ""
    if title and not department and (found := _UNIT.fullmatch(title)):
        department, title = found[1], found[2]
    number = 1 + max((int(one.key) for one in answers.newcomers), default=0)
    return Newcomer(key=f"+{number}", name=name, department=department, title=title)


def as_who(newcomer: Newcomer) -> Who:
    """Return a newcomer as somebody who can be named in the lines that follow."""
    return Who(newcomer.key, newcomer.name, newcomer.post, Near.HERE)


def _first(names: Names, typed: str, ours: bool | None) -> Who | None:
    """Return the only one of those near the talk whom a beginning can mean."""
    near = [who for who in names.fitting(typed, ours=ours) if who.near is not Near.ELSEWHERE]
    same = [who for who in near if ours is None or who.ours is ours]
    return same[0] if len(same) == 1 else near[0] if len(near) == 1 else None


def _who(text: str, names: Names, answers: Answers) -> Line:
    if text[0] in "+＋":
        return Line(newcomer=read_newcomer(text, answers))
    absent = bool(_ABSENT.search(text))
    bare = _ABSENT.sub("", text).strip()
    pieces = [piece for piece in _BETWEEN.split(bare) if piece]
    found = [names.meant(piece) or _first(names, piece, None) for piece in pieces]
    whos = tuple(who for who in found if who is not None)
    if pieces and len(whos) == len(pieces):
        return Line(whos=whos, absent=absent)
    if best := names.fitting(bare, most=1):
        return Line(whos=(best[0],), absent=absent)
    return Line(unknown=bare, newcomer=None if absent else read_newcomer(bare, answers))


def _keep_who(line: Line, answers: Answers) -> Answers:
    newcomers = answers.newcomers
    whos = list(line.whos)
    if line.newcomer is not None:
        newcomers = (*newcomers, line.newcomer)
        whos.append(as_who(line.newcomer))
    if not whos:
        raise RuleBroken(
            Text("Nobody is called that. For somebody new write “+ name department post”."),
            field=Question.WHO,
        )
    seated = {one.who: one for one in answers.seated}
    for who in whos:
        seated[who.key] = Seated(who=who.key, name=who.name, ours=who.ours, absent=line.absent)
    return replace(answers, newcomers=newcomers, seated=tuple(seated.values()))


def _goal(text: str) -> Line:
    for reached, pattern in _REACHED:
        if found := pattern.match(text):
            return Line(text[found.end() :].lstrip(" ,，:：;；.。-"), reached=reached)
    return Line(text)


def _stance(text: str, names: Names) -> Line:
    found = _STANCE.match(text)
    if found is None:
        return Line(text, whos=tuple(names.fitting(text, most=1, ours=False)))
    typed = found["who"].strip(" @＠")
    who = names.meant(typed, ours=False) or next(
        iter(names.fitting(typed, most=1, ours=False)), None
    )
    if who is None or who.ours:
        return Line(found["note"] or "", unknown=typed)
    sure = (found["sure"] or "").strip()
    sureness = {"?": Sureness.LOW, "？": Sureness.LOW, "!": Sureness.HIGH, "！": Sureness.HIGH}
    step, to = (found["step"] or "").translate(_SIGNS), (found["to"] or "").translate(_SIGNS)
    turn = Turn(
        who=who.key,
        name=who.name,
        after=None
        if to in ("?", "？")
        else int(to)
        if to
        else len(step) * (1 if "+" in step else -1),
        sureness=sureness.get(sure, Sureness.MEDIUM),
        note=found["note"] or "",
    )
    return Line(turn.note, whos=(who,), turn=turn, absent=bool(step))


def turned(line: Line, before: int | None) -> Turn | None:
    """Return the stance a line leads to from the one before: + and − are steps on the scale."""
    if line.turn is None:
        return None
    after = line.turn.after
    if line.absent and after is not None:
        after = max(-2, min(2, (before or 0) + after))
    return replace(line.turn, before=before, after=after)


def _keep_turn(line: Line, answers: Answers) -> Answers:
    if line.turn is None:
        raise RuleBroken(
            Text("Write a name and + or −: “Li Min +”. “=0” sets it, “=?” says not known."),
            field=Question.STANCE,
        )
    others = tuple(turn for turn in answers.turns if turn.who != line.turn.who)
    return replace(answers, turns=(*others, line.turn))


def _next(text: str, today: Day) -> Line:
    if found := _NO_NEXT.match(text):
        return Line(text[found.end() :].strip(), because=True)
    said = find_day(text, today)
    if said is None:
        return Line(text.strip())
    span = Span(said.start, said.end, Part.PAST if said.past else Part.DAY)
    if said.past:
        return Line(text.strip(), past=said.day, spans=(span,))
    words = f"{text[: said.start]} {text[said.end :]}"
    return Line(" ".join(words.split()).strip(" ,，;；、:："), said.day, spans=(span,))


def _keep_next(line: Line, answers: Answers) -> Answers:
    if not line.words:
        raise RuleBroken(
            Text("Say why there is none.") if line.because else Text("Say what comes next."),
            field=Question.NEXT,
        )
    if line.because:
        return replace(answers, next_step="", next_by=None, because=line.words)
    return replace(answers, next_step=line.words, next_by=line.day, because="")
