"""Which known record a proposed one is: by its key, its credit code, its name; never by chance."""

from typing import NamedTuple

from kamdesk.core.wording import Text
from kamdesk.transfer.alike import may_be_one, normal_name
from kamdesk.transfer.candidates import AccountCandidate, Candidate, PersonCandidate
from kamdesk.transfer.content import digits_of
from kamdesk.transfer.known import Known, KnownRecords

MOST_SUGGESTED = 3
SPELT_LIKE = Text("In pinyin it is the same name.")


class Match(NamedTuple):
    """The record met (``place`` None: nobody), or why that cannot be said."""

    place: int | None
    why: Text
    conflict: Text | None = None
    perhaps: tuple[tuple[int, Text], ...] = ()


def match(candidate: Candidate, known: KnownRecords) -> Match:
    """Return which record a candidate is."""
    if isinstance(candidate, AccountCandidate):
        return _account(candidate, known)
    if isinstance(candidate, PersonCandidate):
        return _person(candidate, known)
    return _nobody()


def _account(candidate: AccountCandidate, known: KnownRecords) -> Match:
    same_code = known.by_credit_code(candidate.credit_code)
    by_key = known.by_key(candidate.key)
    if by_key:
        return _account_by_key(candidate, known, by_key, same_code)
    if len(same_code) == 1:
        return Match(same_code[0], Text("It has the same credit code."))
    if same_code:
        return _ambiguous(same_code, Text("{n} customers have its credit code.", n=len(same_code)))
    named = known.by_name(candidate.name)
    fitting = [place for place in named if _may_share_name(candidate, known[place])]
    if len(fitting) == 1:
        return Match(fitting[0], Text("It has the same name."))
    if fitting:
        return _ambiguous(fitting, Text("{n} customers have its name.", n=len(fitting)))
    hints = [
        *((place, Text("It has the same name, but another key or code.")) for place in named),
        *((place, Text("The names are alike.")) for place in known.resembling(candidate.name)),
        *((place, Text("It has the same telephone.")) for place in known.by_phone(candidate.phone)),
        *((place, SPELT_LIKE) for place in known.spelt_like(candidate.name)),
    ]
    return _nobody(hints)


def _account_by_key(
    candidate: AccountCandidate, known: KnownRecords, by_key: list[int], same_code: list[int]
) -> Match:
    record = known[by_key[0]]
    code = record.text("credit_code")
    if len(by_key) > 1:
        return _ambiguous(by_key, Text("{n} customers have its key.", n=len(by_key)))
    if same_code and by_key[0] not in same_code:
        return _ambiguous(
            [by_key[0], *same_code],
            Text("Its key is that of one customer, its credit code that of another."),
        )
    if code and candidate.credit_code and code.upper() != candidate.credit_code:
        return _ambiguous(by_key, Text("Its key is that of a customer with another credit code."))
    if candidate.source.startswith("list:") and not (
        (code and code.upper() == candidate.credit_code) or may_be_one(record.name, candidate.name)
    ):
        return _ambiguous(
            by_key,
            Text("Its key is that of “{name}”: the numbers are of another list.", name=record.name),
        )
    return Match(by_key[0], Text("It has the same key in its source."))


def _may_share_name(candidate: AccountCandidate, record: Known) -> bool:
    """True unless a key of the same source or a credit code tells the two apart."""
    code = record.text("credit_code")
    return not record.has_other_key(candidate.key) and not (
        code and candidate.credit_code and code.upper() != candidate.credit_code
    )


def _person(candidate: PersonCandidate, known: KnownRecords) -> Match:
    by_key = known.by_key(candidate.key)
    if len(by_key) > 1:
        return _ambiguous(by_key, Text("{n} people have its key.", n=len(by_key)))
    if by_key:
        if _at_same_account(candidate, known[by_key[0]]) is False:
            return _ambiguous(
                by_key,
                Text("This person is in the file of another customer: a change of employer?"),
            )
        return Match(by_key[0], Text("It has the same key in its source."))
    named = known.by_name(candidate.name)
    fitting = [place for place in named if _may_be_same_person(candidate, known[place])]
    if len(fitting) == 1:
        return Match(fitting[0], Text("It has the same name at the same customer."))
    if fitting:
        return _ambiguous(fitting, Text("{n} people have this name.", n=len(fitting)))
    numbers = {candidate.mobile, candidate.phone} - {""}
    hints = [
        *((place, Text("It has the same name.")) for place in named),
        *((place, Text("It has the same e-mail.")) for place in known.by_email(candidate.email)),
        *(
            (place, Text("It has the same telephone."))
            for number in sorted(numbers)
            for place in known.by_phone(number)
        ),
        *((place, SPELT_LIKE) for place in known.spelt_like(candidate.name)),
    ]
    return _nobody(hints)


def _may_be_same_person(candidate: PersonCandidate, record: Known) -> bool:
    """True when nothing tells two people of one name apart.

    Where only one side names a customer, the same mobile or e-mail must speak for it.
    """
    if record.has_other_key(candidate.key):
        return False
    at_same = _at_same_account(candidate, record)
    if at_same is not None:
        return at_same
    agree = _agree(digits_of(candidate.mobile), digits_of(record.text("mobile")))
    mails = _agree(candidate.email.casefold(), record.text("email").casefold())
    if agree is not None or mails is not None:
        return bool(agree) or bool(mails)
    mine = candidate.account or candidate.account_key
    return bool(mine) == bool(record.text("account") or record.account_keys)


def _agree(mine: str, theirs: str) -> bool | None:
    return mine == theirs if mine and theirs else None


def _at_same_account(candidate: PersonCandidate, record: Known) -> bool | None:
    """Return whether both are with the same customer; None when one side does not say."""
    if candidate.account_key and record.account_keys:
        same_source = {key for source, key in record.account_keys if source == candidate.source}
        if same_source:
            return candidate.account_key in same_source
    theirs = record.text("account")
    if candidate.account and theirs:
        return normal_name(candidate.account) == normal_name(theirs)
    return None


def _ambiguous(places: list[int], why: Text) -> Match:
    seen = dict.fromkeys(places)
    return Match(
        None, why, conflict=why, perhaps=tuple((place, why) for place in seen)[:MOST_SUGGESTED]
    )


def _nobody(hints: list[tuple[int, Text]] | None = None) -> Match:
    first: dict[int, Text] = {}
    for place, why in hints or ():
        first.setdefault(place, why)
    return Match(
        None, Text("Nobody like it is known."), perhaps=tuple(first.items())[:MOST_SUGGESTED]
    )
