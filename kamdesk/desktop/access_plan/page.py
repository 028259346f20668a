"""The page of an executive engagement plan: written in its place, closed with both next steps."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal
from kamdesk.core.ids import AccessPlanId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.access_plan.fields import AFTER, LEFT, RIGHT, SHARED, Section
from kamdesk.desktop.access_plan.form import PlanForm
from kamdesk.desktop.access_plan.steps import StepForm, Steps
from kamdesk.desktop.access_plan.topics import TopicsStep, with_topic
from kamdesk.desktop.chain.matrix_reading import way_words
from kamdesk.desktop.in_place import InPlace, align_fields
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.panel_step import PanelStep, fill_panel
from kamdesk.desktop.taking_back import undo_way
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.verbs import position
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel, TwoColumns
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.access_plans.model import STATE_WORDS
from kamdesk.domain.chain.way_in import ways_in
from kamdesk.dossier.access_plan import PlanSeen, read_plan
from kamdesk.dossier.chain_view import read_chain

if TYPE_CHECKING:
    from kamdesk.domain.access_plans.model import AccessPlan, AccessStep
    from kamdesk.workspace import Workspace


class PlanPage(Page["Workspace"]):
    """One plan."""

    title = Text("Executive plan")
    follows = (
        "access_plan", "access_step", "account", "person", "post", "holding", "body", "reading",
        "colleague",
    )  # fmt: skip
    keys = (
        ("E", Text("Edit in place")),
        ("A", Text("Add a step")),
        ("C", Text("Close the plan")),
        ("Ctrl+P", Text("Print")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self.plan = AccessPlanId(Id(route.record or b""))
        self.content: PlanSeen | None = None
        self.step: PanelStep | None = None
        self._panel: SidePanel | None = None
        self._resumed: list[str] = []
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        add("access.edit", Text("Edit in place"), self._edit, keys="E", icon="pencil")
        step = add("access.step", Text("Add a step"), self.begin_step, keys="A", icon="plus")
        topics = add("access.topics", Text("Pick topics"), self._begin_topics, keys="T")
        way = add("access.way", Text("Take the best way in"), self._take_way, keys="W")
        self._close = add(
            "access.close", Text("Close the plan"), self._close_plan, keys="C", icon="check"
        )
        self._give_up = add("access.up", Text("Give it up"), self._give_it_up, keys="X", icon="x")
        self._again = add(
            "access.again", Text("Go on with it"), self._go_on, keys="O", icon="undo-2"
        )
        add(
            "access.delete",
            Text("Delete the plan"),
            self._drop,
            keys="Ctrl+Backspace",
            icon="trash-2",
        )
        paper = add("access.paper", Text("Print"), self._print, keys="Ctrl+P", icon="printer")
        add("access.person", Text("Go to the person"), self._go_to_person, keys="U")
        buttons = [Button.of(one) for one in (self._again, self._give_up, self._close, paper)]
        self._ways = {
            one.id: button
            for one, button in zip((self._again, self._give_up, self._close), buttons, strict=False)
        }
        self._head = self.head("", "", *buttons)
        self._line = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        self.add(self._line)
        self.sheet.space(16)
        self.two = TwoColumns()
        self.add(self.two)
        self.sheet.fill()
        self.forms: list[PlanForm] = []
        self.steps = Steps(self)
        self.steps.changed.connect(self.begin_step)
        self._put(
            self.two.right,
            Heading(Text("Steps"), right=Button.of(step, words=Text("Add"))),
            self.steps,
        )
        rights = {Text("Way in"): way, Text("What to talk about"): topics}
        for column, sections in (
            (self.two.left, (*LEFT, AFTER)),
            (self.two.right, (*RIGHT, SHARED)),
        ):
            for section in sections:
                self._section(column, section, rights.get(section[0]))

        for sections in ((*LEFT, AFTER), (*RIGHT, SHARED)):
            names = {field.name for _, fields in sections for field in fields}
            align_fields(
                field for form in self.forms for name, field in form.fields.items() if name in names
            )

    def _section(self, column: QVBoxLayout, section: Section, action: Any) -> None:
        name, fields = section
        form = PlanForm(self, fields, f"access_plan:{self.plan.hex()}:field")
        form.grown.connect(self._reveal_soon)
        form.stepped.connect(self._step_on)
        self.forms.append(form)
        right = Button.of(action) if action is not None else None
        self._put(column, Heading(name, right=right), form)

    @staticmethod
    def _put(column: QVBoxLayout, heading: QWidget, part: QWidget) -> None:
        if column.count():
            column.addSpacing(theme.now().px(20))
        column.addWidget(heading)
        column.addWidget(part)

    def crumbs(self) -> tuple[Crumb, ...]:
        targets = Crumb(Text("Executive plans"), Route("access_plan"))
        if self.content is None:
            return Crumb(Text("Customers"), Route("accounts")), Crumb(self.title)
        account = self.content.file.account
        called = Crumb(looks.cut(account.called, 60), Route("account", account.id))
        here = Crumb(looks.cut(self.content.person.name, 60))
        return Crumb(Text("Customers"), Route("accounts")), called, targets, here

    def panes(self) -> tuple[QWidget, ...]:
        return (self.forms[0].fields["why_now"].read,)

    # ---- showing

    def reload(self) -> None:
        plan = self.plan

        def question(desk: "Workspace") -> PlanSeen | None:
            return read_plan(desk.storage.reader, plan, at=desk.clock.now())

        self.ask(question, self._show)

    def _show(self, seen: PlanSeen | None) -> None:
        first, self.content = self.content is None, seen
        if seen is None:
            words = Text("It was deleted. Ctrl+Z brings it back if you did it just now.")
            self.use(EmptyState("briefcase", Text("This plan is not here any more"), words))
            return
        ours = seen.peer[0] or looks.said(Text("our executive, not chosen yet"))
        self._head.title.say(f"{looks.cut(ours, 40)} → {looks.cut(seen.person.name, 40)}")
        self._head.remark.say(STATE_WORDS[seen.plan.state])
        since = Text("since {day}", day=seen.since.isoformat()) if seen.since else ""
        relation = (
            Text("our executive knows them {n} of 5", n=seen.relation)
            if seen.relation is not None
            else Text("how well our executive knows them is not said")
        )
        parts = (seen.person.form_of_address, seen.post, since, *seen.bodies, relation)
        self._line.say(looks.capital(looks.joined(*parts)))
        for form in self.forms:
            form.show_seen(seen)
        self.steps.show_seen(seen)
        for action, shown in (
            (self._close, seen.open), (self._give_up, seen.open), (self._again, not seen.open),
        ):  # fmt: skip
            action.enable(shown)
            self._ways[action.id].setVisible(shown)
        self.renamed.emit()
        if first:
            self.panes()[0].setFocus()
        while self._resumed:
            self.resume(self._resumed.pop(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        panel = self._panel
        beside = panel.width() if panel is not None and not panel.isHidden() else 0
        self.two.stack(self.width() - beside < theme.now().px(820))

    # ---- fields

    def field(self, name: str) -> InPlace | None:
        """Return the field of a name."""
        return next((form.fields[name] for form in self.forms if name in form.fields), None)

    def resume(self, place: str) -> None:
        what = place.split(":")[2:]
        if self.content is None:
            self._resumed.append(place)
        elif what[:1] == ["field"] and (field := self.field(what[-1])) is not None:
            field.begin()
        elif what and what[0].startswith("step"):
            steps = {f"step{one.id.hex()}": one for one in self.content.steps}
            self.begin_step(steps.get(what[0]))

    def refused(self, error: Refusal) -> None:
        """Show a refusal at its field, else in the notices bar."""
        if not any(form.refused(error) for form in self.forms):
            self.around.say(error.said)

    def _edit(self) -> None:
        every = [field for form in self.forms for field in form.fields.values()]
        (next((one for one in every if one.read.hasFocus()), every[0])).begin()

    def _step_on(self, field: object, by: int) -> None:
        every = [one for form in self.forms for one in form.fields.values()]
        at = every.index(field) + by if field in every else -1
        if 0 <= at < len(every):
            every[at].begin()

    def _reveal_soon(self, field: object) -> None:
        if isinstance(field, InPlace):
            QTimer.singleShot(30, field, partial(self.sheet.show_part, field))

    # ---- doing

    def _change(self, plan: "AccessPlan") -> None:
        if self.content is not None:
            base, seen = self.content.plan, self.seen
            self.do(
                lambda desk: desk.access_plans.change(plan, base=base, seen=position(desk, seen))
            )

    def _close_plan(self) -> None:
        if self.content is None:
            return
        plan, core, seen = self.content.plan, self.content.core, self.seen

        def verb(desk: "Workspace") -> ChangeSet:
            today = desk.clock.today()
            return desk.access_plans.close(plan, on=today, core=core, seen=position(desk, seen))

        self.do(verb, partial(self._said, Text("The plan is closed.")))

    def _give_it_up(self) -> None:
        if self.content is None:
            return
        plan, seen = self.content.plan, self.seen

        def verb(desk: "Workspace") -> ChangeSet:
            today = desk.clock.today()
            return desk.access_plans.give_up(plan, on=today, seen=position(desk, seen))

        self.do(verb, partial(self._said, Text("The plan is given up.")))

    def _go_on(self) -> None:
        if self.content is not None:
            plan, seen = self.content.plan, self.seen
            self.do(lambda desk: desk.access_plans.reopen(plan, seen=position(desk, seen)))

    def _drop(self) -> None:
        plan = self.plan
        self.do(
            lambda desk: desk.access_plans.drop(plan),
            partial(self._said, Text("The plan is deleted.")),
        )

    def _said(self, words: Text, _: ChangeSet | None = None) -> None:
        self.around.say(words, way_out=undo_way(self.workbench, self.around.say))

    def _print(self) -> None:
        if self.content is not None:
            account = self.content.plan.account
            self.go("paper", account, f"access:{self.plan.hex()}")

    def _go_to_person(self) -> None:
        if self.content is not None:
            self.go("person", self.content.person.id)

    def _take_way(self) -> None:
        if self.content is None:
            return
        plan = self.content.plan

        def question(desk: "Workspace") -> list[str]:
            net = read_chain(desk.storage.reader, plan.account, at=desk.clock.now())
            found = ways_in(net, plan.person, most=2) if plan.person in net.by_id else ()
            return [way_words(net, way) for way in found]

        def then(ways: list[str]) -> None:
            if ways:
                self._change(replace(plan, way=ways[0], second_way=(*ways, "")[1]))
            else:
                self.around.say(Text("No way in is known: set in the matrix who knows whom."))

        self.ask(question, then, key="way")

    # ---- the side panel

    def begin_step(self, step: "AccessStep | None" = None) -> None:
        """Open the form of a step: that one, else a new one."""
        if self.content is not None:
            form = StepForm(self, self.content, step)
            form.saved.connect(self.end)
            self._begin(form)

    def _begin_topics(self) -> None:
        form = TopicsStep()
        form.taken.connect(self._take_topic)
        self._begin(form)

    def _take_topic(self, topic: str) -> None:
        if self.content is not None:
            plan = self.content.plan
            self._change(replace(plan, topics=with_topic(plan.topics, topic)))

    def _begin(self, step: PanelStep) -> None:
        if self._panel is None:
            self._panel = SidePanel()
            self.beside(self._panel)
        self.step = step
        step.closed.connect(self.end)
        fill_panel(self._panel, step)
        self._panel.fit(self.window().width())
        self._panel.show()
        self._arrange()
        step.begin()

    def end(self) -> None:
        """Close the side panel."""
        from kamdesk.desktop.drafting import open_drafts

        if self._panel is not None:
            for draft in open_drafts(self._panel):
                draft.close()
            self._panel.hide()
        self.step = None
        self._arrange()
        self.panes()[0].setFocus()
