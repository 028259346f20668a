"""The columns of the list of people."""

from collections.abc import Sequence

from kamdesk.core.clock import Instant
from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.stances import paint_stance, stance_words
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import Today, day_words, days_at_widest
from kamdesk.desktop.widgets.columns import Column
from kamdesk.domain.chain.model import ROLE_WORDS, Role
from kamdesk.dossier.people_list import Entry


def columns(today: Today) -> Sequence[Column[Entry]]:
    """Return the columns; names sort and are found as they are said."""
    return (
        Column(
            Text("Full name"),
            show=lambda entry: entry.name,
            sort_by=lambda entry: entry.sound or entry.name.casefold(),
            found=_found,
            strong=True,
            width=130,
            privacy=Privacy.CONTACT,
        ),
        Column(
            Text("Called"),
            show=lambda entry: entry.called,
            width=80,
            privacy=Privacy.CONTACT,
        ),
        Column(
            Text("Customer"),
            show=lambda entry: entry.account_name,
            least=110,
            privacy=Privacy.BUSINESS,
        ),
        Column(Text("Post"), show=lambda entry: entry.post, least=110, privacy=Privacy.BUSINESS),
        Column(
            Text("Roles"),
            show=lambda entry: roles_said(entry.roles),
            sort_by=lambda entry: _order(entry.roles),
            width=116,
            privacy=Privacy.OPINION,
        ),
        Column(
            Text("Stance"),
            show=lambda entry: stance_words(entry.stance),
            sort_by=lambda entry: entry.stance,
            paint=lambda painter, box, entry: paint_stance(painter, box, entry.stance),
            width=142,
            privacy=Privacy.OPINION,
        ),
        Column(
            Text("Our owner"),
            show=lambda entry: entry.owner,
            width=100,
            privacy=Privacy.INTERNAL,
        ),
        Column(
            Text("Last met"),
            show=lambda entry: (
                day_words(Instant.read(entry.last_met), today.day)
                if entry.last_met
                else looks.capital(Text("not met"))
            ),
            sort_by=lambda entry: entry.last_met or None,
            tone=lambda entry: Tone.SECOND if entry.last_met else Tone.OCHRE,
            widest=days_at_widest,
            privacy=Privacy.BUSINESS,
        ),
        Column(
            Text("Telephone"),
            show=lambda entry: entry.phone,
            width=140,
            privacy=Privacy.CONTACT,
        ),
        Column(
            Text("Department"),
            show=lambda entry: entry.department,
            width=126,
            hidden=True,
            privacy=Privacy.BUSINESS,
        ),
    )


def roles_said(roles: Sequence[Role]) -> str | None:
    """Return roles in the window's language, None for none."""
    said = [looks.said(ROLE_WORDS[role]) for role in roles]
    return looks.capital(("、" if looks.language() == "zh" else ", ").join(said)) or None


def _order(roles: Sequence[Role]) -> int | None:
    every = list(ROLE_WORDS)
    return min((every.index(role) for role in roles), default=None)


def _found(entry: Entry) -> str:
    syllables = entry.sound.split()
    initials = "".join(syllable[0] for syllable in syllables)
    joined = "".join(syllables)
    return (
        f"{joined} {initials} {entry.called} {entry.post} {entry.department} {entry.account_name}"
    )
