"""How often some invented customers are met by agreement, and where a tender keeps us away."""

from datetime import timedelta
from typing import Final

from kamdesk.core.ids import AgreementId, PauseId, linked_id
from kamdesk.demo.account import Telling
from kamdesk.demo.book import Book
from kamdesk.demo.material import Line
from kamdesk.domain.cadence.model import Agreement, Pause
from kamdesk.domain.cadence.store import AGREEMENT, PAUSE

_AMONG: Final = 80
_AGREED: Final = {
    9: (30, False, Line("试点期间每月碰一次", "while the trial runs")),
    4: (90, True, Line("科室忙，别来得太勤", "the wards are busy")),
}
"""Among each 80: days between visits, whether at most so often, and why."""
_QUIET: Final = {33: Line("招标静默期", "quiet period of their tender")}
_BEGAN: Final = timedelta(6)
_ENDS: Final = timedelta(24)


def tell_rhythm(told: Telling, book: Book) -> None:
    """Add what was agreed with an account, and its pause."""
    place, day, language = told.firm.index % _AMONG, told.desk.day, told.desk.language
    if found := _AGREED.get(place):
        every, at_most, note = found
        book.add(
            AGREEMENT,
            Agreement(
                id=AgreementId(linked_id("agreement", told.id)),
                account=told.id,
                every=every,
                at_most=at_most,
                since=day - timedelta(every * 2),
                note=note.text(language),
            ),
        )
    if because := _QUIET.get(place):
        book.add(
            PAUSE,
            Pause(
                id=PauseId(linked_id("pause", told.id)),
                account=told.id,
                since=day - _BEGAN,
                until=day + _ENDS,
                because=because.text(language),
            ),
        )
