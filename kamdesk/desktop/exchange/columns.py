"""The columns of the lists of the exchange: unsent, refused, fetched again, lost by the hub."""

from typing import Final

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.exchange.reading import Row
from kamdesk.desktop.naming_records import ICONS
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import Today, moment_words, moments_at_widest
from kamdesk.desktop.widgets.columns import Column

_RECORD: Final = {"unsent": 312, "lost": 312, "refused": 220, "reports": 240}
"""How wide the names are under each tab, at 100 %: a company's full name, and what it is beside."""


def columns(tab: str, today: Today) -> tuple[Column[Row], ...]:
    """Return the columns of the list under a tab."""
    record: Column[Row] = Column(
        Text("Record"),
        show=lambda row: row.called,
        sign=lambda row: ICONS.get(row.kind, "file-text"),
        support=lambda row: row.of,
        strong=True,
        width=_RECORD[tab],
    )
    when: Column[Row] = Column(
        Text("When"),
        show=lambda row: looks.capital(moment_words(row.at, today.day)),
        sort_by=lambda row: row.at.ms if row.at else 0,
        widest=moments_at_widest,
    )
    action: Column[Row] = Column(Text("Action"), show=lambda row: row.action, least=110)
    fields: Column[Row] = Column(Text("Fields"), show=lambda row: row.fields, least=110)
    if tab == "unsent":
        return record, fields, action, when
    if tab == "refused":
        why: Column[Row] = Column(
            Text("Why"), show=lambda row: row.why, tone=lambda _: Tone.OCHRE, width=244
        )
        return record, fields, why, when
    if tab == "lost":
        who: Column[Row] = Column(Text("Written by"), show=lambda row: row.action, least=110)
        return record, fields, who, when
    counted: Column[Row] = Column(Text("Counted"), show=lambda row: row.fields, least=110)
    done: Column[Row] = Column(Text("What was done"), show=lambda row: row.action, least=110)
    return record, counted, done, when
