"""Which customer, person or colleague is meant by what was typed, and which may be."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.desktop.widgets.record_field import Offered, RecordField

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.search.hits import Hit
    from kamdesk.workspace import Workspace

_MOST: Final = 8
_Question: TypeAlias = Callable[["Workspace"], list[Offered]]


def offer_accounts(page: "Page[Workspace]", field: RecordField) -> None:
    """Let a field offer customers by name, pinyin or number."""
    _offering(
        page, field, lambda words: lambda desk: _hits(desk.search.names(words, _MOST).accounts)
    )


def offer_people(
    page: "Page[Workspace]", field: RecordField, account: RecordField | AccountId | None = None
) -> None:
    """Let a field offer people, those of one customer where there is one."""

    def question(words: str) -> _Question:
        at = account.record if isinstance(account, RecordField) else account
        if at is None:
            return lambda desk: _hits(desk.search.names(words, _MOST).people)
        return lambda desk: people_of(desk, AccountId(Id(at)), words)

    _offering(page, field, question)


def offer_colleagues(page: "Page[Workspace]", field: RecordField) -> None:
    """Let a field offer our own side."""

    def found(desk: "Workspace", words: str) -> list[Offered]:
        typed = words.casefold()
        return [
            Offered(one.id, one.name, one.title)
            for one in desk.team.ask.everybody()
            if typed in f"{one.name} {_spelt(desk, one.name)}".casefold()
        ][:_MOST]

    _offering(page, field, lambda words: lambda desk: found(desk, words))


def people_of(desk: "Workspace", account: AccountId, words: str) -> list[Offered]:
    """Return the people of a customer whom the words may mean: by name, pinyin or post."""
    typed = "".join(words.casefold().split())
    found = []
    for line in desk.people.ask.lines(account):
        hay = f"{line.name} {_spelt(desk, line.name)} {line.post}".casefold()
        if typed in hay or typed in hay.replace(" ", ""):
            found.append(Offered(line.id, line.name, line.post))
    return found[:_MOST]


def meant_account(desk: "Workspace", words: str, *, field: str = "account") -> AccountId | None:
    """Return the customer meant, None for no words. Raises ``RuleBroken`` at the field."""
    if not words.strip():
        return None
    exact = dict.fromkeys([*desk.accounts.ask.by_number(words), *desk.accounts.ask.by_name(words)])
    found = list(exact) or [AccountId(hit.id) for hit in desk.search.names(words, 2).accounts]
    if len(found) != 1:
        raise RuleBroken(_which(words, len(found), Text("customer")), field=field)
    return found[0]


def meant_person(
    desk: "Workspace", words: str, account: AccountId | None, *, field: str
) -> PersonId | None:
    """Return the person meant, None for no words. Raises ``RuleBroken`` at the field."""
    if not words.strip():
        return None
    found = desk.people.ask.named(words.strip(), account)
    if not found and account is not None:
        found = [PersonId(Id(one.id)) for one in people_of(desk, account, words)]
    if len(found) != 1:
        raise RuleBroken(_which(words, len(found), Text("person")), field=field)
    return found[0]


def meant_colleague(desk: "Workspace", words: str, *, field: str = "owner") -> ColleagueId | None:
    """Return the colleague meant, None for no words. Raises ``RuleBroken`` at the field."""
    if not words.strip():
        return None
    found = desk.team.ask.named(words.strip())
    if found is None:
        raise RuleBroken(_which(words, 0, Text("colleague")), field=field)
    return found


def _offering(
    page: "Page[Workspace]", field: RecordField, question: Callable[[str], _Question]
) -> None:
    """Let a field offer what is found; ``question`` is made while the fields are there to read."""
    field.looked_for.connect(
        lambda words: page.workbench.ask(field, question(words), field.offer, key="offer")
    )


def _hits(hits: "list[Hit]") -> list[Offered]:
    return [Offered(hit.id, hit.title, hit.account_name) for hit in hits if hit.how != "alike"]


def _spelt(desk: "Workspace", name: str) -> str:
    said = desk.search.spoken([name]).get(name)
    if said is None:
        return ""
    first = said.variants()[0]
    return f"{''.join(first.syllables)} {''.join(first.initials)}"


def _which(words: str, found: int, kind: Text) -> Text:
    if found:
        return Text(
            "More than one {kind} is called “{words}”: choose one of the list.",
            kind=kind,
            words=words,
        )
    return Text(
        "No {kind} is called “{words}”. Choose one of the list, or leave it empty.",
        kind=kind,
        words=words,
    )
