"""Somebody nobody knew sits at a visit: the person and the seat are saved as one action."""

from dataclasses import replace
from typing import Final, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.text.clean import one_line
from kamdesk.core.text.names import is_chinese
from kamdesk.core.wording import Text
from kamdesk.domain.people.service import People
from kamdesk.domain.visits.model import Attendee, Side, Visit
from kamdesk.domain.visits.store import ATTENDEE
from kamdesk.storage.storage import Storage

_DEPARTMENTS: Final = ("部", "处", "科", "中心", "室", "局", "司", "车间")
_DEPARTMENT_WORDS: Final = ("department", "dept", "dept.", "office", "division", "team")


class Stranger(NamedTuple):
    """A person in one line: 王强 采购部 经理."""

    name: str
    department: str = ""
    title: str = ""


def read_stranger(line: str) -> Stranger:
    """Return name, department and post of a line; what is no department is the post.

    A Chinese name is its first word; of others the words before a comma, or all of them.
    """
    text = " ".join(line.replace("，", ",").replace("·", ",").split()).strip(" ,")
    if is_chinese(text):
        name, *rest = text.replace(",", " ").split()
    else:
        name, *rest = [part.strip() for part in text.split(",") if part.strip()] or [""]
    department = next((word for word in rest if _is_department(word)), "")
    title = " ".join(word for word in rest if word != department)
    return Stranger(name, department, title)


def seat_stranger(storage: Storage, people: People, visit: Visit, stranger: Stranger) -> ChangeSet:
    """Add a person to the customer's file and to the visit. Raises ``RuleBroken`` at the field."""
    person = replace(
        people.new(one_line(stranger.name, field="who"), visit.account),
        department=stranger.department,
    )
    with storage.change(Text("Add to the visit")) as change:
        people.put_new(change, person, title=stranger.title)
        change.put(ATTENDEE, Attendee.at(visit, person.id, Side.THEIRS))
    return change.touched


def _is_department(word: str) -> bool:
    return word.endswith(_DEPARTMENTS) or any(
        part in _DEPARTMENT_WORDS for part in word.casefold().split()
    )
