"""What one record of each kind is called, where lists of many kinds name it."""

from collections.abc import Collection
from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.storage.database import Reader

_RECORD: Final = Text("record")
KIND_WORDS: Final = {
    "colleague": Text("colleague"),
    "own_field": Text("own field"),
    "account": Text("customer"),
    "site": Text("site"),
    "person": Text("person"),
    "way": Text("way of contact"),
    "post": Text("post"),
    "reporting": Text("line of reporting"),
    "holding": Text("holder of a post"),
    "need": Text("need"),
    "opportunity": Text("opportunity"),
    "map": Text("decision map"),
    "group": Text("department on a map"),
    "seat": Text("seat on a map"),
    "body": Text("deciding body"),
    "reading": Text("judgement"),
    "tie": Text("relation"),
    "visit": Text("visit"),
    "attendee": Text("attendee"),
    "fact": Text("fact"),
    "promise": Text("promise"),
    "agreement": Text("agreement on how often"),
    "pause": Text("pause of contacts"),
    "task": Text("standing task"),
    "access_plan": Text("executive plan"),
    "access_step": Text("step of an executive plan"),
    "year_list": Text("holiday list"),
    "absence": Text("absence"),
    "file": Text("file"),
    "known_as": Text("key of another system"),
    "pack": Text("pack of rules"),
    "pack_choice": Text("choice of a pack of rules"),
    "verdict": Text("word on a warning"),
    "not_same": Text("pair that is not the same"),
}
"""Kinds that are exchanged."""


def kind_words(kind: str) -> Text:
    """Return what a record of a kind is called; a kind unknown here is a record."""
    return KIND_WORDS.get(kind, _RECORD)


def days_of_visits(reader: Reader, records: Collection[bytes]) -> dict[bytes, Instant]:
    """Return when visits are, of those among ``records``."""
    rows = reader.of_each("SELECT id, start FROM visits WHERE id IN ({marks})", records)
    found = ((row[0], Instant.read(row[1])) for row in rows)
    return {visit: start for visit, start in found if start is not None}
