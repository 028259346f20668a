"""Papers made in the background: of a visit, of a customer, of a day, as they were asked for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, Id, VisitId
from kamdesk.desktop.papers.offered import OF_TIME, PRIVATE, PaperKind
from kamdesk.papers.brief.editions import Reader, Tick
from kamdesk.papers.minutes.content import Part

if TYPE_CHECKING:
    from kamdesk.papers.brief.content import Brief
    from kamdesk.papers.voice import Language
    from kamdesk.workspace import Workspace


class About(NamedTuple):
    """What a paper is about: a visit or a customer by its id, or a day (None: the present one),
    with its week and its month.

    ``map`` is the map of the customer's a paper of the chain is about; empty: the account's own. Of
    an executive plan it is the plan; empty: all that are open.
    """

    of: Literal["visit", "account", "day", "chain"]
    record: bytes = b""
    day: Day | None = None
    map: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which paper, in which language, for whom; ``left_off`` are parts of minutes not printed.

    ``size`` is a4 or a3; a ``polite`` map is an organisation chart the customer may see;
    ``apart`` are the days between two frames of a film.
    """

    kind: PaperKind = PaperKind.BRIEF
    language: str = "zh"
    reader: Reader = Reader.ME
    ticks: frozenset[Tick] = frozenset()
    left_off: frozenset[Part] = frozenset()
    size: str = "a4"
    polite: bool = False
    by_influence: bool = False
    apart: str = "91"


class Made(NamedTuple):
    """A paper: its file, and for its name the customer it is about and the day.

    ``offered`` are the papers there are of the same. ``left_out`` counts lines kept off because
    they hold words the customer must never read.
    """

    data: bytes
    customer: str
    account: bytes
    day: Day
    offered: tuple[PaperKind, ...]
    left_out: int = 0


def make_paper(desk: "Workspace", about: About, wanted: Wanted) -> Made | None:
    """Return the paper as PDF; None when what it is about is not there any more."""
    if about.of == "day":
        return _of_time(desk, about.day or desk.clock.today(), wanted)
    if about.of == "chain":
        return _of_chain(desk, about, wanted)
    return _of_customer(desk, about, wanted)


def _of_chain(desk: "Workspace", about: About, wanted: Wanted) -> Made | None:
    from kamdesk.desktop.papers.chain_papers import MAKERS, beside, left_out

    account = desk.accounts.ask.find(AccountId(Id(about.record)))
    if account is None:
        return None
    return Made(
        MAKERS[wanted.kind](desk, about, wanted),
        account.short_name or account.name,
        account.id,
        about.day or desk.clock.today(),
        beside(wanted.kind),
        left_out(desk, about) if wanted.kind is PaperKind.EXCHANGE else 0,
    )


def _of_customer(desk: "Workspace", about: About, wanted: Wanted) -> Made | None:
    from kamdesk.papers.brief import gather

    reader, now, me = desk.storage.reader, desk.clock.now(), desk.team.sits_here
    spoken = _spoken(wanted)
    if about.of == "visit":
        visit = desk.visits.ask.find(about.record)
        if visit is None or desk.accounts.ask.find(visit.account) is None:
            return None
        account = visit.account
        content = gather.of_visit(reader, visit.id, now=now, me=me, language=spoken)
    else:
        account = AccountId(Id(about.record))
        if desk.accounts.ask.find(account) is None:
            return None
        content = gather.of_account(reader, account, now=now, me=me, language=spoken)
    heading = content.heading
    began = heading.start is not None and heading.start <= now
    made = Made(
        b"",
        heading.short_name or heading.account,
        account,
        heading.start.day if heading.start else now.day,
        tuple(
            kind
            for kind, there in (
                (PaperKind.BRIEF, True),
                (PaperKind.TABLE, bool(content.visit)),
                (PaperKind.MINUTES, began or wanted.kind is PaperKind.MINUTES),
            )
            if there
        ),
    )
    if wanted.kind in PRIVATE or not content.visit:
        return made._replace(data=_brief(content, wanted))
    of = VisitId(Id(bytes.fromhex(content.visit)))
    if wanted.kind is PaperKind.TABLE:
        return made._replace(data=_table_page(desk, of, wanted))
    data, left_out = _minutes(desk, of, wanted)
    return made._replace(data=data, left_out=left_out)


def _brief(content: "Brief", wanted: Wanted) -> bytes:
    from kamdesk.papers.brief.drawing import draw_brief
    from kamdesk.papers.brief.editions import edition

    seen = edition(content, wanted.reader, wanted.ticks)
    return draw_brief(seen, language=_language(wanted))


def _table_page(desk: "Workspace", visit: VisitId, wanted: Wanted) -> bytes:
    from kamdesk.papers.table_page.drawing import draw_table_page
    from kamdesk.papers.table_page.gather import of_visit

    page = of_visit(desk.storage.reader, visit, now=desk.clock.now())
    return draw_table_page(page, language=_language(wanted))


def _minutes(desk: "Workspace", visit: VisitId, wanted: Wanted) -> tuple[bytes, int]:
    from kamdesk.papers.minutes.content import without
    from kamdesk.papers.minutes.drawing import draw_minutes
    from kamdesk.papers.minutes.gather import of_visit

    content = of_visit(desk.storage.reader, visit, now=desk.clock.now(), me=desk.team.sits_here)
    data = draw_minutes(without(content, wanted.left_off), language=_language(wanted))
    return data, content.left_out


def _of_time(desk: "Workspace", day: Day, wanted: Wanted) -> Made:
    """Return the pack of a day, the plan of its week or the overview of its month."""
    made = {PaperKind.WEEK: _week, PaperKind.MONTH: _month}.get(wanted.kind, _day_pack)
    return Made(made(desk, day, wanted), "", b"", day, OF_TIME)


def _week(desk: "Workspace", day: Day, wanted: Wanted) -> bytes:
    from kamdesk.desktop.papers.week_paper import week_paper

    return week_paper(desk, day, me=desk.team.sits_here, language=_language(wanted))


def _month(desk: "Workspace", day: Day, wanted: Wanted) -> bytes:
    from kamdesk.papers.month.drawing import draw_month
    from kamdesk.papers.month.gather import month_of

    month = month_of(desk.storage.reader, day, me=desk.team.sits_here, now=desk.clock.now())
    return draw_month(month, language=_language(wanted))


def _day_pack(desk: "Workspace", day: Day, wanted: Wanted) -> bytes:
    from kamdesk.dossier.week_standing import placed_clock
    from kamdesk.papers.brief.editions import edition
    from kamdesk.papers.day_pack.drawing import draw_day_pack
    from kamdesk.papers.day_pack.gather import made_by, of_day, way_of

    reader, now, me = desk.storage.reader, desk.clock.now(), desk.team.sits_here
    briefs = of_day(reader, day, now=now, me=me, language=_spoken(wanted))
    return draw_day_pack(
        day,
        [edition(one, wanted.reader, wanted.ticks) for one in briefs],
        language=_language(wanted),
        made_by=made_by(reader, me),
        as_of=placed_clock(reader, now),
        way=way_of(reader, day, now=now, me=me),
    )


def _spoken(wanted: Wanted) -> str:
    return "en" if wanted.language == "en" else "zh"


def _language(wanted: Wanted) -> "Language":
    return cast("Language", wanted.language)
