"""Contact duties: which there are, when each falls due, what resets it, what is too often."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, AgreementId, Id, PauseId, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.cadence.ceiling import too_often
from kamdesk.domain.cadence.cycle import Cycle, cycle_of
from kamdesk.domain.cadence.duties import duties_towards, nothing_asked_because, strictest
from kamdesk.domain.cadence.duty import Channel, DueWord, Duty, Source
from kamdesk.domain.cadence.facts import Contacts, Onboarding, Subject
from kamdesk.domain.cadence.model import Agreement, Pause

TODAY = date(2026, 3, 12)
ACCOUNT = AccountId(Id(b"a" * 16))
PERSON = PersonId(Id(b"p" * 16))
KNOWN = date(2024, 1, 1)


class Weekdays:
    """Weekends are off, and so are the holidays given."""

    def __init__(self, *holidays: Day) -> None:
        self.holidays = holidays

    def works(self, day: Day) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def next_working(self, day: Day) -> Day:
        while not self.works(day):
            day += timedelta(days=1)
        return day

    def name(self, day: Day) -> Text | None:
        return Text("Feast") if day in self.holidays else None


def core(**fields: object) -> Subject:
    """Return a core customer, last visited twenty days ago unless said."""
    given: dict[str, object] = {"last": Contacts(visit=TODAY - timedelta(days=20)), **fields}
    return Subject(account=ACCOUNT, class_word="core", known_since=KNOWN, **given)  # type: ignore[arg-type]


def due(subject: Subject, channel: Channel = Channel.VISIT, today: Day = TODAY) -> Duty:
    """Return the strictest duty of a channel."""
    found = strictest(duties_towards(subject, today=today, working=Weekdays()), channel)
    assert found is not None
    return found


def agreed(every: int, **fields: object) -> Agreement:
    return Agreement(id=AgreementId(Id(b"g" * 16)), account=ACCOUNT, every=every, **fields)  # type: ignore[arg-type]


def quiet(since: Day, until: Day) -> Pause:
    return Pause(
        id=PauseId(Id(b"q" * 16)), account=ACCOUNT, since=since, until=until, because="tender"
    )


@pytest.mark.parametrize(
    ("word", "visit", "touch"),
    [
        ("core", 30, 14),
        ("high_potential", 91, 30),
        ("maintain", 182, 91),
        ("to_improve", None, 91),
        ("", None, None),
        ("a class of a newer program", None, None),
    ],
)
def test_each_class_has_its_intervals(word: str, visit: int | None, touch: int | None) -> None:
    last = TODAY - timedelta(days=5)
    subject = replace(core(last=Contacts(visit=last)), class_word=word)
    found = duties_towards(subject, today=TODAY, working=Weekdays())
    assert {duty.channel: duty.every for duty in found} == {
        channel: every
        for channel, every in ((Channel.VISIT, visit), (Channel.TOUCH, touch))
        if every
    }
    assert all(duty.due == last + timedelta(days=duty.every) for duty in found)
    assert all(duty.because.plain for duty in found)


def test_a_touch_never_resets_a_visit_and_a_visit_resets_both() -> None:
    touched = core(last=Contacts(visit=date(2026, 1, 10), touch=date(2026, 3, 10)))
    assert due(touched).due == date(2026, 2, 9)
    assert due(touched).word(TODAY) is DueWord.OVERDUE
    assert due(touched).days_over(TODAY) == 31
    assert due(touched, Channel.TOUCH).due == date(2026, 3, 24)
    assert due(core(), Channel.TOUCH).last == due(core()).last


def test_core_is_met_face_to_face_and_others_by_video_too() -> None:
    seen = Contacts(visit=date(2025, 12, 1), video=date(2026, 3, 1))
    assert due(core(last=seen)).last == date(2025, 12, 1)
    assert due(replace(core(last=seen), class_word="high_potential")).last == date(2026, 3, 1)


def test_what_is_planned_resets_nothing_and_is_said() -> None:
    duty = due(core(planned=Contacts(visit=date(2026, 3, 20), touch=date(2026, 3, 13))))
    assert (duty.planned, duty.due) == (date(2026, 3, 20), date(2026, 3, 22))
    assert due(core(planned=Contacts(video=date(2026, 3, 14)))).planned is None
    assert due(core(planned=Contacts(touch=date(2026, 3, 13))), Channel.TOUCH).planned == date(
        2026, 3, 13
    )


def test_who_was_never_met_is_counted_from_the_day_they_came_into_the_file() -> None:
    new = replace(core(last=Contacts()), known_since=TODAY - timedelta(days=3))
    assert due(new).word(TODAY) is DueWord.NEVER
    assert due(new).days_over(TODAY) == 0
    assert due(new, today=TODAY + timedelta(days=40)).days_over(TODAY + timedelta(days=40)) == 13
    assert due(replace(new, known_since=None)).due is None
    assert due(replace(new, known_since=None)).word(TODAY) is DueWord.NEVER


@pytest.mark.parametrize(
    ("days", "word"),
    [(22, DueWord.ON_TRACK), (23, DueWord.SOON), (30, DueWord.SOON), (31, DueWord.OVERDUE)],
)
def test_four_words(days: int, word: DueWord) -> None:
    assert due(core(last=Contacts(visit=TODAY - timedelta(days=days)))).word(TODAY) is word


@pytest.mark.parametrize(
    ("today", "every"),
    [
        (date(2026, 3, 1), 7),
        (date(2026, 3, 31), 7),
        (date(2026, 4, 1), 14),
        (date(2026, 5, 31), 14),
        (date(2026, 6, 1), None),
    ],
)
def test_a_new_customer_is_seen_weekly_then_fortnightly(today: Day, every: int | None) -> None:
    signed = date(2026, 3, 1)
    subject = replace(
        core(),
        class_word="maintain",
        last=Contacts(video=date(2026, 2, 20)),
        onboarding=Onboarding(signed, date(2026, 4, 1), date(2026, 6, 1)),
    )
    found = duties_towards(subject, today=today, working=Weekdays())
    phases = [duty for duty in found if duty.source is Source.PHASE]
    assert [duty.every for duty in phases] == ([every] if every else [])
    for duty in phases:
        assert duty.due == signed + timedelta(days=duty.every)
        assert strictest(found, Channel.VISIT) == duty


def test_the_one_that_falls_due_first_holds() -> None:
    both = core(
        last=Contacts(visit=TODAY - timedelta(days=50), video=TODAY - timedelta(days=1)),
        onboarding=Onboarding(date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1)),
    )
    assert due(both).source is Source.CLASS
    assert due(replace(core(), agreements=(agreed(10),))).source is Source.AGREEMENT
    assert due(replace(core(), agreements=(agreed(60),))).source is Source.CLASS


def test_executives_of_core_customers_are_met_half_yearly() -> None:
    boss = core(person=PERSON, executive=True, last=Contacts(visit=date(2025, 9, 1)))
    assert (due(boss).every, due(boss).due) == (182, date(2026, 3, 2))
    assert due(boss, Channel.TOUCH).every == 91
    nobody = replace(boss, executive=False)
    assert duties_towards(nobody, today=TODAY, working=Weekdays()) == []
    elsewhere = replace(boss, class_word="maintain")
    assert duties_towards(elsewhere, today=TODAY, working=Weekdays()) == []


def test_a_new_holder_of_a_post_is_greeted_in_a_day_and_visited_in_five_working_days() -> None:
    since = date(2026, 3, 12)  # a Thursday
    new = core(person=PERSON, in_post_since=since, last=Contacts(visit=date(2026, 1, 5)))
    found = duties_towards(new, today=since, working=Weekdays(date(2026, 3, 16)))
    assert {duty.channel: duty.due for duty in found} == {
        Channel.TOUCH: date(2026, 3, 13),
        Channel.VISIT: date(2026, 3, 20),
    }
    greeted = replace(new, last=Contacts(touch=since))
    assert [d.channel for d in duties_towards(greeted, today=since, working=Weekdays())] == [
        Channel.VISIT
    ]
    met = replace(new, last=Contacts(visit=since))
    assert duties_towards(met, today=since, working=Weekdays()) == []
    later = since + timedelta(days=60)
    assert [d.channel for d in duties_towards(new, today=later, working=Weekdays())] == [
        Channel.VISIT
    ]
    much_later = since + timedelta(days=92)
    assert duties_towards(new, today=much_later, working=Weekdays()) == []


def test_a_day_in_a_holiday_moves_behind_it_and_says_so() -> None:
    feast = [date(2026, 3, 20) + timedelta(days=n) for n in range(4)]
    duty = strictest(duties_towards(core(), today=TODAY, working=Weekdays(*feast)), Channel.VISIT)
    assert duty is not None
    assert duty.due == date(2026, 3, 24)
    assert "Feast" in duty.because.plain
    assert due(core()).due == date(2026, 3, 22)  # a Sunday is no holiday


def test_a_pause_silences_and_what_falls_due_in_it_waits_for_its_end() -> None:
    held = core(pauses=(quiet(date(2026, 3, 10), date(2026, 4, 30)),))
    duty = due(held)
    assert (duty.word(TODAY), duty.days_over(TODAY)) == (DueWord.PAUSED, 0)
    assert (duty.paused_because, duty.due) == ("tender", date(2026, 5, 1))
    after = date(2026, 5, 3)
    assert due(held, today=after).days_over(after) == 2
    overdue = core(last=Contacts(visit=date(2026, 1, 1)), pauses=held.pauses)
    assert due(overdue, today=after).days_over(after) == 92  # it was late before


def test_at_most_holds_back_what_the_class_asks_for() -> None:
    rarely = core(agreements=(agreed(60, at_most=True),))
    assert due(rarely).due == TODAY + timedelta(days=40)
    assert "60" in due(rarely).because.plain
    assert due(rarely).source is Source.CLASS


def test_an_agreement_holds_between_its_days_only() -> None:
    ended = core(agreements=(agreed(5, until=TODAY - timedelta(days=1)),))
    assert due(ended).source is Source.CLASS
    to_come = core(agreements=(agreed(5, since=TODAY + timedelta(days=1)),))
    assert due(to_come).source is Source.CLASS
    begun = core(agreements=(agreed(5, since=TODAY, note="on Mondays"),))
    assert due(begun).due == TODAY
    assert "on Mondays" in due(begun).because.plain


def test_why_nothing_is_asked_for_is_said() -> None:
    none = replace(core(), class_word="")
    lost = replace(core(), phase_by_hand="lost")
    improve = replace(core(), class_word="to_improve")
    for subject, asked in ((none, True), (lost, True), (improve, False)):
        found = duties_towards(subject, today=TODAY, working=Weekdays(), to_improve=asked)
        assert found == []
    assert "class" in nothing_asked_because(none).plain
    assert "lost" in nothing_asked_because(lost).plain
    assert "switched off" in nothing_asked_because(improve, to_improve=False).plain


def test_a_cycle_counts_days_of_contact_once_each() -> None:
    days = [date(2026, 3, 2), date(2026, 3, 2), date(2026, 2, 27), date(2026, 3, 31)]
    assert cycle_of(14, days, TODAY) == Cycle(2, 2, 0, date(2026, 3, 1), date(2026, 3, 31))
    assert cycle_of(91, days, TODAY)[:3] == (1, 3, 0)
    assert cycle_of(182, [], TODAY) == Cycle(1, 0, 1, date(2026, 1, 1), date(2026, 6, 30))
    assert cycle_of(7, [date(2026, 3, 9)], TODAY)[:3] == (1, 1, 0)
    assert cycle_of(0, days, TODAY) == Cycle()
    assert cycle_of(182, [], date(2026, 12, 31))[3:] == (date(2026, 7, 1), date(2026, 12, 31))


def test_too_often_is_said() -> None:
    days = [TODAY - timedelta(days=n) for n in (1, 9, 20)]
    said = too_often(core(), days, TODAY)
    assert said is not None
    assert said.plain == "3 visits in 30 days, more than twice what the class asks"
    assert too_often(core(), days[:2], TODAY) is None
    assert too_often(replace(core(), class_word=""), days, TODAY) is None
    new = core(onboarding=Onboarding(TODAY, TODAY + timedelta(days=30), None))
    assert too_often(new, days, TODAY) is None
    rarely = core(agreements=(agreed(10, at_most=True),))
    assert too_often(rarely, days[:2], TODAY) is not None
    assert too_often(rarely, days[1:], TODAY) is None


@pytest.mark.parametrize(
    ("record", "at"),
    [
        (agreed(0), "every"),
        (agreed(2000), "every"),
        (agreed(9, since=TODAY, until=KNOWN), "until"),
        (quiet(TODAY, KNOWN), "until"),
        (replace(quiet(KNOWN, TODAY), because=" "), "because"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(record: Agreement | Pause, at: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        record.checked()
    assert refused.value.field == at
