"""What changed at a customer since one last sat there: dated lines, newest first."""

from typing import NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import ColleagueId, Id, PersonId
from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.domain.chain.standing import STANCE_WORDS, What
from kamdesk.domain.promises.model import Promise, PromiseSide, PromiseState
from kamdesk.domain.visits.model import Visit
from kamdesk.domain.visits.store import VisitStore
from kamdesk.dossier.customer_file import CustomerFile
from kamdesk.storage.database import Reader


class Changed(NamedTuple):
    """One change: its day, what happened, how private it is; whom, which visit, what cell of the
    customer it concerns.
    """

    on: Day
    what: Text | str
    privacy: Privacy = Privacy.BUSINESS
    who: Id | None = None
    visit: Id | None = None
    cell: str = ""


def last_here(
    file: CustomerFile, reader: Reader, me: ColleagueId | None, before: Visit | None
) -> Visit | None:
    """Return the last visit at which ``me`` really sat; without me, anybody's last."""
    held = file.held_before(before)
    if me is not None and held:
        ours = VisitStore(reader).ours_at(file.account.id)
        mine = next((visit for visit in held if me in ours.get(visit.id, ())), None)
        return mine or held[0]
    return held[0] if held else None


def changes(file: CustomerFile, *, since: Day) -> list[Changed]:
    """Return what changed after ``since``: people moved, stances, facts, promises settled."""
    found = [*_moves(file, since), *_promises(file, since)]
    found += [
        Changed(fact.day, fact.words, Privacy.BUSINESS, fact.about, fact.visit)
        for fact in file.facts
        if fact.day > since
    ]
    found += _stances(file, since)
    return sorted(found, key=lambda change: change.on, reverse=True)


def _moves(file: CustomerFile, since: Day) -> list[Changed]:
    posts = {post.id: post.title for post in file.posts if post.title}
    found = []
    for holding in file.holdings:
        name, title = file.name_of(holding.person), posts.get(holding.post, "")
        if not (name and title):
            continue
        if holding.since and since < holding.since <= file.day:
            found.append(
                Changed(
                    holding.since,
                    Text("{name} is now {post}", name=name, post=title),
                    who=holding.person,
                )
            )
        if holding.until and since < holding.until <= file.day:
            found.append(
                Changed(
                    holding.until,
                    Text("{name} left the post of {post}", name=name, post=title),
                    who=holding.person,
                )
            )
    return found


def _promises(file: CustomerFile, since: Day) -> list[Changed]:
    found = []
    for promise in file.promises:
        words = _settled(promise)
        if words and promise.settled_on and since < promise.settled_on <= file.day:
            found.append(Changed(promise.settled_on, words, who=promise.person))
    return found


def _settled(promise: Promise) -> Text | None:
    what, ours = promise.words, promise.side is PromiseSide.OURS
    if promise.state is PromiseState.KEPT:
        return Text("We kept: {what}", what=what) if ours else Text("They kept: {what}", what=what)
    if promise.state is PromiseState.BROKEN:
        if ours:
            return Text("We broke: {what}", what=what)
        return Text("They broke: {what}", what=what)
    return None


def _stances(file: CustomerFile, since: Day) -> list[Changed]:
    before: dict[Id, str] = {}
    found = []
    for reading in file.readings:
        if reading.what is not What.STANCE or PersonId(reading.subject) not in file.people:
            continue
        old = before.get(reading.subject)
        before[reading.subject] = reading.value
        if reading.valid_from > since and reading.value != (old or ""):
            found.append(
                Changed(
                    reading.valid_from,
                    Text(
                        "{name}: {before} → {after}",
                        name=file.name_of(reading.subject),
                        before=STANCE_WORDS[int(old) if old else None],
                        after=STANCE_WORDS[int(reading.value) if reading.value else None],
                    ),
                    Privacy.OPINION,
                    reading.subject,
                    reading.source,
                )
            )
    return found
