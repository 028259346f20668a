"""The page of the exchange: how it stands, what waits to be sent, what the hub refused."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.exchange.columns import columns
from kamdesk.desktop.exchange.deeds import ask_and_take_in, say_again, write_out
from kamdesk.desktop.exchange.facts import AGAIN, facts_of, left_words
from kamdesk.desktop.exchange.joining_step import DRAFT, JoinStep
from kamdesk.desktop.exchange.overview import Overview
from kamdesk.desktop.exchange.reading import ExchangeSeen, Row, read_exchange
from kamdesk.desktop.exchange.said import kept_words, state_words
from kamdesk.desktop.exchange.steps import DropStep, OfferStep
from kamdesk.desktop.exchanging import Standing, exchanging_of
from kamdesk.desktop.naming_records import PAGES
from kamdesk.desktop.pages import Around, Page, Route
from kamdesk.desktop.panel_step import PanelStep, fill_panel
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import Today
from kamdesk.desktop.widgets.buttons import Button, ButtonRow, Kind
from kamdesk.desktop.widgets.facts import FactsStrip
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.desktop.widgets.status_line import Hint
from kamdesk.desktop.widgets.tabs import TabStrip
from kamdesk.dossier.kinds import KINDS

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_TABS: Final = (
    ("unsent", Text("Waits to be sent")),
    ("refused", Text("Refused")),
    ("reports", Text("Fetched again")),
    ("lost", Text("Lost by the hub")),
)
_MOST_TELLING: Final = (0, 3, 4)
"""Where there is no room for five facts: last exchange, unsent, what waits for the user."""
_ROOMY: Final = 900
"""Width from which the overview stands beside the lists, at 100 %."""
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
    "lost": (Text("The hub has all that is here"),
             Text("Where a hub was set back to an older backup, what colleagues had written since"
                  " stands here until their computers have exchanged.")),
}  # fmt: skip


_KEYS_ALONE: Final[tuple[Hint, ...]] = (
    ("J", Text("Join a team")),
    ("F", Text("By a shared folder")),
)
_KEYS: Final[tuple[Hint, ...]] = (
    ("D", Text("Decide what waits")),
    ("X", Text("Exchange now")),
    ("Ctrl+Tab", Text("Next tab")),
    ("F6", Text("Next part")),
)


class ExchangePage(Page["Workspace"]):
    """Tab ``unsent``, ``refused`` or ``reports``; ``join`` opens the form for an invitation."""

    title = Text("Exchange")
    follows = tuple(kind.name for kind in KINDS)
    scrolls = False
    keys: tuple[Hint, ...] = _KEYS_ALONE

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self.content: ExchangeSeen | None = None
        self.step: PanelStep | None = None
        self._trouble: Text | None = None
        self._facts_shown: tuple[ExchangeSeen, bool] | None = None
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
        self._folder = add("exchange.folder", Text("By a shared folder"), self.begin_folder,
                           keys="F", icon="folder-open")  # fmt: skip
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
        self._take_in = add(
            "exchange.take_in",
            Text("Take in a colleague's changes"),
            partial(ask_and_take_in, self),
            keys="T",
            icon="folder-open",
        )
        self._again = add("exchange.again", Text("Say again what the hub lost"),
                          partial(say_again, self), keys="A", icon="upload")  # fmt: skip
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
                " what is shared, and nothing is sent before you agree. Two laptops without a hub"
                " exchange by a shared folder or a stick."
            ),
            self._join,
            self._folder,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._sheet)
        self._stack.addWidget(self._alone)
        self.panel = SidePanel()
        self.use(self._stack, self.panel)
        self._stack.hide()
        self.panel.hide()
        self._allow()
        if (exchanging := exchanging_of(self.workbench)) is not None:
            exchanging.exchanged.connect(self._went_on)
            exchanging.stood.connect(self._stood)

    def _went_on(self, _: object) -> None:
        """Show how it stands after a round, at once if one looks on."""
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _stood(self, standing: Standing) -> None:
        """Show that contact is lost, or there again."""
        if not standing.working and standing.trouble != self._trouble:
            self._trouble = standing.trouble
            self._went_on(standing)

    def _build_joined(self) -> None:
        self._sheet = sheet = Sheet(scrolls=False, foot=12)
        self._head = sheet.head(
            self.title, "", Button.of(self._decide), Button.of(self._now, kind=Kind.PRIMARY)
        )
        self.state = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        sheet.add(self.state)
        self._parked = PlainLabel("", Type.BODY, Tone.OCHRE, fit=Fit.WRAP)
        self._parked.hide()
        sheet.add(self._parked)
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
        self.list.chosen.connect(self._chosen)
        sheet.add(self.list, reach="list", stretch=1)
        self._foot = QWidget()
        column = QVBoxLayout(self._foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.now().px(8))
        self._whole = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        column.addWidget(self._whole)
        column.addWidget(ButtonRow(*(Button.of(action) for action in self._of_refused)))
        sheet.add(self._foot)

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
            self._alone.say(*left_words(seen.removed), AGAIN)
            self._join.name = AGAIN
        said = state_words(seen.told, seen.now)
        self.state.say(said.words, said.tone)
        self._parked.say(kept := kept_words(seen.told))
        self._parked.setVisible(bool(kept))
        self.tabs.count("refused", len(seen.rows["refused"]))
        self.tabs.count("lost", seen.told.lost)
        out = (("J", AGAIN),) if seen.by_hub else _KEYS_ALONE[1:]
        inside = _KEYS if seen.told.conflicts else _KEYS[1:]
        self.keys = inside if joined else out if seen.removed else _KEYS_ALONE
        self.renamed.emit()  # the keys it says are others now
        self._stack.setCurrentWidget(self._sheet if joined else self._alone)
        first = self._stack.isHidden()
        self._stack.show()
        self._show_list()
        if first and self.isVisible():
            self.panes()[0].setFocus()
        if self.step is None:
            self._show_overview()
        self._fit_panel()
        if self._join_wanted and not joined:
            self._join_wanted = False
            self.begin_join()

    def _show_facts(self) -> None:
        """Show five facts, or the most telling where there is no room for five."""
        seen = self.content
        if seen is None:
            return
        room = self.width() - (0 if self.panel.isHidden() else self.panel.width())
        shown = (seen, room >= theme.now().px(640))
        if shown != self._facts_shown:
            self._facts_shown, facts = shown, facts_of(seen)
            self._facts.show_facts(facts if shown[1] else [facts[n] for n in _MOST_TELLING])
        self.list.seen.lay_out()

    def _show_list(self) -> None:
        seen, tab = self.content, self.tabs.key
        self._foot.setVisible(tab == "refused")
        if seen is None:
            return
        name, sentence = _EMPTY[tab]
        self._empty.say(name, sentence)
        self.list.show_columns(columns(tab, self._today))
        self.list.show_lines(seen.rows[tab])
        self._show_facts()
        self._allow()

    def _show_overview(self) -> None:
        seen = self.content
        self.step = None
        if seen is None:
            return
        fill_panel(self.panel, Overview(seen, self._with_team()))
        self._fit_panel()

    def _with_team(self) -> tuple[Action, ...]:
        folder = (self._folder,) if self._folder.enabled else ()
        again = (self._again,) if self._again.enabled else ()
        return (*again, *folder, self._share, self._take_in, self._leave)

    def _fit_panel(self) -> None:
        """Show the overview where there is room for it, a step always."""
        joined = self.content is not None and self.content.told.joined
        roomy = self.width() >= theme.now().px(_ROOMY)
        self.panel.fit(self.window().width())
        self.panel.setVisible(self.step is not None or (joined and roomy))
        self._show_facts()

    def _chosen(self, row: Row | None) -> None:
        self._whole.say(looks.joined(row.fields, row.why) if row is not None else "")
        self._allow()

    def _allow(self) -> None:
        seen = self.content
        joined = seen is not None and seen.told.joined
        by_folder = seen is not None and joined and not seen.by_hub
        exchanging = by_folder or exchanging_of(self.workbench) is not None
        self._now.enable(joined and exchanging)
        free = seen is not None and not joined and not seen.by_hub
        self._folder.enable(by_folder or free)
        self._again.enable(seen is not None and bool(seen.told.lost))
        self._decide.enable(seen is not None and bool(seen.told.conflicts))
        well = joined and seen is not None and seen.told.trouble is None
        self._join.enable(seen is not None and not well and (not seen.url or seen.by_hub))
        for action in (self._share, self._take_in, self._leave):
            action.enable(joined)
        refused = self.tabs.key == "refused" and self.list.current is not None
        for action in self._of_refused:
            action.enable(refused)

    # ---- doing

    def _exchange(self) -> None:
        if self._folder.enabled:
            self.begin_folder()
            return
        exchanging = exchanging_of(self.workbench)
        if exchanging is not None:
            exchanging.now()

    def _begin(self, step: PanelStep) -> None:
        self._end_step()
        self.step = step
        step.closed.connect(self._end_step)
        fill_panel(self.panel, step)
        self._fit_panel()
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

    def begin_folder(self) -> None:
        """Open what can be done by a shared folder, without a hub."""
        from kamdesk.desktop.exchange.keeper_panel import KeeperPanel

        self._begin(KeeperPanel(self))

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
        write_out(self, self._picked(), hand=hand)

    def _forget(self) -> None:
        if ids := self._picked():
            self._begin(DropStep(self, ids))

    def _open(self) -> None:
        row = self.list.current
        if row is not None and row.kind in PAGES:
            self.go(PAGES[row.kind], row.record)
        elif row is not None and row.record:
            self.go("history", row.record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panel()
