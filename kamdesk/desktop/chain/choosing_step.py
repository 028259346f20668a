"""“Help me choose” in the panel: yes and no lead to a value and the sentence why, kept as note."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text, say
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.panel_row import support
from kamdesk.desktop.chain.panel_words import INFLUENCE_MEANS, RELATION_MEANS, stance_said
from kamdesk.desktop.chain.person_editor import ChainStep, map_of
from kamdesk.desktop.pages import Page
from kamdesk.desktop.record_step import Verb
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, ButtonRow, Kind
from kamdesk.desktop.widgets.editors import TextEditor
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.chain.choosing import CHOSEN_FROM, Choice, Question, answer, back, first
from kamdesk.domain.chain.model import ROLE_WORDS, Role
from kamdesk.domain.chain.network import Network, Node
from kamdesk.domain.chain.standing import WHAT_WORDS, What

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_YES, _NO, _BACK = Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_B
_DIGITS: Final = {
    Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2, Qt.Key.Key_4: 3, Qt.Key.Key_5: 4,
}  # fmt: skip


def choice_words(choice: Choice) -> str:
    """Return what questions led to: doubtful −1; approver; 4: helps inside."""
    value = choice.values.get(choice.what, "")
    unknown = looks.said(Text("not known"))
    match choice.what:
        case What.STANCE:
            said = stance_said(int(value) if value else None)
        case What.INFLUENCE | What.COVERAGE if value:
            means = INFLUENCE_MEANS if choice.what is What.INFLUENCE else RELATION_MEANS
            meaning = looks.said(means[int(value)])
            said = looks.said(Text("{n}: {meaning}", n=value, meaning=meaning))
        case What.ROLES if value:
            said = looks.said(ROLE_WORDS[Role(value)])
        case What.COACH:
            said = looks.said(Text("coach") if value == "1" else Text("no coach yet"))
        case _:
            said = unknown
    return looks.capital(said)


class ChoosingStep(ChainStep):
    """Asks what to judge, then question by question; nothing is saved before Ctrl+Enter."""

    def __init__(self, page: "Page[Workspace]", net: Network, node: Node) -> None:
        super().__init__(
            page,
            Text("Help me choose: {name}", name=looks.cut(node.name, 40)),
            f"choosing:{node.id.hex()}",
        )
        self._net, self._node = net, node
        self.at: Question | Choice | None = None
        look = theme.now()
        self._asked = QVBoxLayout()
        self._asked.setSpacing(look.px(10))
        self.column.insertLayout(0, self._asked)
        self.note = TextEditor(lines=2, hint=Text("what they did or said"))
        self.form.add("note", Text("What shows it"), self.note, beside=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show()

    def begin(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, n: int) -> None:
        """Begin with the questions of one kind, counted from 0."""
        self.at = first(CHOSEN_FROM[n], name=looks.cut(self._node.name, 40))
        self._show()

    def answer(self, *, yes: bool) -> None:
        """Answer the question that stands there."""
        if isinstance(self.at, Question):
            self.at = answer(self.at, yes=yes)
            self._show()

    def back(self) -> None:
        """Go to the question before, from the first one to what to judge."""
        self.at = back(self.at) if self.at is not None else None
        self._show()

    def _show(self) -> None:
        emptied(self._asked)
        at = self.at
        ended = isinstance(at, Choice)
        self.form.setVisible(ended)
        if self.do is not None:
            self.do.setVisible(ended)
        if at is None:
            self._asked.addWidget(support(Text("What shall be found out?"), Tone.SECOND))
            for n, what in enumerate(CHOSEN_FROM):
                button = Button(looks.capital(WHAT_WORDS[what]), keys=str(n + 1))
                button.clicked.connect(partial(self.choose, n))
                self._asked.addWidget(button)
        elif isinstance(at, Question):
            count = Text("{n} of at most {most}", n=at.number, most=at.most)
            self._asked.addWidget(support(count))
            self._asked.addWidget(PlainLabel(at.ask, Type.STRONG, fit=Fit.WRAP))
            yes = Button(Text("Yes"), keys="Y", kind=Kind.PRIMARY)
            no = Button(Text("No"), keys="N")
            yes.clicked.connect(lambda: self.answer(yes=True))
            no.clicked.connect(lambda: self.answer(yes=False))
            self._asked.addWidget(ButtonRow(yes, no, self._back()))
        else:
            self._asked.addWidget(PlainLabel(choice_words(at), Type.HEADING, fit=Fit.WRAP))
            self._asked.addWidget(support(at.why, Tone.SECOND))
            self._asked.addWidget(ButtonRow(self._back()))
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)
        if not ended:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> Button:
        button = Button(Text("Back"), keys="B")
        button.clicked.connect(self.back)
        return button

    def verb(self) -> Verb:
        choice, person = self.at, self._node
        if not isinstance(choice, Choice):
            raise RuleBroken(Text("Answer the questions first."), field="note")
        chain = map_of(self._net)
        typed = self.note.toPlainText().strip()
        note = "\n".join(part for part in (typed, say(choice.why, looks.language())) if part)
        values = dict(choice.values)
        if values.get(What.ROLES):
            roles = {*person.stands.roles, Role(values[What.ROLES])}
            values[What.ROLES] = " ".join(role for role in Role if role in roles)

        def verb(desk: "Workspace") -> ChangeSet:
            today = desk.clock.today()
            return desk.chain.judge(
                *(
                    desk.chain.reading(chain, person.id, what, value, on=today, note=note)
                    for what, value in values.items()
                )
            )

        return verb

    # ---- keys: they are the step's own, not the page's

    def _mine(self, event: QKeyEvent) -> bool:
        if event.modifiers() or self.note.hasFocus():
            return False
        key = Qt.Key(event.key())
        if self.at is None:
            return key in _DIGITS
        return key == _BACK or (isinstance(self.at, Question) and key in (_YES, _NO))

    def event(self, event: QEvent) -> bool:
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and self._mine(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._mine(event):
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if self.at is None:
            self.choose(_DIGITS[key])
        elif key == _BACK:
            self.back()
        else:
            self.answer(yes=key == _YES)
