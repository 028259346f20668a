"""The ledger of promises: both sides, ours overdue first; settled, reminded of, changed by keys."""

from functools import partial
from typing import TYPE_CHECKING, Final

from kamdesk.core.ids import AccountId, Id, PromiseId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.actions import Action
from kamdesk.desktop.list_page import WHOSE, ListPage
from kamdesk.desktop.lists import give_list_actions
from kamdesk.desktop.pages import Around, Crumb, Route
from kamdesk.desktop.promises.columns import by_customer, columns
from kamdesk.desktop.promises.reading import Asked, Shown, read_shown
from kamdesk.desktop.promises.said import remark_of, settled_words
from kamdesk.desktop.promises.steps import NEW, NewPromise, Opened, RemindStep, read_promise
from kamdesk.desktop.row_signs import RowSigns
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.promise_entry import PromiseStep
from kamdesk.desktop.visits.verbs import position, undo_of
from kamdesk.desktop.when import Today
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.record_field import Offered
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.dossier.promise_ledger import LedgerLine, Which

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_SIDES: Final = (("", Text("Both sides")), ("ours", Text("Ours")), ("theirs", Text("Theirs")))
_WHICH: Final = (
    (Which.OPEN, Text("Still open")),
    (Which.SETTLED, Text("Settled")),
    (Which.ALL, Text("All")),
)
_MARKS: Final = (
    (PromiseState.KEPT, Text("Kept"), "V", "check"),
    (PromiseState.BROKEN, Text("Broken"), "B", "x"),
    (PromiseState.DROPPED, Text("Dropped"), "D", "minus"),
    (PromiseState.OPEN, Text("Open again"), "O", "undo-2"),
)


class PromisesPage(ListPage):
    """The route names a customer whose promises alone are shown; tab ``new`` opens the form."""

    title = Text("Promises")
    gives_way = ("Who answers", "Given on", "Reminder")
    follows = ("promise", "account", "person", "colleague", "visit")
    keys = (
        ("V", Text("Kept")),
        ("R", Text("Remind me")),
        ("E", Text("Change")),
        ("N", Text("Note a promise")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self._called = ""
        self._shown: Shown | None = None
        self._wanted = route.tab == "new"
        super().__init__(around, route)

    # ---- building

    def build(self) -> None:
        add = self.actions_here.add
        new = add("promises.new", Text("Note a promise"), self.begin_new, keys="N", icon="plus")
        self._marks = {
            state: add(f"promises.{state}", name, partial(self.settle, state), keys=keys, icon=icon)
            for state, name, keys, icon in _MARKS
        }
        self._of_one = [
            *self._marks.values(),
            add("promises.remind", Text("Remind me on a day"), self.remind, keys="R", icon="bell"),
            add(
                "promises.change", Text("Change the promise"), self.change, keys="E", icon="pencil"
            ),
            add(
                "promises.source",
                Text("To the visit it was given at"),
                self._to_visit,
                keys="W",
                icon="calendar-check",
            ),
        ]
        add("promises.side", Text("Ours, theirs, or both"), partial(self._turn, 0), keys="S")
        add("promises.which", Text("Open, settled, or all"), partial(self._turn, 1), keys="H")
        add("promises.whose", Text("Mine or everybody's"), partial(self._turn, 2), keys="M")
        group = add(
            "promises.group", Text("Group by customer"), self._group, keys="G", icon="list-tree"
        )
        self._grouped = False
        self._head = self.head(self.title)
        self._build_bar()
        self._build_list(new)
        self._head.put(
            *self._of_list.buttons(),
            Button.of(group, words_shown=False),
            *(Button.of(self._marks[state]) for state in (PromiseState.KEPT, PromiseState.BROKEN)),
            Button.of(new, kind=Kind.PRIMARY),
        )
        self._allow()

    def _build_bar(self) -> None:
        self._filters = tuple(
            SegmentedControl(name, choices, start=self._kept(key, choices[0][0]))
            for key, name, choices in (
                ("side", Text("Whose promises"), _SIDES),
                ("which", Text("How far they have come"), _WHICH),
                ("whose", Text("Whom they concern"), WHOSE),
            )
        )
        for control in self._filters:
            control.chosen.connect(self._filtered)
        self.bar(*self._filters)
        self._rates = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        self.add(self._rates)
        self._rates.hide()

    def _build_list(self, new: Action) -> None:
        self._today = Today()
        self.list = self.table(
            Text("Promises"),
            columns(self._today),
            key="promises",
            empty=EmptyState(
                "check",
                Text("No promise stands here"),
                Text(
                    "What either side promises the other stands here: what, by when, given at which"
                    " visit. A debrief brings them; N notes one at once."
                ),
                new,
            ),
        )
        self._of_list = give_list_actions(self, self.list, self.title)
        self.list.opened.connect(lambda line: self.go("account", line.account, "visits"))
        self.list.chosen.connect(lambda _: self._allow())
        RowSigns(self, self.list)

    def crumbs(self) -> tuple[Crumb, ...]:
        account = self.route.record
        if account is None:
            return (Crumb(self.title),)
        called = self._called or Text("Customer")
        return (Crumb(called, Route("account", account)), Crumb(self.title))

    def resume(self, place: str) -> None:
        if place == NEW:
            self.begin_new()
            return
        promise = PromiseId(Id(bytes.fromhex(place.split(":")[1])))
        (self._begin_change if place.endswith(":change") else self._begin_remind)(promise)

    @property
    def subject(self) -> bytes | None:
        """The record one looks at, for its history."""
        line = self.list.current
        return line.id if line is not None else None

    # ---- what is shown

    def reload(self) -> None:
        side, which, whose = (control.key for control in self._filters)
        account = AccountId(Id(self.route.record)) if self.route.record else None
        asked = Asked(
            PromiseSide(side) if side else None,
            Which(which),
            whose == "mine" and account is None,
            account,
            rates=self._grouped,
        )
        self.ask(lambda desk: read_shown(desk, asked), self._show)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self._today.day = shown.read.today
        self._filters[2].setVisible(self.route.record is None)
        if self._called != shown.called:
            self._called = shown.called
            self.renamed.emit()
        self.list.group_by(by_customer(shown.read) if self._grouped else None)
        self.list.show_lines(shown.read.lines)
        self._of_list.enable(bool(shown.read.lines))
        self._head.remark.say(remark_of(shown.read))
        self._rates.say(shown.rates)
        self._rates.setVisible(bool(shown.rates))
        self._allow()
        if self._wanted:
            self.begin_new()

    def _allow(self) -> None:
        line = self.list.current
        for action in self._of_one:
            action.enable(line is not None)
        if line is not None:
            self.actions_here["promises.source"].enable(line.visit is not None)

    def _kept(self, key: str, start: str) -> str:
        kept = self.around.remembered.get(f"promises.{key}")
        choices = {"side": _SIDES, "which": _WHICH, "whose": WHOSE}[key]
        return kept if kept in dict(choices) and isinstance(kept, str) else start

    def _turn(self, at: int) -> None:
        control = self._filters[at]
        if control.isVisible():
            choices = control.choices
            control.choose(choices[(choices.index(control.key) + 1) % len(choices)])
            self._filtered()

    def _filtered(self, _: str = "") -> None:
        for key, control in zip(("side", "which", "whose"), self._filters, strict=True):
            self.around.remembered.put(f"promises.{key}", control.key)
        self.reload()

    def _group(self) -> None:
        self._grouped = not self._grouped
        self.reload()

    # ---- doing

    def _chosen(self) -> list[LedgerLine]:
        here = self.list.current
        return self.list.picked or ([here] if here is not None else [])

    def settle(self, state: PromiseState) -> None:
        """Say what became of the promises chosen; Ctrl+Z takes it back."""
        lines = self._chosen()
        ids, seen = [line.id for line in lines], self.seen
        if not ids:
            return
        said = settled_words(lines, state)
        self.do(
            lambda desk: desk.promises.settle_all(ids, state, seen=position(desk, seen)),
            lambda _: self.around.say(said, way_out=undo_of(self)),
        )

    def remind(self) -> None:
        """Ask on which day the promises chosen shall be brought up."""
        lines = self._chosen()
        if lines:
            ids = [line.id for line in lines]
            self.begin(RemindStep(self, ids, _named(lines), self._today.day, lines[0].remind))

    def _begin_remind(self, promise: PromiseId) -> None:
        def opened(found: Opened) -> None:
            one = found.promise
            self.begin(RemindStep(self, [one.id], one.words, found.ledger.today, one.remind))

        self.ask(lambda desk: read_promise(desk, promise), opened, lambda _: None, key="change")

    def change(self) -> None:
        """Open the promise one stands on."""
        if (line := self.list.current) is not None:
            self._begin_change(line.id)

    def _begin_change(self, promise: PromiseId) -> None:
        def opened(found: Opened) -> None:
            self.begin(PromiseStep(self, found.promise, found.ledger))

        self.ask(lambda desk: read_promise(desk, promise), opened, lambda _: None, key="change")

    def begin_new(self) -> None:
        """Open the form for a new promise beside the list."""
        self._wanted = self._shown is None
        if self._shown is None:
            return
        account = self.route.record
        at = Offered(account, self._called) if account is not None else None
        form = NewPromise(self, self._shown.read.today, at)
        form.added.connect(self._added)
        form.closed.connect(self.end_step)
        self.put_beside(form)
        form.begin()

    def _added(self, promise: bytes) -> None:
        self.around.say(Text("The promise is noted."), way_out=undo_of(self))
        self.list.choose(promise)

    def _to_visit(self) -> None:
        line = self.list.current
        if line is not None and line.visit is not None:
            self.go("visit", line.visit)


def _named(lines: list[LedgerLine]) -> Text | str:
    if len(lines) == 1:
        return looks.cut(looks.joined(lines[0].account_name, lines[0].words), 200)
    return Text("{n} promise", "{n} promises", n=len(lines))
