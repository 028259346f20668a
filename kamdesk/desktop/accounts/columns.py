"""The columns of the list of customers."""

from collections.abc import Sequence
from datetime import date

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.accounts.spellings import Spellings
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import (
    day_words,
    days_at_widest,
    moment_words,
    moments_at_widest,
)
from kamdesk.desktop.widgets.columns import Column
from kamdesk.domain.accounts.model import CLASS_WORDS, AccountClass
from kamdesk.domain.accounts.store import AccountLine

_RANKS = {kind: n for n, kind in enumerate(AccountClass)}


def day_of(stored: str) -> date | None:
    """Return the day of a stored moment; None for none."""
    moment = Instant.read(stored)
    return moment.day if moment else None


class Today:
    """The day it is for a list; told with its lines."""

    def __init__(self) -> None:
        self.day = date.max


def columns(spellings: Spellings, today: Today) -> Sequence[Column[AccountLine]]:
    """Return the columns; names sort and are found as ``spellings`` has them."""

    def found(line: AccountLine) -> str:
        return f"{spellings.of(line.name).found} {line.short_name} {line.number} {line.city}"

    return (
        Column(
            Text("Customer"),
            show=lambda line: line.name,
            sort_by=lambda line: spellings.of(line.name).sort,
            found=found,
            strong=True,
            least=230,
        ),
        Column(
            Text("Class"),
            show=lambda line: (
                looks.capital(CLASS_WORDS[line.class_by_hand]) if line.class_by_hand else None
            ),
            sort_by=lambda line: _RANKS.get(line.class_by_hand) if line.class_by_hand else None,
            width=116,
        ),
        Column(Text("Industry"), show=lambda line: line.industry, width=180),
        Column(Text("City"), show=lambda line: line.city, width=96),
        Column(Text("Owner"), show=lambda line: line.owner, width=116),
        Column(
            Text("Last visit"),
            show=lambda line: (
                day_words(Instant.read(line.last_visit), today.day)
                if line.last_visit
                else looks.capital(Text("never"))
            ),
            sort_by=lambda line: line.last_visit,
            tone=lambda line: Tone.SECOND if line.last_visit else Tone.OCHRE,
            widest=days_at_widest,
            plain=lambda line: day_of(line.last_visit),
        ),
        Column(
            Text("Next visit"),
            show=lambda line: looks.capital(moment_words(Instant.read(line.next_visit), today.day)),
            sort_by=lambda line: line.next_visit or None,
            widest=moments_at_widest,
            plain=lambda line: day_of(line.next_visit),
        ),
    )
