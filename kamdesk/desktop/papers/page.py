"""A paper as it prints: for its reader, in its language; saved, shown in a viewer, printed."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.clock import Day, read_day
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.papers.chain_papers import MAKERS
from kamdesk.desktop.papers.choices import Choices
from kamdesk.desktop.papers.making import About, Made, Wanted, make_paper
from kamdesk.desktop.papers.offered import KIND_WORDS, OF_TIME, PaperKind
from kamdesk.desktop.papers.preview import Preview
from kamdesk.desktop.papers.which import WhichPaper
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.desktop.widgets.panes import ToolBar
from kamdesk.domain.visits.calendar import week_of

if TYPE_CHECKING:
    from pathlib import Path

    from kamdesk.workspace import Workspace

_GONE = {
    "visit": Text("This visit is not here any more."),
    "account": Text("This customer is not here any more."),
    "chain": Text("This customer is not here any more."),
}


BY_INFLUENCE: Final = "+influence"
"""Ends the tab of a route to a map that is arranged by influence."""


def read_route(route: Route) -> tuple[About, PaperKind]:
    """Return what a route's paper is about, and which paper is shown first.

    ``brief`` of a visit or an account by its tab · ``paper`` of a visit, its tab the kind; of a
    customer's chain, its tab “kind:map@day” (see ``of_chain``); of no record a week's or a month's,
    its tab “week:day” · ``daypack``, its tab the day.
    """
    if route.page == "daypack":
        return About("day", day=read_day(route.tab)), PaperKind.DAY_PACK
    record = route.record or b""
    if route.page == "paper" and not record:
        name, _, day = route.tab.partition(":")
        of_time = {kind.value: kind for kind in OF_TIME}
        return About("day", day=read_day(day)), of_time.get(name, PaperKind.WEEK)
    if route.page == "paper":
        if found := of_chain(record, route.tab):
            return found
        kinds = {kind.value: kind for kind in (PaperKind.TABLE, PaperKind.MINUTES)}
        return About("visit", record), kinds.get(route.tab, PaperKind.BRIEF)
    return About("visit" if route.tab == "visit" else "account", record), PaperKind.BRIEF


def of_chain(account: bytes, tab: str) -> tuple[About, PaperKind] | None:
    """Return which paper of a customer's chain “kind:map@day+influence” names; None for any other.

    The map is its id in hex; without it the customer's own one, without a day the chain of now.
    ``BY_INFLUENCE`` at the end arranges it so.
    """
    tab = tab.removesuffix(BY_INFLUENCE)
    named, _, day = tab.partition("@")
    name, _, of_map = named.partition(":")
    if name not in {kind.value for kind in MAKERS}:
        return None
    return About("chain", account, read_day(day), bytes.fromhex(of_map)), PaperKind(name)


def _monday(day: Day | None) -> str:
    return week_of(day).isoformat() if day else ""


class PaperPage(Page["Workspace"]):
    """Preview at the left, choices at the right: one page for every paper, see ``read_route``."""

    title = Text("Paper")
    scrolls = False
    follows = (
        "account", "person", "post", "holding", "need", "visit", "attendee", "promise", "fact",
        "seat", "reading", "tie", "body", "site", "map", "group", "reporting", "appointment",
        "absence", "habits", "learnt_leg", "agreement", "pause",
    )  # fmt: skip
    keys = (
        ("Ctrl+P", Text("Print")),
        ("Ctrl+S", Text("Save as…")),
        ("PgDown", Text("Next page")),
        ("T", Text("Another paper")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route, folder: "Path") -> None:
        self._folder = folder
        self.made: Made | None = None
        self.about, self._first = read_route(route)
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        save = add("paper.save", Text("Save as…"), self._save, keys="Ctrl+S", icon="save")
        show = add(
            "paper.open", Text("Open in a viewer"), self._open, keys="O", icon="external-link"
        )
        paper = add("paper.print", Text("Print"), self._print, keys="Ctrl+P", icon="printer")
        add("paper.turn", Text("Another paper"), self._turn, keys="T")
        larger = add(
            "paper.larger",
            Text("Larger"),
            lambda: self.preview.zoom(1.25),
            keys="+",
            icon="zoom-in",
        )
        smaller = add(
            "paper.smaller",
            Text("Smaller"),
            lambda: self.preview.zoom(0.8),
            keys="-",
            icon="zoom-out",
        )
        add("paper.fit", Text("Whole width"), lambda: self.preview.zoom(0), keys="0")
        add("paper.next", Text("Next page"), lambda: self._leaf(1), keys="PgDown")
        add("paper.before", Text("Page before"), lambda: self._leaf(-1), keys="PgUp")
        self._actions = (save, show, paper)
        self.choices = Choices(
            Wanted(
                kind=self._first,
                language=looks.language_of_papers(),
                by_influence=self.route.tab.endswith(BY_INFLUENCE),
            )
        )
        self.choices.chosen.connect(self.reload)
        self.which: WhichPaper | None = None
        self._where = QWidget()
        row = QHBoxLayout(self._where)
        row.setContentsMargins(0, 0, 0, 0)
        self._leaves = PlainLabel("", Type.SMALL, Tone.MUTED)
        self._zooms = [
            Button.of(one, kind=Kind.BARE, words_shown=False) for one in (smaller, larger)
        ]
        self._ways_out = (Button.of(show), Button.of(save), Button.of(paper, kind=Kind.PRIMARY))
        self.above(ToolBar(self._where, right=(self._leaves, *self._zooms, *self._ways_out)))
        self.preview = Preview()
        self.preview.page_changed.connect(self._say_leaf)
        self.use(self.preview, self.choices)
        for action in self._actions:
            action.enable(False)

    def crumbs(self) -> tuple[Crumb, ...]:
        here = Crumb(KIND_WORDS[self.choices.wanted.kind])
        if self.about.of == "day":
            day = self.about.day
            tab = day.isoformat() if day else ""
            if self._first is PaperKind.WEEK:
                return Crumb(Text("Week plan"), Route("week", None, _monday(day))), here
            if self._first is PaperKind.MONTH:
                return Crumb(Text("Visits"), Route("visits", None, f"month:{tab}")), here
            return Crumb(Text("Today"), Route("today", None, tab)), here
        customers = Crumb(Text("Customers"), Route("accounts"))
        if self.made is None:
            return customers, here
        return customers, Crumb(self.made.customer, Route("account", self.made.account)), here

    def panes(self) -> tuple[QWidget, ...]:
        return self.preview, self.choices.language

    # ---- the paper

    def reload(self) -> None:
        about, wanted = self.about, self.choices.wanted
        self.ask(lambda desk: make_paper(desk, about, wanted), self._show)

    def _show(self, made: Made | None) -> None:
        first, self.made = self.made is None, made
        for action in self._actions:
            action.enable(made is not None)
        if made is None:
            self.preview.clear()
            self.choices.say(_GONE.get(self.about.of))
            return
        page = self.preview.page
        self.preview.show_paper(made.data)
        self.preview.turn_to(max(page, 1))
        self._say_leaf(self.preview.page, self.preview.pages)
        self.choices.say(None, left_out=made.left_out)
        self._offer(made)
        self.renamed.emit()
        if first:
            self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, made: Made) -> None:
        """Offer the other papers there are of the same, side by side."""
        if self.which is not None and self.which.kinds == tuple(made.offered):
            self.which.choose(self.choices.wanted.kind)
            return
        if self.which is not None:
            self.which.hide()
            self.which.deleteLater()
            self.which = None
        if len(made.offered) > 1:
            self.which = WhichPaper(made.offered, self.choices.wanted.kind)
            self.which.chosen.connect(self.choices.want_kind)
            layout = self._where.layout()
            if layout is not None:
                layout.addWidget(self.which)
            self._fit()

    def _turn(self) -> None:
        made = self.made
        if made is not None and len(made.offered) > 1:
            at = made.offered.index(self.choices.wanted.kind)
            self.choices.want_kind(made.offered[(at + 1) % len(made.offered)])

    def _leaf(self, by: int) -> None:
        self.preview.turn_to(self.preview.page + by)

    def _say_leaf(self, page: int, pages: int) -> None:
        self._leaves.say(Text("page {page} of {pages}", page=page, pages=pages) if pages else "")

    # ---- taking it out

    @property
    def name(self) -> str:
        """The name proposed for its file: no customer's words, systems keep lists of files."""
        made = self.made
        return looks.said(KIND_WORDS[self.choices.wanted.kind]) + (
            f" {made.day.isoformat()}" if made else ""
        )

    def _save(self) -> None:
        from kamdesk.desktop.files import ask_where_to

        made = self.made
        if made is None:
            return
        path = ask_where_to(self, Text("Save as…"), self.name, Text("PDF"), ".pdf")
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

        if self.made is not None:
            ask_and_print(self, self.made.data, self.around.say)

    def _not_done(self, refusal: Refusal) -> None:
        self.around.say(refusal.said)

    def close_page(self) -> None:
        self.preview.clear()
        super().close_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.choices.fit(self.window().width())
        self._fit()

    def _fit(self) -> None:
        """Leave pages and zoom out of a narrow tool bar; list the papers where it is full."""
        look, zooms = theme.now(), (self._leaves, *self._zooms)
        for part in zooms:
            part.setVisible(self.width() >= look.px(800))
        if self.which is not None:
            taken = sum(one.wide(short=True) for one in self._ways_out)
            taken += sum(one.sizeHint().width() for one in zooms if not one.isHidden())
            self.which.fit(self.width() - taken - look.px(48 + 8 * 8))
