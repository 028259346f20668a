"""Writes down what a workspace asks its file, and how SQLite says it would look for it."""

import re
from collections.abc import Callable

from kamdesk.workspace import Workspace

_NAMED = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?", re.IGNORECASE)
_SCAN = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?(?=$)")
_NO_ALIAS = frozenset({"where", "on", "order", "left", "join", "set", "group", "limit", "values"})
_NOT_ASKED = ("--", "BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


def statements(desk: Workspace, work: Callable[[], object]) -> list[str]:
    """Return the statements a piece of work runs, with their values; none of FTS5's own."""
    said: list[str] = []
    connection = desk.storage.connection
    connection.set_trace_callback(said.append)
    try:
        work()
    finally:
        connection.set_trace_callback(None)
    return [statement for statement in said if not statement.startswith(_NOT_ASKED)]


def scans(desk: Workspace, statement: str) -> list[str]:
    """Return the tables of which a statement reads every row: ``people``, ``visits by its_index``.

    A full-text table is never read whole: it is asked for words or for one row.
    """
    called = {
        table if alias.lower() in _NO_ALIAS else alias or table: table
        for table, alias in _NAMED.findall(statement)
    }
    execute = desk.storage.connection.execute
    schema = execute("PRAGMA schema_version").fetchone()[0]  # else a kept plan is shown again
    plan = execute(f"EXPLAIN QUERY PLAN {statement} -- {schema}").fetchall()
    found = [match for row in plan for match in _SCAN.findall(row[3])]
    return [called.get(name, name) + (f" by {index}" if index else "") for name, index in found]
