"""The boxes of a keeper: one for each laptop it exchanges with by a folder, and its pairing."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from secrets import token_bytes
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from kamdesk.hub.hub import Hub
from kamdesk.hub.turn import writing
from kamdesk.sync.wire.folder import pairing
from kamdesk.sync.wire.folder.letters import Keys, Side
from kamdesk.sync.wire.folder.mailbox import Mailbox
from kamdesk.sync.wire.folder.pairing import Acceptance, Offer, Pair
from kamdesk.sync.wire.folder.phrase import key_under, new_phrase
from kamdesk.sync.wire.folder.posted import FromKeeper
from kamdesk.sync.wire.messages import said
from kamdesk.sync.wire.routes import Enrolled

METADATA: Final = MetaData()
BOX: Final = Table(
    "box",
    METADATA,
    Column("box", LargeBinary, primary_key=True),
    Column("user_", String, nullable=False),
    Column("whom", String, nullable=False),  # who was invited; then what the laptop is called
    Column("state", String, nullable=False),
    Column("until", BigInteger, nullable=False),  # milliseconds
    Column("phrase_key", LargeBinary),  # until it is paired
    Column("sign", LargeBinary, nullable=False),
    Column("agree", LargeBinary),  # until it is paired
    Column("theirs", LargeBinary),
    Column("secret", LargeBinary),
    Column("token", String, nullable=False, default=""),
    Column("welcome", String, nullable=False, default=""),  # its letter, until they first wrote
    Column("heard", BigInteger, nullable=False, default=0),  # the number of their last letter
    Column("sent", BigInteger, nullable=False, default=0),  # of our last one
    Column("said", String, nullable=False, default=""),  # what stood in it, hashed
    Column("seen", BigInteger, nullable=False, default=0),  # when they last wrote, as we saw it
)


class State(Enum):
    """How far a box is."""

    OPEN = "open"
    PAIRED = "paired"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A laptop the keeper exchanges with, or has invited. Times are milliseconds, 0: never."""

    box: bytes
    whom: str
    state: State
    until: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation that lies in the folder: what to type on the other laptop, until when (ms)."""

    box: bytes
    phrase: str
    until: int


class Boxes:
    """The boxes of one keeper. Calls with a folder raise ``OSError``."""

    def __init__(self, hub: Hub, let_in: Callable[[str, str, str | None], Enrolled]) -> None:
        self._hub, self._let_in = hub, let_in

    def all(self) -> list[Box]:
        """Return the laptops, in the order of their invitations' ends."""
        asked = select(BOX).order_by(BOX.c.until, BOX.c.box)
        with self._hub.engine.connect() as connection:
            rows = connection.execute(asked).all()
        return [
            Box(box=row.box, whom=row.whom, state=State(row.state), until=row.until, seen=row.seen)
            for row in rows
        ]

    def rows(self) -> list[Any]:
        """Return the boxes that can be served."""
        paired = select(BOX).where(BOX.c.state == State.PAIRED.value).order_by(BOX.c.box)
        with self._hub.engine.connect() as connection:
            return list(connection.execute(paired).all())

    def keep(self, box: bytes, **values: Any) -> None:
        """Remember something of a box."""
        with writing(self._hub.engine) as connection:
            connection.execute(update(BOX).where(BOX.c.box == box).values(**values))

    def invite(self, folder: Path, user: str, whom: str, keeper: str, *, own: bool) -> Invited:
        """Put an invitation for a user's laptop into a folder; return the phrase that opens it."""
        box, phrase, pair = token_bytes(16), new_phrase(), pairing.fresh()
        until = self._now() + pairing.HOURS * 3_600_000
        key = key_under(phrase, box)
        offer = Offer(keeper=keeper, whom=whom, own=own, until=until, **pair.public)
        pairing.put(pairing.invitation_at(folder, box), box, key, offer)
        with writing(self._hub.engine) as connection:
            connection.execute(
                insert(BOX).values(
                    box=box,
                    user_=user,
                    whom=whom,
                    state=State.OPEN.value,
                    until=until,
                    phrase_key=key,
                    sign=pair.sign,
                    agree=pair.agree,
                )
            )
        return Invited(box=box, phrase=phrase, until=until)

    def welcome(self, folder: Path) -> list[str]:
        """Let in whoever accepted an invitation in time; return what their laptops are called.

        An invitation holds once and for a day; then nothing of it is left but its name.
        """
        with self._hub.engine.connect() as connection:
            open_ = select(BOX).where(BOX.c.state == State.OPEN.value)
            rows = connection.execute(open_).all()
        return [name for row in rows if (name := self._pair(folder, row))]

    def device_of(self, box: bytes) -> int | None:
        """Return the device at the hub a box stands for; None before it is paired."""
        with self._hub.engine.connect() as connection:
            token = connection.execute(select(BOX.c.token).where(BOX.c.box == box)).scalar()
        return int(token.split("-")[1]) if token else None

    def drop(self, box: bytes, folder: Path | None = None) -> None:
        """Forget an invitation, or a laptop that was shut out; its invitation goes."""
        with writing(self._hub.engine) as connection:
            connection.execute(delete(BOX).where(BOX.c.box == box))
        if folder is not None:
            pairing.invitation_at(folder, box).unlink(missing_ok=True)

    def mailbox(self, folder: Path, row: Any) -> Mailbox:
        """Return a box's mailbox in a folder."""
        keys = Keys(own=row.sign, theirs=row.theirs, secret=row.secret)
        return Mailbox(folder, row.box, Side.KEEPER, keys)

    def _pair(self, folder: Path, row: Any) -> str | None:
        if row.until < self._now():
            pairing.invitation_at(folder, row.box).unlink(missing_ok=True)
            self.keep(row.box, state=State.EXPIRED.value, phrase_key=None, agree=None)
            return None
        path = pairing.acceptance_at(folder, row.box)
        found = pairing.get(path, row.box, row.phrase_key, Acceptance)
        pair = Pair(sign=row.sign, agree=row.agree)
        keys = pairing.agreed(pair, found, row.phrase_key, row.box) if found else None
        if found is None or keys is None:
            return None
        enrolled = self._let_in(row.user_, found.device, found.me)
        letter = said(FromKeeper(to=0, at=self._now(), welcome=enrolled))
        sent = Mailbox(folder, row.box, Side.KEEPER, keys).put(1, letter)
        self.keep(
            row.box,
            whom=found.device,
            state=State.PAIRED.value,
            phrase_key=None,
            agree=None,
            theirs=b64decode(found.sign),
            secret=keys.secret,
            token=enrolled.token,
            welcome=letter.decode(),
            sent=sent,
        )
        pairing.invitation_at(folder, row.box).unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        return found.device

    def _now(self) -> int:
        return self._hub.clock.now().ms
