"""Joining a team, in a side panel: paste the invitation, see who it is, choose what is shared."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import files, looks, theme
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.exchange.account_ticks import AccountTicks, Customer
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.editors import Choice, TextEditor
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.storage.keys import KeyRing
from kamdesk.sync import joining, tokens
from kamdesk.sync.wire.invitation import Invitation, grouped, unpack

if TYPE_CHECKING:
    from kamdesk.desktop.jobs import Job
    from kamdesk.desktop.pages import Page
    from kamdesk.sync.joining import Host
    from kamdesk.sync.wire.routes import Enrolled
    from kamdesk.workspace import Workspace

DRAFT = "exchange:join"
_NONE, _MINE, _SOME, _ALL = "none", "mine", "some", "all"


def read_customers(desk: "Workspace") -> list[Customer]:
    """Return the customers that may be offered, the user's own first, by name."""
    me = desk.team.me
    found = [Customer(one.id, one.name, one.owner == me) for one in desk.accounts.ask.everything()]
    return sorted(found, key=lambda one: (not one.mine, one.name))


class JoinStep(PanelStep):
    """Signals: ``joined(hub's name)``. Nothing is uploaded before the second Ctrl+Enter."""

    joined = Signal(str)

    def __init__(self, page: "Page[Workspace]", ring: KeyRing) -> None:
        super().__init__(
            Text("Join a team"),
            Text(
                "Paste the invitation your administrator gave you. First you see who it is;"
                " nothing is sent before you agree."
            ),
            do=Text("See who it is"),
        )
        self._page, self._ring = page, ring
        self._host: Host | None = None
        self._invitation: Invitation | None = None
        self._customers: Sequence[Customer] = ()
        self.words = TextEditor(hint=Text("kamdesk://join?… or KD1-…"), lines=4)
        self.form.add("invitation", Text("Invitation"), self.words, beside=False)
        self.words.textChanged.connect(self._typed)
        self.authority = self.ask(
            "authority",
            Text("Certificate of your company's authority"),
            help=Text("Only where your administrator gave you one: it vouches for the hub."),
        )
        self.authority.textChanged.connect(self._typed)
        self._chooses = Button(Text("Choose a certificate"), keys="Ctrl+O")
        self._chooses.clicked.connect(self._choose)
        self._key("Ctrl+O", self._choose)
        self.column.addWidget(self._chooses)
        self._second = QWidget()
        self._second.hide()
        self.column.addWidget(self._second)
        self._sharing = Choice()
        self.ticks = AccountTicks()
        self._seen_by = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        kept = {"invitation": self.words, "authority": self.authority}
        self.draft = Drafting(self, page.workbench, DRAFT, kept)
        self.column.insertWidget(0, self.draft.line)
        self.wanted.connect(self._go_on)
        page.ask(read_customers, self._offer, key="join")

    def begin(self) -> None:
        super().begin()
        self.draft.begin()

    # ---- first: who is it

    def _typed(self) -> None:
        if self._host is not None:
            self._host = None
            self._second.hide()
            self._show_authority(True)
            if self.do is not None:
                self.do.say(Text("See who it is"))

    def _go_on(self) -> None:
        if self._host is not None:
            self._join(self._host)
            return
        chosen = self.authority.text().strip()
        try:
            self._invitation = invitation = unpack(self.words.toPlainText())
            vouches = [joining.read_authority(Path(chosen).expanduser())] if chosen else []
        except Refusal as refusal:
            self.refused(refusal)
            return
        self.wait(True)

        def look(_desk: "Workspace", _job: "Job") -> "Host":
            return joining.look(invitation, *vouches)

        name = Text("Looking for the hub")
        self._page.workbench.job(self, name, look, self._show_host, self.refused)

    def _show_authority(self, shown: bool) -> None:
        """Leave the room to what is asked next where no authority was needed."""
        self.form.rows["authority"].setVisible(shown)
        self._chooses.setVisible(shown)

    def _choose(self) -> None:
        certificates = "*.pem *.crt *.cer"
        title = Text("Choose a certificate")
        chosen = files.ask_for_file(self, title, Text("Certificate"), certificates)
        if chosen is not None:
            self.authority.setText(str(chosen))

    def _show_host(self, host: "Host") -> None:
        self.wait(False)
        self._host = host
        if self._second.layout() is None:
            self._lay_second()
        self._who.say(Text("{hub} answers at {url}", hub=host.name, url=host.url))
        self._print.say(grouped(host.fingerprint))
        trust = (
            Text("It is the very hub of the invitation. Compare the first signs by telephone if"
                 " you are in doubt:")
            if host.pinned
            else Text("The certificate you chose vouches for it. Compare the fingerprint by"
                      " telephone if you are in doubt:")
            if host.authority
            else Text("Your system vouches for its certificate:")
        )  # fmt: skip
        self._trust.say(trust)
        self._second.show()
        self._show_authority(bool(host.authority))
        if self.do is not None:
            self.do.say(Text("Join"))
        self._sharing.setFocus()

    def _lay_second(self) -> None:
        look = theme.now()
        column = QVBoxLayout(self._second)
        column.setContentsMargins(0, look.px(8), 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(Heading(Text("Is it them?")))
        self._who = PlainLabel("", Type.STRONG, fit=Fit.WRAP)
        self._trust = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        self._print = PlainLabel("", Type.SMALL, fit=Fit.WRAP)
        for label in (self._who, self._trust, self._print):
            column.addWidget(label)
        column.addSpacing(look.px(8))
        column.addWidget(Heading(Text("What the team gets")))
        mine = sum(one.mine for one in self._customers)
        every = len(self._customers)
        self._sharing.offer(
            [
                (_NONE, Text("No customer yet")),
                (_MINE, Text("My customers ({n})", n=mine)),
                (_SOME, Text("Only those I tick")),
                (_ALL, Text("All customers, later ones too ({n})", n=every)),
            ]
        )
        self._sharing.setAccessibleName(looks.said(Text("What the team gets")))
        self._sharing.currentIndexChanged.connect(lambda _: self._say_seen())
        self.ticks.changed.connect(self._say_seen)
        for part in (self._sharing, self.ticks, self._seen_by):
            column.addWidget(part)
        self._say_seen()

    def _offer(self, customers: Sequence[Customer]) -> None:
        self._customers = customers
        self.ticks.offer(customers)

    # ---- second: what is shared

    @property
    def accounts(self) -> list[Id] | None:
        """The customers the team gets; None: all, later ones too."""
        match self._sharing.value:
            case "mine":
                return [one.id for one in self._customers if one.mine]
            case "some":
                return sorted(self.ticks.ticked)
            case "all":
                return None
        return []

    def _say_seen(self) -> None:
        self.ticks.setVisible(self._sharing.value == _SOME)
        accounts = self.accounts
        n = len(self._customers) if accounts is None else len(accounts)
        who = Text(
            "Their records, visits, people and promises go to the hub. There those colleagues see"
            " them to whom the administrator gives access; partners see only what is marked for"
            " them. Drafts, filters, your habits and calendars never leave this computer."
        )
        said = (
            Text("{n} customer goes to the hub. {who}", "{n} customers go to the hub. {who}",
                 n=n, who=who)
            if n
            else Text("No customer leaves this computer: you see what colleagues share with you,"
                      " and may offer customers later. Your name and the playbook are shared.")
        )  # fmt: skip
        self._seen_by.say(said)

    def _join(self, host: "Host") -> None:
        invitation, ring, accounts = self._invitation, self._ring, self.accounts
        if invitation is None:
            return
        self.wait(True)

        def enrol(desk: "Workspace", _job: "Job") -> "tuple[Enrolled, str]":
            joining.see_free(desk.storage, host.url)
            enrolled = joining.ask_in(invitation, host, desk.team.me)
            workspace = desk.opened.workspace_id if desk.opened else ""
            return enrolled, tokens.keep(ring, workspace, enrolled.token)

        def settle(answer: "tuple[Enrolled, str]") -> None:
            self._settle(host, *answer, accounts=accounts)

        self._page.workbench.job(self, Text("Joining the team"), enrol, settle, self.refused)

    def _settle(
        self, host: "Host", enrolled: "Enrolled", token: str, *, accounts: Iterable[Id] | None
    ) -> None:
        def verb(desk: "Workspace") -> ChangeSet:
            return joining.settle_in(desk.storage, host, enrolled, token=token, accounts=accounts)

        self._page.workbench.do(self, verb, lambda _: self._done(enrolled.hub))

    def _done(self, hub: str) -> None:
        self.wait(False)
        self.draft.settle()
        self.joined.emit(hub)
        self.closed.emit()
