"""The matrix: whose relationship it is, who set it, what is missing; on paper too."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from support.customers import Lanchuan, lanchuan

from kamdesk import assets
from kamdesk.core import wording
from kamdesk.core.clock import Instant
from kamdesk.core.ids import ColleagueId
from kamdesk.domain.chain.network import Cover, Network, Node, Ours
from kamdesk.domain.chain.standing import Line, Standing, What
from kamdesk.dossier.cover_matrix import (
    CoverMatrix,
    MatrixLine,
    Spot,
    cover_matrix,
    read_matrix,
    short_of,
)
from kamdesk.papers.matrix.drawing import MOST_OURS, draw_matrix
from kamdesk.workspace import Workspace

DAY = date(2026, 3, 12)
US, HE, WU = (ColleagueId(bytes([n]) * 16) for n in (1, 2, 3))
CHEN, LI = bytes([8]) * 16, bytes([9]) * 16


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with wording.catalogues(assets.catalogue):
        yield


def net(*covers: Cover, **more: object) -> Network:
    people = (
        Node(id=LI, name="李敏", stands=Standing(influence=3, line=Line.BUSINESS)),
        Node(id=CHEN, name="陈立新", stands=Standing(influence=5), owner=HE),
    )
    ours = (Ours(US, "林晓彤"), Ours(HE, "贺川"), Ours(WU, "吴启明"))
    given = {"day": DAY, "account": b"a" * 16, "nodes": people, "ours": ours, "covers": covers}
    return Network(**{**given, **more})


def test_people_stand_by_influence_and_ours_team_first_then_owners_then_who_knows() -> None:
    found = cover_matrix(net(Cover(node=LI, colleague=WU, now=2, since=DAY)), first=[US])
    assert [row.node.name for row in found.rows] == ["陈立新", "李敏"]
    assert [column.name for column in found.columns] == ["林晓彤", "贺川", "吴启明"]
    assert [(column.knows, column.owns) for column in found.columns] == [(0, 0), (0, 1), (1, 0)]


def test_a_gap_is_the_sum_of_missing_steps_and_none_where_nothing_is_wanted() -> None:
    found = cover_matrix(
        net(
            Cover(node=CHEN, colleague=US, now=3, wanted=4, since=DAY),
            Cover(node=CHEN, colleague=HE, wanted=2, since=DAY),
            Cover(node=CHEN, colleague=WU, now=5, wanted=4, since=DAY),
        )
    )
    chen, li = found.rows
    assert chen.gap == 3
    assert li.gap is None
    assert short_of(Cover(node=CHEN, now=5, wanted=4)) == 0
    assert [row.node.name for row in found.shown(gaps_only=True)] == ["陈立新"]


def test_a_relationship_without_a_name_goes_once_a_named_one_is_as_new() -> None:
    plain = Cover(node=LI, now=4, since=DAY)
    assert cover_matrix(net(plain)).columns[-1].id is None
    older = Cover(node=LI, colleague=US, now=2, since=DAY - timedelta(days=9))
    both = cover_matrix(net(plain, older))
    assert [cell.now for cell in both.rows[1].cells] == [None, 2, 4]
    named = replace(older, since=DAY)
    assert all(column.id for column in cover_matrix(net(plain, named)).columns)


def test_lines_without_a_pair_are_named_and_what_is_not_said_comes_last() -> None:
    rows = cover_matrix(net(Cover(node=CHEN, colleague=US, now=3, since=DAY))).shown(by_line=True)
    heads = [row for row in rows if isinstance(row, MatrixLine)]
    assert [(head.line, head.paired) for head in heads] == [(Line.BUSINESS, False), (None, True)]


@pytest.fixture
def customer(desk: Workspace) -> Lanchuan:
    return lanchuan(desk)


def set_by_me(desk: Workspace, customer: Lanchuan) -> CoverMatrix:
    chain = desk.chain.open_map(customer.account.id)
    li, me = customer.people["李敏"], desk.team.me
    desk.chain.judge(
        desk.chain.reading(chain, li, What.COVERAGE, "2", on=DAY, colleague=me),
        desk.chain.reading(chain, li, What.COVERAGE_WANTED, "4", on=DAY, colleague=me),
    )
    return read_matrix(desk.storage.reader, customer.account.id, at=desk.clock.now())


def test_it_knows_who_set_what_when(desk: Workspace, customer: Lanchuan) -> None:
    found = set_by_me(desk, customer)
    spot = Spot(customer.people["李敏"], desk.team.me)
    written = found.written[spot, What.COVERAGE_WANTED]
    assert written.by
    assert written.at == desk.clock.now()


def test_yesterday_is_as_it_was(desk: Workspace, customer: Lanchuan) -> None:
    at = Instant.at(date(2026, 3, 11), 20)
    before = read_matrix(desk.storage.reader, customer.account.id, at=at)
    set_by_me(desk, customer)
    after = read_matrix(desk.storage.reader, customer.account.id, at=at)
    assert after.rows == before.rows


def said(paper: bytes) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(paper)
    try:
        texts = [document[n].get_textpage().get_text_range() for n in range(len(document))]
        return len(document), "\n".join(texts)
    finally:
        document.close()


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_it_prints_on_one_page_on_its_side(
    desk: Workspace, customer: Lanchuan, language: str
) -> None:
    matrix = set_by_me(desk, customer)
    paper = draw_matrix(matrix, language=language, made=desk.clock.now())
    pages, text = said(paper)
    assert pages == 1
    assert all(name in text for name in customer.people)
    assert paper == draw_matrix(matrix, language=language, made=desk.clock.now())
    document = pypdfium2.PdfDocument(paper)
    width, height = document[0].get_size()
    document.close()
    assert width > height


def test_many_people_go_over_pages_and_many_of_ours_are_counted(desk: Workspace) -> None:
    ours = tuple(Ours(ColleagueId(bytes([n]) * 16), f"同事{n}") for n in range(1, 16))
    people = tuple(Node(id=n.to_bytes(16, "big"), name=f"张{n}") for n in range(1, 101))
    covers = tuple(Cover(node=people[0].id, colleague=one.id, now=1, since=DAY) for one in ours)
    matrix = cover_matrix(net(*covers, nodes=people, ours=ours))
    pages, text = said(draw_matrix(matrix, language="en", made=desk.clock.now()))
    assert pages > 1
    assert all(f"张{n}" in text for n in range(1, 101))
    assert f"+{15 - MOST_OURS} more of ours" in text
