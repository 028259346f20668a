"""Beside the matrix: one of ours and one of theirs, now and wanted, why, and the way there."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kamdesk.core.ids import VisitId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.chain.matrix_model import MatrixModel, column_name
from kamdesk.desktop.chain.matrix_reading import CellSeen, chained
from kamdesk.desktop.chain.matrix_steps import StepBoxes, way_steps
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.in_place import InPlace
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import day_words
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import TextEditor
from kamdesk.desktop.widgets.labels import Divider, Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.dossier.cover_matrix import MatrixColumn, MatrixRow, Spot

if TYPE_CHECKING:
    from kamdesk.desktop.chain.matrix_page import MatrixPage


class MatrixPanel(SidePanel):
    """Signals: ``now_set(int)`` · ``wanted_set(int)`` · ``visit_wanted(VisitId)``."""

    now_set = Signal(int)
    wanted_set = Signal(int)
    visit_wanted = Signal(object)

    def __init__(self, page: "MatrixPage", *steps: Action) -> None:
        super().__init__()
        look = theme.now()
        self._page = page
        self._spot: Spot | None = None
        self.title = PlainLabel("", Type.HEADING, fit=Fit.WRAP)
        self.ranks = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.now, self.wanted = StepBoxes(Text("Now")), StepBoxes(Text("Wanted"))
        self.now.chosen.connect(self.now_set)
        self.wanted.chosen.connect(self.wanted_set)
        scales = QGridLayout()
        scales.setHorizontalSpacing(look.px(8))
        scales.setColumnStretch(2, 1)
        for n, (words, boxes) in enumerate(
            ((Text("Now"), self.now), (Text("Wanted"), self.wanted))
        ):
            scales.addWidget(PlainLabel(words, Type.SMALL, Tone.MUTED), n, 0)
            scales.addWidget(boxes, n, 1)
        self.sources = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.why = self._field("why", Text("Why"))
        self.evidence = self._field("evidence", Text("Evidence"))
        self.reasons = PlainLabel("", Type.SMALL, Tone.OCHRE, fit=Fit.WRAP)
        self.visit = Button("", icon="link", kind=Kind.LINK)
        self.visit.clicked.connect(self._go_to_visit)
        self.until = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        self._way = QVBoxLayout()
        self._way.setSpacing(look.px(2))
        self.column.addWidget(self.title)
        self.column.addWidget(self.ranks)
        self.column.addLayout(scales)
        for part in (
            self.sources,
            Divider(),
            self.reasons,
            self.why,
            self.evidence,
            self.visit,
            self.until,
        ):
            self.column.addWidget(part)
        self.column.addSpacing(look.px(16))
        self.column.addWidget(Heading(Text("Shortest introduction")))
        self.column.addLayout(self._way)
        self.column.addSpacing(look.px(16))
        self.column.addWidget(Heading(Text("Next step")))
        for step in steps:
            self.column.addWidget(Button.of(step))
        self.column.addStretch(1)
        self._cell: CellSeen | None = None

    def _field(self, name: str, label: Text) -> InPlace:
        made = InPlace(name, label, TextEditor, partial(self._draft, name), long=True)
        made.begun.connect(partial(self._page.begin_note, name))
        made.wanted.connect(partial(self._page.save_note, made))
        return made

    def _draft(self, name: str, holder: QWidget, editors: Mapping[str, QWidget]) -> Drafting:
        return Drafting(holder, self._page.workbench, self._page.place_of(name), editors)

    @property
    def fields(self) -> dict[str, InPlace]:
        """What can be written here, by name."""
        return {"why": self.why, "evidence": self.evidence}

    # ---- showing

    def show_spot(
        self, model: MatrixModel, spot: Spot, row: MatrixRow, column: MatrixColumn
    ) -> None:
        """Show at once what the grid knows of a cell; the rest comes with ``show_cell``."""
        cover = next(one for one in row.cells if one.colleague == spot.colleague)
        if spot != self._spot:
            for field in self.fields.values():
                if field.editing:
                    field.end(keep=True)
                field.show_value("", "")
            self.visit.hide()
            emptied(self._way)
        self._spot = spot
        ours, theirs = column_name(column), looks.cut(row.node.name, 60)
        self.title.say(f"{ours} ⇄ {theirs}")
        self.ranks.say(
            Text(
                "{ours} to {theirs}",
                ours=column.title or Text("post not said"),
                theirs=row.node.post or Text("post not known"),
            )
        )
        self.now.show_value(cover.now)
        self.wanted.show_value(cover.wanted)
        self.sources.say("\n".join(looks.capital(one) for one in model.sources(spot)))
        self.sources.setVisible(bool(self.sources.text()))
        self.reasons.say(looks.capital(looks.joined(*row.reasons)))
        self.reasons.setVisible(bool(row.reasons))

    def show_cell(self, cell: CellSeen) -> None:
        """Show all that is known of the cell."""
        if cell.spot != self._spot:
            return
        self._cell = cell
        why = cell.wanted.note if cell.wanted else ""
        evidence = cell.now.note if cell.now else ""
        self.why.show_value(why, why)
        self.evidence.show_value(evidence, evidence)
        self.visit.setVisible(cell.visit is not None)
        if cell.visit is not None:
            day = day_words(cell.visit.start, self._page.today)
            self.visit.say(looks.cut(looks.joined(day, cell.visit.topic), 48))
        if cell.until:
            day = looks.day(cell.until, today=self._page.today)
            self.until.say(Text("until {day}, by the executive plan", day=day))
        else:
            self.until.say(Text("no day set: P writes an executive plan"))
        self._show_way(cell)

    def _show_way(self, cell: CellSeen) -> None:
        emptied(self._way)
        names = cell.names
        if cell.met:
            words = Text("None is needed: they can be met already.")
        elif cell.ways:
            for part in way_steps(cell.ways[0], names):
                self._way.addWidget(part)
            if len(cell.ways) < 2:
                return
            second = cell.ways[1]
            words = Text("Second way: {way}", way=chained(names, second.steps))
        else:
            words = cell.no_way or Text("Nobody is known who could introduce us.")
        self._way.addWidget(PlainLabel(words, Type.SMALL, Tone.MUTED, fit=Fit.WRAP))

    def _go_to_visit(self) -> None:
        if self._cell is not None and self._cell.visit is not None:
            self.visit_wanted.emit(VisitId(self._cell.visit.id))
