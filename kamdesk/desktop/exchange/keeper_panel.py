"""Exchange by a shared folder, in a side panel: invite, type the phrase, exchange by turns."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import files, looks
from kamdesk.desktop.exchange.beside import job_beside
from kamdesk.desktop.opening.key_in_hand import keyring
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.editors import Choice
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.qr_code import QrCode
from kamdesk.sync.folder import pairing
from kamdesk.workspace import folder_exchange
from kamdesk.workspace.folder_exchange import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kamdesk.desktop.exchange.beside import Round
    from kamdesk.desktop.pages import Page
    from kamdesk.hub.keeping.boxes import Invited
    from kamdesk.sync.folder.pairing import Found
    from kamdesk.sync.folder.rounds import ByFolder
    from kamdesk.workspace import Workspace

Answer = TypeVar("Answer")
ROUND, OWN, COLLEAGUE, TYPED = "round", "own", "colleague", "typed"
_WORDS: Final = {
    ROUND: Text("Exchange now"),
    OWN: Text("Invite my second laptop"),
    COLLEAGUE: Text("Invite a colleague"),
    TYPED: Text("I was given a code phrase"),
}
_DO: Final = {
    ROUND: Text("Exchange"),
    OWN: Text("Invite"),
    COLLEAGUE: Text("Invite"),
    TYPED: Text("See who it is"),
}
_NOT_TYPED: Final = Text("Nobody has typed the phrase on the other laptop yet: it still holds.")
_ALL, _MINE, _NONE = "all", "mine", "none"


class KeeperPanel(PanelStep):
    """What can be done by a folder, as the workspace stands."""

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__(
            Text("By a shared folder"),
            Text(
                "Two laptops without a hub: one keeps the log, a shared folder or a stick carries"
                " sealed letters between them. Exchange on one, then on the other."
            ),
            do=_DO[ROUND],
        )
        self._page = page
        self._found: Found | None = None
        self._code: QrCode | None = None
        self._what = Choice()
        self._what.currentIndexChanged.connect(lambda _: self._chosen())
        self.form.add("what", Text("What to do"), self._what, beside=False)
        self.name = self.ask("name", Text("The colleague's name"))
        self.phrase = self.ask("phrase", Text("Code phrase"), hint="lusab babad gutih tugad mopek")
        self.phrase.textChanged.connect(lambda _: self._forget())
        self._share = Choice()
        self._share.offer(
            [
                (_NONE, Text("No customer yet")),
                (_MINE, Text("My customers")),
                (_ALL, Text("All customers, later ones too")),
            ]
        )
        self.form.add("share", Text("What the other laptop gets"), self._share, beside=False)
        self.folder = self.ask("folder", Text("Shared folder"))
        choose = Button(Text("Choose a folder"), keys="Ctrl+O")
        choose.clicked.connect(self._choose)
        self._key("Ctrl+O", self._choose)
        self.column.addWidget(choose)
        self.words = PlainLabel("", Type.STRONG, Tone.INK, fit=Fit.WRAP)
        self.said = PlainLabel("", Type.BODY, Tone.INK, fit=Fit.WRAP)
        for label in (self.words, self.said):
            label.hide()  # it would hold its place while it says nothing
            self.column.addWidget(label)
        self.wanted.connect(self._go)
        self._chosen()
        page.ask(folder_exchange.seen, self._show, key="by_folder")

    # ---- what is there to do

    def _show(self, seen: Seen) -> None:
        ways: tuple[str, ...]
        if seen.keeps:
            ways = (ROUND, OWN, COLLEAGUE)
        elif seen.keeper:
            ways = (ROUND,)
        else:
            ways = (OWN, COLLEAGUE, TYPED) if seen.free else ()
        self._what.offer([(way, _WORDS[way]) for way in ways])
        if seen.place and not self.folder.text():
            self.folder.setText(seen.place)
        if self.do is not None:
            self.do.setEnabled(bool(ways))
        if not ways:
            self._say(Text("This workspace exchanges with a hub, so it needs no folder."))
        self._chosen()

    def _chosen(self) -> None:
        what = self._what.value
        for name, shown in (
            ("name", what == COLLEAGUE),
            ("phrase", what == TYPED),
            ("share", what == TYPED and self._found is not None),
        ):
            self.form.rows[name].setVisible(shown)
        if self.do is not None:
            joining = what == TYPED and self._found is not None
            self.do.say(Text("Accept") if joining else _DO.get(str(what), _DO[ROUND]))

    def _say(self, words: Text | str, phrase: str = "") -> None:
        """Say how it stands, below a phrase where there is one."""
        for label, shown in ((self.words, phrase), (self.said, words)):
            label.say(shown)
            label.setVisible(bool(label.text()))

    def _forget(self) -> None:
        self._found = None
        self._chosen()

    def _choose(self) -> None:
        chosen = files.ask_for_folder(self, Text("Shared folder"))
        if chosen is not None:
            self.folder.setText(str(chosen))

    # ---- doing it

    def _go(self) -> None:
        typed, what = self.folder.text().strip(), self._what.value
        if not typed:
            self.refused(RuleBroken(Text("Choose the folder both laptops share."), field="folder"))
            return
        if what == COLLEAGUE and not self.name.text().strip():
            self.refused(RuleBroken(Text("Say who it is for."), field="name"))
            return
        folder = Path(typed).expanduser()
        if what == ROUND:
            self._job(partial(_round, folder), self._exchanged)
        elif what in (OWN, COLLEAGUE):
            name = self.name.text().strip() if what == COLLEAGUE else ""
            self._job(partial(_invite, folder, name), self._invited)
        elif self._found is None:
            phrase = self.phrase.text()
            self._job(partial(_look, folder, phrase), self._looked)
        else:
            share = str(self._share.value)
            self._job(partial(_accept, folder, self._found, share), self._exchanged)

    def _job(
        self,
        begin: "Callable[[Workspace], Round[Answer]]",
        then: "Callable[[Answer], object]",
    ) -> None:
        self.wait(True)
        name = Text("Exchange by folder")
        job_beside(self._page.workbench, self, name, begin, then, self.refused)

    def _invited(self, made: "Invited") -> None:
        self.wait(False)
        self.show_phrase(made)
        self._page.ask(folder_exchange.seen, self._show, key="by_folder")
        self._page.reload()

    def show_phrase(self, made: "Invited") -> None:
        """Show what is to be typed or scanned on the other laptop."""
        self._say(
            Text(
                "This is the code phrase. On the other laptop choose the same folder and type it,"
                " or scan it below. It holds once, for one day. Then exchange here again."
            ),
            made.phrase.replace("-", " "),
        )
        if self._code is not None:
            self._code.hide()
        self._code = QrCode(made.phrase, Text("The code phrase as a QR code"))
        self.below(self._code)

    def _looked(self, found: "Found") -> None:
        self.wait(False)
        self._found = found
        self._say(
            Text(
                "{keeper} invites {whom}. Is it them? Nothing is sent before you accept.",
                keeper=found.keeper,
                whom=found.whom,
            )
        )
        self._chosen()
        self._share.setFocus()

    def _exchanged(self, done: "ByFolder") -> None:
        self.wait(False)
        waits = self._code is not None and not done.joined
        said = [*_told(done), *((_NOT_TYPED,) if waits else ())]
        self._say(" ".join(map(looks.said, said)), self.words.text() if waits else "")
        self.phrase.clear()
        self._what.setFocus()
        if self._code is not None and not waits:
            self._code.hide()
            self._code = None
        self._page.workbench.changed.emit(done.touched)
        self._page.ask(folder_exchange.seen, self._show, key="by_folder")
        self._page.reload()


def _round(folder: Path, desk: "Workspace") -> "Round[ByFolder]":
    place = folder_exchange.place_of(desk, keyring())
    return lambda steps, tell: folder_exchange.exchanged(place, steps, folder, tell)


def _invite(folder: Path, name: str, desk: "Workspace") -> "Round[Invited]":
    place = folder_exchange.place_of(desk, keyring())
    return lambda steps, _: folder_exchange.invited(place, steps, folder, name)


def _look(folder: Path, phrase: str, desk: "Workspace") -> "Round[Found]":
    now = desk.clock.now().ms
    return lambda _steps, _tell: pairing.look(folder, phrase, now)


def _accept(folder: Path, found: "Found", share: str, desk: "Workspace") -> "Round[ByFolder]":
    every, me = desk.accounts.ask.everything(), desk.team.me
    accounts: list[Id] | None = [one.id for one in every if share == _MINE and one.owner == me]
    offered = None if share == _ALL else accounts
    place = folder_exchange.place_of(desk, keyring())
    return lambda steps, tell: folder_exchange.accepted(place, steps, folder, found, offered, tell)


def _told(done: "ByFolder") -> "Iterator[Text]":
    yield Text("Sent {pushed}, received {pulled}.", pushed=done.pushed, pulled=done.pulled)
    if done.joined:
        yield Text("{laptop} is in.", laptop=looks.cut(", ".join(done.joined), 60))
    if done.waits:
        yield Text("The rest comes once the other laptop has been by.")
