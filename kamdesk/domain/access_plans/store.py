"""Executive engagement plans in the workspace: their cells, and what is asked about them."""

from typing import Any, NamedTuple

from kamdesk.core.clock import Day, read_day
from kamdesk.core.ids import AccessPlanId, AccountId, PersonId
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_word
from kamdesk.domain.access_plans.model import AccessPlan, AccessStep, PlanState, Tender
from kamdesk.storage.catalogue import Cell, Kind, Merge
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held


def _note(name: str, *columns: str, merge: Merge = Merge.VALUE) -> Cell:
    return Cell(name, columns=columns, privacy=Privacy.NOTE, merge=merge, searched=True)


def _shared(name: str, *columns: str) -> Cell:
    return Cell(name, columns=columns, privacy=Privacy.BUSINESS, searched=True)


ACCESS_PLAN = Kind(
    "access_plan",
    table="access_plans",
    scope_of="account",
    holds={Held.ID: ("account", "person", "colleague")},
    cells=(
        Cell("account", privacy=Privacy.INTERNAL),
        Cell("target", columns=("person",), privacy=Privacy.INTERNAL, about=("person",)),
        Cell("peer", columns=("colleague", "briefed_on"), privacy=Privacy.INTERNAL),
        Cell("state", columns=("state", "closed_on"), privacy=Privacy.INTERNAL),
        _note("remit"),
        _note("term"),
        _note("office"),
        _note("why_now", merge=Merge.TEXT),
        _note("must_deliver", merge=Merge.TEXT),
        _note("measured_by"),
        _note("horizon"),
        _note("heard_from"),
        Cell("aim", columns=("aim_from", "aim_to", "aim_by"), privacy=Privacy.OPINION),
        _note("gains", "gain_more", "gain_sooner", "gain_surer"),
        Cell("gain_standing", privacy=Privacy.MOTIVE),
        _note("way"),
        _note("second_way"),
        _note("borrowed", "borrowed_person", "borrowed_thing", "borrowed_occasion"),
        _note("occasion"),
        Cell("window", columns=("window_from", "window_until"), privacy=Privacy.INTERNAL),
        _note("topics", merge=Merge.TEXT),
        _note("first_sentence"),
        _note("avoid"),
        _note("material"),
        _note("handed_by"),
        _note("party", merge=Merge.TEXT),
        _note("interpreter"),
        Cell("tender", privacy=Privacy.INTERNAL),
        _note("hospitality"),
        Cell("passed_over", privacy=Privacy.OPINION),
        _note("result", merge=Merge.TEXT),
        Cell("moved", privacy=Privacy.OPINION),
        _shared("our_step", "our_next", "our_next_by"),
        _shared("their_step", "their_next", "their_next_by"),
        Cell("thanked_on", privacy=Privacy.INTERNAL),
        Cell("next_contact", privacy=Privacy.INTERNAL),
        Cell("meets_on", privacy=Privacy.BUSINESS),
        _shared("place"),
        _shared("theme"),
        _shared("our_wish"),
        _shared("their_wish"),
        _shared("our_part"),
        _shared("their_part"),
    ),
)
ACCESS_STEP = Kind(
    "access_step",
    table="access_steps",
    scope_of="account",
    holds={Held.ID: ("account", "plan", "person", "colleague")},
    cells=(
        Cell("account", privacy=Privacy.INTERNAL),
        Cell("of_plan", columns=("plan", "person"), privacy=Privacy.INTERNAL, about=("person",)),
        Cell("what", privacy=Privacy.NOTE, searched=True),
        Cell("step_of", columns=("colleague", "due"), privacy=Privacy.INTERNAL),
        Cell("done_on", privacy=Privacy.INTERNAL),
    ),
)


class PlanLine(NamedTuple):
    """A plan as the list of targets shows it; ``steps`` and ``done`` count its steps."""

    id: AccessPlanId
    account: AccountId
    account_name: str
    person: PersonId
    target: str
    ours: str
    aim_to: str
    aim_by: Day | None
    meets_on: Day | None
    state: PlanState
    done: int
    steps: int


_LINES = """
SELECT p.id, p.account, coalesce(a.short_name, a.name), p.person, h.name, c.name, p.aim_to,
       p.aim_by, p.meets_on, p.state,
       (SELECT count(*) FROM access_steps s WHERE s.plan = p.id AND NOT s.gone
          AND s.done_on IS NOT NULL),
       (SELECT count(*) FROM access_steps s WHERE s.plan = p.id AND NOT s.gone)
FROM access_plans p
LEFT JOIN accounts a ON a.id = p.account
JOIN people h ON h.id = p.person AND h.shown
LEFT JOIN colleagues c ON c.id = p.colleague
WHERE NOT p.gone"""
_OPEN = " AND coalesce(p.state, 'open') = 'open'"
_ORDER = " ORDER BY p.aim_by IS NULL, p.aim_by, p.id"


class AccessPlanStore:
    """Asks the ``access_plans`` and ``access_steps`` tables."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def find(self, plan: AccessPlanId) -> AccessPlan | None:
        """Return a plan that is not deleted, or None."""
        row = self._ask("SELECT * FROM access_plans WHERE id = ? AND NOT gone", plan).first()
        return _plan(row) if row else None

    def of_account(self, account: AccountId) -> list[AccessPlan]:
        """Return the plans of a customer, oldest first."""
        sql = "SELECT * FROM access_plans WHERE account = ? AND NOT gone ORDER BY id"
        return [_plan(row) for row in self._ask(sql, account)]

    def steps(self, plan: AccessPlanId) -> list[AccessStep]:
        """Return the steps of a plan, as they were written down."""
        sql = "SELECT * FROM access_steps WHERE plan = ? AND NOT gone ORDER BY id"
        return [_step(row) for row in self._ask(sql, plan)]

    def lines(self, *, of: AccountId | None = None, open_only: bool = True) -> list[PlanLine]:
        """Return plans as lists show them, the aim due first first: all, or one customer's."""
        which = _OPEN if open_only else ""
        if of is None:
            rows = self._ask(_LINES + which + _ORDER)
        else:
            rows = self._ask(_LINES + " AND p.account = ?" + which + _ORDER, of)
        return [_line(row) for row in rows]


_DAYS = (
    "briefed_on", "closed_on", "aim_by", "window_from", "window_until", "our_next_by",
    "their_next_by", "thanked_on", "next_contact", "meets_on",
)  # fmt: skip
_NO_TEXTS = {"account", "person", "colleague", "state", "tender", *_DAYS}


def _plan(row: Row) -> AccessPlan:
    days: dict[str, Any] = {name: read_day(row[name]) for name in _DAYS}
    texts: dict[str, Any] = {
        name: row[name] or "" for name in ACCESS_PLAN.columns if name not in _NO_TEXTS
    }
    return AccessPlan(
        id=row["id"],
        account=row["account"],
        person=row["person"],
        colleague=row["colleague"],
        state=read_word(PlanState, row["state"], PlanState.OPEN),
        tender=read_word(Tender, row["tender"], None),
        **days,
        **texts,
    )


def _step(row: Row) -> AccessStep:
    return AccessStep(
        id=row["id"],
        account=row["account"],
        plan=row["plan"],
        person=row["person"],
        what=row["what"] or "",
        colleague=row["colleague"],
        due=read_day(row["due"]),
        done_on=read_day(row["done_on"]),
    )


def _line(row: Row) -> PlanLine:
    return PlanLine(
        row[0],
        row[1],
        row[2] or "",
        row[3],
        row[4] or "",
        row[5] or "",
        row[6] or "",
        read_day(row[7]),
        read_day(row[8]),
        read_word(PlanState, row[9], PlanState.OPEN),
        row[10],
        row[11],
    )
