"""Pairing with a keeper by a folder and a code phrase: look, confirm, accept, be welcomed.

Looking gives nothing away; accepting writes the answer into the folder and the keys into the
file; the file joins when the keeper's welcome lies there.
"""

import json
import platform
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.ids import Id
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.storage import team
from kamdesk.storage.storage import Storage
from kamdesk.sync import joining
from kamdesk.sync.joining import Host
from kamdesk.sync.wire.folder import pairing
from kamdesk.sync.wire.folder.letters import Keys, Side
from kamdesk.sync.wire.folder.mailbox import Mailbox
from kamdesk.sync.wire.folder.pairing import Acceptance, Offer
from kamdesk.sync.wire.folder.phrase import key_under, read_phrase
from kamdesk.sync.wire.folder.posted import FromKeeper, read_letter
from kamdesk.sync.wire.routes import Enrolled
from kamdesk.sync.wire.strict import Garbled

BY_FOLDER: Final = team.BY_FOLDER
"""What a file's ``hub_url`` begins with that exchanges by a folder; the box's number follows."""
KEEPER: Final = "keeper:"
"""The ``hub_url`` of the file whose computer keeps the log."""
PAIRED: Final = "folder_pair"
"""What a file remembers of its box."""
_TRIED: Final = 8
"""Invitations of one folder a phrase is tried on: each costs a tenth of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The invitation a phrase opened: whose it is, for whom, and until when (milliseconds)."""

    box: bytes
    keeper: str
    whom: str
    own: bool
    until: int
    phrase_key: bytes = field(repr=False)
    offer: Offer = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """The box of a file: its keys, what the keeper is called, and what it offers on joining."""

    box: bytes
    keeper: str
    keys: Keys
    accounts: tuple[Id, ...] | None

    def mailbox(self, folder: Path) -> Mailbox:
        """Return the box in a folder."""
        return Mailbox(folder, self.box, Side.DESK, self.keys)


def look(folder: Path, typed: str, now: int) -> Found:
    """Return the invitation in a folder that a phrase opens. Takes up to a second.

    ``now`` in milliseconds. Raises ``RuleBroken`` (``phrase``, ``folder``), ``StorageTrouble``.
    """
    phrase = read_phrase(typed)
    try:
        boxes = pairing.boxes_in(folder)[:_TRIED]
        if not boxes:
            raise RuleBroken(_NOT_HERE, field="folder")
        for box in boxes:
            key = key_under(phrase, box)
            offer = pairing.get(pairing.invitation_at(folder, box), box, key, Offer)
            if offer is not None:
                return _found(box, offer, key, now)
    except OSError as error:
        raise unreadable(folder) from error
    raise RuleBroken(_OTHER_PHRASE, field="phrase")


def accept(
    storage: Storage,
    folder: Path,
    found: Found,
    *,
    accounts: Sequence[Id] | None,
    device: str = "",
) -> None:
    """Answer an invitation: from now on this file belongs to the keeper's box.

    Offered are the house and ``accounts`` (None: all, also later ones), once the keeper has let
    it in. Raises ``RuleBroken`` for a file that has joined, and when somebody answered already.
    """
    joining.see_free(storage, f"{BY_FOLDER}{found.box.hex()}")
    pair, me = pairing.fresh(), storage.remembered("me")
    keys = pairing.agreed(pair, found.offer, found.phrase_key, found.box)
    if keys is None:
        raise RuleBroken(_OTHER_PHRASE, field="phrase")
    called = one_line((device or platform.node())[:80]) or "KamDesk"
    answer = Acceptance(device=called, me=me.hex() if me else None, **pair.public)
    try:
        path = pairing.acceptance_at(folder, found.box)
        pairing.put(path, found.box, found.phrase_key, answer)
    except FileExistsError as error:
        raise RuleBroken(_ANSWERED, field="phrase") from error
    except OSError as error:
        raise unreadable(folder) from error
    kept = {
        "box": found.box.hex(),
        "keeper": found.keeper,
        "own": keys.own.hex(),
        "theirs": keys.theirs.hex(),
        "secret": keys.secret.hex(),
        "accounts": None if accounts is None else [account.hex() for account in accounts],
    }
    storage.remember(PAIRED, json.dumps(kept))


def paired(storage: Storage) -> Paired | None:
    """Return the box of this file; None for a file without one."""
    kept = team.text(storage, PAIRED)
    if not kept:
        return None
    said = json.loads(kept)
    accounts = said["accounts"]
    return Paired(
        box=bytes.fromhex(said["box"]),
        keeper=said["keeper"],
        keys=Keys(**{name: bytes.fromhex(said[name]) for name in ("own", "theirs", "secret")}),
        accounts=None if accounts is None else tuple(Id(bytes.fromhex(one)) for one in accounts),
    )


def by_folder(storage: Storage) -> bool:
    """Return whether this file exchanges by a folder: as a keeper, or with one."""
    return team.text(storage, team.HUB_URL).startswith((BY_FOLDER, KEEPER)) or bool(
        team.text(storage, PAIRED)
    )


def welcomed(storage: Storage, folder: Path, own: Paired) -> ChangeSet | None:
    """Join if the keeper's welcome lies in the folder; return what it touched, None for not yet.

    Raises ``StorageTrouble``.
    """
    box = own.mailbox(folder)
    try:
        for _, body in box.newest():
            enrolled = _welcome(body)
            if enrolled is not None:
                host = Host(url=f"{BY_FOLDER}{own.box.hex()}", name=own.keeper, fingerprint="")
                said = msgspec.structs.replace(enrolled, hub=own.keeper)
                return joining.settle_in(storage, host, said, token="", accounts=own.accounts)
    except OSError as error:
        raise unreadable(folder) from error
    return None


def settle_keeper(storage: Storage, enrolled: Enrolled, accounts: Sequence[Id] | None) -> ChangeSet:
    """Let the file of the computer that keeps the log know so; it offers itself all, or some."""
    host = Host(url=KEEPER, name=enrolled.hub, fingerprint="")
    return joining.settle_in(storage, host, enrolled, token=enrolled.token, accounts=accounts)


def give_up(storage: Storage) -> None:
    """Forget an invitation that was accepted and not answered yet; nothing once it was."""
    if not storage.number("dev"):
        storage.remember(PAIRED, "")


def _welcome(body: bytes) -> Enrolled | None:
    try:
        return read_letter(body, FromKeeper).welcome
    except Garbled:
        return None


def _found(box: bytes, offer: Offer, key: bytes, now: int) -> Found:
    if offer.until < now:
        raise RuleBroken(_TOO_OLD, field="phrase")
    if len(b64decode(offer.sign)) != len(b64decode(offer.agree)):
        raise RuleBroken(_OTHER_PHRASE, field="phrase")
    return Found(
        box=box,
        keeper=one_line(offer.keeper, longest=80),
        whom=one_line(offer.whom, longest=80),
        own=offer.own,
        until=offer.until,
        phrase_key=key,
        offer=offer,
    )


def unreadable(folder: Path) -> StorageTrouble:
    """Return what to say of a folder that cannot be read or written."""
    return StorageTrouble(
        Text(
            "The folder {folder} cannot be read or written. Plug the stick in, or start the program"
            " that keeps the folder in step.",
            folder=str(folder),
        )
    )


_NOT_HERE: Final = Text(
    "No invitation lies in this folder. Choose the folder the other laptop put it in; a cloud may"
    " need a minute to bring it."
)
_OTHER_PHRASE: Final = Text(
    "The code phrase opens no invitation in this folder. Compare it with the other laptop's."
)
_TOO_OLD: Final = Text("The invitation is too old. Invite once more on the other laptop.")
_ANSWERED: Final = Text(
    "Somebody answered this invitation already: it holds once. Invite once more on the other"
    " laptop."
)
