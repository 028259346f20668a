"""What the screenshots show: every page, on a small invented territory that stays on its day."""

import os
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtWidgets import QWidget

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.key_in_hand import KeyInHand, keyring
from kamdesk.desktop.opening.place import DEMO_PASSPHRASE
from kamdesk.desktop.opening.steps import (
    DamagedStep,
    Doorway,
    RefusedStep,
    RescuedStep,
    UnlockStep,
)
from kamdesk.desktop.pages import Route
from kamdesk.desktop.program import Program
from kamdesk.desktop.shots import LARGE, SMALL, Scene, settle

if TYPE_CHECKING:
    from kamdesk.demo.material import Language
    from kamdesk.desktop.first_run.flow import FirstRun

DAY: Final = date(2026, 3, 12)
LATER: Final = date(2028, 3, 20)
"""A day on which nothing was heard of anybody for two years."""
_ACCOUNTS: Final = 24
_CODE: Final = "KD4F-92QX-7M3P-ZT6H-8WVA-1C5R"
_LIST: Final = (
    "客户名称,客户简称,城市,电话\n"
    "瑞坪矿业有限公司,瑞坪矿业,徐州,0516-8800 1200\n"
    "沐禾乳业股份有限公司,沐禾乳业,湖州,0572-2100 880\n"
    "黎光照明有限公司,黎光照明,常州,\n"
    ",,南京,025-8888 0000\n"
    "芦汀纺织有限公司,芦汀纺织,常熟,0512-5200 118\n"
)


class Territories:
    """A territory in each language, made once; without the system's keyring."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.keys: KeyInHand = keyring({})

    def of(self, language: str) -> Path:
        """Return the folder of the territory that speaks ``language``."""
        from kamdesk.demo.territory import demo_clock, demo_ids, fill
        from kamdesk.storage.creating import create
        from kamdesk.workspace import open_workspace

        folder = self._folder / language
        if not folder.exists():
            create(folder, DEMO_PASSPHRASE, keys=self.keys)
            clock = demo_clock(DAY)
            ids = demo_ids(clock, 1)
            desk = open_workspace(folder, keys=self.keys, clock=clock, ids=ids)
            spoken = cast("Language", language)
            fill(desk, accounts=_ACCOUNTS, seed=1, day=DAY, language=spoken)
            desk.close()
            (self._folder / "list.csv").write_text(_LIST, "utf-8")
        return folder

    def empty(self) -> Path:
        """Return the folder of a workspace without a customer."""
        from kamdesk.storage.creating import create

        folder = self._folder / "empty"
        if not folder.exists():
            create(folder, DEMO_PASSPHRASE, keys=self.keys)
        return folder

    def left(self, language: str) -> Path:
        """Return a copy of the territory in which two people are past their day by then."""
        from kamdesk.workspace import open_workspace

        folder = self._folder / f"{language}-left"
        if not folder.exists():
            shutil.copytree(self.of(language), folder)
            clock = StoppedClock(Instant.at(DAY, 8, 10))
            desk = open_workspace(
                folder, passphrase=lambda: DEMO_PASSPHRASE, keys=self.keys, clock=clock
            )
            for line in desk.people.ask.lines()[:2]:
                desk.people.keep(line.id, date(2027, 12, 31))
            desk.close()
        return folder

    def file(self) -> bytes:
        """Return the path of a list to import, as a route names it."""
        return os.fsencode(self._folder / "list.csv")


class _Shown(Program):
    """A program whose window is closed with all that belongs to it."""

    def __init__(self, app: Application, folder: Path, keys: KeyInHand, *, day: date = DAY) -> None:
        clock = StoppedClock(Instant.at(day, 8, 10))
        super().__init__(app, folder, DEMO_PASSPHRASE, clock=clock)
        self.keys = keys

    def window(self) -> MainWindow[Any]:
        """Return the window, its first page answered."""
        self.show_desk(self.folder)
        window = self.application.window
        assert window is not None  # noqa: S101  (just opened)
        window.closing.connect(self.end)
        settle_until(lambda: window.page is not None)
        self.answered()
        return window

    def answered(self) -> None:
        """Wait until all that was asked is answered and laid out."""
        settle()
        settle_until(lambda: self.bench is None or not self.bench.busy)
        settle(150)


def settle_until(condition: Callable[[], bool], most: int = 8000) -> None:
    """Wait for a condition, so many milliseconds at most."""
    for _ in range(most // 20):
        if condition():
            return
        settle(20)


Do = Callable[[MainWindow[Any]], object]


def _on(
    territories: Territories, go: "Callable[[Any], Route] | None" = None, *, then: Do | None = None
) -> Callable[[Application], QWidget]:
    def make(app: Application) -> QWidget:
        program = _Shown(app, territories.of(looks.language()), territories.keys)
        window = program.window()
        page: Any = window.page
        if go is not None:
            star = next(line for line in page.list.every if line.number == "KA-0001")
            window.go(go(star.id))
            program.answered()
        if then is not None:
            window.resize(LARGE)
            then(window)
            program.answered()
        return window

    return make


def _empty(territories: Territories) -> Callable[[Application], QWidget]:
    return lambda app: _Shown(app, territories.empty(), territories.keys).window()


def _kept_too_long(
    territories: Territories, then: Do | None = None
) -> Callable[[Application], QWidget]:
    def make(app: Application) -> QWidget:
        folder = territories.left(looks.language())
        program = _Shown(app, folder, territories.keys, day=LATER)
        window = program.window()
        window.go(Route("review"))
        program.answered()
        if then is not None:
            then(window)
            program.answered()
        return window

    return make


def _before(make: Callable[[], QWidget]) -> Callable[[Application], QWidget]:
    def shown(_app: Application) -> QWidget:
        window = make()
        window.show()
        return window

    return shown


def _first_run(show: "Callable[[FirstRun], object]") -> Callable[[Application], QWidget]:
    def make(app: Application) -> QWidget:
        program = Program(app, Path("~/KamDesk"))
        program.show_first_run()
        settle()
        flow = cast("FirstRun", program.shown)
        flow.destroyed.connect(program.end)
        show(flow)
        return flow

    return make


def _refuse(flow: "FirstRun") -> None:
    flow.show_key(True)
    flow.step.went_on.emit()


def _unlock() -> QWidget:
    step = UnlockStep(Path("~/KamDesk"))
    wrong = Text("That passphrase does not open this workspace.")
    step.refuse(RuleBroken(wrong, field="passphrase"))
    return Doorway(step)


def _in_use() -> QWidget:
    said = StorageTrouble(Text("KamDesk is open; close it or do this in the window."))
    return Doorway(RefusedStep(said, Path("~/KamDesk"), in_use=True))


def _find(window: MainWindow[Any]) -> None:
    from kamdesk.desktop.finding.palette import Palette

    window.search_wanted.emit()
    palette = window.findChild(Palette)
    if palette is not None:
        palette.field.setText("cy" if looks.language() == "zh" else "ce")


def _new(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.actions_here["accounts.new"].trigger()
    settle(200)
    page._form.draft.discard()  # of the scene with a draft
    page._form._save()


def _edit(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.overview.particulars.fields["short_name"].begin()
    field = page.overview.particulars.fields["short_name"]
    field.refused(RuleBroken(Text("A name has at most 400 characters.")))


def _plan(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.actions_here["account.plan"].trigger()


def _step(action: str) -> Do:
    def do(window: MainWindow[Any]) -> None:
        page: Any = window.page
        page.actions_here[action].trigger()

    return do


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
    settle(200)
    page._form.name.setText("瑞坪矿业")
    page._form.draft.line.offer(Text("You were writing this: {when}.", when="11 Mar 17:40"))


def _full(window: MainWindow[Any]) -> None:
    _drafted(window)
    said = Text("The disk is full: nothing was saved. Make room and do it again.")
    window._say_unwritten(StorageTrouble(said))


def _locked() -> QWidget:
    return Doorway(UnlockStep(Path("~/KamDesk"), locked=True, demo=True))


def _damaged() -> QWidget:
    return Doorway(DamagedStep(Path("~/KamDesk"), "11 Mar 8:02"))


def _rescued() -> QWidget:
    return Doorway(RescuedStep(Path("~/KamDesk-rescued"), saved=4812, partly=3, lost=2))


def scenes(folder: Path) -> Sequence[Scene]:
    """Return all there is to see, made in ``folder``."""
    on = Territories(folder)
    both = (LARGE, SMALL)
    return (
        Scene("accounts", _on(on), both, (1,), (100,)),
        Scene("accounts-large", _on(on), (LARGE,), (1,), (200,)),
        Scene("accounts-empty", _empty(on), (SMALL,)),
        Scene("accounts-new", _on(on, then=_new), (SMALL,)),
        Scene("account", _on(on, lambda star: Route("account", star)), both, (1, 2)),
        Scene("account-large", _on(on, lambda s: Route("account", s)), (LARGE,), (1,), (200,)),
        Scene("account-edit", _on(on, lambda s: Route("account", s), then=_edit), (LARGE,)),
        Scene("people", _on(on, lambda star: Route("account", star, "people")), both),
        Scene("visits", _on(on, lambda star: Route("account", star, "visits")), both),
        Scene("visits-plan", _on(on, lambda s: Route("account", s), then=_plan), (LARGE,)),
        Scene("history", _on(on, lambda star: Route("account", star, "history")), both),
        Scene("brief", _on(on, lambda star: Route("brief", star, "account")), both),
        Scene("import", _on(on, lambda _: Route("import", on.file())), (SMALL,)),
        Scene("settings", _on(on, lambda _: Route("settings")), both),
        Scene("safety", _on(on, lambda _: Route("safety"), then=_backed_up), both, (1, 2)),
        Scene("safety-large", _on(on, lambda _: Route("safety")), (LARGE,), (1,), (200,)),
        Scene("safety-restore", _on(on, lambda _: Route("safety"), then=_asks_to_restore)),
        Scene(
            "safety-passphrase",
            _on(on, lambda _: Route("safety"), then=_step("safety.passphrase")),
            (SMALL,),
        ),
        Scene("safety-code", _on(on, lambda _: Route("safety"), then=_new_code), (SMALL,)),
        Scene("review-empty", _on(on, lambda _: Route("review")), (SMALL,)),
        Scene("review", _kept_too_long(on), both, (1, 2)),
        Scene("review-keep", _kept_too_long(on, _step("review.keep")), (SMALL,)),
        Scene("review-large", _kept_too_long(on), (SMALL,), (1,), (200,)),
        Scene("rights", _on(on, lambda s: Route("account", s, "people"), then=_rights), both),
        Scene("rights-ground", _on(on, lambda s: Route("account", s, "people"), then=_ground)),
        Scene("rights-erase", _on(on, lambda s: Route("account", s, "people"), then=_erase)),
        Scene("draft", _on(on, then=_drafted), (SMALL,)),
        Scene("disk-full", _on(on, then=_full), (SMALL,)),
        Scene("search", _on(on, then=_find), (LARGE,)),
        Scene("first-language", _first_run(lambda flow: flow.show_language()), (SMALL,)),
        Scene("first-place", _first_run(lambda flow: flow.show_place()), (SMALL,)),
        Scene("first-key", _first_run(_refuse), (SMALL,), (1,), (100, 150)),
        Scene("first-code", _first_run(lambda flow: flow.show_code(_CODE)), (SMALL,)),
        Scene("first-ready", _first_run(lambda flow: flow.show_ready()), (SMALL,)),
        Scene("unlock", _before(_unlock), (SMALL,)),
        Scene("locked", _before(_locked), (SMALL,)),
        Scene("damaged", _before(_damaged), (SMALL,)),
        Scene("rescued", _before(_rescued), (SMALL,)),
        Scene("in-use", _before(_in_use), (SMALL,)),
    )
