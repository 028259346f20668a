"""``kamdesk hub audit`` and ``stats``: what was done at the hub, and how it stands."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Final

from kamdesk.cli import hub_room
from kamdesk.cli.hub_access import AUDIENCES, RIGHTS
from kamdesk.cli.hub_people import ROLES
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import Count
from kamdesk.core.wording import Text


@command(Text("List what was done at the hub, the newest first; entries are never changed."),
         name="audit")  # fmt: skip
@hub_room.which
@option("--limit", type=Count(1, 100_000), default=50, said=Text("How many entries at most."))
def audit(session: Session, folder: str | None, limit: int) -> None:
    """List the audit."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub.census import accounts, entries, name_of
        from kamdesk.hub.devices import devices
        from kamdesk.hub.roster import users

        found = entries(turn, limit)
        known = {one.id: one.login for one in users(turn)}
        for one in devices(turn.connection, turn.tenant):
            known[str(one.device)] = f"{one.login} · {one.name}"
        for account in {one.about for one in found} & set(accounts(turn)):
            known[account] = name_of(turn.connection, turn.tenant, account) or account
    session.give(
        [
            {
                **asdict(one),
                "at": hub_room.moment(one.at),
                "actor_name": known.get(one.actor, one.actor),
                "about_name": known.get(one.about, one.about),
            }
            for one in found
        ]
    )
    session.list(
        (
            Column(Text("When"), lambda one: hub_room.shown(session, one.at), whole=True),
            Column(Text("Who"), lambda one: known.get(one.actor, one.actor)),
            Column(Text("What"), lambda one: _DEEDS.get(one.deed, one.deed)),
            Column(Text("About"), lambda one: known.get(one.about, one.about)),
            Column(Text("Details"), lambda one: _details(session, one.detail, known)),
        ),
        found,
        Text("Nothing was done here yet."),
    )


@command(Text("Say how the hub stands, in numbers."), name="stats")
@hub_room.which
def stats(session: Session, folder: str | None) -> None:
    """Say how the hub stands."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub.census import census

        found = census(turn)
    session.give(found)
    lines = (
        (Text("Hub"), found.name),
        (Text("Users"), found.users),
        (Text("Computers"), found.devices),
        (Text("Seen within a day"), found.seen_today),
        (Text("Accounts"), found.accounts),
        (Text("Entries of the log"), found.head),
        (Text("Changes refused"), found.changes_refused),
        (Text("Contents of files"), found.contents),
        (Text("Their bytes"), found.contents_bytes),
        (Text("Epoch"), found.epoch),
        (Text("Version of the tables"), found.schema),
    )
    columns = (
        Column[tuple[Text, object]](Text("What"), lambda line: line[0]),
        Column[tuple[Text, object]](Text("How much"), lambda line: str(line[1])),
    )
    session.list(columns, lines, Text("Nothing was done here yet."))


_DEEDS = {
    "add user": Text("added a user"),
    "set role": Text("gave a role"),
    "close user": Text("shut a user out"),
    "add team": Text("made a team"),
    "add member": Text("let into a team"),
    "remove member": Text("took out of a team"),
    "invite": Text("invited"),
    "enrol": Text("joined with a computer"),
    "revoke device": Text("shut a computer out"),
    "grant": Text("gave an account"),
    "revoke": Text("took an account"),
    "hand over": Text("handed an account over"),
    "export": Text("exported the hub"),
    "backup": Text("backed the hub up"),
    "restored": Text("put the hub back from a backup"),
    "erase": Text("erased for good"),
    "sweep": Text("left nothing of what was erased"),
}


def _details(session: Session, detail: dict[str, object], known: dict[str, str]) -> str:
    """Return what stands beside a deed, in words; of a newer hub's the bare value."""
    said = []
    for name, value in detail.items():
        if value in (None, "", False):
            continue
        if name in _COUNTED:
            said.append(session.say(_COUNTED[name](int(str(value)))))
        else:
            word = known.get(str(value), str(value))
            said.append(session.say(_IN_WORDS.get(name, str)(word)))
    return ", ".join(said)


_IN_WORDS: Final[Mapping[str, Callable[[str], Text | str]]] = {
    "role": lambda word: ROLES.get(word, word),
    "audience": lambda word: AUDIENCES.get(word, word),
    "right": lambda word: RIGHTS.get(word, word),
    "team": lambda word: Text("team {team}", team=word),
    "manager": lambda _: Text("leads it"),
    "giver": lambda word: Text("from {who}", who=word),
    "taker": lambda word: Text("to {who}", who=word),
    "device": lambda word: Text("computer {name}", name=word),
}
"""Words for what a deed says beside whom it is about; holders go by their name alone."""
_COUNTED: Final[Mapping[str, Callable[[int], Text]]] = {
    "epoch": lambda n: Text("epoch {n}", n=n),
    "rows": lambda n: Text("{n} row", "{n} rows", n=n),
    "records": lambda n: Text("{n} record", "{n} records", n=n),
}
"""Those that are numbers: a computer may have the same one, and is not meant."""
