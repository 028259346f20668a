"""Agreements and pauses in the workspace: their cells, and what is asked about them."""

from typing import Final

from kamdesk.core.clock import read_day
from kamdesk.core.ids import AccountId, AgreementId, PauseId
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_number, read_word
from kamdesk.domain.cadence.duty import Channel
from kamdesk.domain.cadence.model import EVERY, Agreement, Pause
from kamdesk.storage.catalogue import Cell, Kind
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

AGREEMENT: Final = Kind(
    "agreement",
    table="agreements",
    scope_of="account",
    holds={Held.ID: ("account", "person"), Held.WHOLE: ("every", "at_most")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("person", privacy=Privacy.BUSINESS, about=("person",)),
        Cell("how_often", columns=("channel", "every", "at_most"), privacy=Privacy.INTERNAL),
        Cell("holds", columns=("since", "until"), privacy=Privacy.INTERNAL),
        Cell("note", privacy=Privacy.NOTE, searched=True),
    ),
)
PAUSE: Final = Kind(
    "pause",
    table="pauses",
    scope_of="account",
    holds={Held.ID: ("account", "person")},
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("person", privacy=Privacy.BUSINESS, about=("person",)),
        Cell("time", columns=("since", "until"), privacy=Privacy.INTERNAL),
        Cell("because", privacy=Privacy.NOTE, searched=True),
    ),
)
TO_IMPROVE_ASKED: Final = "to_improve_asked"
"""What the file remembers: whether anything is asked for at customers to improve."""
_DEFAULT_EVERY: Final = 30


class CadenceStore:
    """Asks the ``agreements`` and ``pauses`` tables."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def agreement(self, agreement: AgreementId) -> Agreement:
        """Return an agreement. Raises ``LookupError``."""
        return read_agreement(self._ask("SELECT * FROM agreements WHERE id = ?", agreement).one())

    def pause(self, pause: PauseId) -> Pause:
        """Return a pause. Raises ``LookupError``."""
        found = read_pause(self._ask("SELECT * FROM pauses WHERE id = ?", pause).one())
        if found is None:
            raise LookupError("a pause without an end")
        return found

    def agreements(self, account: AccountId) -> list[Agreement]:
        """Return the agreements with a customer, oldest first, those that ended too."""
        sql = "SELECT * FROM agreements WHERE account = ? AND NOT gone ORDER BY id"
        return [read_agreement(row) for row in self._ask(sql, account)]

    def pauses(self, account: AccountId) -> list[Pause]:
        """Return the pauses at a customer, oldest first, those that are over too."""
        sql = "SELECT * FROM pauses WHERE account = ? AND NOT gone ORDER BY id"
        return [pause for pause in map(read_pause, self._ask(sql, account)) if pause is not None]

    def asks_to_improve(self) -> bool:
        """Return whether anything is asked for at customers to improve."""
        value = self._ask("SELECT value FROM state WHERE key = ?", TO_IMPROVE_ASKED).value()
        return value is None or bool(value)


def read_agreement(row: Row) -> Agreement:
    """Return an agreement from its row."""
    return Agreement(
        id=row["id"],
        account=row["account"],
        person=row["person"],
        channel=read_word(Channel, row["channel"], Channel.VISIT),
        every=read_number(EVERY, row["every"], _DEFAULT_EVERY),
        at_most=bool(row["at_most"]),
        since=read_day(row["since"]),
        until=read_day(row["until"]),
        note=row["note"] or "",
    )


def read_pause(row: Row) -> Pause | None:
    """Return a pause from its row; None for one without an end, which would hold for ever."""
    until = read_day(row["until"])
    if until is None:
        return None
    return Pause(
        id=row["id"],
        account=row["account"],
        person=row["person"],
        since=read_day(row["since"]),
        until=until,
        because=row["because"] or "",
    )
