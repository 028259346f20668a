"""Papers from the command line: day pack, minutes, table page, those of the decision chain."""

from typing import TYPE_CHECKING, Any, cast

import click

from kamdesk.cli import pick
from kamdesk.cli.chain_papers import ENDINGS, MAKERS, Ordered
from kamdesk.cli.papers import READERS, TICKS
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import Count, DayValue, OneOf, missing, not_together, to_write
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import VisitId
from kamdesk.core.wording import Text
from kamdesk.papers.minutes.content import Part

if TYPE_CHECKING:
    from kamdesk.papers.chain_map.drawing import PaperSize
    from kamdesk.papers.voice import Language
    from kamdesk.workspace import Workspace

_OF_TIME = ("day", "week", "month")
_KINDS = (*_OF_TIME, "minutes", "table")
_PARTS = {part.value.replace(" ", "_"): part for part in Part}
_EARLIER = 2  # days of a film strip beside its last


@command(
    Text(
        "Make a paper as PDF: a day's pack, the plan of its week, its month at a glance, the"
        " minutes of a visit, its page for the table, or one of a customer's decision chain (a map"
        " may be SVG or PNG too)."
    ),
    lang=False,
)
@click.argument("kind", type=OneOf(*_KINDS, *MAKERS), metavar="|".join((*_KINDS, *MAKERS)))
@click.argument("about", metavar="[VISIT|ACCOUNT]", required=False)
@option(
    "--day",
    type=DayValue(),
    said=Text("The day of the pack or of the chain, one of the week or month; else today."),
)
@option("-o", "--output", metavar="OUT.pdf", required=True, said=Text("The file to write."))
@option("--lang", "language", type=OneOf("en", "zh", "both"), said=Text("The reader's language."))
@option(
    "--for", "reader", type=OneOf(*READERS), default="me", said=Text("Who will read the day pack.")
)
@option(
    "--tick",
    "ticks",
    type=OneOf(*TICKS),
    multiple=True,
    said=Text(
        "Print this in the day pack or the influence table too, though it is private; several"
        " times."
    ),
)
@option(
    "--without",
    "left_off",
    type=OneOf(*_PARTS),
    multiple=True,
    said=Text("Leave this part off the minutes; several times."),
)
@option("--map", "map_words", metavar="MAP", said=Text("The map, where a customer has several."))
@option("--paper", "size", type=OneOf("a4", "a3"), default="a4", said=Text("Size of a map's PDF."))
@option(
    "--polite",
    is_flag=True,
    said=Text("The map as an organisation chart without any opinion, for the customer."),
)
@option("--by-influence", is_flag=True, said=Text("The map with deciders on top, by influence."))
@option(
    "--apart",
    type=Count(1, 3660),
    default=91,
    metavar="DAYS",
    said=Text("Days between the pictures of a film strip."),
)
@option(
    "--earlier",
    type=DayValue(),
    multiple=True,
    metavar="DAY",
    said=Text("An earlier day of a film strip, in place of --apart; twice."),
)
def paper(
    session: Session,
    kind: str,
    about: str | None,
    day: Day | None,
    output: str,
    language: str | None,
    reader: str,
    ticks: tuple[str, ...],
    left_off: tuple[str, ...],
    map_words: str | None,
    size: str,
    polite: bool,
    by_influence: bool,
    apart: int,
    earlier: tuple[Day, ...],
) -> None:
    """Write one paper."""
    from kamdesk.transfer.writers.whole_file import whole_file

    if kind not in _OF_TIME and about is None:
        raise missing("ACCOUNT" if kind in MAKERS else "VISIT")
    if kind in _OF_TIME and about is not None:
        raise not_together(kind, "VISIT")
    if polite and kind != "map":
        raise not_together(kind, "--polite")
    if earlier and (kind != "film" or len(set(earlier)) != _EARLIER):
        raise RuleBroken(
            Text("A film strip has three days: give --earlier twice, for two different days.")
        )
    if reader == "customer":
        raise RuleBroken(
            Text("A day pack is private and never for the customer; minutes and table page are.")
        )
    target = to_write(session, output, *ENDINGS.get(kind, (".pdf",)))
    speaks = cast("Language", language or session.language)
    with session.reading() as desk:
        if kind == "day":
            data, said = _day_pack(desk, day or desk.clock.today(), speaks, reader, ticks)
        elif kind in _OF_TIME:
            data, said = _of_time(desk, kind, day or desk.clock.today(), speaks)
        elif kind == "minutes":
            data, said = _minutes(desk, pick.visit(desk, about or ""), speaks, left_off)
        elif kind == "table":
            data, said = _table(desk, pick.visit(desk, about or ""), speaks)
        else:
            account = pick.account(desk, about or "")
            ordered = Ordered(
                account=account,
                map=pick.chain_map(desk, account, map_words),
                day=day,
                language=speaks,
                file=target,
                size=cast("PaperSize", size),
                polite=polite,
                by_influence=by_influence,
                apart=apart,
                earlier=earlier,
                ticks=ticks,
            )
            data, said = MAKERS[kind](desk, ordered), {"account": account.hex()}
    with whole_file(target) as file:
        file.write(data)
    session.give({"file": output, "kind": kind, **said})
    session.tell(Text("The paper is in {file}.", file=output))
    if said.get("left_out"):
        session.tell(
            Text(
                "{n} line was left off: it holds a word the customer must never read.",
                "{n} lines were left off: they hold words the customer must never read.",
                n=said["left_out"],
            )
        )


_Said = tuple[bytes, dict[str, Any]]


def _day_pack(
    desk: "Workspace", day: Day, language: "Language", reader: str, ticks: tuple[str, ...]
) -> _Said:
    from kamdesk.dossier.week_standing import placed_clock
    from kamdesk.papers.brief.editions import Reader, Tick, edition
    from kamdesk.papers.day_pack.drawing import draw_day_pack
    from kamdesk.papers.day_pack.gather import made_by, of_day, way_of

    ask, now, me = desk.storage.reader, desk.clock.now(), desk.team.sits_here
    briefs = of_day(ask, day, now=now, me=me, language="en" if language == "en" else "zh")
    if not briefs:
        raise RuleBroken(Text("No visit is planned on {day}.", day=day.isoformat()), field="day")
    ticked = frozenset(map(Tick, ticks))
    data = draw_day_pack(
        day,
        [edition(one, Reader(reader), ticked) for one in briefs],
        language=language,
        made_by=made_by(ask, me),
        as_of=placed_clock(ask, now),
        way=way_of(ask, day, now=now, me=me),
    )
    visits = [{"id": one.visit, "account_name": one.heading.account} for one in briefs]
    return data, {"day": day.isoformat(), "visits": visits}


def _of_time(desk: "Workspace", kind: str, day: Day, language: "Language") -> _Said:
    """Return the plan of a day's week, or the overview of its month."""
    from kamdesk.domain.visits.calendar import week_of

    ask, now, me = desk.storage.reader, desk.clock.now(), desk.team.sits_here
    if kind == "month":
        from kamdesk.papers.month.drawing import draw_month
        from kamdesk.papers.month.gather import month_of

        month = month_of(ask, day, me=me, now=now)
        data = draw_month(month, language=language)
        return data, {"month": f"{day:%Y-%m}"}
    from kamdesk.dossier.week import read_week
    from kamdesk.dossier.week_told import told
    from kamdesk.papers.day_pack.gather import made_by
    from kamdesk.papers.week_plan.drawing import draw_week

    shown = told(read_week(ask, week_of(day), me=me, now=now))
    data = draw_week(shown, language=language, made_by=made_by(ask, me))
    return data, {"week": f"{day:%G-W%V}"}


def _minutes(
    desk: "Workspace", visit: VisitId, language: "Language", left_off: tuple[str, ...]
) -> _Said:
    from kamdesk.papers.minutes.content import without
    from kamdesk.papers.minutes.drawing import draw_minutes
    from kamdesk.papers.minutes.gather import of_visit

    me = desk.team.sits_here
    content = of_visit(desk.storage.reader, visit, now=desk.clock.now(), me=me)
    seen = without(content, {_PARTS[name] for name in left_off})
    said = {"visit": visit.hex(), "left_out": content.left_out}
    return draw_minutes(seen, language=language), said


def _table(desk: "Workspace", visit: VisitId, language: "Language") -> _Said:
    from kamdesk.papers.table_page.drawing import draw_table_page
    from kamdesk.papers.table_page.gather import of_visit

    page = of_visit(desk.storage.reader, visit, now=desk.clock.now())
    return draw_table_page(page, language=language), {"visit": visit.hex()}
