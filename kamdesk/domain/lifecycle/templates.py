"""The standing tasks of each phase as they are shipped (``resources/playbook/lifecycle.toml``)."""

import tomllib
from functools import cache

from kamdesk.assets import asset
from kamdesk.core.stored import read_word
from kamdesk.core.wording import OwnWords
from kamdesk.domain.lifecycle.phase import Phase
from kamdesk.domain.lifecycle.task import EvidenceSort
from kamdesk.domain.lifecycle.template import Template


@cache
def templates() -> tuple[Template, ...]:
    """Return all standing tasks, in the order of the phases."""
    text = asset("playbook", "lifecycle.toml").read_text(encoding="utf-8")
    return tuple(_template(entry) for entry in tomllib.loads(text)["task"])


def of_phase(phase: Phase) -> tuple[Template, ...]:
    """Return the standing tasks of a phase; one that is lost has those of a dormant one."""
    meant = Phase.DORMANT if phase is Phase.LOST else phase
    return tuple(one for one in templates() if one.phase is meant)


def template(key: str) -> Template | None:
    """Return a standing task by its key; None for one of a newer program."""
    return next((one for one in templates() if one.key == key), None)


def _template(entry: dict[str, str | int]) -> Template:
    def words(prefix: str = "") -> OwnWords:
        return OwnWords({lang: str(entry[prefix + lang]) for lang in ("en", "zh")})

    return Template(
        key=str(entry["key"]),
        phase=Phase(str(entry["phase"])),
        title=words(),
        evidence=words("evidence_"),
        who=tuple(str(entry["who"]).split()),
        due=int(entry["due"]) if "due" in entry else None,
        every=int(entry.get("every", 0)),
        until=int(entry["until"]) if "until" in entry else None,
        when=words("when_") if "when_en" in entry else None,
        shown_by=read_word(EvidenceSort, str(entry.get("shown_by", "")), None),
    )
