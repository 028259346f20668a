"""What a user does with a week: accept a proposal, put a visit back, unpin it, make it firm."""

from collections.abc import Collection
from dataclasses import replace

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import VisitId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.visits.model import Attendee, Firmness, Side, Visit, VisitState
from kamdesk.domain.visits.store import ATTENDEE, VISIT, VisitStore
from kamdesk.domain.week.model import Bond, Placed, Proposal
from kamdesk.dossier.week_read import WeekItem, WeekRead, What
from kamdesk.dossier.week_standing import visits_of
from kamdesk.storage.change import Change, Seen
from kamdesk.storage.storage import Storage


def accept(
    storage: Storage,
    read: WeekRead,
    proposal: Proposal,
    *,
    pins: Collection[bytes] = (),
    seen: Seen | None = None,
) -> ChangeSet:
    """Write a proposal into the week as one action: new visits, and loose ones where they moved.

    What is in ``pins`` is pinned there, everything else new stays ours to move. A loose visit that
    the proposal left out is put back. Raises ``RuleBroken`` when a visit was changed or planned
    meanwhile or its time is over, so that the proposal no longer holds, or when there is nothing
    to write.
    """
    days, items = read.planned_days, read.items
    with storage.change(Text("Accept the week"), seen=seen) as change:
        _check_due(storage, read, proposal)
        wrote = False
        for at, plan in enumerate(proposal.days):
            for placed in plan.stops:
                item = items.get(placed.key)
                if item is None or item.what is What.APPOINTMENT:
                    continue
                start = _moment(days[at], placed, read.now.zone)
                firm = Firmness.PINNED if placed.key in pins else None
                if item.visit is None:
                    _check_ahead(storage, item, start)
                    _plan(storage, change, read, item, start, firm or Firmness.LOOSE)
                    wrote = True
                elif item.bond in (Bond.LOOSE, Bond.PINNED):
                    wrote |= _moved(storage, change, item, start, firm)
        for left in proposal.left_out:
            item = items.get(left.key)
            if item and item.visit and item.bond is Bond.LOOSE:
                _put_back(storage, change, _open(storage, item.visit, item.name))
                wrote = True
        if not wrote:
            raise RuleBroken(Text("The week is already as proposed."))
    return change.touched


def put_back(storage: Storage, visit: VisitId, *, seen: Seen) -> ChangeSet:
    """Take a planned visit out of the week: its customer is due again and may be proposed.

    A visit with nothing written but its time goes; one somebody prepared stays, as dropped.
    """
    with storage.change(Text("Put the visit back"), seen=seen) as change:
        _put_back(storage, change, _open(storage, visit, ""))
    return change.touched


def unpin(storage: Storage, visit: VisitId, *, seen: Seen) -> ChangeSet:
    """Let the next proposal move a visit again."""
    return _set(storage, Text("Unpin the visit"), visit, Firmness.LOOSE, seen)


def make_firm(storage: Storage, visit: VisitId, *, seen: Seen) -> ChangeSet:
    """Say that the customer agreed to a visit as it stands."""
    return _set(storage, Text("Agree the visit"), visit, Firmness.AGREED, seen)


def _set(storage: Storage, name: Text, visit: VisitId, firmness: Firmness, seen: Seen) -> ChangeSet:
    before = _open(storage, visit, "")
    with storage.change(name, seen=seen) as change:
        change.put(VISIT, replace(before, firmness=firmness), base=before)
    return change.touched


def _check_due(storage: Storage, read: WeekRead, proposal: Proposal) -> None:
    """Raise ``RuleBroken`` where a customer to be planned is gone, or has a visit by now."""
    items = read.items
    due = [
        item
        for plan in proposal.days
        for placed in plan.stops
        if (item := items.get(placed.key)) and item.what is What.DUE
    ]
    if not due:
        return
    days = len(read.days)
    standing = visits_of(storage.reader, read.monday, days, me=read.me, now=read.now)
    planned = {one.account for one in standing if one.key not in items}
    accounts = AccountStore(storage.reader)
    for item in due:
        if item.account is None or accounts.find(item.account) is None:
            raise RuleBroken(Text("{name} is gone meanwhile: propose again.", name=item.name))
        if item.account in planned:
            raise RuleBroken(Text("{name} was planned meanwhile: propose again.", name=item.name))


def _check_ahead(storage: Storage, item: WeekItem, start: Instant) -> None:
    """Raise ``RuleBroken`` where something would be planned for a time that is over."""
    if start.ms < storage.clock.now().ms:
        raise RuleBroken(
            Text("The time proposed for {name} is over: propose again.", name=item.name)
        )


def _moment(day: Day, placed: Placed, zone: str) -> Instant:
    return Instant.at(day, placed.begins // 60, placed.begins % 60, zone=zone)


def _plan(
    storage: Storage,
    change: Change,
    read: WeekRead,
    item: WeekItem,
    start: Instant,
    firmness: Firmness,
) -> None:
    """Write a new visit at a customer who is due, with who is due there and oneself."""
    assert item.account is not None  # noqa: S101  (who is due is a customer)
    visit = Visit(
        id=VisitId(storage.new_id()),
        account=item.account,
        site=item.site,
        start=start,
        minutes=item.minutes,
        kind=item.kind,
        firmness=firmness,
    )
    change.put(VISIT, visit.checked())
    for person in item.people:
        change.put(ATTENDEE, Attendee.at(visit, person, Side.THEIRS))
    if read.me:
        change.put(ATTENDEE, Attendee.at(visit, read.me, Side.OURS))


def _moved(
    storage: Storage, change: Change, item: WeekItem, start: Instant, firm: Firmness | None
) -> bool:
    """Move a visit of ours and pin it, as far as that changes anything; say whether it did."""
    assert item.visit is not None  # noqa: S101  (asked for visits only)
    before = _open(storage, item.visit, item.name)
    after = replace(before, firmness=firm or before.firmness)
    if before.start is None or before.start.ms != start.ms:
        _check_ahead(storage, item, start)
        after = after.moved(start)
    if after == before:
        return False
    change.put(VISIT, after, base=before)
    return True


def _put_back(storage: Storage, change: Change, visit: Visit) -> None:
    if _is_bare(visit):
        for attendee in VisitStore(storage.reader).attendees(visit.id):
            change.drop(ATTENDEE, attendee.id)
        change.drop(VISIT, visit.id)
    else:
        change.put(VISIT, visit.dropped(), base=visit)


def _is_bare(visit: Visit) -> bool:
    """True when nobody wrote anything about a visit but when, where and with whom."""
    plain = Visit(
        id=visit.id,
        account=visit.account,
        site=visit.site,
        start=visit.start,
        minutes=visit.minutes,
        kind=visit.kind,
        firmness=visit.firmness,
    )
    return visit == plain


def _open(storage: Storage, visit: VisitId, name: str) -> Visit:
    """Return a visit that is still planned. Raises ``RuleBroken`` for any other."""
    found = VisitStore(storage.reader).find(visit)
    if found is None or found.state is not VisitState.PLANNED:
        raise RuleBroken(
            Text("The visit at {name} was changed meanwhile: propose again.", name=name)
            if name
            else Text("Only a planned visit can be moved.")
        )
    return found
