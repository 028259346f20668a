"""A step about the record a page shows: its draft, what it does, closed once it is saved."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeAlias, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.pages import Page
from kamdesk.desktop.panel_step import PanelStep

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

Verb: TypeAlias = Callable[["Workspace"], ChangeSet]
OfPage = TypeVar("OfPage", bound=Page[Any])


class RecordStep(PanelStep, Generic[OfPage]):
    """A step in the side panel of ``page``; ``what`` names its draft beside its record.

    ``of`` is the page whose drafts these are; ``place`` names a draft that is not of its record.
    ``seen`` is the position of the file when the step opened. Signals: ``saved(changes)`` before
    ``closed``.
    """

    saved = Signal(object)
    of: ClassVar[str] = ""

    def __init__(
        self, page: OfPage, heading: Text, what: str, sentence: Text | str = "",
        *, do: Text | None = Text("Save"), place: str = "",  # noqa: B008  (a value)
    ) -> None:  # fmt: skip
        super().__init__(heading, sentence, do=do)
        self.page, self.seen, self._what, self._place = page, page.seen, what, place
        self.draft: Drafting | None = None
        self.wanted.connect(self._do)

    def keep_drafts(self, editors: Mapping[str, QWidget]) -> None:
        """Keep what is typed in these fields from now on."""
        place = self._place or self.place(self._what)
        self.draft = Drafting(self, self.page.workbench, place, editors)
        self.column.insertWidget(0, self.draft.line)
        self.closed.connect(self.draft.close)
        self.draft.begin()

    def place(self, what: str) -> str:
        """Return what the draft of this step is called."""
        return f"{self.of}:{(self.page.route.record or b'').hex()}:{what}"

    def verb(self) -> Verb:
        """Return what shall be done, as typed. Raises ``RuleBroken`` at a field."""
        raise NotImplementedError

    def _do(self) -> None:
        self.form.accept()
        try:
            verb = self.verb()
        except RuleBroken as error:
            self.refused(error)
            return
        self.page.workbench.do(
            self.page, verb, self._saved, self.refused, key=self._what, form=self.still
        )

    def _saved(self, changes: ChangeSet) -> None:
        if self.draft is not None:
            self.draft.settle()
        self.saved.emit(changes)
        self.closed.emit()
