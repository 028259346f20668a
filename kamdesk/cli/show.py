"""One record in full: a customer, a person or a visit."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import click

from kamdesk.cli import pick
from kamdesk.cli.session import Session
from kamdesk.cli.sheets import Sheet
from kamdesk.cli.spoken import command
from kamdesk.cli.tasks import phase_data
from kamdesk.core.ids import AccountId, Id, PersonId, VisitId
from kamdesk.core.money import Money
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import CLASS_WORDS, ORGANISATION_WORDS
from kamdesk.domain.lifecycle.phase import PHASE_WORDS
from kamdesk.domain.own_fields.model import Of
from kamdesk.domain.people.model import BASIS_WORDS, CHANNEL_WORDS, NEED_LEVEL_WORDS, Person
from kamdesk.domain.promises.model import PROMISE_STATE_WORDS, SIDE_WORDS, Promise
from kamdesk.domain.visits.model import ATMOSPHERE_WORDS, KIND_WORDS, STATE_WORDS, Side
from kamdesk.dossier.lifecycle_told import phase_told
from kamdesk.workspace import Workspace

_VISITS_SHOWN = 8


@command(Text("Show a customer, a person or a visit."))
@click.argument("record", metavar="ACCOUNT|PERSON|VISIT")
def show(session: Session, record: str) -> None:
    """Show all that is held on one record."""
    with session.reading() as desk:
        found = pick.pick(desk, record)
        make = {"account": _account, "person": _person, "visit": _visit}[found.kind]
        data, sheet = make(desk, found.id)
    session.give({"kind": found.kind, "title": found.title, **data})
    for line in sheet.lines(session.language):
        session.tell(line)


class _Shown(NamedTuple):
    data: Mapping[str, Any]
    sheet: Sheet


def _account(desk: Workspace, record: Id) -> _Shown:
    ask = desk.accounts.ask
    account = ask.get(AccountId(record))
    line = ask.line(account.id)
    people = desk.people.ask.lines(account.id)
    visits = desk.visits.ask.of_account(account.id, limit=_VISITS_SHOWN)
    promises = desk.promises.ask.lines_of(account.id)
    sites, tags = ask.sites(account.id), ask.tags(account.id)
    owner, group = (line.owner, line.group_parent) if line else ("", "")
    sheet = Sheet(account.name)
    sheet.say(Text("Number"), account.number)
    sheet.say(Text("Short name"), account.short_name)
    sheet.say(Text("Other names"), ", ".join(account.other_names))
    sheet.say(Text("Class"), CLASS_WORDS.get(account.class_by_hand, ""))  # type: ignore[arg-type]
    if account.organisation:
        sheet.say(Text("Kind of organisation"), ORGANISATION_WORDS[account.organisation])
    sheet.say(Text("Industry"), account.industry)
    sheet.say(Text("Credit code"), account.credit_code)
    sheet.say(Text("Group"), group)
    place = dict.fromkeys((account.region, account.province, account.city))
    sheet.say(Text("Place"), " ".join(filter(None, place)))
    sheet.say(Text("Phone"), account.phone)
    sheet.say(Text("Website"), account.website)
    sheet.say(Text("Employees"), str(account.employees or ""))
    if account.annual_revenue is not None:
        revenue = Money(account.annual_revenue, account.currency or "CNY")
        sheet.say(Text("Annual revenue"), f"{revenue.major:,} {revenue.currency}")
    sheet.say(Text("Owner"), owner)
    sheet.say(Text("Tags"), ", ".join(tags))
    own = _own(desk, Of.ACCOUNT, record, sheet)
    for site in sites:
        sheet.say(Text("Site"), " ".join(filter(None, (site.name, site.address, site.gate))))
    sheet.long(Text("Note"), account.note)
    lifecycle, phase = phase_data(desk, account.id)
    sheet.part(Text("Phase"))
    sheet.line(PHASE_WORDS[lifecycle.reading.shown], lifecycle.reading.since)
    for told in phase_told(lifecycle.reading):
        sheet.line(told)
    sheet.part(Text("People"))
    for person in people:
        sheet.line(person.name, person.post, person.department, person.phone)
    sheet.part(Text("Open promises"))
    for promise in promises:
        sheet.line(SIDE_WORDS[promise.side], promise.words, promise.due, promise.owner)
    sheet.part(Text("Visits"))
    for visit in visits:
        sheet.line(visit.start, STATE_WORDS[visit.state], visit.topic or visit.objective)
    data = {
        **fields_of(account),
        "owner_name": owner,
        "group_name": group,
        "tags": tags,
        "own": own,
        "phase": phase,
        "sites": sites,
        "people": people,
        "promises": promises,
        "visits": visits,
    }
    return _Shown(data, sheet)


def _person(desk: Workspace, record: Id) -> _Shown:
    ask = desk.people.ask
    person = ask.get(PersonId(record))
    account = desk.accounts.ask.find(person.account) if person.account else None
    owner = desk.team.ask.find(person.owner)
    ways, needs = ask.ways(person.id), ask.needs_of(person.id)
    visits = desk.visits.ask.of_person(person.id, limit=_VISITS_SHOWN)
    promises = desk.promises.ask.of_person(person.id)
    line = next((one for one in ask.lines(person.account) if one.id == person.id), None)
    sheet = Sheet(person.name)
    if person.restricted:
        sheet.say(Text("Restricted"), person.restricted_because)
    sheet.say(Text("Customer"), account.name if account else "")
    sheet.say(Text("Post"), line.post if line else "")
    sheet.say(Text("Department"), person.department)
    sheet.say(Text("Form of address"), person.form_of_address)
    for way in ways:
        sheet.say(CHANNEL_WORDS[way.channel], way.value)
    sheet.say(Text("Focus"), person.focus)
    sheet.say(Text("Task this year"), person.their_task)
    sheet.say(Text("Our aim"), person.our_aim)
    sheet.say(Text("Owner"), owner.name if owner else "")
    own = _own(desk, Of.PERSON, record, sheet)
    _say_ground(sheet, person)
    sheet.long(Text("Background"), person.background)
    sheet.long(Text("Note"), person.note)
    sheet.part(Text("Needs"))
    for need in needs:
        sheet.line(need.words, NEED_LEVEL_WORDS[need.level])
    sheet.part(Text("Promises"))
    _promises(sheet, promises)
    sheet.part(Text("Visits"))
    for visit in visits:
        sheet.line(visit.start, STATE_WORDS[visit.state], visit.topic or visit.objective)
    data = {
        **fields_of(person),
        "account_name": account.name if account else "",
        "own": own,
        "owner_name": owner.name if owner else "",
        "post": line.post if line else "",
        "ways": ways,
        "needs": needs,
        "visits": visits,
        "promises": promises,
    }
    return _Shown(data, sheet)


def _visit(desk: Workspace, record: Id) -> _Shown:
    ask = desk.visits.ask
    visit = ask.get(VisitId(record))
    account = desk.accounts.ask.find(visit.account)
    promises = desk.promises.ask.of_visit(visit.id)
    seats = ask.attendees(visit.id)
    hidden = desk.people.ask.hidden(visit.account)
    attendees = [
        {**fields_of(seat), "name": _who(desk, seat.who)}
        for seat in seats
        if seat.who not in hidden
    ]
    not_shown = len(seats) - len(attendees)
    facts = [fact for fact in ask.facts_of(visit.id) if fact.about not in hidden]
    name = account.name if account else ""
    sheet = Sheet(pick.visit_title(name, visit.start))
    sheet.say(Text("State"), STATE_WORDS[visit.state])
    sheet.say(Text("Kind"), KIND_WORDS[visit.kind])
    sheet.say(Text("Minutes"), str(visit.minutes))
    sheet.say(Text("Place"), visit.place)
    sheet.say(Text("Topic"), visit.topic)
    sheet.say(Text("Objective"), visit.objective)
    sheet.say(Text("Ask"), visit.ask)
    sheet.say(Text("Fallback"), visit.fallback)
    sheet.long(Text("Red line"), visit.red_line)
    sheet.long(Text("Agenda"), visit.agenda)
    sheet.long(Text("Questions"), visit.questions)
    sheet.long(Text("Said"), visit.said)
    sheet.say(Text("Outcome"), visit.outcome)
    if visit.atmosphere:
        sheet.say(Text("Atmosphere"), ATMOSPHERE_WORDS[visit.atmosphere])
    sheet.say(Text("Next step"), visit.next_step)
    sheet.say(Text("By"), visit.next_step_by.isoformat() if visit.next_step_by else "")
    sheet.say(Text("No next step because"), visit.no_next_step_because)
    sheet.part(Text("Attendees"))
    for one in attendees:
        side = Text("ours") if one["side"] is Side.OURS else Text("theirs")
        sheet.line(one["name"], side, one["point"], Text("absent") if one["absent"] else "")
    if not_shown:
        sheet.line(Text("{n} person not shown", "{n} people not shown", n=not_shown))
    sheet.part(Text("Learnt"))
    for fact in facts:
        sheet.line(fact.day, fact.words, Text("only on this computer") if fact.here else "")
    sheet.part(Text("Promises"))
    _promises(sheet, promises)
    own = _own(desk, Of.VISIT, record, sheet)
    data = {
        **fields_of(visit),
        "account_name": name,
        "own": own,
        "attendees": attendees,
        "not_shown": not_shown,
        "facts": facts,
        "promises": promises,
    }
    return _Shown(data, sheet)


def _own(desk: Workspace, of_kind: Of, record: Id, sheet: Sheet) -> dict[str, str]:
    """Say the values of own fields on the sheet; return them as stored, by the fields' names."""
    values = desk.own_fields.ask.of_record(record)
    fields = [one for one in desk.own_fields.ask.fields(of_kind) if one.id in values]
    for field in fields:
        sheet.say(field.name, field.said(values[field.id]))
    return {field.name: values[field.id] for field in fields}


def _say_ground(sheet: Sheet, person: Person) -> None:
    """Say why, since when and until when a person is kept."""
    sheet.say(Text("Kept by"), BASIS_WORDS[person.basis] if person.basis else "")
    sheet.say(Text("Data from"), person.source)
    sheet.say(Text("Held since"), person.collected_on)
    sheet.say(Text("Told on"), person.told_on)
    sheet.say(Text("Keep until"), person.keep_until)


def _promises(sheet: Sheet, promises: list[Promise]) -> None:
    for one in promises:
        sheet.line(SIDE_WORDS[one.side], one.words, one.due, PROMISE_STATE_WORDS[one.state])


def fields_of(record: Any) -> dict[str, Any]:
    """Return the fields of a record by name."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def _who(desk: Workspace, who: Id) -> str:
    person = desk.people.ask.find(who)
    colleague = None if person else desk.team.ask.find(who)
    return person.name if person else colleague.name if colleague else ""
