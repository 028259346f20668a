"""``kamdesk chain``: the chain of a customer by its name, and charts from files onto its map."""

from pathlib import Path
from typing import Any

import click

from kamdesk.cli import pick
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import DayValue, OneOf
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text


class _Chain(Group):
    """A group whose first word is a customer's name where it is none of its commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what is no command of the group's for ``show``."""
        if args and args[0] not in ("import", "--help"):
            args = ["show", *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; the one that shows is imported when it is needed."""
        if cmd_name == "show":
            from kamdesk.cli.chain import chain as show

            return show
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return its commands: showing comes first."""
        return ["show", *super().list_commands(ctx)]


group = _Chain(
    "chain",
    said=Text("The decision chain of a customer: kamdesk chain CUSTOMER shows it."),
    no_args_is_help=True,
)

_BONDS = ("school", "served", "colleagues", "teacher", "boss", "home_town", "relatives")
_AS = ("reports", "influences", "close", "conflict", *_BONDS)


@command(Text("Read a chart from a file onto the map of a customer."), name="import", under=group)
@click.argument("file", type=click.Path(path_type=Path))
@option("--account", required=True, metavar="ACCOUNT", said=Text("The customer it is of."))
@option("--map", "named", default="", metavar="MAP", said=Text("The map by its name."))
@option(
    "--as",
    "meant",
    type=OneOf(*_AS),
    default="reports",
    said=Text(
        "What a pair of names means: reports to, influences, is close to, is at odds with; or by"
        " what they are close: one school, served together …"
    ),
)
@option("--on", type=DayValue(), said=Text("The day from which it holds; else today."))
@option("--dry-run", "dry", is_flag=True, said=Text("Only say what would happen."))
def take_chart(
    session: Session, file: Path, account: str, named: str, meant: str, on: Day | None, dry: bool
) -> None:
    """Take a chart, or a list of ties, as one action."""
    with session.reading() if dry else session.writing() as desk:
        who = pick.account(desk, account)
        maps = desk.chain.ask.maps(who)
        chain = next((one for one in maps if one.name.casefold() == named.casefold()), None)
        if named and chain is None:
            raise RuleBroken(Text("This customer has no map called “{name}”.", name=named))
        chain = chain or (maps[0] if maps else None)
        day = on or desk.clock.today()
        if meant == "reports":
            found = _chart(session, desk, file, who, chain, day, dry=dry)
        elif chain is None:
            raise RuleBroken(Text("Ties join people on a map: import who reports to whom first."))
        else:
            found = _ties(desk, file, chain, meant, day, dry=dry)
    session.give(found)
    for problem in found["problems"]:
        lines = ", ".join(map(str, problem["lines"]))
        session.tell(Text("Line {lines}: {said}", lines=lines, said=problem["said"]))
    if "ties" in found:
        session.tell(Text("{n} new tie.", "{n} new ties.", n=found["ties"]))


def _chart(
    session: Session, desk: Any, file: Path, account: Any, chain: Any, day: Day, *, dry: bool
) -> dict[str, Any]:
    from kamdesk.transfer.chart.files import read_chart
    from kamdesk.transfer.chart.taking import Charts

    charts = Charts(desk.storage)
    plan = charts.look(account, read_chart(file), map_id=chain.id if chain else None)
    late = () if dry else charts.take(plan, on=day, chain=chain)[1]
    counts = plan.counts
    for said in (
        Text("{n} row read", "{n} rows read", n=len(plan.matches)),
        Text("{n} new person", "{n} new people", n=counts.people),
        Text("{n} new post", "{n} new posts", n=counts.posts),
        Text("{n} reporting line", "{n} reporting lines", n=counts.lines),
        Text("{n} new on the map", "{n} new on the map", n=counts.seats),
    ):
        session.tell(said)
    return {"rows": len(plan.matches), **counts._asdict(), "problems": _said(plan.problems + late)}


def _ties(desk: Any, file: Path, chain: Any, meant: str, day: Day, *, dry: bool) -> dict[str, Any]:
    from kamdesk.domain.chain.bonds import Bond
    from kamdesk.domain.chain.model import TieKind
    from kamdesk.transfer.chart.files import read_ties
    from kamdesk.transfer.chart.ties import take_ties

    pairs = read_ties(file)
    if dry:
        return {"rows": len(pairs), "problems": []}
    bond = Bond(meant) if meant in _BONDS else None
    kind = TieKind.CLOSE if bond else TieKind(meant)
    _, new, problems = take_ties(desk.storage, chain, pairs, kind, on=day, bond=bond)
    return {"rows": len(pairs), "ties": new, "problems": _said(problems)}


def _said(problems: Any) -> list[dict[str, Any]]:
    return [
        {"wrong": one.wrong.value, "lines": list(one.lines), "said": one.said} for one in problems
    ]
