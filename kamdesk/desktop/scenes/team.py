"""Scenes of the team beside its page: sharing, leaving, shut out, badges, files not here."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from kamdesk.desktop import looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.exchange import apart, busy, level, offline, staged
from kamdesk.desktop.scenes.staging import Territories, bare, quiet
from kamdesk.desktop.shots import LARGE, SMALL, Scene
from kamdesk.domain.files.model import Incoming
from kamdesk.storage import arriving
from kamdesk.storage.team import UNPLACED
from kamdesk.sync.joining import LEFT
from kamdesk.sync.leaving import GONE, Removed

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    exchange = Route("exchange")
    return (
        Scene("exchange-share", staged(on, "few", _few, exchange, _share), (SMALL,)),
        Scene("exchange-leave", staged(on, "busy", busy, exchange, _leave), (SMALL,)),
        Scene("exchange-palette", staged(on, "busy", busy, exchange, _palette), (SMALL,)),
        Scene("exchange-badge", _badge(on), (LARGE, SMALL)),
        Scene("exchange-rows", staged(on, "rows", _marked, Route("accounts")), (SMALL,)),
        Scene("exchange-files", staged(on, "files", _away, Route("accounts"), _files), (SMALL,)),
        Scene("exchange-rail-late", staged(on, "late", offline, Route("today")), (SMALL,)),
        Scene("exchange-left", staged(on, "left", _shut_out, exchange), (SMALL,)),
        Scene(
            "exchange-lost",
            staged(on, "lost", _set_back, Route("exchange", None, "lost")),
            (SMALL, LARGE),
        ),
        Scene("exchange-help", bare(on, Route("help", None, "exchange")), (SMALL,)),
        Scene("conflicts-help", bare(on, Route("help", None, "conflicts")), (SMALL,)),
    )


def _badge(on: Territories) -> Callable[[Application], QWidget]:
    """Return what shows the page of a customer of which something waits."""

    def customer(page: Any) -> None:
        page.list.step(1)
        page.actions_here["conflicts.open"].trigger()
        quiet(page.workbench)

    return staged(on, "apart", apart, Route("conflicts"), customer)


def _marked(desk: "Workspace") -> None:
    """Have customers one of whose fields waits, unsent ones, and one with a note kept here."""
    busy(desk)
    visit = next(one for one in desk.visits.ask.whole(desk.accounts.ask.everything()[2].id))
    desk.visits.note(replace(desk.visits.new_fact(visit, "…"), here=True))


def _few(desk: "Workspace") -> None:
    """Be in a team that has one of the customers."""
    level(desk)
    with desk.storage.transaction():
        desk.storage.keep("offers_all", 0)


def _away(desk: "Workspace") -> None:
    """Be in a team of whose files one is not here, one large, one not sent yet."""
    level(desk)
    names = ("offer-2026-03.pdf", "line 2.mp4", "minutes 6 March.docx")
    given = [Incoming(name=name, data=name.encode()) for name in names]
    for account in desk.accounts.ask.everything():
        desk.files.keep(account.id, given=given)
    write = desk.storage.connection.execute
    write("DELETE FROM file_parts")
    write("UPDATE files SET size = 90000000 WHERE name = 'line 2.mp4'")
    write(
        "INSERT INTO content_trouble (digest, why, at)"
        " SELECT DISTINCT digest, ?, 0 FROM files WHERE name LIKE 'm%'",
        (arriving.ABSENT,),
    )


def _files(page: Any) -> None:
    page.go("account", page.list.every[0].id, "files")
    window: Any = page.window()
    quiet(page.workbench)
    window.page.files.list.view.selectRow(0)


def _shut_out(desk: "Workspace") -> None:
    """Be out of a team that took the access away."""
    hub = "华东大区" if looks.language() == "zh" else "Region East"
    gone = Removed(hub=hub, customers=12, kept=2, shut_out=True, at=desk.clock.now().ms)
    with desk.storage.transaction():
        desk.storage.keep(GONE, json.dumps(asdict(gone)))
        desk.storage.keep(LEFT, "https://hub.example.cn")


def _set_back(desk: "Workspace") -> None:
    """Be in a team whose hub was set back, and lost what a colleague had written."""
    busy(desk)
    with desk.storage.transaction():
        desk.storage.connection.execute("UPDATE op SET seq = NULL WHERE dev = 2")
        desk.storage.keep(UNPLACED, 1)


def _share(page: Any) -> None:
    page.actions_here["exchange.share"].trigger()
    quiet(page.workbench)


def _leave(page: Any) -> None:
    page.actions_here["exchange.leave"].trigger()


def _palette(page: Any) -> None:
    from kamdesk.desktop.finding.palette import Palette

    window: Any = page.window()
    window.search_wanted.emit()
    palette = window.findChild(Palette)
    palette.field.setText("交换" if looks.language() == "zh" else "exchange")
