"""The steps of a customer's phase: settle a standing task with its evidence, set the phase."""

from typing import TYPE_CHECKING, Final, cast

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.account.standing_reading import Shown
from kamdesk.desktop.record_step import RecordStep, Verb
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.verbs import position
from kamdesk.desktop.widgets.editors import Choice, TextEditor
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.lifecycle.phase import PHASE_WORDS, Phase, PhaseReading
from kamdesk.domain.lifecycle.rounds import StandingTask
from kamdesk.domain.lifecycle.task import TASK_STATE_WORDS, EvidenceSort, TaskState
from kamdesk.dossier.lifecycle import set_phase
from kamdesk.dossier.lifecycle_told import who_told

if TYPE_CHECKING:
    from kamdesk.desktop.account.page import AccountPage
    from kamdesk.workspace import Workspace

_IN_WORDS: Final = "words"
_BY_ITSELF: Final = ""


class TaskStep(RecordStep["AccountPage"]):
    """How one standing task stands, and what shows it."""

    of = "account"

    def __init__(self, page: "AccountPage", standing: StandingTask, shown: list[Shown]) -> None:
        self.standing = standing
        template, task = standing.template, standing.task
        super().__init__(
            page,
            Text("Standing task"),
            f"task:{task.task}:{task.round}",
            template.title,
        )
        states = (TaskState.DONE, TaskState.SAID_DONE, TaskState.NOT_NEEDED, TaskState.OPEN)
        self._shown = {one.key: one for one in shown}
        about = looks.joined(
            Text("Shown by: {what}", what=template.evidence),
            Text("Done by: {who}", who=who_told(template)),
            template.when or "",
        )
        self.column.insertWidget(0, PlainLabel(about, Type.SMALL, Tone.SECOND, fit=Fit.WRAP))
        self.state = Choice([(str(one), TASK_STATE_WORDS[one]) for one in states])
        if task.state is TaskState.NOT_NEEDED:
            self.state.choose(str(task.state))
        records = [(key, one.words) for key, one in self._shown.items()]
        self.evidence = Choice([*records, (_IN_WORDS, Text("only what I write below"))])
        likely = next((one.key for one in shown if one.sort is template.shown_by), _IN_WORDS)
        kept = f"{task.evidence}:{task.record.hex()}" if task.record else _IN_WORDS
        self.evidence.choose(kept if task.state is TaskState.DONE else likely)
        self.words = TextEditor(task.words, hint=Text("a document, a name, a date; or why not"))
        add = self.form.add
        add("state", Text("How it stands"), self.state, beside=False)
        add("evidence", Text("What shows it"), self.evidence, beside=False)
        add("words", Text("In words"), self.words, beside=False)
        self.state.currentIndexChanged.connect(self._allow)
        self._allow()
        self.keep_drafts({"state": self.state, "evidence": self.evidence, "words": self.words})

    def _allow(self) -> None:
        self.evidence.setEnabled(self.state.value == TaskState.DONE)

    def verb(self) -> Verb:
        """Return what shall be said of the task."""
        state, words, task = self.state.value, self.words.toPlainText(), self.standing.task
        chosen = self._shown.get(str(self.evidence.value))
        seen = self.page.seen

        def verb(desk: "Workspace") -> ChangeSet:
            tasks, at = desk.lifecycle, position(desk, seen)
            match state:
                case TaskState.SAID_DONE:
                    return tasks.say_done(task, seen=at)
                case TaskState.NOT_NEEDED:
                    return tasks.not_needed(task, words, seen=at)
                case TaskState.OPEN:
                    return tasks.open_again(task, seen=at)
            sort = chosen.sort if chosen else EvidenceSort.WORDS
            record = chosen.record if chosen else None
            return tasks.show(task, sort, record=record, words=words, seen=at)

        return verb


class PhaseStep(RecordStep["AccountPage"]):
    """Sets the phase by hand, with a reason, or leaves it to time and evidence."""

    of = "account"

    def __init__(self, page: "AccountPage", account: AccountId, reading: PhaseReading) -> None:
        super().__init__(
            page,
            Text("Phase"),
            "phase",
            Text("It follows from time and evidence. Set it by hand where you know better."),
        )
        self._account = account
        by_itself = Text("by time and evidence")
        choices = [(_BY_ITSELF, by_itself), *((str(p), PHASE_WORDS[p]) for p in Phase)]
        self.phase = Choice(choices, start=str(reading.shown) if reading.by_hand else _BY_ITSELF)
        self.because = TextEditor(reading.because, hint=Text("they told us so on 3 March"), lines=2)
        self.form.add("phase", Text("Phase"), self.phase, beside=False)
        self.form.add("because", Text("Why"), self.because, beside=False)
        self.keep_drafts({"phase": self.phase, "because": self.because})

    def verb(self) -> Verb:
        """Return the verb that sets the phase. Raises ``RuleBroken`` at ``because``."""
        chosen, because, seen = self.phase.value, self.because.toPlainText(), self.page.seen
        phase = Phase(cast("str", chosen)) if chosen else None
        if phase is not None and not because.strip():
            raise RuleBroken(Text("Say why: the next reader will ask."), field="because")
        account = self._account
        return lambda desk: set_phase(
            desk.storage, account, phase, because, seen=position(desk, seen)
        )
