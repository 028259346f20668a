"""Starting without a command: the window; on a machine without a screen, the day's papers."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kamdesk.cli import demo_territory, places, secret
from kamdesk.cli.session import Session
from kamdesk.core.clock import Clock, Day, Instant, StoppedClock
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage.opening import DATABASE

if TYPE_CHECKING:
    from kamdesk.papers.brief.content import Brief

_MORNING = 7
_SHARPNESS = 1.5
"""Pixels of the picture for each point of the page: 892 × 1263 for A4."""


def has_screen(given: Mapping[str, str] = os.environ) -> bool:
    """Return whether a window can be shown here."""
    if sys.platform != "linux":
        return True
    return bool(
        given.get("DISPLAY")
        or given.get("WAYLAND_DISPLAY")
        or given.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal", "vnc")
    )


def open_own(session: Session) -> int:
    """Open the window on the user's own workspace; the first run where there is none yet."""
    if not has_screen():
        raise StorageTrouble(
            Text(
                "There is no screen to open a window on. “kamdesk --help” lists what can be done"
                " without one; “kamdesk --demo” makes the papers of an invented day."
            )
        )
    return session.open_window(session.folder, secret.given_passphrase())


def open_demo(session: Session) -> int:
    """Open the window on the demo territory, made on first use; without a screen, its papers."""
    if not has_screen():
        return _without_screen(session)
    folder = session.path(session.workspace) if session.workspace else places.demo_folder()
    if not (folder / DATABASE).exists():
        session.tell(Text("Making the demo territory in {folder} …", folder=str(folder)))
        _make(session, folder, session.clock.today())
    session.tell(demo_territory.passphrase_words())
    return session.open_window(folder, demo_territory.passphrase())


def _without_screen(session: Session) -> int:
    """Make the demo territory of today, today's briefs and a picture of their first page."""
    day = session.clock.today()
    folder = session.path(session.workspace) if session.workspace else places.demo_day_folder(day)
    session.tell(Text("There is no screen here: making the papers of the day instead."))
    if not (folder / DATABASE).exists():
        _make(session, folder, day)
    papers, picture = folder / f"briefs-{day}.pdf", folder / f"brief-{day}.png"
    briefs = _day_briefs(session, folder, day)
    _write(briefs, papers, picture, session.language)
    session.give({"workspace": str(folder), "briefs": str(papers), "picture": str(picture)})
    session.tell(Text("The demo territory is in {folder}.", folder=str(folder)))
    session.tell(demo_territory.passphrase_words())
    session.tell(
        Text(
            "{n} brief of today: {file}",
            "{n} briefs of today: {file}",
            n=len(briefs),
            file=str(papers),
        )
    )
    session.tell(Text("Its first page as a picture: {file}", file=str(picture)))
    return 0


def _make(session: Session, folder: Path, day: Day) -> None:
    demo_territory.make(
        folder,
        session,
        accounts=demo_territory.ACCOUNTS,
        seed=demo_territory.SEED,
        day=day,
        language=session.language,
    )


def _day_briefs(session: Session, folder: Path, day: Day) -> "list[Brief]":
    from kamdesk.cli.papers import day_briefs
    from kamdesk.workspace import open_workspace

    zone = session.clock.now().zone
    clock: Clock = StoppedClock(Instant.at(day, _MORNING, zone=zone))
    desk = open_workspace(
        folder,
        passphrase=demo_territory.passphrase,
        readonly=True,
        keys=secret.keyring(),
        clock=clock,
    )
    try:
        return day_briefs(desk, day, session.language)
    finally:
        desk.close()


def _write(briefs: "list[Brief]", papers: Path, picture: Path, language: str) -> None:
    from kamdesk.cli.papers import write_briefs

    if not briefs:
        raise StorageTrouble(Text("The demo territory has no visit today."))
    write_briefs(papers, briefs, language=language)
    _draw_first_page(papers, picture)


def _draw_first_page(papers: Path, picture: Path) -> None:
    import pypdfium2

    from kamdesk.transfer.writers.whole_file import whole_file

    document = pypdfium2.PdfDocument(papers)
    try:
        image = document[0].render(scale=_SHARPNESS).to_pil()
        with whole_file(picture) as file:
            image.save(file, format="PNG", optimize=True)
    finally:
        document.close()
