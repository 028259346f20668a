"""Key persons, the posts of an organisation, who holds which, and what people need. Rules only."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import (
    AccountId,
    ColleagueId,
    HoldingId,
    Id,
    NeedId,
    PersonId,
    PostId,
    SiteId,
)
from kamdesk.core.text.clean import LONGEST_NAME, NAME_TOO_LONG
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text


class Basis(StrEnum):
    """On what ground somebody is kept in the file (PIPL article 13, GDPR article 6)."""

    CONTRACT = "contract"
    INTEREST = "interest"
    CONSENT = "consent"
    PUBLIC = "public"
    DUTY = "duty"


BASIS_WORDS: Final = {
    Basis.CONTRACT: Text("contract, or steps towards one"),
    Basis.INTEREST: Text("legitimate interest"),
    Basis.CONSENT: Text("consent"),
    Basis.PUBLIC: Text("made public by themselves or lawfully"),
    Basis.DUTY: Text("legal duty"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person at a customer. ``form_of_address`` is what one says to the face (王总).

    ``account`` is None for somebody met before the firm is known; such a person stays on this
    device. ``same_as`` is the record of the same human at a former employer; ``merged_into`` the
    one into which this one went, and which its id now means. ``basis`` to ``restricted_because``
    say why and until when the person is kept: where the data came from, since when, when the
    person was told. Who is ``restricted`` stands in no list, search or paper.
    """

    id: PersonId
    name: str
    account: AccountId | None = None
    family_name: str = ""
    given_name: str = ""
    honorific: str = ""
    form_of_address: str = ""
    department: str = ""
    site: SiteId | None = None
    birthday: str = ""
    preferred_channel: str = ""
    background: str = ""
    focus: str = ""
    their_task: str = ""
    our_aim: str = ""
    owner: ColleagueId | None = None
    note: str = ""
    same_as: PersonId | None = None
    merged_into: PersonId | None = None
    basis: Basis | None = None
    source: str = ""
    collected_on: Day | None = None
    told_on: Day | None = None
    keep_until: Day | None = None
    restricted: bool = False
    restricted_because: str = ""

    @property
    def called(self) -> str:
        """What one says to the face, else the name."""
        return self.form_of_address or self.name

    def checked(self) -> "Person":
        """Return this person with texts cleaned. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self, long=("background", "note"))
        if not neat.name:
            raise RuleBroken(Text("Give the person a name."), field="name")
        if len(neat.name) > LONGEST_NAME:
            raise RuleBroken(NAME_TOO_LONG, field="name")
        return neat


class Channel(StrEnum):
    """A way of contact."""

    MOBILE = "mobile"
    PHONE = "phone"
    EMAIL = "email"
    WECHAT = "wechat"
    OTHER = "other"


CHANNEL_WORDS: Final = {
    Channel.MOBILE: Text("mobile"),
    Channel.PHONE: Text("telephone"),
    Channel.EMAIL: Text("e-mail"),
    Channel.WECHAT: Text("WeChat"),
    Channel.OTHER: Text("other contact"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to reach a person."""

    id: Id
    account: AccountId | None
    person: PersonId
    channel: Channel
    value: str
    note: str = ""

    def checked(self) -> "Way":
        """Return this way with texts cleaned. Raises ``RuleBroken`` when empty."""
        neat = cleaned(self)
        if not neat.value:
            raise RuleBroken(Text("Give a number or an address."), field="value")
        return neat


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of the organisation; it stays when people move, and may be vacant.

    ``account`` is None for the post of somebody whose firm is not known yet.
    """

    id: PostId
    account: AccountId | None
    title: str
    department: str = ""
    reports_to: PostId | None = None
    since: Day | None = None
    until: Day | None = None

    def checked(self) -> "Post":
        """Return this post with texts cleaned. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self)
        if not neat.title:
            raise RuleBroken(Text("Give the post a title."), field="title")
        if neat.reports_to == neat.id:
            raise RuleBroken(Text("A post cannot report to itself."), field="reports_to")
        return neat


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """To which post another one reports from a day on: never changed, only followed by a later one.

    ``boss`` None: to nobody. ``valid_from`` None: as long as anybody knows. ``Post.reports_to`` is
    what holds now. It was learnt at a
    ``visit``; ``sureness`` is a word of the decision chain's (high, medium, low).
    """

    id: Id
    account: AccountId | None
    post: PostId
    boss: PostId | None = None
    valid_from: Day | None = None
    visit: Id | None = None
    sureness: str = ""
    note: str = ""

    def checked(self) -> "Reporting":
        """Return this line with its note cleaned. Raises ``RuleBroken`` for a post under itself."""
        if self.boss == self.post:
            raise RuleBroken(Text("A post cannot report to itself."), field="reports_to")
        return cleaned(self, long=("note",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who holds a post, from when to when (both may be unknown)."""

    id: HoldingId
    account: AccountId | None
    post: PostId
    person: PersonId
    since: Day | None = None
    until: Day | None = None

    def stands_on(self, day: Day) -> bool:
        """True when the person holds the post on ``day``."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


class NeedLevel(StrEnum):
    """Whose need it is: the business's, the organisation's, the person's own."""

    BUSINESS = "business"
    ORGANISATION = "organisation"
    PERSONAL = "personal"


NEED_LEVEL_WORDS: Final = {
    NeedLevel.BUSINESS: Text("business need"),
    NeedLevel.ORGANISATION: Text("organisation's need"),
    NeedLevel.PERSONAL: Text("personal need"),
}


class NeedState(StrEnum):
    """How far a need is served."""

    OPEN = "open"
    ANSWERED = "answered"
    PROVED = "proved"


NEED_STATE_WORDS: Final = {
    NeedState.OPEN: Text("need open"),
    NeedState.ANSWERED: Text("need answered"),
    NeedState.PROVED: Text("need proved"),
}


WEIGHTS: Final = range(1, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a person needs, in their words; ``weight`` 1–3; stated aloud or not."""

    id: NeedId
    account: AccountId | None
    person: PersonId
    words: str
    level: NeedLevel = NeedLevel.BUSINESS
    stated: bool = False
    special: bool = False
    weight: int = 2
    answer: str = ""
    state: NeedState = NeedState.OPEN

    def checked(self) -> "Need":
        """Return this need with texts cleaned. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self)
        if not neat.words:
            raise RuleBroken(Text("Say what is needed, best in their words."), field="words")
        if neat.weight not in WEIGHTS:
            raise RuleBroken(Text("A need weighs 1, 2 or 3."), field="weight")
        return neat
