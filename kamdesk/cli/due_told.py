"""How the list of duties and agreements is told in a terminal."""

from typing import Final

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.domain.cadence.duty import DUE_WORDS, Channel, DueWord
from kamdesk.domain.cadence.model import Agreement
from kamdesk.dossier.due import DueLine


def told(agreement: Agreement) -> Text:
    """Return an agreement in a sentence, with the end of its id."""
    n = agreement.every
    if agreement.channel is Channel.TOUCH:
        how = Text("a word every day", "a word every {n} days", n=n)
    else:
        how = Text("a visit every day", "a visit every {n} days", n=n)
    if agreement.at_most:
        how = Text("at most {how}", how=how)
    if agreement.until:
        how = Text("{how} until {day}", how=how, day=agreement.until.isoformat())
    return Text("Agreed: {how} (id {id})", how=how, id=pick.short(agreement.id))


def _stands(line: DueLine) -> Text:
    if line.word is DueWord.OVERDUE:
        return Text("overdue {n} day", "overdue {n} days", n=line.days_over)
    word = DUE_WORDS[line.word]
    if line.days_over:
        return Text("{word}, {n} day over", "{word}, {n} days over", word=word, n=line.days_over)
    return word


def _cycle(line: DueLine) -> Text | str:
    if not line.cycle.planned:
        return "—"
    return Text("{done} of {planned}", done=line.cycle.done, planned=line.cycle.planned)


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


COLUMNS: Final[tuple[Column[DueLine], ...]] = (
    Column(Text("Customer"), lambda line: line.account_name),
    Column(Text("Person"), lambda line: line.person_name),
    Column(Text("Stands"), _stands),
    Column(Text("Due"), lambda line: _day(line.due), whole=True),
    Column(Text("Last contact"), lambda line: _day(line.last), whole=True),
    Column(Text("Planned"), lambda line: _day(line.planned), whole=True),
    Column(Text("This cycle"), _cycle),
    Column(Text("Why"), _why),
)
