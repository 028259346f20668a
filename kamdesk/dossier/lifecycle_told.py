"""A customer's phase in sentences: by time, by evidence with what is missing, set by hand."""

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.lifecycle.phase import PHASE_WORDS, PhaseReading
from kamdesk.domain.lifecycle.task import EVIDENCE_WORDS, EvidenceSort, Task, TaskState
from kamdesk.domain.lifecycle.template import Template
from kamdesk.domain.lifecycle.templates import template
from kamdesk.storage.database import Reader

ROLE_OF_OURS = {
    "K": Text("key account manager"),
    "2": Text("second owner"),
    "S": Text("solution"),
    "D": Text("delivery and service"),
    "X": Text("executive counterpart"),
    "M": Text("sales manager"),
    "P": Text("product and R&D"),
    "legal": Text("legal department"),
}
"""Who does a standing task (``field_book.md`` 6.1)."""

_SHOWN = {
    EvidenceSort.VISIT: "SELECT coalesce(topic, objective, start) FROM visits WHERE id = ?",
    EvidenceSort.PROMISE: "SELECT words FROM promises WHERE id = ?",
    EvidenceSort.OPPORTUNITY: "SELECT name FROM opportunities WHERE id = ?",
    EvidenceSort.FILE: "SELECT name FROM files WHERE id = ?",
}


def phase_told(reading: PhaseReading) -> list[Text]:
    """Return why a customer is in their phase, sentence by sentence; what is missing stands third.

    The second sentence ends with it where something is missing.
    """
    time, evidence = PHASE_WORDS[reading.by_time], PHASE_WORDS[reading.by_evidence]
    told = []
    if reading.by_hand:
        told.append(Text("Set by hand: {why}", why=reading.because))
    told.append(Text("By time: {phase}.", phase=time))
    if reading.missing:
        told.append(
            Text("By evidence: {phase}; missing: {what}.", phase=evidence, what=reading.missing)
        )
    else:
        told.append(Text("By evidence: {phase}.", phase=evidence))
    if reading.not_judged:
        told.append(Text("Not judged: {what}.", what=reading.not_judged))
    return told


def who_told(shown: Template) -> tuple[Text, ...]:
    """Return who of ours does a standing task."""
    return tuple(ROLE_OF_OURS[role] for role in shown.who if role in ROLE_OF_OURS)


def task_called(task: Task) -> Text | str:
    """Return the title of a touched task; its key where a newer program wrote it."""
    known = template(task.task)
    return known.title if known else task.task


def settled_told(reader: Reader, task: Task) -> Text | str:
    """Return what shows a settled task: the record's name, the words, or that nothing does."""
    if task.state is TaskState.SAID_DONE:
        return Text("said done, nothing shows it")
    if task.state is TaskState.NOT_NEEDED:
        return Text("not needed: {why}", why=task.words)
    named = _record_called(reader, task.evidence, task.record)
    if task.evidence is None or not (named or task.words):
        return EVIDENCE_WORDS[task.evidence] if task.evidence else Text("done with evidence")
    said = tuple(filter(None, (named, task.words)))
    return Text("{sort}: {what}", sort=EVIDENCE_WORDS[task.evidence], what=said)


def _record_called(reader: Reader, sort: EvidenceSort | None, record: Id | None) -> str:
    if sort not in _SHOWN or record is None:
        return ""
    row = reader.ask(_SHOWN[sort] + " AND NOT gone", record).first()
    return str(row[0] or "") if row else ""
