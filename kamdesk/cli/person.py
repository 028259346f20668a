"""People's rights: what is held on somebody, leave them alone, forget them; who is kept long."""

import json
import sys
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from kamdesk.cli import pick
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import DayValue, OneOf, to_write
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.people.model import BASIS_WORDS, Basis

if TYPE_CHECKING:
    from kamdesk.dossier.person_rights import Erasure, Note
    from kamdesk.dossier.retention import ToReview
    from kamdesk.workspace import Workspace

_NOTES_SHOWN = 20


@click.group("person", cls=Group, said=Text("What people may ask of us: see, be left alone, go."))
def person() -> None:
    """People's rights."""


_WHO = click.argument("who", metavar="PERSON")


@command(
    Text("Write all that is held on a person, to be handed to them."), name="export", under=person
)
@_WHO
@option("-o", "--output", metavar="OUT.zip", required=True, said=Text("The file to write."))
def give_file(session: Session, who: str, output: str) -> None:
    """Write the dossier: a page of text and the same as data, in one archive, or one of them."""
    from kamdesk.dossier.person_words import Dossier
    from kamdesk.transfer.writers.whole_file import whole_file

    target = to_write(session, output, ".zip", ".json", ".txt")
    with session.reading() as desk:
        found = desk.rights.file(meant(desk, who, deleted=True))
    dossier = Dossier(found, session.language)
    data = json.dumps(dossier.data(), ensure_ascii=False, indent=1).encode()
    text = dossier.text().encode("utf-8-sig")
    with whole_file(target) as file:
        if target.suffix.casefold() == ".zip":
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("person.txt", text)
                archive.writestr("person.json", data)
        else:
            file.write(data if target.suffix.casefold() == ".json" else text)
    count = len(found.records) + len(found.attended)
    session.give({"file": output, "person": found.person, "records": count})
    session.tell(
        Text(
            "All that is held on {name} is in {file}: {n} record.",
            "All that is held on {name} is in {file}: {n} records.",
            name=found.name,
            file=output,
            n=count,
        )
    )
    session.tell(
        Text("It holds our own notes, and it is not encrypted: read it before you hand it over.")
    )


@command(Text("Erase a person for good, here and on all devices."), name="erase", under=person)
@_WHO
@option("--yes", is_flag=True, said=Text("Do it without asking for the name."))
@option("--notes", is_flag=True, said=Text("Blank their name in visit notes and other texts too."))
def erase(session: Session, who: str, yes: bool, notes: bool) -> None:
    """Say what would go, ask for the name, and erase."""
    with session.writing() as desk:
        one = meant(desk, who, deleted=True)
        look = desk.rights.look(one)
        elsewhere = [desk.people.ask.get(other) for other in look.elsewhere]
        _say_what_goes(session, look, notes=notes)
        if not yes:
            _ask_for(session, look.name)
        done = desk.rights.erase(one, notes=notes)
    session.give(
        {
            "erased": one,
            "records": done.records,
            "stays_without_name": look.naming,
            "notes": [] if notes else list(look.notes),
            "visits_to_read": list(look.visits),
            "texts_blanked": done.texts,
            "elsewhere": [other.id for other in elsewhere],
        }
    )
    session.tell(Text("Erased: {n} record.", "Erased: {n} records.", n=sum(done.records.values())))
    if done.texts:
        session.tell(
            Text(
                "The name was blanked in {n} text.",
                "The name was blanked in {n} texts.",
                n=done.texts,
            )
        )
    if not done.swept:
        session.tell(
            Text("Free space in the file is cleaned when the workspace is opened the next time.")
        )
    for other in elsewhere:
        session.tell(
            Text(
                "The same person stands at another customer, and stays there: kamdesk person erase"
                " {id}",
                id=pick.short(other.id),
            )
        )


@command(Text("Leave a person alone: no list, search, paper or export shows them."), under=person)
@_WHO
@option("--because", required=True, said=Text("Why: what they contest or ask for."))
def restrict(session: Session, who: str, because: str) -> None:
    """Restrict a person."""
    with session.writing() as desk:
        one = meant(desk, who)
        desk.people.restrict(one, because)
        shown = desk.people.ask.get(one)
    session.give({"id": one, "restricted": True, "restricted_because": shown.restricted_because})
    session.tell(
        Text(
            "Nothing shows this person any more but “kamdesk show {id}” and their own file.",
            id=pick.short(one),
        )
    )


@command(Text("Show a person again who was restricted."), under=person)
@_WHO
def release(session: Session, who: str) -> None:
    """Release a person."""
    with session.writing() as desk:
        one = meant(desk, who)
        name = desk.people.ask.get(one).name
        desk.people.release(one)
    session.give({"id": one, "restricted": False})
    session.tell(Text("{name} is shown again.", name=name))


@command(Text("Say on what ground a person is kept, and where the data came from."), under=person)
@_WHO
@click.argument("ground", type=OneOf(*Basis))
@option("--source", default="", said=Text("Where the data came from."))
@option("--collected-on", type=DayValue(), said=Text("Since when they are held."))
@option("--told-on", type=DayValue(), said=Text("The day the person was told."))
def basis(
    session: Session,
    who: str,
    ground: str,
    source: str,
    collected_on: Day | None,
    told_on: Day | None,
) -> None:
    """State the ground for a person."""
    with session.writing() as desk:
        one = meant(desk, who)
        desk.people.state_basis(
            one, Basis(ground), source=source, collected_on=collected_on, told_on=told_on
        )
        name = desk.people.ask.get(one).name
    session.give({"id": one, "basis": ground})
    session.tell(Text("{name} is kept by: {ground}.", name=name, ground=BASIS_WORDS[Basis(ground)]))


@command(Text("Keep a person until a day; then the review asks again."), under=person)
@_WHO
@click.argument("until", metavar="DAY", type=DayValue())
def keep(session: Session, who: str, until: Day) -> None:
    """Keep a person until a day."""
    with session.writing() as desk:
        one = meant(desk, who)
        desk.people.keep(one, until)
        name = desk.people.ask.get(one).name
    session.give({"id": one, "keep_until": until})
    session.tell(Text("{name} is kept until {day}.", name=name, day=until.isoformat()))


@command(Text("List whom the file keeps too long, and whom it must not show."), under=person)
def review(session: Session) -> None:
    """List people past their day or silent for two years, and those restricted."""
    with session.reading() as desk:
        found = desk.rights.review()
        hidden = desk.people.ask.restricted()
    session.give(
        {
            "to_review": found,
            "restricted": [
                {"id": one.id, "name": one.name, "because": one.restricted_because}
                for one in hidden
            ],
        }
    )
    session.list(_REVIEW, found, Text("Nobody is kept too long."))
    if found:
        session.tell(Text("For each: “kamdesk person keep ID DAY”, or “kamdesk person erase ID”."))
    for one in hidden:
        session.tell(
            Text(
                "Not shown: {name} ({id}): {why}",
                name=one.name,
                id=pick.short(one.id),
                why=one.restricted_because,
            )
        )


def meant(desk: "Workspace", words: str, *, deleted: bool = False) -> PersonId:
    """Return the one person meant; whoever must not be shown by whole name or id only.

    With ``deleted`` also somebody who was deleted, where nobody else is called so.
    """
    from kamdesk.dossier.person_file import deleted_called

    words = words.strip()
    hidden = [one.id for one in desk.people.ask.restricted() if words == one.name]
    shown = desk.people.ask.named(words)
    if len(hidden) == 1 and not shown:
        return hidden[0]
    gone = deleted_called(desk.storage, words) if deleted and not (hidden or shown) else []
    if len(gone) > 1:
        ids = [one.hex() for one in gone]
        raise RuleBroken(Text("Several deleted people are called so: {ids}", ids=ids), field="who")
    return gone[0] if gone else pick.person(desk, words)


def asked_here() -> bool:
    """True where somebody sits who can be asked."""
    return sys.stdin.isatty()


def _say_what_goes(session: Session, look: "Erasure", *, notes: bool) -> None:
    session.tell(Text("This erases {name}:", name=look.name))
    _say_counts(session, look.about)
    if look.naming:
        session.tell(Text("These stay and no longer name them:"))
        _say_counts(session, look.naming)
    if look.notes and not notes:
        session.tell(
            Text(
                "The name also stands in {n} text, which stays as it is unless you say --notes:",
                "The name also stands in {n} texts, which stay as they are unless you say --notes:",
                n=len(look.notes),
            )
        )
        _say_notes(session, look.notes)
    if look.visits:
        session.tell(
            Text(
                "They sat at {n} visit with notes. A short form of the name is not found there by"
                " itself: read it.",
                "They sat at {n} visits with notes. A short form of the name is not found there by"
                " itself: read them.",
                n=len(look.visits),
            )
        )
        _say_notes(session, look.visits)
    session.tell(
        Text(
            "It cannot be undone and goes to all devices. Backups older than 35 days are removed;"
            " younger ones are cleaned when they are restored. Copies handed out before are not"
            " reached."
        )
    )


def _say_notes(session: Session, notes: "Sequence[Note]") -> None:
    for note in notes[:_NOTES_SHOWN]:
        said = Text(
            "{day} {kind} {id}",
            day=note.day.isoformat() if note.day else "",
            kind=_kind(note.kind),
            id=pick.short(note.record),
        )
        session.tell(f"  {session.say(said).strip()}")
    if len(notes) > _NOTES_SHOWN:
        more = Text("and {n} more", n=len(notes) - _NOTES_SHOWN)
        session.tell(f"  {session.say(more)}")


def _say_counts(session: Session, counts: Mapping[str, int]) -> None:
    for kind, count in counts.items():
        session.tell(f"  {session.say(_kind(kind))}: {count}")


def _kind(kind: str) -> Text | str:
    from kamdesk.dossier.person_words import KINDS

    return pick.KIND_WORDS.get(kind) or KINDS.get(kind) or kind


def _ask_for(session: Session, name: str) -> None:
    """Let the name be typed. Raises ``RuleBroken`` when it was not, or nobody can be asked."""
    if session.as_json or not asked_here():
        raise RuleBroken(Text("Say --yes to erase without being asked."), field="yes")
    typed = click.prompt(
        session.say(Text("Type the name to erase them")), default="", show_default=False, err=True
    )
    if typed.strip() != name:
        raise RuleBroken(Text("That is not the name. Nothing was erased."), field="name")


_REVIEW: "tuple[Column[ToReview], ...]" = (
    Column(Text("Id"), lambda one: pick.short(one.id), whole=True),
    Column(Text("Name"), lambda one: one.name),
    Column(Text("Customer"), lambda one: one.account_name),
    Column(Text("Why"), lambda one: one.because),
    Column(Text("Last sign"), lambda one: one.last.isoformat() if one.last else "", whole=True),
)
