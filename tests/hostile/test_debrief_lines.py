"""Lines of a debrief no hand typed: a hundred thousand characters, five thousand names."""

from datetime import date

import pytest

from kamdesk.dossier.debrief import Answers, Question
from kamdesk.dossier.debrief_lines import Line, read_answer
from kamdesk.dossier.debrief_names import Names, Who

DAY = date(2026, 3, 12)
LINES = (
    "长" * 100_000, "@" * 100_000, "+" * 100_000, "," * 100_000, "9" * 100_000, "(" * 100_000,
    "a-" * 50_000, "x\n" * 50_000, "下周" * 50_000, "1." * 50_000, "\u202e" * 50_000,
    "none" + " " * 90_000 + "x", "<b>" * 30_000, "e" + "\u0301" * 99_000,
)  # fmt: skip


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(
        Who(f"{n:032x}", f"陈立新{n}", syllables=("chen", "li", "xin", str(n)))
        for n in range(5_000)
    )


@pytest.mark.parametrize("text", LINES, ids=range(len(LINES)))
def test_any_line_is_an_answer_to_any_question(names: Names, text: str) -> None:
    for question in Question:
        line = read_answer(question, text, names, Answers(), DAY)
        assert isinstance(line, Line)
        assert len(line.words) <= 100_002


@pytest.mark.parametrize("question", [one for one in Question if one is not Question.NEXT])
def test_blanks_without_end_are_one(names: Names, question: Question) -> None:
    """Pasted into “who was there” they kept the window busy for minutes."""
    few, many = (f"敏感性分析{' ' * n}给 x" for n in (1, 99_000))
    assert read_answer(question, many, names, Answers(), DAY) == read_answer(
        question, few, names, Answers(), DAY
    )
