"""What the page of a person says in lines: visits, promises, needs, posts, what was learnt."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kamdesk.core.ids import Id
from kamdesk.core.stored import read_words
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.account.promise_lines import promise_line
from kamdesk.desktop.person.spells import since_words, span
from kamdesk.desktop.stances import stance_words
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visit.staying import HERE
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.facts import Tag
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.lines import Line, fixed
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.chain.model import ROLE_WORDS, Role
from kamdesk.domain.chain.standing import (
    LEVEL_WORDS,
    LINE_WORDS,
    PART_WORDS,
    SURENESS_WORDS,
    WHAT_WORDS,
    What,
)
from kamdesk.domain.people.model import NEED_LEVEL_WORDS, NEED_STATE_WORDS, Need, NeedState
from kamdesk.domain.promises.model import Promise
from kamdesk.domain.visits.model import STATE_WORDS
from kamdesk.domain.visits.store import VisitLine
from kamdesk.dossier.one_person import HeldPost, PersonSeen

_MOST = 8


def visit_lines(seen: PersonSeen, go: Callable[[bytes], object]) -> list[QWidget]:
    """Return the newest visits; a press goes to one."""
    return [_visit(line, seen.day, partial(go, line.id)) for line in seen.visits[:_MOST]]


def _visit(line: VisitLine, today: date, go: Callable[[], object]) -> QWidget:
    what = line.topic or line.objective or Text("no topic")
    when = looks.capital(moment_words(line.start, today)) or looks.DASH
    made = PressedLine(
        looks.joined(when, what, STATE_WORDS[line.state]),
        fixed(when, 172),
        PlainLabel(looks.cut(what, 200), fit=Fit.ELIDE),
        PlainLabel(looks.capital(STATE_WORDS[line.state]), Type.SMALL, Tone.MUTED),
    )
    made.pressed.connect(go)
    return made


def promise_lines(seen: PersonSeen, keep: Callable[[Promise], object]) -> list[QWidget]:
    """Return open promises, those of the person and ours made where they sat."""
    return [promise_line(promise, seen.day, keep) for promise in seen.promises[:_MOST]]


def need_lines(seen: PersonSeen, change: Callable[[Need], object]) -> list[QWidget]:
    """Return what the person needs; a press changes one."""
    return [_need(need, partial(change, need)) for need in seen.needs]


def _need(need: Need, change: Callable[[], object]) -> QWidget:
    done = need.state is not NeedState.OPEN
    level = looks.capital(NEED_LEVEL_WORDS[need.level])
    state = looks.capital(NEED_STATE_WORDS[need.state])
    made = PressedLine(
        looks.joined(need.words, level, state),
        PlainLabel(looks.cut(need.words, 300), Type.BODY, fit=Fit.ELIDE),
        PlainLabel("●" * need.weight + "○" * (3 - need.weight), Type.SMALL, Tone.SECOND),
        Tag(level, quiet=True),
        PlainLabel(state, Type.SMALL, Tone.MUTED if done else Tone.OCHRE),
    )
    made.pressed.connect(change)
    return made


def post_lines(seen: PersonSeen, change: Callable[[HeldPost], object]) -> list[QWidget]:
    """Return the posts held and once held, the present one first; a press changes one."""
    return [_post(held, seen, partial(change, held)) for held in seen.posts]


def _post(held: HeldPost, seen: PersonSeen, change: Callable[[], object]) -> QWidget:
    since, until = held.holding.since, held.holding.until
    here = held.holding.person == seen.person.id
    boss = Text("reports to {name}", name=held.boss) if held.boss and until is None else ""
    title = looks.joined(
        held.post.title or Text("title not known"), "" if here else held.account_name, boss
    )
    when = span(since, until, seen.day)
    days = PlainLabel(when, Type.SMALL, Tone.MUTED)
    days.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made = PressedLine(
        looks.joined(title, when),
        PlainLabel(title, Type.BODY, Tone.MUTED if until else Tone.INK, fit=Fit.WRAP),
        days,
        wraps=True,
    )
    made.pressed.connect(change)
    return made


def fact_lines(seen: PersonSeen) -> list[QWidget]:
    """Return what was learnt about the person, newest first."""
    return [
        Line(
            fixed(looks.day(fact.day, today=seen.day), 96),
            PlainLabel(looks.cut(fact.words, 400), fit=Fit.WRAP),
            *([Tag(HERE, quiet=True)] if fact.here else ()),
            wraps=True,
        )
        for fact in seen.facts[:_MOST]
    ]


def same_lines(seen: PersonSeen, go: Callable[[bytes], object]) -> list[QWidget]:
    """Return the records of the same human at other customers."""
    found: list[QWidget] = []
    for other in seen.same:
        where = other.account_name or looks.said(Text("no customer yet"))
        line = PressedLine(where, PlainLabel(where, fit=Fit.ELIDE))
        line.pressed.connect(partial(go, Id(other.id)))
        found.append(line)
    return found


def judgement_lines(seen: PersonSeen, go: Callable[[bytes], object]) -> list[QWidget]:
    """Return the judgements that stand: what, since when, how sure, from which visit."""
    found: list[QWidget] = []
    for what, words in WHAT_WORDS.items():
        judged = seen.judged.get(what)
        if judged is None or not judged.reading.value:
            continue
        reading = judged.reading
        value = looks.capital(_value(what, reading.value))
        sure = SURENESS_WORDS[reading.sureness] if reading.sureness else ""
        why = looks.joined(since_words(reading.valid_from, seen.day), sure)
        evidence = looks.cut(reading.note or judged.topic, 200)
        name = looks.joined(words, value, why, evidence)
        line = PressedLine(
            name,
            fixed(looks.capital(words), 120),
            fixed(value, 132, Tone.INK, Type.BODY),
            PlainLabel(evidence or looks.DASH, Type.BODY, Tone.SECOND, fit=Fit.ELIDE),
            PlainLabel(why, Type.SMALL, Tone.MUTED),
        )
        if judged.visit is not None:
            line.pressed.connect(partial(go, judged.visit))
        found.append(line)
    return found


def _value(what: What, value: str) -> Text | str:
    if what in (What.STANCE, What.PROJECT_STANCE, What.STANCE_WANTED):
        return stance_words(int(value))
    if what is What.ROLES:
        said = [looks.said(ROLE_WORDS[role]) for role in read_words(Role, value)]
        return ("、" if looks.language() == "zh" else ", ").join(said)
    if what in _OF_FIVE:
        return Text("{n} of 5", n=int(value))
    if value in _WORDS.get(what, {}):
        return _WORDS[what][value]
    return Text("yes") if value == "1" else value


_OF_FIVE: Final = (What.INFLUENCE, What.INTEREST, What.COVERAGE, What.COVERAGE_WANTED)
_WORDS: Final[Mapping[What, Mapping[str, Text]]] = {
    What.PART: {one.value: words for one, words in PART_WORDS.items()},
    What.LEVEL: {one.value: words for one, words in LEVEL_WORDS.items()},
    What.LINE: {one.value: words for one, words in LINE_WORDS.items()},
}
