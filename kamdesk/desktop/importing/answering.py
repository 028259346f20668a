"""The answers about a row that may be somebody known: it is this one, it is new, decide again."""

from collections.abc import Callable, Sequence
from typing import Any

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.actions import Action
from kamdesk.desktop.importing.reading import Chosen, RowShown, such_rows
from kamdesk.transfer.candidates import VisitCandidate
from kamdesk.transfer.identity import MOST_SUGGESTED
from kamdesk.transfer.judge import Decision

Decide = Callable[[Decision | None, RowShown | None], None]


class Answers:
    """The actions that answer, by keys 1 2 3, N and 0; only those that fit a row can be done."""

    def __init__(self, add: Callable[..., Action], decide: Decide) -> None:
        self._row: RowShown | None = None
        self._decide = decide
        self._these = [
            add(
                f"import.is_{n + 1}",
                Text("It is number {n}", n=n + 1),
                lambda n=n: self._is(n),
                keys=str(n + 1),
                icon="link",
            )
            for n in range(MOST_SUGGESTED)
        ]
        self._new = add("import.is_new", Text("It is new"), self._is_new, keys="N", icon="plus")
        self._again = add(
            "import.decide_again", Text("Decide again"), self._anew, keys="0", icon="undo-2"
        )

    def about(self, row: RowShown, *, decided: bool) -> list[Action]:
        """Return the answers that can be given about a row, and let their keys work."""
        self._row = row
        found: list[Action] = []
        if decided:
            found.append(self._again)
        elif row.asks:
            perhaps = row.judgement.perhaps[:MOST_SUGGESTED]
            for action, one in zip(self._these, perhaps, strict=False):
                name = looks.cut(one.name or Text("row {n}", n=one.row or 0), 24)
                action.name = Text("It is “{name}”", name=name)
                found.append(action)
        if not decided and row.asks:
            found.append(self._new)
        self.ask(found)
        return found

    def ask(self, answers: Sequence[Action]) -> None:
        """Let these answers be given, and no others."""
        for action in (*self._these, self._new, self._again):
            action.enable(action in answers)

    @staticmethod
    def such(row: RowShown, rows: Sequence[Any]) -> list[RowShown]:
        """Return the rows that ask what this one asks."""
        return such_rows(row, rows)

    @staticmethod
    def decided(
        chosen: Chosen, answer: Decision | None, row: RowShown, rows: Sequence[RowShown]
    ) -> Chosen:
        """Return what is chosen once the answer holds for ``rows``.

        That a row is the one it resembles means for each of them the first it resembles itself.
        """
        if answer is None or answer.new or len(rows) == 1:
            return chosen.decided([one.id for one in rows], answer)
        if isinstance(row.judgement.candidate, VisitCandidate):
            return chosen.decided([one.id for one in rows], answer)
        for one in rows:
            first = one.judgement.perhaps[0]
            own = answer if one is row else Decision(record=first.record, row=first.row)
            chosen = chosen.decided([one.id], own)
        return chosen

    def _is(self, n: int) -> None:
        if self._row is not None and n < len(self._row.judgement.perhaps):
            one = self._row.judgement.perhaps[n]
            self._decide(Decision(record=one.record, row=one.row), self._row)

    def _is_new(self) -> None:
        self._decide(Decision(), self._row)

    def _anew(self) -> None:
        self._decide(None, self._row)
