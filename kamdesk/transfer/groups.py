"""The group a row names: a customer known here or in the file, written as there, no circle."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kamdesk.core.wording import Text
from kamdesk.transfer.alike import normal_name
from kamdesk.transfer.candidates import AccountCandidate, Candidate, Problem
from kamdesk.transfer.known import KnownRecords


def with_groups(proposed: Iterable[Candidate], known: KnownRecords) -> Iterator[Candidate]:
    """Yield customers with their group as it is called here; what cannot be one is told.

    A row whose group is not taken is judged again next time: it may be known by then.
    """
    rows = list(proposed)
    above: dict[str, str] = {}
    called: dict[str, str] = {}
    if any(isinstance(row, AccountCandidate) and row.group_parent for row in rows):
        for place in range(len(known)):
            called[normal_name(known[place].name)] = known[place].name
            if group := known[place].text("group_parent"):
                above[normal_name(known[place].name)] = normal_name(group)
        for row in rows:
            if not row.rejected:
                called.setdefault(normal_name(row.name), row.name)
    for row in rows:
        if isinstance(row, AccountCandidate) and row.group_parent and not row.rejected:
            yield _under(row, above, called, known)
        else:
            yield row


def _under(
    row: AccountCandidate, above: dict[str, str], called: dict[str, str], known: KnownRecords
) -> AccountCandidate:
    own, group = normal_name(row.name), normal_name(row.group_parent)
    if group not in called:
        places = known.by_name(row.group_parent)
        group = normal_name(known[places[0]].name) if len(places) == 1 else group
    if group not in called:
        reason = Text("“{name}” is no customer here.", name=row.group_parent)
    elif group == own:
        reason = Text("A customer cannot be its own group.")
    elif _runs_in_a_circle(own, group, above):
        reason = Text("This would make the group run in a circle.")
    else:
        above[own] = group
        return replace(row, group_parent=called[group])
    problems = (*row.problems, Problem(row.row, "group_parent", reason))
    return replace(row, group_parent="", digest=b"", problems=problems)


def _runs_in_a_circle(own: str, group: str, above: dict[str, str]) -> bool:
    seen: set[str] = set()
    while group and group not in seen:
        if group == own:
            return True
        seen.add(group)
        group = above.get(group, "")
    return False
