"""The packs of rules KamDesk ships, read once from ``resources/playbook``."""

from functools import cache
from typing import Final

from kamdesk.assets import asset
from kamdesk.domain.chain.pack_file import read_pack, read_rules
from kamdesk.domain.chain.rules import Pack, Rule

SHIPPED: Final = ("six-roles", "c139", "blue-sheet-like", "meddic-like")
"""Ids of the shipped packs, the one in force from the start first."""


@cache
def shared_rules(name: str) -> tuple[Rule, ...]:
    """Return the rules packs build on. Raises ``LookupError`` for others than ``gaps``."""
    if name != "gaps":
        raise LookupError(name)
    return read_rules(asset("playbook", "gaps.toml").read_bytes())


@cache
def shipped(pack: str) -> Pack:
    """Return a shipped pack. Raises ``LookupError`` for one that is not there."""
    if pack not in SHIPPED:
        raise LookupError(pack)
    path = asset("playbook", "packs", f"{pack}.toml")
    return read_pack(path.read_bytes(), shared=shared_rules)
