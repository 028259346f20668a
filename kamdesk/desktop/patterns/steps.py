"""The steps of a pattern: make one of a week, rename it, fill it, lay it out."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, Id
from kamdesk.core.minutes import hours_minutes
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.patterns.reading import WEEKDAYS, StopRow
from kamdesk.desktop.person.meaning import meant_account, offer_accounts
from kamdesk.desktop.record_step import RecordStep, Verb
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.typed import read_day, read_minutes, read_time
from kamdesk.desktop.visits.verbs import position
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.lines import Line, Lines
from kamdesk.desktop.widgets.record_field import Offered, RecordField
from kamdesk.domain.patterns.model import CYCLE, Pattern, PatternStop
from kamdesk.domain.visits.model import KIND_WORDS
from kamdesk.dossier.patterns import LaidVisit, apply, lay_out, stops_of_weeks

if TYPE_CHECKING:
    from kamdesk.desktop.patterns.page import PatternsPage
    from kamdesk.workspace import Workspace

_SHOWN = 14
_AFTER = 250
"""Milliseconds after the last key until what is typed is tried."""


class PatternStep(RecordStep["PatternsPage"]):
    """Makes a pattern, or with ``base`` gives it another name and length."""

    of = "patterns"

    def __init__(self, page: "PatternsPage", monday: date, base: Pattern | None = None) -> None:
        super().__init__(
            page,
            Text("Rename the pattern") if base else Text("Make a pattern"),
            "rename" if base else "new",
            "" if base else Text("A week that went well makes a good pattern."),
        )
        self._base = base
        self.made: bytes | None = None
        self.name = self.ask("name", Text("Name"), hint=Text("Suzhou round, core customers"))
        self.weeks = Choice([(n, Text("{n} week", "{n} weeks", n=n)) for n in CYCLE], start=4)
        self.form.add("weeks", Text("Comes round every"), self.weeks, beside=False)
        editors: dict[str, QWidget] = {"name": self.name, "weeks": self.weeks}
        if base is None:
            self.monday = self.ask(
                "monday",
                Text("Take the visits of the week of"),
                hint=Text("2026-03-09; nothing: begin empty"),
            )
            self.monday.setText(monday.isoformat())
            editors["monday"] = self.monday
        else:
            self.name.setText(base.name)
            self.weeks.choose(base.weeks)
        self.keep_drafts(editors)

    def verb(self) -> Verb:
        """Return what makes or changes the pattern."""
        name, weeks, base, seen = self.name.text(), self.weeks.value, self._base, self.page.seen
        length = weeks if isinstance(weeks, int) else 1
        if base is not None:
            changed = replace(base, name=name, weeks=length)
            return lambda desk: desk.patterns.change(changed, base=base, seen=position(desk, seen))
        typed = self.monday.text()

        def verb(desk: "Workspace") -> ChangeSet:
            pattern = desk.patterns.new(name, weeks=length)
            stops: list[PatternStop] = []
            if typed.strip():
                day = read_day(typed, desk.clock.today(), field="monday")
                stops = stops_of_weeks(desk.storage, pattern.id, day, 1, desk.team.sits_here)
                if not stops:
                    said = Text("No visit of yours stands in that week: choose another, or none.")
                    raise RuleBroken(said, field="monday")
            self.made = pattern.id
            return desk.patterns.make(pattern, stops)

        return verb


class StopStep(RecordStep["PatternsPage"]):
    """A visit of a pattern: added, or with ``row`` changed."""

    of = "patterns"

    def __init__(self, page: "PatternsPage", pattern: Pattern, row: StopRow | None = None) -> None:
        what = f"stop:{row.id.hex()}" if row else "stop"
        heading = Text("Change the visit") if row else Text("Add a visit")
        super().__init__(page, heading, what)
        self._pattern, self._row = pattern, row
        self.account = RecordField(hint=Text("name, pinyin or number"))
        offer_accounts(page, self.account)
        weeks = [(n, Text("week {n}", n=n)) for n in range(1, pattern.weeks + 1)]
        self.week, self.weekday = Choice(weeks), Choice(list(enumerate(WEEKDAYS)))
        self.begins, self.minutes = LineEditor(hint="9:00"), LineEditor(hint="60")
        self.kind = Choice([(str(kind), words) for kind, words in KIND_WORDS.items()])
        add = self.form.add
        add("account", Text("Customer"), self.account, beside=False)
        add("week", Text("Week"), self.week, beside=False)
        add("weekday", Text("Day"), self.weekday, beside=False)
        add("begins", Text("Time"), self.begins, beside=False)
        add("minutes", Text("Minutes"), self.minutes, beside=False)
        add("kind", Text("Kind"), self.kind, beside=False)
        self.begins.setText(hours_minutes(row.stop.begins if row else 540))
        self.minutes.setText(str(row.stop.minutes if row else 60))
        if row is not None:
            self.account.choose(Offered(row.stop.account, row.name))
            self.week.choose(row.stop.week)
            self.weekday.choose(row.stop.weekday)
            self.kind.choose(row.stop.kind)
        editors: dict[str, QWidget] = {
            "account": self.account,
            "week": self.week,
            "weekday": self.weekday,
            "begins": self.begins,
            "minutes": self.minutes,
            "kind": self.kind,
        }
        self.keep_drafts(editors)

    def verb(self) -> Verb:
        """Return what writes the visit. Raises ``RuleBroken`` at a field."""
        hour, minute = read_time(self.begins.text(), field="begins")
        minutes = read_minutes(self.minutes.text(), field="minutes")
        named, chosen, row, seen = (
            self.account.text(), self.account.record, self._row, self.page.seen
        )  # fmt: skip
        week, weekday, kind = self.week.value, self.weekday.value, str(self.kind.value)

        def verb(desk: "Workspace") -> ChangeSet:
            account = AccountId(Id(chosen)) if chosen else meant_account(desk, named)
            if account is None:
                said = Text("Say with whom: type some letters, Tab takes the first.")
                raise RuleBroken(said, field="account")
            base = row.stop if row else desk.patterns.new_stop(self._pattern.id, account)
            stop = replace(
                base,
                account=account,
                week=week if isinstance(week, int) else 1,
                weekday=weekday if isinstance(weekday, int) else 0,
                begins=hour * 60 + minute,
                minutes=minutes,
                kind=kind,
            )
            if row is None:
                return desk.patterns.add_stop(stop)
            return desk.patterns.change_stop(stop, base=base, seen=position(desk, seen))

        return verb


class LayStep(RecordStep["PatternsPage"]):
    """Lays a pattern out from a week on, after showing what it would plan and leave out.

    Signals: ``settled(n)`` so many visits are planned.
    """

    settled = Signal(int)
    of = "patterns"

    def __init__(
        self, page: "PatternsPage", pattern: Pattern, monday: date, me: ColleagueId | None
    ) -> None:
        super().__init__(
            page,
            Text("Lay out the pattern"),
            "lay",
            Text("The visits are yours to move till a customer agrees. Ctrl+Z takes all back."),
            do=Text("Plan these visits"),
        )
        self._pattern, self._me = pattern, me
        self.laid: list[LaidVisit] = []
        self.monday = self.ask(
            "monday", Text("From the week of"), hint=Text("+7, 3-16, 2026-03-09")
        )
        self.cycles = self.ask("cycles", Text("So many times"), hint="1")
        self.monday.setText((monday + timedelta(days=7)).isoformat())
        self.cycles.setText("1")
        self.told = PlainLabel("", Type.STRONG, fit=Fit.WRAP)
        self.preview = Lines()
        self.below(self.told, self.preview)
        self._later = QTimer(self, singleShot=True, interval=_AFTER)
        self._later.timeout.connect(self.try_out)
        for line in (self.monday, self.cycles):
            line.textChanged.connect(lambda _: self._later.start())
        self.keep_drafts({"monday": self.monday, "cycles": self.cycles})
        self.try_out()

    def verb(self) -> Verb:
        """Return what plans the visits."""
        monday, cycles = self.monday.text(), self.cycles.text()
        pattern, me, seen = self._pattern, self._me, self.page.seen

        def verb(desk: "Workspace") -> ChangeSet:
            day = read_day(monday, desk.clock.today(), field="monday")
            times = read_times(cycles)
            return apply(desk.storage, pattern, day, times, me, seen=position(desk, seen))

        return verb

    def _saved(self, changes: ChangeSet) -> None:
        super()._saved(changes)
        self.settled.emit(len(changes.of("visit")))

    def try_out(self) -> None:
        """Show what would be planned."""
        monday, cycles, pattern, me = (
            self.monday.text(), self.cycles.text(), self._pattern, self._me
        )  # fmt: skip

        def question(desk: "Workspace") -> list[LaidVisit]:
            day = read_day(monday, desk.clock.today(), field="monday")
            return lay_out(desk.storage, pattern, day, read_times(cycles), me)

        self.page.ask(question, self._show, self._refuse, key="lay")

    def _refuse(self, error: Refusal) -> None:
        self.form.refused(error)
        self.laid = []
        self.told.say("")
        self.preview.show_parts([])

    def _show(self, laid: list[LaidVisit]) -> None:
        self.form.accept()
        self.laid = laid
        out = [one for one in laid if one.because is not None]
        planned = len(laid) - len(out)
        self.told.say(
            looks.joined(
                Text("{n} visit would be planned", "{n} visits would be planned", n=planned),
                Text("{n} left out", "{n} left out", n=len(out)) if out else "",
            )
        )
        shown = sorted(laid, key=lambda one: (one.because is None, one.start))[:_SHOWN]
        lines: list[QWidget] = [_laid_line(one) for one in shown]
        if len(laid) > len(shown):
            more = Text("and {n} more", n=len(laid) - len(shown))
            lines.append(PlainLabel(more, Type.SMALL, Tone.MUTED))
        self.preview.show_parts(lines)
        if self.do is not None:
            self.do.setEnabled(planned > 0)


def read_times(text: str) -> int:
    """Return how many times, as typed. Raises ``RuleBroken`` at ``cycles``."""
    if not text.strip().isdecimal() or len(text.strip()) > 3:
        raise RuleBroken(Text("Write how many times: 1, 2, 6."), field="cycles")
    return int(text)


def _laid_line(one: LaidVisit) -> Line:
    when = f"{looks.day(one.day)} {hours_minutes(one.line.stop.begins)}"
    words = looks.joined(one.line.account_name, one.because or "")
    tone = Tone.OCHRE if one.because else Tone.INK
    return Line(
        PlainLabel(when, Type.SMALL, Tone.MUTED),
        PlainLabel(looks.cut(words, 160), Type.SMALL, tone, fit=Fit.WRAP),
        wraps=True,
    )
