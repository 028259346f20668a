"""The page of the exchange: how it stands, what waits to be sent, what the hub refused."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.exchange.columns import columns
from kamdesk.desktop.exchange.joining_step import DRAFT, JoinStep
from kamdesk.desktop.exchange.overview import Overview
from kamdesk.desktop.exchange.reading import ExchangeSeen, Row, read_exchange
from kamdesk.desktop.exchange.said import is_late, state_words
from kamdesk.desktop.exchange.steps import DropStep, OfferStep
from kamdesk.desktop.exchanging import exchanging_of
from kamdesk.desktop.naming_records import PAGES
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.panel_step import PanelStep, fill_panel
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.taking_back import undo_way
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import Today, moment_words
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.facts import Fact, FactsStrip
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.desktop.widgets.tabs import TabStrip
from kamdesk.dossier.kinds import KINDS
from kamdesk.sync import quarantine

if TYPE_CHECKING:
    from kamdesk.sync.leaving import Removed
    from kamdesk.workspace import Workspace

_TABS: Final = (
    ("unsent", Text("Waits to be sent")),
    ("refused", Text("Refused by the hub")),
    ("reports", Text("Fetched again")),
)
_EMPTY: Final = {
    "unsent": (Text("Nothing waits to be sent"),
               Text("What you write stands here until the hub has it, also when you are offline"
                    " for weeks.")),
    "refused": (Text("The hub refused nothing"),
                Text("A change you may not make at the hub stands here with the reason, whole,"
                     " until you hand it to the customer's owner, export or forget it.")),
    "reports": (Text("Everything agrees with the hub"),
                Text("After each exchange counts are compared. Where one differs, that customer is"
                     " fetched again, and it is said here.")),
}  # fmt: skip


class ExchangePage(Page["Workspace"]):
    """Tab ``unsent``, ``refused`` or ``reports``; ``join`` opens the form for an invitation."""

    title = Text("Exchange")
    follows = tuple(kind.name for kind in KINDS)
    scrolls = False
    keys = (
        ("X", Text("Exchange now")),
        ("D", Text("Decide what waits")),
        ("Ctrl+Tab", Text("Next tab")),
        ("F6", Text("Next part")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self.content: ExchangeSeen | None = None
        self.step: PanelStep | None = None
        self._join_wanted = route.tab == "join"
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        self._now = add("exchange.now", Text("Exchange now"), self._exchange, keys="X",
                        icon="refresh-cw")  # fmt: skip
        self._decide = add("exchange.decide", Text("Decide what waits"),
                           lambda: self.go("conflicts"), keys="D", icon="git-branch")  # fmt: skip
        self._join = add("exchange.join", Text("Join a team"), self.begin_join, keys="J",
                         icon="users")  # fmt: skip
        self._share = add("exchange.share", Text("Share customers"), self._begin_share, keys="S",
                          icon="upload")  # fmt: skip
        self._leave = add("exchange.leave", Text("Leave the team"), self._begin_leave,
                          keys="V", icon="x")  # fmt: skip
        self._of_refused = (
            add("exchange.hand", Text("Hand to the owner"), partial(self._write, hand=True),
                keys="H", icon="users"),
            add("exchange.export", Text("Export"), partial(self._write, hand=False), keys="W",
                icon="download"),
            add("exchange.forget", Text("Forget"), self._forget, keys="Del", icon="trash-2"),
        )  # fmt: skip
        self._take_in = add("exchange.take_in", Text("Take in a colleague's changes"),
                            self._read_file, keys="T", icon="folder-open")  # fmt: skip
        add("exchange.open", Text("Open the record"), self._open, keys="O")
        add("exchange.tab", Text("Next tab"), lambda: self.tabs.step(1), keys="Ctrl+Tab")
        self._today = Today()
        self._build_joined()
        self._alone = EmptyState(
            "cloud",
            Text("You work by yourself"),
            Text(
                "With an invitation from your team's hub, colleagues and this computer hold the"
                " same customers: offline as now, level whenever there is a network. You choose"
                " what is shared, and nothing is sent before you agree."
            ),
            self._join,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._sheet)
        self._stack.addWidget(self._alone)
        self.panel = SidePanel()
        self.use(self._stack, self.panel)
        self._stack.hide()
        self.panel.hide()
        self._allow()

    def _build_joined(self) -> None:
        self._sheet = sheet = Sheet(scrolls=False, foot=12)
        self._head = sheet.head(
            self.title, "", Button.of(self._decide), Button.of(self._now, kind=Kind.PRIMARY)
        )
        self.state = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        sheet.add(self.state)
        sheet.space(12)
        self._facts = FactsStrip()
        self._facts.setMinimumHeight(theme.now().px(62))
        sheet.add(self._facts)
        start = self.route.tab if self.route.tab in dict(_TABS) else "unsent"
        self.tabs = TabStrip(_TABS, start=start)
        self.tabs.chosen.connect(lambda _: self._show_list())
        sheet.add(self.tabs, reach="edge")
        self._empty = EmptyState("circle-check", *_EMPTY[start])
        self.list: RecordTable[Row] = RecordTable(
            self.title,
            columns(start, self._today),
            key="exchange",
            remembered=self.around.remembered,
            empty=self._empty,
            two_lines=True,
        )
        self.list.opened.connect(lambda _: self._open())
        self.list.chosen.connect(lambda _: self._allow())
        sheet.add(self.list, reach="list", stretch=1)
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.now().px(8))
        for action in self._of_refused:
            row.addWidget(Button.of(action))
        row.addStretch(1)
        sheet.add(self._foot)

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(self.title),)

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list, self.panel) if self._stack.currentWidget() is self._sheet else (
            self._alone,
            self.panel,
        )  # fmt: skip

    @property
    def here(self) -> Route:
        return Route("exchange", None, self.tabs.key)

    def resume(self, place: str) -> None:
        if place == DRAFT:
            self._join_wanted = True
            if self.content is not None:
                self._show(self.content)

    # ---- showing

    def reload(self) -> None:
        self.ask(read_exchange, self._show)

    def _show(self, seen: ExchangeSeen) -> None:
        self.content, self._today.day = seen, seen.now.day
        joined = seen.told.joined or bool(seen.rows["refused"])
        if seen.removed is not None:
            self._alone.say(*_left_words(seen.removed))
        said = state_words(seen.told, seen.now)
        self.state.say(said.words, said.tone)
        self._facts.show_facts(_facts(seen))
        self.tabs.count("refused", len(seen.rows["refused"]))
        self._stack.setCurrentWidget(self._sheet if joined else self._alone)
        first = self._stack.isHidden()
        self._stack.show()
        self._show_list()
        if first and self.isVisible():
            self.panes()[0].setFocus()
        if self.step is None:
            self._show_overview()
        if self._join_wanted and not joined:
            self._join_wanted = False
            self.begin_join()

    def _show_list(self) -> None:
        seen, tab = self.content, self.tabs.key
        self._foot.setVisible(tab == "refused")
        if seen is None:
            return
        name, sentence = _EMPTY[tab]
        self._empty.say(name, sentence)
        self.list.show_columns(columns(tab, self._today))
        self.list.show_lines(seen.rows[tab])
        self._allow()

    def _show_overview(self) -> None:
        seen = self.content
        self.step = None
        if seen is None:
            return
        fill_panel(self.panel, Overview(seen, (self._share, self._take_in, self._leave)))
        self.panel.setVisible(seen.told.joined)
        self.panel.fit(self.window().width())

    def _allow(self) -> None:
        seen = self.content
        joined = seen is not None and seen.told.joined
        self._now.enable(joined and exchanging_of(self.workbench) is not None)
        self._decide.enable(seen is not None and bool(seen.told.conflicts))
        self._join.enable(seen is not None and not joined and seen.removed is None)
        for action in (self._share, self._take_in, self._leave):
            action.enable(joined)
        refused = self.tabs.key == "refused" and self.list.current is not None
        for action in self._of_refused:
            action.enable(refused)

    # ---- doing

    def _exchange(self) -> None:
        exchanging = exchanging_of(self.workbench)
        if exchanging is not None:
            exchanging.now()

    def _begin(self, step: PanelStep) -> None:
        self._end_step()
        self.step = step
        step.closed.connect(self._end_step)
        fill_panel(self.panel, step)
        self.panel.fit(self.window().width())
        self.panel.show()
        step.begin()

    def _end_step(self) -> None:
        from kamdesk.desktop.drafting import open_drafts

        if self.step is not None:
            for draft in open_drafts(self.step):
                draft.close()
        self._show_overview()
        self._stack.setFocus()

    def begin_join(self) -> None:
        """Open the form for an invitation."""
        from kamdesk.desktop.opening.key_in_hand import keyring

        step = JoinStep(self, keyring())
        step.joined.connect(self._joined)
        self._begin(step)

    def _joined(self, hub: str) -> None:
        self.around.say(Text("You are in {hub}. The first exchange is under way.", hub=hub))
        exchanging = exchanging_of(self.workbench)
        if exchanging is not None:
            exchanging.begin()
        self.reload()

    def _begin_leave(self) -> None:
        from kamdesk.desktop.exchange.leaving_step import LeaveStep
        from kamdesk.desktop.opening.key_in_hand import keyring

        if self.content is not None:
            self._begin(LeaveStep(self, keyring(), self.content.told))

    def _begin_share(self) -> None:
        self._begin(OfferStep(self))

    # ---- what the hub refused

    def _picked(self) -> list[int]:
        rows = self.list.picked or ([self.list.current] if self.list.current else [])
        return [row.id for row in rows if isinstance(row.id, int)]

    def _write(self, *, hand: bool) -> None:
        from kamdesk.desktop.files import ask_where_to

        ids = self._picked()
        title = Text("Hand to the owner") if hand else Text("Export")
        name = f"kamdesk-{len(ids)}"
        path = ask_where_to(self, title, name, Text("Changes"), ".kamdesk.json")
        if path is None or not ids:
            return

        def write(desk: "Workspace", _job: object) -> str:
            from kamdesk.transfer.writers.whole_file import whole_file

            content = quarantine.hand_to_owner(desk.storage, ids).content
            with whole_file(path) as file:
                file.write(content.encode("utf-8"))
            return path.name

        def written(file: str) -> None:
            said = (
                Text("{file} is written. Give it to the customer's owner, who takes it in with T"
                     " on this page. It stays here until you forget it.", file=file)
                if hand
                else Text("{file} is written.", file=file)
            )  # fmt: skip
            self.around.say(said)

        self.workbench.job(self, title, write, written, lambda error: self.around.say(error.said))

    def _forget(self) -> None:
        if ids := self._picked():
            self._begin(DropStep(self, ids))

    def _read_file(self) -> None:
        from kamdesk.desktop.files import ask_for_file

        title = Text("Take in a colleague's changes")
        path = ask_for_file(self, title, Text("Changes"), "*.json")
        if path is not None:
            self.take_in(path)

    def take_in(self, path: Path) -> None:
        """Make the changes in a colleague's file one's own."""

        def verb(desk: "Workspace") -> ChangeSet:
            return quarantine.take_in(desk.storage, _text_of(path))

        def done(changes: ChangeSet) -> None:
            n = len(changes.records)
            said = Text("{n} record is changed.", "{n} records are changed.", n=n)
            self.around.say(said, way_out=undo_way(self.workbench, self.around.say))

        self.do(verb, done)

    def _open(self) -> None:
        row = self.list.current
        if row is not None and row.kind in PAGES:
            self.go(PAGES[row.kind], row.record)
        elif row is not None and row.record:
            self.go("history", row.record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.fit(self.window().width())


def _left_words(gone: "Removed") -> tuple[Text, Text]:
    if gone.shut_out:
        return (
            Text("{hub} has shut this computer out", hub=gone.hub),
            Text(
                "{n} customer that came by the exchange was taken off this computer. Ask your"
                " administrator; to go on, join with a new workspace.",
                "{n} customers that came by the exchange were taken off this computer. Ask your"
                " administrator; to go on, join with a new workspace.",
                n=gone.customers,
            ),
        )
    return (
        Text("You have left {hub}", hub=gone.hub),
        Text(
            "What you made here stays and is exchanged with nobody. To join again, import it as a"
            " bundle into a new workspace."
        ),
    )


def _text_of(path: Path) -> str:
    from kamdesk.core.errors import RuleBroken

    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):
        raise RuleBroken(Text("“{file}” cannot be read.", file=path.name)) from None


def _facts(seen: ExchangeSeen) -> list[Fact]:
    told, late = seen.told, is_late(seen.told, seen.now)
    today = seen.now.day
    last = looks.capital(moment_words(told.last, today)) if told.last else looks.DASH
    oldest = moment_words(told.oldest_unsent, today)
    return [
        Fact(
            label=Text("Last exchange"),
            value=last,
            support=Text("no contact now") if told.trouble else "",
            support_tone=Tone.OCHRE,
        ),
        Fact(label=Text("Sent"), value=looks.number(told.sent), support=Text("since you joined")),
        Fact(
            label=Text("Received"),
            value=looks.number(told.received),
            support=Text("since you joined"),
        ),
        Fact(
            label=Text("Waits to be sent"),
            value=looks.number(told.unsent),
            support=Text("since {when}", when=oldest) if told.unsent else "",
            tone=Tone.BRICK if late else Tone.INK,
        ),
        Fact(
            label=Text("Waits for you"),
            value=looks.number(told.conflicts),
            support=Text("fields to decide") if told.conflicts else "",
            tone=Tone.BRICK if told.conflicts else Tone.INK,
        ),
    ]
