"""Saying what a value stands on: as of when, who says so, how one knows."""

import calendar
import re
from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.basis import SURENESS_WORDS, Basis, Sureness
from kamdesk.core.clock import days_between
from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.typed import read_day
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.fields import Form
from kamdesk.domain.accounts.shelf_life import is_stale

_YEAR = re.compile(r"(\d{4})年?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")


class BasisEditor(QWidget):
    """Three fields under a value, folded away until Alt+B."""

    def __init__(self, basis: Basis) -> None:
        super().__init__()
        look = theme.now()
        self.setContentsMargins(look.px(16), 0, 0, look.px(8))
        nothing: tuple[object, Text] = (None, Text("not said"))
        self.as_of = LineEditor(
            basis.as_of.isoformat() if basis.as_of else "", hint=Text("2025-12-31, 2025, yesterday")
        )
        self.source = LineEditor(basis.source, hint=Text("annual report, Li Min on the telephone"))
        self.sureness = Choice([nothing, *SURENESS_WORDS.items()], start=basis.sureness)
        self.editors: Mapping[str, QWidget] = {
            "as_of": self.as_of,
            "source": self.source,
            "sureness": self.sureness,
        }
        self._form = Form()
        self._form.add("as_of", Text("As of"), self.as_of)
        self._form.add("source", Text("Says who"), self.source)
        self._form.add("sureness", Text("We know from"), self.sureness)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        self.setVisible(bool(basis))

    def unfold(self) -> None:
        """Show it and go to its first field."""
        self.show()
        self.as_of.setFocus()
        self.as_of.selectAll()

    def refused(self, error: Refusal) -> None:
        """Say at its field why it was refused."""
        self.show()
        self._form.refused(error)

    def basis(self, today: date) -> Basis:
        """Return what was typed. Raises ``RuleBroken`` at the field."""
        self._form.accept()
        sureness = self.sureness.value
        return Basis(
            as_of=read_past_day(self.as_of.text(), today, field="as_of"),
            source=self.source.text().strip(),
            sureness=sureness if isinstance(sureness, Sureness) else None,
        )


def read_past_day(text: str, today: date, *, field: str, last: bool = True) -> date | None:
    """Return the day typed, the latest such day up to today; None for nothing typed.

    A year or a month alone is its ``last`` day, else its first. Raises ``RuleBroken``.
    """
    word = text.strip()
    if not word:
        return None
    try:
        if found := _YEAR.fullmatch(word):
            year = int(found[1])
            return min(today, date(year, 12, 31)) if last else date(year, 1, 1)
        if found := _MONTH.fullmatch(word):
            year, month = int(found[1]), int(found[2])
            end = calendar.monthrange(year, month)[1] if last else 1
            return min(today, date(year, month, end)) if last else date(year, month, end)
        day = read_day(word, today, field=field)
        said = re.search(r"\d{4}", word)
        return day if day <= today or said else day.replace(year=day.year - 1)
    except (ValueError, calendar.IllegalMonthError):
        no_day = Text("“{value}” is no day: write 2026-03-12.", value=text)
        raise RuleBroken(no_day, field=field) from None


def basis_words(
    cell: str, basis: Basis | None, written: tuple[str, date] | None, today: date
) -> tuple[Text | str, bool]:
    """Return what a value stands on in words, and whether it is past its shelf life.

    ``written``: by whom and when it was entered.
    """
    basis = basis or Basis()
    as_of = basis.as_of or (written[1] if written else None)
    if is_stale(cell, as_of, today) and as_of is not None:
        months = max(1, days_between(as_of, today) // 30)
        old = Text("{n} month old. Still so? S", "{n} months old. Still so? S", n=months)
        return looks.joined(old, basis.source), True
    said: list[Text | str] = [
        basis.source,
        SURENESS_WORDS[basis.sureness] if basis.sureness else "",
    ]
    if basis.as_of:
        said.insert(0, Text("as of {day}", day=looks.day(basis.as_of, today=today)))
    elif written:
        day = looks.day(written[1], today=today)
        said.append(Text("{who}, {day}", who=written[0], day=day) if written[0] else day)
    return looks.joined(*said), False
