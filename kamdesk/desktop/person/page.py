"""The page of a person: who they are, how they stand, what is between us, how to reach them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.due.block import ContactBlock
from kamdesk.desktop.exchange.badge import RecordBadge
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.panel_step import PanelStep, fill_panel
from kamdesk.desktop.person.facts import facts_of, whom_of
from kamdesk.desktop.person.particulars import CARD, JUDGEMENT, Particulars
from kamdesk.desktop.person.sections import (
    fact_lines,
    judgement_lines,
    need_lines,
    post_lines,
    promise_lines,
    same_lines,
    visit_lines,
)
from kamdesk.desktop.person.ways import way_lines
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.verbs import settle_promise, undo_of
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.facts import FactsStrip
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.lines import Lines
from kamdesk.desktop.widgets.panes import SidePanel, TwoColumns
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.people.model import Need, Way
from kamdesk.domain.promises.model import Promise
from kamdesk.dossier.one_person import HeldPost, PersonSeen, read_person

if TYPE_CHECKING:
    from kamdesk.desktop.rights.panel import RightsPanel
    from kamdesk.workspace import Workspace


_MOST_TELLING = (0, 1, 3)
"""Where there is no room for five facts: stance, influence, last met."""


class PersonPage(Page["Workspace"]):
    """One person. Whoever must not be shown is not shown here either, only their rights."""

    title = Text("Person")
    scrolls = False
    follows = (
        "person", "post", "holding", "way", "need", "visit", "attendee", "promise", "fact",
        "reading", "account", "colleague", "agreement", "pause",
    )  # fmt: skip
    keys = (
        ("E", Text("Edit in place")),
        ("W", Text("Add a way of contact")),
        ("N", Text("Plan a visit")),
        ("M", Text("Moves or leaves")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self.person = PersonId(Id(route.record or b""))
        self.content: PersonSeen | None = None
        self.panel: SidePanel | None = None
        self.step: PanelStep | None = None
        self._rights: RightsPanel | None = None
        self._resumed: list[str] = []
        self._five = True
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        add("person.edit", Text("Edit in place"), self._edit, keys="E", icon="pencil")
        add("person.way", Text("Add a way of contact"), self.begin_way, keys="W", icon="phone")
        add("person.need", Text("Add a need"), self.begin_need, keys="D")
        add("person.post", Text("Take a new post"), self._begin_post, keys="P")
        judge = add("person.judge", Text("Judge"), self._begin_judge, keys="S", icon="target")
        moves = add(
            "person.moves", Text("Moves or leaves…"), self.begin_move, keys="M", icon="briefcase"
        )
        add("person.plan", Text("Plan a visit"), self.begin_plan, keys="N", icon="calendar-plus")
        add("person.customer", Text("Go to the customer"), self._customer, keys="U")
        add("person.rights", Text("Rights…"), self._show_rights, keys="G", icon="shield-check")
        roomy = theme.now().percent <= 150
        self._top = top = Sheet(scrolls=False, foot=12)
        self.above(top)
        self._head = top.head(
            "",
            "",
            RecordBadge(self, self.route.record or b""),
            Button.of(judge, words_shown=roomy),
            Button.of(moves, words_shown=roomy),
        )
        self._line = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        top.add(self._line)
        top.space(16)
        self._facts = FactsStrip()
        self._facts.setMinimumHeight(theme.now().px(62))
        top.add(self._facts)
        self.body = body = Sheet(top=20)
        self._two = TwoColumns()
        body.add(self._two)
        body.fill()
        self.contact = ContactBlock(self, lambda: whom_of(self.content), self.begin, name="person")
        self._build_story(self._two.left)
        self._build_duty(self._two.right)
        self.use(body)

    def _build_story(self, column: QVBoxLayout) -> None:
        self.promises, self.needs, self.visits = Lines(), Lines(), Lines()
        self.posts, self.facts, self.judgements = Lines(), Lines(), Lines()
        self.judged = Particulars(self, JUDGEMENT)
        for heading, part in (
            (Heading(Text("Promises")), self.promises),
            (Heading(Text("Needs"), right=self._keyed("person.need", Text("Add"))), self.needs),
            (Heading(Text("How we judge them")), self.judgements),
            (Heading(Text("Visits")), self.visits),
            (Heading(Text("What moves them")), self.judged),
            (Heading(Text("What was learnt")), self.facts),
        ):
            self._put(column, heading, part)

    def _build_duty(self, column: QVBoxLayout) -> None:
        self.ways, self.same = Lines(), Lines()
        self.card = Particulars(self, CARD)
        self._same_heading = Heading(Text("The same person elsewhere"))
        ways = Heading(Text("How to reach them"), right=self._keyed("person.way", Text("Add")))
        edited = Heading(Text("Particulars"), Text("E or a click changes them"))
        posts = Heading(Text("Posts"), right=self._keyed("person.post", Text("New post")))
        column.addWidget(self.contact)
        for heading, part in (
            (ways, self.ways),
            (posts, self.posts),
            (edited, self.card),
            (self._same_heading, self.same),
        ):
            self._put(column, heading, part)
        for field in (*self.card.fields.values(), *self.judged.fields.values()):
            field.grown.connect(partial(self.body.show_part, field))

    @staticmethod
    def _put(column: QVBoxLayout, heading: QWidget, part: QWidget) -> None:
        if column.count():
            column.addSpacing(theme.now().px(24))
        column.addWidget(heading)
        column.addWidget(part)

    def _keyed(self, action: str, words: Text) -> QWidget:
        """Return the button of a section: its heading says the rest of its name."""
        made = Button.of(self.actions_here[action])
        whole = made.words
        made.say(words)
        made.setAccessibleName(whole)
        return made

    def crumbs(self) -> tuple[Crumb, ...]:
        name = self.content.person.name if self.content else self.title
        return Crumb(Text("People"), Route("people")), Crumb(name)

    def panes(self) -> tuple[QWidget, ...]:
        panel = self.panel if self.panel is not None and not self.panel.isHidden() else None
        first: QWidget = self.card.fields["name"].read
        return (first, panel) if panel is not None else (first,)

    # ---- showing

    def reload(self) -> None:
        person = self.person
        self.ask(lambda desk: read_person(desk.storage, person), self._show)

    def _show(self, seen: PersonSeen | None) -> None:
        self.content = seen
        if seen is None or seen.person.restricted:
            self._show_nobody(restricted=seen is not None)
            self.renamed.emit()
            return
        self._top.show()
        person = seen.person
        self._head.title.say(person.name)
        self._head.remark.say(person.form_of_address)
        title = (seen.post.post.title if seen.post else "") or Text("no post known")
        department = person.department or (seen.post.post.department if seen.post else "")
        where = seen.account_name or Text("no customer yet")
        self._line.say(looks.capital(looks.joined(title, department, where)))
        self._show_facts()
        self.promises.show_parts(
            promise_lines(seen, self._keep), Text("Nothing is open between you.")
        )
        self.needs.show_parts(
            need_lines(seen, self.begin_need),
            Text("What they need is not known yet: ask what this year must bring them."),
        )
        go = partial(self.go, "visit")
        self.visits.show_parts(visit_lines(seen, go), Text("You have not met. N plans a visit."))
        self.judgements.show_parts(
            judgement_lines(seen, go),
            Text("Not judged yet: S says how they stand to us and how much they weigh."),
        )
        self.facts.show_parts(fact_lines(seen), Text("Nothing was noted about them yet."))
        self.posts.show_parts(
            post_lines(seen, self._begin_days), Text("No post is known. P says which.")
        )
        self.ways.show_parts(
            way_lines(seen.ways, change=self.begin_way, copy=self.copy, remove=self.remove),
            Text("No number, no address. W adds the first."),
        )
        self.same.show_parts(same_lines(seen, partial(self.go, "person")))
        for part in (self._same_heading, self.same):
            part.setVisible(bool(seen.same))
        self.card.show_person(seen)
        self.judged.show_person(seen)
        self.contact.setVisible(person.account is not None)
        self.contact.ask()
        self.renamed.emit()
        while self._resumed:
            self.resume(self._resumed.pop(0))

    def _show_facts(self) -> None:
        if self.content is not None:
            self._five = self.width() >= theme.now().px(900)
            facts = facts_of(self.content)
            self._facts.show_facts(facts if self._five else [facts[n] for n in _MOST_TELLING])

    def _show_nobody(self, *, restricted: bool) -> None:
        self._top.hide()
        if restricted:
            name = Text("This person is left alone")
            words = Text(
                "What is held on them is shown nowhere until they are released: G, rights."
            )
        else:
            name = Text("This person is not here any more")
            words = Text("They were deleted. Ctrl+Z brings them back if you did it just now.")
        action = self.actions_here["person.rights"] if restricted else None
        self.use(EmptyState("users", name, words, action))
        self.body.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.panel.width() if self.panel is not None and self.panel.isVisible() else 0
        self._two.stack(self.width() - beside < theme.now().px(820))
        if self._five != (self.width() >= theme.now().px(900)):
            self._show_facts()

    # ---- doing

    def _edit(self) -> None:
        judged = any(field.read.hasFocus() for field in self.judged.fields.values())
        (self.judged if judged else self.card).edit()

    def copy(self, way: Way) -> None:
        """Put a number or an address on the clipboard."""
        QApplication.clipboard().setText(way.value)
        self.around.say(Text("Copied: {value}", value=looks.cut(way.value, 60)))

    def remove(self, way: Way) -> None:
        """Take a way of contact away, with a way back."""
        removed = Text("Removed: {value}", value=looks.cut(way.value, 60))
        self.do(lambda desk: desk.people.drop_way(way.id), partial(self._said, removed))

    def _keep(self, promise: Promise) -> None:
        settle_promise(self, promise.id, promise.words)

    def _said(self, words: Text, _: ChangeSet | None = None) -> None:
        self.around.say(words, way_out=undo_of(self))

    def _customer(self) -> None:
        if self.content is not None and self.content.person.account is not None:
            self.go("account", self.content.person.account)

    # ---- the side panel

    def begin_way(self, way: Way | None = None) -> None:
        """Open the form of a way of contact: that one, else a new one."""
        from kamdesk.desktop.person.steps import WayStep

        if self.content is not None:
            self.begin(WayStep(self, self.content, way))

    def begin_need(self, need: Need | None = None) -> None:
        """Open the form of a need: that one, else a new one."""
        from kamdesk.desktop.person.steps import NeedStep

        if self.content is not None:
            self.begin(NeedStep(self, self.content, need))

    def _begin_post(self) -> None:
        from kamdesk.desktop.person.steps import PostStep

        if self.content is not None:
            self.begin(PostStep(self, self.content))

    def _begin_days(self, held: HeldPost) -> None:
        from kamdesk.desktop.person.steps import PostDays

        if self.content is not None:
            self.begin(PostDays(self, self.content, held))

    def _begin_judge(self) -> None:
        from kamdesk.desktop.person.steps import JudgeStep

        if self.content is not None:
            self.begin(JudgeStep(self, self.content))

    def begin_move(self) -> None:
        """Open the assistant for somebody who leaves, or moves to another employer."""
        from kamdesk.desktop.person.moving import MoveStep

        if self.content is not None:
            step = MoveStep(self, self.content)
            step.moved.connect(partial(self.go, "person"))
            self.begin(step)

    def begin_plan(self) -> None:
        """Open the form of a new visit with this person."""
        from kamdesk.desktop.person.planning import begin_plan

        begin_plan(self)

    def begin(self, step: PanelStep) -> None:
        """Show a step in the side panel."""
        if self._rights is not None:
            self._rights.hide()
        if self.panel is None:
            self.panel = SidePanel()
            self._side_by_side.addWidget(self.panel)
        self.step = step
        step.closed.connect(self.end)
        fill_panel(self.panel, step)
        self.panel.fit(self.window().width())
        self.panel.show()
        self._two.stack(self.width() - self.panel.width() < theme.now().px(820))
        step.begin()

    def end(self) -> None:
        """Close the side panel."""
        from kamdesk.desktop.drafting import open_drafts

        if self.panel is not None:
            for draft in open_drafts(self.panel):
                draft.close()
            self.panel.hide()
        self.step = None
        self._two.stack(self.width() < theme.now().px(820))
        self.card.fields["name"].read.setFocus()

    def _show_rights(self) -> None:
        from kamdesk.desktop.rights.panel import RightsPanel

        if self._rights is None:
            self._rights = RightsPanel(self)
            self._rights.closed.connect(self._rights.hide)
            self._rights.erased.connect(self.reload)
            self._side_by_side.addWidget(self._rights)
        if self.panel is not None:
            self.panel.hide()
        self._rights.fit(self.window().width())
        self._rights.show()
        self._rights.show_person(self.content.person.id if self.content else self.person)

    def resume(self, place: str) -> None:
        what = place.split(":")[2:]
        if self.content is None:
            self._resumed.append(place)
        elif what[:1] == ["field"]:
            fields = {**self.card.fields, **self.judged.fields}
            if what[-1] in fields:
                fields[what[-1]].begin()
        elif what:
            self._resume_step(what[0])

    def _resume_step(self, what: str) -> None:
        seen = self.content
        if seen is None:
            return
        ways = {f"way{way.id.hex()}": way for way in seen.ways}
        needs = {f"need{need.id.hex()}": need for need in seen.needs}
        days = {f"days{held.holding.id.hex()}": held for held in seen.posts}
        if what in ways or what == "way":
            self.begin_way(ways.get(what))
        elif what in needs or what == "need":
            self.begin_need(needs.get(what))
        elif what in days:
            self._begin_days(days[what])
        elif what in ("call", "agree", "pause"):
            self.contact.resume(what)
        elif what in ("post", "judge", "move", "plan"):
            {
                "post": self._begin_post,
                "judge": self._begin_judge,
                "move": self.begin_move,
                "plan": self.begin_plan,
            }[what]()
