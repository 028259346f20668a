"""What is said of a card of the map: one line for a screen reader, a few for the tip."""

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.when import ago
from kamdesk.domain.chain.bonds import BOND_WORDS
from kamdesk.domain.chain.model import ROLE_WORDS, TIE_WORDS, Tie, TieKind
from kamdesk.domain.chain.network import Network, Node, NodeKind
from kamdesk.domain.chain.standing import STANCE_WORDS, What

_KINDS = {
    NodeKind.VACANT: Text("vacant post"),
    NodeKind.GHOST: Text("nobody known"),
    NodeKind.BODY: Text("deciding body"),
    NodeKind.OUTSIDE: Text("outside party"),
}


def name_of(node: Node) -> Text | str:
    """Return what a card is called: its name, else its post or the roles wanted, else its kind."""
    if node.name or node.post:
        return node.name or node.post
    return roles_of(node) or _KINDS.get(node.kind, "")


def roles_of(node: Node) -> str:
    """Return the roles of a card in words; those wanted where nobody sits."""
    said = [looks.said(ROLE_WORDS[role]) for role in node.stands.roles or node.wanted]
    return ("、" if looks.language() == "zh" else ", ").join(said)


def card_words(net: Network, node: Node) -> str:
    """Return a card in one line: Li Min, CFO, approver, doubtful −1, influence 5 of 5 …"""
    stands = node.stands
    parts: list[Text | str] = [name_of(node)]
    if node.kind is not NodeKind.PERSON:
        parts.append(_KINDS[node.kind])
    parts += [node.post if node.name else "", roles_of(node) if node.name else ""]
    if node.kind in (NodeKind.PERSON, NodeKind.BODY):
        stance = STANCE_WORDS[stands.stance]
        value = "" if stands.stance is None else f" {looks.signed(stands.stance)}"
        parts.append(f"{looks.said(stance)}{value}")
        if net.stale(node, What.STANCE):
            parts.append(Text("not renewed for long"))
        parts.append(
            Text("influence {n} of 5", n=stands.influence)
            if stands.influence
            else Text("influence not known")
        )
        if stands.coverage is not None:
            parts.append(Text("relationship {n} of 5", n=stands.coverage))
        else:
            parts.append(Text("relationship not known"))
    if node.kind is NodeKind.PERSON and node.last_met is None:
        parts.append(Text("not met"))
    between = "，" if looks.language() == "zh" else ", "
    return between.join(said for part in parts if (said := looks.said(part)))


def tip_lines(net: Network, node: Node) -> list[Text | str]:
    """Return what the tip of a card says: post, when last met, what the stance rests on."""
    lines: list[Text | str] = [looks.joined(node.post, node.department, roles_of(node))]
    if node.kind is NodeKind.PERSON:
        if node.last_met is None:
            lines.append(Text("Not met yet"))
        else:
            lines.append(Text("Last met {when}", when=ago(node.last_met, net.day)))
    reading = node.latest.get(What.STANCE)
    if reading is not None and reading.value:
        stance = STANCE_WORDS[int(reading.value)]
        when = looks.day(reading.valid_from, today=net.day)
        lines.append(
            Text("{stance} since {when}: {note}", stance=stance, when=when, note=reading.note)
            if reading.note
            else Text("{stance} since {when}, no evidence noted", stance=stance, when=when)
        )
    return [line for line in lines if looks.said(line)]


def tie_lines(net: Network, tie: Tie) -> list[Text | str]:
    """Return what the tip of a line says: who is tied to whom, how strongly, why, since when."""
    ends = [looks.cut(name_of(net.by_id[one]), 40) for one in (tie.source, tie.target)]
    lines: list[Text | str] = [f"{ends[0]} {looks.said(TIE_WORDS[tie.kind])} {ends[1]}"]
    if tie.kind is TieKind.INFLUENCES:
        strength = Text("strength {n} of 3", n=tie.strength)
        lines.append(looks.joined(strength, Text("against us") if tie.negative else ""))
    if tie.bond is not None:
        lines.append(BOND_WORDS[tie.bond])
    lines.append(tie.note)
    if tie.since is not None:
        lines.append(Text("since {day}", day=looks.day(tie.since, today=net.day)))
    return [line for line in lines if looks.said(line)]
