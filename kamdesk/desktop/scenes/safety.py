"""Scenes of what keeps the file safe and people's rights."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QWidget

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.place import DEMO_PASSPHRASE
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import (
    Do,
    Shown,
    Territories,
    quiet,
    settle_until,
    shown,
    trigger,
)
from kamdesk.desktop.shots import LARGE, SMALL, Scene

if TYPE_CHECKING:
    pass

LATER: Final = date(2028, 3, 20)
"""A day on which nothing was heard of anybody for two years."""


def _kept_too_long(
    territories: Territories, then: Do | None = None
) -> Callable[[Application], QWidget]:
    def make(app: Application) -> QWidget:
        folder = territories.left(looks.language())
        program = Shown(app, folder, territories.keys, day=LATER)
        window = program.window()
        window.go(Route("review"))
        program.answered()
        if then is not None:
            then(window)
            program.answered()
        return window

    return make


def _backed_up(window: MainWindow[Any]) -> None:
    page: Any = window.page
    if not page.list.every:
        page.actions_here["safety.backup"].trigger()
        settle_until(lambda: bool(page.list.every))


def _asks_to_restore(window: MainWindow[Any]) -> None:
    _backed_up(window)
    page: Any = window.page
    page._ask_restore()


def _new_code(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.actions_here["safety.code"].trigger()
    page.step.secret.setText(DEMO_PASSPHRASE)
    page.step.wanted.emit()
    settle_until(lambda: page.step.shown is not None)


def _rights(window: MainWindow[Any]) -> None:
    page: Any = window.page
    settle_until(lambda: bool(page.people.list.every))
    page.people.list.choose(page.people.list.every[0].id)
    page.actions_here["account.rights"].trigger()
    settle_until(lambda: page.people.rights.person is not None)


def _ground(window: MainWindow[Any]) -> None:
    _rights(window)
    page: Any = window.page
    page.people.rights._change()


def _erase(window: MainWindow[Any]) -> None:
    _rights(window)
    page: Any = window.page
    page.people.rights._ask_erase()


def _drafted(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.actions_here["accounts.new"].trigger()
    quiet(page.workbench)
    page._form.name.setText("瑞坪矿业")
    page._form.draft.line.offer(Text("You were writing this: {when}.", when="11 Mar 17:40"))


def _full(window: MainWindow[Any]) -> None:
    _drafted(window)
    said = Text("The disk is full: nothing was saved. Make room and do it again.")
    window._say_unwritten(StorageTrouble(said))


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)
    return (
        Scene("safety", shown(on, lambda _: Route("safety"), then=_backed_up), both, (1, 2)),
        Scene("safety-large", shown(on, lambda _: Route("safety")), (LARGE,), (1,), (200,)),
        Scene("safety-restore", shown(on, lambda _: Route("safety"), then=_asks_to_restore)),
        Scene(
            "safety-passphrase",
            shown(on, lambda _: Route("safety"), then=trigger("safety.passphrase")),
            (SMALL,),
        ),
        Scene("safety-code", shown(on, lambda _: Route("safety"), then=_new_code), (SMALL,)),
        Scene("review-empty", shown(on, lambda _: Route("review")), (SMALL,)),
        Scene("review", _kept_too_long(on), both, (1, 2)),
        Scene("review-keep", _kept_too_long(on, trigger("review.keep")), (SMALL,)),
        Scene("review-large", _kept_too_long(on), (SMALL,), (1,), (200,)),
        Scene("rights", shown(on, lambda s: Route("account", s, "people"), then=_rights), both),
        Scene(
            "rights-large",
            shown(on, lambda s: Route("account", s, "people"), then=_rights),
            (SMALL,),
            (1,),
            (200,),
        ),
        Scene("rights-ground", shown(on, lambda s: Route("account", s, "people"), then=_ground)),
        Scene("rights-erase", shown(on, lambda s: Route("account", s, "people"), then=_erase)),
        Scene("draft", shown(on, then=_drafted), (SMALL,)),
        Scene("disk-full", shown(on, then=_full), (SMALL,)),
    )
