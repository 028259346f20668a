"""Who is due for a contact, most urgent first; plan, note a call, agree how often, pause."""

from functools import partial
from typing import TYPE_CHECKING

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.actions import Action
from kamdesk.desktop.due.columns import DueRow, columns, row_of
from kamdesk.desktop.due.reading import Shown, read_due
from kamdesk.desktop.due.said import WORDS, remark_of, whom
from kamdesk.desktop.due.steps import AgreementStep, PauseStep, TouchStep, Whom, agreement_with
from kamdesk.desktop.list_page import WHOSE, ListPage
from kamdesk.desktop.lists import give_list_actions
from kamdesk.desktop.pages import Around, Crumb, Route
from kamdesk.desktop.row_signs import RowSigns
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.verbs import undo_of
from kamdesk.desktop.when import Today
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import Choice, TickBox
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.cadence.duty import DueWord
from kamdesk.domain.cadence.model import Agreement
from kamdesk.dossier.due import DueCounts, DueLine

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class DuePage(ListPage):
    """The due list of contacts. Tab ``plan:<id>`` opens the form for a customer or a person."""

    title = Text("Contacts due")
    gives_way = ("What is due", "Planned", "This cycle", "Why")
    follows = (
        "visit", "attendee", "account", "person", "holding", "agreement", "pause", "reading",
    )  # fmt: skip
    keys = (
        ("N", Text("Plan a visit")),
        ("C", Text("Note a call")),
        ("F", Text("Agree how often")),
        ("Z", Text("Pause")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self._shown: Shown | None = None
        what, _, record = route.tab.partition(":")
        self._wanted = (bytes.fromhex(record), what) if record else None
        super().__init__(around, route)

    # ---- building

    def build(self) -> None:
        add = self.actions_here.add
        plan = add("due.plan", Text("Plan a visit"), self.plan, keys="N", icon="calendar-plus")
        call = add("due.call", Text("Note a call"), self.note_call, keys="C", icon="phone")
        agree = add("due.agree", Text("Agree how often"), self.agree, keys="F", icon="clock")
        pause = add("due.pause", Text("Pause contacts"), self.pause, keys="Z", icon="pause")
        resume = add("due.resume", Text("Go on with contacts"), self.go_on, keys="G", icon="play")
        self._of_one = (plan, call, agree, pause, resume)
        add("due.word", Text("How they stand"), self._turn_word, keys="W")
        add("due.whose", Text("Mine or everybody's"), self._turn_whose, keys="M")
        add("due.touches", Text("Calls and messages too"), self._turn_touches, keys="T")
        customers = add(
            "due.customers",
            Text("To the customers"),
            partial(self.go, "accounts"),
            keys="U",
            icon="building-2",
        )
        self._head = self.head(self.title)
        self._build_bar()
        self._build_list(customers)
        self._head.put(
            *self._of_list.buttons(),
            *(Button.of(action) for action in (pause, agree, call)),
            Button.of(plan, kind=Kind.PRIMARY),
        )
        self._allow()

    def _build_bar(self) -> None:
        self._word = Choice([(None, Text("All"))])
        self._word.setAccessibleName(looks.said(Text("How they stand")))
        self._whose = SegmentedControl(Text("Whose customers"), WHOSE, start=self._kept())
        self._touches = TickBox(Text("Calls and messages too"))
        self._touches.setChecked(self.around.remembered.get("due.touches") is True)
        self._unclassed = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self._name_words(DueCounts())
        self._word.activated.connect(lambda _: self.reload())
        self._whose.chosen.connect(self._whose_chosen)
        self._touches.toggled.connect(self._touches_turned)
        self.bar(self._word, self._whose, self._touches)
        self.add(self._unclassed)
        self._unclassed.hide()

    def _build_list(self, way_out: Action) -> None:
        self._today = Today()
        self.list = self.table(
            self.title,
            columns(self._today),
            key="due",
            empty=EmptyState(
                "clock",
                Text("Nobody is due for a contact"),
                Text(
                    "Once a customer has a class, KamDesk reckons from the last real contact when"
                    " the next one is due, and says so here, the most urgent first."
                ),
                way_out,
            ),
        )
        self._of_list = give_list_actions(self, self.list, self.title)
        self.list.opened.connect(self._open)
        RowSigns(self, self.list, of=lambda row: row.owed.person or row.owed.account)
        self.list.chosen.connect(lambda _: self._allow())

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(Text("Visits"), Route("visits")), Crumb(self.title))

    @property
    def here(self) -> Route:
        return Route("due")

    @property
    def subject(self) -> bytes | None:
        """The record one looks at, for its history."""
        line = self._line
        return (line.person or line.account) if line is not None else None

    # ---- what is shown

    def reload(self) -> None:
        word = self._word.value
        wanted = word if isinstance(word, DueWord) else None
        mine, touches = self._whose.key == "mine", self._touches.isChecked()
        self.ask(lambda desk: read_due(desk, word=wanted, mine=mine, touches=touches), self._show)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self._today.day = shown.now.day
        self._name_words(shown.counts)
        self.list.show_lines(row_of(line) for line in shown.lines)
        self._of_list.enable(bool(shown.lines))
        counts = shown.counts
        self._head.remark.say(remark_of(counts))
        n = counts.unclassed
        self._unclassed.say(
            Text(
                "Not judged: {n} customer without a class.",
                "Not judged: {n} customers without a class.",
                n=n,
            )
        )
        self._unclassed.setVisible(n > 0)
        self._allow()
        if self._wanted is not None:
            self._begin_wanted()

    def _name_words(self, counts: DueCounts) -> None:
        numbers = {
            DueWord.OVERDUE: counts.overdue,
            DueWord.NEVER: counts.never,
            DueWord.SOON: counts.soon,
            DueWord.ON_TRACK: counts.on_track,
            DueWord.PAUSED: counts.paused,
        }
        chosen = self._word.value
        self._word.offer(
            [
                (None, Text("All: {n}", n=sum(numbers.values()))),
                *(
                    (word, Text("{what}: {n}", what=looks.capital(WORDS[word]), n=n))
                    for word, n in numbers.items()
                ),
            ]
        )
        self._word.choose(chosen)

    def _allow(self) -> None:
        line = self._line
        for action in self._of_one:
            action.enable(line is not None)
        paused = line is not None and line.word is DueWord.PAUSED
        self.actions_here["due.resume"].enable(paused)

    @property
    def _line(self) -> DueLine | None:
        row: DueRow | None = self.list.current
        return row.owed if row is not None else None

    def _chosen(self) -> list[DueLine]:
        line = self._line
        return [row.owed for row in self.list.picked] or ([line] if line is not None else [])

    def _kept(self) -> str:
        return "all" if self.around.remembered.get("due.whose") == "all" else "mine"

    def _turn_word(self) -> None:
        self._word.setCurrentIndex((self._word.currentIndex() + 1) % self._word.count())
        self.reload()

    def _turn_whose(self) -> None:
        self._whose.choose("all" if self._whose.key == "mine" else "mine")
        self._whose_chosen(self._whose.key)

    def _whose_chosen(self, key: str) -> None:
        self.around.remembered.put("due.whose", key)
        self.reload()

    def _turn_touches(self) -> None:
        self._touches.setChecked(not self._touches.isChecked())

    def _touches_turned(self, on: bool) -> None:
        self.around.remembered.put("due.touches", on)
        self.reload()

    # ---- doing

    def _open(self, row: DueRow) -> None:
        if row.owed.person is not None:
            self.go("person", row.owed.person)
        else:
            self.go("account", row.owed.account)

    def plan(self) -> None:
        """Open the form of a new visit with whoever is due."""
        from kamdesk.desktop.visits.new_visit import NewVisit

        line, shown = self._line, self._shown
        if line is None or shown is None:
            return
        form = NewVisit(
            self.workbench,
            _place(line, "plan"),
            shown.now.day,
            shown.now.zone,
            account=line.account,
            with_whom=line.person,
        )
        form.planned.connect(self._planned)
        self.begin(form)

    def _planned(self, visit: bytes) -> None:
        self.end_step()
        self.around.say(
            Text("The visit is planned."),
            way_out=(Text("Open"), "Alt+O", partial(self.go, "visit", visit)),
        )

    def note_call(self) -> None:
        """Note a call or message of today."""
        if (line := self._line) is not None:
            meant = _whom(line)
            step = TouchStep(self, _place(line, "call"), meant)
            self._say_saved(step, Text("The contact is noted: {whom}", whom=meant.called))

    def _say_saved(self, step: PauseStep | TouchStep, words: Text) -> None:
        """Begin a step; once it is done say so: whom it is about may not be listed any more."""
        step.saved.connect(lambda _: self.around.say(words, way_out=undo_of(self)))
        self.begin(step)

    def agree(self) -> None:
        """Agree how often, in place of what the class asks for."""
        line = self._line
        if line is None:
            return
        meant = _whom(line)

        def opened(now: Agreement | None) -> None:
            place = _place(line, "agree")
            step = AgreementStep(self, place, meant, now, line.channel, self._today.day)
            self.begin(step)

        self.ask(lambda desk: agreement_with(desk, meant), opened, key="agreement")

    def pause(self) -> None:
        """Let nothing fall due for a while with those chosen."""
        lines = self._chosen()
        if not lines:
            return
        one = lines[0] if len(lines) == 1 else None
        accounts = list(dict.fromkeys(line.account for line in lines))
        called: Text | str = (
            whom(one) if one else Text("{n} customer", "{n} customers", n=len(accounts))
        )
        person = one.person if one else None
        place = _place(lines[0], "pause")
        step = PauseStep(self, place, accounts, person, called, self._today.day)
        self._say_saved(step, Text("Contacts pause: {whom}", whom=called))

    def go_on(self) -> None:
        """Let contacts fall due again with those chosen."""
        lines = self._chosen()
        if not lines:
            return
        one = lines[0] if len(lines) == 1 else None
        accounts, person = [line.account for line in lines], one.person if one else None
        self.do(
            lambda desk: desk.cadence.resume(accounts, person=person),
            lambda _: self.around.say(Text("Contacts go on."), way_out=undo_of(self)),
        )

    def resume(self, place: str) -> None:
        _, record, what = place.split(":", 2)
        self._wanted = (bytes.fromhex(record), what)
        if self._shown is not None:
            self._begin_wanted()

    def _begin_wanted(self) -> None:
        """Open the form one was writing in, if whom it is about is listed still."""
        wanted, self._wanted = self._wanted, None
        rows = [
            r.id for r in self.list.every if wanted and wanted[0] in (r.owed.person, r.owed.account)
        ]
        if wanted is not None and rows and self.list.choose(rows[0]):
            self.actions_here[f"due.{wanted[1]}"].trigger()


def _whom(line: DueLine) -> Whom:
    return Whom(line.account, line.person, whom(line))


def _place(line: DueLine, what: str) -> str:
    return f"due:{(line.person or line.account).hex()}:{what}"
