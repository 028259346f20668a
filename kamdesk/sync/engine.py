"""A round of exchange with the hub: push, settle, pull; safe to stop anywhere, the next goes on."""

from collections.abc import Callable
from functools import partial
from typing import Final

import msgspec

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.storage import team
from kamdesk.storage.exchange import Forked
from kamdesk.storage.restoring import FORKED
from kamdesk.sync import blobs
from kamdesk.sync.apart import texts
from kamdesk.sync.desk import Desk, Progress, Round, Tally
from kamdesk.sync.post import Cause, HubTrouble, Post
from kamdesk.sync.reading import read_log, read_scopes
from kamdesk.sync.steps import asking, ending, epochs, forking, losing, parked, settling
from kamdesk.sync.steps.claims import Claim, hear
from kamdesk.sync.told import told
from kamdesk.sync.wire import messages
from kamdesk.sync.wire.messages import Exchange, Settled
from kamdesk.sync.wire.strict import Garbled

_LEAST: Final = 50
"""The fewest ops of a page, however bad the line."""


class Engine:
    """Exchanges one workspace with its hub. One at a time uses it; it may live as long as the file.

    ``tell`` is called between steps; what it raises stops the round, and nothing is lost.
    """

    def __init__(
        self, desk: Desk, post: Post, tell: Callable[[Progress], None] | None = None
    ) -> None:
        self._desk, self._post, self._tell = desk, post, tell
        self._limit = messages.LARGEST_PAGE
        self._claim: Claim | None = None
        self._all_marks = False
        self._full: HubTrouble | None = None
        """Why the hub takes nothing in this round; what it has, it gives."""
        self._held: HubTrouble | None = None
        """Why the content of a file could not be sent: ops wait from the one that names it on."""

    def round(self, *, wait: int = 0) -> Round:
        """Exchange until neither side has more to say; ``wait`` seconds for news where none is.

        By a folder it ends where the next answer does not lie there yet.
        Raises ``HubTrouble`` (then the file remembers why), ``StorageTrouble``.
        """
        tally = Tally(tell=self._tell)
        try:
            self._exchange(tally, wait)
        except HubTrouble as trouble:
            if trouble.cause is not Cause.POSTED:
                if trouble.cause in (Cause.OFFLINE, Cause.TOO_LARGE):
                    self._limit = max(_LEAST, self._limit // 2)
                self._desk.do(partial(team.keep_trouble, said=trouble.said))
                raise
            self._desk.do(partial(ending.note_contact, pulled=tally.pulled))
        finally:
            self._desk.do(ending.sweep)
        stands = self._desk.do(told)
        return Round(
            pushed=tally.pushed,
            pulled=tally.pulled,
            conflicts=stands.conflicts,
            quarantined=tally.quarantined,
            parked=stands.parked,
            touched=ChangeSet(frozenset(tally.touched)),
        )

    def _exchange(self, tally: Tally, wait: int) -> None:
        do = self._desk.do
        tally.note(do(parked.replay))
        try:
            if do(lambda storage: storage.number(FORKED)):
                self._renumber()
            self._full = None
            while self._goes_on(tally, wait):
                wait = 0
                tally.in_vain()
        except Garbled as error:
            raise HubTrouble(
                Cause.GARBLED,
                Text("The hub said something KamDesk does not understand: {why}.", why=str(error)),
            ) from error
        self._limit = min(messages.LARGEST_PAGE, self._limit * 2)
        do(partial(ending.note_contact, pulled=tally.pulled))
        tally.note(blobs.fetch(self._desk, self._post))
        if self._held:
            raise self._held

    def _goes_on(self, tally: Tally, wait: int) -> bool:
        """Ask, fetch scopes, tidy up; return whether the hub is to be asked again."""
        try:
            return self._ask(tally, wait) or self._fetched(tally) or self._tidied(tally)
        except Forked:
            self._renumber()
            return True

    def _ask(self, tally: Tally, wait: int) -> bool:
        """Ask once and take the answer; return whether to ask at once again."""
        ask, ops = self._desk.do(
            partial(
                asking.question,
                claim=self._claim,
                all_marks=self._all_marks,
                limit=self._limit,
                wait=wait,
            )
        )
        may, self._held = 0, self._full
        if self._full is None:
            may, self._held = blobs.leaving(self._desk, self._post, ops)
        if self._held:
            ask = msgspec.structs.replace(ask, ops=ask.ops[:may], wait=0)
        try:
            answer = self._post.exchange(ask)
        except HubTrouble as trouble:
            if trouble.cause is not Cause.FULL or not ask.ops:
                raise
            self._full = trouble  # it takes nothing, and still gives: the rest of the round reads
            return True
        tally.say()
        settled = answer.settled
        match answer:
            case messages.Done():
                if self._settled(ask, settled, tally):
                    self._all_marks = False
                    return read_log(self._desk, ask, answer, tally)
            case messages.Forked():
                raise Forked
            case messages.Upgrade():
                raise HubTrouble(
                    Cause.BROKEN,
                    Text("The hub speaks another version; update KamDesk or the hub."),
                )
            case messages.Elsewhere():
                self._elsewhere(ask, answer)
            case messages.Expect():
                self._claim = None
                self._desk.do(partial(settling.say_again, last=settled.last))
            case messages.Clock():
                if self._settled(ask, settled, tally):
                    step = partial(settling.stamp_anew, now=answer.now, last=settled.last)
                    tally.note(self._desk.do(step))
        return True

    def _settled(self, ask: Exchange, settled: Settled, tally: Tally) -> bool:
        """Settle what an answer says first; return False while the hub's word needs a proof."""
        heard = self._desk.do(partial(hear, told=settled, ask=ask, claim=self._claim))
        self._claim = heard.claim
        tally.note(heard.touched)
        tally.pushed += heard.taken
        tally.quarantined += heard.refused
        if heard.taken or heard.refused:
            tally.vain = 0
        return heard.claim is None

    def _elsewhere(self, ask: Exchange, answer: messages.Elsewhere) -> None:
        """The hub stands on another log: say all marks once, then go back to where they part."""
        self._claim = None
        start = answer.start
        if start is None and not self._all_marks:
            self._all_marks = True
            return
        self._all_marks = False
        last = min(answer.settled.last, ask.start - 1)
        self._desk.do(partial(epochs.turn_back, epoch=answer.epoch, start=start or 0, last=last))

    def _renumber(self) -> None:
        """Take a fresh number: another file writes under this one's."""
        self._claim = None
        dev = self._post.renumber(self._desk.do(lambda storage: storage.log.own))
        self._desk.do(partial(forking.take_number, dev=dev))

    def _fetched(self, tally: Tally) -> bool:
        held = self._held is not None
        return read_scopes(self._desk, self._post, tally, limit=self._limit, held=held)

    def _tidied(self, tally: Tally) -> bool:
        """Do what waits for a read log; return True when it leaves something to say."""
        do = self._desk.do
        if do(lambda storage: storage.number(team.REKEYING)):
            do(forking.number_anew)
            return True
        if self._can_say():
            return True
        while (scope := do(losing.next_lost)) is not None:
            tally.note(do(partial(losing.lose, scope=scope)))
        if do(forking.stranded):
            self._renumber()
            return True
        tally.note(do(texts.merge_texts))
        return self._can_say()

    def _can_say(self) -> bool:
        return self._held is None and self._desk.do(settling.has_unsent)
