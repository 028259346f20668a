"""What of a name is marked as typed."""

import pytest

from kamdesk.desktop.finding.heard import typed_marks

LANCHUAN = ("lan", "chuan", "jing", "mi")


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("lanc", "澜川"),
        ("lan c", "澜川"),
        ("lc", "澜川"),
        ("lanchuan", "澜川"),
        ("chuanj", "川精"),
        ("jm", "精密"),
        ("l", "澜"),
        ("澜", "澜"),
        ("xy", ""),
        ("", ""),
        ("lanchuanjingmix", ""),
    ],
)
def test_characters_that_sound_as_typed(typed: str, marked: str) -> None:
    marks = typed_marks("澜川精密", typed, LANCHUAN)
    assert "".join("澜川精密"[start:end] for start, end in marks) == marked


def test_letters_are_marked_where_they_stand() -> None:
    assert typed_marks("Cenwu Hospital", "hosp") == ((6, 10),)
    assert typed_marks("Cenwu Hospital", "chuan") == ()
    assert typed_marks("澜川", "lan", ("lan",)) == ()
