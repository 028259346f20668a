"""A week as the command line gives it out: as JSON, and in lines for people."""

from typing import Any

from kamdesk.cli.session import Session
from kamdesk.core.minutes import WEEKDAYS, clock, length
from kamdesk.core.wording import Text
from kamdesk.domain.visits.model import FIRMNESS_WORDS, Firmness
from kamdesk.domain.week.model import Bond
from kamdesk.dossier.week_told import COST, DayTold, Left, Line, WeekTold

_BOND_WORDS = {
    Bond.FIXED: FIRMNESS_WORDS[Firmness.AGREED],
    Bond.PINNED: FIRMNESS_WORDS[Firmness.PINNED],
    Bond.LOOSE: FIRMNESS_WORDS[Firmness.LOOSE],
    Bond.FREE: Text("Proposed"),
}


def week_data(shown: WeekTold) -> dict[str, Any]:
    """Return a week as JSON gives it out: see ``product.md`` 6."""
    read = shown.read
    return {
        "week": f"{read.monday:%G-W%V}",
        "first": read.monday,
        "last": read.sunday,
        "proposed": shown.is_proposal,
        "days": [_day_data(day) for day in shown.days],
        "left_out": [_left_data(left) for left in shown.left],
        "due": shown.due,
        "placed": shown.placed,
        "drive_minutes": shown.drive,
        "by_hand_minutes": shown.by_hand,
        "not_judged": list(read.not_judged),
        "without_place": [{"id": one.account, "account": one.name} for one in read.unplaced],
    }


def _day_data(told: DayTold) -> dict[str, Any]:
    return {
        "date": told.day.day,
        "working": told.day.works,
        "holiday": told.day.holiday,
        "leaves": clock(told.leaves) if told.leaves is not None else None,
        "returns": clock(told.returns) if told.returns is not None else None,
        "drive_minutes": told.drive,
        "away": [
            {"start": clock(one.begins), "end": clock(one.ends), "words": one.words}
            for one in told.day.away
        ],
        "visits": [_line_data(line) for line in told.lines],
    }


def _line_data(line: Line) -> dict[str, Any]:
    item = line.item
    return {
        "account": item.name,
        "start": clock(line.begins),
        "end": clock(line.ends),
        "reason": _why(line),
        "account_id": item.account,
        "visit": item.visit,
        "what": item.what,
        "stands": item.bond,
        "proposed": line.is_proposed,
        "clash": item.is_clash,
        "drive_minutes": line.drive,
        "place": item.place.words,
        "address": item.place.address,
        "contact": item.contact,
        "phone": item.phone,
        "reasons": [{"said": one.said, "minutes": one.points} for one in item.reasons],
    }


def _left_data(left: Left) -> dict[str, Any]:
    item = left.item
    return {
        "account": item.name,
        "reason": left.said,
        "cost_minutes": left.cost,
        "next_week": f"{left.later.monday:%G-W%V}" if left.later else None,
        "account_id": item.account,
        "visit": item.visit,
        "place": item.place.words,
        "reasons": [{"said": one.said, "minutes": one.points} for one in item.reasons],
    }


def _why(line: Line) -> Text | str:
    return line.item.because or line.item.topic or _BOND_WORDS[line.item.bond]


def tell_week(session: Session, shown: WeekTold, night: dict[str, Any] | None) -> None:
    """Print a week for people: day by day, then who is left out and what is not judged."""
    read, say = shown.read, session.say
    session.tell(
        Text(
            "Week {n}, {first} to {last}",
            n=read.monday.isocalendar().week,
            first=read.monday.isoformat(),
            last=read.sunday.isoformat(),
        )
    )
    for told in shown.days:
        if told.lines or told.day.away or told.day.day.weekday() < 5 or told.day.holiday:
            _tell_day(session, told)
    session.tell()
    figures = [Text("{n} due", n=shown.due)]
    if shown.is_proposal:
        figures.append(Text("{n} placed", n=shown.placed))
        figures.append(Text("{n} left out", n=len(shown.left)))
    figures.append(Text("{length} on the road", length=length(shown.drive)))
    session.tell(" · ".join(map(say, figures)))
    if shown.left:
        session.tell()
        session.tell(Text("Left out:") if shown.is_proposal else Text("Due and not planned:"))
        if any(left.cost is not None for left in shown.left):
            session.tell("  " + say(COST))
        for left in shown.left:
            cost = Text("+{n} min", n=left.cost) if left.cost is not None else ""
            because = left.item.because if shown.is_proposal else None
            said = (because or "", left.said, cost, left.later_words)
            parts = (left.item.name, *map(say, said))
            session.tell("  " + " · ".join(part for part in parts if part))
    if night:
        session.tell()
        session.tell(night["said"])
    for words in read.not_judged:
        session.tell(Text("Not judged: {what}", what=words))


def _tell_day(session: Session, told: DayTold) -> None:
    day, say = told.day, session.say
    session.tell()
    head = [f"{session.say(WEEKDAYS[day.day.weekday()])} {day.day.isoformat()}", say(day.holiday)]
    if told.drive:
        head.append(say(Text("{length} on the road", length=length(told.drive))))
    session.tell(" · ".join(part for part in head if part))
    for away in day.away:
        when = say(Text("all day")) if away.whole else f"{clock(away.begins)}–{clock(away.ends)}"
        session.tell(f"  {when}  {say(Text('Not available'))} {away.words}")
    for line in told.lines:
        drive = say(Text("{length} there", length=length(line.drive))) if line.drive else ""
        stands = "" if line.item.visit is None else say(_BOND_WORDS[line.item.bond])
        clash = say(Text("clashes")) if line.item.is_clash else ""
        why = _why(line)
        said = say(why) if why != _BOND_WORDS[line.item.bond] else ""
        parts = (line.item.name, said, line.item.place.words, drive, stands, clash)
        session.tell(f"  {line.at}  " + " · ".join(part for part in parts if part))
