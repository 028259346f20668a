"""The facts of the exchange in a strip, and what is said once the team was left."""

from typing import Final

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.exchange.reading import ExchangeSeen
from kamdesk.desktop.exchange.said import is_late
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.facts import Fact
from kamdesk.sync.leaving import Removed


def facts_of(seen: ExchangeSeen) -> list[Fact]:
    """Return five facts; the first, the fourth and the last tell most."""
    told, late = seen.told, is_late(seen.told, seen.now)
    today = seen.now.day
    last = looks.capital(moment_words(told.last, today)) if told.last else looks.DASH
    oldest = moment_words(told.oldest_unsent, today)
    return [
        Fact(
            label=Text("Last exchange"),
            value=last,
            support=Text("no contact now") if told.trouble else "",
            support_tone=Tone.OCHRE,
        ),
        Fact(label=Text("Sent"), value=looks.number(told.sent), support=Text("since you joined")),
        Fact(
            label=Text("Received"),
            value=looks.number(told.received),
            support=Text("since you joined"),
        ),
        Fact(
            label=Text("Waits to be sent"),
            value=looks.number(told.unsent),
            support=Text("since {when}", when=oldest) if told.unsent else "",
            tone=Tone.BRICK if late else Tone.INK,
        ),
        Fact(
            label=Text("Waits for you"),
            value=looks.number(seen.deciding),
            support=Text("{n} field to decide", "{n} fields to decide", n=told.conflicts)
            if told.conflicts
            else "",
            tone=Tone.BRICK if told.conflicts else Tone.INK,
        ),
    ]


AGAIN: Final = Text("Join the same team again")


def left_words(gone: Removed) -> tuple[Text, Text]:
    """Return a heading and a sentence for who has left a team, or was shut out."""
    if gone.shut_out:
        return (
            Text("{hub} has shut this computer out", hub=gone.hub),
            Text(
                "{n} customer that came by the exchange was taken off this computer. What was never"
                " shared is still here. If this is a mistake, ask the administrator for a new"
                " invitation to the same team. Another team needs a workspace of its own.",
                "{n} customers that came by the exchange were taken off this computer. What was"
                " never shared is still here. If this is a mistake, ask the administrator for a new"
                " invitation to the same team. Another team needs a workspace of its own.",
                n=gone.customers,
            ),
        )
    return (
        Text("You have left {hub}", hub=gone.hub),
        Text(
            "What you made here stays and is exchanged with nobody. A new invitation lets this"
            " workspace into the same team again; another team needs a workspace of its own."
        ),
    )
