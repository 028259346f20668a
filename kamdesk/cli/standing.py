"""What check says beside whether all is well: restored, salvaged, erased, put aside, backed up."""

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from kamdesk.core.wording import Text

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a workspace stands: lines for people, the same as data, and what is wrong."""

    told: list[Text] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)


def of(desk: "Workspace") -> Standing:
    """Return what the file and its folder say of their past."""
    from kamdesk.storage.past import left_of_erased, past_of

    past = past_of(desk.storage)
    stands = Standing(findings=left_of_erased(desk.storage))
    stands.data.update(asdict(past))
    if past.restored_on:
        stands.told.append(
            Text("It was brought back from a backup on {day}.", day=past.restored_on)
        )
    if past.salvaged_on:
        stands.told.append(Text("It was saved from a damaged file on {day}.", day=past.salvaged_on))
    if past.forked:
        stands.told.append(
            Text(
                "It had joined a hub before: others may have more of it than it has itself, so it"
                " exchanges nothing until it joins anew."
            )
        )
    if past.erased and not stands.findings:
        stands.told.append(
            Text(
                "{n} record was erased for good; nothing of it is in the tables or the history.",
                "{n} records were erased for good; nothing of them is in the tables or the"
                " history.",
                n=past.erased,
            )
        )
    _told_of_halves(desk, stands)
    _beside(desk, stands)
    return stands


def _told_of_halves(desk: "Workspace", stands: Standing) -> None:
    from kamdesk.cli.salvaging import COUNTED
    from kamdesk.dossier.sense import senseless

    halves = senseless(desk.storage)
    stands.data["without_sense"] = halves
    if halves:
        stands.told.append(
            Text(
                "{n} record lacks what it needs, or holds words this KamDesk does not know"
                " ({kinds}). It is shown as far as it goes and kept as it is.",
                "{n} records lack what they need, or hold words this KamDesk does not know"
                " ({kinds}). They are shown as far as they go and kept as they are.",
                n=sum(halves.values()),
                kinds=[
                    Text("{what}: {many}", what=COUNTED[kind], many=many)
                    for kind, many in halves.items()
                ],
            )
        )


def _beside(desk: "Workspace", stands: Standing) -> None:
    from kamdesk.storage.backups import found
    from kamdesk.storage.layout import put_aside

    folder = desk.soundness.path.parent
    backups, aside = found(folder), put_aside(folder)
    newest = f"{backups[0].at.astimezone():%Y-%m-%d %H:%M}" if backups else None
    stands.data.update(
        backups=len(backups),
        newest_backup=str(backups[0].path) if backups else None,
        put_aside=[str(path) for path in aside],
    )
    stands.told.append(
        Text(
            "The only backup is of {when}.",
            "The newest of {n} backups is of {when}.",
            n=len(backups),
            when=newest,
        )
        if newest
        else Text("There is no backup yet: “kamdesk backup” makes one.")
    )
    stands.told.extend(
        Text(
            "{path} holds what was put aside when a backup was brought back. Delete it when you no"
            " longer need it.",
            path=str(path),
        )
        for path in aside
    )
