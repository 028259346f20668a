"""How the week runs is kept in the settings: each value in its place, refused at its field."""

from dataclasses import fields
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.core.changes import ChangeSet
from kamdesk.core.spot import Spot
from kamdesk.desktop.habits_said import COVERED, FIELDS
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.domain.travel.model import Habits
from kamdesk.dossier.places import spot_of
from kamdesk.workspace import Workspace

from .conftest import Here


@pytest.fixture
def page(here: Here) -> Any:
    return here.go(Route("settings"))


def write(here: Here, page: Any, name: str, text: str) -> Any:
    field = page.habits.fields[name]
    field.begin()
    field.row.editor.setText(text)
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_Return)
    here.answered()
    return field


def kept(here: Here) -> Habits:
    return here.desk().habits.ask.habits()


def test_every_habit_has_its_field() -> None:
    held = {name for name in FIELDS if name not in COVERED}
    held |= {of for several in COVERED.values() for of in several}
    assert held == {one.name for one in fields(Habits)} - {"id"}


def test_home_is_found_by_its_address_and_a_link_is_more_exact(here: Here, page: Any) -> None:
    home = page.habits.fields["home_address"]
    assert home.read._note.text() == "not known: days start at the first customer"
    write(here, page, "home_address", "苏州市姑苏区织月路 26 号")
    assert home.read._note.text() == "苏州市姑苏区 · by the address, about 3 km unsure"
    assert kept(here).home is not None
    write(here, page, "home", "31.30, 120.60")
    assert kept(here).home == Spot(31.30, 120.60)
    write(here, page, "home", "")
    assert kept(here).home_from == ""
    assert kept(here).home not in (None, Spot(31.30, 120.60))
    write(here, page, "home_address", "somewhere")
    assert "no place is found" in home.read._note.text()
    assert kept(here).home is None


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("day", "9-18", "9:00–18:00"),
        ("weekdays", "周一到周六", "Mon–Sat"),
        ("weekdays", "Mon, Tue, Thu", "Mon, Tue, Thu"),
        ("lunch", "12:00 - 13:30", "12:00–13:30"),
        ("lunch_minutes", "0", "0 min"),
        ("road_percent", "140 %", "140 % of the straight line"),
        ("speeds", "25,40,60,90", "25 · 40 · 60 · 90 km/h"),
    ],
)
def test_a_habit_is_read_as_it_is_typed(
    here: Here, page: Any, name: str, typed: str, shown: str
) -> None:
    field = write(here, page, name, typed)
    assert not field.editing
    assert field.read.value.text() == shown
    assert kept(here) != Habits()


@pytest.mark.parametrize(
    ("name", "typed", "refusal"),
    [
        ("day", "late", "Write from when to when, like 8:30–18:30."),
        ("weekdays", "never", "Write days of the week, like Mon–Fri."),
        ("lunch_minutes", "999", "Write a number from 0 to 180."),
        ("lunch_minutes", "an hour", "Write a whole number."),
        ("speeds", "30, 45", "Write four speeds, like 30, 45, 65, 80."),
        ("speeds", "3, 45, 65, 80", "Write a number from 5 to 130."),
        ("home", "over there", "No point is found in this. Paste a link of a map, or two numbers: "
         "31.30, 120.60."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_the_field_and_kept_there(
    here: Here, page: Any, name: str, typed: str, refusal: str
) -> None:
    field = write(here, page, name, typed)
    assert field.editing
    assert field.row.refusal == refusal
    assert field.typed == typed
    assert kept(here) == Habits()


def test_e_edits_and_a_draft_goes_on_in_its_field(here: Here, page: Any) -> None:
    page.actions_here["settings.edit"].trigger()
    field = page.habits.fields["home_address"]
    assert field.editing
    field.row.editor.setText("昆山")
    field.draft.keep()
    here.answered()
    here.go(Route("accounts"))
    again: Any = here.go(Route("settings"))
    again.resume("settings::habits:home_address")
    here.answered()
    assert again.habits.fields["home_address"].typed == "昆山"


def test_corrected_ways_are_counted_and_forgotten(here: Here, page: Any) -> None:
    assert page.habits.forget.isHidden()
    here.bench.do(None, lambda desk: desk.habits.learn(Spot(31.3, 120.6), Spot(31.4, 121.0), 55))
    here.answered()
    assert page.habits.taught.text() == "1 way corrected"
    page.habits.forget.click()
    here.answered()
    assert here.desk().habits.ask.learnt() == []
    assert page.habits.forget.isHidden()


def test_each_corrected_way_is_named_and_forgotten_by_itself(here: Here, page: Any) -> None:
    write(here, page, "home", "31.30, 120.60")
    away = Spot(31.0, 121.4)
    wuxi = spot_of(here.desk().storage.reader, here.account.id)
    assert wuxi is not None
    for spot, minutes in ((wuxi.spot, 70), (away, 95)):
        here.bench.do(None, partial(_learnt, spot, minutes))
    here.answered()
    lines = [one.text() for one in page.habits.ways.findChildren(PlainLabel)]
    assert [line.split(" · ")[0] for line in lines] == ["Home – 31.00, 121.40", "Home – 澜川"]
    assert lines[1].startswith("Home – 澜川 · 1 h 10, by the rule ")
    assert page.habits.ways.forget[1].accessibleName() == f"Forget: {lines[1]}"
    page.habits.ways.forget[1].click()
    here.answered()
    assert [leg.minutes for leg in here.desk().habits.ask.learnt()] == [95]
    assert len(page.habits.ways.forget) == 1


def _learnt(spot: Spot, minutes: int, desk: Workspace) -> ChangeSet:
    return desk.habits.learn(Spot(31.30, 120.60), spot, minutes)
