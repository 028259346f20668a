"""Who is due by the command line: listed with why, paused, agreed, ended."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.commands import CommandLine, a_territory

from kamdesk.core.clock import Instant
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.visits.model import VisitState
from kamdesk.workspace import Workspace

GRID, STEEL = "华东电网", "北方钢铁集团"


def classed(desk: Workspace) -> None:
    """Fill a workspace with a core customer that is overdue, one to improve, one without class."""
    a_territory(desk)
    desk.accounts.add(replace(desk.accounts.new("无类"), number="KA-003"))
    for number, word in (("KA-001", AccountClass.CORE), ("KA-002", AccountClass.TO_IMPROVE)):
        base = desk.accounts.ask.get(desk.accounts.ask.by_number(number)[0])
        changed = replace(base, class_by_hand=word)
        desk.accounts.change(changed, base=base, seen=desk.storage.position())
    account = desk.accounts.ask.by_number("KA-001")[0]
    made = desk.visits.new(account, Instant.at(date(2026, 1, 20), 10))
    desk.visits.plan(replace(made, state=VisitState.HELD, objective="季度回顾"))


@pytest.fixture
def kamdesk(tmp_path: Path) -> CommandLine:
    """A workspace with these customers, on 2026-03-12."""
    return CommandLine(tmp_path).made(classed)


def test_who_is_due_is_listed_with_why(kamdesk: CommandLine) -> None:
    first, second = kamdesk.ask("due")
    assert (first["account_name"], first["word"], first["days_over"]) == (GRID, "overdue", 16)
    assert (first["last"], first["due"]) == ("2026-01-20", "2026-02-24")
    assert first["id"] == first["account"]
    assert first["because"] == (
        "Core customer: face to face every 30 days; moved behind the holiday: Spring Festival"
    )
    assert {key: first["cycle"][key] for key in ("planned", "done", "remaining")} == {
        "planned": 1,
        "done": 0,
        "remaining": 1,
    }
    assert (second["account_name"], second["channel"]) == (STEEL, "touch")
    assert second["word"] == "never visited"
    said = kamdesk.do("due").out
    assert "16 days overdue" in said
    assert "—" in said  # never met is no day


def test_the_list_is_narrowed(kamdesk: CommandLine) -> None:
    def names(*more: str) -> list[str]:
        return [one["account_name"] for one in kamdesk.ask("due", *more)]

    assert names("--word", "overdue") == [GRID]
    assert names("--word", "on-track") == []
    assert names("--limit", "1") == [GRID]
    assert names("list", "--account", "KA-002") == [STEEL]
    assert names("--account", "KA-001", "--touch") == [GRID, GRID]
    assert names("--all", "--everybody") == [GRID, STEEL]
    assert "No class yet" in kamdesk.do("due", "--account", "KA-003").out
    assert kamdesk.do("due", "--word", "paused").out == "Nobody is due.\n"


def test_contacts_are_paused_and_go_on(kamdesk: CommandLine) -> None:
    done = kamdesk.do(
        "due", "pause", "KA-001", "KA-002", "--until", "2026-04-30", "--because", "招标静默期"
    )
    assert done.out == "Contacts with 2 customers are paused until 2026-04-30.\n"
    assert kamdesk.ask("due") == []
    paused = kamdesk.ask("due", "--word", "paused")
    assert {(one["paused_until"], one["paused_because"]) for one in paused} == {
        ("2026-04-30", "招标静默期")
    }
    assert "招标静默期" in kamdesk.do("due", "--account", GRID).out
    assert kamdesk.ask("due", "resume", "KA-001") == {"resumed": 1}
    assert [one["account_name"] for one in kamdesk.ask("due")] == [GRID]
    assert kamdesk.do("due", "resume", "KA-001").out == "Nothing was paused there.\n"
    kamdesk.do("undo")
    assert kamdesk.ask("due") == []


def test_how_often_is_agreed_and_ended(kamdesk: CommandLine) -> None:
    made = kamdesk.ask("due", "agree", "KA-002", "--every", "3", "--note", "发货周")
    assert (made["every"], made["channel"], made["at_most"]) == (3, "visit", False)
    (line,) = kamdesk.ask("due", "--account", "KA-002")
    assert line["because"] == "Agreed: a visit every 3 days (发货周)"
    most = ("--every", "40", "--at-most", "--touch", "--person", "王芳", "--until", "2026-12-31")
    kamdesk.do("due", "agree", "KA-002", *most)
    said = kamdesk.do("due", "agreements", "KA-002").out
    assert "at most a word every 40 days until 2026-12-31" in said
    assert "Several" in kamdesk.refused("due", "end", "KA-002")
    kamdesk.do("due", "end", "KA-002", "--id", made["id"][-10:])
    assert [one["every"] for one in kamdesk.ask("due", "agreements", "KA-002")] == [40]
    kamdesk.do("undo")
    assert len(kamdesk.ask("due", "agreements", "KA-002")) == 2
    assert kamdesk.do("due", "agreements", "KA-003").out == "Nothing was agreed.\n"


def test_customers_to_improve_are_left_alone(kamdesk: CommandLine) -> None:
    assert kamdesk.ask("due", "to-improve", "off") == {"to_improve": False}
    assert [one["account_name"] for one in kamdesk.ask("due", "--all")] == [GRID]
    assert "switched off" in kamdesk.do("due", "--account", "KA-002").out
    kamdesk.do("due", "to-improve", "on")
    assert len(kamdesk.ask("due", "--all")) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pause", "KA-001", "--until", "2026-03-11", "--because", "x"), "That day is over"),
        (("pause", "KA-001", "--until", "2026-03-20", "--because", " "), "Say why"),
        (("end", "KA-001"), "Nothing was agreed"),
        (("agree", "KA-001", "--every", "9", "--person", "王芳"), "is not of this customer"),
        (("agree", "KA-001", "--every", "9", "--until", "2026-03-01"), "cannot end before"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    kamdesk: CommandLine, words: tuple[str, ...], said: str
) -> None:
    assert said in kamdesk.refused("due", *words)
