"""What check --salvage says: what was saved of a damaged workspace, and what was not."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from kamdesk.cli import secret
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.core.wording import Text

if TYPE_CHECKING:
    from kamdesk.storage.salvaged import Kept, Salvaged

COUNTED: Final = {
    "colleague": Text("colleagues"),
    "account": Text("customers"),
    "site": Text("sites"),
    "person": Text("people"),
    "way": Text("ways of contact"),
    "post": Text("posts"),
    "holding": Text("holders of posts"),
    "need": Text("needs"),
    "opportunity": Text("opportunities"),
    "map": Text("decision maps"),
    "seat": Text("seats on maps"),
    "body": Text("deciding bodies"),
    "reading": Text("judgements"),
    "tie": Text("relations on maps"),
    "visit": Text("visits"),
    "attendee": Text("attendees"),
    "fact": Text("facts"),
    "promise": Text("promises"),
    "task": Text("standing tasks"),
    "absence": Text("absences"),
    "year_list": Text("holiday lists"),
    "pattern": Text("visit patterns"),
    "pattern_stop": Text("visits of patterns"),
    "access_plan": Text("executive plans"),
    "access_step": Text("steps of executive plans"),
    "verdict": Text("words on warnings"),
    "pack": Text("packs of rules"),
    "file": Text("files"),
    "known_as": Text("keys of other systems"),
    "not_same": Text("pairs that are not the same"),
}
"""What records of each kind are called in a count."""


def salvage_into(session: Session, target: str) -> None:
    """Save what can be read into the new folder ``target`` and say what that is."""
    from kamdesk.workspace import salvage_workspace

    saved = salvage_workspace(
        session.folder,
        session.path(target),
        passphrase=lambda: secret.asked(session.say),
        keys=secret.keyring(),
        clock=session.clock,
    )
    session.give({**asdict(saved), "folder": str(saved.folder)})
    _tell(session, saved)


def _tell(session: Session, saved: "Salvaged") -> None:
    lines = [kept for kept in saved.kinds if kept.saved or kept.lost]
    columns: tuple[Column[Kept], ...] = (
        Column(Text("Records"), lambda kept: COUNTED.get(kept.kind, kept.kind)),
        Column(Text("saved"), lambda kept: f"{kept.saved:,}", right=True),
        Column(Text("perhaps not whole"), lambda kept: f"{kept.partly:,}", right=True),
        Column(Text("lost"), lambda kept: f"{kept.lost:,}", right=True),
    )
    session.list(columns, lines, Text("Nothing could be saved."))
    session.tell(
        Text(
            "Pages of the damaged file that could not be read: {broken} of {pages}. Records that"
            " came back from the history: {from_log}. Records whose history was lost in part and"
            " begins anew with what they say now: {anew}. Changes of the history that were saved:"
            " {ops}; lost: {lost}.",
            broken=saved.broken,
            pages=saved.pages,
            from_log=saved.from_log,
            anew=saved.said_anew,
            ops=saved.ops_saved,
            lost=saved.ops_lost,
        )
    )
    session.tell(
        Text(
            "The new workspace is in {folder} and opens by the same passphrase. The damaged one was"
            " not touched.",
            folder=str(saved.folder),
        )
    )
