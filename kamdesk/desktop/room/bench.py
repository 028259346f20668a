"""The bench of the room: it hands pages what the customer may see, and nothing else at all."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from PySide6.QtCore import QObject

from kamdesk.core.ids import AccountId
from kamdesk.desktop.errands import Failed
from kamdesk.desktop.pages import Route
from kamdesk.desktop.room.whose import whose
from kamdesk.desktop.workbench import Workbench

if TYPE_CHECKING:
    from kamdesk.dossier.their_view import Face, TheirView
    from kamdesk.papers.voice import Language
    from kamdesk.workspace import Workspace

Answer = TypeVar("Answer")


class TheirDesk:
    """What may be asked while the customer looks on: of one customer, veiled."""

    def __init__(self, desk: "Workspace", account: AccountId | None) -> None:
        self._desk, self._account = desk, account

    def view(self) -> "TheirView | None":
        """Return the customer as they may see themselves; None when none was at hand."""
        return self._view

    @cached_property
    def _view(self) -> "TheirView | None":
        from kamdesk.dossier.their_view import read_their_view

        if self._account is None:
            return None
        return read_their_view(self._desk.storage.reader, self._account, at=self._desk.clock.now())

    def chart(self, width: float, height: float) -> Any:
        """Return the organisation as a drawing of reportlab; None where nobody is known."""
        from kamdesk.figures.organisation import Member, organisation_drawing

        view = self.view()
        if view is None or not view.faces:
            return None
        members = [
            Member(
                id=face.id.hex(),
                name=face.name,
                post=face.post,
                department=face.department,
                boss=face.boss.hex() if face.boss else None,
            )
            for face in view.faces
        ]
        return organisation_drawing(members, width=width, height=height)

    def paper(self, language: "Language") -> bytes | None:
        """Return the organisation as PDF; None where nobody is known."""
        from kamdesk.papers.organisation import ROOM, draw_organisation

        view, chart = self.view(), self.chart(*ROOM)
        if view is None or chart is None:
            return None
        return draw_organisation(view.name, chart, made=view.at, language=language)

    def found(self, typed: str) -> "list[Face]":
        """Return who of theirs is called so, in characters or as it is said, or has such a post."""
        view, low = self.view(), typed.casefold()
        if view is None:
            return []
        called = [hit.id for hit in self._desk.search.names(typed, 200).people]
        return [
            face
            for face in view.faces
            if face.id in called or low in face.name.casefold() or low in face.post.casefold()
        ]


class RoomBench(Workbench[TheirDesk]):
    """Asks the desk behind it on the pages' behalf; it writes nothing and runs no jobs.

    What happens on the desk meanwhile (a backup, a refusal) is not told here: it may name others.
    """

    def __init__(self, behind: "Workbench[Workspace]", route: Route | None) -> None:
        """``route`` is where one was: whose file it is tells which customer is in the room."""
        super().__init__(_nobody, started=False)
        self._behind, self._route = behind, route
        behind.changed.connect(self.changed)

    def ask(
        self,
        owner: QObject | None,
        question: Callable[[TheirDesk], Answer],
        then: Callable[[Answer], object],
        failed: Failed | None = None,
        *,
        key: str = "",
    ) -> None:
        """Ask of the one customer; refusals say nothing, for they may say too much."""
        route = self._route

        def veiled(desk: "Workspace") -> Answer:
            return question(TheirDesk(desk, whose(desk, route)))

        self._behind.ask(owner, veiled, then, failed or (lambda _: None), key=key)

    def do(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: nothing is written while the customer looks on."""
        raise LookupError("the room writes nothing")

    def job(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: nothing is written while the customer looks on."""
        raise LookupError("the room runs no jobs")


def _nobody(_readonly: bool) -> NoReturn:
    raise LookupError("the room has no desk of its own")
