"""A file kept with a customer: its name, its size, and the digest of what is in it. Rules only."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, FileId, PersonId, VisitId
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text

MIB: Final = 1024 * 1024
LARGEST: Final = 50 * MIB
"""Bytes one file may have: everything lies in the workspace, and in each of its backups."""
LONGEST_FILE_NAME: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """One of them. ``digest`` is the SHA-256 of its content; ``about`` a person it tells of."""

    id: FileId
    account: AccountId
    name: str
    size: int = 0
    digest: bytes = b""
    visit: VisitId | None = None
    about: PersonId | None = None

    def checked(self) -> "KeptFile":
        """Return this file with a name any system takes. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self)
        name = "".join("-" if sign in '/\\:*?"<>|' else sign for sign in neat.name).lstrip(". ")
        if not name:
            raise RuleBroken(Text("Give the file a name."), field="name")
        if len(name) > LONGEST_FILE_NAME:
            raise RuleBroken(
                Text("A file name has at most {most} characters.", most=LONGEST_FILE_NAME),
                field="name",
            )
        return replace(neat, name=name)

    @property
    def ending(self) -> str:
        """What its name ends with, as ``.pdf``: short, plain letters; empty for anything else."""
        _, dot, end = self.name.rpartition(".")
        return f".{end.lower()}" if dot and end.isascii() and end.isalnum() and len(end) < 9 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file that is to be kept: its name and its content."""

    name: str
    data: bytes

    @property
    def digest(self) -> bytes:
        """The SHA-256 of its content."""
        return sha256(self.data).digest()


def renamed(old: str, typed: str) -> str:
    """Return the name typed with the ending the file had, where none was typed."""
    stem, dot, end = old.rpartition(".")
    if not dot or not stem or "." in typed.strip(". "):
        return typed
    return f"{typed}.{end}"
