"""Where a hub lives: a folder with its settings, its certificate and, on SQLite, its database."""

import os
import tomllib
from dataclasses import asdict, dataclass
from json import dumps
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.private import private_folder
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.hub import certificates
from kamdesk.hub.bounds import GB, MB, Bounds
from kamdesk.sync.wire.invitation import LONGEST_NAME, hub_url

SETTINGS: Final = "hub.toml"
DATABASE: Final = "hub.db"
PORT: Final = 8443
_HERE: Final = ("127.0.0.1", "localhost")
IN_PLACE: Final = "KAMDESK_HUB_DATABASE"
"""Names the database in the environment, before the one in the settings: it may hold a secret."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What ``hub init`` was told.

    ``url``: where desks find the hub. ``listen``: ``address:port`` of this machine. ``database``:
    for SQLAlchemy, "" for SQLite in the folder. ``tls``: speak it itself, with the certificate in
    the folder; without it a proxy does. ``own``: that certificate is the hub's own, so invitations
    carry its fingerprint. The rest is how much it takes (see ``Bounds``), in the unit it names.
    """

    name: str
    url: str
    listen: str
    database: str = ""
    tls: bool = True
    own: bool = True
    files_gb: int = 100
    files_each_gb: int = 10
    a_day_mb: int = 500
    spare_gb: int = 1

    @property
    def bounds(self) -> Bounds:
        """How much it takes. Raises ``ValueError`` for what is no such number."""
        said = (self.files_gb, self.files_each_gb, self.a_day_mb, self.spare_gb)
        if any(type(one) is not int or one < 0 for one in said):
            raise ValueError("no number")
        return Bounds(
            files=self.files_gb * GB,
            files_each=self.files_each_gb * GB,
            a_day=self.a_day_mb * MB,
            spare=self.spare_gb * GB,
        )


@dataclass(frozen=True, kw_only=True)
class Place:
    """A hub's folder, with its settings."""

    folder: Path
    settings: Settings

    @property
    def database(self) -> str:
        """Return the address of the database."""
        told = os.environ.get(IN_PLACE) or self.settings.database
        return told or f"sqlite:///{self.folder / DATABASE}"

    @property
    def certificate(self) -> Path:
        """The file with the certificate, and those above it."""
        return self.folder / certificates.CERTIFICATE

    @property
    def key(self) -> Path:
        """The file with the certificate's key."""
        return self.folder / certificates.KEY

    @property
    def fingerprint(self) -> str | None:
        """What invitations carry: None where the desks' own trust store knows the hub."""
        if not (self.settings.tls and self.settings.own):
            return None
        try:
            return certificates.fingerprint(self.certificate)
        except (OSError, ValueError) as error:
            raise StorageTrouble(
                Text("The hub's certificate {file} cannot be read.", file=str(self.certificate))
            ) from error

    @property
    def listens(self) -> tuple[str, int]:
        """Return the address and port of this machine."""
        return listening(self.settings.listen)


def make(folder: Path, settings: Settings) -> Place:
    """Make the folder of a hub. Raises ``RuleBroken`` where there is one, ``StorageTrouble``."""
    listening(settings.listen)
    if (folder / SETTINGS).exists():
        raise RuleBroken(Text("There is a hub in {folder} already.", folder=str(folder)))
    lines = [f"{name} = {dumps(value)}\n" for name, value in asdict(settings).items()]
    try:
        private_folder(folder)
        if settings.tls and settings.own:
            certificates.make(folder, _hosts(settings))
        if not (settings.database or os.environ.get(IN_PLACE)):
            _write(folder / DATABASE, "")  # before SQLite makes it for everybody to read
        _write(folder / SETTINGS, "".join(lines))
    except OSError as error:
        raise StorageTrouble(
            Text("No hub can be made in {folder}: {why}.", folder=str(folder), why=_why(error))
        ) from error
    return Place(folder=folder, settings=settings)


def find(folder: Path) -> Place:
    """Return the hub in a folder. Raises ``RuleBroken`` where there is none."""
    try:
        said = tomllib.loads((folder / SETTINGS).read_text("utf-8"))
        settings = Settings(**said)
        hub_url(settings.url)
        listening(settings.listen)
        _ = settings.bounds
    except FileNotFoundError as error:
        raise RuleBroken(
            Text("There is no hub in {folder}. Make one: kamdesk hub init", folder=str(folder))
        ) from error
    except (OSError, TypeError, ValueError, RuleBroken) as error:
        raise RuleBroken(
            Text("The settings {file} cannot be read.", file=str(folder / SETTINGS))
        ) from error
    return Place(folder=folder, settings=settings)


def listening(words: str) -> tuple[str, int]:
    """Return address and port of ``address:port``. Raises ``RuleBroken`` for anything else."""
    host, _, port = words.rpartition(":")
    if not host or not port.isascii() or not port.isdecimal() or not 0 < int(port) < 65536:
        raise RuleBroken(
            Text("“{words}” is no address to listen on; 0.0.0.0:8443 is one.", words=words),
            field="listen",
        )
    return host.strip("[]"), int(port)


def usual_listen(url: str, *, behind_proxy: bool) -> str:
    """Return where a hub that desks find at ``url`` listens, unless somebody says otherwise.

    Behind a proxy, and where it is found on this machine only, nobody else reaches it.
    """
    found = urlsplit(url)
    if behind_proxy:
        return f"127.0.0.1:{PORT}"
    port = found.port or PORT
    return f"127.0.0.1:{port}" if found.hostname in _HERE else f"0.0.0.0:{port}"


def named(words: str) -> str:
    """Return a hub's name as it is kept. Raises ``RuleBroken`` for none or a long one."""
    name = one_line(words, longest=LONGEST_NAME, field="name")
    if not name:
        raise RuleBroken(Text("A hub needs a name."), field="name")
    return name


def _write(path: Path, content: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
        file.write(content)


def _hosts(settings: Settings) -> list[str]:
    host = urlsplit(settings.url).hostname or ""
    return list(dict.fromkeys([host, "localhost", "127.0.0.1"]))


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
