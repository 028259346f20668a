"""Starting without a command: the window; on a machine without a screen, the day's papers."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kamdesk.cli import demo_territory, places, secret
from kamdesk.cli.papers import day_briefs, drawn
from kamdesk.cli.places import has_screen
from kamdesk.cli.session import Session
from kamdesk.core.clock import Day, Instant, StoppedClock
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.demo.workdays import working
from kamdesk.settings import demo_folder

if TYPE_CHECKING:
    from kamdesk.papers.brief.content import Brief

_MORNING = 7
_DAYS_AHEAD = 15
_SHARPNESS = 1.5
"""Pixels of the picture for each point of the page: 892 × 1263 for A4."""


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
    folder = session.path(session.workspace) if session.workspace is not None else demo_folder()
    passphrase = _at_hand(session, folder, working(session.clock.today()))
    return session.open_window(folder, passphrase)


def _without_screen(session: Session) -> int:
    """Make the demo territory of today, its next briefs, and a picture of their first page."""
    from kamdesk.transfer.writers.whole_file import whole_file

    today = working(session.clock.today())
    folder = session.path(session.workspace) if session.workspace else places.demo_day_folder(today)
    session.tell(Text("There is no screen here: making the papers of the day instead."))
    passphrase = _at_hand(session, folder, today)
    day, briefs = _next_briefs(session, folder, passphrase, today)
    papers, picture = folder / f"briefs-{day}.pdf", folder / f"brief-{day}.png"
    with whole_file(papers) as file:
        file.write(drawn(briefs, language=session.language))
    _draw_first_page(papers, picture)
    session.give(
        {
            "workspace": str(folder),
            "day": day,
            "briefs": str(papers),
            "picture": str(picture),
        }
    )
    session.tell(
        Text(
            "{n} brief of {day}: {file}",
            "{n} briefs of {day}: {file}",
            n=len(briefs),
            day=day.isoformat(),
            file=str(papers),
        )
    )
    session.tell(Text("The first page as a picture: {file}", file=str(picture)))
    return 0


def _at_hand(session: Session, folder: Path, day: Day) -> str:
    """Make the territory where it is not there yet; say where it is and return its passphrase."""
    if not demo_territory.is_there(folder):
        session.tell(Text("Making the demo territory …"))
        from kamdesk.demo.making import ACCOUNTS, SEED

        demo_territory.make(
            folder,
            accounts=ACCOUNTS,
            seed=SEED,
            day=day,
            language=session.language,
        )
    passphrase = demo_territory.passphrase_of(folder)
    session.tell(Text("The demo territory is in {folder}.", folder=str(folder)))
    session.tell(demo_territory.passphrase_words(passphrase))
    return passphrase


def _next_briefs(
    session: Session, folder: Path, passphrase: str, today: Day
) -> "tuple[Day, list[Brief]]":
    """Return the briefs of today, or of the next day that has visits."""
    from kamdesk.workspace import open_workspace

    clock = StoppedClock(Instant.at(today, _MORNING, zone=session.clock.now().zone))
    desk = open_workspace(
        folder,
        passphrase=lambda: passphrase,
        readonly=True,
        keys=secret.keyring(),
        clock=clock,
    )
    try:
        for day in (today + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)):
            briefs = day_briefs(desk, day, session.language)
            if briefs:
                return day, briefs
    finally:
        desk.close()
    raise StorageTrouble(Text("This territory has no visit in the next days."))


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
