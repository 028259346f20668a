"""Found customers and people as hits: with their titles and what of them matched."""

from collections.abc import Iterator
from typing import Any

from kamdesk.core.ids import AccountId, Id
from kamdesk.search.fields import ACCOUNTS, PEOPLE, Group
from kamdesk.search.hits import Hit, How
from kamdesk.search.keys import name_units, spaced
from kamdesk.search.ranking import Ranked
from kamdesk.storage.database import Reader

_ACCOUNTS = """
SELECT id, name AS n, short_name AS s, other_names AS o, number AS i, credit_code AS c,
       stock_code AS k, phone AS p, coalesce(short_name, name) AS called
FROM accounts WHERE NOT gone AND id IN"""
_PEOPLE = """
SELECT p.id, p.name AS n, p.form_of_address AS f, s.post AS t, p.department AS d,
       coalesce(a.short_name, a.name) AS w, p.account
FROM people p
LEFT JOIN person_standing s ON s.id = p.id
LEFT JOIN accounts a ON a.id = p.account
WHERE p.shown AND NOT coalesce(a.gone, 0) AND p.id IN"""


def account_hits(reader: Reader, found: list[Ranked]) -> list[Hit]:
    """Return found customers as hits, in their order."""
    return [
        _hit(ACCOUNTS, one, row, AccountId(Id(row["id"])), row["called"] or "")
        for one, row in _rows(reader, _ACCOUNTS, found)
    ]


def person_hits(reader: Reader, found: list[Ranked]) -> list[Hit]:
    """Return found people as hits, in their order; nobody of a deleted customer."""
    return [
        _hit(PEOPLE, one, row, row["account"], row["w"] or "")
        for one, row in _rows(reader, _PEOPLE, found)
    ]


def _rows(reader: Reader, sql: str, found: list[Ranked]) -> Iterator[tuple[Ranked, Any]]:
    if found:
        marks = ",".join("?" * len(found))
        rows = reader.ask(f"{sql} ({marks})", *(one.record for one in found))
        by_id = {row["id"]: row for row in rows}
        for one in found:
            if one.record in by_id:
                yield one, by_id[one.record]


def _hit(group: Group, one: Ranked, row: Any, account: AccountId | None, account_name: str) -> Hit:
    grade = one.grade
    field = group.field(grade.line.tag)
    matched = grade.shown
    if grade.how not in (How.SPELLING, How.INITIALS):
        matched = _said(row, field.tag, grade.line.text) or grade.shown or grade.line.text
    return Hit(
        kind=group.kind,
        id=Id(one.record),
        title=row["n"] or "",
        matched=matched,
        where=field.where,
        how=grade.how,
        account=account,
        account_name=account_name,
        privacy=field.privacy,
        score=one.score,
    )


def _said(row: Any, tag: str, text: str) -> str:
    """Return the record's own words for what stands in a line of the index."""
    if tag not in row.keys():  # noqa: SIM118 - a sqlite row is no mapping
        return ""
    said = str(row[tag] or "")
    if "\n" not in said:
        return said
    parts = said.split("\n")
    return next((part for part in parts if spaced(name_units(part)) == text), said)
