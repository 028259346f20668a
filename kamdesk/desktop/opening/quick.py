"""Coming back by a PIN: for one session, three tries long, after the passphrase was proved."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from kamdesk.core.wording import Text
from kamdesk.storage.pin import LASTS, Pin, Sealed, is_pin, kept_pin

if TYPE_CHECKING:
    from kamdesk.desktop.program import Program
    from kamdesk.desktop.workbench import Workbench
    from kamdesk.workspace import Workspace


class Quick:
    """The PIN of the open workspace, and when the passphrase was last proved."""

    def __init__(self, program: "Program") -> None:
        self._program = program
        self._pin: Pin | None = None
        self._proved = time.time()

    def learn(self, bench: "Workbench[Workspace]") -> None:
        """Ask the workspace for its PIN."""
        bench.ask(None, lambda desk: kept_pin(desk.storage), self.have)

    def have(self, pin: Pin | None) -> None:
        """Take this PIN for the workspace's."""
        self._pin = pin

    def proved(self) -> None:
        """The passphrase was typed: the PIN lasts anew."""
        self._proved = time.time()

    def sealed(self) -> Sealed | None:
        """Return the key of the open workspace under its PIN; None where there is no PIN."""
        from kamdesk.storage import key_file

        program, until = self._program, self._proved + LASTS
        if self._pin is None or time.time() >= until:
            return None
        key = program.keys.get(key_file.read(program.folder).workspace)
        return Sealed(self._pin, key, until=until) if key else None

    def try_pin(
        self,
        owner: QObject,
        sealed: Sealed | None,
        secret: str,
        right: Callable[[str], object],
        wrong: Callable[[], object],
    ) -> None:
        """Call ``right`` with the key a PIN gives back, else ``wrong``: perhaps the passphrase."""
        if sealed is None or not sealed.works or not is_pin(secret):
            wrong()
            return
        self._program.behind(
            owner, lambda _verbs: sealed.key(secret), lambda key: right(key) if key else wrong()
        )


def wrong_words(sealed: Sealed | None) -> Text:
    """Return what is said of a secret that neither as PIN nor as passphrase fits."""
    if sealed is None:
        return Text("That passphrase does not open this workspace.")
    if not sealed.works:
        return Text("That is not it. From now on only the passphrase opens.")
    return Text(
        "That is not it. {n} more PIN may be tried, then only the passphrase opens.",
        "That is not it. {n} more PINs may be tried, then only the passphrase opens.",
        n=sealed.left,
    )
