"""Papers from the command line: visit briefs for those who may read them, and the table page."""

from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

from kamdesk.cli import pick
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import DayValue, OneOf, missing, not_together, to_write
from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, VisitId, read_id
from kamdesk.core.wording import Text
from kamdesk.domain.visits.model import VisitState

if TYPE_CHECKING:
    from kamdesk.papers.brief.content import Brief
    from kamdesk.papers.voice import Language
    from kamdesk.workspace import Workspace

_DRAWING = "kamdesk.papers.brief.drawing"
READERS = ("me", "boss", "consultant", "customer")
_NEVER_FOR_A_CONSULTANT = frozenset({"motives", "price"})
TICKS = ("opinions", "motives", "rivals", "price", "remarks", "map")


@command(
    Text("Make visit briefs as PDF: of a visit, of a customer's next one, of a day."), lang=False
)
@option("--visit", metavar="VISIT", said=Text("The visit: its id, or customer and day."))
@option("--account", metavar="ACCOUNT", said=Text("The customer whose next visit it is."))
@option("--day", type=DayValue(), said=Text("All visits of this day, in one file."))
@option("-o", "--output", metavar="OUT.pdf", required=True, said=Text("The file to write."))
@option("--lang", "language", type=OneOf("en", "zh", "both"), said=Text("The reader's language."))
@option("--for", "reader", type=OneOf(*READERS), default="me", said=Text("Who will read it."))
@option(
    "--tick",
    "ticks",
    type=OneOf(*TICKS),
    multiple=True,
    said=Text("Print this too, though it is private; several times."),
)
@option("--table-page", metavar="OUT.pdf", said=Text("Write the page for the table as well."))
def brief(
    session: Session,
    visit: str | None,
    account: str | None,
    day: Day | None,
    output: str,
    language: str | None,
    reader: str,
    ticks: tuple[str, ...],
    table_page: str | None,
) -> None:
    """Write briefs, each on two pages."""
    from kamdesk.transfer.writers.whole_file import whole_file

    chosen = [
        name for name, one in (("--visit", visit), ("--account", account), ("--day", day)) if one
    ]
    if not chosen:
        raise missing("--visit | --account | --day")
    if len(chosen) > 1:
        raise not_together(*chosen)
    if reader == "customer":
        raise RuleBroken(
            Text(
                "A brief is private and never for the customer. The page for the table is:"
                " --table-page OUT.pdf."
            )
        )
    target = to_write(session, output, ".pdf")
    beside = to_write(session, table_page, ".pdf") if table_page else None
    if beside and beside.resolve() == target.resolve():
        raise not_together(f"--output {output}", f"--table-page {table_page}")
    speaks = language or session.language
    Thread(target=import_module, args=(_DRAWING,), daemon=True).start()  # while the key is derived
    with session.reading() as desk:
        briefs = _gathered(desk, visit, account, day, speaks)
        page = _table_page(desk, briefs, speaks) if beside else b""
        pack = drawn(briefs, language=speaks, reader=reader, ticks=ticks)
    with whole_file(target) as file:
        file.write(pack)
        if beside:
            with whole_file(beside) as second:
                second.write(page)
    session.give(
        {
            "file": output,
            "pages": 2 * len(briefs),
            "visits": [{"id": one.visit, "account_name": one.heading.account} for one in briefs],
            "table_page": table_page,
        }
    )
    session.tell(
        Text(
            "{n} brief is in {file}.",
            "{n} briefs are in {file}.",
            n=len(briefs),
            file=output,
        )
    )
    if table_page:
        session.tell(Text("The page for the table is in {file}.", file=table_page))
    unheard = sorted(_NEVER_FOR_A_CONSULTANT.intersection(ticks))
    if reader == "consultant" and unheard:
        session.tell(Text("A consultant's brief never holds: {ticks}.", ticks=unheard))


def day_briefs(desk: "Workspace", day: Day, language: str) -> "list[Brief]":
    """Return the briefs of all visits of a day that were not dropped, in order of time."""
    zone = desk.clock.now().zone
    begin = Instant.at(day, 0, zone=zone)
    return [
        _of_visit(desk, line.id, language)
        for line in desk.visits.ask.between(begin, begin.plus(days=1))
        if line.state is not VisitState.DROPPED and desk.accounts.ask.find(line.account)
    ]


def drawn(
    briefs: "list[Brief]",
    *,
    language: str,
    reader: str = "me",
    ticks: tuple[str, ...] = (),
) -> bytes:
    """Return briefs as one PDF, as ``reader`` may see them."""
    from kamdesk.papers.brief.drawing import draw_pack
    from kamdesk.papers.brief.editions import Reader, Tick, edition

    ticked = frozenset(map(Tick, ticks))
    seen = [edition(one, Reader(reader), ticked) for one in briefs]
    return draw_pack(seen, language=cast("Language", language))


def _gathered(
    desk: "Workspace", visit: str | None, account: str | None, day: Day | None, language: str
) -> "list[Brief]":
    from kamdesk.papers.brief import gather

    if visit:
        return [_of_visit(desk, pick.visit(desk, visit), language)]
    if account:
        at: AccountId = pick.account(desk, account)
        return [gather.of_account(desk.storage.reader, at, **_asking(desk, language))]
    found = day_briefs(desk, day or desk.clock.today(), language)
    if not found:
        raise RuleBroken(
            Text("No visit is planned on {day}.", day=day.isoformat() if day else ""), field="day"
        )
    return found


def _of_visit(desk: "Workspace", visit: VisitId, language: str) -> "Brief":
    from kamdesk.papers.brief import gather

    return gather.of_visit(desk.storage.reader, visit, **_asking(desk, language))


def _asking(desk: "Workspace", language: str) -> dict[str, Any]:
    return {
        "now": desk.clock.now(),
        "me": desk.team.sits_here,
        "language": "en" if language == "en" else "zh",
    }


def _table_page(desk: "Workspace", briefs: "list[Brief]", language: str) -> bytes:
    from kamdesk.papers.table_page.drawing import draw_table_page
    from kamdesk.papers.table_page.gather import of_visit

    visits = [Id(read_id(one.visit)) for one in briefs if one.visit]
    if len(visits) != 1:
        raise RuleBroken(Text("A page for the table belongs to one visit: name it."))
    page = of_visit(desk.storage.reader, VisitId(visits[0]), now=desk.clock.now())
    return draw_table_page(page, language=cast("Language", language))
