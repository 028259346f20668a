"""How much attention somebody claims: salience, and the power–interest grid; unknown stays so.

Salience: Mitchell, Agle and Wood 1997 (AMR 22:853–886). Grid: Mendelow 1981 (ICIS).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.network import Network, Node

HEARD: Final = 4
"""Influence from which somebody has power: the decider hardly ever goes against them."""

LEAST_HIGH: Final = 0.5
"""Where the grid is cut, power and interest running from 0 to 1."""


class Claim(StrEnum):
    """What somebody's power, rightful say and pressing add up to."""

    DORMANT = "dormant"
    DISCRETIONARY = "discretionary"
    DEMANDING = "demanding"
    DOMINANT = "dominant"
    DANGEROUS = "dangerous"
    DEPENDENT = "dependent"
    DEFINITIVE = "definitive"
    NONE = "none"


CLAIM_WORDS: Final = {
    Claim.DORMANT: Text("dormant: has power, does not use it here"),
    Claim.DISCRETIONARY: Text("discretionary: a rightful say, neither power nor hurry"),
    Claim.DEMANDING: Text("demanding: presses, without power or a rightful say"),
    Claim.DOMINANT: Text("dominant: power and a rightful say"),
    Claim.DANGEROUS: Text("dangerous: power and hurry, no rightful say"),
    Claim.DEPENDENT: Text("dependent: right and in a hurry, needs somebody's power"),
    Claim.DEFINITIVE: Text("definitive: power, a rightful say and hurry; comes first"),
    Claim.NONE: Text("no claim here"),
}

_CLAIMS: Final = {
    (True, False, False): Claim.DORMANT,
    (False, True, False): Claim.DISCRETIONARY,
    (False, False, True): Claim.DEMANDING,
    (True, True, False): Claim.DOMINANT,
    (True, False, True): Claim.DANGEROUS,
    (False, True, True): Claim.DEPENDENT,
    (True, True, True): Claim.DEFINITIVE,
    (False, False, False): Claim.NONE,
}


class Attention(StrEnum):
    """What the power–interest grid advises."""

    KEY_PLAYER = "key_player"
    KEEP_SATISFIED = "keep_satisfied"
    KEEP_INFORMED = "keep_informed"
    LITTLE = "little"


ATTENTION_WORDS: Final = {
    Attention.KEY_PLAYER: Text("key player: work closely together"),
    Attention.KEEP_SATISFIED: Text("keep satisfied"),
    Attention.KEEP_INFORMED: Text("keep informed"),
    Attention.LITTLE: Text("little attention is enough"),
}

_GRID: Final = {
    (True, True): Attention.KEY_PLAYER,
    (True, False): Attention.KEEP_SATISFIED,
    (False, True): Attention.KEEP_INFORMED,
    (False, False): Attention.LITTLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Salience:
    """What somebody claims, or None with the inputs that are missing to say so."""

    claim: Claim | None
    missing: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerInterest:
    """Where somebody stands on the grid; power and interest from 0 to 1, None when not known."""

    attention: Attention | None
    power: float | None
    interest: float | None


def salience(net: Network) -> dict[Id, Salience]:
    """Return for each person what they claim of our attention."""
    return {node.id: claim_of(node) for node in net.people}


def power_interest(net: Network) -> dict[Id, PowerInterest]:
    """Return for each person where they stand on the power–interest grid."""
    return {node.id: place_of(node) for node in net.people}


def claim_of(node: Node) -> Salience:
    """Return what one person claims of our attention."""
    stands = node.stands
    power, say, hurry = _has_power(node), stands.legitimacy, stands.urgency
    if power is None or say is None or hurry is None:
        asked = (
            (power, Text("influence")),
            (say, Text("has a rightful say")),
            (hurry, Text("presses for it")),
        )
        return Salience(claim=None, missing=tuple(word for value, word in asked if value is None))
    return Salience(claim=_CLAIMS[power, say, hurry])


def _has_power(node: Node) -> bool | None:
    if node.stands.veto or Role.DECIDER in node.stands.roles:
        return True
    return None if node.stands.influence is None else node.stands.influence >= HEARD


def place_of(node: Node) -> PowerInterest:
    """Return where one person stands on the power–interest grid."""
    power, interest = _from_0_to_1(node.stands.influence), _from_0_to_1(node.stands.interest)
    attention = None
    if power is not None and interest is not None:
        attention = _GRID[power >= LEAST_HIGH, interest >= LEAST_HIGH]
    return PowerInterest(attention=attention, power=power, interest=interest)


def _from_0_to_1(value: int | None) -> float | None:
    return None if value is None else (value - 1) / 4
