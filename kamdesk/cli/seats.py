"""Who sits at a visit and who promised what: names typed on the command line become records."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kamdesk.cli.values import day_of, read_day
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, Id, PersonId
from kamdesk.core.text.clean import one_line
from kamdesk.core.text.said_line import read_line
from kamdesk.core.wording import Text
from kamdesk.domain.promises.model import Promise, PromiseSide
from kamdesk.domain.visits.model import Attendee, Side, Visit

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_SIDES: Final = {
    "ours": PromiseSide.OURS,
    "we": PromiseSide.OURS,
    "我方": PromiseSide.OURS,
    "theirs": PromiseSide.THEIRS,
    "they": PromiseSide.THEIRS,
    "对方": PromiseSide.THEIRS,
}
_PROMISE = re.compile(
    r"(?P<side>\w+)\s*[:：]\s*(?P<words>.*?)"
    r"(?:\s+(?P<due>(?:by\s|截止)\s*(?:[^\s@]+|next\s+\w+)))?(?:\s+@\s*(?P<owner>.+))?",
    re.DOTALL,
)


class Sitter(NamedTuple):
    """Somebody named: one of theirs or of ours."""

    id: Id
    side: Side
    name: str
    spoken: str = ""


def seats(desk: "Workspace", visit: Visit, names: Iterable[str], *, me: bool) -> list[Attendee]:
    """Return who sits at a visit: those named, and the user unless not ``me``.

    Raises ``RuleBroken`` for a name that nobody has, or several.
    """
    known = [*_theirs(desk, visit.account), *_ours(desk)]
    found = [Attendee.at(visit, one.id, one.side) for one in (_named(known, n) for n in names)]
    mine = desk.team.sits_here if me else None
    if mine is not None:
        found.append(Attendee.at(visit, mine, Side.OURS))
    return list({seat.id: seat for seat in found}.values())


def promise_of(desk: "Workspace", visit: Visit, text: str) -> Promise:
    """Return what was promised at a visit, as ``promise_at``."""
    return replace(promise_at(desk, visit.account, text), visit=visit.id)


def promise_at(desk: "Workspace", account: AccountId, text: str) -> Promise:
    """Return the promise written as ``ours: send the offer by 2026-03-20 @name``.

    Day and name may be left out. Raises ``RuleBroken``.
    """
    match = _PROMISE.fullmatch(text.strip())
    side = _SIDES.get(match["side"].casefold()) if match else None
    if match is None or side is None:
        raise RuleBroken(
            Text(
                "“{text}” does not say whose promise it is: begin with “ours:” or “theirs:”.",
                text=text,
            ),
            field="promise",
        )
    today = desk.clock.today()
    words, due = _until(match["words"], match["due"] or "", today)
    if due is None:  # as in the window: 给方案 下周三
        said = read_line(words, today)
        words, due = (said.words, said.day) if said.words else (words, None)
    made = replace(desk.promises.new(account, side, words), due=due)
    if side is PromiseSide.OURS:
        mine = desk.team.sits_here
        owner = _named(_ours(desk), match["owner"]).id if match["owner"] else mine
        return replace(made, colleague=ColleagueId(Id(owner)) if owner else None)
    owned = _named(_theirs(desk, account), match["owner"]).id if match["owner"] else None
    return replace(made, person=PersonId(owned) if owned else None)


def _until(words: str, ending: str, today: Day) -> tuple[str, Day | None]:
    """Return what was promised and by when; an ending that names no day is part of the words.

    Raises ``RuleBroken`` for figures that are no day: they were meant as one.
    """
    said = re.sub(r"^(?:by|截止)\s*", "", ending)
    if not said or (read_day(said, today) is None and not said[0].isdigit()):
        return f"{words} {ending}".strip(), None
    return words, day_of(said, today, field="due")


def _theirs(desk: "Workspace", account: AccountId) -> list[Sitter]:
    return [
        Sitter(person.id, Side.THEIRS, person.name, person.form_of_address)
        for person in desk.people.ask.of_account(account)
    ]


def _ours(desk: "Workspace") -> list[Sitter]:
    return [Sitter(one.id, Side.OURS, one.name) for one in desk.team.ask.everybody()]


def _named(known: list[Sitter], name: str) -> Sitter:
    wanted = one_line(name, field="with").casefold()
    fitting = [one for one in known if wanted and wanted in (one.name.casefold(), one.id.hex())]
    if wanted and not fitting:
        fitting = [one for one in known if wanted == one.spoken.casefold()]
    if wanted and not fitting:
        fitting = [one for one in known if wanted in one.name.casefold()]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise RuleBroken(
            Text(
                "“{name}” may be any of: {people}.",
                name=name,
                people=tuple(one.name for one in fitting[:8]),
            ),
            field="with",
        )
    raise RuleBroken(
        Text(
            "“{name}” is neither in this customer's file nor one of our colleagues. Add the person"
            " first, or write the name as it stands in the file.",
            name=name,
        ),
        field="with",
    )
