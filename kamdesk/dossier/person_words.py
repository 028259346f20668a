"""A person's dossier as it is handed over: words for the reader, and the same as plain data."""

from collections.abc import Iterator
from typing import Any, Final

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text, say
from kamdesk.domain.chain.bonds import BOND_WORDS
from kamdesk.domain.chain.model import TIE_WORDS
from kamdesk.domain.chain.standing import SURENESS_WORDS, WHAT_WORDS
from kamdesk.domain.people.model import NEED_LEVEL_WORDS, NEED_STATE_WORDS
from kamdesk.dossier.person_file import Held, PersonFile
from kamdesk.dossier.told import field_words, value_words
from kamdesk.storage.catalogue import CellValue

KINDS: Final = {
    "person": Text("The person"),
    "way": Text("Ways of contact"),
    "holding": Text("Posts held"),
    "need": Text("Needs"),
    "seat": Text("Places on a map"),
    "body": Text("Deciding bodies"),
    "reading": Text("Judgements"),
    "tie": Text("Ties to others"),
    "visit": Text("Visits they receive as host"),
    "attendee": Text("Seats at visits"),
    "fact": Text("What was learnt"),
    "promise": Text("Promises they answer for"),
    "agreement": Text("What was agreed on how often to meet them"),
    "pause": Text("Pauses of contact with them"),
    "access_plan": Text("Plans to meet them"),
    "access_step": Text("Steps of plans to meet them"),
    "verdict": Text("Words on warnings about them"),
    "file": Text("Files that tell of them"),
    "known_as": Text("Keys in other systems"),
    "not_same": Text("Others they are not"),
}
"""The parts of a dossier, by kind of record."""
_CELLS: Final = {
    ("person", "same_as"): Text("the same person elsewhere"),
    ("not_same", "pair"): Text("two, not one"),
    ("holding", "held"): Text("post"),
    ("attendee", "seat"): Text("visit and person"),
    ("attendee", "point"): Text("our point with them"),
    ("attendee", "part"): Text("part"),
    ("reading", "about"): Text("judgement"),
    ("reading", "evidence"): Text("evidence"),
    ("tie", "joins"): Text("tie"),
    ("tie", "bond"): Text("what joins them"),
    ("known_as", "known"): Text("key"),
    ("promise", "owner"): Text("who answers for it"),
}
_CHOICES: Final[dict[tuple[str, str], Any]] = {
    ("need", "level"): NEED_LEVEL_WORDS,
    ("need", "state"): NEED_STATE_WORDS,
    ("reading", "about"): WHAT_WORDS,
    ("reading", "evidence"): SURENESS_WORDS,
    ("tie", "joins"): TIE_WORDS,
    ("tie", "bond"): BOND_WORDS,
}


class Dossier:
    """Says a person's file in one language."""

    def __init__(self, file: PersonFile, language: str) -> None:
        self._file, self._language = file, language
        own = {file.person, *file.same}
        mine = [held for held in file.records if held.id in own]
        self._own = own | {held.cells["account"] for held in mine if "account" in held.cells}

    def data(self) -> dict[str, Any]:
        """Return the file as plain data: stored values, and each in words beside them."""
        file = self._file
        return {
            "person": file.person.hex(),
            "name": file.name,
            "made": str(file.made),
            "same_person_elsewhere": [one.hex() for one in file.same],
            "records": [self._record(held) for held in file.records],
            "visits_attended": [self._record(held) for held in file.attended],
        }

    def text(self) -> str:
        """Return the file as a page of plain text."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        file = self._file
        yield self._say(Text("What is held on {name}", name=file.name))
        yield self._say(Text("As of {day}. Other people are named by their post only.",
                             day=f"{file.made.local:%Y-%m-%d %H:%M}"))  # fmt: skip
        yield ""
        for kind, title in KINDS.items():
            own = [held for held in file.records if held.kind == kind]
            if own:
                yield from self._part(title, own)
        rest = [held for held in file.records if held.kind not in KINDS]
        if rest:
            yield from self._part(Text("Other records"), rest)
        if file.attended:
            yield from self._part(Text("Visits at which they sat"), list(file.attended))

    def _part(self, title: Text, records: list[Held]) -> Iterator[str]:
        yield f"## {self._say(title)}"
        for held in records:
            yield ""
            for cell, value in held.cells.items():
                if (words := self._value(held.kind, cell, value)) and not self._goes_without(
                    held, value
                ):
                    yield f"{self._cell(held.kind, cell)}: {words}"
            if held.gone:
                yield self._say(Text("(deleted; it can be restored)"))
            changed = [line for line in held.history if line.before]
            for line in changed:
                yield "  " + self._say(
                    Text(
                        "{day} {who}: {field} was “{before}”",
                        day=f"{line.at.local:%Y-%m-%d %H:%M}" if line.at else "?",
                        who=self._named(Id(line.by)) if line.by else "?",
                        field=self._cell(line.kind, line.cell),
                        before=self._value(line.kind, line.cell, line.before),
                    )
                )
        yield ""

    def _goes_without(self, held: Held, value: CellValue) -> bool:
        """True for what stands in every record alike: the person themselves and their customer."""
        return held.kind != "person" and isinstance(value, bytes) and value in self._own

    def _record(self, held: Held) -> dict[str, Any]:
        return {
            "kind": held.kind,
            "id": held.id.hex(),
            "about_the_person": held.about,
            "deleted": held.gone,
            "cells": {
                cell: {
                    "title": self._cell(held.kind, cell),
                    "value": _plain(value),
                    "words": self._value(held.kind, cell, value),
                }
                for cell, value in held.cells.items()
            },
            "history": [
                {
                    "cell": line.cell,
                    "before": self._value(line.kind, line.cell, line.before),
                    "after": self._value(line.kind, line.cell, line.after),
                    "action": self._say(line.name),
                    "at": str(line.at) if line.at else None,
                    "by": self._named(Id(line.by)) if line.by else None,
                }
                for line in held.history
            ],
        }

    def _cell(self, kind: str, cell: str) -> str:
        return self._say(_CELLS.get((kind, cell)) or field_words(kind, cell))

    def _value(self, kind: str, cell: str, value: CellValue) -> str:
        choices = _CHOICES.get((kind, cell), {})
        if choices and value == 1:
            return "✓"
        if isinstance(value, tuple) and choices:
            parts = [self._value(kind, cell, part) for part in value]
            return " · ".join(filter(None, parts))
        if value in choices:
            return self._say(choices[value])
        return value_words(kind, cell, value, called=self._named, said=self._say)

    def _named(self, record: Id) -> str:
        return self._say(self._file.called.get(record, ""))

    def _say(self, text: Text | str) -> str:
        return say(text, self._language)


def _plain(value: CellValue) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return [_plain(part) for part in value] if isinstance(value, tuple) else value
