"""Two records made one: what hangs on them follows, one undo brings both back as they were."""

from dataclasses import replace
from datetime import date

import pytest
from support.customers import lanchuan
from support.desks import untruths
from support.tables import living

from kamdesk.core.basis import Basis, Sureness
from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.chain.standing import What
from kamdesk.domain.duplicates.store import DuplicateStore
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.origins.store import KNOWN_AS
from kamdesk.domain.people.model import Channel, Person
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.dossier.merging import Merging
from kamdesk.dossier.references import references
from kamdesk.workspace import KINDS, Workspace


def another(desk: Workspace, account: Account, name: str = "李 敏") -> Person:
    """Add a person on whom a record of every kind hangs."""
    person = replace(desk.people.new(name, account.id), background="在德国读书", note="旧名片")
    mobile = desk.people.way(person, Channel.MOBILE, "139 1234 5678")
    desk.people.add(person, title="采购总监", ways=(mobile,))
    chain = desk.chain.open_map(account.id)
    desk.chain.seat(chain, person.id, label=name)
    desk.chain.judge(desk.chain.reading(chain, person.id, What.INFLUENCE, "4", on=date(2026, 3, 1)))
    desk.people.put_need(desk.people.need(person, "年内省下一笔"))
    visit = desk.visits.new(account.id, Instant.at(date(2026, 3, 5), 10))
    desk.visits.plan(visit, Attendee.at(visit, person.id, Side.THEIRS, point="问预算"))
    promise = desk.promises.new(account.id, PromiseSide.THEIRS, "给合同范本")
    desk.promises.make(replace(promise, person=person.id))
    body = desk.chain.body(account.id, "总办会")
    desk.chain.add_body(replace(body, chair=person.id), members=(person.id,))
    with desk.storage.change(Text("Know by a key")) as change:
        change.put(KNOWN_AS, KnownAs.of("crm", "P-9", "person", person.id, account.id))
    return person


def test_what_hangs_on_a_person_follows_and_one_undo_brings_both_back(desk: Workspace) -> None:
    here = lanchuan(desk)
    keep, goes = here.people["李敏"], another(desk, here.account).id
    before = living(desk)
    merging = Merging(desk.storage)
    merging.merge("person", keep, goes)
    person = desk.people.ask.get(keep)
    assert "在德国读书" in person.background
    assert "139 1234 5678" in [way.value for way in desk.people.ask.ways(keep)]
    assert "给合同范本" in [one.words for one in desk.promises.ask.of_person(keep)]
    assert Instant.at(date(2026, 3, 5), 10) in [
        one.start for one in desk.visits.ask.of_person(keep)
    ]
    assert desk.origins.of_record(keep) == [("crm", "P-9")]
    assert references(desk.storage, KINDS[3], goes) == []
    seats = desk.chain.ask.seats(desk.chain.open_map(here.account.id).id)
    assert [seat.person for seat in seats].count(keep) == 1
    assert desk.people.ask.find(goes) is None
    assert desk.people.ask.now(goes) == keep
    assert desk.people.ask.merged_into(keep) == [goes]
    assert desk.undo.next_undo().name.plain == "Merge people"  # type: ignore[union-attr]
    desk.undo.undo()
    assert living(desk) == before
    desk.undo.redo()
    assert desk.people.ask.now(goes) == keep
    desk.undo.undo()
    assert living(desk) == before


def test_the_value_chosen_stands_and_the_rest_is_filled(desk: Workspace) -> None:
    here = lanchuan(desk)
    keep, goes = here.people["李敏"], another(desk, here.account, "李敏").id
    merging = Merging(desk.storage)
    for person, focus in ((keep, "成本"), (goes, "现金流")):
        base = desk.people.ask.get(person)
        changed = replace(base, focus=focus, birthday="5-1" if person == goes else "")
        desk.people.change(changed, base=base, seen=desk.storage.position())
    compared = merging.compare("person", keep, goes)
    assert "focus" in [field.cell for field in compared.fields if field.differs]
    merging.merge("person", keep, goes, take=("focus",))
    person = desk.people.ask.get(keep)
    assert (person.focus, person.birthday) == ("现金流", "5-1")


def test_a_customer_goes_with_all_its_children(desk: Workspace) -> None:
    here = lanchuan(desk)
    twin = replace(desk.accounts.new("澜川轴承（无锡）有限公司"), city="无锡", website="lc.example")
    desk.accounts.add(twin, tags=("重点",))
    person = another(desk, twin, "赵磊")
    before, merging = living(desk), Merging(desk.storage)
    merging.merge("account", here.account.id, twin.id)
    kept = desk.accounts.ask.get(here.account.id)
    assert kept.website == "lc.example"
    assert "澜川轴承（无锡）有限公司" in kept.other_names
    assert "重点" in desk.accounts.ask.tags(kept.id)
    assert desk.people.ask.get(person.id).account == kept.id
    assert desk.visits.ask.of_person(person.id)[0].account == kept.id
    assert [one.name for one in desk.chain.ask.maps(kept.id)] == ["", twin.name]
    assert desk.accounts.ask.find(twin.id) is None
    assert desk.accounts.ask.now(twin.id) == kept.id
    assert references(desk.storage, ACCOUNT, twin.id) == []
    desk.undo.undo()
    assert living(desk) == before


def test_who_is_elsewhere_is_one_human_and_two_records(desk: Workspace) -> None:
    here = lanchuan(desk)
    other = desk.accounts.new("他厂")
    desk.accounts.add(other)
    moved = desk.people.new("李敏", other.id)
    desk.people.add(moved)
    merging = Merging(desk.storage)
    with pytest.raises(RuleBroken):
        merging.merge("person", here.people["李敏"], moved.id)
    merging.same_human(here.people["李敏"], moved.id)
    assert desk.people.ask.get(moved.id).same_as == here.people["李敏"]


def test_what_is_not_the_same_is_remembered(desk: Workspace) -> None:
    here = lanchuan(desk)
    one, other = here.people["李敏"], here.people["陈立新"]
    Merging(desk.storage).not_same("person", one, other)
    pair = tuple(sorted((one, other)))
    assert DuplicateStore(desk.storage.reader).not_same("person") == {pair}
    desk.undo.undo()
    assert DuplicateStore(desk.storage.reader).not_same("person") == frozenset()


def test_who_is_erased_goes_with_all_that_was_merged_into_them(desk: Workspace) -> None:
    here = lanchuan(desk)
    keep, goes = here.people["李敏"], another(desk, here.account).id
    Merging(desk.storage).merge("person", keep, goes)
    file = desk.rights.file(keep)
    assert goes in {held.id for held in file.records}
    desk.rights.erase(keep)
    rows = desk.storage.reader.ask("SELECT id FROM people WHERE id IN (?, ?)", keep, goes)
    assert [Id(row[0]) for row in rows] == []


def test_an_id_led_in_a_circle_means_itself(desk: Workspace) -> None:
    here = lanchuan(desk)
    one, other = here.people["李敏"], here.people["陈立新"]
    assert desk.people.ask.now(PersonId(one)) == one
    assert desk.accounts.ask.now(AccountId(other)) == other


def test_a_value_that_is_taken_keeps_what_it_stands_on(desk: Workspace) -> None:
    heard = Basis(as_of=date(2026, 3, 4), source="赵磊", sureness=Sureness.THEIR_WORDS)
    report = Basis(as_of=date(2025, 12, 31), source="年报")
    made = []
    for name, values, bases in (
        ("李敏", {"focus": "回款", "department": "财务部"}, {"focus": report}),
        (
            "李 敏",
            {"focus": "投资回收期", "department": "财务部", "our_aim": "点头"},
            {"focus": heard, "department": heard, "our_aim": report},
        ),
    ):
        bare = desk.people.new(name, None)
        desk.people.add(bare)
        seen = desk.storage.position()
        desk.people.change(replace(bare, **values), base=bare, seen=seen, bases=bases)
        made.append(bare.id)
    keep, goes = made
    merging = Merging(desk.storage)
    fields = {field.cell: field for field in merging.compare("person", keep, goes).fields}
    assert [cell for cell, field in fields.items() if field.differs] == ["name", "focus"]
    assert fields["department"].comes  # the same, and only the other says who said it
    merging.merge("person", keep, goes, take=("focus",))
    stands = desk.people.ask.get(keep)
    assert (stands.focus, stands.department, stands.our_aim) == ("投资回收期", "财务部", "点头")
    assert desk.people.ask.bases(keep) == {
        "focus": heard, "department": heard, "our_aim": report
    }  # fmt: skip
    desk.undo.undo()
    assert desk.people.ask.bases(keep) == {"focus": report}
    merging.merge("person", keep, goes)
    assert desk.people.ask.bases(keep)["focus"] == report  # kept with its own
    assert untruths(desk) == []
