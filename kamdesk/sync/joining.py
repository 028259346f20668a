"""Joining a team: look who the hub is, confirm, be let in, and let the file know its hub.

Three steps, of which only the last touches the file: ``look`` gives nothing away, ``ask_in`` uses
the invitation up, ``settle_in`` writes. What exists here already is offered by the user's choice.
"""

import platform
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import ColleagueId, Id
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.team.model import Colleague
from kamdesk.domain.team.store import COLLEAGUE, ColleagueStore
from kamdesk.storage import team
from kamdesk.storage.exchange import join, offer
from kamdesk.storage.namesake import point_elsewhere
from kamdesk.storage.storage import Storage
from kamdesk.sync import lease, tokens
from kamdesk.sync.online import Online
from kamdesk.sync.steps import forking
from kamdesk.sync.wire import routes
from kamdesk.sync.wire.invitation import Invitation
from kamdesk.sync.wire.routes import Enrol, Enrolled

USER: Final = "hub_user"
"""What the hub calls the user of this file."""
LEFT: Final = "hub_left"
"""The address of the hub this file left, where it may come back."""
AUTHORITY: Final = "hub_authority"
"""The private authority the user imported for the hub, as PEM."""


_LARGEST_AUTHORITY: Final = 256 * 1024


@dataclass(frozen=True, kw_only=True)
class Host:
    """A hub as it was seen: what it calls itself, and what its certificate's SHA-256 is (hex).

    ``pinned``: it was proved by the fingerprint of the invitation. ``authority``: by this private
    authority (PEM). Else the system's own store vouches for it.
    """

    url: str
    name: str
    fingerprint: str
    pinned: bool = False
    authority: str = ""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is needed to speak with the hub a file has joined; ``token``: where no keyring has it.

    ``pinned`` is the fingerprint that must be shown, "" for none.
    """

    url: str
    name: str
    pinned: str
    authority: str
    token: str


def line_to(url: str, *, pinned: str = "", authority: str = "", token: str = "") -> Online:
    """Return a line to a hub. Raises ``RuleBroken`` for an authority that is no certificate."""
    from kamdesk.https import Line, Trust

    try:
        return Online(Line(url, Trust(pinned=pinned, authority=authority)), token)
    except ValueError as error:
        raise _no_certificate() from error


def read_authority(path: Path) -> str:
    """Return the certificates (PEM) of a private authority in a file the user chose.

    Raises ``RuleBroken`` (field ``authority``) for anything else.
    """
    try:
        with path.open("rb") as file:
            words = file.read(_LARGEST_AUTHORITY + 1)
        found = words.decode("ascii")
        if len(words) <= _LARGEST_AUTHORITY and "BEGIN CERTIFICATE" in found:
            return found
    except (OSError, ValueError):
        pass
    raise _no_certificate()


def look(invitation: Invitation, authority: str = "") -> Host:
    """Return who answers at an invitation's address, without saying who asks.

    Takes up to half a minute. Raises ``HubTrouble``.
    """
    pinned = "" if authority else invitation.fingerprint or ""
    line = line_to(invitation.url, pinned=pinned, authority=authority)
    try:
        hello = line.hello()
        return Host(
            url=invitation.url,
            name=one_line(hello.name, longest=80) or invitation.hub,
            fingerprint=line.fingerprint,
            pinned=bool(pinned),
            authority=authority,
        )
    finally:
        line.close()


def ask_in(invitation: Invitation, host: Host, me: bytes | None, device: str = "") -> Enrolled:
    """Use the invitation up at the hub that was looked at and confirmed.

    ``device`` is how people call this computer, its own name when left out. Raises ``HubTrouble``.
    """
    pinned = host.fingerprint if host.pinned else ""
    line = line_to(host.url, pinned=pinned, authority=host.authority)
    called = one_line((device or platform.node())[:80]) or "KamDesk"
    try:
        asked = Enrol(secret=invitation.secret, device=called, me=me.hex() if me else None)
        return line.tell(routes.ENROL, asked, Enrolled)
    finally:
        line.close()


def settle_in(
    storage: Storage,
    host: Host,
    enrolled: Enrolled,
    *,
    token: str,
    accounts: Iterable[Id] | None,
) -> ChangeSet:
    """Let the file know its hub, its number and its user; what it offers goes into the outbox.

    ``token`` is what no keyring took (``tokens.keep``). Offered are the house and ``accounts``;
    None: all, also later ones. A file the hub no longer knows joins the same hub anew, under a
    number of its own. Raises ``RuleBroken`` for a file of another team.
    """
    _see_hub(storage, host.url)
    if again := bool(storage.number("dev")):
        see_same(storage, enrolled)
    touched = become(storage, ColleagueId(Id(bytes.fromhex(enrolled.me))))
    with storage.transaction():
        storage.keep(team.HUB_URL, host.url)
        storage.keep(team.HUB_NAME, one_line(enrolled.hub, longest=80))
        storage.keep(team.HUB_PRINT, host.fingerprint if host.pinned else "")
        storage.keep(AUTHORITY, host.authority)
        storage.keep(USER, one_line(enrolled.user, longest=80))
        storage.keep(team.TENANT, enrolled.tenant)
        lease.begin(storage, enrolled.lease)
    tokens.note(storage, token)
    if again:  # what the hub has of it stays under its number of old
        forking.take_number(storage, enrolled.dev)
        if accounts is not None:
            offer(storage, accounts)
    else:
        join(storage, enrolled.dev, accounts)
    return touched


def see_free(storage: Storage, url: str = "") -> None:
    """Raise ``RuleBroken`` unless this file may join a team: it never did, or is let in again.

    Ask before the invitation is used up: a file in good contact needs none.
    """
    _see_hub(storage, url)
    if team.joined(storage) and team.trouble(storage) is None:
        raise _other_team()


def _see_hub(storage: Storage, url: str) -> None:
    before = team.text(storage, team.HUB_URL) or team.text(storage, LEFT)
    if storage.number("dev") and before != url:
        raise _other_team()


def see_same(storage: Storage, enrolled: Enrolled) -> None:
    """Raise ``RuleBroken`` unless the hub that let this file in again is the one it was at."""
    if team.text(storage, team.TENANT) != enrolled.tenant:
        raise _other_team()


def let_in_again(invitation: Invitation, known: Known, me: bytes | None) -> tuple[Host, Enrolled]:
    """Use an invitation up at the very hub this file is in, which no longer knows it.

    Raises ``HubTrouble``; ``RuleBroken`` where it is not that hub, or shows another certificate.
    """
    if invitation.url != known.url:
        raise _other_team()
    host = look(invitation, known.authority)
    if known.pinned and host.fingerprint != known.pinned:
        raise RuleBroken(
            Text("The hub shows another certificate than before. Ask your administrator why."),
            field="invitation",
        )
    return host, ask_in(invitation, host, me)


def _no_certificate() -> RuleBroken:
    return RuleBroken(
        Text("This is no certificate. Choose the file your administrator gave you (PEM)."),
        field="authority",
    )


def _other_team() -> RuleBroken:
    return RuleBroken(
        Text(
            "This workspace belongs, or belonged, to a team already. Export what you need as a"
            " bundle, and import it into a new workspace that joins."
        ),
        field="invitation",
    )


def become(storage: Storage, me: ColleagueId) -> ChangeSet:
    """Make the user here the colleague the hub knows; records of the old one follow.

    What colleague that is comes with the first exchange, or ``introduce`` says it then.
    """
    before = storage.remembered("me")
    if before == me:
        return ChangeSet()
    with storage.change(Text("Join the team")) as change:
        if before is not None and point_elsewhere(storage, change, Id(before), me):
            change.drop(COLLEAGUE, Id(before))
        storage.keep("me", me)
    return change.touched


def introduce(storage: Storage) -> ChangeSet:
    """Give the user here a record as a colleague where nobody has, once the house was read."""
    me, name = storage.remembered("me"), team.text(storage, USER)
    if me is None or not name or ColleagueStore(storage.reader).find(me) is not None:
        return ChangeSet()
    with storage.change(Text("Join the team")) as change:
        change.put(COLLEAGUE, Colleague(id=ColleagueId(Id(me)), name=name))
    return change.touched


def known(storage: Storage) -> Known | None:
    """Return the hub this file has joined; None before, and after leaving."""
    if not team.joined(storage):
        return None
    return Known(
        url=team.text(storage, team.HUB_URL),
        name=team.text(storage, team.HUB_NAME),
        pinned=team.text(storage, team.HUB_PRINT),
        authority=team.text(storage, AUTHORITY),
        token=tokens.kept(storage),
    )
