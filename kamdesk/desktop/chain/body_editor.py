"""Editing a deciding body in the panel: what it decides, when it sits, who chairs, who sits."""

from dataclasses import replace
from typing import TYPE_CHECKING

from kamdesk.core.ids import Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.chain.person_editor import ChainStep
from kamdesk.desktop.pages import Page
from kamdesk.desktop.record_step import Verb
from kamdesk.desktop.typed import read_day
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TickBox
from kamdesk.domain.chain.model import Body
from kamdesk.domain.chain.network import Network, Node

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class BodyEditor(ChainStep):
    """A deciding body. Members of a bid evaluation committee are refused by the record itself."""

    def __init__(self, page: "Page[Workspace]", net: Network, node: Node, body: Body) -> None:
        super().__init__(
            page,
            Text("Deciding body"),
            f"body:{node.id.hex()}",
            Text("In state firms the decider is mostly a body: say who chairs and when it sits."),
        )
        self._body, self._net, self._members = body, net, node.members
        people = [
            (one.id, looks.joined(looks.cut(one.name, 30), looks.cut(one.post, 30)))
            for one in net.people
        ]
        nobody = ((None, Text("not known")),)
        self.name, self.decides = LineEditor(body.name), LineEditor(body.decides)
        self.meets = LineEditor(body.meets, hint=Text("every Monday, once a quarter …"))
        self.next_day = LineEditor(
            body.next_day.isoformat() if body.next_day else "", hint=Text("2026-03-16, +7")
        )
        self.chair = Choice([*nobody, *people], start=body.chair)
        self.secretary = Choice([*nobody, *people], start=body.secretary)
        for name, label, editor in (
            ("name", Text("Name"), self.name),
            ("decides", Text("What it decides, from which amount"), self.decides),
            ("meets", Text("When it sits"), self.meets),
            ("next_day", Text("Next sitting"), self.next_day),
            ("chair", Text("Chair"), self.chair),
            ("secretary", Text("Prepares its papers"), self.secretary),
        ):
            self.form.add(name, label, editor, beside=False)
        self.boxes: dict[Id, TickBox] = {}
        for id, words in people:
            box = TickBox(words)
            box.setChecked(id in node.members)
            self.boxes[id] = box
            self.column.addWidget(box)
        ticks = {f"member:{id.hex()}": box for id, box in self.boxes.items()}
        self.keep_drafts({**{n: row.editor for n, row in self.form.rows.items()}, **ticks})

    def verb(self) -> Verb:
        base, day = self._body, self.next_day.text().strip()
        chair, secretary = self.chair.value, self.secretary.value
        changed = replace(
            base,
            name=self.name.text(),
            decides=self.decides.text(),
            meets=self.meets.text(),
            next_day=read_day(day, self._net.day, field="next_day") if day else None,
            chair=self._who(chair, base.chair),
            secretary=self._who(secretary, base.secretary),
        )
        elsewhere = {PersonId(one) for one in self._members if one not in self.boxes}
        here = {PersonId(id) for id, box in self.boxes.items() if box.isChecked()}
        return lambda desk: desk.chain.bodies.change(changed, base=base, members=elsewhere | here)

    def _who(self, chosen: object, before: PersonId | None) -> PersonId | None:
        """Return who was chosen; somebody who is not on this map stays until another is."""
        if isinstance(chosen, bytes):
            return PersonId(Id(chosen))
        return before if before is not None and before not in self.boxes else None
