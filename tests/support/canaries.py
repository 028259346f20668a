"""Forty words that stand for everything confidential, planted in every cell, and swept for.

A cell is found by the catalogue, so that a new one without a word is noticed; a file by its bytes,
in every code in which a word might lie there.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, AppointmentId, CalendarId, GroupId, PersonId
from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text
from kamdesk.domain.chain.finding import Finding
from kamdesk.domain.chain.standing import What
from kamdesk.domain.files.model import Incoming
from kamdesk.domain.filters.model import Condition, Test
from kamdesk.domain.own_fields.model import Of, Sort
from kamdesk.domain.people.model import Channel
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.visits.model import Attendee, Fact, Side
from kamdesk.storage.drafts import Drafts
from kamdesk.storage.list_mappings import ListMappings
from kamdesk.workspace import KINDS, Workspace

R = TypeVar("R")

LATIN = (
    "Kestrelwick", "quietmagnolia", "Thornbeck", "Ostervane", "pelicanstone", "Wyndhollow",
    "marrowgate", "Quillfeather", "ashenbrook", "Velloritz", "cobaltfinch", "Drumlanrig",
    "saffronmoth", "Hexworthy", "umberwillow",
)  # fmt: skip
CHINESE = (
    "墨鹭川阀门", "昆仑石榴备忘", "沉香木底牌", "青鸾湾合金", "白螺渡口人", "赤霞坞报价",
    "玄参岭密谈", "碧落潭顾虑", "紫砂窑回扣", "金乌镇内线", "银鲛港立场", "雪见坡旧事",
)  # fmt: skip
NUMBERS = ("+86 154 0371 2214", "0371-88264917", "7382915046", "91350211MA7K3Q8X2D", "6039.4471.28")
ADDRESSES = ("lin.mo@kestrelwick.example", "veiled@ostervane.example", "www.thornbeck.example")
SECRETS = ("lamp-Quillon-river-42", "nine-vetch-harbour-08")
"""Passphrases: the first one, and the one it is changed for."""
LEFT = ("绿萝巷草稿", "pinebarrow-draft", "朱砂痣口令")
"""A draft that is never saved, a name typed and not found, a search."""
WORDS = (*LATIN, *CHINESE, *NUMBERS, *ADDRESSES, *SECRETS, *LEFT)

CUSTOMER, PERSON, OTHER = CHINESE[0], LATIN[1], CHINESE[4]
ELSEWHERE = "Elsewhere Ltd"
"""A customer of the list that is taken in: nothing secret, merged into the other one."""

WORDLESS = {
    "account": "organisation listed stock_code group_parent region employees annual_revenue"
    " currency first_signed owner class_by_hand merged_into phase_by_hand",
    "site": "account lat lon",
    "person": "account site birthday preferred_channel owner same_as merged_into basis collected_on"
    " told_on keep_until restricted",
    "way": "account person channel",
    "post": "account reports_to since until",
    "holding": "account post person since until",
    "need": "account person level stated special weight state",
    "opportunity": "account step amount_minor currency expected state settled_on since",
    "map": "account opportunity",
    "seat": "account map post person body wanted x y in_group since until",
    "reporting": "account post boss valid_from visit sureness",
    "group": "account sort",
    "body": "account next_day chair secretary",
    "reading": "account map subject what valid_from source sureness colleague",
    "tie": "account map kind source target strength negative since until visit sureness bond",
    "visit": "account site start minutes kind firmness host map state reached atmosphere"
    " next_step_by",
    "attendee": "account visit who side absent",
    "fact": "account day visit about here",
    "promise": "account side due visit colleague person state settled_on remind",
    "agreement": "account person channel every at_most since until",
    "pause": "account person since until",
    "task": "account round state done_on evidence record",
    "year_list": "year",
    "absence": "colleague first last begins ends",
    "pattern": "weeks",
    "pattern_stop": "pattern account week weekday begins minutes kind",
    "access_plan": "account person colleague briefed_on state closed_on aim_by window_from"
    " window_until tender our_next_by their_next_by thanked_on next_contact meets_on",
    "access_step": "account plan person colleague due done_on",
    "file": "account size digest visit about",
    "pack_choice": "pack",
    "verdict": "account map rule subject word day",
    "saved_filter": "of_list place",
    "calendar": "imported first until",
    "appointment": "calendar minutes all_day busy sequence",
    "habits": "starts ends weekdays lunch_earliest lunch_latest lunch_minutes visit_minutes"
    " road_percent speed_town speed_near speed_far speed_long gate_minutes"
    " night_minutes home_lat home_lon",
    "learnt_leg": "one other kilometres minutes",
    "own_field": "of_kind sort privacy place retired",
    "known_as": "account of_kind record digest",
    "not_same": "of_kind first second",
}
"""Columns in which no words stand: choices, days, numbers, records, digests."""


class Planter:
    """Gives each text field of a record the next word."""

    def __init__(self) -> None:
        self._next = count()

    def word(self) -> str:
        """Return the next word."""
        every = [one for one in WORDS if one not in (*SECRETS, *LEFT, CUSTOMER, PERSON, OTHER)]
        return every[next(self._next) % len(every)]

    def worded(self, record: R, kind: str, **given: Any) -> R:
        """Return a record with a word in every field that holds text of the user's own."""
        silent = {*WORDLESS.get(kind, "").split(), *given}
        words = {
            one.name: (self.word(),)
            if one.type in ("tuple[str, ...]", tuple[str, ...])
            else self.word()
            for one in fields(record)  # type: ignore[arg-type]
            if one.name not in silent
            and (isinstance(getattr(record, one.name), str) or one.name == "other_names")
        }
        return replace(record, **words, **given)  # type: ignore[type-var]


def plant(desk: Workspace) -> AccountId:
    """Plant words in every cell of every kind that is not wordless; return the customer."""
    plan = Planter()
    me = plan.worded(desk.team.new("x"), "colleague")
    desk.team.i_am(me)
    account = plan.worded(desk.accounts.new(CUSTOMER), "account", name=CUSTOMER)
    desk.accounts.add(account, tags=(plan.word(),))
    from kamdesk.domain.accounts.model import Site

    desk.accounts.put_site(plan.worded(Site(id=desk.storage.new_id(), account=account.id), "site"))
    people = []
    for name in (PERSON, OTHER):
        new = desk.people.new(name, account.id)
        person = plan.worded(new, "person", name=name, restricted_because="")
        way = plan.worded(desk.people.way(person, Channel.MOBILE, NUMBERS[0]), "way")
        desk.people.add(person, title=plan.word(), ways=(way,))
        desk.people.put_need(plan.worded(desk.people.need(person, "x"), "need"))
        people.append(person)
    desk.people.add_post(account.id, plan.word(), department=plan.word())
    third = desk.people.new(LATIN[3], account.id)
    desk.people.add(third)
    desk.people.restrict(third.id, plan.word())
    _chain(desk, plan, account.id, people)
    _visits(desk, plan, account.id, people)
    _access(desk, plan, account.id, people[0].id)
    deal = plan.worded(desk.opportunities.new(account.id, "x"), "opportunity")
    desk.opportunities.add(deal)
    _of_our_own(desk, plan, account.id, people[0].id)
    _cadence(desk, plan, account.id, people[0].id)
    _playbook(desk, plan, account.id, people[0].id)
    Drafts(desk.storage).keep("accounts.new", {"name": LEFT[0], "note": LEFT[1]})
    return account.id


def _chain(desk: Workspace, plan: Planter, account: AccountId, people: list[Any]) -> None:
    from kamdesk.core.wording import Text
    from kamdesk.domain.chain.model import Group, Role, TieKind
    from kamdesk.domain.chain.store import GROUP, MAP
    from kamdesk.domain.people.model import Reporting
    from kamdesk.domain.people.posts import REPORTING

    chain = desk.chain.open_map(account, plan.word())
    for person in people:
        desk.chain.seat(chain, person.id, label=plan.word())
        for what, value in ((What.ROLES, Role.DECIDER.value), (What.RIVAL, plan.word())):
            desk.chain.judge(
                desk.chain.reading(
                    chain, person.id, what, value, on=date(2026, 1, 22), note=plan.word()
                )
            )
    desk.chain.add_body(plan.worded(desk.chain.body(account, "x"), "body"))
    tie = desk.chain.tie(chain, TieKind.INFLUENCES, people[0].id, people[1].id)
    desk.chain.join(replace(tie, note=plan.word()))
    group = Group(id=GroupId(desk.storage.new_id()), account=account, name=plan.word())
    (post,) = {seat.post for seat in desk.people.ask.held_by(people[0].id)}
    line = Reporting(id=desk.storage.new_id(), account=account, post=post, note=plan.word())
    with desk.storage.change(Text("Plant")) as change:
        change.put(GROUP, group)
        change.put(REPORTING, line)
        change.put(MAP, replace(chain, decision_way=plan.word()), base=chain)


def _visits(desk: Workspace, plan: Planter, account: AccountId, people: list[Any]) -> None:
    for day in (date(2026, 2, 18), date(2026, 3, 12), date(2026, 3, 20)):
        new = desk.visits.new(account, Instant.at(day, 14))
        visit = plan.worded(new, "visit", no_next_step_because="")
        seats = [plan.worded(Attendee.at(visit, one.id, Side.THEIRS), "attendee") for one in people]
        desk.visits.plan(visit, *seats)
    silent = replace(
        desk.visits.new(account, Instant.at(date(2026, 1, 5), 9)), no_next_step_because=plan.word()
    )
    desk.visits.plan(silent)
    fact = Fact(id=desk.storage.new_id(), account=account, words=plan.word(), day=date(2026, 2, 18))
    desk.visits.note(fact)
    promise = desk.promises.new(account, PromiseSide.OURS, plan.word())
    desk.promises.make(replace(promise, note=plan.word()))


def _access(desk: Workspace, plan: Planter, account: AccountId, person: PersonId) -> None:
    made = plan.worded(desk.access_plans.new(account, person), "access_plan")
    desk.access_plans.begin(made, (plan.word(),))


def _cadence(desk: Workspace, plan: Planter, account: AccountId, person: PersonId) -> None:
    """Plant words in what was agreed on how often to meet, and in a pause."""
    desk.cadence.agree(
        plan.worded(desk.cadence.new_agreement(account, 60, person=person), "agreement")
    )
    desk.cadence.pause([account], until=date(2026, 12, 31), because=plan.word())


def _playbook(desk: Workspace, plan: Planter, account: AccountId, person: PersonId) -> None:
    """Plant words in a pack of the house's own; use it; judge a warning."""
    name = plan.word()
    desk.playbook.copy(desk.playbook.packs()[0], name)
    desk.playbook.use(name)
    warned = Finding(rule="stale", said=Text("old"), people=(person,), advice=Text("ask"), weight=3)
    desk.playbook.mark(account, None, warned, right=False, on=date(2026, 3, 1))


def _of_our_own(desk: Workspace, plan: Planter, account: AccountId, person: PersonId) -> None:
    """Plant words in what the user makes: fields, their values, filters, mappings, files."""
    field = replace(
        desk.own_fields.new(plan.word()[:40], Of.ACCOUNT, Sort.CHOICE),
        choices=(plan.word(), plan.word()),
    )
    desk.own_fields.add(field)
    desk.own_fields.write(account, field, field.choices[0])
    words = desk.own_fields.new(plan.word()[:40], Of.PERSON)
    desk.own_fields.add(words)
    desk.own_fields.write(person, words, plan.word())
    asked = Condition(field="text", test=Test.HOLDS, value=plan.word())
    desk.filters.keep(plan.word(), "accounts", (asked,))
    _calendar(desk, plan)
    _week(desk, plan, account)
    desk.habits.keep(plan.worded(Habits(), "habits"))
    desk.habits.learn(Spot(31.30, 120.60), Spot(31.39, 120.98), 55)
    content = f"{plan.word()}\n{plan.word()}\n" * 9
    desk.files.keep(account, given=[Incoming(name=f"{plan.word()}.txt", data=content.encode())])
    ListMappings(desk.storage).keep("f00d", f'[columns]\n"{plan.word()}" = "name"\n')
    desk.accounts.confirm(
        replace(desk.accounts.ask.get(account), website=ADDRESSES[2]),
        "website",
        seen=desk.storage.position(),
    )


def _week(desk: Workspace, plan: Planter, account: AccountId) -> None:
    """Plant words in an absence, a holiday list, a pattern and a standing task."""
    from kamdesk.domain.lifecycle.store import TASK
    from kamdesk.domain.lifecycle.task import Task
    from kamdesk.domain.working_days.calendar import YearList

    day = date(2026, 3, 13)
    desk.working_days.add(replace(desk.working_days.new(day), words=plan.word()))
    off = {date(2027, 1, n): plan.word() for n in range(1, 7)}
    desk.working_days.take_lists(
        [YearList(year=2027, off=off, worked={day.replace(2027): plan.word()})]
    )
    pattern = desk.patterns.new(plan.word()[:40])
    desk.patterns.make(pattern, [desk.patterns.new_stop(pattern.id, account)])
    with desk.storage.change(Text("Plant")) as change:
        change.put(TASK, plan.worded(Task.at(account, "x"), "task", evidence=None))


def _calendar(desk: Workspace, plan: Planter) -> None:
    """Plant words in a calendar of another program."""
    from kamdesk.core.wording import Text
    from kamdesk.domain.appointments.model import Appointment, Calendar
    from kamdesk.domain.appointments.store import APPOINTMENT, CALENDAR

    ids = desk.storage.new_id
    calendar = plan.worded(Calendar(id=CalendarId(ids()), name="x"), "calendar")
    bare = Appointment(id=AppointmentId(ids()), calendar=calendar.id, uid="x")
    appointment = plan.worded(bare, "appointment")
    with desk.storage.change(Text("Plant")) as change:
        change.put(CALENDAR, calendar)
        change.put(APPOINTMENT, appointment)
        change.link(APPOINTMENT, appointment.id, "times", "2026-03-12")


def cells_without_a_word(desk: Workspace) -> list[str]:
    """Return the columns of the catalogue that hold no word and are not declared wordless."""
    bare = []
    for kind in KINDS:
        for column in kind.columns:
            if column in WORDLESS.get(kind.name, "").split():
                continue
            found = desk.storage.reader.ask(f"SELECT {column} FROM {kind.table}").column()
            said = "\n".join(map(str, found)).casefold()
            if not any(word.casefold() in said for word in WORDS):
                bare.append(f"{kind.name}.{column}")
    return bare


@cache
def forms(word: str) -> tuple[bytes, ...]:
    """Return the bytes as which a word may lie in a file."""
    plain = word.encode()
    coded = [word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    coded += [plain.hex().encode(), plain.hex().upper().encode(), quote(word, safe="").encode()]
    coded += [json.dumps(word)[1:-1].encode(), word.casefold().encode(), word.upper().encode()]
    for shift in range(3):  # a stretch within something longer, in each of its three places
        whole = base64.b64encode(b"\0" * shift + plain)
        start = (shift * 8 + 5) // 6
        coded.append(whole[start : len(whole) // 4 * 4 - 4])
    return tuple(dict.fromkeys(form for form in coded if len(form) >= 8))


def traces(*folders: Path, words: Iterable[str] = WORDS) -> list[str]:
    """Return which files below the folders hold a word, in content or name."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = str(path.relative_to(folder)).encode("utf-8", "surrogateescape")
            content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            found += [
                f"{path.relative_to(folder)}: {word}"
                for word in words
                if any(form in content or form in name for form in forms(word))
            ]
    return found


def spoken_by(environment: Mapping[str, str], command: Iterable[object]) -> list[str]:
    """Return the words in what a child process was started with."""
    said = "\n".join([*map(str, command), *environment, *environment.values()]).encode()
    return [word for word in WORDS if any(form in said for form in forms(word))]
