"""Calendars made to harm are read within limits or refused in words that name file and reason."""

from pathlib import Path

import pytest
from support.hostile_calendars import Hostile, every

from kamdesk.core.errors import RuleBroken
from kamdesk.domain.appointments.model import LONGEST_TITLE, LONGEST_UID
from kamdesk.transfer.calendar.found import MOST_TIMES
from kamdesk.workspace import Workspace

ALL = every()


def test_there_are_enough_of_them() -> None:
    assert len({one.harm for one in ALL}) == len(ALL) >= 40


@pytest.mark.parametrize("hostile", ALL, ids=lambda hostile: hostile.harm)
def test_a_hostile_calendar_does_no_harm(hostile: Hostile, desk: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "odd.ics"
    file.write_bytes(hostile.make())
    if hostile.refused is not None:
        with pytest.raises(RuleBroken) as broken:
            desk.calendar_files.look(file)
        said = broken.value.said.plain
        assert said.startswith("“odd.ics” cannot be imported: ")
        assert said.endswith(hostile.refused)
        return
    shown = desk.calendar_files.look(file)
    for one in shown.new:
        assert 0 < len(one.times) <= MOST_TIMES
        assert len(one.new.title) <= LONGEST_TITLE
        assert len(one.new.place) <= LONGEST_TITLE
        assert len(one.new.uid) <= LONGEST_UID
        assert "\0" not in one.new.title + one.new.uid + one.new.place
    desk.calendar_files.take(shown)
    assert desk.calendar_files.look(file).changes_nothing
