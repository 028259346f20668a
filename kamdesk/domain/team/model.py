"""A colleague: one of our own side."""

from dataclasses import dataclass

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import ColleagueId
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """One of our own people: name, post, how to reach them."""

    id: ColleagueId
    name: str
    title: str = ""
    department: str = ""
    phone: str = ""
    email: str = ""

    def checked(self) -> "Colleague":
        """Return this colleague with texts cleaned. Raises ``RuleBroken`` without a name."""
        neat = cleaned(self)
        if not neat.name:
            raise RuleBroken(Text("Give the colleague a name."), field="name")
        return neat
