"""Own packs, the pack in force and verdicts: their cells, and what is asked of them."""

from kamdesk.core.clock import read_day
from kamdesk.core.ids import AccountId, Id, linked_id
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_word
from kamdesk.domain.playbook.model import OwnPack, Precision, Verdict, Word
from kamdesk.storage.catalogue import HOUSE, Cell, Kind
from kamdesk.storage.database import Reader
from kamdesk.storage.held import Held

PACK = Kind(
    "pack",
    table="packs",
    scope_of=HOUSE,
    cells=(
        Cell("name", privacy=Privacy.INTERNAL),
        Cell("content", privacy=Privacy.INTERNAL),
    ),
)
PACK_CHOICE = Kind(
    "pack_choice",
    table="pack_choices",
    scope_of=HOUSE,
    linked=True,
    cells=(Cell("pack", privacy=Privacy.INTERNAL),),
)
VERDICT = Kind(
    "verdict",
    table="verdicts",
    scope_of="account",
    linked=True,
    holds={Held.ID: ("account", "map", "subject")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell(
            "about",
            columns=("map", "rule", "subject"),
            privacy=Privacy.OPINION,
            about=("subject",),
        ),
        Cell("said", columns=("word", "day"), privacy=Privacy.OPINION),
    ),
)
IN_FORCE = linked_id("pack_choice")
"""The one record that says which pack is in force."""


class PlaybookStore:
    """Asks the tables of the playbook."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def packs(self) -> list[OwnPack]:
        """Return the house's own packs, by name."""
        rows = self._ask("SELECT id, name, content FROM packs WHERE NOT gone ORDER BY name, id")
        return [OwnPack(id=Id(r[0]), name=r[1] or "", content=r[2] or "") for r in rows]

    def in_force(self) -> str:
        """Return the name or id of the pack in force; empty while nobody chose."""
        rows = self._ask("SELECT pack FROM pack_choices WHERE id = ? AND NOT gone", IN_FORCE)
        return next((row[0] or "" for row in rows), "")

    def verdicts(self, account: AccountId) -> list[Verdict]:
        """Return what was said of the warnings at a customer, oldest first."""
        sql = "SELECT * FROM verdicts WHERE account = ? AND NOT gone ORDER BY day, id"
        return [
            Verdict(
                id=row["id"],
                account=row["account"],
                map=row["map"],
                rule=row["rule"] or "",
                subject=row["subject"],
                word=word,
                day=day,
            )
            for row in self._ask(sql, account)
            if (day := read_day(row["day"])) and (word := read_word(Word, row["word"], None))
        ]

    def precision(self) -> dict[str, Precision]:
        """Return how often each rule was right, by rule, over all customers."""
        rows = self._ask(
            "SELECT rule, sum(word = 'right'), count(*) FROM verdicts INDEXED BY verdicts_rule"
            " WHERE NOT gone AND rule IS NOT NULL AND word IN ('right', 'noise') GROUP BY rule"
        )
        return {row[0]: Precision(row[1], row[2]) for row in rows}
