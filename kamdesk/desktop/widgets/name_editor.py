"""A line that takes the name of a record: what fits, by pinyin too, comes up while one types."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.widgets.editors import LineEditor

_BETWEEN = re.compile(r"\s*[,;，；、]\s*")


class Named(NamedTuple):
    """A name as typed, and the record it was chosen for; None where it was only typed."""

    text: str
    record: bytes | None = None


class NameEditor(LineEditor):
    """``suggest(text, then)`` gives ``then`` what fits; ``many`` takes names with commas between.

    Down and Enter choose; Enter without a choice leaves what was typed.
    """

    def __init__(
        self,
        suggest: Callable[[str, Callable[[Sequence[Named]], object]], object],
        *,
        many: bool = False,
        hint: Text | str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(hint=hint)
        if parent is not None:
            self.setParent(parent)
        self._suggest, self._many = suggest, many
        self._known: dict[str, bytes | None] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        listing = QListView()
        listing.setObjectName("choices")
        listing.setAccessibleName(looks.said(Text("Names that fit")))
        completer.setPopup(listing)
        completer.setWidget(self)
        completer.activated.connect(self._take)
        self._completer, self._listing = completer, listing
        self.textEdited.connect(self._typed)

    @property
    def value(self) -> Named:
        """What was typed or chosen."""
        text = self.text().strip()
        return Named(text, self._known.get(text))

    @property
    def values(self) -> list[Named]:
        """The names one after the other, where there may be more."""
        return [Named(name, self._known.get(name)) for name in parted(self.text())]

    @property
    def suggested(self) -> list[str]:
        """The names that come up now."""
        return self._names.stringList()

    def _typed(self) -> None:
        last = _BETWEEN.split(self.text())[-1] if self._many else self.text()
        if not last.strip():
            self._listing.hide()
            return
        asked = self.text()

        def then(found: Sequence[Named]) -> None:
            if self.text() == asked:
                self._offer(found)

        self._suggest(last.strip(), then)

    def _offer(self, found: Sequence[Named]) -> None:
        self._known.update((name.text, name.record) for name in found)
        self._names.setStringList([looks.plain(name.text) for name in found])
        if found and self.hasFocus():
            self._completer.complete()
            self._listing.setCurrentIndex(self._names.index(0, 0))
        else:
            self._listing.hide()

    def _take(self, name: str) -> None:
        if self._many:
            before = _BETWEEN.split(self.text())[:-1]
            name = listed([*filter(None, before), name])
        self.setText(name)
        self.setFocus(Qt.FocusReason.PopupFocusReason)


def listed(names: Iterable[str]) -> str:
    """Return names one after the other, as ``parted`` reads them."""
    return ("、" if looks.language() == "zh" else ", ").join(names)


def parted(text: str) -> list[str]:
    """Return names with commas between them one by one, each once."""
    return list(dict.fromkeys(filter(None, (part.strip() for part in _BETWEEN.split(text)))))
