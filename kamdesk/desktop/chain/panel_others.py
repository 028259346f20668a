"""What is chosen on the map and is no person: a body, a vacant post, an empty seat, a party."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.panel_row import PanelRow, say_or_dash, support, value
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.stances import StanceBall
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, ButtonRow
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.chain.model import GROUP_SORT_WORDS, ROLE_WORDS
from kamdesk.domain.chain.network import Network, Node, NodeKind


class OtherPart(QWidget):
    """Signals: ``wants(what)`` "fill", "body" or "take off" · ``chosen(id)`` a member."""

    wants = Signal(str)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        self.name = PlainLabel("", Type.HEADING, fit=Fit.WRAP)
        self.kind = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addWidget(self.name)
        column.addWidget(self.kind)
        column.addLayout(self._rows)

    def show_node(self, net: Network, node: Node, *, may_edit: bool) -> None:
        """Show a node of a map that is no person."""
        show = {
            NodeKind.BODY: self._show_body,
            NodeKind.VACANT: self._show_seat,
            NodeKind.GHOST: self._show_seat,
        }.get(node.kind, self._show_party)
        emptied(self._rows)
        show(net, node, may_edit)
        self.setAccessibleName(looks.joined(self.name.text(), self.kind.text()))

    def _row(self, label: Text, words: Text | str, tone: Tone = Tone.INK) -> None:
        shown = value()
        say_or_dash(shown, words, tone)
        self._rows.addWidget(PanelRow(label, shown))

    def _buttons(self, *made: tuple[Text, str, str]) -> None:
        buttons = []
        for words, keys, wants in made:
            button = Button(words, keys=keys)
            button.clicked.connect(partial(self.wants.emit, wants))
            buttons.append(button)
        row = ButtonRow(*buttons)
        row.setContentsMargins(0, theme.now().px(8), 0, 0)
        self._rows.addWidget(row)

    def _show_body(self, net: Network, node: Node, may_edit: bool) -> None:
        self.name.say(looks.cut(node.name, 120))
        self.kind.say(Text("A body that decides"))
        names = {one.id: one.name for one in net.nodes}
        self._row(Text("Decides"), looks.cut(node.post, 240))
        chair = names.get(node.chair, "") if node.chair else ""
        self._row(Text("Chair"), chair or Text("not known"), Tone.INK if chair else Tone.OCHRE)
        secretary = names.get(node.secretary, "") if node.secretary else ""
        self._row(Text("Papers by"), secretary)
        known = [one for one in node.members if one in net.by_id]
        self._rows.addWidget(support(Text("{n} member", "{n} members", n=len(node.members))))
        for member in known:
            who = net.by_id[member]
            line = PressedLine(
                looks.joined(who.name, who.post),
                StanceBall(who.stands.stance, who.name),
                PlainLabel(who.name, Type.BODY, fit=Fit.ELIDE),
                PlainLabel(looks.cut(who.post, 24), Type.SMALL, Tone.MUTED),
            )
            line.pressed.connect(partial(self.chosen.emit, member))
            self._rows.addWidget(line)
        if len(known) < len(node.members):
            n = len(node.members) - len(known)
            words = Text("{n} of them is not on this map", "{n} of them are not on this map", n=n)
            self._rows.addWidget(support(words))
        if may_edit:
            self._buttons((Text("Edit"), "E", "body"), (Text("Take off"), "Del", "take off"))

    def _show_seat(self, net: Network, node: Node, may_edit: bool) -> None:
        vacant = node.kind is NodeKind.VACANT
        self.name.say(looks.cut(node.name or node.post, 120) or Text("Empty seat"))
        self.kind.say(
            Text("A post without a holder")
            if vacant
            else Text("Somebody must fill this; nobody is known for it")
        )
        comma = "、" if looks.language() == "zh" else ", "
        roles = comma.join(looks.said(ROLE_WORDS[role]) for role in node.wanted)
        self._row(Text("Roles wanted"), looks.capital(roles))
        if node.department:
            self._row(Text("Department"), node.department)
        boss = net.by_id.get(node.boss) if node.boss else None
        self._row(Text("Reports to"), boss.name or boss.post if boss else "")
        if may_edit:
            self._buttons((Text("Fill"), "A", "fill"), (Text("Take off"), "Del", "take off"))

    def _show_party(self, net: Network, node: Node, may_edit: bool) -> None:
        self.name.say(looks.cut(node.name, 120))
        group = next((one for one in net.groups if one.id == node.group), None)
        self.kind.say(
            looks.capital(GROUP_SORT_WORDS[group.sort]) if group else Text("A party outside")
        )
        inside = [one for one in net.people if one.group == node.group]
        for who in inside:
            line = PressedLine(who.name, PlainLabel(who.name, Type.BODY, fit=Fit.ELIDE))
            line.pressed.connect(partial(self.chosen.emit, who.id))
            self._rows.addWidget(line)
        if not inside:
            self._rows.addWidget(support(Text("Nobody there is known yet.")))
        if may_edit:
            self._buttons((Text("Take off"), "Del", "take off"))
