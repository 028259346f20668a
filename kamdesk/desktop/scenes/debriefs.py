"""Scenes of the debrief: which visit, the questions one after the other, what is written."""

from collections.abc import Callable, Sequence
from typing import Any

from kamdesk.desktop import looks
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Territories, quiet, settle_until, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene, settle
from kamdesk.dossier.debrief import Question

_EN = {
    "goal": "partly: they agreed to the review, nobody is named for it",
    "ours": "send the sensitivity analysis next Tue",
    "theirs": "open the CFO's calendar for the review 18 March",
    "half": "{who} next Wed 12 months of downtime records",
}
_ZH = {
    "goal": "部分：同意立项评审，负责人未点名",
    "ours": "敏感性分析 下周二",
    "theirs": "安排 CFO 参加评审 3月18日",
    "half": "{who} 下周三 给 12 个月停机记录",
}

Do = Callable[[MainWindow[Any]], object]


def _type(page: Any, *lines: str) -> None:
    for line in lines:
        page.open.field.setText(line)
        if line:
            settle(30)
        page.open.field.entered.emit()


def _open(window: MainWindow[Any]) -> Any:
    page: Any = window.page
    settle_until(lambda: bool(page.start is not None and page.start.line.isVisible()))
    waiting = page.start._first
    window.go(waiting)
    debrief: Any = window.page
    settle_until(lambda: debrief.talk is not None)
    settle(50)
    if debrief.draft is not None:
        debrief.draft.line.discarded.emit()  # of the scene before
        quiet(debrief.workbench)
    return debrief


def _half(window: MainWindow[Any]) -> None:
    page = _open(window)
    words = _ZH if looks.language() == "zh" else _EN
    _type(page, "", words["goal"], words["ours"], "", words["theirs"])
    who = next(one for one in page.talk.names.everybody if not one.ours)
    letters = "".join(syllable[0] for syllable in who.syllables)
    page.open.field.setText(words["half"].format(who=letters))


def _first(window: MainWindow[Any]) -> None:
    page = _open(window)
    page.open.field.setText("w")


def _stance(window: MainWindow[Any]) -> None:
    page = _open(window)
    zh = looks.language() == "zh"
    _type(page, "+ 王强 采购部 经理" if zh else "+ Wang Qiang, Purchasing, Manager")
    page._go_to(Question.STANCE)
    who = next(one for one in page.talk.everybody.everybody if not one.ours)
    _type(page, f"{who.name} + {'主动要数据' if zh else 'asked for the figures herself'}")
    page._go_to(Question.NEXT)
    _type(page, "无：预算冻结" if zh else "none: budget frozen")
    page._go_to(Question.THEIRS)
    page.open.field.setText("给名单 2026-03-01" if zh else "send the list 2026-03-01")


def _learnt(window: MainWindow[Any]) -> None:
    page = _open(window)
    zh = looks.language() == "zh"
    page._go_to(Question.LEARNT)
    page.open.here.click()
    _type(page, "他明年退休" if zh else "He retires next year")
    page.open.here.click()
    page.open.field.setText("预算三月批" if zh else "The budget is decided in March")


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)
    return (
        Scene("debrief-start", shown(on, lambda _: Route("debrief")), both),
        Scene("debrief", shown(on, lambda _: Route("debrief"), then=_half), both),
        Scene("debrief-learnt", shown(on, lambda _: Route("debrief"), then=_learnt), both),
        Scene("debrief-warned", shown(on, lambda _: Route("debrief"), then=_stance), (SMALL,)),
        Scene("debrief-who", shown(on, lambda _: Route("debrief"), then=_first), (SMALL,)),
        Scene(
            "debrief-large",
            shown(on, lambda _: Route("debrief"), then=_half),
            (LARGE,),
            (1,),
            (200,),
        ),
    )
