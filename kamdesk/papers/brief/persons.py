"""Who sits at a visit, as the brief shows them: role, focus, reading of the name, first meeting."""

from kamdesk.core.clock import Day, days_between
from kamdesk.core.ids import PersonId
from kamdesk.core.text.pinyin import said
from kamdesk.core.wording import Text
from kamdesk.domain.chain.concern import concern
from kamdesk.domain.chain.model import ROLE_WORDS, Role
from kamdesk.domain.people.model import NeedLevel, Person
from kamdesk.domain.visits.model import Attendee, Visit
from kamdesk.dossier.customer_file import CustomerFile
from kamdesk.papers.brief import content as paper


def for_the_boss(
    file: CustomerFile, visit: Visit | None, theirs: list[Attendee]
) -> paper.ForTheBoss | None:
    if visit is None:
        return None
    first = max(theirs, key=lambda s: file.stands(s.who).influence or 0, default=None)
    opposite = file.people.get(PersonId(first.who)) if first else None
    wants = (
        next(
            (n.words for n in file.needs.get(opposite.id, []) if n.level is not NeedLevel.PERSONAL),
            "",
        )
        if opposite
        else ""
    )
    return paper.ForTheBoss(
        why_you_come=visit.objective,
        whom_you_sit_opposite=spoken(opposite) if opposite else "",
        what_to_say=visit.ask,
        what_not_to_promise="；".join(filter(None, visit.red_line.splitlines())),
        what_they_want=wants or (opposite.focus if opposite else ""),
    )


def attendee(file: CustomerFile, seat: Attendee) -> paper.Attendee:
    person = file.people[PersonId(seat.who)]
    stands = file.stands(person.id)
    hint = concern(stands.roles)
    post = file.post_of.get(person.id)
    met = file.last_met.get(person.id)
    motive = "；".join(
        n.words for n in file.needs.get(person.id, []) if n.level is NeedLevel.PERSONAL
    )
    return paper.Attendee(
        id=person.id.hex(),
        name=person.name,
        reading=_reading(person.name),
        address=person.form_of_address,
        post=post.title if post else "",
        department=person.department,
        roles=tuple(ROLE_WORDS[role] for role in stands.roles),
        first_meeting=met is None,
        last_met=met.day if met else None,
        focus=person.focus,
        concern=hint.weighs if hint else "",
        horizon=hint.horizon if hint else "",
        advice=paper.Advice(
            say=seat.point,
            show=hint.show if hint else "",
            avoid=hint.avoid if hint else "",
        ),
        stance=stands.stance,
        stance_since=stands.stance_since,
        influence=stands.influence,
        decides=Role.DECIDER in stands.roles,
        motive=motive,
        rival_tie=stands.rival,
    )


def _reading(name: str) -> str:
    """Return how a name with rare characters is read; empty for everyday names."""
    if all(ord(sign) < 0x4E00 or _is_common(sign) for sign in name):
        return ""
    return " ".join(said(name, tones=True))


def _is_common(sign: str) -> bool:
    """True for the 3,755 characters of GB 2312 level 1, which everybody reads."""
    try:
        code = sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def spoken(person: Person) -> str:
    address = f"（{person.form_of_address}）" if person.form_of_address else ""
    return person.name + address


def occasions(file: CustomerFile, theirs: list[Attendee]) -> tuple[paper.Occasion, ...]:
    found = []
    for seat in theirs:
        person = file.people[PersonId(seat.who)]
        born = person.birthday[-5:] if len(person.birthday) >= 5 else ""
        for year in (file.day.year, file.day.year + 1):
            try:
                on = Day.fromisoformat(f"{year}-{born}")
            except ValueError:
                continue
            if 0 <= days_between(file.day, on) <= 14:
                found.append(
                    paper.Occasion(on=on, what=Text("{name}'s birthday", name=person.name))
                )
    return tuple(found)
