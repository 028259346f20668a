"""A real window on a screen of its own: first run, import, a customer, its brief, all by keys."""

from pathlib import Path

from support.screen import NEEDS_SCREEN, SECRET, Screen, until

ACTIONS = 21
"""Keys and texts from the first window to the brief saved."""
LIST = (
    "客户名称,客户简称,城市,电话\n"
    "瑞坪矿业有限公司,瑞坪矿业,徐州,0516-8800 1200\n"
    "沐禾乳业股份有限公司,沐禾乳业,湖州,0572-2100 880\n"
    ",,南京,025-8888 0000\n"
)

pytestmark = NEEDS_SCREEN


def test_from_the_first_start_to_a_brief(screen: Screen, tmp_path: Path) -> None:
    customers, workspace, paper = (tmp_path / name for name in ("list.csv", "work", "brief.pdf"))
    customers.write_text(LIST, "utf-8")
    running = screen.start(workspace)
    screen.shows("KamDesk")
    screen.actions = 0
    screen.key("2", "1")  # English, a new workspace
    screen.type("Lin Xiaotong")
    screen.key("Tab")
    screen.type(SECRET)
    screen.key("Tab")
    screen.type(SECRET)
    screen.key("Return")
    until(lambda: (workspace / "key.json").exists(), "the workspace")
    screen.still()
    screen.key("space", "Tab", "Return")  # the recovery code is written down
    screen.key("1")  # import a file
    screen.shows("Import a file")
    screen.type(str(customers))
    screen.key("Return")
    screen.shows("Import – KamDesk")
    screen.still(0.6)  # while the file is read the page stands still, too
    screen.changes("ctrl+Return")  # one row has no name: the report tells
    screen.key("ctrl+Return")  # show the list
    screen.shows("Customers – KamDesk")
    screen.key("Return")
    screen.shows("沐禾乳业 – KamDesk")
    screen.key("b")
    screen.shows("Visit brief – KamDesk")
    screen.key("ctrl+s")
    until(lambda: screen.title() != "Visit brief – KamDesk", "the dialog")
    screen.type(str(paper))
    screen.key("Return")
    until(paper.exists, "the brief")
    assert screen.actions == ACTIONS
    screen.shows("Visit brief – KamDesk")
    screen.key("ctrl+comma")
    screen.shows("Settings – KamDesk")
    screen.key("Right")  # 中文
    screen.shows("设置 – KamDesk")
    light = screen.brightness()
    screen.key("Tab", "Right", "Right")  # light, then dark
    until(lambda: screen.brightness() < 60, "the dark theme")
    assert light > 200
    screen.close(running)
    assert paper.read_bytes().startswith(b"%PDF")
    taken = screen.ask(workspace, "accounts")
    assert {one["name"] for one in taken} == {"瑞坪矿业有限公司", "沐禾乳业股份有限公司"}

    again = screen.start(workspace)
    screen.shows("KamDesk")
    screen.type(SECRET)
    screen.key("Return")
    screen.shows("今天 – KamDesk")
    screen.close(again)
