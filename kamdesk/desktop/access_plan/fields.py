"""The fields of an executive plan, section by section: how each is shown, typed and put back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.said_days import find_day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.domain.access_plans.model import TENDER_WORDS, AccessPlan, Tender
from kamdesk.dossier.access_plan import PlanSeen


@dataclass(frozen=True, kw_only=True)
class PlanField:
    """One field. ``reads`` returns what goes into the plan; raises ``RuleBroken`` at the field.

    ``choices`` are given for what is chosen, seen from what was read.
    """

    name: str
    label: Text
    shows: Callable[[PlanSeen], Text | str]
    starts: Callable[[AccessPlan], object]
    reads: Callable[[object, Day], object]
    long: bool = False
    hint: Text | str = ""
    choices: Callable[[PlanSeen], tuple[tuple[object, Text | str], ...]] | None = None

    def editor(self, seen: PlanSeen | None) -> LineEditor | TextEditor | Choice:
        """Return the editor of the field."""
        if self.choices is not None:
            return Choice(self.choices(seen) if seen else ())
        return TextEditor(hint=self.hint) if self.long else LineEditor(hint=self.hint)

    def put(self, plan: AccessPlan, typed: object, today: Day) -> AccessPlan:
        """Return the plan with what was typed. Raises ``RuleBroken`` at the field."""
        given: dict[str, Any] = {self.name: self.reads(typed, today)}
        return replace(plan, **given)


def _words(name: str, label: Text, hint: Text | str = "", *, long: bool = False) -> PlanField:
    return PlanField(
        name=name,
        label=label,
        shows=lambda seen: getattr(seen.plan, name),
        starts=lambda plan: getattr(plan, name),
        reads=lambda typed, _: str(typed or ""),
        long=long,
        hint=hint,
    )


def _day(name: str, label: Text, hint: Text | str = "") -> PlanField:
    def read(typed: object, today: Day) -> Day | None:
        text = str(typed or "").strip()
        said = find_day(text, today) if text else None
        if text and said is None:
            raise RuleBroken(Text("“{value}” is no day: write 2026-03-12.", value=text), field=name)
        return said.day if said else None

    def start(plan: AccessPlan) -> str:
        day: Day | None = getattr(plan, name)
        return day.isoformat() if day else ""

    return PlanField(
        name=name,
        label=label,
        shows=lambda seen: looks.day(getattr(seen.plan, name), today=seen.today),
        starts=start,
        reads=read,
        hint=hint or Text("next Fri, 月底, 3-20"),
    )


def _ours(seen: PlanSeen) -> tuple[tuple[object, Text | str], ...]:
    named = [(one.id, looks.joined(one.name, one.title)) for one in seen.ours.values()]
    return ((None, Text("not chosen yet")), *named)


def _tenders(_: PlanSeen) -> tuple[tuple[object, Text | str], ...]:
    return ((None, Text("not asked yet")), *TENDER_WORDS.items())


_PEER: Final = PlanField(
    name="colleague",
    label=Text("Our executive"),
    shows=lambda seen: looks.joined(*seen.peer),
    starts=lambda plan: plan.colleague,
    reads=lambda typed, _: typed,
    choices=_ours,
)
_TENDER: Final = PlanField(
    name="tender",
    label=Text("Tender"),
    shows=lambda seen: looks.capital(TENDER_WORDS[seen.plan.tender]) if seen.plan.tender else "",
    starts=lambda plan: plan.tender,
    reads=lambda typed, _: typed if isinstance(typed, Tender) else None,
    choices=_tenders,
)
Section = tuple[Text, tuple[PlanField, ...]]
LEFT: Final[tuple[Section, ...]] = (
    (
        Text("Why now"),
        (
            _words(
                "why_now",
                Text("Reason"),
                Text("An event in their business, not our order"),
                long=True,
            ),
            _words("must_deliver", Text("Must deliver"), Text("Their task this year"), long=True),
            _words("measured_by", Text("Measured by")),
            _words("horizon", Text("Horizon"), Text("this year, three years")),
            _words("heard_from", Text("Who says so")),
        ),
    ),
    (
        Text("Our aim"),
        (
            _words("aim_from", Text("Where we stand"), Text("not met, neutral, knows us")),
            _words("aim_to", Text("Where to be"), Text("met, supporter, gave a named owner")),
            _day("aim_by", Text("By")),
        ),
    ),
    (
        Text("What they gain"),
        (
            _words("gain_more", Text("More"), Text("one figure, if there is one")),
            _words("gain_sooner", Text("Sooner")),
            _words("gain_surer", Text("Surer")),
            _words(
                "gain_standing", Text("Standing"), Text("speaker, author, reference; lawful only")
            ),
        ),
    ),
    (
        Text("Way in"),
        (
            _words(
                "way", Text("Introduced by"), Text("A step a line, each with its reason"), long=True
            ),
            _words("second_way", Text("Second way"), long=True),
            _words("borrowed_person", Text("Borrowed person")),
            _words("borrowed_thing", Text("Borrowed thing")),
            _words("borrowed_occasion", Text("Borrowed occasion")),
        ),
    ),
    (
        Text("What to talk about"),
        (
            _words(
                "topics", Text("Topics"), Text("topic | a fact of ours they do not know"), long=True
            ),
            _words("first_sentence", Text("First sentence")),
            _words("avoid", Text("Avoid")),
            _words("material", Text("Material"), Text("one page at most")),
            _words("handed_by", Text("Handed over by")),
        ),
    ),
)
RIGHT: Final[tuple[Section, ...]] = (
    (
        Text("Whom they meet"),
        (
            _PEER,
            _day("briefed_on", Text("Briefed on")),
            _words("remit", Text("Their remit")),
            _words("term", Text("Term of office")),
            _words("office", Text("Office, secretary")),
        ),
    ),
    (
        Text("Occasion"),
        (
            _words("occasion", Text("Occasion"), Text("fair, forum, association, visit to us")),
            _day("window_from", Text("From day")),
            _day("window_until", Text("To day")),
            _words("party", Text("Party and seats"), long=True),
            _words("interpreter", Text("Interpreter")),
        ),
    ),
    (
        Text("Risks and compliance"),
        (
            _TENDER,
            _words("hospitality", Text("Hospitality")),
            _words(
                "passed_over",
                Text("Passed over"),
                Text("Who might feel so, and how they are told first"),
                long=True,
            ),
        ),
    ),
)
AFTER: Final[Section] = (
    Text("What came of it"),
    (
        _words("result", Text("In their words"), long=True),
        _words("moved", Text("Stance moved"), Text("from, to, by what we saw")),
        _words("our_next", Text("Our next step")),
        _day("our_next_by", Text("Ours by")),
        _words("their_next", Text("Their next step")),
        _day("their_next_by", Text("Theirs by")),
        _day("thanked_on", Text("Thanks sent")),
        _day("next_contact", Text("Meet again")),
    ),
)
SHARED: Final[Section] = (
    Text("Exchange plan to share"),
    (
        _day("meets_on", Text("Day")),
        _words("place", Text("Place")),
        _words("theme", Text("Theme")),
        _words("our_wish", Text("Our wish")),
        _words("their_wish", Text("Their wish")),
        _words("our_part", Text("We prepare"), long=True),
        _words("their_part", Text("They prepare"), long=True),
    ),
)
EVERY: Final = {
    field.name: field for _, fields in (*LEFT, *RIGHT, AFTER, SHARED) for field in fields
}
