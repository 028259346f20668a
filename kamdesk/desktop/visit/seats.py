"""Who sits at a visit, of theirs and of ours: added by a few letters, each with their point."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.in_place import InPlace
from kamdesk.desktop.pages import Page
from kamdesk.desktop.stances import StanceBall, stance_words
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visit.reading import Seat, VisitSeen, Who, fitting
from kamdesk.desktop.visits.verbs import position, undo_of
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.facts import Tag
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.offers import Offer, OfferLine
from kamdesk.domain.visits.model import PART_WORDS, Attendee, Side
from kamdesk.dossier.new_at_visit import Stranger, read_stranger, seat_stranger

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class SeatRow(QWidget):
    """Somebody at the visit: how they stand, name and post, and their point or part in place.

    Signals: ``removed``.
    """

    removed = Signal()

    def __init__(self, page: "Page[Workspace]", seat: Seat) -> None:
        super().__init__()
        look = theme.now()
        self.seat = seat
        ours = seat.attendee.side is Side.OURS
        row = QHBoxLayout()
        row.setContentsMargins(0, look.px(6), 0, 0)
        row.setSpacing(look.px(8))
        self._mark: QWidget = (
            Tag(Text("ours"), filled=True) if ours else StanceBall(seat.stance, seat.name)
        )
        self._name = PlainLabel(looks.cut(seat.name or looks.DASH, 80), Type.STRONG)
        self._post = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.ELIDE)
        remove = Button(
            Text("Take {name} off the visit", name=looks.cut(seat.name, 60)),
            icon="x",
            kind=Kind.BARE,
            words_shown=False,
        )
        remove.clicked.connect(self.removed)
        row.addWidget(self._mark)
        row.addWidget(self._name)
        row.addWidget(self._post, 1)
        row.addWidget(remove)
        name = "part" if ours else "point"
        self.field = InPlace(
            name,
            Text("Part") if ours else Text("Point"),
            self._parts if ours else partial(LineEditor, hint=Text("What to bring up with them")),
            partial(self._draft, page, name),
            long=not ours,
        )
        self.field.begun.connect(self._begin)
        self.field.wanted.connect(partial(self._save, page, name))
        self._base: tuple[Attendee, object] = (seat.attendee, None)
        self._page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.field)
        self.show_seat(seat)

    @staticmethod
    def _parts() -> Choice:
        none: tuple[object, Text] = ("", Text("no part of their own"))
        return Choice([none, *((key, looks.capital(words)) for key, words in PART_WORDS.items())])

    def show_seat(self, seat: Seat) -> None:
        """Show the seat as it was read."""
        self.seat = seat
        first = Text("first time you meet") if seat.first_time else ""
        stance = stance_words(seat.stance) if seat.attendee.side is Side.THEIRS else ""
        self._post.say(looks.joined(seat.post, first), Tone.OCHRE if first else Tone.SECOND)
        self.setAccessibleName(looks.joined(seat.name, seat.post, stance, first))
        if seat.attendee.side is Side.OURS:
            part = seat.attendee.part
            known = PART_WORDS.get(part)
            self.field.show_value(part, looks.capital(known) if known else part)
        else:
            self.field.show_value(seat.attendee.point, seat.attendee.point)

    def _draft(
        self,
        page: "Page[Workspace]",
        name: str,
        holder: QWidget,
        editors: Mapping[str, QWidget],
    ) -> Drafting:
        seat = self.seat.attendee
        place = f"visit:{seat.visit.hex()}:{name}:{seat.who.hex()}"
        return Drafting(holder, page.workbench, place, editors)

    def _begin(self) -> None:
        self._base = (self.seat.attendee, self._page.seen)

    def _save(self, page: "Page[Workspace]", name: str, typed: object) -> None:
        base, seen = self._base
        changed = replace(base, **{name: str(typed or "").strip()})  # type: ignore[arg-type]
        if changed == base:
            self.field.end()
            return

        def verb(desk: "Workspace") -> ChangeSet:
            return desk.visits.change_seat(changed, base=base, seen=position(desk, seen))

        def saved(_: ChangeSet) -> None:
            self.show_seat(self.seat._replace(attendee=changed))
            self.field.end()

        page.workbench.do(
            page, verb, saved, self.field.refused, key=f"seat:{base.id.hex()}",
            form=self.field.still,
        )  # fmt: skip


class Seats(QWidget):
    """The rows, and a line to add by name, pinyin or initials; a new person in one line."""

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__()
        look = theme.now()
        self._page = page
        self._seen: VisitSeen | None = None
        self.rows: dict[Id, SeatRow] = {}
        self._nobody = PlainLabel(
            Text("Nobody of theirs is named yet: A adds them by some letters of their name."),
            Type.BODY,
            Tone.OCHRE,
            fit=Fit.WRAP,
        )
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.line = OfferLine(
            Text("Add somebody"), hint=Text("Add somebody: name, pinyin, or 王强 采购部 经理")
        )
        self.line.typed.connect(self._offer)
        self.line.taken.connect(self._take)
        self._why = PlainLabel("", Type.SMALL, Tone.BRICK, fit=Fit.WRAP)
        self._why.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(6))
        whole.addWidget(self._nobody)
        whole.addLayout(self._column)
        whole.addWidget(self.line)
        whole.addWidget(self._why)

    def show_seen(self, seen: VisitSeen) -> None:
        """Show who sits there; an open editor keeps what was typed."""
        self._seen = seen
        wanted = {seat.attendee.who: seat for seat in seen.seats}
        for who in [one for one in self.rows if one not in wanted]:
            row = self.rows.pop(who)
            row.hide()
            row.deleteLater()
        for who, seat in wanted.items():
            if who in self.rows:
                self.rows[who].show_seat(seat)
            else:
                self.rows[who] = row = SeatRow(self._page, seat)
                row.removed.connect(partial(self._remove, who))
                self._column.addWidget(row)
        named = any(seat.attendee.side is Side.THEIRS for seat in seen.seats)
        self._nobody.setVisible(not named)

    def _offer(self, typed: str) -> None:
        self._why.hide()
        if self._seen is None:
            return
        found = fitting(self._seen.known, typed, but=set(self.rows))
        offers = [
            Offer(who, who.name, looks.joined(who.post, Text("ours") if _ours(who) else ""),
                  "users" if _ours(who) else "user-round")
            for who in found
        ]  # fmt: skip
        stranger = read_stranger(typed)
        same = any(who.name.casefold() == stranger.name.casefold() for who in self._seen.known)
        if stranger.name and not same and (not found or " " in typed or "，" in typed):
            beside = looks.joined(stranger.department, stranger.title)
            offers.append(
                Offer(stranger, Text("New person: {name}", name=stranger.name), beside, "user-plus")
            )
        self.line.offer(offers)

    def _take(self, offer: Offer) -> None:
        seen, value = self._seen, offer.value
        if seen is None:
            return
        visit = seen.visit

        def verb(desk: "Workspace") -> ChangeSet:
            if isinstance(value, Stranger):
                return seat_stranger(desk.storage, desk.people, visit, value)
            who: Who = value  # type: ignore[assignment]
            return desk.visits.seat(Attendee.at(visit, who.id, who.side))

        def added(_: ChangeSet) -> None:
            self.line.clear()

        self._page.workbench.do(self._page, verb, added, self._refused)

    def _refused(self, error: Refusal) -> None:
        self._why.say(error.said)
        self._why.show()

    def _remove(self, who: Id) -> None:
        row = self.rows.get(who)
        if row is None:
            return
        attendee, name = row.seat.attendee, row.seat.name
        self._page.do(
            lambda desk: desk.visits.unseat(attendee),
            lambda _: self._page.around.say(
                Text("Taken off the visit: {name}", name=name), way_out=undo_of(self._page)
            ),
        )
        self.line.setFocus()


def _ours(who: Who) -> bool:
    return who.side is Side.OURS
