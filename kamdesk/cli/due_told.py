"""How the list of duties and agreements is told in a terminal."""

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.domain.cadence.model import Agreement
from kamdesk.dossier.due import DueLine
from kamdesk.dossier.due_said import cycle_words, standing_words


def told(agreement: Agreement) -> Text:
    """Return an agreement in a sentence, with the end of its id."""
    how = agreement.how_often
    if agreement.at_most:
        how = Text("at most {how}", how=how)
    if agreement.until:
        how = Text("{how} until {day}", how=how, day=agreement.until.isoformat())
    return Text("Agreed: {how} (id {id})", how=how, id=pick.short(agreement.id))


def _day(day: Day | None) -> str:
    return day.isoformat() if day else "—"


def _why(line: DueLine) -> Text:
    if line.paused_until:
        return Text(
            "Paused until {day}: {why}", day=line.paused_until.isoformat(), why=line.paused_because
        )
    if line.too_often:
        return Text("{because}; {too_often}", because=line.because, too_often=line.too_often)
    return line.because


def columns(today: Day) -> tuple[Column[DueLine], ...]:
    """Return the columns of the list."""
    return (
        Column(Text("Customer"), lambda line: line.account_name),
        Column(Text("Person"), lambda line: line.person_name),
        Column(Text("Stands"), lambda line: standing_words(line, today)),
        Column(Text("Due"), lambda line: _day(line.due), whole=True),
        Column(Text("Last contact"), lambda line: _day(line.last), whole=True),
        Column(Text("Planned"), lambda line: _day(line.planned), whole=True),
        Column(Text("This cycle"), lambda line: cycle_words(line.cycle) or "—"),
        Column(Text("Why"), _why),
    )
