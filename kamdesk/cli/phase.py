"""A customer's phase from the command line: shown with its grounds, set by hand, let go again."""

import click

from kamdesk.cli import pick
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.tasks import phase_data
from kamdesk.cli.values import OneOf, missing, not_together
from kamdesk.core.wording import Text
from kamdesk.domain.lifecycle.phase import PHASE_WORDS, Phase
from kamdesk.dossier.lifecycle import set_phase
from kamdesk.dossier.lifecycle_told import phase_told

_PHASE = OneOf(*(str(one).replace("-", "_") for one in Phase))


@command(Text("Show a customer's phase and why, or set it by hand."))
@click.argument("account", metavar="ACCOUNT")
@click.argument("word", metavar="[PHASE]", type=_PHASE, required=False)
@option("--because", default="", said=Text("Why it is set by hand; needed with a phase."))
@option("--auto", is_flag=True, said=Text("Go by time and evidence again."))
def phase(session: Session, account: str, word: str | None, because: str, auto: bool) -> None:
    """Show a phase, set it, or go by time and evidence again."""
    if auto and word is not None:
        raise not_together("--auto", "PHASE")
    if word is not None and not because:
        raise missing("--because")
    wanted = Phase(word.replace("_", "-")) if word is not None else None
    with session.writing() if auto or wanted else session.reading() as desk:
        meant = pick.account(desk, account)
        if auto or wanted:
            set_phase(desk.storage, meant, wanted, because, seen=desk.storage.position())
        found, data = phase_data(desk, meant)
    session.give({"account": found.account, "account_name": found.called, **data})
    said = Text("{customer}: {phase}", customer=found.called,
                phase=PHASE_WORDS[found.reading.shown])  # fmt: skip
    session.tell(said)
    for told in phase_told(found.reading):
        session.tell(told)
