"""Every kind of record there is, of all rooms."""

from typing import Final

from kamdesk.domain.access_plans.store import ACCESS_PLAN, ACCESS_STEP
from kamdesk.domain.accounts.store import ACCOUNT, SITE
from kamdesk.domain.appointments.store import APPOINTMENT, CALENDAR
from kamdesk.domain.cadence.store import AGREEMENT, PAUSE
from kamdesk.domain.chain.store import BODY, GROUP, MAP, READING, SEAT, TIE
from kamdesk.domain.duplicates.store import NOT_SAME
from kamdesk.domain.files.store import FILE
from kamdesk.domain.filters.store import SAVED_FILTER
from kamdesk.domain.lifecycle.store import TASK
from kamdesk.domain.opportunities.store import OPPORTUNITY
from kamdesk.domain.origins.store import KNOWN_AS
from kamdesk.domain.own_fields.store import OWN_FIELD
from kamdesk.domain.patterns.store import PATTERN, PATTERN_STOP
from kamdesk.domain.people.posts import HOLDING, POST, REPORTING
from kamdesk.domain.people.store import NEED, PERSON, WAY
from kamdesk.domain.playbook.store import PACK, PACK_CHOICE, VERDICT
from kamdesk.domain.promises.store import PROMISE
from kamdesk.domain.team.store import COLLEAGUE
from kamdesk.domain.travel.store import HABITS, LEARNT_LEG
from kamdesk.domain.visits.store import ATTENDEE, FACT, VISIT
from kamdesk.domain.working_days.store import ABSENCE, YEAR_LIST

KINDS: Final = (
    COLLEAGUE,
    OWN_FIELD,
    SAVED_FILTER,
    CALENDAR,
    APPOINTMENT,
    HABITS,
    LEARNT_LEG,
    ACCOUNT,
    SITE,
    PERSON,
    WAY,
    POST,
    REPORTING,
    HOLDING,
    NEED,
    OPPORTUNITY,
    MAP,
    GROUP,
    SEAT,
    BODY,
    READING,
    TIE,
    VISIT,
    ATTENDEE,
    FACT,
    PROMISE,
    AGREEMENT,
    PAUSE,
    TASK,
    ACCESS_PLAN,
    ACCESS_STEP,
    YEAR_LIST,
    ABSENCE,
    PATTERN,
    PATTERN_STOP,
    FILE,
    KNOWN_AS,
    PACK,
    PACK_CHOICE,
    VERDICT,
    NOT_SAME,
)
"""Every kind of record, in the order in which one names the next."""
