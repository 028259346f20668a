"""Scenes of importing: where it begins, rows, columns, a question answered, the report."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kamdesk.desktop import looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Shown, Territories, settle_until
from kamdesk.desktop.shots import LARGE, SMALL, Scene

_PEOPLE: Final = {
    "en": (
        "Name,Title,Company,Mobile,E-mail,Star sign,Birthday\n"
        "{person},Chief engineer,{account},139 5188 2046,,Libra,12/03/1979\n"
        "Zhao Wen,Buyer,{account},137 7610 2281,zhao.wen@example.com,,\n"
        "Sun Yi,Works manager,Ruiping Mining,,sun.yi@example.com,,4/11/1984\n"
        ",Clerk,{account},136 0000 1200,,,\n"
        "Qian Jing,Finance,{account},not known yet,,,31/02/1990\n"
    ),
    "zh": (
        "姓名,职务,公司,手机,邮箱,星座,生日\n"
        "{person},总工程师,{account},139 5188 2046,,天秤,1979-03-12\n"
        "赵雯,采购,{account},137 7610 2281,zhao.wen@example.com,,\n"
        "孙毅,生产厂长,瑞坪矿业有限公司,,sun.yi@example.com,,1984-11-04\n"
        ",文员,{account},136 0000 1200,,,\n"
        "钱静,财务,{account},还没问到,,,1990-02-31\n"
    ),
}
_VISITS: Final = {
    "en": (
        "Customer,Visit date,Subject,Attendees,Written by,Notes,Next step\n"
        "{account},2024-11-05 14:30,Sample run,{person};Zhou Wei,Mr Former,Talked ROI,Samples\n"
        "Ruiping Mining,2025-03-08,Price list,,,Asked for prices,\n"
        "Ruiping Mining,2025-05-19,Follow-up,,,Asked again,\n"
        "{account},,No day,,,,\n"
    ),
    "zh": (
        "客户名称,拜访日期,主题,关键人,记录人,拜访内容,下一步\n"
        "{account},2024-11-05 14:30,样件试验,{person};周伟,王离职,谈了投资回报,送样件\n"
        "瑞坪矿业,2025-03-08,报价,,,问了价格,\n"
        "瑞坪矿业,2025-05-19,跟进,,,又问了一次,\n"
        "{account},,没有日期,,,,\n"
    ),
}
Then = Callable[[MainWindow[Any], Any], object]


def _imported(on: Territories, name: str, texts: dict[str, str], then: Then | None = None) -> Any:
    def make(app: Application) -> QWidget:
        language = looks.language()
        program = Shown(app, on.of(language), on.keys)
        window = program.window()
        window.resize(LARGE)
        path = Path(os.fsdecode(on.file())).with_name(name)
        account, person = _known(window, program)
        words = texts[language].format(account=f'"{account}"', person=person)
        path.write_text(words, "utf-8")
        window.go(Route("import", os.fsencode(path)))
        program.answered()
        page: Any = window.page
        settle_until(lambda: page._judged is not None)
        program.answered()
        if then is not None:
            then(window, page)
            program.answered()
        return window

    return make


def _known(window: MainWindow[Any], program: Shown) -> tuple[str, str]:
    """Return the name of a customer of the territory, and of a person there."""
    found: list[tuple[str, str]] = []

    def asked(desk: Any) -> tuple[str, str]:
        account = next(one for one in desk.accounts.ask.lines() if one.number == "KA-0001")
        return account.name, desk.people.ask.of_account(account.id)[0].name

    if program.bench is not None:
        program.bench.ask(None, asked, found.append)
        settle_until(lambda: bool(found))
    return found[0]


def _columns(_: MainWindow[Any], page: Any) -> None:
    page.actions_here["import.columns"].trigger()
    page.columns.list.choose(6)


def _row(n: int) -> Then:
    def choose(_: MainWindow[Any], page: Any) -> None:
        page.rows.list.choose(n)
        page.rows.list.view.setFocus(Qt.FocusReason.TabFocusReason)

    return choose


def _taken(_: MainWindow[Any], page: Any) -> None:
    page.actions_here["import.take"].trigger()
    settle_until(lambda: page._taken)


def _beginning(on: Territories) -> Callable[[Application], QWidget]:
    def make(app: Application) -> QWidget:
        program = Shown(app, on.of(looks.language()), on.keys)
        window = program.window()
        window.go(Route("import"))
        program.answered()
        return window

    return make


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)
    return (
        Scene("import-begin", _beginning(on), (SMALL,)),
        Scene("import-people", _imported(on, "people.csv", _PEOPLE, _row(2)), both, (1,), (100,)),
        Scene("import-columns", _imported(on, "columns.csv", _PEOPLE, _columns), both),
        Scene("import-visits", _imported(on, "visits.csv", _VISITS, _row(3)), (LARGE,)),
        Scene("import-report", _imported(on, "report.csv", _PEOPLE, _taken), (SMALL,)),
        Scene("import-large", _imported(on, "large.csv", _PEOPLE, _row(2)), (LARGE,), (1,), (200,)),
    )
