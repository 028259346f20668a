"""Settings of the machine: declared once, kept in the config folder, readable before unlocking.

To add one: declare it below and put it into ``DECLARED``; the settings page shows it by itself.
"""

import contextlib
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar, cast

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.private import private_folder
from kamdesk.core.wording import Text

T = TypeVar("T")
Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]

_LARGEST = 1_048_576
_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


_COMPUTER: Final = Text("This computer")
_PAPERS: Final = Text("Papers")
_LOCK: Final = Text("Locking")


@dataclass(frozen=True, kw_only=True)
class Setting(Generic[T]):
    """One thing a user can choose: its key in the file, its default, its title.

    ``choices`` are the values allowed, with their words; ``least`` and ``most`` bound a number.
    ``help`` is said below the title, ``group`` is the heading it stands under. A setting without a
    title is remembered, not shown.
    """

    key: str
    default: T
    title: Text | None = None
    help: Text | None = None
    group: Text = _COMPUTER
    choices: tuple[tuple[T, Text], ...] = ()
    least: int = 0
    most: int = 0

    def accept(self, value: object) -> T:
        """Return ``value`` if this setting may have it; raises ``RuleBroken`` if not."""
        default: object = self.default
        fits = type(value) is type(default)
        if fits and isinstance(value, tuple):
            fits = all(isinstance(part, str) for part in value)
        if fits and self.choices:
            fits = any(value == choice for choice, _ in self.choices)
        if fits and self.most and isinstance(value, int):
            fits = self.least <= value <= self.most
        if not fits:
            raise RuleBroken(Text("“{value}” cannot be chosen here.", value=value), field=self.key)
        return cast(T, value)


LANGUAGE: Final = Setting(
    key="language",
    default="system",
    title=Text("Language"),
    help=Text("Of the window. Papers speak the language of their reader."),
    choices=(("system", Text("As the system")), ("en", Text("English")), ("zh", Text("中文"))),
)
THEME: Final = Setting(
    key="theme",
    default="system",
    title=Text("Appearance"),
    help=Text("Light or dark. Papers stay black on white."),
    choices=(
        ("system", Text("As the system")),
        ("light", Text("Light")),
        ("dark", Text("Dark")),
    ),
)
TEXT_SIZE: Final = Setting(
    key="text_size",
    default=100,
    title=Text("Text size"),
    help=Text("At 200 % the rail shows its icons alone."),
    choices=tuple((n, Text("{percent} %", percent=n)) for n in (100, 110, 125, 150, 175, 200)),
)
REDUCE_MOTION: Final = Setting(
    key="reduce_motion",
    default=False,
    title=Text("Reduce motion"),
    help=Text("Nothing slides or fades."),
    choices=((False, Text("Off")), (True, Text("On"))),
)
PAPER_LANGUAGE: Final = Setting(
    key="paper_language",
    default="window",
    title=Text("Language of new papers"),
    help=Text("What is proposed; each paper can be made for another reader."),
    group=_PAPERS,
    choices=(
        ("window", Text("As the window")),
        ("en", Text("English")),
        ("zh", Text("中文")),
        ("both", Text("Both")),
    ),
)
IDLE_LOCK: Final = Setting(
    key="idle_lock_minutes",
    default=15,
    title=Text("Lock when idle, minutes"),
    help=Text("Then all is closed and the passphrase asked. Ctrl+L at once."),
    group=_LOCK,
    least=1,
    most=240,
)
LAST_WORKSPACE: Final = Setting(key="last_workspace", default="")
RECENT_WORKSPACES: Final = Setting[tuple[str, ...]](key="recent_workspaces", default=())

AnySetting = Setting[str] | Setting[int] | Setting[bool] | Setting[tuple[str, ...]]

DECLARED: Final[tuple[AnySetting, ...]] = (
    LANGUAGE,
    THEME,
    TEXT_SIZE,
    REDUCE_MOTION,
    PAPER_LANGUAGE,
    IDLE_LOCK,
    LAST_WORKSPACE,
    RECENT_WORKSPACES,
)


def config_folder() -> Path:
    """Return the folder for settings of this user on this machine."""
    from platformdirs import user_config_path

    return user_config_path("KamDesk", appauthor=False)


def data_folder() -> Path:
    """Return the folder for this user's data on this machine."""
    from platformdirs import user_data_path

    return user_data_path("KamDesk", appauthor=False)


def demo_folder() -> Path:
    """Return where the demo territory is kept for the window."""
    return data_folder() / "demo"


class KeptFile:
    """A small JSON object in a private file: written whole or not at all.

    A file that cannot be read is renamed to ``….unreadable`` and reading starts afresh.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept_aside: Path | None = None

    def read(self) -> dict[str, Plain]:
        """Return what was kept; nothing when there is no file or it is damaged."""
        try:
            handle = os.open(self.path, _READING)
        except FileNotFoundError:
            return {}
        except OSError:
            return self._put_aside()
        try:
            with os.fdopen(handle, "rb") as file:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    return self._put_aside()
                raw = file.read(_LARGEST + 1)
            found = json.loads(raw) if len(raw) <= _LARGEST else None
        except (OSError, ValueError, RecursionError):
            return self._put_aside()
        return found if isinstance(found, dict) else self._put_aside()

    def write(self, values: dict[str, Plain]) -> None:
        """Keep ``values``; raises ``OSError`` when the disk does not allow it."""
        import secrets

        private_folder(self.path.parent)
        beside = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        try:
            with os.fdopen(os.open(beside, flags, 0o600), "wb") as file:
                file.write(json.dumps(values, ensure_ascii=False, indent=1).encode())
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        finally:
            beside.unlink(missing_ok=True)
        if os.name == "posix":  # a new name survives a power cut once its folder is synced
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _put_aside(self) -> dict[str, Plain]:
        aside = self.path.with_name(self.path.name + ".unreadable")
        with contextlib.suppress(OSError):
            self.path.replace(aside)
            self.kept_aside = aside
        return {}


class MachineSettings:
    """The settings of this user on this machine."""

    def __init__(self, folder: Path) -> None:
        self._file = KeptFile(folder / "settings.json")
        self._values = self._file.read()

    @property
    def kept_aside(self) -> Path | None:
        """Where an unreadable settings file was put, if there was one."""
        return self._file.kept_aside

    def get(self, setting: Setting[T]) -> T:
        """Return what was chosen, or the default."""
        value: object = self._values.get(setting.key, setting.default)
        if isinstance(value, list):
            value = tuple(value)
        try:
            return setting.accept(value)
        except RuleBroken:
            return setting.default

    def choose(self, setting: Setting[T], value: T) -> None:
        """Keep a choice; raises ``RuleBroken`` for a wrong one, ``StorageTrouble`` if not kept."""
        accepted: object = setting.accept(value)
        kept = cast(Plain, list(accepted) if isinstance(accepted, tuple) else accepted)
        if self._values.get(setting.key, setting) == kept:
            return
        self._values[setting.key] = kept
        try:
            self._file.write(self._values)
        except OSError as trouble:
            raise StorageTrouble(
                Text("Your settings could not be kept: {why}.", why=trouble.strerror or "?")
            ) from trouble

    def opened(self, workspace: Path) -> None:
        """Remember a workspace as the last one opened, first among the recent ones."""
        path = str(workspace)
        others = [recent for recent in self.get(RECENT_WORKSPACES) if recent != path]
        self.choose(LAST_WORKSPACE, path)
        self.choose(RECENT_WORKSPACES, (path, *others[:9]))


class Remembered:
    """What the window remembers by itself: its place, widths of columns. Never worth a message."""

    def __init__(self, folder: Path | None) -> None:
        """``folder`` None: remembers only until the program ends."""
        self._file = KeptFile(folder / "window.json") if folder else None
        self._values = self._file.read() if self._file else {}
        self._dirty = False

    def get(self, key: str) -> Plain:
        """Return what was remembered under ``key``, or None."""
        return self._values.get(key)

    def put(self, key: str, value: Plain) -> None:
        """Remember ``value``; ``save`` writes it."""
        if self._values.get(key) != value:
            self._values[key] = value
            self._dirty = True

    def save(self) -> None:
        """Write what changed; a disk that refuses is not worth a message."""
        if self._dirty and self._file:
            with contextlib.suppress(OSError):
                self._file.write(self._values)
                self._dirty = False
