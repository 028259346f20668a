"""The brief of a visit: seen as it prints, for its reader, in its language."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.papers.making import Made, Of, Wanted, make_paper
from kamdesk.desktop.papers.preview import Preview
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel, ToolBar
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.papers.brief.editions import Reader, Tick

if TYPE_CHECKING:
    from pathlib import Path

    from kamdesk.workspace import Workspace

TICK_WORDS = {
    Tick.OPINIONS: Text("Stance, influence, relationship"),
    Tick.MOTIVES: Text("Personal motives"),
    Tick.RIVALS: Text("Ties to competitors"),
    Tick.PRICE: Text("Price corridor and margin"),
    Tick.REMARKS: Text("Private remarks"),
    Tick.MAP: Text("Decision chain"),
}
_OFFERED = {
    Reader.ME: (Tick.MOTIVES, Tick.RIVALS, Tick.PRICE, Tick.REMARKS),
    Reader.BOSS: (Tick.OPINIONS, Tick.MOTIVES, Tick.RIVALS, Tick.PRICE, Tick.REMARKS),
    Reader.CONSULTANT: (Tick.OPINIONS, Tick.RIVALS, Tick.REMARKS, Tick.MAP),
}
"""What can be ticked for whom; a consultant never gets money nor motives."""


class BriefPage(Page["Workspace"]):
    """Preview at the left, choices at the right. The route's tab says ``visit`` or ``account``."""

    title = Text("Visit brief")
    scrolls = False
    follows = (
        "account", "person", "post", "holding", "need", "visit", "attendee", "promise", "fact",
        "seat", "reading", "tie", "body", "site",
    )  # fmt: skip
    keys = (
        ("Ctrl+P", Text("Print")),
        ("Ctrl+S", Text("Save as…")),
        ("PgDown", Text("Next page")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route, folder: "Path") -> None:
        self._folder = folder
        self.made: Made | None = None
        self._wanted = Wanted(language="en" if looks.language() == "en" else "zh")
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        save = add("brief.save", Text("Save as…"), self._save, keys="Ctrl+S", icon="save")
        show = add("brief.open", Text("Open in a viewer"), self._open, icon="external-link")
        paper = add("brief.print", Text("Print"), self._print, keys="Ctrl+P", icon="printer")
        add("brief.table", Text("Page for the table"), self._turn, keys="T")
        self._actions = (save, show, paper)
        self._which = SegmentedControl(
            Text("Paper"),
            [("brief", Text("Brief")), ("table", Text("Page for the table"))],
        )
        self._which.chosen.connect(self._choose_paper)
        roomy = theme.now().percent <= 125
        buttons = (
            Button.of(show, words_shown=roomy),
            Button.of(save, words_shown=roomy),
            Button.of(paper, kind=Kind.PRIMARY),
        )
        self.above(ToolBar(self._which, right=buttons))
        self.preview = Preview()
        self.side = SidePanel()
        self._build_side()
        self.use(self.preview, self.side)
        for action in self._actions:
            action.enable(False)

    def _build_side(self) -> None:
        look, column = theme.now(), self.side.column
        column.addWidget(Heading(Text("Language of the paper")))
        self._language = SegmentedControl(
            Text("Language of the paper"),
            [("zh", Text("中文")), ("en", Text("English")), ("both", Text("Both"))],
            start=self._wanted.language,
        )
        self._language.chosen.connect(self._choose_language)
        column.addWidget(self._language)
        column.addSpacing(look.px(20))
        self._for = Heading(Text("Made for"))
        column.addWidget(self._for)
        self._reader = SegmentedControl(
            Text("Made for"),
            [
                (Reader.ME.value, Text("Myself")),
                (Reader.BOSS.value, Text("My boss")),
                (Reader.CONSULTANT.value, Text("Consultant")),
            ],
        )
        self._reader.chosen.connect(self._choose_reader)
        column.addWidget(self._reader)
        column.addSpacing(look.px(20))
        self._also = Heading(Text("Print this too"))
        column.addWidget(self._also)
        self.ticks: dict[Tick, TickBox] = {}
        for tick, words in TICK_WORDS.items():
            self.ticks[tick] = box = TickBox(words)
            box.toggled.connect(lambda *_: self._tick())
            column.addWidget(box)
        column.addSpacing(look.px(20))
        self._remark = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        column.addWidget(self._remark)
        column.addStretch(1)
        self._offer()

    def crumbs(self) -> tuple[Crumb, ...]:
        made = self.made
        customers = Crumb(Text("Customers"), Route("accounts"))
        here = Crumb(Text("Visit brief"))
        if made is None:
            return customers, here
        return customers, Crumb(made.customer, Route("account", made.account)), here

    def panes(self) -> tuple[QWidget, ...]:
        return self.preview, self._language

    # ---- the paper

    def reload(self) -> None:
        of, record, wanted = cast(Of, self.route.tab or "account"), self.route.record, self._wanted
        self.ask(lambda desk: make_paper(desk, of, record or b"", wanted), self._show)

    def _show(self, made: Made | None) -> None:
        first, self.made = self.made is None, made
        for action in self._actions:
            action.enable(made is not None)
        if made is None:
            self.preview.clear()
            self._remark.say(Text("This visit is not here any more."))
            return
        page = self.preview.page
        self.preview.show_paper(made.data)
        self.preview.turn_to(max(page, 1))
        self._which.setEnabled(made.has_visit)
        if first:
            self.renamed.emit()
            self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, **chosen: object) -> None:
        from dataclasses import replace

        self._wanted = replace(self._wanted, **chosen)  # type: ignore[arg-type]
        self._offer()
        self.reload()

    def _choose_paper(self, which: str) -> None:
        self._choose(table=which == "table")

    def _turn(self) -> None:
        if self.made is not None and self.made.has_visit:
            self._which.choose("brief" if self._wanted.table else "table")
            self._choose_paper(self._which.key)

    def _choose_language(self, language: str) -> None:
        self._choose(language=language)

    def _choose_reader(self, reader: str) -> None:
        for box in self.ticks.values():
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)
        self._choose(reader=Reader(reader), ticks=frozenset())

    def _tick(self) -> None:
        self._choose(ticks=frozenset(tick for tick, box in self.ticks.items() if box.isChecked()))

    def _offer(self) -> None:
        private = not self._wanted.table
        offered = _OFFERED[self._wanted.reader] if private else ()
        for tick, box in self.ticks.items():
            box.setVisible(tick in offered)
        for part in (self._for, self._reader, self._also):
            part.setVisible(private)
        self._remark.say(
            Text("Private: read it before the door and keep it in the bag.")
            if private
            else Text("Neutral: it lies on the table, the customer may read every word.")
        )

    # ---- taking it out

    @property
    def _name(self) -> str:
        made = self.made
        what = Text("Page for the table") if self._wanted.table else Text("Visit brief")
        return f"{looks.said(what)} {made.day}" if made else ""

    def _save(self) -> None:
        from kamdesk.desktop.files import ask_where_to

        made = self.made
        if made is None:
            return
        path = ask_where_to(self, Text("Save as…"), self._name, Text("PDF"), ".pdf")
        if path is None:
            return
        data = made.data

        def write(_desk: "Workspace") -> str:
            from kamdesk.transfer.writers.whole_file import whole_file

            with whole_file(path) as file:
                file.write(data)
            return path.name

        self.ask(
            write,
            lambda name: self.around.say(Text("Saved as {file}.", file=name)),
            self._not_done,
            key="save",
        )

    def _open(self) -> None:
        from kamdesk.desktop.papers.shown_papers import put_shown

        if self.made is None:
            return
        try:
            path = put_shown(self._folder, self.made.data)
        except Refusal as refusal:
            self._not_done(refusal)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.around.say(Text("No program here shows PDF files. Save the paper instead."))

    def _print(self) -> None:
        from kamdesk.desktop.papers.printing import ask_and_print

        if self.made is not None and ask_and_print(self, self.made.data):
            self.around.say(Text("Sent to the printer."))

    def _not_done(self, refusal: Refusal) -> None:
        self.around.say(refusal.said)

    def close_page(self) -> None:
        self.preview.clear()
        super().close_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.fit(self.window().width())
