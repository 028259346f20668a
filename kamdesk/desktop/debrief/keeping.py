"""The draft of a debrief: answers, the open question and the line one is typing in."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kamdesk.desktop.debrief.line_field import LineField
from kamdesk.desktop.debrief.talk import Talk
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.workbench import Workbench
from kamdesk.dossier.debrief import Question, read_answers, write_answers

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class TalkDraft(Drafting):
    """Keeps a talk as one types, like the draft of a form; ``changed`` tells it of an answer."""

    def __init__(
        self,
        page: QWidget,
        workbench: "Workbench[Workspace]",
        place: str,
        talk: Talk,
        field: LineField,
    ) -> None:
        self._talk, self._field = talk, field
        super().__init__(page, workbench, place, {"line": field})

    @property
    def typed(self) -> dict[str, str]:
        """The talk as texts."""
        talk = self._talk
        start = talk.seen.visit.start
        return {
            "line": self._field.text(),
            "answers": write_answers(talk.answers),
            "at": talk.at.value,
            "here": "1" if talk.here else "",
            "pending": json.dumps(
                {question.value: text for question, text in talk.pending.items()},
                ensure_ascii=False,
            ),
            "start": "" if talk.seen.planned or start is None else str(start),
        }

    def changed(self) -> None:
        """An answer was given or taken back: keep it at once."""
        if self.open:
            self.keep()

    def _set(self, content: Mapping[str, str]) -> None:
        talk = self._talk
        if "answers" in content:
            talk.answers = read_answers(content["answers"])
        if content.get("at") in [question.value for question in Question]:
            talk.at = Question(content["at"])
        talk.here = bool(content.get("here"))
        if "pending" in content:
            talk.pending = _pending(content["pending"])
        super()._set({"line": content.get("line", "")})


def _pending(text: str) -> dict[Question, str]:
    try:
        kept = json.loads(text)
        return {Question(name): str(line) for name, line in kept.items()}
    except (ValueError, AttributeError):
        return {}
