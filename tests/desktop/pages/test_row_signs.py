"""Signs behind the names of lists: unsent, apart, refused, only here; quiet, in words, for seen."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from kamdesk.core.ids import Id, VisitId
from kamdesk.desktop import looks, theme
from kamdesk.desktop.exchanging import Exchanging, with_hub
from kamdesk.desktop.pages import Route
from kamdesk.desktop.row_signs import row_sign
from kamdesk.desktop.scenes.exchange import busy, level
from kamdesk.desktop.theme import Tone
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.storage.exchange import acknowledge, join, unsent
from kamdesk.storage.keys import KeyRing, Nowhere
from kamdesk.sync import sharing
from kamdesk.sync.quarantine import quarantined
from kamdesk.sync.sharing import Sign, signs_of
from kamdesk.workspace import Workspace

from .conftest import Here

UNSENT = "Unsent"


@pytest.fixture
def fill(request: pytest.FixtureRequest) -> Callable[[Workspace], object] | None:
    made: Callable[[Workspace], object] | None = getattr(request, "param", None)
    return made


def busy_with_more(desk: Workspace) -> None:
    for name in ("芦汀纺织有限公司", "瑞坪矿业有限公司"):
        desk.accounts.add(desk.accounts.new(name))
    for name in ("甲", "乙", "丙"):
        desk.people.add(desk.people.new(name, desk.accounts.ask.everything()[1].id))
    busy(desk)


def shares_one_of_two(desk: Workspace) -> None:
    private = desk.accounts.new("芦汀纺织有限公司")
    desk.accounts.add(private)
    account = next(one.id for one in desk.accounts.ask.everything() if one.id != private.id)
    visit = desk.visits.ask.whole(account)[0]
    desk.visits.note(replace(desk.visits.new_fact(visit, "他快退休了"), here=True))
    join(desk.storage, 1, [account])


def a_deal_and_a_promise(desk: Workspace) -> None:
    level(desk)
    account = desk.accounts.ask.everything()[0].id
    desk.opportunities.add(desk.opportunities.new(account, "二号线"))
    desk.promises.make(desk.promises.new(account, PromiseSide.OURS, "寄样品"))


def table_of(page: Any) -> Any:
    return page.log.list if hasattr(page, "log") else page.list


def signs(here: Here, route: Route) -> dict[str, str]:
    """Return the words of the signs in a list, by the name of the line."""
    return dict(shown(here, here.go(route)))


def shown(here: Here, page: Any) -> list[tuple[str, str]]:
    for _ in range(3):  # the lines, then the signs of those that are seen
        here.qtbot.wait(1)
        here.answered()
    model = table_of(page).model
    column = next(n for n, one in enumerate(model.columns) if one.strong)
    return [
        (model.data(model.index(row, column)), sign.words)
        for row in range(model.rowCount())
        if (sign := model.sign(row, column)) is not None
    ]


@pytest.mark.parametrize("fill", [busy_with_more], indirect=True)
def test_lists_say_of_which_records_something_waits(here: Here) -> None:
    desk = here.desk()
    accounts = {one.name for one in desk.accounts.ask.everything()}
    refused = {one.record for one in quarantined(desk.storage)} & {
        one.id for one in desk.accounts.ask.everything()
    }
    desk.close()
    said = signs(here, Route("accounts"))
    assert said["澜川精密轴承有限公司"].startswith("Waits for you to decide")
    assert set(said) < accounts
    assert sum("refused by the hub" in one for one in said.values()) == len(refused) > 0
    assert any("Waits for you" in one for one in signs(here, Route("people")).values())
    visits = shown(here, here.go(Route("visits", tab="log")))
    assert any("Waits for you" in words for _, words in visits)


@pytest.mark.parametrize("fill", [level], indirect=True)
def test_a_sign_follows_what_is_written(here: Here) -> None:
    exchanging = Exchanging(here.bench, with_hub(lambda: KeyRing(Nowhere())))
    here.window.rebuild()
    page = here.go(Route("accounts"))
    assert shown(here, page) == []

    def change(desk: Workspace) -> Any:
        now = desk.accounts.ask.get(here.account.id)
        return desk.accounts.change(replace(now, phone="1"), base=now, seen=desk.storage.position())

    here.bench.do(page, change)
    assert shown(here, page) == [(here.account.name, UNSENT)]
    here.bench.do(page, sent)
    here.answered()
    exchanging.exchanged.emit(None)
    assert shown(here, page) == []


def sent(desk: Workspace) -> Any:
    """Let the hub have taken all."""
    ops = unsent(desk.storage)
    first = int(desk.storage.position()) + 1
    return acknowledge(desk.storage, {op.dseq: n for n, op in enumerate(ops, first)})


@pytest.mark.parametrize("fill", [a_deal_and_a_promise], indirect=True)
def test_deals_and_promises_have_signs_too(here: Here) -> None:
    assert signs(here, Route("opportunities")) == {"二号线": UNSENT}
    assert signs(here, Route("promises")) == {"寄样品": UNSENT}


@pytest.mark.parametrize("fill", [shares_one_of_two], indirect=True)
def test_what_stays_on_this_computer_says_so(here: Here) -> None:
    said = signs(here, Route("accounts"))
    assert said["芦汀纺织有限公司"] == "Only on this computer"
    assert said[here.account.name].endswith("has a note only on this computer")
    visits = shown(here, here.go(Route("visits", tab="log")))
    assert [words for _, words in visits] == ["Unsent, has a note only on this computer", UNSENT]


def test_who_is_in_no_team_sees_none(here: Here) -> None:
    def keep_one(desk: Workspace) -> Any:
        visit = desk.visits.ask.get(VisitId(Id(here.visit)))
        return desk.visits.note(replace(desk.visits.new_fact(visit, "他快退休了"), here=True))

    here.bench.do(here.go(Route("accounts")), keep_one)
    assert signs(here, Route("accounts")) == {}


@pytest.mark.parametrize("fill", [level], indirect=True)
def test_a_sign_is_read_and_shown_and_leaves_no_gap(here: Here) -> None:
    page = here.go(Route("accounts"))
    shown(here, page)
    model, view = page.list.model, page.list.view
    index = model.index(0, 0)
    plain = view.viewport().grab(view.visualRect(index)).toImage()
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) is None
    spoken = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    model.show_signs({page.list.lines[0].id: row_sign([Sign.APART, Sign.UNSENT])})
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) == "Waits for you to decide, unsent"
    said = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert said == looks.joined(spoken, "Waits for you to decide, unsent")
    signed = view.viewport().grab(view.visualRect(index)).toImage()
    ochre = theme.now().colour(Tone.OCHRE)
    assert not has(plain, ochre)
    assert has(signed, ochre)
    model.show_signs({})
    assert view.viewport().grab(view.visualRect(index)).toImage() == plain


def has(image: Any, colour: QColor) -> bool:
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return any(image.pixelColor(x, y) == colour for x, y in points)


def many(desk: Workspace) -> None:
    for n in range(120):
        desk.accounts.add(desk.accounts.new(f"客户 {n:03}"))
    join(desk.storage, 1)


@pytest.mark.parametrize("fill", [many], indirect=True)
def test_only_rows_one_sees_are_asked_for(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted: list[int] = []

    def counted(storage: Any, records: Any) -> Any:
        wanted.append(len(records))
        return signs_of(storage, records)

    monkeypatch.setattr("kamdesk.desktop.row_signs.signs_of", counted)
    here.window.rebuild()
    page = here.go(Route("accounts"))
    first = shown(here, page)
    rows = len(page.list.seen_lines())
    assert 0 < rows < 60
    assert set(wanted) == {rows}
    assert len(first) == rows
    page.list.view.verticalScrollBar().setValue(90)
    assert not set(first) & set(shown(here, page))
    here.go(Route("today"))
    before = len(wanted)
    here.bench.do(page, lambda desk: desk.accounts.add(desk.accounts.new("新客户")))
    here.answered()
    assert len(wanted) == before


def test_signs_are_asked_by_their_records(here: Here) -> None:
    desk = here.desk()
    sql = " ".join(sharing._ASKED[Sign.UNSENT].format(marks="?, ?").split())
    plan = " ".join(
        str(row["detail"]) for row in desk.storage.reader.ask(f"EXPLAIN QUERY PLAN {sql}", b"", b"")
    )
    desk.close()
    assert "USING INDEX op_record (eid=?)" in plan
    assert "SCAN" not in plan
