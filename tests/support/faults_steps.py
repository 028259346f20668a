"""What a user does to filters, own fields, twins and people who leave: steps of the matrix."""

from dataclasses import replace
from typing import Final

from support.faults_seed import ACCOUNT, DAY, PEOPLE, VISIT, an_id

from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.accounts.service import Accounts
from kamdesk.domain.chain.service import Chain
from kamdesk.domain.chain.standing import What
from kamdesk.domain.filters.model import Condition, Test
from kamdesk.domain.filters.service import Filters
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.origins.store import KNOWN_AS
from kamdesk.domain.own_fields.model import Of, OwnField, Sort
from kamdesk.domain.own_fields.service import OwnFields
from kamdesk.domain.people.model import Person
from kamdesk.domain.people.service import People
from kamdesk.domain.visits.service import Visits
from kamdesk.dossier.bulk_change import BulkChange, Edit
from kamdesk.dossier.merging import Merging
from kamdesk.dossier.new_at_visit import read_stranger, seat_stranger
from kamdesk.dossier.new_employer import Move, NewEmployer
from kamdesk.storage.pin import Pin, keep_pin
from kamdesk.storage.storage import Storage

CHEN, LI, _ = PEOPLE
OTHER: Final = Account(id=an_id(8), name="瑞坪矿业有限公司", note="矿山。" * 40)
TWIN: Final = Person(id=an_id(270), name="李 敏", account=ACCOUNT.id, note="旧名片。" * 40)
FIELD: Final = OwnField(
    id=an_id(800),  # type: ignore[arg-type]
    name="备案状态",
    of_kind=Of.ACCOUNT,
    sort=Sort.CHOICE,
    choices=("未备案", "已备案"),
    place=1,
)
CORE: Final = Condition(field="class", test=Test.IS, value="core")


def keep_filter(s: Storage) -> None:
    """Keep a filter under a name."""
    Filters(s).keep("核心客户", "accounts", (CORE,))


def change_filter(s: Storage) -> None:
    """Keep more under the same name: the filter is changed."""
    Filters(s).keep("核心客户", "accounts", (CORE, Condition(field="city", test=Test.KNOWN)))


def drop_filter(s: Storage) -> None:
    """Delete the filter."""
    Filters(s).drop(Filters(s).ask.of_list("accounts")[0])


def add_field(s: Storage) -> None:
    """Add a field to customers."""
    OwnFields(s).add(FIELD)


def add_fields(s: Storage) -> None:
    """Add two."""
    add_field(s)
    OwnFields(s).add(replace(FIELD, id=an_id(801), name="合同截止", sort=Sort.DAY, place=2))  # type: ignore[arg-type]


def change_field(s: Storage) -> None:
    """Give the field another name and one choice more."""
    changed = replace(FIELD, name="备案进度", choices=(*FIELD.choices, "被驳回"))
    OwnFields(s).change(changed, base=FIELD)


def move_field(s: Storage) -> None:
    """Move the first field behind the second."""
    OwnFields(s).move(FIELD, 1)


def retire_field(s: Storage) -> None:
    """Offer the field no more."""
    OwnFields(s).retire(FIELD)


def write_field(s: Storage) -> None:
    """Say for the customer what the field asks."""
    OwnFields(s).write(ACCOUNT.id, FIELD, "已备案", seen=s.position())


def date_holding(s: Storage) -> None:
    """Say since when a post is held."""
    people = People(s)
    (held,) = people.ask.held_by(CHEN.id)
    people.date_holding(replace(held, since=DAY), base=held)


def forget_fact(s: Storage) -> None:
    """Take the first fact of the logged visit back."""
    Visits(s).forget_fact(an_id(400))


def keep_fact_here(s: Storage) -> None:
    """Let the first fact of the logged visit stay on this computer."""
    Visits(s).keep_here(an_id(400), True)


def drop_visit(s: Storage) -> None:
    """Drop the planned visit."""
    Visits(s).drop(VISIT.id, seen=s.position())


def plan_again(s: Storage) -> None:
    """Plan it again."""
    Visits(s).plan_again(VISIT.id, seen=s.position())


def add_other(s: Storage) -> None:
    """Add a second customer."""
    Accounts(s).add(OTHER, tags=("矿山",))


def tag_many(s: Storage) -> None:
    """Tag both customers anew."""
    BulkChange(s).make((ACCOUNT.id, OTHER.id), Edit(add=("重点",), remove=("矿山",)))


def change_many(s: Storage) -> None:
    """Give both one industry."""
    BulkChange(s).make((ACCOUNT.id, OTHER.id), Edit(cell="industry", value="装备制造"))


def add_twin(s: Storage) -> None:
    """Add a person who is there already, with a need, a judgement and a foreign key."""
    People(s).add(TWIN, title="财务总监")
    People(s).put_need(replace(People(s).need(TWIN, "年内省下一笔"), id=an_id(271)))  # type: ignore[arg-type]
    chain = Chain(s)
    drawn = chain.open_map(ACCOUNT.id)
    chain.seat(drawn, TWIN.id, label=TWIN.name)
    chain.judge(chain.reading(drawn, TWIN.id, What.STANCE, "1", on=DAY))
    with s.change(Text("Know by a key")) as change:
        change.put(KNOWN_AS, KnownAs.of("crm", "P-9", "person", TWIN.id, ACCOUNT.id))


def merge_people(s: Storage) -> None:
    """Make the twin part of who was there."""
    Merging(s).merge("person", LI.id, TWIN.id, take=("note",))


def merge_customers(s: Storage) -> None:
    """Make our customer part of the second one: all that hangs on it follows."""
    Merging(s).merge("account", OTHER.id, ACCOUNT.id)


def not_same(s: Storage) -> None:
    """Remember that the twin is somebody else."""
    Merging(s).not_same("person", LI.id, TWIN.id)


def add_same_elsewhere(s: Storage) -> None:
    """Add a person of the same name at the second customer."""
    add_other(s)
    People(s).add(replace(TWIN, account=OTHER.id), title="顾问")


def same_human(s: Storage) -> None:
    """Say that the two are one human."""
    Merging(s).same_human(LI.id, TWIN.id)  # type: ignore[arg-type]


def seat_newcomer(s: Storage) -> None:
    """Add somebody nobody knew to the file and to the visit."""
    seat_stranger(s, People(s), VISIT, read_stranger("王强 采购部 经理"))


def move_on(s: Storage) -> None:
    """Let somebody leave for the second customer; the mobile number goes along."""
    people = People(s)
    ways = frozenset(way.id for way in people.ask.ways(CHEN.id))
    move = Move(last_day=DAY, account=OTHER.id, title="副总经理", since=DAY, ways=ways)
    NewEmployer(s).carry_out(CHEN.id, move)


def put_pin(s: Storage) -> None:
    """Keep what was made of a PIN."""
    keep_pin(s, Pin(salt=bytes(16), made=b"\7" * 32))
