"""What a workspace file remembers of its past: brought back, salvaged, forked, what was erased."""

from dataclasses import dataclass

from kamdesk.storage.fold import Verb
from kamdesk.storage.restoring import FORKED, RESTORED_AT
from kamdesk.storage.salvage import SALVAGED_AT
from kamdesk.storage.storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Days as ISO text, None for what never happened; how many records were erased."""

    restored_on: str | None
    salvaged_on: str | None
    forked: bool
    erased: int


def past_of(storage: Storage) -> Past:
    """Return what the file remembers."""

    def day(key: str) -> str | None:
        found = storage.reader.ask("SELECT value FROM state WHERE key = ?", key).value()
        return str(found)[:10] if found else None

    return Past(
        restored_on=day(RESTORED_AT),
        salvaged_on=day(SALVAGED_AT),
        forked=bool(storage.number(FORKED)),
        erased=int(storage.reader.ask("SELECT count(*) FROM erased").value() or 0),
    )


def left_of_erased(storage: Storage) -> list[str]:
    """Return where something of an erased record is still found, in words for a developer."""
    ask, on_list = storage.reader.ask, "(SELECT id FROM erased)"
    found = [
        f"{kind.name} {record.hex()}: erased, still in its table"
        for kind in storage.catalogue.kinds
        for record in ask(f"SELECT id FROM {kind.table} WHERE id IN {on_list}").column()
    ]
    logged = f"SELECT DISTINCT eid FROM op WHERE eid IN {on_list} AND verb != ?"
    found += [f"{one.hex()}: erased, still in the log" for one in ask(logged, Verb.ERASE).column()]
    return found
