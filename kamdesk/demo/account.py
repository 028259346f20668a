"""Everything about one account while it is being invented: firm, people, matters, dice."""

from dataclasses import dataclass, field
from random import Random

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, ColleagueId, MapId, PersonId
from kamdesk.demo.cast import Cast, Member
from kamdesk.demo.chance import Hand
from kamdesk.demo.firms import Firm
from kamdesk.demo.material import Language, Line
from kamdesk.demo.persons import Desk, other
from kamdesk.demo.story import Matter
from kamdesk.demo.voice import Scene
from kamdesk.domain.accounts.model import Site
from kamdesk.domain.visits.model import Visit


@dataclass(slots=True, kw_only=True)
class Meeting:
    """A visit as the story sees it: at what stage, who was there, and how it can be talked of."""

    visit: Visit
    day: Day
    stage: str
    theirs: list[Member]
    scene: Scene
    language: Language


@dataclass(slots=True, kw_only=True)
class Telling:
    """An account in the telling. ``owner`` with its number sits in the diary."""

    firm: Firm
    id: AccountId
    sites: list[Site]
    cast: Cast
    matters: list[Matter]
    owner: ColleagueId
    owner_number: int
    desk: Desk
    chance: Random
    hand: Hand
    rivals: list[Line]
    map: MapId | None = None
    meetings: list[Meeting] = field(default_factory=list)
    met: set[PersonId] = field(default_factory=set)

    def tongue(self) -> Language:
        """Return in which language the next note is written: mostly the user's own."""
        language = self.desk.language
        foreign = self.firm.abroad == (language == "zh")
        share = (0.3 if language == "zh" else 0.2) if foreign else 0.06
        return other(language) if self.chance.random() < share else language

    def scene(
        self, matter: Matter, day: Day, lead: Member, theirs: list[Member], *, on_site: bool = True
    ) -> Scene:
        """Return a meeting about a matter in which lines can be said."""
        absent = [
            member
            for member in self.cast.now(day)
            if member not in theirs and member.role.influence < 5
        ]
        return Scene(
            cast=self.cast,
            matter=matter,
            day=day,
            lead=lead,
            rival=self.rivals[0] if self.chance.random() < 0.75 else self.rivals[-1],
            ours=self.desk.calls,
            hand=self.hand,
            chance=self.chance,
            on_site=on_site,
            missing=self.chance.choice(absent) if absent else None,
            new=lead.id not in self.met,
            plant=self.firm.segment.kind in ("maker", "soe"),
        )
