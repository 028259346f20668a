"""One connection to the encrypted file: keyed, set up, asked, and its troubles in plain words."""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlcipher3
from sqlcipher3 import dbapi2

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text

sys.modules.setdefault("pysqlite3", sqlcipher3)  # sqlite_utils then shares our error classes
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

Row = Any
"""A row: values by index and by column name (``sqlcipher3.Row``)."""
Connection = Any
DatabaseError: Final = dbapi2.DatabaseError
IntegrityError: Final = dbapi2.IntegrityError

_KEY = re.compile(r"[0-9a-f]{64}\Z")
_SALT = re.compile(r"[0-9a-f]{32}\Z")
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "busy_timeout = 5000",
    "temp_store = MEMORY",
    "cache_size = -16384",
    "journal_size_limit = 67108864",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "secure_delete = ON",
)


_DAMAGED: Final = Text("The workspace file is damaged. Nothing was changed; restore a backup.")
_READ_ONLY: Final = Text("The workspace cannot be written: the disk or the folder is read-only.")


class WrongKey(StorageTrouble):
    """The key does not open the file, or the file's first page is damaged."""


class Corrupt(StorageTrouble):
    """SQLite met a page that says nothing sensible: the file is damaged."""


def connect(
    path: Path, key: str, salt: str, *, readonly: bool = False, create: bool = False
) -> Connection:
    """Return a connection to the encrypted file at ``path``, which exists unless ``create``.

    ``key`` is 64, ``salt`` 32 lower-case hex digits. Raises ``WrongKey``, ``Corrupt`` or
    another ``StorageTrouble``.
    """
    if not _KEY.match(key) or not _SALT.match(salt):
        raise ValueError("a key is 64 and a salt 32 lower-case hex digits")
    mode = "ro" if readonly else "rwc" if create else "rw"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    if readonly and not os.access(path.parent, os.W_OK):
        uri += _lying_still(path)
    with trouble():
        connection = dbapi2.connect(uri, uri=True, isolation_level=None, cached_statements=256)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key}{salt}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for pragma in _PRAGMAS:
                if not (readonly and pragma.startswith(("journal_mode", "synchronous"))):
                    connection.execute("PRAGMA " + pragma).fetchall()
            if readonly:
                connection.execute("PRAGMA query_only = ON")
        except UnicodeDecodeError as error:  # what SQLite quotes of a damaged schema is no text
            connection.close()
            raise Corrupt(_DAMAGED) from error
        except BaseException:
            connection.close()
            raise
    connection.row_factory = dbapi2.Row
    return connection


def _lying_still(path: Path) -> str:
    """Return how to read a file where nothing can be written beside it.

    Raises ``StorageTrouble`` while its last changes stand only in the log beside it.
    """
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise StorageTrouble(_READ_ONLY)
    return "&immutable=1"


@contextmanager
def trouble() -> Iterator[None]:
    """Turn the driver's errors into ``StorageTrouble`` in plain words."""
    try:
        yield
    except dbapi2.IntegrityError:
        raise
    except dbapi2.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        if name == "SQLITE_NOTADB":
            raise WrongKey(Text("The key does not open this workspace.")) from error
        said = _said(name)
        if said is None:
            raise
        kind = Corrupt if name.startswith("SQLITE_CORRUPT") else StorageTrouble
        raise kind(said) from error


def _said(name: str) -> Text | None:
    if name.startswith("SQLITE_FULL"):
        return Text("The disk is full: nothing was saved. Make room and do it again.")
    if name.startswith("SQLITE_READONLY"):
        return _READ_ONLY
    if name.startswith("SQLITE_BUSY"):
        return Text("Another program holds the workspace file. Close it and try again.")
    if name.startswith("SQLITE_CORRUPT"):
        return _DAMAGED
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return Text("The disk did not read or write the workspace file. Check disk and folder.")
    return None


class Rows(list[Row]):
    """The answer to a question: a list of rows."""

    def one(self) -> Row:
        """Return the only row; raises ``LookupError`` when there is none."""
        if not self:
            raise LookupError("no such record")
        return self[0]

    def first(self) -> Row | None:
        """Return the first row, or None."""
        return self[0] if self else None

    def value(self) -> Any:
        """Return the first column of the first row, or None."""
        return self[0][0] if self else None

    def column(self) -> list[Any]:
        """Return the first column."""
        return [row[0] for row in self]


_AT_ONCE: Final = 500
"""So many records one question names."""


class Reader:
    """Asks questions of the file; never writes."""

    def __init__(self, connection: Connection) -> None:
        self._execute = connection.execute

    def ask(self, sql: str, *values: object) -> Rows:
        """Return all rows of one SELECT. Raises ``StorageTrouble``."""
        with trouble():
            return Rows(self._execute(sql, values))

    def of_each(self, sql: str, ids: Iterable[bytes], *values: object) -> Iterator[Row]:
        """Yield the rows of a SELECT about very many, asked for some hundreds at a time.

        ``sql`` names them by ``{marks}``, before any of the other ``values``.
        """
        every = list(ids)
        for at in range(0, len(every), _AT_ONCE):
            some = every[at : at + _AT_ONCE]
            yield from self.ask(sql.format(marks=",".join("?" * len(some))), *some, *values)
