"""From the file to the map as it is drawn, and to its papers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from support.customers import Lanchuan, lanchuan

from kamdesk import assets
from kamdesk.core import wording
from kamdesk.core.clock import Instant
from kamdesk.core.text.neutral import FORBIDDEN
from kamdesk.core.wording import Text, say
from kamdesk.domain.chain.model import GroupSort, Map, Role, TieKind
from kamdesk.domain.chain.standing import Sureness, What
from kamdesk.dossier.chain_picture import picture, picture_of_file
from kamdesk.dossier.chain_view import read_chain
from kamdesk.dossier.customer_file import read_file
from kamdesk.figures import chain as figure
from kamdesk.figures.chain import Card, CardKind, ChainMap
from kamdesk.papers.chain_map.files import make_map
from kamdesk.papers.film.drawing import draw_film
from kamdesk.papers.film.gather import days_before, of_film
from kamdesk.workspace import Workspace

TODAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with wording.catalogues(assets.catalogue):
        yield


@pytest.fixture
def here(desk: Workspace) -> Lanchuan:
    return lanchuan(desk)


def own_map(desk: Workspace, here: Lanchuan) -> Map:
    return desk.chain.open_map(here.account.id)


def judge(desk: Workspace, here: Lanchuan, who: str, what: What, value: str, **more) -> None:
    on = more.pop("on", TODAY)
    reading = desk.chain.reading(own_map(desk, here), here.people[who], what, value, on=on, **more)
    desk.chain.judge(reading)


def seen(desk: Workspace, here: Lanchuan, **how) -> ChainMap:
    net = read_chain(desk.storage.reader, here.account.id, at=desk.clock.now())
    return picture(net, **how)


def card(desk: Workspace, here: Lanchuan, name: str, **how) -> Card:
    return next(one for one in seen(desk, here, **how).cards if one.name == name)


def said(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper)
    try:
        return "\n".join(
            document[n].get_textpage().get_text_range() for n in range(len(document))
        ).replace("\r", "")
    finally:
        document.close()


def a_map(desk: Workspace, here: Lanchuan, **how) -> bytes:
    now = desk.clock.now()
    wanted = {"at": now, "made": now, "language": "en", "me": desk.team.me} | how
    return make_map(desk.storage.reader, here.account.id, **wanted)


def test_a_card_says_what_is_known_and_keeps_the_ids(desk: Workspace, here: Lanchuan) -> None:
    shen = card(desk, here, "沈建国", attending={here.people["沈建国"]})
    assert shen.id == here.people["沈建国"].hex()
    assert (shen.post, shen.stance, shen.influence) == ("总工程师", 1, 4)
    assert [say(role, "en") for role in shen.roles] == ["technical evaluator", "influencer"]
    assert shen.reports_to == here.people["陈立新"].hex()
    assert (shen.met, shen.attends, shen.decides, shen.stale) == (True, True, False, False)
    assert not card(desk, here, "Michael Tan").met
    assert card(desk, here, "陈立新").decides


def test_ties_keep_their_ids_strength_and_sign(desk: Workspace, here: Lanchuan) -> None:
    ties = {tie.source: tie for tie in seen(desk, here).ties}
    against = ties[here.people["李敏"].hex()]
    assert (against.weight, against.against_us, len(against.id)) == (3, True, 32)
    assert not ties[here.people["赵磊"].hex()].against_us


def test_what_is_old_says_how_old(desk: Workspace, here: Lanchuan) -> None:
    judge(desk, here, "王镕", What.STANCE, "1", on=TODAY - timedelta(days=220))
    old = card(desk, here, "王镕")
    assert old.stale
    assert say(old.flag, "en") == "7 months old"
    judge(desk, here, "王镕", What.STANCE, "1")
    assert not card(desk, here, "王镕").stale


def test_an_old_influence_does_not_grey_a_fresh_stance(desk: Workspace, here: Lanchuan) -> None:
    judge(desk, here, "王镕", What.INFLUENCE, "2", on=TODAY - timedelta(days=400))
    assert card(desk, here, "王镕").stale
    judge(desk, here, "王镕", What.STANCE, "0")
    assert not card(desk, here, "王镕").stale


def test_a_guess_a_guide_a_veto_and_a_leaver_are_marked(desk: Workspace, here: Lanchuan) -> None:
    judge(desk, here, "王镕", What.STANCE, "1", sureness=Sureness.LOW)
    judge(desk, here, "王镕", What.COACH, "1")
    judge(desk, here, "王镕", What.VETO, "1")
    judge(desk, here, "王镕", What.LEAVING, "年底")
    found = card(desk, here, "王镕")
    assert found.unsure
    assert found.guide
    assert found.veto
    assert found.leaving


def test_a_mark_given_stands_before_the_age(desk: Workspace, here: Lanchuan) -> None:
    judge(desk, here, "王镕", What.STANCE, "1", on=TODAY - timedelta(days=220))
    marked = {here.people["王镕"]: Text("new since {day}", day="4 March")}
    assert say(card(desk, here, "王镕", marked=marked).flag, "en") == "new since 4 March"


def test_two_of_one_department_get_a_box_one_does_not(desk: Workspace, here: Lanchuan) -> None:
    for name, department in (("沈建国", "技术部"), ("赵磊", "技术部"), ("李敏", "财务部")):
        person = desk.people.ask.get(here.people[name])
        desk.people.change(
            replace(person, department=department), base=person, seen=desk.storage.position()
        )
    shown = seen(desk, here)
    assert [(box.id, box.name) for box in shown.boxes] == [("department:技术部", "技术部")]
    assert {one.name for one in shown.cards if one.group} == {"沈建国", "赵磊"}


def test_a_group_comes_before_the_department(desk: Workspace, here: Lanchuan) -> None:
    chain = own_map(desk, here)
    group = desk.chain.seats.new_group(chain, "江陵设计院", GroupSort.DESIGN)
    net = read_chain(desk.storage.reader, here.account.id, at=desk.clock.now())
    tan = net.by_id[here.people["Michael Tan"]]
    desk.chain.seats.make_group(chain, group, tan, on=TODAY)
    shown = seen(desk, here)
    assert [(box.id, box.outside) for box in shown.boxes] == [(group.id.hex(), True)]
    assert card(desk, here, "Michael Tan").group == group.id.hex()


def test_ghosts_say_what_they_are_wanted_for(desk: Workspace, here: Lanchuan) -> None:
    ghost = card(desk, here, "项目负责人")
    assert ghost.kind is CardKind.GHOST
    assert [say(role, "en") for role in ghost.roles] == ["initiator"]


def test_who_chairs_a_body_is_tied_to_it(desk: Workspace, here: Lanchuan) -> None:
    body = desk.chain.body(here.account.id, "总经理办公会")
    desk.chain.add_body(replace(body, chair=here.people["陈立新"]))
    shown = seen(desk, here)
    leads = [tie for tie in shown.ties if tie.kind is figure.TieKind.LEADS]
    assert [(tie.source, tie.target) for tie in leads] == [
        (here.people["陈立新"].hex(), body.id.hex())
    ]
    assert card(desk, here, "总经理办公会").kind is CardKind.BODY


def test_the_brief_numbers_the_way_to_the_decider(desk: Workspace, here: Lanchuan) -> None:
    file = read_file(desk.storage.reader, here.account.id, at=desk.clock.now())
    shown = picture_of_file(file, {here.people["沈建国"], here.people["赵磊"]})
    assert shown is not None
    assert shown.way_in == tuple(here.people[name].hex() for name in ("沈建国", "陈立新"))
    alone = picture_of_file(file, {here.people["李敏"]})
    assert alone is not None
    assert alone.way_in == ()


def test_who_attends_and_is_not_on_the_map_stands_beside_it(
    desk: Workspace, here: Lanchuan
) -> None:
    guest = replace(desk.people.new("Guest", here.account.id), department="审计部")
    desk.people.add(guest)
    file = read_file(desk.storage.reader, here.account.id, at=desk.clock.now())
    shown = picture_of_file(file, {guest.id})
    assert shown is not None
    found = next(one for one in shown.cards if one.name == "Guest")
    assert (found.attends, found.post) == (True, "审计部")
    assert picture_of_file(file, set()) == picture_of_file(file, {desk.storage.new_id()})


def test_the_map_paper_says_whose_it_is_of_which_day_and_how_it_leans(
    desk: Workspace, here: Lanchuan
) -> None:
    text = said(a_map(desk, here))
    for word in ("澜川轴承", "2026-03-12", "陈立新", "总经理", "Decider", "林晓彤", "internal"):
        assert word in text
    assert "of the power known" in text


def test_a_past_day_shows_what_was_known_then(desk: Workspace, here: Lanchuan) -> None:
    judge(desk, here, "王镕", What.VETO, "1")
    before = Instant.at(TODAY - timedelta(days=1), 18)
    assert "veto" in said(a_map(desk, here))
    assert "veto" not in said(a_map(desk, here, at=before))


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_the_chart_for_the_customer_holds_no_word_of_ours(
    desk: Workspace, here: Lanchuan, language: str
) -> None:
    judge(desk, here, "王镕", What.VETO, "1")
    desk.chain.join(
        desk.chain.tie(
            own_map(desk, here), TieKind.CONFLICT, here.people["李敏"], here.people["赵磊"]
        )
    )
    text = said(a_map(desk, here, opinions=False, language=language))
    assert "陈立新" in text
    assert "项目负责人" not in text  # the empty seat
    assert FORBIDDEN.findall(text) == []
    for word in ("internal", "内部", "支持度", "support", "未见面", "not met", "林晓彤"):
        assert word not in text


def test_both_sizes_and_all_forms_are_made(desk: Workspace, here: Lanchuan) -> None:
    for size, wide in (("a4", 842), ("a3", 1191)):
        document = pypdfium2.PdfDocument(a_map(desk, here, size=size))
        assert document.get_page_size(0)[0] == pytest.approx(wide, abs=1)
        document.close()
    assert a_map(desk, here, form="png").startswith(b"\x89PNG")
    assert "沈建国".encode() in a_map(desk, here, form="svg")


def test_a_customer_without_a_map_gets_a_paper_that_says_so(desk: Workspace) -> None:
    account = desk.accounts.new("Empty")
    desk.accounts.add(account)
    now = desk.clock.now()
    paper = make_map(desk.storage.reader, account.id, at=now, made=now, language="en")
    assert "Nobody is on the map yet." in said(paper)


def test_the_film_shows_three_days_and_what_moved(desk: Workspace, here: Lanchuan) -> None:
    film = of_film(
        desk.storage.reader,
        here.account.id,
        days=days_before(TODAY),
        now=desk.clock.now(),
        me=desk.team.me,
    )
    assert [frame.day.isoformat() for frame in film.frames] == [
        "2025-09-11",
        "2025-12-11",
        "2026-03-12",
    ]
    assert not film.frames[0].moves
    assert {move.node for move in film.frames[2].moves} >= {here.people["李敏"]}
    paper = draw_film(film, language="en")
    document = pypdfium2.PdfDocument(paper)
    assert len(document) == 1
    document.close()
    text = said(paper)
    assert "2025-09-11" in text
    assert "doubtful" in text


def test_days_of_a_film_are_put_in_order(desk: Workspace, here: Lanchuan) -> None:
    days = (TODAY, TODAY - timedelta(days=60))
    film = of_film(desk.storage.reader, here.account.id, days=days, now=desk.clock.now())
    assert [frame.day for frame in film.frames] == sorted(days)
    assert draw_film(film, language="zh").startswith(b"%PDF")


def test_a_role_wanted_on_a_filled_seat_gives_way_to_those_held(
    desk: Workspace, here: Lanchuan
) -> None:
    net = read_chain(desk.storage.reader, here.account.id, at=desk.clock.now())
    shen = net.by_id[here.people["沈建国"]]
    desk.chain.seats.want(own_map(desk, here), shen, Role.APPROVER, on=TODAY)
    assert Text("approver") not in card(desk, here, "沈建国").roles
