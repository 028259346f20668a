"""Records of some accounts, gathered and written as one action by the one road for writes."""

from collections.abc import Callable
from typing import Any, Final

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import ACCOUNT, SITE
from kamdesk.domain.appointments.store import APPOINTMENT, CALENDAR
from kamdesk.domain.cadence.store import AGREEMENT, PAUSE
from kamdesk.domain.chain.store import BODY, GROUP, MAP, READING, SEAT, TIE
from kamdesk.domain.lifecycle.store import TASK
from kamdesk.domain.opportunities.store import OPPORTUNITY
from kamdesk.domain.people.posts import HOLDING, POST, REPORTING
from kamdesk.domain.people.store import NEED, PERSON, WAY
from kamdesk.domain.promises.store import PROMISE
from kamdesk.domain.team.store import COLLEAGUE
from kamdesk.domain.travel.store import HABITS
from kamdesk.domain.visits.store import ATTENDEE, FACT, VISIT
from kamdesk.domain.working_days.store import ABSENCE
from kamdesk.storage.catalogue import Kind
from kamdesk.storage.storage import Storage

_ORDER: Final = (
    COLLEAGUE,
    HABITS,
    CALENDAR,
    APPOINTMENT,
    ACCOUNT,
    SITE,
    PERSON,
    WAY,
    POST,
    HOLDING,
    REPORTING,
    NEED,
    OPPORTUNITY,
    MAP,
    GROUP,
    SEAT,
    BODY,
    VISIT,
    ATTENDEE,
    READING,
    TIE,
    FACT,
    PROMISE,
    TASK,
    ABSENCE,
    AGREEMENT,
    PAUSE,
)


class Book:
    """What is invented and not yet written."""

    def __init__(self) -> None:
        self._records: dict[str, list[Any]] = {}
        self._links: list[tuple[Kind, Id, str, tuple[bytes | str, ...]]] = []
        self._begin()

    def _begin(self) -> None:
        self._records = {kind.name: [] for kind in _ORDER}
        self._links = []

    def add(self, kind: Kind, *records: Any) -> None:
        """Keep records of a kind."""
        self._records[kind.name].extend(records)

    def of(self, kind: Kind) -> list[Any]:
        """Return the records of a kind that are kept."""
        return list(self._records[kind.name])

    def rewrite(self, kind: Kind, anew: Callable[[Any], Any]) -> None:
        """Keep each record of a kind as ``anew`` makes it."""
        self._records[kind.name] = [anew(one) for one in self._records[kind.name]]

    def link(self, kind: Kind, record: Id, cell: str, *targets: bytes | str) -> None:
        """Keep targets of a set of a record."""
        if targets:
            self._links.append((kind, record, cell, targets))

    def write(self, storage: Storage) -> None:
        """Write all that is kept as one action, and forget it."""
        with storage.change(Text("Invent a demo territory")) as change:
            for kind in _ORDER:
                if records := self._records[kind.name]:
                    change.put_all(kind, records)
            for kind, record, cell, targets in self._links:
                change.link(kind, record, cell, *targets)
        self._begin()
