"""Commands: all that can be done here, found in both languages, by pinyin and by initials."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtWidgets import QWidget

from kamdesk import settings
from kamdesk.assets import asset
from kamdesk.core.wording import LANGUAGES, Text, say
from kamdesk.desktop.actions import Action
from kamdesk.desktop.pages import Route
from kamdesk.settings import Remembered

if TYPE_CHECKING:
    from kamdesk.desktop.main_window import MainWindow

_USED: Final = "commands.used"
_MOST_USED: Final = 12
_NOT_LISTED: Final = frozenset({"search"})


class Command(NamedTuple):
    """One thing that can be done: ``id`` stays, ``name`` is for people, ``beside`` says where."""

    id: str
    name: Text
    icon: str
    keys: str
    do: Callable[[], object]
    beside: Text | str = ""


def commands_of(window: "MainWindow[Any]") -> list[Command]:
    """Return every action of the page shown and of the window, then every setting.

    What both can do under one name stands there once, as the page does it.
    """
    page = window.page
    seen = [a for a in page.findChildren(Action) if _is_seen(a)] if page is not None else []
    here = {action.name.source for action in seen if action.enabled}
    wide = (action for action in window.actions_here if action.name.source not in here)
    actions = {action.id: action for action in (*seen, *wide)}
    found = [
        Command(action.id, action.name, action.icon or "chevron-right", action.keys, action.trigger)
        for action in actions.values()
        if action.enabled and action.id not in _NOT_LISTED
    ]
    if window.knows("settings"):
        found += [_setting(window, one) for one in settings.DECLARED if one.title is not None]
    return found


def _is_seen(action: Action) -> bool:
    owner = action.parent()
    return isinstance(owner, QWidget) and owner.isVisible()


def _setting(window: "MainWindow[Any]", one: settings.AnySetting) -> Command:
    route = Route("settings", None, one.key)
    return Command(
        f"setting.{one.key}",
        one.title or Text("Settings"),
        "settings",
        "",
        lambda: window.go(route),
        Text("Settings"),
    )


class Sounds(NamedTuple):
    """How a Chinese name sounds: its syllables, and what stands for each in an abbreviation."""

    syllables: tuple[str, ...]
    initials: str


class CommandWords:
    """Knows by which words a command is found, whatever language the window speaks."""

    def __init__(self) -> None:
        self._sounds: dict[str, Sounds] = {}

    def missing(self, commands: Iterable[Command]) -> list[str]:
        """Return the Chinese names whose sound is not known yet."""
        names = {say(command.name, "zh") for command in commands}
        return [name for name in names if not name.isascii() and name not in self._sounds]

    def learn(self, sounds: dict[str, Sounds]) -> None:
        """Remember how names sound."""
        self._sounds.update(sounds)

    def rank(self, name: Text, typed: str) -> int | None:
        """Return how well a name fits: 0 begins with it, 1 has all its words; None not at all."""
        whole = typed.casefold().strip()
        names = [say(name, language).casefold() for language in LANGUAGES]
        sound = self._sounds.get(names[-1])
        spoken = "".join(sound.syllables) if sound else ""
        initials = sound.initials if sound else ""
        begins = (*names, spoken, initials)
        if any(form.startswith(whole.replace(" ", "")) for form in begins if form):
            return 0
        if names[0].startswith(whole):
            return 0
        words = whole.split()
        return 1 if all(self._fits(word, names, sound) for word in words) else None

    def _fits(self, word: str, names: list[str], sound: Sounds | None) -> bool:
        if any(word in name for name in names):
            return True
        if sound is None:
            return False
        ends = ("".join(sound.syllables[n:]) for n in range(len(sound.syllables)))
        return any(end.startswith(word) for end in ends) or word in sound.initials


WORDS: Final = CommandWords()
"""The words of the program's own commands, for all its windows."""


def sounds_of(names: Iterable[str]) -> dict[str, Sounds]:
    """Return how Chinese names of commands sound: by the usual sound of each character."""
    usual = _usual_sounds()
    found = {}
    for name in names:
        syllables = tuple(usual.get(char, char.casefold()) for char in name if char.isalnum())
        found[name] = Sounds(syllables, "".join(one[0] for one in syllables))
    return found


@cache
def _usual_sounds() -> dict[str, str]:
    """Return the commonest sound of the common characters.

    Names of customers are spelt with far larger dictionaries, which take fifty megabytes.
    """
    lines = asset("i18n", "syllables.txt").read_text("utf-8").splitlines()
    pairs = (line.split(" ", 1) for line in lines)
    return {char: syllable for syllable, chars in pairs for char in chars}


class Used:
    """Which commands were used last, the latest first; remembered on this computer."""

    def __init__(self, remembered: Remembered) -> None:
        self._remembered = remembered

    @property
    def ids(self) -> list[str]:
        """Their ids."""
        kept = self._remembered.get(_USED)
        return [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []

    def note(self, id: str) -> None:
        """Remember that a command was used just now."""
        others = [one for one in self.ids if one != id]
        self._remembered.put(_USED, [id, *others[: _MOST_USED - 1]])

    def place(self, id: str) -> int:
        """Return how long ago it was used: 0 is the last one, unused ones come after all."""
        ids = self.ids
        return ids.index(id) if id in ids else len(ids)
