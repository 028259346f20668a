"""How the exchange stands: alone, level, late, refused; the invitation; the signs and badges."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import files
from kamdesk.desktop.at_the_desk import way_of
from kamdesk.desktop.exchange.badge import RecordBadge
from kamdesk.desktop.exchange.deeds import take_in
from kamdesk.desktop.exchange.facts import AGAIN
from kamdesk.desktop.exchange.signs import ExchangeSigns, give_exchange_key
from kamdesk.desktop.exchanging import Exchanging, Standing, with_hub
from kamdesk.desktop.finding.commands import commands_of
from kamdesk.desktop.pages import Route
from kamdesk.desktop.rail import RailItem
from kamdesk.desktop.scenes.exchange import busy, level, offline
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.storage import team
from kamdesk.storage.keys import KeyRing, Nowhere
from kamdesk.sync import joining
from kamdesk.sync.joining import Host
from kamdesk.sync.leaving import GONE, Removed
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.quarantine import quarantined
from kamdesk.sync.told import unsent_list
from kamdesk.sync.wire.invitation import Invitation, code
from kamdesk.sync.wire.routes import Enrolled
from kamdesk.workspace import Workspace

from .conftest import Here

INVITATION = Invitation(
    url="https://hub.example.cn", secret="s" * 30, hub="Region East", fingerprint="3f2a90b1" * 8
)
HOST = Host(url=INVITATION.url, name="Region East", fingerprint="3f2a90b1" * 8, pinned=True)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def fill(request: pytest.FixtureRequest) -> Callable[[Workspace], object] | None:
    made: Callable[[Workspace], object] | None = getattr(request, "param", None)
    return made


def two_more(desk: Workspace) -> None:
    for name in ("芦汀纺织有限公司", "瑞坪矿业有限公司"):
        desk.accounts.add(desk.accounts.new(name))


def busy_with_more(desk: Workspace) -> None:
    two_more(desk)
    for name in ("甲", "乙", "丙"):
        desk.people.add(desk.people.new(name, desk.accounts.ask.everything()[1].id))
    busy(desk)


def offline_with_more(desk: Workspace) -> None:
    for name in ("甲", "乙", "丙"):
        desk.people.add(desk.people.new(name, desk.accounts.ask.everything()[0].id))
    offline(desk)


def page_of(here: Here, tab: str = "") -> Any:
    page = here.go(Route("exchange", None, tab))
    here.qtbot.waitUntil(lambda: page.content is not None, timeout=8000)
    here.answered()
    return page


def spoken(here: Here) -> str:
    every = here.window.rail.findChildren(RailItem)
    return next(one.accessibleName() for one in every if one.kind.id == "exchange")


def trouble(here: Here, said: Text | None) -> None:
    """Note in the file why there is no contact, as a round does."""
    here.bench.do(None, lambda desk: _noted(desk, said))
    here.answered()


def _noted(desk: Workspace, said: Text | None) -> ChangeSet:
    team.keep_trouble(desk.storage, said)
    return ChangeSet()


def signs(here: Here) -> None:
    ExchangeSigns(here.window, here.bench).ask()
    here.answered()


# ---- alone, and joining


def test_alone_it_teaches_and_offers_to_join(here: Here) -> None:
    page = page_of(here)
    assert page._stack.currentWidget() is page._alone
    assert not page.actions_here["exchange.now"].enabled
    signs(here)
    assert spoken(here) == "Exchange"
    assert here.window.status.words == ["Everything is saved on this computer"]
    offered = [one.words for one in page._alone.findChildren(Button) if one.isVisible()]
    assert offered == ["Join a team", "By a shared folder"]
    here.press("j")
    assert page.step.words.hasFocus()


def test_what_is_no_invitation_is_refused_at_the_field(here: Here) -> None:
    page = page_of(here)
    here.press("j")
    here.qtbot.keyClicks(page.step.words, "come and join us")
    here.save()
    assert page.step.form.rows["invitation"].refusal.startswith("This is no invitation")
    assert page.step.words.toPlainText() == "come and join us"


@pytest.mark.parametrize("fill", [two_more], indirect=True)
def test_an_invitation_is_looked_at_confirmed_and_only_then_used(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Invitation] = []
    monkeypatch.setattr(joining, "look", lambda invitation: HOST)

    def ask_in(invitation: Invitation, host: Host, me: bytes | None) -> Enrolled:
        asked.append(invitation)
        return Enrolled(
            tenant="t", dev=7, token="t" * 30, hub=host.name, me=me.hex() if me else "", user="林"
        )

    monkeypatch.setattr(joining, "ask_in", ask_in)
    page = page_of(here)
    here.press("j")
    here.qtbot.keyClicks(page.step.words, code(INVITATION))
    here.save()
    here.qtbot.waitUntil(lambda: page.step._host is not None, timeout=8000)
    assert asked == []
    assert page.step._who.text() == "Region East answers at https://hub.example.cn"
    assert page.step._print.text().startswith("3F2A 90B1 3F2A")
    assert page.step.accounts == []
    assert page.step._seen_by.text().startswith("No customer leaves this computer")
    page.step._sharing.choose("some")
    page.step.ticks.typed.setText("芦汀")  # keyClicks types ASCII alone
    here.answered()
    (box,) = [one for one in page.step.ticks.findChildren(type(_box(page))) if not one.isHidden()]
    here.qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert page.step._seen_by.text().startswith("1 customer goes to the hub.")
    here.save()
    assert here.told().startswith("You are in Region East.")
    assert asked == [INVITATION]
    desk = here.desk()
    assert team.joined(desk.storage)
    offered = desk.storage.reader.ask(
        "SELECT count(DISTINCT account) FROM scopes WHERE offered AND account NOT NULL"
    ).value()
    assert offered == 1
    desk.close()


def _box(page: Any) -> Any:
    from kamdesk.desktop.widgets.editors import TickBox

    return page.step.ticks.findChild(TickBox)


def test_a_hub_that_does_not_answer_is_said_and_the_invitation_stays(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(_: Invitation) -> Host:
        raise HubTrouble(Cause.OFFLINE, Text("There is no way to the hub."))

    monkeypatch.setattr(joining, "look", look)
    page = page_of(here)
    here.press("j")
    here.qtbot.keyClicks(page.step.words, code(INVITATION))
    here.save()
    here.qtbot.waitUntil(lambda: page.step.isEnabled(), timeout=8000)
    here.answered()
    assert page.step.form._general.text() == "There is no way to the hub."
    assert page.step.words.toPlainText() == code(INVITATION)


def test_a_key_exchanges_wherever_one_is_or_leads_to_joining(here: Here) -> None:
    give_exchange_key(here.window, here.bench)
    here.press("S", CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert here.window.page is not None
    assert here.window.page.route == Route("exchange")


# ---- joined


@pytest.mark.parametrize("fill", [level], indirect=True)
def test_level_nothing_waits(here: Here) -> None:
    page = page_of(here)
    assert page.state.text() == "Everything you wrote is with the team."
    assert page.list.every == []
    signs(here)
    assert spoken(here) == "Exchange · Exchanged 8:07"
    assert here.window.status.words[1:] == ["Last exchange today 8:07"]
    assert [keys for keys, _ in page.keys] == ["X", "Ctrl+Tab", "F6"]


@pytest.mark.parametrize("fill", [busy_with_more], indirect=True)
def test_the_page_follows_what_the_exchange_does_behind_it(here: Here) -> None:
    exchanging = Exchanging(here.bench, with_hub(lambda: KeyRing(Nowhere())))
    page = page_of(here)
    trouble(here, Text("The hub is away."))
    assert "The hub is away." not in page.state.text()
    exchanging.exchanged.emit(None)
    here.answered()
    assert page.state.text().startswith("The hub is away. 3 changes wait")
    trouble(here, None)
    exchanging.stood.emit(Standing(on=True, working=True))
    here.answered()
    assert page.state.text().startswith("The hub is away.")
    exchanging.stood.emit(Standing(on=True, trouble=Text("Away")))
    here.answered()
    assert page.state.text().startswith("3 changes wait")


@pytest.mark.parametrize("fill", [busy_with_more], indirect=True)
def test_what_waits_says_which_record_which_fields_and_when(here: Here) -> None:
    page = page_of(here)
    assert [(row.called, row.fields) for row in page.list.every][:2] == [
        ("澜川精密轴承有限公司", "note"),
        ("陈立新", "department, focus"),
    ]
    assert page.state.text().startswith("3 changes wait to be sent, the oldest since today 8:10.")
    signs(here)
    assert (
        spoken(here) == "Exchange · 3 unsent · 3"
    )  # records, as the page they are decided on says
    assert page.keys[0][0] == "D"
    here.press("d")
    assert here.window.page is not None
    assert here.window.page.route.page == "conflicts"


@pytest.mark.parametrize("fill", [offline_with_more], indirect=True)
def test_more_than_a_day_unsent_is_red_and_says_that_nothing_is_lost(here: Here) -> None:
    from kamdesk.desktop.exchange.said import is_late

    page = page_of(here)
    assert is_late(page.content.told, page.content.now)
    assert page.state.text() == (
        "There is no way to the hub: no network, or it is switched off."
        " 1 change waits to be sent, since 11 Mar 2:10. It is safe on this computer."
    )
    signs(here)
    (item,) = [one for one in here.window.rail.findChildren(RailItem) if one.kind.id == "exchange"]
    assert (item._late, item._icon) == (True, "cloud-off")


# ---- refused


@pytest.mark.parametrize("fill", [busy_with_more], indirect=True)
def test_the_refused_stand_with_their_reason_and_are_handed_on_and_forgotten(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(here, "refused")
    assert [row.called for row in page.list.every] == ["芦汀纺织有限公司", "乙"]
    assert page.list.every[0].fields == "website: www.example.com; telephone: 0510-8888 1200"
    page.list.view.selectRow(0)
    target = tmp_path / "out.kamdesk.json"
    monkeypatch.setattr(files, "ask_where_to", lambda *_: target)
    here.press("h")
    assert here.told().startswith("out.kamdesk.json is written. Give it to the customer's owner")
    assert len(json.loads(target.read_text("utf-8"))["ops"]) == 1
    here.press(Qt.Key.Key_Delete)
    assert "forgotten for good" in page.step.sentence.text()
    here.save()
    here.qtbot.waitUntil(lambda: len(page.list.every) == 1, timeout=8000)
    desk = here.desk()
    assert len(quarantined(desk.storage)) == 1
    desk.close()
    take_in(page, target)
    here.qtbot.waitUntil(lambda: here.window.notices.words == "1 record is changed.")
    desk = here.desk()
    assert desk.accounts.ask.everything()[1].phone == "0510-8888 1200"
    desk.close()


@pytest.mark.parametrize("fill", [busy_with_more], indirect=True)
def test_ctrl_tab_goes_through_the_lists(here: Here) -> None:
    page = page_of(here)
    here.press(Qt.Key.Key_Tab, CTRL)
    assert page.tabs.key == "refused"
    here.press(Qt.Key.Key_Tab, CTRL)
    (row,) = page.list.every
    assert (row.called, row.of) == ("芦汀纺织有限公司", "for colleagues")


@pytest.mark.parametrize("fill", [level], indirect=True)
def test_leaving_says_what_goes_and_what_stays(here: Here) -> None:
    page = page_of(here)
    here.press("v")
    assert page.step.sentence.text().startswith("Customers you made here stay.")
    assert page.step.do.words == "Leave Region East"
    here.press(Qt.Key.Key_Escape)
    assert page.step is None


@pytest.mark.parametrize("fill", [level], indirect=True)
def test_once_the_team_is_left_no_sign_of_it_stays(here: Here) -> None:
    page = page_of(here)
    signs(here)
    assert here.window.status.words[1:] == ["Last exchange today 8:07"]
    here.press("v")
    here.save()
    assert here.told() == "You have left Region East"
    assert here.window.status.words == ["Everything is saved on this computer"]
    assert spoken(here) == "Exchange"
    offered = [one.words for one in page._alone.findChildren(Button) if one.isVisible()]
    assert offered == [AGAIN.plain]


def test_what_comes_in_closes_no_notice_but_what_is_done_next_does(here: Here) -> None:
    here.window.say(Text("1 field is decided."))
    here.answered()
    way = way_of(here.bench)
    way._came_in = {("account", Id(bytes(16)))}
    way._tell_pages()
    assert here.told() == "1 field is decided."
    here.bench.changed.emit(ChangeSet(frozenset({("account", Id(bytes(16)))})))
    assert not here.window.notices.words


# ---- out of the team


def out_of(desk: Workspace, url: str) -> None:
    """Have been in a team, and be out of it."""
    level(desk)
    gone = Removed(hub="Region East", customers=2, kept=0, shut_out=True, at=1)
    with desk.storage.transaction():
        desk.storage.keep(team.HUB_URL, "")
        desk.storage.keep(joining.LEFT, url)
        desk.storage.keep(GONE, json.dumps(asdict(gone)))


def shut_out(desk: Workspace) -> None:
    out_of(desk, "https://hub.example.cn")


def out_of_a_folder(desk: Workspace) -> None:
    out_of(desk, team.BY_FOLDER)


@pytest.mark.parametrize("fill", [shut_out], indirect=True)
def test_who_was_shut_out_may_only_join_the_same_team_again(here: Here) -> None:
    page = page_of(here)
    assert page._alone.heading.text() == "Region East has shut this computer out"
    assert "a new invitation to the same team" in page._alone.accessibleName()
    assert page._alone.findChild(Button).accessibleName() == "Join the same team again"
    assert page.keys == (("J", AGAIN),)
    names = {one.name.source for one in commands_of(here.window)}
    assert "Join the same team again" in names
    assert not names & {"Join a team", "By a shared folder", "Leave the team"}


@pytest.mark.parametrize("fill", [out_of_a_folder], indirect=True)
def test_who_is_out_of_a_shared_folder_comes_back_by_it(here: Here) -> None:
    page = page_of(here)
    assert [keys for keys, _ in page.keys] == ["F"]
    assert page.actions_here["exchange.folder"].enabled
    assert not page.actions_here["exchange.join"].enabled


# ---- what a hub that was set back lost


def set_back(desk: Workspace) -> None:
    """Be in a team whose hub lost what a colleague had written."""
    busy_with_more(desk)
    with desk.storage.transaction():
        desk.storage.connection.execute("UPDATE op SET seq = NULL WHERE dev = 2")
        desk.storage.keep(team.UNPLACED, 1)


@pytest.mark.parametrize("fill", [set_back], indirect=True)
def test_what_the_hub_lost_is_told_with_its_records(here: Here) -> None:
    page = page_of(here, "lost")
    assert page.tabs.key == "lost"
    n = page.list.model.total
    assert n >= 3
    assert page._parked.text().startswith(f"The hub was set back and lost {n} changes")
    assert "澜川精密轴承有限公司" in [row.called for row in page.list.lines]
    assert {page.list.shown("Written by", row) for row in range(n)} == {"Wu Qiming"}
    here.press("A")
    here.answered()
    assert page.list.model.total == 0
    assert not page._parked.isVisible()
    assert not page.actions_here["exchange.again"].enabled
    desk = here.desk()
    account = next(one for one in desk.accounts.ask.everything() if one.website)
    assert "website" in {cell for one in unsent_list(desk.storage) for cell in one.cells}
    desk.close()
    assert account.website == "www.example.cn"


@pytest.mark.parametrize("fill", [busy_with_more], indirect=True)
def test_a_hub_that_lost_nothing_is_not_spoken_of(here: Here) -> None:
    page = page_of(here, "lost")
    assert page.list.model.total == 0
    assert not page._parked.isVisible()


# ---- badges


def badge(here: Here, page: Any) -> RecordBadge:
    here.answered()
    found: RecordBadge = page.findChild(RecordBadge)
    return found


@pytest.mark.parametrize("fill", [busy_with_more], indirect=True)
def test_a_record_says_at_its_head_that_it_waits(here: Here) -> None:
    desk = here.desk()
    account, _refused, other = desk.accounts.ask.everything()[:3]
    desk.close()
    shown = badge(here, here.go(Route("account", account.id)))
    assert (shown.words, shown.isHidden()) == ("1 field waits for you", False)
    assert badge(here, here.go(Route("account", Id(other.id)))).isHidden()
    shown.click()
    assert here.window.page is not None
    assert here.window.page.here == Route("conflicts", account.id)


@pytest.mark.parametrize("fill", [busy_with_more], indirect=True)
def test_a_record_of_which_the_hub_refused_something_says_so(here: Here) -> None:
    desk = here.desk()
    refused = next(one for one in quarantined(desk.storage) if one.kind == "person")
    desk.close()
    shown = badge(here, here.go(Route("person", refused.record)))
    assert (shown.words, shown.isHidden()) == ("Refused by the hub", False)
    shown.click()
    assert here.window.page is not None
    assert here.window.page.here == Route("exchange", None, "refused")


@pytest.mark.parametrize("fill", [level], indirect=True)
def test_a_record_changed_now_is_unsent(here: Here) -> None:
    page = here.go(Route("account", here.account.id))
    shown = badge(here, page)
    assert shown.isHidden()

    def change(desk: Workspace) -> Any:
        from dataclasses import replace

        now = desk.accounts.ask.get(here.account.id)
        return desk.accounts.change(replace(now, phone="1"), base=now, seen=desk.storage.position())

    here.bench.do(page, change)
    here.answered()
    here.answered()
    assert (shown.words, shown.isHidden()) == ("Unsent", False)
