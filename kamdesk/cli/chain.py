"""The decision chain of a customer: who stands where, what is missing, how to get in, what if."""

from typing import TYPE_CHECKING, Final, cast

import click

from kamdesk.cli import pick
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import DayValue, not_together, to_write
from kamdesk.core.clock import Day, Instant
from kamdesk.core.wording import Text

if TYPE_CHECKING:
    from kamdesk.papers.voice import Language

MOVEMENT_DAYS: Final = 30
"""Over how many days the movement of the support is told."""


@command(Text("Show a decision chain: who stands where, what is missing, the way in, what if."))
@click.argument("account", metavar="ACCOUNT")
@option("--map", "map_words", metavar="MAP", said=Text("Another map of this customer, by name."))
@option("--as-of", "on", type=DayValue(), said=Text("As it stood on this day."))
@option("--way-to", "target", metavar="PERSON", said=Text("The way in to this person."))
@option(
    "--what-if",
    "supposed",
    metavar="MOVE",
    multiple=True,
    said=Text("Suppose “NAME=+1”, “NAME leaves” or “A>B=3”; several times. Nothing is saved."),
)
@option("-o", "--output", metavar="OUT", said=Text("Write the map as .pdf, .svg or .png."))
def chain(
    session: Session,
    account: str,
    map_words: str | None,
    on: Day | None,
    target: str | None,
    supposed: tuple[str, ...],
    output: str | None,
) -> None:
    """Judge a chain as of a day and say what is found."""
    from kamdesk.cli.chain_data import chain_data, supposed_data
    from kamdesk.cli.chain_papers import ENDINGS, MAKERS, Ordered
    from kamdesk.cli.chain_told import told
    from kamdesk.cli.suppositions import on_map, read_move
    from kamdesk.domain.chain.analysis import analysed
    from kamdesk.domain.chain.way_in import ways_in
    from kamdesk.dossier.chain_view import read_chain
    from kamdesk.dossier.customer_file import read_file
    from kamdesk.transfer.writers.whole_file import whole_file

    if output and supposed:
        raise not_together("--what-if", "--output")
    target_file = to_write(session, output, *ENDINGS["map"]) if output else None
    with session.reading() as desk:
        now = desk.clock.now()
        at = Instant.at(on, 23, 59, zone=now.zone) if on else now
        customer = pick.account(desk, account)
        chosen = pick.chain_map(desk, customer, map_words)
        file = read_file(desk.storage.reader, customer, at=at, map_id=chosen)
        net = read_chain(desk.storage.reader, customer, at=at, map_id=chosen)
        before = read_chain(
            desk.storage.reader, customer, at=at.plus(days=-MOVEMENT_DAYS), map_id=chosen
        )
        pack, quiet = desk.playbook.in_force(), desk.playbook.quiet()
        if target_file:
            ordered = Ordered(
                account=customer,
                map=chosen,
                day=on,
                language=cast("Language", session.language),
                file=target_file,
            )
            with whole_file(target_file) as written:
                written.write(MAKERS["map"](desk, ordered))
    moves = [read_move(net, words) for words in supposed]
    found = analysed(net, before=before, pack=pack, quiet=quiet)
    ways = ways_in(net, on_map(net, target, field="way_to").id) if target else found.ways
    data = chain_data(file, net, found, ways)
    what_if = supposed_data(net, moves) if moves else {}
    session.give({**data, "pack": pack.id, **what_if, **({"file": output} if output else {})})
    if not file.chain:
        session.tell(Text("No decision chain was drawn for this customer."))
        return
    for line in told(file, net, found, ways, moves, pack.called).lines(session.language):
        session.tell(line)
    if output:
        session.tell(Text("The map is in {file}.", file=output))
