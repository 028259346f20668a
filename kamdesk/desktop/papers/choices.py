"""The panel beside a paper: its language, for whom it is made, what is printed, what it is."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.papers.making import Wanted
from kamdesk.desktop.papers.offered import (
    PART_WORDS,
    POLITE_REMARK,
    PRIVATE,
    READER_WORDS,
    REMARKS,
    SIZED,
    TICK_WORDS,
    TICKS_FOR,
    TICKS_OF,
    PaperKind,
)
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.papers.brief.editions import Reader, Tick
from kamdesk.papers.minutes.content import Part


class Choices(SidePanel):
    """Signals: ``chosen`` something else is wanted now: see ``wanted``."""

    chosen = Signal()

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self.wanted = wanted
        look = theme.now()
        self.language = self._choice(
            Text("Language of the paper"),
            [("zh", Text("中文")), ("en", Text("English")), ("both", Text("Both"))],
            wanted.language,
            lambda key: self._want(language=key),
        )
        self._for = Heading(Text("Made for"))
        self.column.addWidget(_lower(self._for))
        self.reader = SegmentedControl(
            Text("Made for"), [(one.value, words) for one, words in READER_WORDS.items()]
        )
        self.reader.chosen.connect(self._choose_reader)
        self.column.addWidget(self.reader)
        self._also = Heading(Text("Print this too"))
        self.column.addWidget(_lower(self._also))
        self.ticks: dict[Tick, TickBox] = self._boxes(TICK_WORDS, self._tick)
        self._parts = Heading(Text("Print these parts"))
        self.column.addWidget(_lower(self._parts))
        self.parts: dict[Part, TickBox] = self._boxes(PART_WORDS, self._leave_off, on=True)
        self._on = _lower(Heading(Text("Size of the paper")))
        self.column.addWidget(self._on)
        self.sheet = SegmentedControl(
            Text("Size of the paper"), [("a4", Text("A4")), ("a3", Text("A3"))], start=wanted.size
        )
        self.sheet.chosen.connect(lambda key: self._want(size=key))
        self.column.addWidget(self.sheet)
        self.by_influence = TickBox(Text("Arranged by influence"))
        self.by_influence.setChecked(wanted.by_influence)
        self.by_influence.toggled.connect(lambda on: self._want(by_influence=on))
        self.column.addWidget(self.by_influence)
        self._apart = _lower(Heading(Text("Between two pictures")))
        self.column.addWidget(self._apart)
        self.apart = SegmentedControl(
            Text("Between two pictures"),
            [("30", Text("a month")), ("91", Text("a quarter")), ("182", Text("half a year"))],
            start=wanted.apart,
        )
        self.apart.chosen.connect(lambda key: self._want(apart=key))
        self.column.addWidget(self.apart)
        self.polite = TickBox(Text("Organisation only, for the customer"))
        self.polite.toggled.connect(lambda on: self._want(polite=on))
        self.column.addWidget(self.polite)
        self.column.addSpacing(look.px(20))
        self.remark = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.column.addWidget(self.remark)
        self.warning = PlainLabel("", Type.SMALL, Tone.OCHRE, fit=Fit.WRAP)
        self.column.addWidget(self.warning)
        self.warning.hide()
        self.column.addStretch(1)
        self._offer()

    def want_kind(self, kind: PaperKind) -> None:
        """Want another paper of the same."""
        self._want(kind=kind)

    def say(self, remark: Text | None, *, left_out: int = 0) -> None:
        """Say what this paper is (None: as always), and how many lines were kept off it."""
        polite = self.wanted.polite and self.wanted.kind is PaperKind.MAP
        self.remark.say(remark or (POLITE_REMARK if polite else REMARKS[self.wanted.kind]))
        self.warning.setVisible(left_out > 0)
        if left_out:
            self.warning.say(
                Text(
                    "{n} line was left off: it holds a word the customer must never read.",
                    "{n} lines were left off: they hold words the customer must never read.",
                    n=left_out,
                )
            )

    def _choice(
        self,
        name: Text,
        choices: list[tuple[str, Text | str]],
        start: str,
        chosen: Callable[[str], object],
    ) -> SegmentedControl:
        self.column.addWidget(Heading(name))
        control = SegmentedControl(name, choices, start=start)
        control.chosen.connect(chosen)
        self.column.addWidget(control)
        return control

    def _boxes(self, words: dict, do: Callable[[], object], *, on: bool = False) -> dict:  # type: ignore[type-arg]
        boxes = {}
        for key, said in words.items():
            boxes[key] = box = TickBox(said)
            box.setChecked(on)
            box.toggled.connect(lambda *_: do())
            self.column.addWidget(box)
        return boxes

    def _want(self, **chosen: object) -> None:
        self.wanted = replace(self.wanted, **chosen)  # type: ignore[arg-type]
        self._offer()
        self.chosen.emit()

    def _choose_reader(self, reader: str) -> None:
        for box in self.ticks.values():
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)
        self._want(reader=Reader(reader), ticks=frozenset())

    def _tick(self) -> None:
        self._want(ticks=frozenset(tick for tick, box in self.ticks.items() if box.isChecked()))

    def _leave_off(self) -> None:
        off = frozenset(part for part, box in self.parts.items() if not box.isChecked())
        self._want(left_off=off)

    def _offer(self) -> None:
        kind = self.wanted.kind
        private, minutes = kind in PRIVATE, kind is PaperKind.MINUTES
        offered = TICKS_FOR[self.wanted.reader] if private else TICKS_OF.get(kind, ())
        for tick, box in self.ticks.items():
            box.setVisible(tick in offered)
        shown: list[tuple[QWidget, bool]] = [(one, private) for one in (self._for, self.reader)]
        shown += [(self._also, bool(offered)), (self._parts, minutes)]
        shown += [(box, minutes) for box in self.parts.values()]
        shown += [(one, kind in SIZED) for one in (self._on, self.sheet)]
        of_map, film = kind is PaperKind.MAP, kind is PaperKind.FILM
        shown += [(self.polite, of_map), (self.by_influence, of_map and not self.wanted.polite)]
        shown += [(one, film) for one in (self._apart, self.apart)]
        for part, seen in shown:
            part.setVisible(seen)
        self.say(None)


def _lower(heading: Heading) -> Heading:
    """Return a heading with the room above it that goes with it when it is not shown."""
    heading.setContentsMargins(0, theme.now().px(28), 0, 0)
    return heading
