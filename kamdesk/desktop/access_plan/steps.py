"""The steps of an executive plan: ticked off in their place, added and changed in the panel."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.account.naming import colleagues_like, colleagues_meant
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.typed import read_day
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import LineEditor, TickBox
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.lines import Line, Lines
from kamdesk.desktop.widgets.name_editor import NameEditor
from kamdesk.domain.access_plans.model import AccessStep
from kamdesk.dossier.access_plan import PlanSeen

if TYPE_CHECKING:
    from kamdesk.desktop.access_plan.page import PlanPage
    from kamdesk.workspace import Workspace


class Steps(QWidget):
    """Signals: ``changed(AccessStep)`` one shall be changed."""

    changed = Signal(object)

    def __init__(self, page: "PlanPage") -> None:
        super().__init__()
        self._page = page
        self.lines = Lines()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
        self.boxes: list[TickBox] = []

    def show_seen(self, seen: PlanSeen) -> None:
        """Show the steps as they were read."""
        self.boxes.clear()
        parts = [self._line(step, seen) for step in seen.steps]
        none = Text("No step is left. A adds one: prepare, introduce, meet, follow up.")
        self.lines.show_parts(parts, none)

    def _line(self, step: AccessStep, seen: PlanSeen) -> Line:
        box = TickBox("")
        box.setAccessibleName(looks.plain(step.what))
        box.setChecked(step.done_on is not None)
        box.toggled.connect(partial(self._tick, step))
        self.boxes.append(box)
        what = PlainLabel(step.what, Type.BODY, fit=Fit.WRAP)
        colleague = seen.ours.get(step.colleague) if step.colleague else None
        late = step.done_on is None and step.due is not None and step.due < seen.today
        day = looks.day(step.due, today=seen.today) if step.due else Text("no day")
        if step.done_on:
            day = Text("done {day}", day=looks.day(step.done_on, today=seen.today))
        who = looks.joined(looks.cut(colleague.name, 20) if colleague else "", day)
        tone = Tone.BRICK if late else Tone.MUTED
        change = Button(Text("Change"), kind=Kind.LINK)
        change.setAccessibleName(looks.said(Text("Change: {what}", what=looks.cut(step.what, 60))))
        change.clicked.connect(partial(self.changed.emit, step))
        return Line(box, what, PlainLabel(who, Type.SMALL, tone), change, wraps=True)

    def _tick(self, step: AccessStep, done: bool) -> None:
        def verb(desk: "Workspace") -> ChangeSet:
            day = desk.clock.today() if done else None
            return desk.access_plans.put_step(replace(step, done_on=day), base=step)

        self._page.do(verb)


class StepForm(PanelStep):
    """A step, new or changed. Signals: ``saved``."""

    saved = Signal()

    def __init__(self, page: "PlanPage", seen: PlanSeen, step: AccessStep | None = None) -> None:
        heading = Text("Change a step") if step else Text("Add a step")
        super().__init__(heading, do=Text("Save"))
        self._page, self._seen, self._step = page, seen, step
        self.what = self.ask("what", Text("What"))
        self.who = NameEditor(
            lambda text, then: page.ask(
                lambda desk: colleagues_like(desk, text), then, key="names"
            ),
            hint=Text("name; pinyin will do"),
        )
        self.form.add("colleague", Text("Who"), self.who, beside=False)
        self.who.returnPressed.connect(self._press)
        self.due = self.ask("due", Text("By"), hint=Text("next Fri, 月底, 3-20"))
        if step is not None:
            colleague = seen.ours.get(step.colleague) if step.colleague else None
            self.what.setText(step.what)
            self.who.setText(colleague.name if colleague else "")
            self.due.setText(step.due.isoformat() if step.due else "")
            away = Button(Text("Delete the step"), icon="trash-2")
            away.clicked.connect(self._drop)
            self.column.addWidget(away)
        editors: dict[str, LineEditor] = {"what": self.what, "who": self.who, "due": self.due}
        place = f"access_plan:{seen.plan.id.hex()}:step{step.id.hex() if step else ''}"
        self.draft = Drafting(self, page.workbench, place, editors)
        self.column.insertWidget(0, self.draft.line)
        self.draft.begin()
        self.wanted.connect(self._save)

    def _save(self) -> None:
        self.form.accept()
        what, named, text = self.what.text(), self.who.value, self.due.text().strip()
        step, plan = self._step, self._seen.plan
        try:
            due = read_day(text, self._seen.today, field="due") if text else None
        except RuleBroken as error:
            self.refused(error)
            return

        def verb(desk: "Workspace") -> ChangeSet:
            wanted = [named] if named.text else []
            found = colleagues_meant(desk, wanted, field="colleague")
            base = step or desk.access_plans.step(plan, what)
            made = replace(base, what=what, colleague=found[0] if found else None, due=due)
            return desk.access_plans.put_step(made, base=step)

        self._page.workbench.do(
            self._page, verb, self._settle, self.refused, key="step", form=self.still
        )

    def _drop(self) -> None:
        if (step := self._step) is not None:
            self._page.do(lambda desk: desk.access_plans.drop_step(step.id), self._settle)

    def _settle(self, _: ChangeSet) -> None:
        self.draft.settle()
        self.saved.emit()
