"""The person chosen on the map: how they stand, since when, by what evidence; changed there."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.ids import ColleagueId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.panel_marks import Pips, balls, bars, path_of
from kamdesk.desktop.chain.panel_reading import Behind
from kamdesk.desktop.chain.panel_row import LinkLine, PanelRow, say_or_dash, support, value
from kamdesk.desktop.chain.panel_words import (
    INFLUENCE_MEANS,
    RELATION_MEANS,
    basis_words,
    old_words,
    reading_words,
    stance_said,
)
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import ago
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.facts import Tag
from kamdesk.desktop.widgets.flow import Flow
from kamdesk.desktop.widgets.labels import Divider, Fit, PlainLabel
from kamdesk.domain.chain.model import ROLE_WORDS
from kamdesk.domain.chain.network import Cover, Network, Node
from kamdesk.domain.chain.salience import ATTENTION_WORDS, CLAIM_WORDS, claim_of, place_of
from kamdesk.domain.chain.standing import (
    GUIDE_TESTS,
    LEVEL_WORDS,
    LINE_WORDS,
    PART_WORDS,
    Reading,
    What,
)

_STEPS_SHOWN = 5
_CAN_AGE = (What.STANCE, What.INFLUENCE, What.ROLES, What.COVERAGE)


class PersonPart(QWidget):
    """Signals: ``judged(what, value)`` a sign was pressed · ``still_so(what)`` · ``wants(what)``
    "edit", "roles", "evidence", "choose" or "open" · ``opened(kind, id)`` a link was pressed.
    """

    judged = Signal(object, str)
    still_so = Signal(object)
    wants = Signal(str)
    opened = Signal(str, bytes)

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.node: Node | None = None
        self.name = PlainLabel("", Type.HEADING, fit=Fit.WRAP)
        self.post = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        self.edit = self._button(Text("Edit"), "E", "edit")
        head, names = QHBoxLayout(), QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.name)
        names.addWidget(self.post)
        head.setSpacing(look.px(8))
        head.addLayout(names, 1)
        head.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addSpacing(look.px(6))
        self.stance, self.influence, self.pips = balls(), bars(), Pips()
        self.stance.chosen.connect(partial(self._press, What.STANCE))
        self.influence.chosen.connect(partial(self._press, What.INFLUENCE))
        self._influence_words = PlainLabel("", Type.BODY)
        self._roles = QVBoxLayout()
        roles = QWidget()
        roles.setLayout(self._roles)
        self._roles.setContentsMargins(0, look.px(3), 0, look.px(3))
        self._change_roles = self._button(Text("Roles"), "R", "roles")
        self._part, self._relation = value(), value()
        self._met, self._ours, self._worth = value(), value(), value()
        self._focus, self._need = value(), value()
        self.rows = {
            What.STANCE: PanelRow(Text("Stance"), self.stance),
            What.INFLUENCE: PanelRow(Text("Influence"), self.influence, self._influence_words),
            What.ROLES: PanelRow(Text("Roles"), roles, grows=True),
            What.PART: PanelRow(Text("Part"), self._part),
            What.COVERAGE: PanelRow(Text("Relationship"), self.pips, self._relation),
        }
        for row in self.rows.values():
            column.addWidget(row)
        self._met_row = PanelRow(Text("Last met"), self._met)
        self._ours_row = PanelRow(Text("Our side"), self._ours)
        self._focus_row = PanelRow(Text("Focus"), self._focus)
        self._need_row = PanelRow(Text("Personal"), self._need)
        self._evidence = value()
        self._add_evidence = self._button(Text("Evidence"), "V", "evidence")
        self._evidence_row = PanelRow(Text("Evidence"), self._evidence)
        self._path_row = PanelRow(Text("Changes"))
        self._worth_row = PanelRow(Text("Attention"), self._worth)
        for row in (self._met_row, self._ours_row, self._worth_row):
            column.addWidget(row)
        column.addSpacing(look.px(4))
        column.addWidget(Divider())
        column.addSpacing(look.px(4))
        for row in (self._focus_row, self._need_row, self._evidence_row, self._path_row):
            column.addWidget(row)
        self._help = self._button(Text("Help me choose"), "Q", "choose")
        self._open = self._button(Text("Open"), "O", "open")
        self._foot = Flow(
            [self._open, self._change_roles, self._add_evidence, self._help],
            gap=look.px(8),
            line=look.px(8),
        )
        self._foot.setContentsMargins(0, look.px(8), 0, 0)
        column.addWidget(self._foot)

    def _button(self, words: Text, keys: str, wants: str) -> Button:
        made = Button(words, keys=keys)
        made.clicked.connect(lambda: self.wants.emit(wants))
        return made

    def _press(self, what: What, chosen: int | None) -> None:
        self.judged.emit(what, "" if chosen is None else str(chosen))

    # ---- showing

    def show_person(
        self,
        net: Network,
        node: Node,
        behind: Behind | None,
        *,
        may_edit: bool,
        supposed: bool = False,
    ) -> None:
        """Show a person of a map; ``behind`` comes a moment later, None until then.

        While one supposes, only the stance can be moved.
        """
        self.node = node
        known = behind if behind is not None and behind.node == node.id else None
        self.name.say(looks.cut(node.name, 120))
        self.post.say(
            looks.cut(looks.joined(node.post, node.department), 160) or Text("no post known")
        )
        edits = may_edit and not supposed
        for part in (self.edit, self._change_roles, self._add_evidence, self._help):
            part.setVisible(edits)
        for signs, pressed in ((self.stance, may_edit), (self.influence, edits)):
            for sign in signs.signs:
                sign.setEnabled(pressed)
        self._show_judgements(net, node, known)
        self._show_relation(net, node, known)
        self._show_attention(node)
        self._show_support(net, node, known, may_edit=edits)
        self._show_telling(net, node, known)
        self.setAccessibleName(looks.joined(node.name, node.post, stance_said(node.stands.stance)))

    def _show_judgements(self, net: Network, node: Node, behind: Behind | None) -> None:
        stands = node.stands
        self.stance.show_value(stands.stance)
        self.influence.show_value(stands.influence)
        if stands.influence:
            self._influence_words.say(f"{stands.influence} / 5", Tone.INK)
        else:
            self._influence_words.say(Text("not known"), Tone.MUTED)
        tags: list[QWidget] = [Tag(looks.capital(ROLE_WORDS[role])) for role in stands.roles]
        if stands.veto:
            tags.append(Tag(looks.capital(Text("veto")), tone=Tone.BRICK))
        if stands.coach:
            passed = len(stands.guide_tests)
            whole = passed == len(GUIDE_TESTS)
            words = Text("coach") if whole else Text("possible guide, {n} of 3", n=passed)
            tags.append(Tag(looks.capital(words), tone=Tone.ACCENT))
        if stands.leaving:
            words = Text("may leave: {when}", when=looks.cut(stands.leaving, 24))
            tags.append(Tag(words if stands.leaving != "1" else Text("may leave"), tone=Tone.OCHRE))
        emptied(self._roles)
        look = theme.now()
        shown = Flow(tags, gap=look.px(4), line=look.px(4)) if tags else None
        self._roles.addWidget(shown or PlainLabel(Text("none yet"), Type.BODY, Tone.MUTED))
        part = looks.joined(
            PART_WORDS[stands.part] if stands.part else "",
            LEVEL_WORDS[stands.level] if stands.level else "",
            LINE_WORDS[stands.line] if stands.line else "",
        )
        say_or_dash(self._part, looks.capital(part))

    def _show_relation(self, net: Network, node: Node, behind: Behind | None) -> None:
        now = node.stands.coverage
        covers = net.covered_by.get(node.id, ())
        wanted = max((c.wanted for c in covers if c.wanted is not None), default=None)
        self.pips.show_relation(now, wanted)
        if now is None and wanted is None:
            self._relation.say(Text("not known"), Tone.MUTED)
        else:
            said = Text("{n} now", n=looks.DASH if now is None else now)
            if wanted is not None:
                said = Text("{now}, want {wanted}", now=said, wanted=wanted)
            self._relation.say(said, Tone.INK)
        met, names = node.last_met, {one.id: one.name for one in net.ours}
        if met is None:
            self._met.say(Text("not met"), Tone.OCHRE)
        else:
            self._met.say(looks.joined(looks.day(met, today=net.day), ago(met, net.day)), Tone.INK)
        owner = names.get(node.owner, "") if node.owner else ""
        self._ours.say(
            owner or Text("nobody owns this relationship"), Tone.INK if owner else Tone.OCHRE
        )
        self._ours_row.below(
            *(support(_cover_words(cover, names)) for cover in covers if cover.colleague in names)
        )

    def _show_attention(self, node: Node) -> None:
        """Say how much attention somebody is worth, by power and interest, and what they claim."""
        place, said = place_of(node).attention, claim_of(node)
        say_or_dash(self._worth, looks.capital(ATTENTION_WORDS[place]) if place else "")
        claim = (
            looks.capital(CLAIM_WORDS[said.claim])
            if said.claim
            else Text("claim not judged; not known: {facts}", facts=said.missing)
        )
        self._worth_row.below(support(claim))

    def _show_support(
        self, net: Network, node: Node, behind: Behind | None, *, may_edit: bool
    ) -> None:
        """Say below each value on what it stands; an old one offers to say it is still so."""
        first = True
        for what, row in self.rows.items():
            lines: list[QWidget] = []
            if meaning := self._meaning(what, node):
                against = what is What.STANCE and (node.stands.stance or 0) < 0
                lines.append(support(looks.capital(meaning), Tone.BRICK if against else Tone.INK))
            basis = basis_words(net, node, what, behind)
            if not (what in _CAN_AGE and net.stale(node, what)):
                row.below(*lines, *([support(basis)] if basis else []))
                continue
            old = old_words(net.age(node, what) or 0)
            lines.append(support(looks.joined(basis, old), Tone.OCHRE))
            if may_edit:
                again = Button(Text("Still so"), keys="Y" if first else "", kind=Kind.LINK)
                again.clicked.connect(partial(self.still_so.emit, what))
                again.setAccessibleDescription(row.caption.text())
                lines.append(again)
                first = False
            row.below(*lines)

    @staticmethod
    def _meaning(what: What, node: Node) -> Text | str:
        """Return what a value on a scale means."""
        stands = node.stands
        if what is What.STANCE:
            return stance_said(stands.stance)
        if what is What.INFLUENCE and stands.influence:
            return INFLUENCE_MEANS[stands.influence]
        if what is What.COVERAGE and stands.coverage is not None:
            return RELATION_MEANS[stands.coverage]
        return ""

    def _show_telling(self, net: Network, node: Node, behind: Behind | None) -> None:
        person = behind.person if behind else None
        needs = behind.needs if behind else ()
        focus = looks.cut(person.focus, 160) if person else ""
        need = "; ".join(looks.cut(one.words, 120) for one in needs[:2])
        for row, label, words in (
            (self._focus_row, self._focus, focus),
            (self._need_row, self._need, need),
        ):
            say_or_dash(label, words)
            row.setVisible(person is not None)
        told = _told_last(node)
        note = looks.cut(told.note, 200) if told else ""
        say_or_dash(self._evidence, f"“{note}”" if note else "")
        lines: list[QWidget] = []
        if told is not None and behind is not None:
            visit = behind.visits.get(Id(told.source)) if told.source else None
            words = reading_words(net, told, None)
            if visit is not None:
                to = LinkLine(looks.joined(words, visit.words))
                to.clicked.connect(partial(self.opened.emit, "visit", visit.id))
                lines.append(to)
            else:
                lines.append(support(words))
        self._evidence_row.below(*lines)
        steps = _stances(behind.readings if behind else ())
        self._path_row.setVisible(len(steps) > 1)
        self._path_row.below(
            *([path_of(steps[-_STEPS_SHOWN:], node.name)] if len(steps) > 1 else [])
        )

    def first_stale(self, net: Network) -> What | None:
        """Return the first value shown that is older than it may be."""
        if self.node is None:
            return None
        return next((what for what in _CAN_AGE if net.stale(self.node, what)), None)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(200), super().minimumSizeHint().height())


def _cover_words(cover: Cover, names: Mapping[ColleagueId, str]) -> Text:
    name = looks.cut(names[cover.colleague], 30) if cover.colleague else looks.DASH
    now = looks.DASH if cover.now is None else str(cover.now)
    if cover.wanted is None:
        return Text("{name}: {now}", name=name, now=now)
    return Text("{name}: {now}, want {wanted}", name=name, now=now, wanted=cover.wanted)


def _told_last(node: Node) -> Reading | None:
    """Return the stance's judgement when it has evidence, else the latest one that has."""
    stance = node.latest.get(What.STANCE)
    if stance is not None and (stance.note or stance.source):
        return stance
    told = [one for one in node.latest.values() if one.note or one.source]
    return max(told, key=lambda one: one.valid_from, default=None)


def _stances(readings: tuple[Reading, ...]) -> list[tuple[Day, int | None]]:
    """Return the days on which a stance became another, oldest first."""
    found: list[tuple[Day, int | None]] = []
    for reading in readings:
        if reading.what is not What.STANCE:
            continue
        stance = int(reading.value) if reading.value else None
        if not found or found[-1][1] != stance:
            found.append((reading.valid_from, stance))
    return found
