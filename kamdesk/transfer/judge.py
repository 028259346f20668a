"""What would happen to each proposed record: new, same, update, conflict or rejected, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.transfer.alike import normal_name
from kamdesk.transfer.candidates import AccountCandidate, Candidate, PersonCandidate
from kamdesk.transfer.content import digits_of
from kamdesk.transfer.fields import ImportKind, title_of
from kamdesk.transfer.identity import Match, match
from kamdesk.transfer.known import Known, KnownRecords


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"
    UPDATE = "update"
    CONFLICT = "conflict"
    REJECTED = "rejected"


VERDICT_WORDS: Final = {
    Verdict.NEW: Text("new"),
    Verdict.SAME: Text("unchanged"),
    Verdict.UPDATE: Text("to be updated"),
    Verdict.CONFLICT: Text("conflict"),
    Verdict.REJECTED: Text("rejected"),
}


class Change(NamedTuple):
    """One field that would change."""

    before: object
    after: object


class Perhaps(NamedTuple):
    """A record that may be the same: for the user to decide, never merged by itself."""

    record: Id | None
    row: int | None
    name: str
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the user said about a row: it is this ``record``, or what ``row`` brings, or new."""

    record: Id | None = None
    row: int | None = None

    @property
    def new(self) -> bool:
        """True when it is none of those it resembles."""
        return self.record is None and self.row is None


Decisions = Mapping[int, Decision]
"""By the number of the row."""

UNDECIDED: Final[Decisions] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict on one candidate.

    What it meets is ``record`` of the workspace or, within the file, ``same_row``.
    """

    candidate: Candidate
    verdict: Verdict
    why: Text
    record: Id | None = None
    same_row: int | None = None
    changes: Mapping[str, Change] = field(default_factory=dict)
    perhaps: tuple[Perhaps, ...] = ()


def judge(
    candidates: Iterable[Candidate], known: KnownRecords, decisions: Decisions = UNDECIDED
) -> Iterator[Judgement]:
    """Yield a verdict for each candidate in turn; later rows are judged knowing the earlier.

    ``known`` grows with what the file adds: build it afresh for each judging. ``decisions`` are
    what the user said where that could not be told.
    """
    for candidate in candidates:
        yield _judged(candidate, known, decisions.get(candidate.row))


def _judged(candidate: Candidate, known: KnownRecords, decided: Decision | None) -> Judgement:
    rejected = candidate.rejected
    if rejected:
        return Judgement(candidate=candidate, verdict=Verdict.REJECTED, why=rejected[0].reason)
    found = match(candidate, known)
    if decided is not None and (found.perhaps or found.conflict):
        return _decided(candidate, known, decided, found)
    perhaps = _told(found, known)
    if found.conflict is not None:
        return Judgement(
            candidate=candidate, verdict=Verdict.CONFLICT, why=found.conflict, perhaps=perhaps
        )
    if found.place is None:
        _remember(candidate, known)
        return Judgement(candidate=candidate, verdict=Verdict.NEW, why=found.why, perhaps=perhaps)
    return _met(candidate, known, found, perhaps)


def _decided(
    candidate: Candidate, known: KnownRecords, decided: Decision, found: Match
) -> Judgement:
    """Return the verdict on a row about which the user decided."""
    perhaps = _told(found, known)
    place = known.place_of(record=decided.record, row=decided.row)
    if decided.new:
        if candidate.key in _keys_of(found, known):  # its key stays with the one that has it
            candidate = replace(candidate, source="", source_key="", digest=b"")
        _remember(candidate, known)
        why = Text("You said that it is new.")
        return Judgement(candidate=candidate, verdict=Verdict.NEW, why=why, perhaps=perhaps)
    if place is None:
        return Judgement(
            candidate=candidate,
            verdict=Verdict.CONFLICT,
            why=Text("What it was to be taken for is not here any more."),
            perhaps=perhaps,
        )
    said = Match(place, Text("You said that it is this one."))
    return _met(candidate, known, said, perhaps, decided=True)


def _keys_of(found: Match, known: KnownRecords) -> set[tuple[str, str] | None]:
    return {key for place, _ in found.perhaps for key in known[place].keys}


def _told(found: Match, known: KnownRecords) -> tuple[Perhaps, ...]:
    return tuple(
        Perhaps(known[place].id, known[place].row, known[place].name, why)
        for place, why in found.perhaps
    )


def _met(
    candidate: Candidate,
    known: KnownRecords,
    found: Match,
    perhaps: tuple[Perhaps, ...],
    *,
    decided: bool = False,
) -> Judgement:
    """Return the verdict on a row whose record was found."""
    place = found.place or 0
    record = known[place]
    if record.restricted:
        return Judgement(
            candidate=candidate,
            verdict=Verdict.CONFLICT,
            why=Text("Somebody of this name must be left alone: nothing about them is taken."),
            record=record.id,
        )
    changes = _changes(candidate, record, decided=decided)
    contrary = [
        name
        for name, change in changes.items()
        if change.before not in (None, "", ()) and name != "note"
    ]
    if record.row is not None and contrary and not decided:
        kind = _kind(candidate)
        said = tuple(title_of(kind, name) for name in contrary)
        return Judgement(
            candidate=candidate,
            verdict=Verdict.CONFLICT,
            why=Text("Row {row} says otherwise: {fields}.", row=record.row, fields=said),
            record=record.id,
            same_row=record.row,
            changes=changes,
            perhaps=perhaps,
        )
    learns_key = candidate.key is not None and candidate.key not in record.keys
    if changes or learns_key or record.row is None:
        known.put(
            place,
            {name: change.after for name, change in changes.items()},
            row=candidate.row,
            key=candidate.key,
        )
    return Judgement(
        candidate=candidate,
        verdict=Verdict.UPDATE if changes or learns_key else Verdict.SAME,
        why=found.why,
        record=record.id,
        same_row=record.row,
        changes=changes,
        perhaps=perhaps,
    )


def _changes(candidate: Candidate, record: Known, *, decided: bool) -> dict[str, Change]:
    """Return the fields the row would change; what it does not say stays as it is.

    A record is not renamed because somebody ``decided`` that it is the one: the name in the file
    becomes another name of a customer. A note grows, it is never written over.
    """
    changes: dict[str, Change] = {}
    given = candidate.given()
    if decided and normal_name(candidate.name) != normal_name(record.name):
        others = given.get("other_names", ())
        del given["name"]
        if isinstance(candidate, AccountCandidate) and isinstance(others, tuple):
            given["other_names"] = (*others, candidate.name)
        else:
            given = {n: v for n, v in given.items() if n not in ("family_name", "given_name")}
    for name, after in given.items():
        before = record.name if name == "name" else record.values.get(name)
        if name == "account_key" or (name == "account" and before not in (None, "")):
            continue  # the customer is found by it before; a change of employer is a conflict
        if name == "name" and candidate.name in _other_names(record):
            continue  # a file with the former name does not rename anybody back
        if isinstance(after, tuple):
            kept = before if isinstance(before, tuple) else ()
            after = (*kept, *(one for one in after if one not in kept))
        if name == "note" and isinstance(before, str) and isinstance(after, str) and before:
            after = grown(before, after)
        known = (before, *record.more.get(name, ()))
        if not any(_says_the_same(name, one, after) for one in known):
            changes[name] = Change(before, after)
    return changes


def grown(before: str, after: str) -> str:
    """Return what two notes say together; one that holds the other is both."""
    if normal_name(after) in normal_name(before):
        return before
    return after if normal_name(before) in normal_name(after) else f"{before}\n{after}"


def _other_names(record: Known) -> tuple[str, ...]:
    others = record.values.get("other_names")
    return others if isinstance(others, tuple) else ()


def _says_the_same(name: str, before: object, after: object) -> bool:
    if before == after:
        return True
    if not (isinstance(before, str) and isinstance(after, str)):
        return False
    if name in ("phone", "mobile"):
        return bool(digits_of(after)) and digits_of(before) == digits_of(after)
    if name in ("email", "credit_code"):
        return before.casefold() == after.casefold()
    if name == "website":
        return _bare_address(before) == _bare_address(after)
    return normal_name(before) == normal_name(after)


def _bare_address(address: str) -> str:
    plain = address.strip().casefold().rstrip("/")
    return plain.removeprefix("https://").removeprefix("http://").removeprefix("www.")


def _remember(candidate: Candidate, known: KnownRecords) -> None:
    account_keys: frozenset[tuple[str, str]] = frozenset()
    if isinstance(candidate, PersonCandidate) and candidate.account_key:
        account_keys = frozenset({(candidate.source, candidate.account_key)})
    known.add(
        Known(
            name=candidate.name,
            row=candidate.row,
            keys=frozenset({candidate.key} if candidate.key else ()),
            values=candidate.given(),
            account_keys=account_keys,
        )
    )


def _kind(candidate: Candidate) -> ImportKind:
    return ImportKind.PEOPLE if isinstance(candidate, PersonCandidate) else ImportKind.ACCOUNTS
