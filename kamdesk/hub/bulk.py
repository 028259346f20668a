"""Many at once: rows by COPY where the database has it, values of a question as one array."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    String,
    Table,
    any_,
    bindparam,
    column,
    func,
    select,
)


def insert(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Any]) -> None:
    """Insert rows, each a tuple of the columns ``names``; the others get their defaults."""
    if not rows:
        return
    fixed = [c for c in table.columns if c.name not in names and not c.nullable]
    rest = tuple(c.default.arg for c in fixed)  # type: ignore[union-attr]
    quoted = ", ".join(f'"{name}"' for name in (*names, *(c.name for c in fixed)))
    if connection.dialect.driver == "psycopg":
        driver: Any = connection.connection
        with (
            driver.cursor() as cursor,
            cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copy,
        ):
            for row in rows:
                copy.write_row(row + rest)
        return
    marks = ", ".join("?" * (len(names) + len(fixed)))
    connection.exec_driver_sql(
        f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})',  # noqa: S608  (names of ours)
        [row + rest for row in rows],
    )


def among(connection: Connection, where: Column[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Return that a column is one of many values, which are passed as one array.

    A join, or a parameter for each, takes the databases longer by far.
    """
    listed = list(values)
    if connection.dialect.name == "sqlite":
        packed = msgspec.json.encode(listed).decode()
        return where.in_(select(column("value")).select_from(func.json_each(packed)))
    kind = BigInteger if isinstance(where.type, BigInteger) else String
    return where == any_(bindparam(None, listed, ARRAY(kind), unique=True))
