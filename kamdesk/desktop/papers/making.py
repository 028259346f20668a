"""The papers of a visit, made in the background: the brief in an edition, and the table page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from kamdesk.core.ids import AccountId, ColleagueId, Id, VisitId
from kamdesk.papers.brief.editions import Reader, Tick

if TYPE_CHECKING:
    from kamdesk.papers.voice import Language
    from kamdesk.workspace import Workspace

Of = Literal["visit", "account"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What paper is wanted, for whom, in which language."""

    language: str = "zh"
    reader: Reader = Reader.ME
    ticks: frozenset[Tick] = frozenset()
    table: bool = False


class Made(NamedTuple):
    """A paper: its file, the customer it is about, the account and the day for its name."""

    data: bytes
    customer: str
    account: bytes
    day: str
    has_visit: bool


def make_paper(desk: "Workspace", of: Of, record: bytes, wanted: Wanted) -> Made | None:
    """Return the paper as PDF; None when the visit or customer is not there any more."""
    from kamdesk.papers.brief import gather

    reader, now = desk.storage.reader, desk.clock.now()
    remembered = desk.storage.remembered("me")
    me = ColleagueId(Id(remembered)) if remembered else None
    spoken = "en" if wanted.language == "en" else "zh"
    if of == "visit":
        visit = desk.visits.ask.find(record)
        if visit is None:
            return None
        account = visit.account
        content = gather.of_visit(reader, VisitId(Id(record)), now=now, me=me, language=spoken)
    else:
        account = AccountId(Id(record))
        if desk.accounts.ask.find(account) is None:
            return None
        content = gather.of_account(reader, account, now=now, me=me, language=spoken)
    day = content.heading.start.day if content.heading.start else now.day
    called = content.heading.short_name or content.heading.account
    return Made(
        _table_page(desk, content.visit, wanted) if wanted.table else _brief(content, wanted),
        called,
        account,
        day.isoformat(),
        bool(content.visit),
    )


def _brief(content: object, wanted: Wanted) -> bytes:
    from kamdesk.papers.brief.content import Brief
    from kamdesk.papers.brief.drawing import draw_brief
    from kamdesk.papers.brief.editions import edition

    seen = edition(cast(Brief, content), wanted.reader, wanted.ticks)
    return draw_brief(seen, language=cast("Language", wanted.language))


def _table_page(desk: "Workspace", visit: str, wanted: Wanted) -> bytes:
    from kamdesk.papers.table_page.drawing import draw_table_page
    from kamdesk.papers.table_page.gather import of_visit

    page = of_visit(desk.storage.reader, VisitId(Id(bytes.fromhex(visit))), now=desk.clock.now())
    return draw_table_page(page, language=cast("Language", wanted.language))
