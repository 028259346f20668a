"""The side panel of a decision chain: who or what is chosen above, findings or a way in below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.chain.body_editor import BodyEditor
from kamdesk.desktop.chain.choosing_step import ChoosingStep
from kamdesk.desktop.chain.findings_list import FindingsList
from kamdesk.desktop.chain.panel_analysis import Judged, marking, read_judged
from kamdesk.desktop.chain.panel_others import OtherPart
from kamdesk.desktop.chain.panel_person import PersonPart
from kamdesk.desktop.chain.panel_reading import Behind, read_behind
from kamdesk.desktop.chain.panel_steps import PanelSteps
from kamdesk.desktop.chain.person_editor import EvidenceStep, PersonEditor, judging
from kamdesk.desktop.chain.reading import ChainSeen
from kamdesk.desktop.chain.slider_changes import ChangesPart
from kamdesk.desktop.chain.support_view import SupportView
from kamdesk.desktop.chain.tie_editor import TieEditor, TiePart
from kamdesk.desktop.chain.ways import WaysPart
from kamdesk.desktop.chain.what_if import WhatIf
from kamdesk.desktop.chain.what_if_part import WhatIfPart
from kamdesk.desktop.pages import Page
from kamdesk.desktop.widgets.labels import Divider
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.domain.chain.finding import Finding
from kamdesk.domain.chain.model import Tie
from kamdesk.domain.chain.network import Network, Node, NodeKind
from kamdesk.domain.chain.standing import What
from kamdesk.domain.chain.threads import threads
from kamdesk.domain.chain.way_in import no_way, ways_in
from kamdesk.domain.chain.what_if import LeaveMove, StanceMove

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_FIRM = ("2", "-2")


class ChainPanel(SidePanel):
    """Signals: ``chosen(id)`` somebody named here is wanted on the canvas · ``jumped(ids)`` the
    people of a finding · ``led(ids)`` the stations of a way in, in order, empty: none ·
    ``supposed`` a supposition began, changed or ended · ``asked(what)`` what the canvas does:
    "roles", "fill", "take off", "end" · ``told(support)`` how far the chain leans to us.

    It asks and does through its page. ``what_if`` is the supposition, or None.
    """

    chosen = Signal(object)
    jumped = Signal(object)
    led = Signal(object)
    supposed = Signal()
    asked = Signal(str)
    told = Signal(object)

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__()
        self.page = page
        self.seen: ChainSeen | None = None
        self.node: Id | None = None
        self.tie: Tie | None = None
        self.judged: Judged | None = None
        self.what_if: WhatIf | None = None
        self._behind: Behind | None = None
        self._leading: Id | None = None
        self._listing = False
        self.column.setSpacing(theme.now().px(12))
        self.support, self.person, self.other = SupportView(), PersonPart(), OtherPart()
        self.tie_part, self.findings = TiePart(), FindingsList()
        self.ways, self.supposing = WaysPart(), WhatIfPart()
        self.changes = ChangesPart()
        self.forms = PanelSteps(page)
        self.forms.changed.connect(self._show)
        self._upper: tuple[QWidget, ...] = (self.support, self.person, self.other, self.tie_part)
        self._rule = Divider(strong=True)
        first = (self.supposing, self.ways, self.changes, self._rule)
        for part in (*first, *self._upper, self.forms, Divider(strong=True), self.findings):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.support.chosen.connect(self.chosen)
        self.support.led.connect(self.led)
        self.other.chosen.connect(self.chosen)
        self.supposing.chosen.connect(self.chosen)
        self.person.judged.connect(self.judge)
        self.person.still_so.connect(self.say_still_so)
        self.person.wants.connect(self._want)
        self.other.wants.connect(self._want)
        self.tie_part.wants.connect(self._want)
        for part in (self.person, self.tie_part, self.findings):
            part.opened.connect(self.page.go)
        self.findings.jumped.connect(self.jumped)
        self.findings.ruled.connect(self._rule_on)
        self.ways.led.connect(self.led)
        self.ways.closed.connect(self.close_ways)
        self.changes.chosen.connect(self.chosen)
        self.changes.closed.connect(self.toggle_changes)
        self.supposing.leaves.connect(self.suppose_leaving)

    # ---- what is shown

    @property
    def net(self) -> Network | None:
        """The map that is seen: as it is, as it was, or as it is supposed."""
        if self.what_if is not None:
            return self.what_if.net
        return self.seen.net if self.seen else None

    @property
    def may_edit(self) -> bool:
        """Whether what is seen can be changed; a past day cannot."""
        return self.seen is not None and not self.seen.past

    @property
    def _edits(self) -> bool:
        return self.may_edit and self.what_if is None

    def show_chain(self, seen: ChainSeen) -> None:
        """Show another state of the map; who was chosen stays chosen where they still stand."""
        self.seen = seen
        if self.what_if is not None:
            if seen.past:
                self.leave_what_if()
            else:
                self.what_if.rebase(seen.net)
        if self.node not in seen.net.by_id:
            self.node = None
        if self.tie is not None:
            self.tie = next((one for one in seen.net.ties if one.id == self.tie.id), None)
        net = seen.net
        self.page.ask(lambda desk: read_judged(desk, net), self._show_judged, key="judged")
        self._ask_behind()
        self._show()

    def choose(self, node: Id | None) -> None:
        """Show somebody of the map; None: nobody, the support of the whole."""
        if node == self.node and self.tie is None:
            return
        self.forms.close_step(back=False)
        self.node, self.tie, self._behind = node, None, None
        self._ask_behind()
        if self._leading is not None and node is not None:
            self.show_ways()
        self._show()

    def choose_tie(self, tie: Tie) -> None:
        """Show a tie of the map."""
        self.forms.close_step(back=False)
        self.node, self.tie = None, tie
        self._show()

    def _ask_behind(self) -> None:
        net, node = self.seen.net if self.seen else None, self.node
        if net is not None and node is not None:
            self.page.ask(lambda desk: read_behind(desk, net, node), self._take, key="behind")

    def _take(self, behind: Behind) -> None:
        if behind.node == self.node:
            self._behind = behind
            self._show()

    def _show_judged(self, judged: Judged) -> None:
        self.judged = judged
        told = judged.analysis
        self._tell()
        self.findings.show_findings(told.findings, told.not_judged, judged.precision, judged.words)
        self._show()

    def _show(self) -> None:
        """Show the parts that belong to what is chosen and done now."""
        net, node = self.net, self.current
        upper: QWidget = self.support
        if net is not None and self.tie is not None:
            self.tie_part.show_tie(net, self.tie, may_edit=self._edits)
            upper = self.tie_part
        elif net is not None and node is not None and node.kind is NodeKind.PERSON:
            self.person.show_person(
                net, node, self._behind, may_edit=self.may_edit, supposed=bool(self.what_if)
            )
            upper = self.person
        elif net is not None and node is not None:
            self.other.show_node(net, node, may_edit=self._edits)
            upper = self.other
        elif net is not None:
            self.support.show_support(net, self.judged.analysis if self.judged else None)
        for part in self._upper:
            part.setVisible(part is upper and self.forms.step is None)
        if self.what_if is not None:
            self.supposing.show_what_if(self.what_if, person=self._person is not None)
        first = (
            (self.supposing, self.what_if is not None),
            (self.ways, self.what_if is None and self._leading is not None),
            (self.changes, self._listing and self.what_if is None and self._leading is None),
        )
        for part, wanted in first:
            part.setVisible(wanted)
        self._rule.setVisible(any(wanted for _, wanted in first))

    @property
    def current(self) -> Node | None:
        """The node that is chosen, as it is seen."""
        net = self.net
        return net.by_id.get(self.node) if net and self.node else None

    @property
    def _person(self) -> Node | None:
        node = self.current
        return node if node is not None and node.kind is NodeKind.PERSON else None

    # ---- judging

    def judge(self, what: What, value: str) -> None:
        """Judge the person chosen, from today on; firmly for or against asks for evidence first.

        While one supposes it is supposed.
        """
        net, node = self.net, self.current
        if net is None or node is None or not self.may_edit:
            return
        if self.what_if is not None:
            if what is What.STANCE:
                self.what_if.suppose(StanceMove(node.id, int(value) if value else None))
            return
        if what is What.STANCE and value in _FIRM:
            self.forms.begin(EvidenceStep(self.page, net, node, self._behind, value))
            return
        self.page.do(judging(net, node.id, what, value))

    def say_still_so(self, what: What | None = None) -> None:
        """Say that a value is still as it was judged, from today on; the first old one, if none."""
        net, node = self.net, self.current
        if net is None or node is None or not self._edits:
            return
        what = what or self.person.first_stale(net)
        reading = node.latest.get(what) if what else None
        if what is not None and reading is not None:
            self.page.do(judging(net, node.id, what, reading.value, reading))

    # ---- forms

    def _want(self, what: str) -> None:
        does = {
            "edit": self.begin_edit,
            "evidence": self.begin_evidence,
            "choose": self.begin_choosing,
            "tie": self.begin_edit,
            "body": self.begin_edit,
            "open": self.open_chosen,
        }.get(what)
        if does is not None:
            does()
        else:
            self.asked.emit(what)

    def begin_edit(self) -> None:
        """Edit who or what is chosen."""
        net, node = self.net, self.current
        if net is None or not self._edits:
            return
        if self.tie is not None:
            self.forms.begin(TieEditor(self.page, net, self.tie))
        elif node is not None and node.kind is NodeKind.PERSON:
            self.forms.begin(PersonEditor(self.page, net, node, self._behind))
        elif node is not None and self._behind is not None and self._behind.body is not None:
            self.forms.begin(BodyEditor(self.page, net, node, self._behind.body))
        elif node is not None and node.kind is not NodeKind.OUTSIDE:
            self.asked.emit("fill")

    def begin_evidence(self) -> None:
        """Say by what evidence the person chosen stands as they do."""
        net, node = self.net, self._person
        if net is not None and node is not None and self._edits:
            stance = "" if node.stands.stance is None else str(node.stands.stance)
            self.forms.begin(EvidenceStep(self.page, net, node, self._behind, stance))

    def begin_choosing(self) -> None:
        """Let questions lead to a role, a stance, an influence of the person chosen."""
        net, node = self.net, self._person
        if net is not None and node is not None and self._edits:
            self.forms.begin(ChoosingStep(self.page, net, node))

    def open_chosen(self) -> None:
        """Go to the page of the person chosen."""
        if (node := self._person) is not None:
            self.page.go("person", node.id)

    # ---- ways in

    def toggle_ways(self) -> None:
        """Show the ways in to who is chosen (to the decider without one), or no longer."""
        if self._leading is not None:
            self.close_ways()
        else:
            self.show_ways()

    def show_ways(self) -> None:
        """Show the ways in to who is chosen, to the decider while nobody is."""
        net, node = self.net, self.current
        if node is None and self.judged is not None and self.judged.analysis.flow is not None:
            node = net.by_id.get(self.judged.analysis.flow.decider) if net else None
        if net is None or node is None:
            self.page.around.say(Text("Choose somebody first: the way in leads to them."))
            return
        self._leading = node.id
        self.ways.show_ways(net, node, ways_in(net, node.id), threads(net), no_way(net, node.id))
        self._show()

    def close_ways(self) -> None:
        """Show the findings again."""
        self._leading = None
        self.led.emit(())
        self._show()

    def toggle_changes(self) -> None:
        """List what moved on the map lately, or show the findings again."""
        self._listing = not self._listing
        self._show()

    # ---- what if

    def toggle_what_if(self) -> None:
        """Begin to suppose, or end it."""
        if self.what_if is not None:
            self.leave_what_if()
        elif self.seen is not None and self.may_edit:
            self.forms.close_step(back=False)
            self.what_if = WhatIf(self.seen.net, self)
            self.what_if.changed.connect(self._supposed)
            self._supposed()

    def suppose_leaving(self) -> None:
        """Suppose that the person chosen leaves."""
        if self.what_if is not None and (node := self._person) is not None:
            self.what_if.suppose(LeaveMove(node.id))

    def leave_what_if(self) -> None:
        """Show the map as it is again."""
        what_if, self.what_if = self.what_if, None
        if what_if is not None:
            what_if.leave()
            what_if.deleteLater()
            self._supposed()

    def _tell(self) -> None:
        if self.what_if is not None:
            self.told.emit(self.what_if.outcome.after)
        elif self.judged is not None:
            self.told.emit(self.judged.analysis.support)

    def _supposed(self) -> None:
        self._show()
        self._tell()
        self.supposed.emit()

    # ---- the rest

    def press_number(self, number: int) -> None:
        """Take the cheapest move of this number while one supposes, else jump to the finding."""
        if self.what_if is not None:
            self.what_if.apply(number - 1)
        elif self._leading is not None:
            self.ways.look_at(number - 1)
        else:
            self.findings.jump(number)

    def escape(self) -> bool:
        """Leave what is open here, the innermost first; False when nothing was."""
        if self.forms.step is not None:
            self.forms.close_step()
        elif self.what_if is not None:
            self.leave_what_if()
        elif self._leading is not None:
            self.close_ways()
        elif self._listing:
            self.toggle_changes()
        else:
            return False
        return True

    def _rule_on(self, finding: Finding, right: bool) -> None:
        if self.seen is not None:
            self.page.do(marking(self.seen.net, finding, right=right))
