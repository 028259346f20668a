"""What somebody at a desk of a simulated team does, by chance; what is written stands in a ledger.

Values are unique, so that each can be followed; texts and deeds that write values anew (undo,
moves) come from the people of ``schedules``.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from random import Random

from support.invented import an_account
from support.schedules import Player
from support.team_desk import TeamDesk
from support.team_ledger import Ledger, Sights, sights_of
from support.team_truth import UNIQUE

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.people.model import Person
from kamdesk.domain.people.store import PERSON
from kamdesk.storage.change import Seen
from kamdesk.storage.erasing import erase

Deed = Callable[[], None]
Form = tuple[Account | Person, Seen, Sights]


class Somebody(Player):
    """Acts at one desk; ``erasing`` people may also be erased for good."""

    def __init__(
        self, desk: TeamDesk, ledger: Ledger, chance: Random, *, erasing: bool = False
    ) -> None:
        super().__init__(desk, chance)  # type: ignore[arg-type]
        self.team_desk, self.ledger, self.open_forms = desk, ledger, list[Form]()
        self._numbers, self._erasing, self.dawdles = count(1), erasing, False

    def act(self) -> None:
        """Do one thing; where there is nothing to do it with, nothing is done."""
        calm: list[Deed] = [self.look, self.look, self.fill, self.fill, self.fill, self.write]
        noted = (self.add, self.drop, self.restore, self.tag, self.resolve, self.seat, self.undo)
        deeds = [*calm, *(self._noted(deed) for deed in noted)]
        if self._erasing:
            deeds += [self._noted(self.erase_somebody)]
        with suppress(RuleBroken, IndexError):
            self.chance.choice(deeds)()

    def act_by(self, deed: "Callable[[Somebody], None]") -> None:
        """Do one thing that is told."""
        with self.ledger.noting(self.team_desk):
            deed(self)

    def found(self, name: str) -> None:
        """Make an account."""
        with self.ledger.noting(self.team_desk):
            an_account(self.team_desk.workspace, name)

    def look(self) -> None:
        """Open a form that may be saved later, over pulls."""
        desk = self.team_desk
        people, accounts = (
            desk.workspace.people.ask.everybody(),
            desk.workspace.accounts.ask.everything(),
        )
        every: list[Account | Person] = [*accounts] if self.dawdles else [*people, *accounts]
        record = self.chance.choice(every)
        sights = sights_of(desk, record.id)
        self.open_forms.append((record, desk.storage.position(), sights))

    def fill(self) -> None:
        """Save a form: one opened earlier, or a fresh one."""
        if not self.open_forms or (not self.dawdles and self.chance.random() < 0.4):
            self.look()
        at = 0 if self.dawdles else self.chance.randrange(len(self.open_forms))
        record, seen, sights = self.open_forms.pop(at)
        workspace = self.team_desk.workspace
        with self.ledger.noting(self.team_desk, sights):
            if isinstance(record, Account):
                card = replace(record, **self._values(("city", "region", "short_name")))
                workspace.accounts.change(card, base=record, seen=seen)
            else:
                person = replace(record, **self._values(("name", "department", "focus")))
                workspace.people.change(person, base=record, seen=seen)

    def write(self) -> None:
        """Write to a text that merges, with what is there before the eyes."""
        people = self.team_desk.workspace.people.ask.everybody()
        person = self.chance.choice(people)
        lines = (person.note or "").split("\n")
        at = self.chance.randint(0, len(lines))
        note = "\n".join([*lines[:at], self._value(), *lines[at:]])
        with self.ledger.noting(self.team_desk):
            self.team_desk.workspace.people.change(
                replace(person, note=note), base=person, seen=self.team_desk.storage.position()
            )

    def erase_somebody(self) -> None:
        """Erase a person for good."""
        people = self.team_desk.workspace.people.ask.everybody()
        erase(self.team_desk.storage, PERSON, Id(self.chance.choice(people).id))

    def forget_forms(self) -> None:
        """Close all forms, as a restart does."""
        self.open_forms.clear()

    def _noted(self, deed: Deed) -> Deed:
        def noted() -> None:
            with self.ledger.noting(self.team_desk):
                deed()

        return noted

    def _values(self, fields: tuple[str, ...]) -> dict[str, str]:
        some = self.chance.sample(fields, self.chance.choice([1, 1, 2]))
        return {field: self._value() for field in some}

    def _value(self) -> str:
        return f"{UNIQUE}{self.team_desk.user[:4]}{next(self._numbers)}.{self.chance.random():.9f}"
