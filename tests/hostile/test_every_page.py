"""Every page with tricks in every cell of every kind: plain, cut, alive, no dearer than tame."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.hostile_cells import LONG, TAME, TRICKS, write_everywhere
from support.hostile_sinks import alive, shown
from support.hostile_walk import Cost, Walked, a_window

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.finding.palette import Palette
from kamdesk.desktop.pages import Route
from kamdesk.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("plugin does not support (propagateSizeHints|raise|grab)")
MORE = 20
"""Statements and things a page may have more than with tame words: a warning, a row of names."""
PART = 20_000
"""So many characters are long enough for whatever cuts them; ``--all`` writes all 100,000."""


def looked_at(walked: Walked, *, judged: bool) -> list[Cost]:
    """Walk all stops; return what each took. With ``judged`` each is looked at closely."""
    costs: list[Cost] = []
    wrong: list[str] = []
    for stop in walked.stops:
        costs.append(walked.go(stop.route))
        if not judged:
            continue
        place = f"{stop.route.page} {stop.route.tab}"
        wrong += [f"{place}: {said}" for said in alive(walked.page)]
        for action in stop.opens:
            walked.press(action)
            wrong += [f"{place} {action}: {said}" for said in alive(walked.page)]
            walked.escape(stop.route)
        if len(walked.window.windowTitle()) > looks.LONGEST + 20:
            wrong.append(f"{place}: the title is long")
        if not walked.answers():
            wrong.append(f"{place}: Alt+Left is not answered")
    wrong += alive(walked.window) if judged else []
    assert walked.crashes == []
    assert wrong == [], "\n".join(wrong)
    return costs


def cost_of(
    application: Application, qtbot: QtBot, folder: Path, words: str, *, judged: bool
) -> list[tuple[Route, Cost]]:
    """Walk a workspace in which words stand everywhere; return what each stop took."""
    with a_window(application, qtbot, folder, words) as walked:
        assert walked.unseen() == set()
        costs = looked_at(walked, judged=judged)
        return [(stop.route, cost) for stop, cost in zip(walked.stops, costs, strict=True)]


@pytest.fixture(scope="module")
def tame() -> dict[str, list[tuple[Route, Cost]]]:
    """What each stop takes with tame words, by language; walked when first asked for."""
    return {}


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", TRICKS), ("zh", TRICKS), pytest.param("en", LONG, marks=pytest.mark.slow)],
    ids=["en", "zh", "long"],
)
def test_tricks_in_every_cell_are_plain_words_and_cost_no_more(
    application: Application,
    qtbot: QtBot,
    tmp_path: Path,
    tame: dict[str, list[tuple[Route, Cost]]],
    pytestconfig: pytest.Config,
    language: str,
    words: str,
) -> None:
    if not pytestconfig.getoption("--all"):
        words = words[:PART]
    application.choose_language(language)
    for name in ("tame", "hostile"):
        (tmp_path / name).mkdir()
    if language not in tame:
        tame[language] = cost_of(application, qtbot, tmp_path / "tame", TAME, judged=False)
    hostile = cost_of(application, qtbot, tmp_path / "hostile", words, judged=True)
    assert [
        (route, before, now)
        for (route, before), (_, now) in zip(tame[language], hostile, strict=True)
        if now.statements > before.statements + MORE or now.things > before.things + MORE
    ] == []


def test_palette_keys_and_notices_show_tricks_as_words(
    application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    with a_window(application, qtbot, tmp_path, TRICKS) as walked:
        walked.go(Route("own_fields"))
        for typed in (TRICKS, LONG, "img", "شلום", "\u202e", "Save"):
            palette = Palette(walked.window, walked.bench)
            palette.field.setText(typed)
            walked.answered()
            assert alive(palette) == []
            palette.close()
        walked.window.say(Text("“{name}” was kept.", name=LONG))
        walked.window.actions_here["keys"].trigger()
        walked.answered()
        assert alive(walked.window) == []
        assert "<img src=" in shown(walked.window)


def test_every_kind_of_record_holds_the_tricks(desk: Workspace) -> None:
    """The control: what is written stands there; a new kind without a record is noticed."""
    from support.halves import a_whole_file

    a_whole_file(desk)
    assert write_everywhere(desk, TRICKS) > 150
    for kind in desk.storage.catalogue.kinds:
        rows = desk.storage.reader.ask(f"SELECT * FROM {kind.table}")
        assert any("<img src=" in str(value) for row in rows for value in row) or (
            kind.name
            in (
                "map",
                "holding",
                "attendee",
                "tie",
                "not_same",
                "pack_choice",
                "verdict",
                "learnt_leg",
                "pattern_stop",
            )
        ), kind.name
