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
    """Return where something of an erased record is still found, in words for a developer.

    What outlives the person (an anonymous seat at a visit) may stay, without a word about them.
    """
    ask, on_list = storage.reader.ask, "(SELECT id FROM erased)"
    found: list[str] = []
    for kind in storage.catalogue.kinds:
        about = [c for cell in kind.cells for c in cell.about]
        ended = [c for cell in kind.valued if cell.name not in kind.outlives for c in cell.columns]
        said = " OR ".join(f"{column} IS NOT NULL" for column in (*about, *ended))
        which = f" AND ({said})" if kind.outlives else ""
        sql = f"SELECT id FROM {kind.table} WHERE id IN {on_list}{which}"
        found += [
            f"{kind.name} {one.hex()}: erased, still in its table" for one in ask(sql).column()
        ]
    own = f"SELECT DISTINCT eid FROM own_values WHERE eid IN {on_list}"
    found += [f"{one.hex()}: erased, own values of it are left" for one in ask(own).column()]
    outliving = tuple(
        number
        for kind in storage.catalogue.kinds
        if kind.outlives and (number := storage.dictionary.known(kind.name)) is not None
    )
    marks = ", ".join("?" * len(outliving))
    logged = (
        f"SELECT DISTINCT eid FROM op WHERE eid IN {on_list} AND verb != ?"
        f" AND kind NOT IN ({marks})"
    )
    rows = ask(logged, Verb.ERASE, *outliving).column()
    return [*found, *(f"{one.hex()}: erased, still in the log" for one in rows)]
