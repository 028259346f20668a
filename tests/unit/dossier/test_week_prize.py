"""What a visit is worth: by class, by how late it is, by what else speaks for it; and in words."""

from datetime import date, timedelta

import pytest

from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.dossier.week_prize import FROM, Others, Urgency, prize

DAY = date(2026, 3, 16)
BASE = Text("core: every 30 days")


def due(days_over: int, every: int = 30, *, met: bool = True) -> Urgency:
    """Return a duty so many days over; less than 0: ahead."""
    return Urgency(
        due=DAY - timedelta(days=days_over),
        every=every,
        met_before=met,
        because=BASE,
        today=DAY,
        planned_for=DAY,
    )


def worth(urgency: Urgency | None, of: AccountClass | None, others: Others | None = None) -> float:
    return sum(term.points for term in prize(urgency, of, others or Others()))


def said(urgency: Urgency | None, others: Others | None = None) -> list[str]:
    return [term.said.plain for term in prize(urgency, AccountClass.CORE, others or Others())]


@pytest.mark.parametrize(
    ("of", "value"),
    [
        (AccountClass.CORE, 240),
        (AccountClass.HIGH_POTENTIAL, 120),
        (AccountClass.MAINTAIN, 60),
        (AccountClass.TO_IMPROVE, 30),
        (None, 60),
    ],
)
def test_on_its_day_a_visit_is_worth_its_class(of: AccountClass | None, value: int) -> None:
    assert worth(due(0), of) == value


def test_being_late_adds_and_being_early_takes_by_the_square() -> None:
    assert worth(due(15), AccountClass.CORE) == 240 * (1 + 1.5 * 0.5)
    assert worth(due(-6), AccountClass.CORE) == pytest.approx(240 * 0.8**2, abs=0.1)
    assert worth(due(60), AccountClass.CORE) == worth(due(600), AccountClass.CORE) == 240 * 4


def test_too_early_it_is_worth_nothing_whatever_the_opportunity() -> None:
    early = due(-14)
    assert early.ratio < FROM
    assert prize(early, AccountClass.CORE, Others(step=8, people=("李敏",))) == ()
    assert prize(None, AccountClass.CORE, Others()) == ()


def test_how_late_it_is_comes_first_then_where_the_duty_is_from() -> None:
    assert said(due(22)) == ["22 days over", "core: every 30 days"]
    assert said(due(1)) == ["1 day over", "core: every 30 days"]
    assert said(due(0)) == ["due today", "core: every 30 days"]
    assert said(due(-1)) == ["due in 1 day", "core: every 30 days"]
    assert said(due(3, met=False))[0] == "never visited, 3 days over"


def test_promises_alone_bring_somebody_in_and_three_are_the_most() -> None:
    assert worth(None, None, Others(promises=1)) == 40
    assert worth(None, None, Others(promises=9)) == 120
    assert said(None, Others(promises=2)) == ["2 promises of ours are due"]


def test_each_further_term_has_its_words() -> None:
    others = Others(promises=1, people=("李敏", "王建"), step=4, received_on=(1, 3))
    terms = prize(due(0), AccountClass.MAINTAIN, others)
    assert [term.said.plain for term in terms[2:]] == [
        "1 promise of ours is due",
        "due there as well: 李敏, 王建",
        "open opportunity at step 4",
        "they receive on Tue, Thu only",
    ]
    assert [term.points for term in terms] == [0, 60, 40, 40, 30, 12]


def test_a_duty_done_once_grows_by_the_week() -> None:
    assert worth(due(7, every=0), AccountClass.MAINTAIN) == 60 * 2.5


def test_what_is_said_is_as_of_today_what_it_is_worth_as_of_the_week() -> None:
    later = Urgency(
        due=DAY,
        every=30,
        met_before=True,
        because=BASE,
        today=DAY - timedelta(days=3),
        planned_for=DAY + timedelta(days=15),
    )
    assert said(later)[0] == "due in 3 days"
    assert worth(later, AccountClass.CORE) == 240 * 1.75
