"""The playbook of the workspace: packs of rules, which one is in force, how right it was."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, MapId, linked_id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.finding import Finding
from kamdesk.domain.chain.pack_file import LARGEST, read_pack, write_pack
from kamdesk.domain.chain.packs import SHIPPED, shared_rules, shipped
from kamdesk.domain.chain.rules import Pack
from kamdesk.domain.playbook.model import OwnPack, PackChoice, Precision, Verdict, Word
from kamdesk.domain.playbook.store import IN_FORCE, PACK, PACK_CHOICE, VERDICT, PlaybookStore
from kamdesk.storage.storage import Storage

MOST_PACKS: Final = 40
"""Packs of its own a house may keep."""


class Kept(NamedTuple):
    """A pack as the playbook lists it: ``key`` names it to ``use``; ``own`` is its record."""

    key: str
    pack: Pack
    in_force: bool
    own: OwnPack | None = None

    @property
    def called(self) -> Text | str:
        """What the pack is called: an own one as the house named it."""
        return self.own.name if self.own else self.pack.called


class Playbook:
    """The verbs of packs and verdicts, and the questions about them."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = PlaybookStore(storage.reader)

    # ---- asking

    def packs(self) -> list[Kept]:
        """Return the shipped packs, then the house's own that can be read."""
        chosen = self.ask.in_force()
        own = [(one.id.hex(), found, one) for one in self.ask.packs() if (found := _read(one))]
        every = [(name, shipped(name), None) for name in SHIPPED] + own
        in_force = chosen if chosen in {key for key, *_ in every} else SHIPPED[0]
        return [Kept(key, pack, key == in_force, record) for key, pack, record in every]

    def in_force(self) -> Pack:
        """Return the pack in force: the one chosen, else the six roles."""
        chosen = self.ask.in_force()
        own = next((one for one in self.ask.packs() if one.id.hex() == chosen), None)
        read = _read(own) if own else None
        return read or shipped(chosen if chosen in SHIPPED else SHIPPED[0])

    def quiet(self) -> dict[str, Text]:
        """Return the rules that were mostly noise, each with the reason why it is listed last."""
        return {
            rule: Text("listed last: {precision} warnings", precision=precision.words)
            for rule, precision in self.ask.precision().items()
            if precision.noisy
        }

    def precision(self) -> Mapping[str, Precision]:
        """Return how often each rule was right, by rule."""
        return self.ask.precision()

    def found(self, key: str) -> Kept:
        """Return the pack of a key, an id or a name. Raises ``RuleBroken`` at ``pack``."""
        wanted = key.casefold()
        for kept in self.packs():
            if wanted in (kept.key, kept.own.name.casefold() if kept.own else kept.pack.id):
                return kept
        said = Text("There is no pack “{name}” here.", name=key)
        raise RuleBroken(said, field="pack")

    # ---- doing

    def use(self, key: str) -> ChangeSet:
        """Put a pack in force. Raises ``RuleBroken`` for one that is not here."""
        kept = self.found(key)
        chosen = self.ask.in_force()
        base = PackChoice(id=IN_FORCE, pack=chosen) if chosen else None
        with self._storage.change(Text("Use the pack “{name}”", name=kept.called)) as change:
            change.put(PACK_CHOICE, PackChoice(id=IN_FORCE, pack=kept.key), base=base)
        return change.touched

    def take_in(self, content: bytes) -> ChangeSet:
        """Keep a pack file as a pack of the house. Raises ``RuleBroken`` at ``file``.

        A pack of the same name is followed by the new one, one undo away.
        """
        pack = read_pack(content, shared=shared_rules)
        name = pack.title.get("en") or next(iter(pack.title.values()))
        base = next((one for one in self.ask.packs() if one.name == name), None)
        made = self._own(name, pack, base=base)
        with self._storage.change(Text("Take in the pack “{name}”", name=made.name)) as change:
            change.put(PACK, made, base=base)
        return change.touched

    def copy(self, kept: Kept, name: str) -> ChangeSet:
        """Make a pack of the house's own from another one. Raises ``RuleBroken`` at ``name``."""
        if any(one.name.casefold() == name.strip().casefold() for one in self.ask.packs()):
            said = Text("There is a pack “{name}” already.", name=name.strip())
            raise RuleBroken(said, field="name")
        made = self._own(name, replace(kept.pack, title={"en": name.strip()}))
        with self._storage.change(Text("Make the pack “{name}”", name=made.name)) as change:
            change.put(PACK, made)
        return change.touched

    def set_rule(
        self,
        kept: Kept,
        rule: str,
        *,
        on: bool | None = None,
        settings: Mapping[str, float] | None = None,
    ) -> ChangeSet:
        """Switch a rule of an own pack, or set its thresholds. Raises ``RuleBroken`` there."""
        if kept.own is None:
            said = Text("This pack comes with KamDesk and stays as it is. Make a copy first.")
            raise RuleBroken(said, field="pack")
        changed = kept.pack.rule(rule).changed(on=on, settings=settings)
        new = replace(kept.own, content=write_pack(kept.pack.with_rule(changed)))
        with self._storage.change(Text("Change the pack “{name}”", name=new.name)) as change:
            change.put(PACK, new, base=kept.own)
        return change.touched

    def drop(self, kept: Kept) -> ChangeSet:
        """Delete an own pack; it can be restored. Raises ``RuleBroken`` for a shipped one."""
        if kept.own is None:
            raise RuleBroken(Text("A pack that comes with KamDesk stays."), field="pack")
        with self._storage.change(Text("Delete the pack “{name}”", name=kept.own.name)) as change:
            change.drop(PACK, kept.own.id)
        return change.touched

    def mark(
        self,
        account: AccountId,
        map_id: MapId | None,
        finding: Finding,
        *,
        right: bool,
        on: Day,
    ) -> ChangeSet:
        """Note that a warning was right, or noise; said again, the later word holds."""
        subject = finding.people[0] if len(finding.people) == 1 else None
        ends: Sequence[bytes] = (account, map_id or b"", finding.rule.encode(), subject or b"")
        verdict = Verdict(
            id=linked_id("verdict", *ends),
            account=account,
            map=map_id,
            rule=finding.rule,
            subject=subject,
            word=Word.RIGHT if right else Word.NOISE,
            day=on,
        )
        base = next((one for one in self.ask.verdicts(account) if one.id == verdict.id), None)
        said = Text("Mark a warning as right") if right else Text("Mark a warning as noise")
        with self._storage.change(said) as change:
            change.put(VERDICT, verdict, base=base)
        return change.touched

    def _own(self, name: str, pack: Pack, *, base: OwnPack | None = None) -> OwnPack:
        if base is None and len(self.ask.packs()) >= MOST_PACKS:
            said = Text("There are {most} packs already. Delete one first.", most=MOST_PACKS)
            raise RuleBroken(said, field="name")
        made = base.id if base else self._storage.new_id()
        return OwnPack(id=made, name=name, content=write_pack(pack)).checked()


def file_content(path: Path) -> bytes:
    """Return a pack file's bytes, at most one more than allowed. Raises ``RuleBroken``."""
    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except (OSError, ValueError) as trouble:
        raise RuleBroken(Text("{file} cannot be read.", file=str(path)), field="file") from trouble


def _read(own: OwnPack) -> Pack | None:
    try:
        return read_pack(own.content.encode(), shared=shared_rules)
    except RuleBroken:
        return None
