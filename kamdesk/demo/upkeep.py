"""What was done of the standing tasks at some invented customers, and when the user is away."""

from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import AbsenceId, ColleagueId, linked_id
from kamdesk.demo.account import Telling
from kamdesk.demo.book import Book
from kamdesk.demo.material import Language, Line
from kamdesk.demo.workdays import AFTER_LUNCH, AFTERNOON, MORNING, Diary
from kamdesk.domain.lifecycle.store import TASK
from kamdesk.domain.lifecycle.task import EvidenceSort, Task
from kamdesk.domain.working_days.absence import Absence
from kamdesk.domain.working_days.store import ABSENCE

_AMONG: Final = 80
_TICKED: Final = range(24)
"""Among each 80: the accounts whose first tasks were ticked."""
_HANDED: Final = Line("交底单已由交付签收", "handover sheet signed by delivery")
_NOT_HERE: Final = Line("框架协议内供货，无首付款", "supplied under a framework, no first payment")
_TRAINING: Final = Line("内部培训", "internal training")
_LEAVE: Final = Line("休假", "leave")
_NOON, _ONE, _EVENING = 12 * 60, 13 * 60, 18 * 60
_MEETING: Final = Line("季度经营会", "quarterly business review")


def tell_upkeep(told: Telling, book: Book) -> None:
    """Add the tasks of the first phase that were settled, the kickoff shown by the first visit."""
    place, language = told.firm.index % _AMONG, told.desk.language
    if place not in _TICKED or not told.meetings:
        return
    first = min(told.meetings, key=lambda one: one.day)
    at, day = told.id, first.day
    book.add(
        TASK,
        Task.at(at, "thanks").said_done(day),
        Task.at(at, "inner_handover").shown_by(
            EvidenceSort.WORDS, day, words=_HANDED.text(language)
        ),
        Task.at(at, "kickoff").shown_by(EvidenceSort.VISIT, day, record=first.visit.id),
    )
    if place % 5 == 2:
        book.add(TASK, Task.at(at, "first_payment").not_needed(day, _NOT_HERE.text(language)))


def put_absences(book: Book, diary: Diary, me: ColleagueId, day: Day, language: Language) -> None:
    """Say when the user is away in the next weeks, and when the whole house is at a review.

    The user's visits leave room for it, and for what the office does on Mondays and Fridays.
    """
    monday = day + timedelta(days=7 - day.weekday())
    training, leave, review = (monday + timedelta(days=n) for n in (2, 4, 14))
    for name, on, begins, ends, words in (
        (b"training", training, 9 * 60, _NOON, _TRAINING),
        (b"leave", leave, _ONE, _EVENING, _LEAVE),
        (b"review", review, 9 * 60, _NOON, _MEETING),
    ):
        book.add(
            ABSENCE,
            Absence(
                id=AbsenceId(linked_id("absence", name)),
                first=on,
                last=on,
                begins=begins,
                ends=ends,
                colleague=None if on == review else me,
                words=words.text(language),
            ),
        )
        diary.keep_free(0, on, AFTERNOON if begins >= _NOON else MORNING | AFTER_LUNCH)
    for week in range(-1, 5):
        for weekday in (0, 4):
            morning = monday + timedelta(weeks=week, days=weekday)
            if morning > day:
                diary.keep_free(0, morning, MORNING)
