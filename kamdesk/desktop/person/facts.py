"""The facts under a person's name: stance, influence, relationship, last met, who owns them."""

from contextlib import suppress
from datetime import date
from typing import Final

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.due.steps import Whom
from kamdesk.desktop.person.spells import since_words
from kamdesk.desktop.stances import stance_words
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import ago, moment_words
from kamdesk.desktop.widgets.facts import Fact
from kamdesk.domain.chain.model import ROLE_WORDS
from kamdesk.domain.chain.standing import What
from kamdesk.dossier.one_person import PersonSeen

_LEAP_YEAR: Final = 2000


def facts_of(seen: PersonSeen) -> list[Fact]:
    """Return five facts; what is not known is said so."""
    stands = seen.stands
    roles = [looks.said(ROLE_WORDS[role]) for role in stands.roles]
    against = stands.stance is not None and stands.stance < 0
    unknown = looks.capital(Text("not known"))
    return [
        Fact(
            label=Text("Stance to us"),
            value=looks.capital(stance_words(stands.stance)),
            support=_since(seen, What.STANCE),
            tone=Tone.BRICK if against else Tone.INK,
        ),
        Fact(
            label=Text("Influence"),
            value=Text("{n} of 5", n=stands.influence) if stands.influence else unknown,
            support=looks.capital(("、" if looks.language() == "zh" else ", ").join(roles)),
        ),
        Fact(
            label=Text("Relationship"),
            value=Text("{n} of 5", n=stands.coverage) if stands.coverage is not None else unknown,
            support=_since(seen, What.COVERAGE),
        ),
        Fact(
            label=Text("Last met"),
            value=looks.capital(ago(seen.last_met.day, seen.day))
            if seen.last_met
            else looks.capital(Text("not met")),
            support=looks.capital(_next(seen)),
            tone=Tone.INK if seen.last_met else Tone.OCHRE,
        ),
        Fact(
            label=Text("Our owner"),
            value=seen.owner or unknown,
            support=looks.capital(_birthday(seen.person.birthday)),
        ),
    ]


def _since(seen: PersonSeen, what: What) -> Text | str:
    judged = seen.judged.get(what)
    if judged is None or not judged.reading.value:
        return ""
    day: date = judged.reading.valid_from
    return looks.capital(since_words(day, seen.day))


def _next(seen: PersonSeen) -> Text | str:
    if seen.next is None or seen.next.start is None:
        return Text("no visit planned")
    return Text("next: {when}", when=moment_words(seen.next.start, seen.day))


def _birthday(birthday: str) -> Text | str:
    """Return a birthday with its day as days are said, where it is one without a year."""
    if not birthday:
        return ""
    shown = looks.cut(birthday, 20)
    with suppress(ValueError):
        if birthday.startswith("--"):
            shown = looks.day(date.fromisoformat(f"{_LEAP_YEAR}-{birthday[2:]}"))
    return Text("birthday {day}", day=shown)


def whom_of(seen: PersonSeen | None) -> Whom | None:
    """Return towards whom contact is owed; None for somebody without a customer."""
    person = seen.person if seen is not None else None
    if person is None or person.account is None:
        return None
    return Whom(person.account, person.id, person.name)
