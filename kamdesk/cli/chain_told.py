"""A decision chain as a person reads it in a terminal."""

from collections.abc import Iterable, Sequence

from kamdesk.cli.sheets import Sheet
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.analysis import Analysis
from kamdesk.domain.chain.bonds import BOND_WORDS
from kamdesk.domain.chain.foremost import between_most, furthest
from kamdesk.domain.chain.model import ROLE_WORDS, TIE_WORDS
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.salience import ATTENTION_WORDS, CLAIM_WORDS
from kamdesk.domain.chain.standing import STANCE_WORDS
from kamdesk.domain.chain.support import Support
from kamdesk.domain.chain.way_in import WayIn
from kamdesk.domain.chain.what_if import Move, cheapest, outcome
from kamdesk.dossier.customer_file import CustomerFile


def told(
    file: CustomerFile,
    net: Network,
    found: Analysis,
    ways: Iterable[WayIn],
    moves: Sequence[Move],
    pack: Text,
) -> Sheet:
    """Return all that is said of a chain, the score first, then what to do, then who is who."""
    sheet = Sheet(file.account.name)
    sheet.say(Text("Map"), file.chain.name if file.chain else "")
    sheet.say(Text("As of"), file.day)
    sheet.say(Text("Rules"), pack)
    _support(sheet, net, found.support)
    if moves:
        _what_if(sheet, net, moves)
    for loud in (True, False):
        sheet.part(Text("Findings") if loud else Text("Findings that were mostly noise"))
        for one in found.findings:
            if (one.quiet is None) is loud:
                sheet.line(one.said, one.advice, *(e.said for e in one.evidence), one.quiet)
    sheet.part(Text("Not judged"))
    for unknown in found.not_judged:
        sheet.line(
            unknown.said, *(Text("would help: {what}", what=help_) for help_ in unknown.helps)
        )
    _ways(sheet, net, found, ways)
    _attention(sheet, net, found)
    _people(sheet, file, net)
    return sheet


def _support(sheet: Sheet, net: Network, support: Support) -> None:
    spread = Text(
        "between {low} and {high}; {known} % of the power is known",
        low=round(support.low),
        high=round(support.high),
        known=round(100 * support.known),
    )
    score = Text("not judged") if support.score is None else f"{round(support.score)} / 100"
    sheet.say(Text("Support"), Text("{score}, {spread}", score=score, spread=spread))
    if support.movement is not None:
        sheet.say(Text("In 30 days"), f"{round(support.movement):+d}".replace("-", "\u2212"))
    if support.capped_by:
        said = Text("{name} can stop it and is not with us", name=_name(net, support.capped_by))
        sheet.say(Text("Held down by"), said)
    minus = [f"{_name(net, one.node)} {round(one.points)}" for one in support.minus]
    sheet.say(Text("Heaviest against"), ", ".join(minus).replace("-", "\u2212"))


def _what_if(sheet: Sheet, net: Network, moves: Sequence[Move]) -> None:
    came = outcome(net, moves)
    sheet.part(Text("What if (nothing is saved)"))
    after = Text("not judged") if came.after.score is None else str(round(came.after.score))
    before = Text("not judged") if came.before.score is None else str(round(came.before.score))
    sheet.line(
        Text("support from {before} to {after}", before=before, after=after),
        Text("somewhere between {low} and {high}", low=round(came.low), high=round(came.high)),
    )
    for one in cheapest(net):
        sheet.line(Text("cheapest move"), one.why)


def _ways(sheet: Sheet, net: Network, found: Analysis, ways: Iterable[WayIn]) -> None:
    ours: dict[Id, str] = {one.id: one.name for one in net.ours}
    if found.flow:
        sheet.part(Text("Who moves {name}", name=_name(net, found.flow.decider)))
        for path in found.flow.paths:
            share = Text("{share} %", share=round(100 * path.share))
            way = " → ".join(_name(net, who) for who in path.nodes)
            sheet.line(way, share, Text("turned into its opposite") if path.contrary else "")
    sheet.part(Text("Who counts, whatever the rank"))
    for said, people in (
        (Text("furthest reach"), furthest(net)),
        (Text("between most others"), between_most(net)),
    ):
        if people:
            sheet.line(said, *(_name(net, who) for who in people))
    sheet.part(Text("Way in"))
    for way_in in ways:
        first = way_in.steps[0].source if way_in.steps else None
        start = Text("ours") if first is None else ours.get(first) or _name(net, first)
        names = [start, *(_name(net, step.target) for step in way_in.steps)]
        chance = Text("{share} % likely", share=round(100 * way_in.success))
        why = (step.why for step in way_in.steps)
        sheet.line(Text("{way}", way=names), chance, *why)
    sheet.part(Text("Who would cut us off"))
    for who in found.threads.cut:
        sheet.line(_name(net, who))
    sheet.part(Text("Work on next"))
    for move in found.next_moves:
        sheet.line(move.why)


def _attention(sheet: Sheet, net: Network, found: Analysis) -> None:
    sheet.part(Text("Attention"))
    for node in net.people:
        place, said = found.power_interest[node.id].attention, found.salience[node.id]
        if place or said.claim:
            sheet.line(
                node.name,
                ATTENTION_WORDS[place] if place else "",
                CLAIM_WORDS[said.claim] if said.claim else "",
            )


def _people(sheet: Sheet, file: CustomerFile, net: Network) -> None:
    sheet.part(Text("People"))
    for who in file.on_map():
        stands = file.stands(who)
        influence = Text("influence {n}", n=stands.influence) if stands.influence else ""
        sheet.line(
            file.name_of(who),
            file.post_of[who].title if who in file.post_of else "",
            *(ROLE_WORDS[role] for role in stands.roles),
            STANCE_WORDS[stands.stance],
            influence,
        )
    sheet.part(Text("Ties"))
    for tie in net.ties:
        bond = BOND_WORDS[tie.bond] if tie.bond else ""
        sheet.line(_name(net, tie.source), TIE_WORDS[tie.kind], _name(net, tie.target), bond)


def _name(net: Network, who: Id) -> str:
    node = net.by_id.get(who)
    return (node.name or node.post or "–") if node else "–"
