"""A customer organisation as the file holds it, its sites and its classes. Rules only."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, SiteId
from kamdesk.core.spot import Spot
from kamdesk.core.text.clean import LONGEST_NAME, NAME_TOO_LONG
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.credit_code import credit_code_is_right


class Organisation(StrEnum):
    """Kind of organisation (``field_book.md`` 2.1)."""

    CENTRAL_SOE = "central_soe"
    LOCAL_SOE = "local_soe"
    PRIVATE = "private"
    FOREIGN = "foreign"
    JOINT_VENTURE = "joint_venture"
    GOVERNMENT = "government"
    PUBLIC_INSTITUTION = "public_institution"
    MILITARY = "military"
    ASSOCIATION = "association"
    OTHER = "other"


ORGANISATION_WORDS: Final = {
    Organisation.CENTRAL_SOE: Text("central state-owned"),
    Organisation.LOCAL_SOE: Text("local state-owned"),
    Organisation.PRIVATE: Text("private"),
    Organisation.FOREIGN: Text("foreign-owned"),
    Organisation.JOINT_VENTURE: Text("joint venture"),
    Organisation.GOVERNMENT: Text("government"),
    Organisation.PUBLIC_INSTITUTION: Text("public institution"),
    Organisation.MILITARY: Text("military and defence"),
    Organisation.ASSOCIATION: Text("association"),
    Organisation.OTHER: Text("other organisation"),
}


class AccountClass(StrEnum):
    """Class by value and potential; set by hand until it is computed."""

    CORE = "core"
    HIGH_POTENTIAL = "high_potential"
    MAINTAIN = "maintain"
    TO_IMPROVE = "to_improve"


CLASS_WORDS: Final = {
    AccountClass.CORE: Text("core"),
    AccountClass.HIGH_POTENTIAL: Text("high potential"),
    AccountClass.MAINTAIN: Text("maintain"),
    AccountClass.TO_IMPROVE: Text("to improve"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One organisation we sell to; money in minor units of ``currency``.

    ``credit_code`` is by GB 32100; ``group_parent`` makes the tree of a group; ``number`` is our
    own (KA-0173). ``phase_by_hand`` overrides the derived phase of the relationship.
    """

    id: AccountId
    name: str
    short_name: str = ""
    other_names: tuple[str, ...] = ()
    number: str = ""
    credit_code: str = ""
    organisation: Organisation | None = None
    listed: bool = False
    stock_code: str = ""
    industry: str = ""
    group_parent: AccountId | None = None
    region: str = ""
    province: str = ""
    city: str = ""
    website: str = ""
    phone: str = ""
    employees: int | None = None
    annual_revenue: int | None = None
    currency: str = ""
    first_signed: Day | None = None
    owner: ColleagueId | None = None
    class_by_hand: AccountClass | None = None
    phase_by_hand: str = ""
    phase_because: str = ""
    note: str = ""
    merged_into: AccountId | None = None

    def checked(self) -> "Account":
        """Return this account with its texts cleaned. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self, long=("note",))
        if not neat.name:
            raise RuleBroken(Text("Give the customer a name."), field="name")
        if len(neat.name) > LONGEST_NAME:
            raise RuleBroken(NAME_TOO_LONG, field="name")
        if neat.group_parent == neat.id:
            raise RuleBroken(Text("A customer cannot be its own group."), field="group_parent")
        if neat.employees is not None and neat.employees < 0:
            raise RuleBroken(Text("There cannot be fewer than no employees."), field="employees")
        code = neat.credit_code.upper().replace(" ", "")
        return neat if code == neat.credit_code else replace(neat, credit_code=code)

    @property
    def called(self) -> str:
        """The short name, else the name."""
        return self.short_name or self.name

    def warnings(self) -> list[Text]:
        """Return what looks wrong but is kept."""
        if self.credit_code and not credit_code_is_right(self.credit_code):
            return [Text("The credit code does not fit its check character (GB 32100-2015).")]
        return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place of the customer: address, how one gets in, when one is received, where it lies.

    ``lat`` and ``lon`` are degrees (WGS-84), ``spot_from`` says what they were taken from.
    """

    id: SiteId
    account: AccountId
    name: str = ""
    address: str = ""
    city: str = ""
    gate: str = ""
    hours: str = ""
    lat: float | None = None
    lon: float | None = None
    spot_from: str = ""

    def checked(self) -> "Site":
        """Return this site with its texts cleaned. Raises ``RuleBroken`` when it says nothing."""
        neat = cleaned(self)
        if not (neat.name or neat.address):
            raise RuleBroken(Text("Give the site a name or an address."), field="address")
        return neat

    @property
    def spot(self) -> Spot | None:
        """Where it lies; None when that is not known."""
        return Spot.read(self.lat, self.lon)
