"""From nothing to the first brief on the disk: first run, a list taken in, a paper saved."""

from pathlib import Path

import pypdfium2
import pytest
from support.hand import Hand
from support.screen import SECRET

from kamdesk.desktop.first_run.flow import FirstRun
from kamdesk.desktop.first_run.steps import CodeStep

ACTIONS = 21
"""Keys and texts from the first window to the brief saved."""
LIST = (
    "客户名称,客户简称,城市,电话\n"
    "瑞坪矿业有限公司,瑞坪矿业,徐州,0516-8800 1200\n"
    "沐禾乳业股份有限公司,沐禾乳业,湖州,0572-2100 880\n"
    ",,南京,025-8888 0000\n"
)

pytestmark = pytest.mark.qt_log_ignore(
    "plugin does not support (propagateSizeHints|raise|grabbing)"
)


def test_from_the_first_start_to_a_brief_saved(hand: Hand, tmp_path: Path) -> None:
    customers, paper = tmp_path / "list.csv", tmp_path / "brief.pdf"
    customers.write_text(LIST, "utf-8")
    first = hand.program.shown
    assert isinstance(first, FirstRun)
    hand.press("2", "1")  # English; a new workspace, where it is proposed
    hand.type("林晓彤")
    hand.press("Tab")
    hand.type(SECRET)
    hand.press("Tab")
    hand.type(SECRET)
    hand.press("Return")
    hand.until(lambda: isinstance(first.step, CodeStep))
    hand.press("Space", "Tab", "Return")  # the recovery code is written down
    hand.press_and_name("1", customers)
    page = hand.at("import")
    hand.until(lambda: page.actions_here["import.take"].enabled)
    assert page._summary.text() == "2 new · 1 rejected"
    hand.press("Ctrl+Return")  # one row has no name: the report tells
    hand.until(lambda: page.report.isVisible())
    hand.press("Ctrl+Return")  # show the list
    hand.at("accounts")
    hand.press("Return", "B")
    brief = hand.at("brief")
    hand.until(lambda: brief.made is not None)
    hand.press_and_name("Ctrl+S", paper)
    hand.until(paper.exists)
    document = pypdfium2.PdfDocument(paper)
    words = document[0].get_textpage().get_text_range()
    document.close()
    assert "沐禾乳业" in words
    assert hand.asked(lambda desk: desk.accounts.ask.count()) == 2
    assert hand.actions == ACTIONS
