"""All that happened at a customer while one was away, also what a brief says in other places."""

from collections.abc import Iterator, Mapping

from kamdesk.core.basis import Basis
from kamdesk.core.clock import Day
from kamdesk.core.ids import Id, PersonId
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_words
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import ROLE_WORDS, Role
from kamdesk.domain.chain.standing import What
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import KIND_WORDS, Visit
from kamdesk.domain.visits.store import VisitStore
from kamdesk.dossier.customer_file import CustomerFile
from kamdesk.dossier.since import Changed, changes
from kamdesk.dossier.told import field_words
from kamdesk.storage.database import Reader


def meanwhile(
    file: CustomerFile, reader: Reader, bases: Mapping[str, Basis], *, since: Day
) -> list[Changed]:
    """Return what happened after ``since``, newest first; ``bases`` is what its values stand on.

    Beside what changed: visits of colleagues, who was met for the first time, promises made,
    roles and influence, values that were found out.
    """
    held = {Id(v.id): v for v in file.held_before(None) if v.start and v.start.day > since}
    found = [*changes(file, since=since), *_made(file, held)]
    if held:
        found += [*_held(file, reader, held), *_met(file, reader, held)]
    found += _judged(file, since)
    found += [
        Changed(basis.as_of, Text("Noted: {field}", field=field_words("account", cell)), cell=cell)
        for cell, basis in bases.items()
        if basis.as_of and since < basis.as_of <= file.day
    ]
    return sorted(found, key=lambda change: change.on, reverse=True)


def _day(visit: Visit) -> Day:
    return visit.start.day if visit.start else Day.min


def _held(file: CustomerFile, reader: Reader, held: Mapping[Id, Visit]) -> Iterator[Changed]:
    ours = VisitStore(reader).ours_at(file.account.id)
    for visit in held.values():
        names = [name for who in ours.get(visit.id, ()) if (name := file.name_of(who))]
        kind, topic = KIND_WORDS[visit.kind], visit.topic
        what: Text | str = Text("{kind}: {topic}", kind=kind, topic=topic) if topic else kind
        if names:
            what = Text("{who}, {what}", who=tuple(names), what=what)
        yield Changed(_day(visit), what, visit=visit.id)


def _met(file: CustomerFile, reader: Reader, held: Mapping[Id, Visit]) -> Iterator[Changed]:
    for who, first in VisitStore(reader).first_met(file.account.id, before=file.at).items():
        if (visit := held.get(first)) and PersonId(who) in file.people:
            what = Text("First met: {name}", name=file.name_of(who))
            yield Changed(_day(visit), what, who=who)


def _made(file: CustomerFile, held: Mapping[Id, Visit]) -> Iterator[Changed]:
    for promise in file.promises:
        visit = held.get(promise.visit) if promise.visit else None
        if visit is None:
            continue
        ours, what = promise.side is PromiseSide.OURS, promise.words
        said = Text("We promised: {what}", what=what)
        if not ours:
            said = Text("They promised: {what}", what=what)
        yield Changed(_day(visit), said, who=promise.person, visit=visit.id)


def _judged(file: CustomerFile, since: Day) -> Iterator[Changed]:
    before: dict[tuple[Id, What], str] = {}
    for reading in file.readings:
        if reading.what not in (What.ROLES, What.INFLUENCE):
            continue
        who = reading.subject
        old, new = before.get((who, reading.what), ""), reading.value
        before[who, reading.what] = new
        if reading.valid_from > since and new != old and PersonId(who) in file.people:
            what = _moved(file.name_of(who), reading.what, old, new)
            yield Changed(reading.valid_from, what, Privacy.OPINION, who, reading.source)


def _moved(name: str, what: What, old: str, new: str) -> Text:
    if what is What.ROLES:
        if not new:
            return Text("{name} has no role any more", name=name)
        roles = tuple(ROLE_WORDS[role] for role in read_words(Role, new))
        return Text("{name} on the decision chain: {roles}", name=name, roles=roles)
    if old and new:
        return Text("{name}: influence {before} → {after}", name=name, before=old, after=new)
    return Text("{name}: influence {after}", name=name, after=new or "–")
