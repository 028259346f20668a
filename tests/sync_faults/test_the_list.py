"""Each of the 26 faults has tests where the list says so, and a control that shows they bite."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LISTED = {
    int(number): room
    for number, room in re.findall(
        r"^(\d+) .* (test_\w+)$", (HERE / "conftest.py").read_text("utf-8"), re.MULTILINE
    )
}


def test_the_list_has_all_faults() -> None:
    assert sorted(LISTED) == list(range(1, 27))


@pytest.mark.parametrize("number", range(1, 27))
def test_a_fault_has_tests_and_a_control(number: int) -> None:
    text = (HERE / f"{LISTED[number]}.py").read_text("utf-8")
    names = re.findall(rf"^def test_fault_{number:02}_(\w+)", text, re.MULTILINE)
    controls = [name for name in names if name.startswith("control")]
    assert controls
    assert len(names) > len(controls)
