"""The tie chosen on the map: what it is and since when; in the editor, otherwise from today on."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.stored import read_word
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.panel_row import LinkLine, PanelRow, say_or_dash, support, value
from kamdesk.desktop.chain.person_editor import ChainStep
from kamdesk.desktop.pages import Page
from kamdesk.desktop.record_step import Verb
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, ButtonRow
from kamdesk.desktop.widgets.editors import Choice, TextEditor
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.chain.bonds import BOND_WORDS, Bond
from kamdesk.domain.chain.model import TIE_WORDS, Tie, TieKind
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.standing import SURENESS_WORDS, Sureness

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

STRENGTH_WORDS: Final = {1: Text("a little"), 2: Text("clearly"), 3: Text("strongly")}


def tie_words(net: Network, tie: Tie) -> Text:
    """Return a tie as a sentence: Li Min influences Chen Lixin."""
    names = {node.id: looks.cut(node.name, 40) for node in net.nodes}
    source, target = names.get(tie.source, looks.DASH), names.get(tie.target, looks.DASH)
    if tie.kind is TieKind.CLOSE:
        return Text("{a} and {b} are close", a=source, b=target)
    if tie.kind is TieKind.CONFLICT:
        return Text("{a} and {b} are in conflict", a=source, b=target)
    if tie.negative:
        return Text("{a} turns {b} against us", a=source, b=target)
    return Text("{a} influences {b}", a=source, b=target)


class TiePart(QWidget):
    """A tie. Signals: ``wants(what)`` "tie" or "end" · ``opened(kind, id)``."""

    wants = Signal(str)
    opened = Signal(str, bytes)

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.tie: Tie | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(2))
        self._head = PlainLabel("", Type.HEADING, fit=Fit.WRAP)
        column.addWidget(self._head)
        self._kind, self._note, self._since = value(), value(), value()
        self._since_row = PanelRow(Text("Since"), self._since)
        for row in (
            PanelRow(Text("Kind"), self._kind),
            PanelRow(Text("Note"), self._note),
            self._since_row,
        ):
            column.addWidget(row)
        self.edit, self.end = Button(Text("Edit"), keys="E"), Button(Text("End"), keys="Del")
        self.edit.clicked.connect(partial(self.wants.emit, "tie"))
        self.end.clicked.connect(partial(self.wants.emit, "end"))
        self._foot = ButtonRow(self.edit, self.end)
        self._foot.setContentsMargins(0, look.px(8), 0, 0)
        column.addWidget(self._foot)

    def show_tie(self, net: Network, tie: Tie, *, may_edit: bool) -> None:
        """Show a tie of a map."""
        self.tie = tie
        said = tie_words(net, tie)
        self._head.say(said)
        self.setAccessibleName(looks.said(said))
        strength = STRENGTH_WORDS[tie.strength] if tie.kind is TieKind.INFLUENCES else ""
        against = Text("against us") if tie.negative else ""
        tone = Tone.BRICK if tie.negative or tie.kind is TieKind.CONFLICT else Tone.INK
        bond = BOND_WORDS[tie.bond] if tie.bond else ""
        kind = looks.joined(TIE_WORDS[tie.kind], strength, against, bond)
        self._kind.say(looks.capital(kind), tone)
        say_or_dash(self._note, looks.cut(tie.note, 400))
        say_or_dash(self._since, looks.day(tie.since, today=net.day) if tie.since else "")
        lines: list[QWidget] = []
        sure = read_word(Sureness, tie.sureness, None)
        if sure is not None:
            lines.append(support(looks.capital(SURENESS_WORDS[sure])))
        if tie.visit is not None:
            to = LinkLine(Text("The visit where we learnt it"))
            to.clicked.connect(partial(self.opened.emit, "visit", bytes(tie.visit)))
            lines.append(to)
        self._since_row.below(*lines)
        self._foot.setVisible(may_edit)


class TieEditor(ChainStep):
    """Kind, strength, sign and note of a tie; from today on, what was before stays."""

    def __init__(self, page: "Page[Workspace]", net: Network, tie: Tie) -> None:
        super().__init__(
            page,
            Text("Change a tie"),
            f"tie:{tie.id.hex()}",
            Text("{tie}. What you change holds from today on.", tie=tie_words(net, tie)),
        )
        self._tie = tie
        self.kind = Choice(
            [(kind, looks.capital(words)) for kind, words in TIE_WORDS.items()], start=tie.kind
        )
        self.strength = Choice(
            [
                (n, Text("{n}: {meaning}", n=n, meaning=words))
                for n, words in STRENGTH_WORDS.items()
            ],
            start=tie.strength,
        )
        self.sign = Choice(
            [(False, Text("for what they say")), (True, Text("against it"))], start=tie.negative
        )
        bonds = [(bond.value, looks.capital(words)) for bond, words in BOND_WORDS.items()]
        self.bond = Choice([("", Text("not said")), *bonds], start=tie.bond or "")
        self.note = TextEditor(tie.note, lines=2, hint=Text("how we know, what it rests on"))
        words = [(one.value, looks.capital(said)) for one, said in SURENESS_WORDS.items()]
        self.sureness = Choice([("", Text("not said")), *words], start=tie.sureness)
        for name, label, editor in (
            ("kind", Text("Kind"), self.kind),
            ("strength", Text("Strength"), self.strength),
            ("negative", Text("Which way it moves them"), self.sign),
            ("bond", Text("What joins two who are close"), self.bond),
            ("note", Text("Note"), self.note),
            ("sureness", Text("How sure"), self.sureness),
        ):
            self.form.add(name, label, editor, beside=False)
        self.keep_drafts({name: row.editor for name, row in self.form.rows.items()})

    def verb(self) -> Verb:
        base, kind, strength = self._tie, self.kind.value, self.strength.value
        changed = replace(
            base,
            bond=read_word(Bond, str(self.bond.value or ""), None),
            kind=kind if isinstance(kind, TieKind) else base.kind,
            strength=strength if isinstance(strength, int) else base.strength,
            negative=bool(self.sign.value),
            note=self.note.toPlainText(),
            sureness=str(self.sureness.value or ""),
        )
        return lambda desk: desk.chain.ties.change(changed, base=base, on=desk.clock.today())
