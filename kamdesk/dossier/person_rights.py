"""What a person may ask of us: all that is held, to be left alone, to be forgotten."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import Id, PersonId
from kamdesk.core.memos import forget_memos
from kamdesk.core.steps import Steps, unheard
from kamdesk.domain.people.store import PERSON, PersonStore
from kamdesk.domain.visits.store import VisitStore
from kamdesk.dossier.person_file import PersonFile, person_file, same_human
from kamdesk.dossier.retention import ToReview, to_review
from kamdesk.storage import mentions
from kamdesk.storage.concerning import concerning, stored
from kamdesk.storage.erasing import Erased, erase, sweep
from kamdesk.storage.scrubbing import naming
from kamdesk.storage.storage import Storage

_DAYS: Final = ("time", "day", "value", "since", "due")
"""Cells that hold the day a text is about."""
_EVERY: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text of somebody else's in which the person's name stands, and its day."""

    kind: str
    record: Id
    cell: str
    day: Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What an erasure would take: records by kind; those that stay and lose the name; notes.

    ``notes`` are texts with the whole name; ``visits`` those they sat at with notes, which may
    speak of them by a short form: somebody has to read them. ``elsewhere`` are records of the same
    human, which are not erased with this one.
    """

    name: str
    about: Mapping[str, int]
    naming: Mapping[str, int]
    notes: tuple[Note, ...]
    visits: tuple[Note, ...]
    elsewhere: tuple[PersonId, ...]


class Rights:
    """Answers for what is held on people. ``folder`` is the workspace's, None in memory."""

    def __init__(self, storage: Storage, folder: Path | None) -> None:
        self._storage, self._folder = storage, folder

    def file(self, person: PersonId) -> PersonFile:
        """Return all that is held on a person. Raises ``LookupError``."""
        return person_file(self._storage, person)

    def look(self, person: PersonId) -> Erasure:
        """Return what erasing a person would take. Raises ``LookupError``."""
        own = [person, *self._merged(person)]
        found = concerning(self._storage, own)
        about = frozenset(one.record for one in found if one.about)
        pattern = naming(mentions.names_of(self._storage, PERSON, Id(person)))
        notes = mentions.mentions(self._storage, pattern, without=about) if pattern else []
        return Erasure(
            name=PersonStore(self._storage.reader).get(person).name,
            about=Counter(one.kind.name for one in found if one.about),
            naming=Counter(one.kind.name for one in found if not one.about),
            notes=tuple(self._note(one) for one in notes),
            visits=self._sat_at(person),
            elsewhere=tuple(one for one in same_human(self._storage, person) if one not in own),
        )

    def erase(self, person: PersonId, *, notes: bool = False) -> Erased:
        """Erase a person for good, with ``notes`` their name in others' texts too.

        Raises ``RuleBroken`` for somebody erased already, ``StorageTrouble``.
        """
        merged = [
            erase(self._storage, PERSON, Id(one), texts=notes) for one in self._merged(person)
        ]
        done = erase(self._storage, PERSON, Id(person), texts=notes)
        records = sum((Counter(one.records) for one in merged), Counter(done.records))
        done = replace(done, records=records, texts=done.texts + sum(m.texts for m in merged))
        swept = sweep(self._storage, self._folder)
        forget_memos(but="kamdesk.desktop")  # the window's are pictures and fonts
        return replace(done, swept=swept)

    def review(self, step: Steps = unheard) -> list[ToReview]:
        """Return whom the file keeps too long; ``step`` is told how far it is."""
        return to_review(self._storage, step)

    def _merged(self, person: PersonId) -> list[PersonId]:
        """Return the records that went into this one and are not erased yet: they go with it."""
        return PersonStore(self._storage.reader).merged_into(person)

    def _sat_at(self, person: PersonId) -> tuple[Note, ...]:
        """Return the visits a person sat at of which something was written down, oldest first."""
        store = VisitStore(self._storage.reader)
        every = [store.get(line.id) for line in store.of_person(person, limit=_EVERY)]
        return tuple(
            Note(
                kind="visit",
                record=Id(visit.id),
                cell="said",
                day=visit.start.day if visit.start else None,
            )
            for visit in reversed(every)
            if visit.said or visit.outcome
        )

    def _note(self, one: mentions.Mention) -> Note:
        found = stored(self._storage, self._storage.catalogue[one.kind], one.record)
        days = [found.cells.get(cell) for cell in _DAYS] if found else []
        texts = [part for day in days for part in (day if isinstance(day, tuple) else (day,))]
        day = next((d for text in texts if isinstance(text, str) and (d := _day(text))), None)
        return Note(kind=one.kind, record=one.record, cell=one.cell, day=day)


def _day(text: str) -> Day | None:
    try:
        return Day.fromisoformat(text[:10])
    except ValueError:
        return None
