"""The customers to tick: a name is read whole, in as many lines as it needs."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kamdesk.core.ids import Id
from kamdesk.desktop.application import Application
from kamdesk.desktop.exchange.account_ticks import AccountTicks, Customer
from kamdesk.desktop.widgets.editors import TickBox

LONG = "Fennaro Automotive Components and Precision Hydraulics (Suzhou Industrial Park) Co., Ltd."
NAMES = (LONG, "岑岳精密轴承制造（无锡）股份有限公司华东区域销售与技术服务中心", "Duhe Hospital")


def boxes(application: Application, qtbot: QtBot, wide: int) -> list[TickBox]:
    ticks = AccountTicks()
    qtbot.addWidget(ticks)
    ticks.offer([Customer(Id(bytes([n] * 16)), name, True) for n, name in enumerate(NAMES)])
    ticks.resize(wide, 400)
    ticks.show()
    qtbot.waitExposed(ticks)
    qtbot.wait(20)
    return ticks.findChildren(TickBox)


def test_a_long_name_takes_more_lines_and_none_is_cut(
    application: Application, qtbot: QtBot
) -> None:
    found = boxes(application, qtbot, 264)
    assert [" ".join(box.lines).replace(" ", "") for box in found] == [
        name.replace(" ", "") for name in NAMES
    ]
    long, chinese, short = (box.height() for box in found)
    assert min(long, chinese) > short
    tops = [box.geometry().top() for box in found]
    assert tops[1] - tops[0] >= long


def test_where_there_is_room_a_name_stands_in_one_line(
    application: Application, qtbot: QtBot
) -> None:
    found = boxes(application, qtbot, 900)
    assert [box.lines for box in found] == [[name] for name in NAMES]


def test_a_click_beside_the_second_line_ticks(application: Application, qtbot: QtBot) -> None:
    box = boxes(application, qtbot, 264)[0]
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().bottomLeft())
    assert box.isChecked()
