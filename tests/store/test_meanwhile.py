"""What happened at a customer meanwhile: colleagues' visits, promises, people, roles, values."""

from dataclasses import replace
from datetime import date

from support.customers import lanchuan

from kamdesk.core.basis import Basis
from kamdesk.core.clock import Instant
from kamdesk.core.ids import Id
from kamdesk.core.wording import say
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.standing import What
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Attendee, Fact, Side
from kamdesk.dossier.customer_file import read_file
from kamdesk.dossier.meanwhile import meanwhile
from kamdesk.dossier.since import Changed, last_here
from kamdesk.workspace import Workspace


def test_all_that_happened_while_i_was_away_is_told_with_where_it_leads(desk: Workspace) -> None:
    customer = lanchuan(desk)
    account = customer.account
    wu = desk.team.new("吴启明")
    desk.team.add(wu)
    newcomer = desk.people.new("何静", account.id)
    desk.people.add(newcomer, title="设计院所长")
    talk = replace(desk.visits.new(account.id, Instant.at(date(2026, 3, 4), 10)), topic="方案交流")
    desk.visits.plan(
        talk, Attendee.at(talk, wu.id, Side.OURS), Attendee.at(talk, newcomer.id, Side.THEIRS)
    )
    desk.visits.hold(talk.id, seen=desk.storage.position())
    promise = desk.promises.new(account.id, PromiseSide.THEIRS, "试点名单")
    desk.promises.make(replace(promise, visit=talk.id))
    fact = Fact(
        id=desk.storage.new_id(), account=account.id, words="二线停机", day=date(2026, 3, 4)
    )
    desk.visits.note(replace(fact, visit=talk.id))
    chain = desk.chain.ask.maps(account.id)[0]
    day = date(2026, 3, 5)
    for what, value in ((What.ROLES, Role.INFLUENCER.value), (What.INFLUENCE, "3")):
        desk.chain.judge(desk.chain.reading(chain, newcomer.id, what, value, on=day))
    desk.chain.judge(
        desk.chain.reading(chain, newcomer.id, What.INFLUENCE, "4", on=date(2026, 3, 6))
    )
    base = desk.accounts.ask.get(account.id)
    desk.accounts.change(
        replace(base, employees=1200),
        base=base,
        seen=desk.storage.position(),
        bases={"employees": Basis(as_of=date(2026, 3, 7), source="年报")},
    )

    file = read_file(desk.storage.reader, account.id, at=desk.clock.now())
    last = last_here(file, desk.storage.reader, desk.team.me, None)
    assert last.id == customer.last_visit
    bases = desk.accounts.ask.bases(account.id)
    found = meanwhile(file, desk.storage.reader, bases, since=last.start.day)
    told = {say(change.what, "en"): change for change in found}
    assert [change.on for change in found] == sorted((c.on for c in found), reverse=True)

    def leads(words: str) -> tuple[Id | None, Id | None, str]:
        change: Changed = told[words]
        return change.visit, change.who, change.cell

    assert leads("吴启明, visit: 方案交流") == (talk.id, None, "")
    assert leads("First met: 何静") == (None, newcomer.id, "")
    assert leads("They promised: 试点名单") == (talk.id, None, "")
    assert leads("二线停机") == (talk.id, None, "")
    assert leads("何静 on the decision chain: influencer")[1] == newcomer.id
    assert leads("何静: influence 3 → 4")[1] == newcomer.id
    assert leads("Noted: employees") == (None, None, "employees")
    assert told["何静: influence 3 → 4"].privacy.value == "opinion"
    assert meanwhile(file, desk.storage.reader, bases, since=file.day) == []
