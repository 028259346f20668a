"""A keyring in memory."""

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class MemoryRing(KeyringBackend):
    """Keeps secrets as long as it lives."""

    priority = 1  # type: ignore[assignment]  # keyring declares a property of the class

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Return a secret, or None."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret; raises ``PasswordDeleteError`` for one it does not keep."""
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("no such secret")
