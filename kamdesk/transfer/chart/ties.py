"""Takes a list of pairs of names onto a map as ties: who influences whom, who is close to whom."""

from collections.abc import Sequence

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.ids import PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.chain.bonds import Bond
from kamdesk.domain.chain.model import Map, Tie, TieKind
from kamdesk.domain.chain.service import Chain
from kamdesk.domain.chain.store import TIE
from kamdesk.domain.people.store import PersonStore
from kamdesk.storage.storage import Storage
from kamdesk.transfer.alike import normal_name
from kamdesk.transfer.chart.chart import Problem, Wrong


def take_ties(
    storage: Storage,
    chain: Map,
    pairs: Sequence[tuple[str, str]],
    kind: TieKind,
    *,
    on: Day,
    bond: Bond | None = None,
) -> tuple[ChangeSet, int, tuple[Problem, ...]]:
    """Tie people as one action, from a day on; return how many ties are new, and whom nobody knows.

    A pair names two people of the map's customer; a name that two of them bear is not taken.
    Close and in conflict hold both ways, so a pair and its reverse are one tie.
    """
    found: dict[str, PersonId | None] = {}
    for person in PersonStore(storage.reader).of_account(chain.account):
        name = normal_name(person.name)
        found[name] = None if name in found else person.id
    chains = Chain(storage)
    here = {_ends(tie) for tie in chains.ask.ties(chain.id, on=on)}
    problems, ties = [], []
    for n, pair in enumerate(pairs, 1):
        source, target = (found.get(normal_name(name)) for name in pair)
        if source is None or target is None:
            lost = pair[0] if source is None else pair[1]
            said = Text("“{name}” is nobody, or more than one, in this file", name=lost)
            problems.append(Problem(Wrong.NOWHERE, (n,), said))
            continue
        tie = chains.tie(chain, kind, source, target, since=on, bond=bond).checked()
        if _ends(tie) not in here:
            here.add(_ends(tie))
            ties.append(tie)
    with storage.change(Text("Import ties")) as change:
        change.put_all(TIE, ties)
    return change.touched, len(ties), tuple(problems)


def _ends(tie: Tie) -> tuple[TieKind, bytes, bytes]:
    ends = tie.source, tie.target
    if tie.kind is not TieKind.INFLUENCES:
        ends = min(ends), max(ends)
    return tie.kind, *ends
