"""The debrief after a visit: one question at a time, keys only, written down as one action."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import Instant
from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.debrief.going import leave
from kamdesk.desktop.debrief.keeping import TalkDraft
from kamdesk.desktop.debrief.reading import DebriefSeen, elsewhere, read_debrief
from kamdesk.desktop.debrief.sheet import TalkSheet
from kamdesk.desktop.debrief.talk import Suggestion, Talk
from kamdesk.desktop.debrief.wording import ASKED
from kamdesk.desktop.pages import Crumb, Page
from kamdesk.desktop.taking_back import undo_way
from kamdesk.desktop.visit.facts import STAY_KEYS
from kamdesk.desktop.visit.staying import STAYS
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.desktop.widgets.still import Still
from kamdesk.dossier.debrief import QUESTIONS, Question
from kamdesk.dossier.debrief_names import Who
from kamdesk.dossier.debrief_report import MEANWHILE, Report, write_report

if TYPE_CHECKING:
    from kamdesk.core.changes import ChangeSet
    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace

_FEW = 2
"""So few who fit are looked for elsewhere too."""


class DebriefPage(Page["Workspace"]):
    """The route names a visit; with the tab ``now`` a customer one has visited just now."""

    title = Text("Debrief")
    alone = True

    def build(self) -> None:
        self.talk: Talk | None = None
        self.draft: TalkDraft | None = None
        self.finished = False
        self._read_at: Seen | None = None
        self.talking = TalkSheet()
        self.talking.top.left.connect(self._leave)
        self.talking.wanted.connect(self._go_to)
        self.open, self.written = self.talking.open, self.talking.written
        self.use(self.talking)
        self.still = Still(self)
        self._hear()
        self._declare()

    def _hear(self) -> None:
        field = self.open.field
        field.textChanged.connect(self._typed)
        field.entered.connect(self._enter)
        field.backed.connect(self._back)
        field.completed.connect(self._complete)
        field.moved.connect(self.open.suggestions.move_on)
        field.emptied.connect(self._take_last_back)
        self.open.suggestions.taken.connect(self._take)
        self.open.removed.connect(self._remove)
        self.open.here.toggled.connect(self._stay)

    def _declare(self) -> None:
        add = self.actions_here.add
        add("debrief.finish", Text("Finish and close"), self._finish, keys="Ctrl+Return")
        add("debrief.hand_over", Text("Hand the promise over"), self._hand_over, keys="Alt+R")
        add("debrief.plan", Text("Also plan the next visit"), self._plan_too, keys="Alt+V")
        add("debrief.here", STAYS, self.open.tick, keys=STAY_KEYS)
        add("debrief.leave", Text("Leave"), self._leave, keys="Esc")
        for number, question in enumerate(QUESTIONS, 1):
            asked = ASKED[question].short
            does = partial(self._go_to, question)
            add(f"debrief.{question.value}", asked, does, keys=f"Alt+{number}")

    def crumbs(self) -> tuple[Crumb, ...]:
        account = self.talk.seen.account if self.talk else ""
        return (Crumb(looks.joined(Text("Debrief"), account)),)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.open.field,)

    def resume(self, place: str) -> None:
        self.open.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- reading

    def reload(self) -> None:
        record, unplanned, place = self.route.record or b"", self._unplanned, self._place

        def asked(desk: "Workspace") -> "tuple[DebriefSeen | None, Seen]":
            kept = desk.drafts.at(place) if unplanned else None
            start = Instant.read(kept.content.get("start")) if kept else None
            seen = read_debrief(desk, record, unplanned=unplanned, start=start)
            return seen, desk.storage.position()

        self.ask(asked, self._begin)

    @property
    def _unplanned(self) -> bool:
        return self.route.tab == "now"

    @property
    def _place(self) -> str:
        what = "now" if self._unplanned else "visit"
        return f"debrief:{(self.route.record or b'').hex()}:{what}"

    def _begin(self, asked: "tuple[DebriefSeen | None, Seen]") -> None:
        seen, self._read_at = asked
        if seen is None:
            gone = EmptyState(
                "circle-alert",
                Text("This visit is not in the file any more"),
                Text("It was deleted. Undo that (Ctrl+Z), or leave with Esc."),
                self.actions_here["debrief.leave"],
            )
            self.talking.hide()
            self.use(gone)
            return
        self.talk = Talk(seen)
        self.finished = False
        self.open.field.clear()
        if self.draft is not None:
            self.draft.close()
            self.draft.deleteLater()
        self.draft = TalkDraft(self, self.workbench, self._place, self.talk, self.open.field)
        self.draft.put_back.connect(self._put_back)
        self.draft.line.discarded.connect(self._put_back)
        self.talking.show_talk(self.talk, self.draft.line)
        self.draft.begin()
        self.renamed.emit()
        self.open.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_back(self) -> None:
        self.talking.lay_out()
        self._typed()

    # ---- typing

    def _typed(self) -> None:
        self.open.refuse(None)
        self._read()

    def _read(self) -> None:
        found, talk, text = self.talking.read(), self.talk, self.open.field.text()
        if talk is not None:
            token = talk.token(text, talk.read(text)) if text.strip() else ""
            token = "" if talk.names.meant(token) else token
            self._look_elsewhere(token, found)

    def _stay(self, here: bool) -> None:
        if self.talk is not None and self.draft is not None and self.talk.here != here:
            self.talk.here = here
            self._read()
            self.draft.changed()

    def _look_elsewhere(self, typed: str, found: list[Suggestion]) -> None:
        near = [one for one in found if one.who is not None]
        if len(near) >= _FEW or len(typed) < 2 or self.talk is None:
            return
        if self.talk.at in (Question.GOAL, Question.NEXT):
            return

        def known(others: tuple[Who, ...]) -> None:
            talk = self.talk
            if talk is not None and self.open.field.text():
                before = len(talk.names.everybody)
                talk.names = talk.names.having(*others)
                if len(talk.names.everybody) > before:
                    self._read()

        self.ask(lambda desk: elsewhere(desk, typed), known, key="elsewhere")

    def _complete(self) -> None:
        if (chosen := self.open.suggestions.chosen) is not None:
            self._take(chosen)

    def _take(self, one: Suggestion) -> None:
        """Put a name that was offered into the line."""
        if self.talk is None:
            return
        if one.who is not None:
            self.talk.meet(one.who)
        field = self.open.field
        text = field.text()
        after = text[one.end :]
        gap = "" if after[:1] in ("", " ") else " "
        field.setText(text[: one.start] + one.text + gap + after)
        field.setCursorPosition(
            len(field.text()) if not after.strip() else one.start + len(one.text)
        )
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- answering

    def _enter(self) -> None:
        """Keep the line and take one more; an empty line goes on."""
        talk = self.talk
        if talk is None:
            return
        typed = bool(self.open.field.text().strip())
        if not typed or (self._keep() and talk.goes_on_by_itself):
            self._next()

    def _keep(self) -> bool:
        """Keep the line; False when it was refused, which is said below it."""
        talk = self.talk
        if talk is None:
            return False
        line = talk.read(self.open.field.text())
        chosen = self.open.suggestions.chosen
        one_of_several = talk.at is Question.WHO and len(line.whos) < 2
        if one_of_several and chosen is not None and chosen.who is not None:
            talk.meet(chosen.who)
            line = line._replace(whos=(chosen.who,), newcomer=None)
        try:
            talk.keep(line)
        except RuleBroken as error:
            self.open.refuse(error.said)
            return False
        self._answered()
        return True

    def _answered(self) -> None:
        self.open.field.clear()
        self.talking.lay_out()
        if self.draft is not None:
            self.draft.changed()

    def _hand_over(self) -> None:
        talk = self.talk
        if talk is None:
            return
        line = talk.read(self.open.field.text())
        if (promise := talk.same(line)) is None or not line.whos:
            self.open.refuse(Text("Nothing like it is promised yet, or nobody is named by @."))
            return
        talk.hand_over(line, promise)
        self._answered()

    def _plan_too(self) -> None:
        """Plan the next step as a visit on its day; once more: no longer."""
        talk = self.talk
        if talk is None:
            return
        if talk.at is Question.NEXT and self.open.field.text().strip() and not self._keep():
            return
        if talk.plan_too():
            self._answered()
            return
        self._go_to(Question.NEXT)
        self.open.refuse(
            Text("Say what comes next and on which day to come: then Alt+V plans it, too.")
        )

    def _remove(self, at: int) -> None:
        if self.talk is not None:
            self.talk.remove(at)
            self.talking.lay_out()
            self.open.field.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.draft is not None:
                self.draft.changed()

    def _take_last_back(self) -> None:
        """Backspace in the empty line takes the last answer back into it."""
        talk = self.talk
        if talk is None or not talk.rows or talk.at is Question.WHO:
            return
        words = talk.recall_last()
        self._remove(talk.rows - 1)
        self.open.field.setText(words)

    def _next(self) -> None:
        talk = self.talk
        if talk is not None and not talk.next():
            self._finish()
            return
        self._open_line()

    def _back(self) -> None:
        self._put_aside()
        if self.talk is not None and self.talk.back():
            self._open_line()

    def _go_to(self, question: Question, *_: object) -> None:
        if self.talk is not None:
            self._put_aside()
            self.talk.at = question
            self._open_line()

    def _put_aside(self) -> None:
        """Keep what is typed for when the question opens again."""
        if self.talk is not None and (text := self.open.field.text()).strip():
            self.talk.pending[self.talk.at] = text

    def _open_line(self) -> None:
        if self.talk is not None:
            self.open.field.setText(self.talk.pending.pop(self.talk.at, ""))
            self.talking.lay_out()
            self.open.field.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.draft is not None:
                self.draft.changed()

    # ---- ending

    def _finish(self) -> None:
        """Write it all down as one action; what is missing is asked at its question."""
        talk = self.talk
        if talk is None or (self.open.field.text().strip() and not self._keep()):
            return
        unkept = next((one for one, text in talk.pending.items() if text.strip()), None)
        if unkept is not None:
            self._go_to(unkept)
            self.open.refuse(Text("This line is not kept yet: Enter keeps it, or empty it."))
            return
        report = Report(visit=talk.seen.visit, planned=talk.seen.planned, answers=talk.answers)
        at = self._read_at

        def verb(desk: "Workspace") -> "ChangeSet":
            return write_report(desk.storage, report, seen=at)

        self.workbench.do(self, verb, self._finished, self.refused, key="finish", form=self.still)

    def refused(self, error: Refusal) -> None:
        """Say a refusal at its question; written up elsewhere: take that as the ground."""
        field = getattr(error, "field", None)
        if field == MEANWHILE:
            self._take_new_ground()
        if field == "next_step" and self.talk is not None:
            self.talk.at = Question.NEXT
            self._open_line()
        self.open.refuse(error.said)

    def _take_new_ground(self) -> None:
        visit = self.talk.seen.visit.id if self.talk else None

        def known(answer: "tuple[DebriefSeen | None, Seen]") -> None:
            seen, at = answer
            if self.talk is not None and seen is not None:
                self.talk.seen, self._read_at = seen, at
                self.written.show_answers(seen, self.talk.answers, self.talk.answers)

        if visit is not None:
            self.ask(
                lambda desk: (read_debrief(desk, visit, unplanned=False), desk.storage.position()),
                known,
                key="ground",
            )

    def _finished(self, _: "ChangeSet") -> None:
        self.finished = True
        account = self.talk.seen.account if self.talk else ""
        if self.draft is not None:
            self.draft.settle()
        bench, say = self.workbench, self.around.say
        leave(self)
        say(
            Text("Written up: {account}.", account=account),
            way_out=undo_way(bench, say),
        )

    def _leave(self) -> None:
        if self.draft is not None:
            self.draft.keep()
        leave(self)

    # ---- Alt and a figure opens a question, though the window has other pages for it

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _figure(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if number := _figure(event):
            self._go_to(QUESTIONS[number - 1])
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        if self.finished:
            self.finished = False
            self._stale = True
        super().showEvent(event)


def _figure(event: QEvent) -> int:
    """Return which question Alt and a figure opens; 0 for any other key."""
    if isinstance(event, QKeyEvent) and event.modifiers() == Qt.KeyboardModifier.AltModifier:
        number = event.key() - Qt.Key.Key_0
        return number if 1 <= number <= len(QUESTIONS) else 0
    return 0
