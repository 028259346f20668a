"""Their address list: name, post, department, telephone, e-mail."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop.pages import Page
from kamdesk.desktop.room.bench import TheirDesk
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.people.model import Channel

if TYPE_CHECKING:
    from kamdesk.dossier.their_view import Face, TheirView


class ContactsPage(Page[TheirDesk]):
    """Whom to reach how."""

    title = Text("Contacts")
    scrolls = False
    follows = ("person", "post", "holding", "way")
    keys = (("J+K", Text("Choose")),)

    def build(self) -> None:
        self.head(self.title)
        self.list = self.table(
            self.title,
            (
                Column(Text("Name"), show=lambda face: face.name, strong=True),
                Column(Text("Post"), show=lambda face: face.post),
                Column(Text("Department"), show=lambda face: face.department),
                Column(Text("Telephone"), show=lambda face: _way(face, Channel.PHONE)),
                Column(Text("E-mail"), show=lambda face: _way(face, Channel.EMAIL)),
            ),
            key="room.contacts",
            empty=EmptyState(
                "users",
                Text("No contact yet"),
                Text("Names and posts come from the address list."),
            ),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list,)

    def reload(self) -> None:
        self.ask(lambda desk: desk.view(), self._show)

    def _show(self, view: "TheirView | None") -> None:
        self.list.show_lines(view.faces if view else ())


def _way(face: "Face", channel: Channel) -> str:
    return next((value for kind, value in face.ways if kind is channel), "")
