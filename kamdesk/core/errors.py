"""Errors by who can put them right: the user, the disk, the network; anything else is a bug."""

from kamdesk.core.wording import Text


class Refusal(Exception):
    """Something was refused; ``said`` tells in plain words what and what to do."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.plain)
        self.said = said


class RuleBroken(Refusal):
    """The user can put it right. ``field`` names the field, ``record`` the record it concerns."""

    def __init__(
        self, said: Text, *, field: str | None = None, record: bytes | None = None
    ) -> None:
        super().__init__(said)
        self.field, self.record = field, record


class StorageTrouble(Refusal):
    """The disk or a file is in the way: full, read-only, damaged, locked, foreign."""


class HubTrouble(Refusal):
    """The network or a right at the hub is in the way."""


class Cancelled(Refusal):
    """The user stopped a long job; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(Text("Stopped. Nothing was changed."))
