"""What stands in a week already: the visits of one colleague, where they are and how firmly."""

from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import ColleagueId
from kamdesk.core.spot import Spot
from kamdesk.core.stored import read_word
from kamdesk.domain.visits.model import Firmness, VisitState
from kamdesk.domain.week.model import Bond
from kamdesk.dossier.agenda import Agenda, Meeting
from kamdesk.dossier.week_read import Place, WeekItem, What
from kamdesk.storage.database import Reader, Row

MOST: Final = 200
"""More visits than this no week has."""
_BONDS: Final = {
    Firmness.AGREED: Bond.FIXED,
    Firmness.PINNED: Bond.PINNED,
    Firmness.LOOSE: Bond.LOOSE,
}
_MORE: Final = """
SELECT v.id, v.firmness, h.name AS host, coalesce(w.value, a.phone) AS phone, a.city AS town,
  s.name, s.address, s.city, s.gate, s.hours, s.lat, s.lon, s.spot_from
FROM visits v LEFT JOIN accounts a ON a.id = v.account
LEFT JOIN sites s ON s.id = v.site AND NOT s.gone
LEFT JOIN people h ON h.id = v.host AND h.shown AND NOT h.gone
LEFT JOIN ways w ON w.rid = (SELECT min(o.rid) FROM ways o
  WHERE o.person = h.id AND NOT o.gone AND o.channel IN ('mobile', 'phone'))
WHERE v.id IN ({marks})"""


def standing_items(
    reader: Reader, monday: Day, *, me: ColleagueId | None, now: Instant
) -> list[WeekItem]:
    """Return the visits of a week in order of time; dropped ones are left out."""
    begin = Instant.at(monday, 0, zone=now.zone)
    end = Instant.at(monday + timedelta(days=7), 0, zone=now.zone)
    meetings = Agenda(reader, me=me, today=now.day).of_day(begin, end, most=MOST)
    if not meetings:
        return []
    marks = ", ".join("?" * len(meetings))
    rows = reader.ask(_MORE.format(marks=marks), *(one.id for one in meetings))
    more = {row["id"]: row for row in rows}
    return [_item(one, more[one.id], now) for one in meetings]


def _item(meeting: Meeting, row: Row, now: Instant) -> WeekItem:
    local = Instant(meeting.start.ms, now.zone).local
    is_open = meeting.state is VisitState.PLANNED and meeting.start > now
    firmness = read_word(Firmness, row["firmness"], Firmness.AGREED)
    return WeekItem(
        key=meeting.id,
        what=What.VISIT,
        name=meeting.account_name,
        account=meeting.account,
        visit=meeting.id,
        site=meeting.site,
        people=tuple(one.id for one in meeting.theirs),
        day=local.date(),
        begins=local.hour * 60 + local.minute,
        minutes=meeting.minutes,
        bond=_BONDS[firmness] if is_open else Bond.FIXED,
        kind=meeting.kind,
        state=meeting.state,
        topic=meeting.topic,
        place=Place(
            words=" · ".join(meeting.places) or row["town"] or "",
            address=row["address"] or "",
            gate=row["gate"] or "",
            spot=Spot.read(row["lat"], row["lon"]),
            sure=row["lat"] is not None,
        ),
        contact=row["host"] or "",
        phone=row["phone"] or "",
        hours=row["hours"] or "",
    )
