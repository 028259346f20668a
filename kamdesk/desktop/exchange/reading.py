"""The exchange as the page shows it: how it stands, and three lists of changes in words."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.clock import Instant
from kamdesk.core.ids import Id
from kamdesk.core.wire_op import Verb
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.naming_records import Names
from kamdesk.desktop.past.reading import field_of, names_of, words_of
from kamdesk.storage import team
from kamdesk.sync.joining import LEFT
from kamdesk.sync.leaving import Removed, removed
from kamdesk.sync.quarantine import quarantined
from kamdesk.sync.sharing import deciding
from kamdesk.sync.told import Told, lost_list, reports, told, unsent_list

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_MOST = 500
_VERBS = {
    Verb.DELETE: Text("deleted"),
    Verb.RESTORE: Text("brought back"),
    Verb.ERASE: Text("erased"),
    Verb.FORGET: Text("older wording erased"),
}


class Row(NamedTuple):
    """A change: of which record, which fields, when, in which action, and why it was refused."""

    id: object
    kind: str
    record: bytes
    called: str
    of: str
    fields: str
    at: Instant | None
    action: Text | str
    why: Text | str = ""


class ExchangeSeen(NamedTuple):
    """How the exchange stands; the lists by tab; the hub's address and fingerprint.

    The address is said of a hub that was left, too.

    ``removed``: what went when this file left its team. ``deciding`` records wait for the user.
    """

    told: Told
    rows: Mapping[str, list[Row]]
    url: str
    fingerprint: str
    now: Instant
    removed: Removed | None
    deciding: int

    @property
    def by_hub(self) -> bool:
        """True where the address is a hub's, False by a folder and where there is none."""
        return team.is_hub(self.url)


def read_exchange(desk: "Workspace") -> ExchangeSeen:
    """Return how the exchange stands and what waits."""
    storage = desk.storage
    lists = {
        "unsent": _unsent(desk),
        "refused": _refused(desk),
        "reports": _reports(desk),
        "lost": _lost(desk),
    }
    return ExchangeSeen(
        told(storage),
        lists,
        team.text(storage, team.HUB_URL) or team.text(storage, LEFT),
        team.text(storage, team.HUB_PRINT),
        desk.clock.now(),
        removed(storage),
        deciding(storage),
    )


def _unsent(desk: "Workspace") -> list[Row]:
    found = unsent_list(desk.storage, _MOST)
    names = Names(desk, [(one.kind, one.record, one.account) for one in found])
    own = names_of(desk, (), [cell for one in found for cell in one.cells])
    return [
        Row(
            n,
            one.kind,
            one.record,
            *names.of(one.kind, one.record, one.account),
            looks.listed([looks.said(field_of(own, one.kind, cell)) for cell in one.cells]),
            one.at,
            one.action,
        )
        for n, one in enumerate(found)
    ]


def _lost(desk: "Workspace") -> list[Row]:
    found = lost_list(desk.storage, _MOST)
    names = Names(desk, [(one.kind, one.record, one.account) for one in found])
    writers = [Id(one.by) for one in found if one.by]
    called = names_of(desk, writers, [cell for one in found for cell in one.cells])
    return [
        Row(
            n,
            one.kind,
            one.record,
            *names.of(one.kind, one.record, one.account),
            looks.listed([looks.said(field_of(called, one.kind, cell)) for cell in one.cells]),
            one.at,
            called(Id(one.by)) if one.by else Text("a colleague"),
        )
        for n, one in enumerate(found)
    ]


def _refused(desk: "Workspace") -> list[Row]:
    found = quarantined(desk.storage)
    names = Names(desk, [(one.kind, one.record, one.account) for one in found])
    called = names_of(desk, (), [cell for one in found for cell in one.cells])

    def values(kind: str, cells: Iterable[tuple[str, object]]) -> str:
        known = desk.storage.catalogue.find(kind)
        parts = []
        for cell, value in cells:
            field = looks.said(field_of(called, kind, cell))
            words = words_of(desk, called, kind, cell, value) if known is not None else ""
            parts.append(f"{field}: {looks.cut(words, 80)}" if words else field)
        return looks.clauses(parts)

    return [
        Row(
            one.id,
            one.kind,
            one.record,
            *names.of(one.kind, one.record, one.account),
            values(one.kind, one.cells.items())
            or looks.said(_VERBS.get(Verb(one.verb), "") if one.verb in set(Verb) else ""),
            one.at,
            one.action,
            one.reason,
        )
        for one in found
    ]


def _reports(desk: "Workspace") -> list[Row]:
    found = reports(desk.storage)
    names = Names(desk, [("account", Id(one.account), None) for one in found if one.account])
    rows = []
    for n, one in enumerate(found):
        account = Id(one.account) if one.account else None
        called = (
            names.of("account", account, None).called
            if account
            else looks.capital(Text("what the whole team shares"))
        )
        done = (
            Text(
                "{n} value differed; fetched again.",
                "{n} values differed; fetched again.",
                n=one.differing or 0,
            )
            if one.mended
            else Text("Is being fetched again.")
        )
        counts = Text("{here} values here, {there} at the hub", here=one.here, there=one.there)
        rows.append(
            Row(
                n,
                "account",
                account or b"",
                called,
                looks.said(_AUDIENCE.get(one.audience, "")),
                looks.said(counts),
                one.at,
                done,
            )
        )
    return rows


_AUDIENCE = {
    "internal": Text("for colleagues"),
    "partner": Text("also for partners"),
    "house": Text("for everybody"),
}
