"""The week from the command line: as it stands, proposed, accepted, as JSON or on paper."""

from typing import TYPE_CHECKING, Any, cast

import click

from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import Count, OneOf, WeekValue, not_together, to_write
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.domain.visits.calendar import week_of

if TYPE_CHECKING:
    from pathlib import Path

    from kamdesk.domain.week.model import Proposal
    from kamdesk.dossier.week_read import WeekRead
    from kamdesk.dossier.week_told import WeekTold
    from kamdesk.papers.voice import Language
    from kamdesk.workspace import Workspace


@command(
    Text(
        "Show a week; propose whom to visit when, say why and what is left out, and what it costs."
    ),
    lang=False,
)
@click.argument("week", type=WeekValue(), required=False, metavar="[YYYY-Www]")
@option("--propose", is_flag=True, said=Text("Propose visits to customers who are due."))
@option(
    "--accept", is_flag=True, said=Text("Write the proposal into the week; undo takes it back.")
)
@option("--overnight", metavar="PLACE", said=Text("Stay a night near this place, if it pays."))
@option(
    "--seconds",
    type=Count(0, 600),
    default=1,
    metavar="N",
    said=Text("Look so long for a better proposal."),
)
@option("-o", "--output", metavar="OUT.pdf", said=Text("Write the week plan as a paper too."))
@option("--lang", "language", type=OneOf("en", "zh", "both"), said=Text("The reader's language."))
def week(
    session: Session,
    week: Day | None,
    propose: bool,
    accept: bool,
    overnight: str | None,
    seconds: int,
    output: str | None,
    language: str | None,
) -> None:
    """Show, propose or accept a week."""
    from kamdesk.cli.week_shown import tell_week, week_data
    from kamdesk.dossier.week import read_week
    from kamdesk.dossier.week_next import next_weeks
    from kamdesk.dossier.week_plan import accept as write
    from kamdesk.dossier.week_told import told

    if overnight and accept:
        raise not_together("--overnight", "--accept")
    target = to_write(session, output, ".pdf") if output else None
    if language in ("en", "zh"):
        session.chosen_language = language
    with session.writing() if accept else session.reading() as desk:
        monday = week or week_of(desk.clock.today())
        me, now = desk.team.sits_here, desk.clock.now()
        read = read_week(desk.storage.reader, monday, me=me, now=now)
        proposal, night = None, None
        if propose or accept or overnight:
            proposal, night = _proposed(read, seconds, overnight)
        later = next_weeks(desk.storage.reader, read) if proposal is not None else None
        shown = told(read, proposal, later=later)
        if accept and proposal is not None:
            write(desk.storage, read, proposal)
        if target:
            _write(desk, target, shown, cast("Language", language or session.language))
    session.give(week_data(shown) | ({"overnight": night} if night else {}))
    if not session.as_json:
        tell_week(session, shown, night)
    if accept:
        session.tell(Text("The week is written. kamdesk undo takes it back."))
    if output:
        session.tell(Text("The paper is in {file}.", file=output))


def _proposed(
    read: "WeekRead", seconds: int, place: str | None
) -> "tuple[Proposal, dict[str, Any] | None]":
    """Return a proposal, and what a night near a place would change when one was named."""
    from kamdesk.domain.week import planning

    if not read.planned_days:
        raise RuleBroken(Text("Nothing of this week is left to be planned."), field="week")
    best = (
        planning.improved(read.problem, seconds=float(seconds))
        if seconds
        else planning.first(read.problem)
    )
    if place is None:
        return best, None
    at = _near(read, place)
    night = planning.overnight(
        read.problem, best, place=at, cost=read.night_cost, seconds=float(seconds)
    )
    if night is None:
        raise RuleBroken(
            Text("No night near {place} is possible this week.", place=read.places[at].words),
            field="overnight",
        )
    items = read.items
    names = [items[key].name for key in night.brings if key in items]
    return (night.proposal if night.gains > 0 else best), {
        "place": read.places[at].words,
        "night": read.planned_days[night.night],
        "pays": night.gains > 0,
        "gains_minutes": round(night.gains),
        "saves_minutes": night.saves,
        "brings": names,
        "said": night.said,
    }


def _near(read: "WeekRead", words: str) -> int:
    """Return the place of the week that is meant. Raises ``RuleBroken`` naming those there are."""
    wanted = words.casefold()
    for at, place in enumerate(read.places):
        if at and wanted in f"{place.words} {place.address}".casefold():
            return at
    named = tuple(dict.fromkeys(place.words for place in read.places[1:] if place.words))
    raise RuleBroken(
        Text(
            "Nobody of this week is near “{place}”. There are: {places}.", place=words, places=named
        )
        if named
        else Text("Nobody of this week is anywhere one knows."),
        field="overnight",
    )


def _write(desk: "Workspace", target: "Path", shown: "WeekTold", language: "Language") -> None:
    from kamdesk.papers.day_pack.gather import made_by
    from kamdesk.papers.week_plan.drawing import draw_week
    from kamdesk.transfer.writers.whole_file import whole_file

    maker = made_by(desk.storage.reader, desk.team.sits_here)
    data = draw_week(shown, language=language, made_by=maker)
    with whole_file(target) as file:
        file.write(data)
