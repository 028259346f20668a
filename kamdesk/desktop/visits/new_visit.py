"""The form that plans a visit: with which customer, when, what for, with whom."""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day, Instant
from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.ids import AccountId, Id, VisitId
from kamdesk.core.text.said_moments import read_moment
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.typed import read_minutes
from kamdesk.desktop.visits.said import clash_words, day_heading
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor, TickBox
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.offers import Offer, OfferLine
from kamdesk.desktop.workbench import Workbench
from kamdesk.domain.visits.model import KIND_WORDS, Attendee, Side, VisitKind, VisitState
from kamdesk.domain.visits.store import VisitLine
from kamdesk.dossier.clashing import Other, clashing

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_MOST = 24
_HOUR = 60


class Sitter(NamedTuple):
    """Somebody of theirs who could sit there."""

    id: Id
    name: str
    post: str


class Known(NamedTuple):
    """What the form is told of the customer chosen."""

    account: AccountId
    name: str
    people: list[Sitter]


class Around(NamedTuple):
    """What lies around the time of a new visit: what it clashes with, what speaks against it."""

    others: list[Other]
    against: list[Text]


class NewVisit(PanelStep):
    """Signals: ``planned(visit id)``, ``closed``. Enter in a line saves; Esc keeps the draft.

    Without an ``account`` the customer is asked for first; ``with_whom`` is ticked from the start.
    """

    planned = Signal(bytes)

    def __init__(
        self,
        workbench: "Workbench[Workspace]",
        place: str,
        today: Day,
        zone: str,
        *,
        account: AccountId | None = None,
        with_whom: Id | None = None,
    ) -> None:
        super().__init__(Text("Plan a visit"), do=Text("Save"))
        self._workbench, self._today, self._zone = workbench, today, zone
        self.account, self._called = account, ""
        self._asked_for = account
        self.customer = OfferLine(Text("Customer"), hint=Text("Name, short name or pinyin"))
        if account is None:
            self.form.add("account", Text("Customer"), self.customer, beside=False)
            self.customer.typed.connect(self._look_up)
            self.customer.taken.connect(lambda offer: self._take(offer.value, offer.words))
            self.customer.field.textEdited.connect(self._forget_customer)
        self.when = self.ask("time", Text("When"), hint=Text("next Wed 14:00, 3-18 9:30, +3"))
        self.minutes = self.ask("minutes", Text("Length in minutes"))
        self.minutes.setText(str(_HOUR))
        self.kind = Choice([(one, looks.capital(words)) for one, words in KIND_WORDS.items()])
        self.form.add("kind", Text("Kind"), self.kind, beside=False)
        self.topic = self.ask(
            "topic",
            Text("Topic"),
            help=Text("Neutral words: they also stand on the page for the table"),
        )
        self.objective = TextEditor(lines=2)
        self.form.add("objective", Text("What the visit is to bring"), self.objective, beside=False)
        self.people: dict[bytes, TickBox] = {}
        self._ticked = LineEditor()  # never seen: the ids of those ticked, for the draft
        self._with_whom = with_whom
        self._ticked.setText(with_whom.hex() if with_whom else "")
        self._sitters = QVBoxLayout()
        self._sitters.setSpacing(theme.now().px(2))
        self.column.addLayout(self._sitters)
        editors: dict[str, QWidget] = {
            "time": self.when,
            "minutes": self.minutes,
            "kind": self.kind,
            "topic": self.topic,
            "objective": self.objective,
            "with": self._ticked,
        }
        if account is None:
            editors = {"customer": self.customer.field, **editors}
        self.draft = Drafting(self, workbench, place, editors)
        self.draft.put_back.connect(self._resolve)
        self.column.insertWidget(0, self.draft.line)
        for line in (self.when, self.minutes):
            line.textChanged.connect(lambda _: self._read_back())
        self.kind.currentIndexChanged.connect(lambda _: self._read_back())
        self.wanted.connect(self._save)
        self.closed.connect(self.draft.close)

    # ---- opening

    def begin(self) -> None:
        self.begin_at(None)

    def begin_at(self, start: Instant | None) -> None:
        """Open the form, perhaps at a time already chosen."""
        self.draft.begin()
        if start is not None:
            local = start.local
            self.when.setText(f"{local:%Y-%m-%d} {looks.clock(local)}")
        if self.account is not None:
            self._ask_known(self.account)
        first: QWidget = self.customer.field if self.account is None else self.when
        if start is not None and self.account is not None:
            first = self.topic
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ---- the customer

    def _look_up(self, typed: str) -> None:
        def fitting(desk: "Workspace") -> list[Offer]:
            return [
                Offer(
                    hit.id,
                    hit.title,
                    "" if hit.matched == hit.title else hit.matched,
                    "building-2",
                )
                for hit in desk.search.names(typed, 6).accounts
            ]

        self._workbench.ask(self, fitting, self.customer.offer, key="customer")

    def _resolve(self) -> None:
        """Find the customer again whose name a draft holds."""
        wanted = self._ticked.text().split()  # before the boxes tell of themselves
        for who, box in self.people.items():
            box.setChecked(who.hex() in wanted)
        typed = self.customer.field.text().strip()
        if self._asked_for is not None or not typed:
            self._read_back()
            return

        def same(desk: "Workspace") -> tuple[AccountId, str] | None:
            for hit in desk.search.names(typed, 6).accounts:
                if typed in (hit.title, hit.matched):
                    return AccountId(hit.id), hit.title
            return None

        self._workbench.ask(
            self, same, lambda found: self._take(*found) if found else None, key="customer"
        )
        self._read_back()

    def _forget_customer(self, _: str) -> None:
        self.account = None

    def _take(self, account: object, words: Text | str) -> None:
        if not isinstance(account, bytes):
            return
        self.account = AccountId(Id(account))
        self.customer.field.setText(looks.said(words))
        self._ask_known(self.account)
        if self.customer.field.hasFocus():
            self.when.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_known(self, account: AccountId) -> None:
        def known(desk: "Workspace") -> Known | None:
            found = desk.accounts.ask.find(account)
            if found is None:
                return None
            lines = desk.people.ask.lines(account)
            lines.sort(key=lambda line: line.id != self._with_whom)
            people = [Sitter(line.id, line.name, line.post) for line in lines[:_MOST]]
            return Known(account, found.called, people)

        self._workbench.ask(self, known, self._show_known, key="known")

    def _show_known(self, known: Known | None) -> None:
        emptied(self._sitters)
        self.people.clear()
        self._read_back()
        if known is None or known.account != self.account:
            return
        if self._asked_for is not None:  # the customer was given: say whom it is about
            self.sentence.say(looks.cut(known.name, 80))
            self.sentence.show()
        if not known.people:
            return
        label = PlainLabel(Text("Who will sit there"), Type.SMALL, Tone.MUTED)
        self._sitters.addWidget(label)
        for sitter in known.people:
            self.people[sitter.id] = box = TickBox(looks.cut(sitter.name, 60))
            box.setChecked(sitter.id.hex() in self._ticked.text().split())
            box.toggled.connect(self._note_ticks)
            box.setAccessibleName(looks.joined(sitter.name, sitter.post))
            holder = QWidget()
            pair = QHBoxLayout(holder)
            pair.setContentsMargins(0, 0, 0, 0)
            pair.setSpacing(theme.now().px(4))
            pair.addWidget(box)
            pair.addWidget(PlainLabel(sitter.post, Type.SMALL, Tone.MUTED, fit=Fit.ELIDE), 1)
            self._sitters.addWidget(holder)

    def _note_ticks(self, _: bool) -> None:
        ticked = (who.hex() for who, box in self.people.items() if box.isChecked())
        self._ticked.setText(" ".join(ticked))

    # ---- the time

    def _start(self) -> Instant | None:
        said = read_moment(self.when.text(), self._today)
        if said is None:
            return None
        return Instant.at(said.day, said.hour, said.minute, zone=self._zone)

    def _read_back(self) -> None:
        """Say how the time was read, and with what it clashes."""
        row = self.form.rows["time"]
        start, minutes = self._start(), self.minutes.text().strip()
        if start is None or not minutes.isdecimal() or not 0 < int(minutes) <= 7 * 1440:
            row.advise("")
            return
        line = VisitLine(
            VisitId(Id(b"")), AccountId(Id(b"")), "", start, int(minutes), VisitKind.VISIT,
            "", "", VisitState.PLANNED, "",
        )  # fmt: skip
        end = start.plus(minutes=int(minutes)).local
        local = start.local
        read = f"{day_heading(local.date())} {looks.clock(local)}–{looks.clock(end)}"
        row.advise(read)

        account = self.account if self.kind.value in (VisitKind.VISIT, VisitKind.VIDEO) else None
        there = account if self.kind.value == VisitKind.VISIT else None
        today = self._today

        def around(desk: "Workspace") -> Around:
            from kamdesk.dossier.too_soon import one_too_many
            from kamdesk.dossier.unfit_time import against

            me = desk.team.sits_here
            mine = line._replace(ours=(me.hex(),) if me is not None else ())
            standing = desk.appointments.ask.between(start, start.plus(minutes=line.minutes))
            visits = desk.visits.ask.around(start, line.minutes)
            others, reader = clashing(mine, visits, standing, me=me), desk.storage.reader
            found = against(reader, start, line.minutes, account=there, me=me)
            if account and (most := one_too_many(reader, account, start.day, today=today)):
                found.append(most)
            return Around(others, found)

        def tell(found: Around) -> None:
            warnings = [words for words in (clash_words(found.others), *found.against) if words]
            if warnings:
                row.advise(looks.joined(read, *warnings), Tone.OCHRE)

        self._workbench.ask(self, around, tell, key="clash")

    # ---- saving

    def _save(self) -> None:
        self.form.accept()
        try:
            if self.account is None:
                raise RuleBroken(
                    Text("Choose a customer: type some letters, Tab takes the first that fits."),
                    field="account",
                )
            start = self._start()
            if start is None:
                raise RuleBroken(
                    Text(
                        "“{value}” is no day and time: write next Wed 14:00, or 2026-03-12 9:30.",
                        value=self.when.text(),
                    ),
                    field="time",
                )
            minutes = read_minutes(self.minutes.text(), field="minutes")
        except RuleBroken as error:
            self.form.refused(error)
            return
        account, kind = self.account, self.kind.value
        topic, objective = self.topic.text(), self.objective.toPlainText()
        with_whom = [who for who, box in self.people.items() if box.isChecked()]
        made: list[bytes] = []

        def verb(desk: "Workspace") -> ChangeSet:
            visit = replace(
                desk.visits.new(account, start),
                minutes=minutes,
                topic=topic,
                objective=objective,
                kind=kind if isinstance(kind, VisitKind) else VisitKind.VISIT,
            )
            made[:] = [visit.id]
            seats = [Attendee.at(visit, Id(who), Side.THEIRS) for who in with_whom]
            if (me := desk.team.sits_here) is not None:
                seats.append(Attendee.at(visit, me, Side.OURS))
            return desk.visits.plan(visit, *seats)

        def saved(_: ChangeSet) -> None:
            self.draft.settle()
            self.planned.emit(made[0])

        self._workbench.do(self, verb, saved, self._refused, key="plan", form=self.still)

    def _refused(self, error: Refusal) -> None:
        self.form.refused(error)
