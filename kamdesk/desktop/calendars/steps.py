"""The steps beside the list of calendars: what an import would do, and another name."""

from datetime import date
from typing import TYPE_CHECKING, Final

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.pages import Page
from kamdesk.desktop.record_step import RecordStep, Verb
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.appointments.model import Calendar

if TYPE_CHECKING:
    from kamdesk.transfer.calendar.imports import Shown
    from kamdesk.workspace import Workspace

_SHOWN: Final = 8


class ImportStep(RecordStep["Page[Workspace]"]):
    """What importing a calendar file would do: in numbers, with what cannot be taken and why."""

    def __init__(self, page: "Page[Workspace]", shown: "Shown") -> None:
        self.shown = shown
        known = shown.base is not None
        super().__init__(
            page,
            Text("Bring “{name}” up to date", name=shown.calendar.name)
            if known
            else Text("New calendar “{name}”", name=shown.calendar.name),
            "import",
            Text(
                "From {file}, looked at from {first} to {last}. Its times are kept free when a"
                " week is planned; nobody else gets them.",
                file=shown.path.name,
                first=looks.day(shown.calendar.first, today=date.max),
                last=looks.day(shown.calendar.until, today=date.max),
            ),
            do=None if shown.changes_nothing else Text("Take it in"),
        )
        for words in _counts(shown):
            self._line(words, Tone.INK)
        for remark in shown.remarks:
            self._line(remark, Tone.OCHRE)
        if shown.refused:
            self._refused()

    def verb(self) -> Verb:
        """Return what takes the calendar in."""
        shown = self.shown
        return lambda desk: desk.calendar_files.take(shown)

    def _refused(self) -> None:
        refused = self.shown.refused
        self._line(
            Text(
                "{n} appointment cannot be taken:",
                "{n} appointments cannot be taken:",
                n=len(refused),
            ),
            Tone.OCHRE,
        )
        for one in refused[:_SHOWN]:
            title = one.title or looks.said(Text("number {n}", n=one.number))
            self._line(f"{looks.cut(title, 60)}: {looks.said(one.why)}", Tone.SECOND)
        if (more := len(refused) - _SHOWN) > 0:
            self._line(Text("and {n} more", n=more), Tone.MUTED)

    def _line(self, words: Text | str, tone: Tone) -> None:
        self.column.addWidget(PlainLabel(words, Type.BODY, tone, fit=Fit.WRAP))


def _counts(shown: "Shown") -> list[Text]:
    """Return what would happen, a line each; what does not happen is not said."""
    if shown.changes_nothing:
        return [Text("All it says is here already. There is nothing to take in.")]
    every = (
        (len(shown.new), Text("{n} new appointment", "{n} new appointments", n=len(shown.new))),
        (
            len(shown.changed),
            Text("{n} appointment changes", "{n} appointments change", n=len(shown.changed)),
        ),
        (
            len(shown.gone),
            Text(
                "{n} appointment is no longer in it and goes",
                "{n} appointments are no longer in it and go",
                n=len(shown.gone),
            ),
        ),
        (shown.same, Text("{n} stays as it is", "{n} stay as they are", n=shown.same)),
        (
            shown.older,
            Text(
                "{n} is known here in a later state and stays",
                "{n} are known here in a later state and stay",
                n=shown.older,
            ),
        ),
        (
            shown.outside,
            Text("{n} lies outside these days", "{n} lie outside these days", n=shown.outside),
        ),
    )
    return [words for n, words in every if n]


class NameStep(RecordStep["Page[Workspace]"]):
    """Another name for a calendar; what is typed is kept as a draft."""

    def __init__(self, page: "Page[Workspace]", calendar: Calendar) -> None:
        sentence = Text("To bring it up to date later, choose it and press R.")
        place = f"calendars:{calendar.id.hex()}:name"
        super().__init__(page, Text("Rename the calendar"), "name", sentence, place=place)
        self._calendar = calendar
        self.name = self.ask("name", Text("Name"))
        self.name.setText(calendar.name)
        self.keep_drafts({"name": self.name})

    def begin(self) -> None:
        super().begin()
        self.name.selectAll()

    def verb(self) -> Verb:
        """Return what renames the calendar."""
        calendar, name = self._calendar, self.name.text()
        return lambda desk: desk.appointments.rename(calendar, name)
