"""What the page of an executive plan says, field by field (``field_book.md`` P5)."""

from collections.abc import Iterator
from typing import NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.domain.access_plans.model import TENDER_WORDS, AccessPlan
from kamdesk.domain.people.model import CHANNEL_WORDS
from kamdesk.dossier.access_plan import PlanSeen
from kamdesk.papers.voice import Voice


class Said(NamedTuple):
    """One numbered field: its label, and its lines (none: nothing is known yet)."""

    label: Text
    lines: tuple[str, ...]


def said_of(seen: PlanSeen, voice: Voice) -> tuple[Said, ...]:
    """Return the fifteen fields of a plan, in their order."""
    plan, part = seen.plan, _Parts(voice)
    step_lines = tuple(_steps(seen, voice))
    topics = tuple(
        part.titled(topic, fact) if fact else topic for topic, fact in plan.talking_points
    )
    return (
        Said(Text("person to meet"), _target(seen, part)),
        Said(Text("why now, in their business"), part.lines(plan.why_now)),
        Said(
            Text("what they must deliver"),
            (
                *part.lines(plan.must_deliver),
                *part.named(Text("measured by"), plan.measured_by),
                *part.named(Text("horizon"), plan.horizon),
                *part.named(Text("who says so"), plan.heard_from),
            ),
        ),
        Said(Text("our aim"), part.joined(_aim(plan), part.by(plan.aim_by))),
        Said(
            Text("what they gain"),
            (
                *part.named(Text("more"), plan.gain_more),
                *part.named(Text("sooner"), plan.gain_sooner),
                *part.named(Text("surer"), plan.gain_surer),
                *part.named(Text("standing"), plan.gain_standing),
            ),
        ),
        Said(Text("our executive"), _peer(seen, part)),
        Said(
            Text("way in"),
            (
                *part.lines(plan.way),
                *part.named(Text("second way"), plan.second_way),
                *part.named(
                    Text("borrowed strength"),
                    voice.joined(
                        (plan.borrowed_person, plan.borrowed_thing, plan.borrowed_occasion)
                    ),
                ),
            ),
        ),
        Said(Text("occasion"), part.joined(plan.occasion, _window(plan))),
        Said(
            Text("topics"),
            (
                *topics,
                *part.named(Text("first sentence"), plan.first_sentence),
                *part.named(Text("topic to avoid"), plan.avoid),
            ),
        ),
        Said(
            Text("material"),
            (*part.lines(plan.material), *part.named(Text("handed over by"), plan.handed_by)),
        ),
        Said(
            Text("party and seats"),
            (*part.lines(plan.party), *part.named(Text("interpreter"), plan.interpreter)),
        ),
        Said(
            Text("risks and compliance"),
            (
                voice.say(
                    TENDER_WORDS[plan.tender] if plan.tender else Text("tender: not asked yet")
                ),
                *part.named(Text("hospitality checked"), plan.hospitality),
                *part.named(Text("who might feel passed over"), plan.passed_over),
            ),
        ),
        Said(Text("steps"), step_lines),
        Said(Text("what came of it"), _result(plan, part)),
        Said(
            Text("next contact"),
            (voice.day(plan.next_contact),) if plan.next_contact else (),
        ),
    )


class _Parts:
    """Puts values into lines in the reader's language."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice

    def lines(self, text: str) -> tuple[str, ...]:
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    def named(self, name: Text, value: str) -> tuple[str, ...]:
        if not value:
            return ()
        flat = " / ".join(self.lines(value))
        return (self.titled(name, flat),)

    def titled(self, name: Text | str, value: str) -> str:
        return self.voice.say(Text("{name}: {value}", name=name, value=value))

    def by(self, day: Day | None) -> str:
        return self.voice.say(Text("by {day}", day=day.isoformat())) if day else ""

    def joined(self, *parts: str) -> tuple[str, ...]:
        whole = " · ".join(filter(None, parts))
        return (whole,) if whole else ()


def _target(seen: PlanSeen, part: _Parts) -> tuple[str, ...]:
    plan, person = seen.plan, seen.person
    since = Text("since {day}", day=seen.since.isoformat()) if seen.since else ""
    ways = [
        f"{part.voice.say(CHANNEL_WORDS[way.channel])} {way.value}"
        for way in seen.file.ways.get(person.id, ())[:2]
    ]
    return (
        *part.joined(person.name, person.form_of_address, seen.post, part.voice.say(since)),
        *part.joined(*seen.bodies),
        *part.named(Text("remit"), plan.remit),
        *part.named(Text("term of office"), plan.term),
        *part.named(Text("office and secretary"), plan.office),
        *part.joined(*ways),
    )


def _aim(plan: AccessPlan) -> str:
    return " → ".join(filter(None, (plan.aim_from, plan.aim_to)))


def _peer(seen: PlanSeen, part: _Parts) -> tuple[str, ...]:
    relation = (
        part.voice.say(Text("relationship {n} of 5", n=seen.relation))
        if seen.relation is not None
        else part.voice.say(Text("relationship not said"))
    )
    briefed = seen.plan.briefed_on
    said = Text("briefed on {day}", day=briefed.isoformat()) if briefed else Text("not briefed yet")
    if not seen.peer[0]:
        return ()
    return part.joined(*seen.peer, relation, part.voice.say(said))


def _window(plan: AccessPlan) -> str:
    days = (plan.window_from, plan.window_until)
    return " – ".join(day.isoformat() for day in days if day)


def _steps(seen: PlanSeen, voice: Voice) -> Iterator[str]:
    for step in seen.steps:
        colleague = seen.ours.get(step.colleague) if step.colleague else None
        when = (
            Text("done on {day}", day=step.done_on.isoformat())
            if step.done_on
            else Text("by {day}", day=step.due.isoformat())
            if step.due
            else Text("no day agreed")
        )
        mark = "●" if step.done_on else "○"
        who = colleague.name if colleague else ""
        yield f"{mark} " + " · ".join(filter(None, (step.what, who, voice.say(when))))


def _result(plan: AccessPlan, part: _Parts) -> tuple[str, ...]:
    def step(words: str, day: Day | None) -> str:
        return " · ".join(filter(None, (words, part.by(day)))) if words else ""

    thanked = plan.thanked_on.isoformat() if plan.thanked_on else ""
    return (
        *part.lines(plan.result),
        *part.named(Text("stance"), plan.moved),
        *part.named(Text("our next step"), step(plan.our_next, plan.our_next_by)),
        *part.named(Text("their next step"), step(plan.their_next, plan.their_next_by)),
        *part.named(Text("thanks sent on"), thanked),
    )
