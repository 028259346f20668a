"""Lanes hide nobody, clashes name whom they want, and half hours stay in their day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.domain.visits.calendar import (
    Span,
    clashes,
    lanes,
    month_of,
    snapped,
    span_of,
    week_of,
)
from kamdesk.domain.visits.model import Visit, VisitKind, VisitState
from kamdesk.domain.visits.store import VisitLine

DAY = date(2026, 3, 12)


def a_line(n: int, hour: int, minute: int = 0, **given: object) -> VisitLine:
    known = {
        "id": bytes([n]) * 16, "account": b"a" * 16, "account_name": "澜川",
        "start": Instant.at(DAY, hour, minute), "minutes": 60, "kind": VisitKind.VISIT,
        "topic": "", "objective": "", "state": VisitState.PLANNED, "next_step": "",
    }  # fmt: skip
    return VisitLine(**(known | given))


@given(
    st.lists(
        st.tuples(st.integers(0, 1410), st.integers(30, 300)).map(
            lambda pair: (pair[0], min(pair[0] + pair[1], 1440))
        ),
        max_size=25,
    )
)
def test_no_two_that_overlap_share_a_lane(stretches: list[tuple[int, int]]) -> None:
    spans = [Span(bytes([n]), *stretch) for n, stretch in enumerate(stretches)]
    found = lanes(spans)
    assert set(found) == {span.key for span in spans}
    for one in spans:
        assert 0 <= found[one.key].at < found[one.key].of
        for other in spans:
            overlap = one.key < other.key and one.begins < other.ends and other.begins < one.ends
            if overlap:
                assert found[one.key].at != found[other.key].at
                assert found[one.key].of == found[other.key].of


def test_visits_that_touch_have_the_whole_width() -> None:
    found = lanes([Span(b"a", 540, 600), Span(b"b", 600, 660)])
    assert {lane.of for lane in found.values()} == {1}


def test_a_clash_wants_the_same_people_of_ours() -> None:
    me, other = ("11" * 16,), ("22" * 16,)
    mine = a_line(1, 14, ours=me)
    assert clashes(mine, [a_line(2, 14, 30, ours=me)])
    assert clashes(mine, [a_line(2, 14, 30)])  # nobody of ours is named: everybody's
    assert not clashes(mine, [a_line(2, 14, 30, ours=other)])
    assert not clashes(mine, [a_line(2, 15, ours=me)])
    assert not clashes(mine, [a_line(2, 14, ours=me, state=VisitState.DROPPED)])
    assert not clashes(mine, [mine])
    assert not clashes(mine._replace(start=None), [a_line(2, 14)])


def test_a_long_visit_of_yesterday_clashes_too() -> None:
    fair = a_line(2, 9, minutes=3 * 1440)
    assert clashes(a_line(1, 14)._replace(start=Instant.at(date(2026, 3, 13), 14)), [fair])


def test_a_span_lies_within_its_day() -> None:
    assert span_of(a_line(1, 23, 30, minutes=240)) == Span(b"\x01" * 16, 1410, 1440)
    assert span_of(a_line(1, 9, minutes=5)).ends == 570
    assert span_of(a_line(1, 9)._replace(start=None)) is None


@pytest.mark.parametrize(
    ("minute", "snap"), [(-50, 0), (14, 0), (16, 30), (600, 600), (1439, 1410)]
)
def test_a_minute_snaps_to_its_half_hour(minute: int, snap: int) -> None:
    assert snapped(minute) == snap


def test_weeks_and_months_begin_on_monday() -> None:
    assert week_of(DAY) == date(2026, 3, 9)
    assert month_of(DAY) == date(2026, 2, 23)
    assert month_of(date(2026, 6, 30)) == date(2026, 6, 1)


def test_a_dropped_visit_is_moved_only_after_it_is_planned_again() -> None:
    visit = Visit(id=b"v" * 16, account=b"a" * 16).dropped()  # type: ignore[arg-type]
    with pytest.raises(RuleBroken):
        visit.moved(Instant.at(DAY, 9))
    assert visit.planned_again().moved(Instant.at(DAY, 9)).start == Instant.at(DAY, 9)
    with pytest.raises(RuleBroken):
        visit.planned_again().planned_again()
