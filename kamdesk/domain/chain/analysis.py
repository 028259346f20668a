"""All that is judged of a decision chain at once: score, warnings, flow, ways in, what to do next.

Pure and quick; windows, papers and the command line start from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.breadth import Footing, breadth
from kamdesk.domain.chain.facts import Judged
from kamdesk.domain.chain.finding import Finding, NotJudged
from kamdesk.domain.chain.flow import Flow, flow
from kamdesk.domain.chain.gaps import gaps
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.next_moves import NextMove, worth_working_on
from kamdesk.domain.chain.rules import Pack
from kamdesk.domain.chain.salience import PowerInterest, Salience, power_interest, salience
from kamdesk.domain.chain.support import Support, support
from kamdesk.domain.chain.threads import Threads, threads
from kamdesk.domain.chain.way_in import WayIn, ways_in

LEAST_PEOPLE = 1
"""People a map needs before anything is judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What a map says. ``findings`` are sorted, weightiest first, noisy ones last (``quiet``).

    ``flow`` is None without a decider; ``ways`` lead to the decider, surest first;
    ``footing`` says how broadly we stand.
    """

    support: Support
    findings: tuple[Finding, ...]
    not_judged: tuple[NotJudged, ...]
    flow: Flow | None
    threads: Threads
    ways: tuple[WayIn, ...]
    next_moves: tuple[NextMove, ...]
    salience: Mapping[Id, Salience]
    power_interest: Mapping[Id, PowerInterest]
    footing: Footing


def analysed(
    net: Network,
    *,
    pack: Pack,
    before: Network | None = None,
    quiet: Mapping[str, Text] = MappingProxyType({}),
) -> Analysis:
    """Return what a map says by the rules of a pack; ``before`` is the same map a month earlier.

    ``quiet`` names the rules that were mostly noise, each with the reason.
    """
    judged = _judged(net, pack, before=before)
    leaning, stream, ties = judged.support, judged.flow, judged.threads
    found, unknown = _gaps(judged, pack, quiet)
    return Analysis(
        support=leaning,
        findings=found,
        not_judged=(*_unjudged_score(net, leaning), *unknown),
        flow=stream,
        threads=ties,
        ways=ways_in(net, stream.decider) if stream else (),
        next_moves=worth_working_on(net, stream=stream),
        salience=salience(net),
        power_interest=power_interest(net),
        footing=breadth(net),
    )


def findings(
    net: Network, *, pack: Pack, quiet: Mapping[str, Text] = MappingProxyType({})
) -> tuple[Finding, ...]:
    """Return only what ``analysed`` warns of, which takes half its time."""
    return _gaps(_judged(net, pack), pack, quiet)[0]


def _judged(net: Network, pack: Pack, *, before: Network | None = None) -> Judged:
    leaning, ties = support(net, before=before), threads(net)
    return Judged(net=net, support=leaning, threads=ties, flow=flow(net), parts=pack.parts)


def _gaps(
    judged: Judged, pack: Pack, quiet: Mapping[str, Text]
) -> tuple[tuple[Finding, ...], tuple[NotJudged, ...]]:
    enough = len(judged.net.people) >= LEAST_PEOPLE
    return gaps(judged, pack, quiet=quiet) if enough else ((), ())


def _unjudged_score(net: Network, leaning: Support) -> tuple[NotJudged, ...]:
    """Return why the score is not given, with the two people to ask about first."""
    if not net.people:
        said = Text("There is nobody on this map yet: nothing is judged.")
        return (NotJudged(rule="support", said=said),)
    if leaning.score is not None or leaning.why_not is None:
        return ()
    first = [net.by_id[who] for who in leaning.ask_first]
    return (
        NotJudged(
            rule="support",
            said=Text("The support score is not judged: {why}", why=leaning.why_not),
            helps=tuple(Text("stance of {name}", name=node.name) for node in first),
            people=tuple(node.id for node in first),
        ),
    )
