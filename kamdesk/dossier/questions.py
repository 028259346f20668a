"""Questions worth asking at a visit: each tied to a gap of this file, none that fits anybody."""

import tomllib
from functools import cache
from typing import NamedTuple

from kamdesk.assets import asset
from kamdesk.core.ids import PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Role
from kamdesk.dossier.customer_file import CustomerFile
from kamdesk.dossier.unsaid import Gap

MOST = 5


class Proposed(NamedTuple):
    """A question, the gap it would close, and whom to ask."""

    words: str
    reason: Text
    person: PersonId | None


class _Standard(NamedTuple):
    role: Role | None
    gap: str
    words: dict[str, str]


@cache
def _standard() -> tuple[_Standard, ...]:
    with asset("playbook", "questions.toml").open("rb") as file:
        entries = tomllib.load(file)["question"]
    return tuple(
        _Standard(
            Role(entry["role"]) if entry["role"] else None,
            entry["gap"],
            {"en": entry["en"], "zh": entry["zh"]},
        )
        for entry in entries
    )


def questions(
    file: CustomerFile, gaps: list[Gap], *, language: str, most: int = MOST
) -> list[Proposed]:
    """Return at most ``most`` questions for the gaps, weightiest first, one a gap.

    A question is taken from the standard ones of the person's role (``field_book.md`` 6.3) where
    its gap is open in this file, and names the person or the body it is about.
    """
    chosen: list[Proposed] = []
    asked: dict[PersonId | None, int] = {}
    used: list[_Standard] = []
    for gap in gaps:
        fitting = [
            standard
            for standard in _standard()
            if standard.gap == gap.key and standard.role in (gap.role, None)
        ]
        fitting.sort(key=lambda standard: standard.role is None)
        if not fitting or fitting[0] in used or asked.get(gap.person, 0) >= 2:
            continue
        used.append(fitting[0])
        asked[gap.person] = asked.get(gap.person, 0) + 1
        words = (
            fitting[0]
            .words[language if language == "en" else "zh"]
            .format(
                name=file.people[gap.person].name if gap.person else "",
                account=file.account.called,
                body=gap.said.values.get("name", ""),
            )
        )
        chosen.append(Proposed(words, gap.said, gap.person))
        if len(chosen) == most:
            break
    return chosen
