"""Words planted in every text that can name or describe a person: made from the catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import Cell, Kind, Merge
from kamdesk.workspace import Workspace

SHARED = 4
"""Letters all words begin with: the full text keeps of a word only what its neighbours have not."""
FIRST_NAME, NAME = "zqxvaldermoor", "zqxvhartling"
"""What the person was and is called."""


@dataclass
class Planted:
    """The words by where they stand, and the records they stand in."""

    words: dict[str, str] = field(default_factory=dict)
    records: list[tuple[Kind, Id]] = field(default_factory=list)

    def word(self, where: str) -> str:
        """Return a new word for a place."""
        n, letters = len(self.words) + 1, ""
        for _ in range(5):
            n, letter = divmod(n, 26)
            letters += chr(ord("a") + letter)
        word = f"zqxv{letters}wold"
        self.words[word] = where
        return word

    def left_in(self, content: bytes) -> list[str]:
        """Return where the words stand that are found in bytes, in any letter case."""
        small = content.lower()
        every = {FIRST_NAME: "name before", NAME: "name", **self.words}
        return [where for word, where in every.items() if word[SHARED:].encode() in small]


def naming(kind: Kind) -> Iterator[tuple[Cell, str]]:
    """Yield the places in which a kind can name a person."""
    for cell in kind.cells:
        for column in (*cell.about, *cell.names):
            if kind.name != "person":
                yield cell, column


def plant(desk: Workspace, person: Id, account: Id) -> Planted:
    """Write, for each place that can name a person, a record with words in all its texts.

    Each text is written twice: the first words stand in the history only.
    """
    planted = Planted()
    for kind in desk.storage.catalogue.kinds:
        texts = _texts(desk, kind)
        if kind.name == "person":
            _write(desk, planted, kind, person, {}, texts)
        for cell, column in naming(kind):
            record = desk.storage.new_id()
            fixed = {"account": account, column: person}
            if cell.merge is not Merge.LINKS:
                _write(desk, planted, kind, record, fixed, texts)
            else:
                _write(desk, planted, kind, record, {"account": account}, texts)
                with desk.storage.change(Text("Plant")) as change:
                    change.link(kind, record, cell.name, person)
            planted.records.append((kind, record))
    return planted


def _texts(desk: Workspace, kind: Kind) -> set[str]:
    columns = desk.storage.reader.ask(f"PRAGMA table_info({kind.table})")
    return {row["name"] for row in columns if row["type"] == "TEXT"}


def _write(
    desk: Workspace,
    planted: Planted,
    kind: Kind,
    record: Id,
    fixed: dict[str, bytes],
    texts: set[str],
) -> None:
    for time in ("before", "now"):
        cells = {}
        for cell in kind.valued:
            parts = []
            for column in cell.columns:
                where = f"{kind.name}.{column} {time} ({record.hex()[-4:]})"
                if column in fixed:
                    parts.append(fixed[column])
                elif (kind.name, column) == ("person", "name"):
                    parts.append(FIRST_NAME if time == "before" else NAME)
                elif column in texts:
                    parts.append(planted.word(where))
                else:
                    parts.append(None)
            cells[cell.name] = tuple(parts) if len(parts) > 1 else parts[0]
        if kind.name == "person":
            del cells["account"]
        with desk.storage.change(Text("Plant words about {name}", name=NAME)) as change:
            change.write(kind, record, cells)
