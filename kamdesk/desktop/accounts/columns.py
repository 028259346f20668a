"""The columns of the list of customers, those of own fields among them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kamdesk.core.clock import Instant, read_day
from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.accounts.spellings import Spellings
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import (
    Today,
    day_words,
    days_at_widest,
    moment_words,
    moments_at_widest,
)
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.domain.accounts.listing import CustomerLine
from kamdesk.domain.accounts.model import CLASS_WORDS, ORGANISATION_WORDS, AccountClass
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.own_fields.model import OwnField, Sort, number_of
from kamdesk.dossier.customer_filter import day_of

_RANKS = {kind: n for n, kind in enumerate(AccountClass)}


def columns(
    spellings: Spellings, today: Today, own: Sequence[OwnField] = ()
) -> Sequence[Column[CustomerLine]]:
    """Return the columns; names sort and are found as ``spellings`` has them."""

    def found(line: CustomerLine) -> str:
        return f"{spellings.of(line.name).found} {line.short_name} {line.number} {line.city}"

    def kept(cell: str) -> Privacy:
        return ACCOUNT.by_name[cell].privacy

    return (
        Column(
            Text("Customer"),
            show=lambda line: line.name,
            sort_by=lambda line: spellings.of(line.name).sort,
            found=found,
            strong=True,
            least=214,
        ),
        Column(
            Text("Class"),
            show=lambda line: (
                looks.capital(CLASS_WORDS[line.class_by_hand]) if line.class_by_hand else None
            ),
            sort_by=lambda line: _RANKS.get(line.class_by_hand) if line.class_by_hand else None,
            width=108,
            privacy=kept("class_by_hand"),
        ),
        Column(Text("Industry"), show=lambda line: line.industry, width=165),
        Column(Text("City"), show=lambda line: line.city, width=88),
        Column(Text("Owner"), show=lambda line: line.owner, width=104, privacy=kept("owner")),
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
            privacy=Privacy.BUSINESS,
        ),
        Column(
            Text("Next visit"),
            show=lambda line: looks.capital(moment_words(Instant.read(line.next_visit), today.day)),
            sort_by=lambda line: line.next_visit or None,
            widest=moments_at_widest,
            plain=lambda line: day_of(line.next_visit),
            privacy=Privacy.BUSINESS,
        ),
        Column(
            Text("Overdue"),
            show=lambda line: str(line.overdue),
            sort_by=lambda line: line.overdue,
            align=Align.RIGHT,
            width=85,
            tone=lambda line: Tone.BRICK if line.overdue else Tone.MUTED,
            sign=lambda line: "triangle-alert" if line.overdue else "",
            plain=lambda line: line.overdue,
            privacy=Privacy.INTERNAL,
        ),
        Column(
            Text("Tags"),
            show=lambda line: ", ".join(line.tags),
            plain=lambda line: line.tags or None,
            width=160,
            hidden=True,
            privacy=kept("tags"),
        ),
        Column(Text("Group"), show=lambda line: line.group, width=160, hidden=True),
        Column(
            Text("Phone"),
            show=lambda line: line.phone,
            width=140,
            hidden=True,
            privacy=kept("phone"),
        ),
        Column(
            Text("Number"),
            show=lambda line: line.number,
            width=96,
            hidden=True,
            privacy=kept("number"),
        ),
        Column(Text("Province"), show=lambda line: line.province, width=96, hidden=True),
        Column(
            Text("Organisation"),
            show=lambda line: (
                looks.capital(ORGANISATION_WORDS[line.organisation]) if line.organisation else None
            ),
            width=150,
            hidden=True,
        ),
        *(_of_own(field, today) for field in own),
    )


def _of_own(field: OwnField, today: Today) -> Column[CustomerLine]:
    key = field.id

    def show(line: CustomerLine) -> Text | str | None:
        stored = line.own.get(key)
        if stored is None:
            return None
        if field.sort is Sort.DAY:
            day = read_day(stored)
            return looks.day(day, today=today.day) if day else stored
        if field.sort is Sort.NUMBER:
            return _number(stored)
        return looks.capital(field.said(stored)) if field.sort is Sort.YES_NO else stored

    def plain(line: CustomerLine) -> Any:
        stored = line.own.get(key)
        if stored is None:
            return None
        if field.sort is Sort.DAY:
            return read_day(stored) or stored
        return (number_of(stored) or stored) if field.sort is Sort.NUMBER else field.said(stored)

    def order(line: CustomerLine) -> object:
        stored = line.own.get(key)
        return None if stored is None else field.ordered(stored)

    return Column(
        field.name,
        key=f"own:{key.hex()}",
        show=show,
        sort_by=order,
        plain=plain,
        align=Align.RIGHT if field.sort is Sort.NUMBER else Align.LEFT,
        width=130,
        widest=days_at_widest if field.sort is Sort.DAY else None,
        hidden=True,
        privacy=field.privacy,
    )


def _number(stored: str) -> str:
    found = number_of(stored)
    if found is None:
        return stored
    exponent = found.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"{Decimal(found):,.{places}f}".replace("-", looks.MINUS)
