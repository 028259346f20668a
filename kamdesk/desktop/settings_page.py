"""The settings of this machine: each as it is declared, chosen and done at once."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk import settings
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.application import Application
from kamdesk.desktop.habits import HabitFields, HabitsRead, read_habits
from kamdesk.desktop.pages import Around, Page, Route
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.labels import Divider, Fit, PlainLabel
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.settings import AnySetting

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class Way(NamedTuple):
    """A row that leads to a page of its own: what is settled there is kept in the workspace."""

    group: Text
    title: Text
    help: Text
    button: Text
    icon: str
    page: str
    keys: str = ""


WAYS: Final = (
    Way(
        Text("Safety"),
        Text("Backups, passphrase, recovery code"),
        Text("When it was backed up, what opens it, who is kept too long."),
        Text("Safety…"),
        "shield-check",
        "safety",
        "Ctrl+.",
    ),
    Way(
        Text("House"),
        Text("Fields of your own"),
        Text("What your trade asks for beside what KamDesk knows of customers and people."),
        Text("Own fields…"),
        "sliders-horizontal",
        "own_fields",
    ),
    Way(
        Text("House"),
        Text("Calendars of other programs"),
        Text("Your appointments are planned around; your visits go into any calendar."),
        Text("Calendars…"),
        "calendar",
        "calendars",
        "Ctrl+Shift+Y",
    ),
    Way(
        Text("House"),
        Text("Rules for decision chains"),
        Text("Which method chains are judged by, its thresholds, and how often it was right."),
        Text("Playbook…"),
        "book-open",
        "playbook",
        "Ctrl+Shift+B",
    ),
)
"""What is settled elsewhere; to add a page of settings, add its row."""


class SettingsPage(Page["Workspace"]):
    """All declared settings, and where the workspace lies."""

    title = Text("Settings")
    follows = ("habits", "learnt_leg")
    keys = (("Tab", Text("Next")), ("←+→", Text("Choose")))

    def __init__(
        self, around: "Around[Workspace]", route: Route, application: Application, folder: Path
    ) -> None:
        self._application, self._folder = application, folder
        self.controls: dict[str, QWidget] = {}
        self._resumed = ""
        super().__init__(around, route)

    def build(self) -> None:
        self.head(Text("Settings"))
        group = None
        for setting in settings.DECLARED:
            if setting.title is None:
                continue
            if setting.group != group:
                group = setting.group
                self.section(group)
            self.add(self._row(setting))
        self.section(Text("Week plan"))
        self.habits = HabitFields(self)
        self.add(self.habits)
        self.actions_here.add(
            "settings.edit", Text("Edit how my week runs"), self.habits.edit, keys="E"
        )
        for name in dict.fromkeys(way.group for way in WAYS):
            self.section(name)
            for way in WAYS:
                if way.group == name:
                    self.add(self._way(way))
        self.section(Text("Workspace"))
        self._facts = QVBoxLayout()
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setSpacing(0)
        holder = QWidget()
        holder.setLayout(self._facts)
        self.add(holder)
        self.sheet.fill()
        self._tell((Text("Folder"), str(self._folder)))

    def _way(self, way: Way) -> QWidget:
        button = Button(way.button, icon=way.icon, keys=way.keys)
        button.clicked.connect(lambda: self.go(way.page))
        return _row(way.title, way.help, button)

    def panes(self) -> tuple[QWidget, ...]:
        wanted = self.controls.get(self.route.tab)
        return (wanted,) if wanted is not None else tuple(self.controls.values())[:1]

    def reload(self) -> None:
        def asked(desk: "Workspace") -> tuple[str, int, int]:
            me = desk.team.ask.find(desk.team.sits_here)
            return me.name if me else "", desk.accounts.ask.count(), desk.people.ask.count()

        self.ask(asked, self._show)
        self.ask(read_habits, self._show_habits, key="habits")

    def _show_habits(self, read: HabitsRead) -> None:
        self.habits.show_read(read)
        if self._resumed in self.habits.fields:
            self.habits.fields[self._resumed].begin()
        self._resumed = ""

    def resume(self, place: str) -> None:
        """Go on writing in a field, named last in the name of its draft."""
        name = place.rpartition(":")[2]
        if self.habits.shown and name in self.habits.fields:
            self.habits.fields[name].begin()
        else:
            self._resumed = name

    def _show(self, found: tuple[str, int, int]) -> None:
        me, accounts, people = found
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        others = [
            recent
            for recent in self._application.chosen.get(settings.RECENT_WORKSPACES)
            if Path(recent) != self._folder.resolve()
        ]
        held = looks.joined(
            Text("{n} customer", "{n} customers", n=accounts),
            Text("{n} person", "{n} people", n=people),
        )
        self._tell((Text("Folder"), str(self._folder)))
        self._tell((Text("You are"), me or Text("not known")))
        self._tell((Text("It holds"), held))
        for n, other in enumerate(others[:4]):
            self._tell((Text("Opened before") if not n else "", other))

    def _tell(self, pair: "tuple[Text | str, Text | str]") -> None:
        label, words = pair
        value = PlainLabel(words, Type.BODY, fit=Fit.ELIDE)
        self._facts.addWidget(_row(label, "", value))

    def _row(self, setting: AnySetting) -> QWidget:
        title = setting.title or Text("Settings")
        control = self._control(setting, title)
        self.controls[setting.key] = control
        return _row(title, setting.help or "", control)

    def _control(self, setting: Any, title: Text) -> QWidget:
        now = self._application.chosen.get(setting)
        if len(setting.choices) > 3:
            listed = Choice(list(setting.choices), start=now)
            listed.setAccessibleName(looks.said(title))
            listed.activated.connect(lambda _: self._choose(setting, listed.value))
            return listed
        if setting.choices:
            made = SegmentedControl(
                title,
                [(str(value), words) for value, words in setting.choices],
                start=str(now),
            )
            values = {str(value): value for value, _ in setting.choices}
            made.chosen.connect(lambda key: self._choose(setting, values[key]))
            return made
        editor = LineEditor(str(now))
        editor.setAccessibleName(looks.said(title))
        editor.setFixedWidth(theme.now().px(96))
        editor.editingFinished.connect(lambda: self._number(setting, editor))
        return editor

    def _number(self, setting: Any, editor: LineEditor) -> None:
        typed = editor.text().strip()
        self._choose(setting, int(typed) if typed.isdecimal() and len(typed) < 6 else typed)
        editor.setText(str(self._application.chosen.get(setting)))

    def _choose(self, setting: Any, value: Any) -> None:
        app = self._application
        does: dict[str, Callable[[Any], object]] = {
            settings.LANGUAGE.key: app.choose_language,
            settings.THEME.key: app.choose_theme,
            settings.TEXT_SIZE.key: app.choose_text_size,
            settings.PAPER_LANGUAGE.key: app.choose_paper_language,
        }
        change = does.get(setting.key) or partial(app.chosen.choose, setting)
        try:
            change(value)
        except Refusal as refusal:
            self.around.say(refusal.said)


def _row(label: Text | str, help: Text | str, control: QWidget) -> QWidget:
    look = theme.now()
    holder = QWidget()
    words = QVBoxLayout()
    words.setSpacing(0)
    tone = Tone.INK if help else Tone.SECOND
    words.addWidget(PlainLabel(label, Type.BODY, tone, fit=Fit.WRAP))
    if help:
        words.addWidget(PlainLabel(help, Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
    left = QWidget()
    left.setLayout(words)
    words.setContentsMargins(0, 0, 0, 0)
    left.setFixedWidth(look.px(296 if look.percent <= 150 else 200))
    row = QHBoxLayout()
    row.setContentsMargins(0, look.px(8), 0, look.px(8))
    row.setSpacing(look.px(24))
    row.addWidget(left)
    grows = control.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
    row.addWidget(control, 1 if grows else 0, Qt.AlignmentFlag.AlignVCenter)
    if not grows:
        row.addStretch(1)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(row)
    column.addWidget(Divider())
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return holder
