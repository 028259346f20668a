"""The columns of the list of opportunities."""

from collections.abc import Sequence

from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.day_column import day_column
from kamdesk.desktop.opportunities.said import state_tone, step_words
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import Today
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.domain.opportunities.model import OPPORTUNITY_STATE_WORDS, OpportunityState
from kamdesk.domain.opportunities.store import OpportunityLine


def columns(today: Today) -> Sequence[Column[OpportunityLine]]:
    """Return the columns; one that is expected before today and still open is late."""

    def tone(line: OpportunityLine) -> Tone:
        late = line.expected is not None and line.expected < today.day
        return Tone.BRICK if late and line.state is OpportunityState.OPEN else Tone.SECOND

    return (
        Column(
            Text("Opportunity"),
            show=lambda line: line.name,
            found=lambda line: line.account_name,
            strong=True,
            least=180,
            privacy=Privacy.INTERNAL,
        ),
        Column(
            Text("Customer"),
            show=lambda line: line.account_name,
            least=120,
            privacy=Privacy.BUSINESS,
        ),
        Column(
            Text("Step"),
            show=lambda line: step_words(line.step),
            sort_by=lambda line: line.step,
            width=230,
            privacy=Privacy.INTERNAL,
        ),
        Column(
            Text("Amount"),
            show=lambda line: looks.money(line.amount) if line.amount else None,
            sort_by=lambda line: (line.amount.currency, line.amount.minor) if line.amount else None,
            plain=lambda line: line.amount.major if line.amount else None,
            align=Align.RIGHT,
            width=110,
            privacy=Privacy.MONEY,
        ),
        Column(
            Text("Currency"),
            show=lambda line: line.amount.currency if line.amount else None,
            width=90,
            hidden=True,
            privacy=Privacy.MONEY,
        ),
        day_column(
            Text("Expected"),
            lambda line: line.expected,
            today,
            privacy=Privacy.INTERNAL,
            tone=tone,
        ),
        Column(
            Text("State"),
            show=lambda line: looks.capital(OPPORTUNITY_STATE_WORDS[line.state]),
            sort_by=lambda line: list(OpportunityState).index(line.state),
            tone=lambda line: state_tone(line.state),
            width=90,
            privacy=Privacy.INTERNAL,
        ),
    )
