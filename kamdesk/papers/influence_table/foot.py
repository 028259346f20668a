"""What follows from the table: support, flow, ways in, warnings, moves, what changed."""

from collections.abc import Iterable
from typing import Final

from kamdesk.core.wording import Text
from kamdesk.figures.ink import GREY
from kamdesk.figures.type import Weight
from kamdesk.papers.blocks import Block, Fit, beside, bulleted, paragraph, section, stacked
from kamdesk.papers.influence_table.content import Gap, InfluenceTable, Way
from kamdesk.papers.voice import Voice
from kamdesk.papers.words import Words

_SIZE: Final = 7.4
_FIT: Final = Fit()
_GUIDES: Final = (("内线", "引路人"), ("coach", "guide"), ("Coach", "Guide"))
_GUTTER: Final = 18.0


def foot_bands(table: InfluenceTable, voice: Voice, width: float) -> tuple[Block, Block]:
    """Return what follows, in two bands of three columns that may stand on different pages.

    How it stands · whose word counts · what to do; then warnings · ways in · what changed.
    """
    third = (width - 2 * _GUTTER) / 3
    offsets = (0.0, third + _GUTTER, 2 * (third + _GUTTER))
    parts = _parts(table, voice, third)
    return beside(parts[:3], offsets), beside(parts[3:], offsets)


def foot_column(table: InfluenceTable, voice: Voice, width: float) -> Block:
    """Return what follows as one column, to stand beside a map."""
    return stacked(_parts(table, voice, width), 11.0)


def _parts(table: InfluenceTable, voice: Voice, width: float) -> tuple[Block, ...]:
    def part(title: Text, lines: Iterable[Words], nothing: Text) -> Block:
        said = [voice.say(line) for line in lines]
        body = bulleted(said, width, _SIZE, _FIT) if said else _grey(voice.say(nothing), width)
        return section(voice, title, body, width, _FIT)

    changes = [Text("{day} {what}", day=day.isoformat(), what=what) for day, what in table.changes]
    return (
        part(Text("support"), table.standing, Text("Nobody is on the map yet.")),
        part(
            Text("influence on the decider"),
            table.flow,
            Text("Not judged: no decider is known. Name one first."),
        ),
        part(
            Text("three moves of the month"),
            table.moves,
            Text("Nobody who knows us leans less than we want, or no stance is known."),
        ),
        section(voice, Text("gaps"), _gaps(table.gaps, voice, width), width, _FIT),
        section(voice, Text("way in"), _ways(table.ways, voice, width), width, _FIT),
        part(Text("what changed"), changes, Text("Nothing in the last three months.")),
    )


def _ways(ways: Iterable[Way], voice: Voice, width: float) -> Block:
    found = []
    for way in ways:
        route = " → ".join(voice.say(name) for name in way.names)
        head = voice.say(
            Text("{way}: {share} %", way=route, share=max(1, round(100 * way.success)))
        )
        found.append(paragraph(head, width, _SIZE, weight=Weight.BOLD, most=3))
        found.append(paragraph(voice.clauses(way.steps), width, _SIZE, most=5))
        found.append(paragraph(voice.say(way.reason), width, _SIZE, ink=GREY, most=3))
    if not found:
        said = Text("No way to the decider is known. Note who listens to whom.")
        return _grey(voice.say(said), width)
    return stacked(found, 2.0)


def _on_paper(said: str) -> str:
    """Return a warning as a paper may say it: who guides us is never called by the inner word."""
    for inner, outer in _GUIDES:
        said = said.replace(inner, outer)
    return said


def _gaps(gaps: Iterable[Gap], voice: Voice, width: float) -> Block:
    found = []
    for gap in gaps:
        found.append(
            paragraph(_on_paper(voice.say(gap.said)), width, _SIZE, weight=Weight.BOLD, most=3)
        )
        found.append(paragraph(_on_paper(voice.say(gap.advice)), width, _SIZE, most=3))
    if not found:
        return _grey(voice.say(Text("No gap was found.")), width)
    return stacked(found, 2.4)


def _grey(said: str, width: float) -> Block:
    return paragraph(said, width, _SIZE, ink=GREY, most=3)
