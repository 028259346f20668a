"""A round with the hub this file has joined: the engine over https, the token, the lease."""

from collections.abc import Callable
from contextlib import suppress

from kamdesk.storage.keys import KeyRing
from kamdesk.sync import contents_again, joining, leaving, tokens
from kamdesk.sync.desk import Desk, Progress, Round
from kamdesk.sync.engine import Engine
from kamdesk.sync.leaving import Removed
from kamdesk.sync.online import Online
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.running import Stopped


class HubRounds:
    """Does the rounds of one file, on one thread; the file is touched only through ``desk``.

    ``done`` hears of each round, ``removed`` of what went because this device was shut out.
    """

    def __init__(
        self,
        desk: Desk,
        ring: KeyRing,
        workspace: str,
        *,
        done: Callable[[Round], None] = lambda _: None,
        removed: Callable[[Removed], None] = lambda _: None,
        tell: Callable[[Progress], None] | None = None,
    ) -> None:
        self._desk, self._ring, self._workspace = desk, ring, workspace
        self._done, self._removed, self._tell = done, removed, tell
        self._line: Online | None = None
        self._engine: Engine | None = None
        self._over = False

    def round(self, wait: int) -> bool:
        """Exchange once; return whether anything went either way. Raises ``HubTrouble``."""
        line, engine = self._ready()
        try:
            round_ = engine.round(wait=wait)
        except HubTrouble as trouble:
            if trouble.cause is Cause.REVOKED:
                self._removed(leaving.shut_out(self._desk, self._ring, self._workspace))
            raise
        self._desk.do(joining.introduce)
        contents_again.send_lacking(self._desk, line)
        if self._desk.do(tokens.is_old):
            with suppress(HubTrouble):  # what was exchanged is exchanged; then next time
                self._renew(line)
        self._done(round_)
        return bool(round_.pushed or round_.pulled)

    def hang_up(self, *, for_good: bool = False) -> None:
        """Cut off what is being asked; callable on any thread."""
        self._over = self._over or for_good
        if self._line is not None:
            self._line.hang_up(for_good=for_good)

    def close(self) -> None:
        """Let go of the line."""
        if self._line is not None:
            self._line.close()

    def _ready(self) -> tuple[Online, Engine]:
        if self._line is None or self._engine is None:
            if self._desk.do(leaving.is_under_way):
                self._removed(leaving.go_on(self._desk, self._ring, self._workspace))
            known = self._desk.do(joining.known)
            if known is None or self._over:
                raise Stopped
            token = tokens.found(self._ring, self._workspace, known.token)
            self._line = joining.line_to(
                known.url, pinned=known.pinned, authority=known.authority, token=token
            )
            if self._over:  # it ended while the line was being made
                raise Stopped
            self._engine = Engine(self._desk, self._line, self._tell)
        return self._line, self._engine

    def _renew(self, line: Online) -> None:
        """Change the token for a fresh one: kept first, then used. The old one works until then."""
        token = line.fresh_token()
        kept = tokens.keep(self._ring, self._workspace, token)
        self._desk.do(lambda storage: tokens.note(storage, kept))
        line.use(token)
