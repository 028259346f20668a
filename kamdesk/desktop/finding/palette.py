"""The palette: one field over the window that finds customers, people, notes, help and commands."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.finding.commands import (
    WORDS,
    Command,
    Used,
    commands_of,
    sounds_of,
)
from kamdesk.desktop.finding.deeds import deeds, route_to
from kamdesk.desktop.finding.heard import typed_marks
from kamdesk.desktop.finding.results import Found, Results
from kamdesk.desktop.help.library import look_up
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.floating import Floating
from kamdesk.desktop.widgets.flow import Flow
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Divider, PlainLabel, explained
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.desktop.workbench import Workbench

if TYPE_CHECKING:
    from kamdesk.search.hits import Hit, Names
    from kamdesk.workspace import Workspace

_NAMES, _NOTES, _COMMANDS, _HELP, _USED = 5, 4, 5, 3, 5
_ICONS = {"account": "building-2", "person": "user-round", "visit": "calendar-check"}

Group = tuple[Text, list[Found]]
Sounds = dict[str, tuple[str, ...]]
"""How names are said, a syllable for each character."""


def open_palette(window: MainWindow[Any], bench: "Workbench[Workspace] | None") -> None:
    """Open the palette over a window, once."""
    if bench is not None and window.findChild(Palette) is None:
        Palette(window, bench)


class Palette(Floating):
    """Hits, then what can be done with the first one, then commands; Esc closes."""

    def __init__(self, window: MainWindow[Any], bench: "Workbench[Workspace]") -> None:
        super().__init__(window, wide=680)
        self._main, self._bench = window, bench
        self._used = Used(window.remembered)
        self._every = commands_of(window)
        self._names: list[Group] = []
        self._first: Hit | None = None
        self._notes: list[Found] = []
        self._commands: list[Group] = []
        self._help: list[Found] = []
        self._build()
        self._typed("")
        self.open(self.field)
        if missing := WORDS.missing(self._every):
            bench.ask(self, lambda _desk: sounds_of(missing), self._learn, key="sounds")

    def _build(self) -> None:
        look = theme.now()
        self.field = QLineEdit()
        self.field.setObjectName("palette")
        self.field.setFrame(False)
        self.field.setStyleSheet("border: 0; background: transparent; padding: 0;")
        self.field.setFont(look.font(Type.HEADING))
        self.field.setPlaceholderText(looks.said(Text("Search or run a command")))
        self.field.setAccessibleName(looks.said(Text("Search or run a command")))
        self.field.textChanged.connect(self._typed)
        head = QHBoxLayout()
        head.setContentsMargins(look.px(20), 0, look.px(20), 0)
        head.setSpacing(look.px(14))
        head.addWidget(IconMark("search", 18))
        head.addWidget(self.field, 1)
        self._how_many = PlainLabel("", Type.SMALL, Tone.MUTED)
        head.addWidget(self._how_many)
        top = QWidget()
        top.setLayout(head)
        top.setFixedHeight(look.px(55))
        self.results = Results()
        self.results.itemClicked.connect(lambda _: self._enter())
        hints = (
            ("Up+Down", Text("Choose")),
            ("Enter", Text("Open")),
            ("Tab", Text("What to do with it")),
            (">", Text("Commands only")),
            ("Esc", Text("Close")),
        )
        self._foot = Flow(
            [explained(KeyCap(keys), does, gap=8) for keys, does in hints],
            gap=look.px(18),
            line=look.px(6),
        )
        self._foot.setContentsMargins(look.px(20), look.px(9), look.px(20), look.px(9))
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for part in (top, Divider(), self.results, Divider(), self._foot):
            column.addWidget(part)

    # ---- finding

    def _typed(self, text: str) -> None:
        typed = text.strip()
        only = typed.startswith(">")
        self._commands = self._fitting(typed.removeprefix(">").strip(), every=only or not typed)
        self._help = [] if only else self._helping(typed)
        if only or not typed:
            self._names, self._notes, self._first = [], [], None
            self._bench.ask(self, lambda _desk: None, lambda _: None, key="names")
            self._bench.ask(self, lambda _desk: None, lambda _: None, key="notes")
            self._lay_out()
            return
        self._bench.ask(
            self,
            lambda desk: _named(desk, typed),
            lambda found: self._show_names(typed, *found),
            key="names",
        )
        self._bench.ask(
            self, lambda desk: desk.search.notes(typed, _NOTES), self._show_notes, key="notes"
        )

    def _learn(self, sounds: Any) -> None:
        WORDS.learn(sounds)
        typed = self.field.text()
        if typed.strip():  # else nothing shown depends on it
            self._typed(typed)

    def _show_names(self, typed: str, names: "Names", sounds: Sounds) -> None:
        accounts = [self._row(hit, typed, sounds) for hit in names.accounts]
        people = [self._row(hit, typed, sounds) for hit in names.people]
        self._names = [(Text("Customers"), accounts), (Text("People"), people)]
        self._first = next(iter((*names.accounts, *names.people)), None)
        self._lay_out()

    def _show_notes(self, hits: "list[Hit]") -> None:
        self._notes = [self._note(hit) for hit in hits]
        self._lay_out()

    def _fitting(self, typed: str, *, every: bool) -> list[Group]:
        ranked = []
        for n, command in enumerate(self._every):
            rank = WORDS.rank(command.name, typed) if typed else 0
            if rank is not None:
                ranked.append(((rank, self._used.place(command.id), n), command))
        fitting = [command for _, command in sorted(ranked, key=lambda one: one[0])]
        if typed or not every:
            shown = fitting if every else fitting[:_COMMANDS]
            return [(Text("Commands"), [self._command(one) for one in shown])]
        known = set(self._used.ids[:_USED])
        used = [one for one in fitting if one.id in known]
        others = [one for one in fitting if one.id not in known]
        return [
            (Text("Used last"), [self._command(one) for one in used]),
            (Text("Commands"), [self._command(one) for one in others]),
        ]

    def _command(self, one: Command) -> Found:
        def do() -> None:
            self._used.note(one.id)
            one.do()

        return Found(
            icon=one.icon,
            title=looks.said(one.name),
            beside=looks.said(one.beside),
            keys=one.keys,
            do=do,
        )

    def _helping(self, typed: str) -> list[Found]:
        if not self._main.knows("help"):
            return []
        return [
            Found(
                icon="circle-help",
                title=passage.words or passage.title,
                beside=passage.title if passage.words else "",
                do=partial(self._main.go, Route("help", None, passage.page)),
            )
            for passage in look_up(typed, looks.language(), _HELP)
        ]

    def _row(self, hit: "Hit", typed: str, sounds: Sounds) -> Found:
        same = hit.matched == hit.title
        firm = hit.account_name if hit.kind == "person" else ""
        other = "" if same or hit.matched == firm else hit.matched
        syllables = sounds.get(hit.matched, ())
        title = looks.plain(hit.title)
        return Found(
            icon=_ICONS.get(hit.kind, "file-text"),
            title=title,
            beside=looks.joined(" ".join(syllables), other, firm),
            marks=typed_marks(title, typed, syllables) if same else (),
            do=lambda: self._open(hit),
        )

    def _note(self, hit: "Hit") -> Found:
        day = looks.day(hit.day) if hit.day else ""
        where = looks.joined(hit.account_name, hit.place, day)
        return Found(
            icon=_ICONS.get(hit.kind, "message-square"),
            title=looks.plain(" ".join(hit.matched.split()))[:120],
            beside=where,
            do=lambda: self._open(hit),
        )

    def _open(self, hit: "Hit") -> None:
        if (route := route_to(hit)) is not None:
            self._main.go(route)

    # ---- showing

    def _lay_out(self) -> None:
        hits = _numbered(self._names)
        with_it: list[Group] = []
        if (first := self._first) is not None:
            name = looks.cut(looks.plain(first.title), 24)
            self._with = Text("With {name}", name=name)
            with_it = [(self._with, deeds(self._main, self._bench, first))]
        self.results.show_groups(
            [
                *hits,
                *with_it,
                *self._commands,
                (Text("Notes"), self._notes),
                (Text("Help"), self._help),
            ]
        )
        found = sum(len(rows) for _, rows in hits) + len(self._notes) + len(self._help)
        typed = self.field.text().strip()
        said: Text | str = ""
        if typed and not typed.startswith(">"):
            said = Text("{n} found", "{n} found", n=found) if found else Text("nothing found")
        self._how_many.say(said)
        self.place()

    def wanted_height(self) -> int:
        look = theme.now()
        foot = self._foot.heightForWidth(self.wide - 2)
        return look.px(55) + foot + 4 + max(self.results.wanted_height + look.px(8), 8)

    def _enter(self) -> None:
        found = self.results.found
        if found is not None:
            self.go_away()
            found.do()

    def key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.results.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif control and Qt.Key.Key_2 <= key <= Qt.Key.Key_9:
            if self.results.choose_keys(f"Ctrl+{key - Qt.Key.Key_0}"):
                self._enter()
        elif key == Qt.Key.Key_Tab:
            if self._first is not None:
                self.results.choose_group(looks.said(self._with))
        elif key != Qt.Key.Key_Backtab:
            return super().key(event)
        return True


def _numbered(groups: list[Group]) -> list[Group]:
    """Return hits with the key that opens each: Enter the first, Ctrl and a number the others."""
    n, numbered = 0, []
    for name, rows in groups:
        keyed = []
        for row in rows:
            n += 1
            keyed.append(row.with_keys("Enter" if n == 1 else f"Ctrl+{n}" if n < 10 else ""))
        numbered.append((name, keyed))
    return numbered


def _named(desk: "Workspace", typed: str) -> "tuple[Names, Sounds]":
    """Return names found, and how those are said that were found by their sound."""
    from kamdesk.search.hits import How

    names = desk.search.names(typed, _NAMES)
    by_sound = {
        hit.matched
        for hit in (*names.accounts, *names.people)
        if hit.how in (How.SPELLING, How.INITIALS) and not hit.matched.isascii()
    }
    spoken = desk.search.spoken(by_sound) if by_sound else {}
    return names, {name: said.variants()[0].syllables for name, said in spoken.items()}
