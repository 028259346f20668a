"""Names typed in the customer file: which customers and colleagues fit, and whom one means."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop.accounts.spellings import spell
from kamdesk.desktop.widgets.name_editor import Named

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_MOST = 8


def customers_like(desk: "Workspace", text: str) -> list[Named]:
    """Return the customers that fit what is typed, best first."""
    hits = desk.search.names(text, _MOST).accounts
    twice = {hit.title for n, hit in enumerate(hits) if hit.title in {h.title for h in hits[:n]}}
    return [
        Named(_with_number(desk, hit.title, hit.id) if hit.title in twice else hit.title, hit.id)
        for hit in hits
    ]


def colleagues_like(desk: "Workspace", text: str) -> list[Named]:
    """Return our own people that fit what is typed, by their characters, pinyin or initials."""
    everybody = desk.team.ask.everybody()
    wanted = text.casefold().replace(" ", "")
    names = [one.name for one in everybody]
    spelt = spell([name for name in names if not name.isascii()])

    def rank(name: str) -> int | None:
        plain = name.casefold().replace(" ", "")
        ways = [plain, *(spelt[name].found.split() if name in spelt else ())]
        if any(way.startswith(wanted) for way in ways):
            return 0
        return 1 if any(wanted in way for way in ways) else None

    ranked = [(rank(one.name), n, one) for n, one in enumerate(everybody)]
    fits = sorted((place, n) for place, n, _ in ranked if place is not None)
    return [Named(everybody[n].name, everybody[n].id) for _, n in fits[:_MOST]]


def customer_meant(desk: "Workspace", named: Named, *, field: str) -> AccountId | None:
    """Return the customer a name means, None for no name. Raises ``RuleBroken`` at the field."""
    if not named.text:
        return None
    if named.record is not None:
        return AccountId(Id(named.record))
    found = desk.accounts.ask.by_name(named.text)
    if not found:
        found = [AccountId(hit.id) for hit in desk.search.names(named.text, 2).accounts]
    if len(found) == 1:
        return found[0]
    if found:
        raise RuleBroken(
            Text("Several customers fit “{name}”. Choose one with ↓ and Enter.", name=named.text),
            field=field,
        )
    raise RuleBroken(
        Text("No customer is called “{name}”. Add it first, then name it here.", name=named.text),
        field=field,
    )


def colleagues_meant(
    desk: "Workspace", names: Sequence[Named], *, field: str
) -> tuple[ColleagueId, ...]:
    """Return the colleagues that names mean. Raises ``RuleBroken`` at the field."""
    return tuple(_colleague(desk, named, field) for named in names)


def _colleague(desk: "Workspace", named: Named, field: str) -> ColleagueId:
    if named.record is not None:
        return ColleagueId(Id(named.record))
    same = [Named(one.name, one.id) for one in desk.team.ask.everybody() if one.name == named.text]
    found = same or colleagues_like(desk, named.text)
    if len(found) == 1 and found[0].record is not None:
        return ColleagueId(Id(found[0].record))
    if found:
        raise RuleBroken(
            Text("Several of us fit “{name}”. Choose one with ↓ and Enter.", name=named.text),
            field=field,
        )
    raise RuleBroken(
        Text("Nobody of us is called “{name}”. Choose a colleague’s name.", name=named.text),
        field=field,
    )


def _with_number(desk: "Workspace", title: str, account: Id) -> str:
    found = desk.accounts.ask.find(AccountId(account))
    return f"{title} ({found.number or account.hex()[-4:]})" if found else title
