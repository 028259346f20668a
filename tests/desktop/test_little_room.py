"""What parts of a page do where there is little room."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kamdesk.core.wording import Text
from kamdesk.desktop.application import Application
from kamdesk.desktop.widgets.buttons import Button, ButtonRow


def test_a_row_of_buttons_shortens_them_before_it_stacks_them(
    application: Application, qtbot: QtBot
) -> None:
    buttons = [Button(Text("Rename"), icon="pencil", keys="F2") for _ in range(3)]
    holder = QWidget()
    qtbot.addWidget(holder)
    row = ButtonRow(*buttons, shortens=True)
    row.setParent(holder)
    holder.show()
    whole, short = buttons[0].wide(short=False), buttons[0].wide(short=True)
    row.resize(3 * whole + 16, 30)
    assert [button.sizeHint().width() for button in buttons] == [whole] * 3
    row.resize(2 * whole + short + 16, 30)
    assert [button.sizeHint().width() for button in buttons] == [short, whole, whole]
