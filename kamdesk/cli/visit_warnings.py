"""What a planned visit stands against: other visits, appointments, holidays, absences, hours."""

from typing import TYPE_CHECKING

from kamdesk.cli import pick
from kamdesk.cli.session import Session
from kamdesk.core.wording import Text
from kamdesk.domain.visits.model import Visit, VisitKind, VisitState
from kamdesk.domain.visits.store import VisitLine
from kamdesk.dossier.clashing import Other, clashing
from kamdesk.dossier.unfit_time import against

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


def clashes_of(desk: "Workspace", visit: Visit) -> list[Other]:
    """Return what else wants the same people at the time of a planned visit."""
    if visit.start is None or visit.state is not VisitState.PLANNED:
        return []
    others = desk.visits.ask.around(visit.start, visit.minutes)
    line = next((one for one in others if one.id == visit.id), None)
    standing = desk.appointments.ask.between(visit.start, visit.start.plus(minutes=visit.minutes))
    return clashing(line, others, standing, me=desk.team.sits_here) if line else []


def warn(session: Session, desk: "Workspace", visit: Visit, clashes: list[Other]) -> None:
    """Say with what a visit clashes, and what speaks against its time."""
    for other in clashes:
        name = other.account_name if isinstance(other, VisitLine) else other.title
        session.tell(Text("Clashes with {visit}", visit=pick.visit_title(name, other.start)))
    if visit.start is None or visit.state is not VisitState.PLANNED:
        return
    for words in against(
        desk.storage.reader,
        visit.start,
        visit.minutes,
        account=visit.account if visit.kind is VisitKind.VISIT else None,
        me=desk.team.sits_here,
    ):
        session.tell(Text("Mind: {what}", what=words))
