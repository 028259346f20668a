"""Reads what ``kamdesk chain --what-if`` supposes: a stance, a tie, somebody who leaves."""

import re
from typing import Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.chain.network import Network, Node
from kamdesk.domain.chain.what_if import LeaveMove, Move, StanceMove, TieMove

_LEAVES: Final = re.compile(r"(?P<who>.+?)\s*(?:\s+leaves|离开|离职|调走|要走)", re.IGNORECASE)
_TIE: Final = re.compile(r"(?P<source>[^>]+)>(?P<target>[^>=]+)=\s*(?P<sign>[-+]?)(?P<n>[0-3])")
_STANCE: Final = re.compile(r"(?P<who>.+?)\s*=\s*(?P<value>[-+]?[0-2]|\?)")


def read_move(net: Network, words: str) -> Move:
    """Return the move typed as ``NAME=+1``, ``NAME=?``, ``NAME leaves`` or ``A>B=3``.

    Raises ``RuleBroken`` at ``what_if`` for other words and for somebody not on the map.
    """
    text = one_line(words).replace("\u2212", "-")
    if found := _TIE.fullmatch(text):
        return TieMove(
            on_map(net, found["source"]).id,
            on_map(net, found["target"]).id,
            strength=int(found["n"]),
            negative=found["sign"] == "-",
        )
    if found := _LEAVES.fullmatch(text):
        return LeaveMove(on_map(net, found["who"]).id)
    if found := _STANCE.fullmatch(text):
        value = found["value"]
        return StanceMove(on_map(net, found["who"]).id, None if value == "?" else int(value))
    raise RuleBroken(
        Text(
            "“{words}” supposes nothing KamDesk knows. Write “NAME=+1” (−2 to +2, or ?),"
            " “NAME leaves”, or “A>B=3” for an influence (0 to 3, −2 for a contrary one).",
            words=words,
        ),
        field="what_if",
    )


def on_map(net: Network, words: str, *, field: str = "what_if") -> Node:
    """Return the one on a map by name, post or part of the name.

    Raises ``RuleBroken`` when there is nobody, or several, saying who is there.
    """
    text = one_line(words).casefold()
    for fits in (
        [node for node in net.nodes if text in (node.name.casefold(), node.id.hex())],
        [node for node in net.nodes if text and text == node.post.casefold()],
        [node for node in net.nodes if text and text in node.name.casefold()],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            names = [f"{node.name} ({node.post})" if node.post else node.name for node in fits]
            said = Text("“{words}” may be any of: {names}. Write more of it.", words=words,
                        names=names)  # fmt: skip
            raise RuleBroken(said, field=field)
    names = [node.name or node.post for node in net.nodes if node.name or node.post]
    said = Text("“{words}” is not on this map. On it: {names}", words=words, names=names or "–")
    raise RuleBroken(said, field=field)
