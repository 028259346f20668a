"""The panel that changes the customers chosen: what, to what, and what that would do."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from kamdesk.core.errors import Refusal
from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account.naming import customer_meant, customers_like
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.fields import FieldRow
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.name_editor import NameEditor
from kamdesk.domain.accounts.model import CLASS_WORDS, ORGANISATION_WORDS
from kamdesk.domain.own_fields.model import NO, YES, OwnField, Sort
from kamdesk.domain.team.model import Colleague
from kamdesk.dossier.bulk_change import (
    Edit,
    Outlook,
    edit_of_field,
    edit_of_tags,
    edit_of_text,
)

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.workspace import Workspace

MakeEdit = Callable[["Workspace"], Edit]
"""Reads what was typed on the desk's thread; raises ``RuleBroken`` at ``value``."""
_REASONS = 5
_AFTER = 250
"""Milliseconds after the last key until what would happen is looked at."""
_NOTHING = Text("not known")


class Changeable(NamedTuple):
    """Something that can be changed: its words, how it is edited, how the edit is read."""

    key: str
    words: Text | str
    editor: Callable[[], Choice | LineEditor]
    edit: Callable[[Choice | LineEditor], MakeEdit]


def changeable(
    page: "Page[Workspace]", own: Sequence[OwnField], colleagues: Sequence[Colleague]
) -> list[Changeable]:
    """Return what can be changed of many customers at once."""
    nothing: tuple[object, Text] = (None, _NOTHING)
    owners: list[tuple[object, Text | str]] = [nothing, *((c.id, c.name) for c in colleagues)]

    def like(text: str, then: Callable[..., object]) -> None:
        page.ask(lambda desk: customers_like(desk, text), then, key="names")

    def below(editor: Choice | LineEditor) -> MakeEdit:
        named = editor.value if isinstance(editor, NameEditor) else None

        def edit(desk: "Workspace") -> Edit:
            above = customer_meant(desk, named, field="value") if named else None
            return Edit(cell="group_parent", value=above)

        return edit

    return [
        Changeable("class", Text("Class"), _choice(nothing, CLASS_WORDS), _cell("class_by_hand")),
        Changeable("owner", Text("Owner"), lambda: Choice(owners), _cell("owner")),
        Changeable("add", Text("Add tags"), _line(Text("apart by commas")), _tags(remove=False)),
        Changeable(
            "remove", Text("Take tags away"), _line(Text("apart by commas")), _tags(remove=True)
        ),
        Changeable("industry", Text("Industry"), _line(), _text("industry")),
        Changeable("city", Text("City"), _line(), _text("place")),
        Changeable(
            "organisation",
            Text("Organisation"),
            _choice(nothing, ORGANISATION_WORDS),
            _cell("organisation"),
        ),
        Changeable("group", Text("Part of the group"), lambda: NameEditor(like), below),
        *(_of_own(field) for field in own),
    ]


class BulkPanel(PanelStep):
    """Changes customers that were chosen, as one action that can be undone.

    Signals besides ``wanted`` and ``closed``: ``asked`` what would happen wants to be known.
    """

    asked = Signal()

    def __init__(self, ways: Sequence[Changeable], accounts: Sequence[AccountId]) -> None:
        super().__init__(
            Text("Change {n} customer", "Change {n} customers", n=len(accounts)),
            do=Text("Change"),
        )
        self.accounts = tuple(accounts)
        self._ways = {way.key: way for way in ways}
        self.what = Choice([(way.key, way.words) for way in ways])
        self.form.add("what", Text("What"), self.what, beside=False)
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self._row: FieldRow | None = None
        self._outlook = PlainLabel("", Type.BODY, Tone.INK, fit=Fit.WRAP)
        self._reasons = PlainLabel("", Type.SMALL, Tone.OCHRE, fit=Fit.WRAP)
        self.column.addSpacing(theme.now().px(4))
        self.column.addWidget(self._outlook)
        self.column.addWidget(self._reasons)
        self._later = QTimer(self, singleShot=True, interval=_AFTER)
        self._later.timeout.connect(self.asked)
        self.what.currentIndexChanged.connect(lambda _: self._what_chosen())
        self._what_chosen()

    @property
    def editor(self) -> Choice | LineEditor:
        """Where the new value is written."""
        editor = self.form.rows["value"].editor
        assert isinstance(editor, Choice | LineEditor)  # noqa: S101  (made below)
        return editor

    @property
    def edit(self) -> MakeEdit:
        """What reads the edit as it stands now."""
        return self._ways[str(self.what.value)].edit(self.editor)

    def show_outlook(self, outlook: Outlook) -> None:
        """Say what the edit would do."""
        self.form.accept()
        changing = len(outlook.changing)
        self._outlook.say(
            looks.joined(
                Text("{n} will change", "{n} will change", n=changing),
                Text("{n} is so already", "{n} are so already", n=outlook.same)
                if outlook.same
                else "",
                Text("{n} cannot be changed", "{n} cannot be changed", n=len(outlook.refused))
                if outlook.refused
                else "",
            )
        )
        reasons = [f"{one.name}: {looks.said(one.why)}" for one in outlook.refused[:_REASONS]]
        if more := len(outlook.refused) - len(reasons):
            reasons.append(looks.said(Text("+{n} more", "+{n} more", n=more)))
        self._reasons.say("\n".join(reasons))
        self._reasons.setVisible(bool(reasons))
        self._let(changing > 0)

    def refused(self, error: Refusal) -> None:
        """Say at the field why it was refused; nothing can be done until it is mended."""
        self._outlook.say("")
        self._reasons.hide()
        super().refused(error)
        self._let(False)

    def wait_to_say(self) -> None:
        """Say nothing of what would happen until it is known; nothing can be done before."""
        self._let(False)
        self._later.start()

    def _let(self, possible: bool) -> None:
        if self.do is not None:
            self.do.setEnabled(possible)

    def _what_chosen(self) -> None:
        if (old := self.form.rows.pop("value", None)) is not None:
            old.hide()
            old.deleteLater()
        way = self._ways[str(self.what.value)]
        editor = way.editor()
        row = FieldRow("value", Text("New value"), editor, beside=False)
        self.form.rows["value"] = row
        self._place.addWidget(row)
        if isinstance(editor, Choice):
            editor.currentIndexChanged.connect(lambda _: self.wait_to_say())
        else:
            editor.textChanged.connect(lambda _: self.wait_to_say())
            editor.returnPressed.connect(self._press)
        self._outlook.say("")
        self._reasons.hide()
        self.wait_to_say()


def _choice(nothing: tuple[object, Text], words: Mapping[Any, Text]) -> Callable[[], Choice]:
    return lambda: Choice([nothing, *words.items()])


def _line(hint: Text | str = "") -> Callable[[], LineEditor]:
    return lambda: LineEditor(hint=hint)


def _said(editor: Choice | LineEditor) -> str:
    return editor.text() if isinstance(editor, LineEditor) else ""


def _cell(cell: str) -> Callable[[Choice | LineEditor], MakeEdit]:
    def edit(editor: Choice | LineEditor) -> MakeEdit:
        value = editor.value if isinstance(editor, Choice) else None
        plain = value if value is None or isinstance(value, bytes) else str(value)
        return lambda _: Edit(cell=cell, value=plain)

    return edit


def _text(cell: str) -> Callable[[Choice | LineEditor], MakeEdit]:
    def edit(editor: Choice | LineEditor) -> MakeEdit:
        typed = _said(editor)
        return lambda _: edit_of_text(cell, typed)

    return edit


def _tags(*, remove: bool) -> Callable[[Choice | LineEditor], MakeEdit]:
    def edit(editor: Choice | LineEditor) -> MakeEdit:
        typed = _said(editor)
        return lambda _: edit_of_tags(typed, remove=remove)

    return edit


def _of_own(field: OwnField) -> Changeable:
    choices: list[tuple[object, Text | str]] = []
    if field.sort is Sort.YES_NO:
        choices = [(YES, field.said(YES)), (NO, field.said(NO))]
    elif field.sort is Sort.CHOICE:
        choices = [(word, word) for word in field.choices]

    def edit(editor: Choice | LineEditor) -> MakeEdit:
        typed = str(editor.value or "") if isinstance(editor, Choice) else editor.text()
        return lambda desk: edit_of_field(field, typed, storage=desk.storage)

    editor = partial(Choice, [(None, _NOTHING), *choices]) if choices else _line()
    return Changeable(f"own:{field.id.hex()}", field.name, editor, edit)
