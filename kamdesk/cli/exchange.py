"""Exchange with the world: foreign tables and address cards in, plain ones out."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kamdesk.cli import bundles, pick
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import Count, Misused, OneOf, not_together, to_write
from kamdesk.core.clock import Instant
from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.wording import Text

if TYPE_CHECKING:
    from kamdesk.transfer.preview import Preview

_SUMMED = ("rows", "new", "updated", "same", "conflicts")
_GATHERED = ("rejected", "in_conflict", "warnings", "left_over", "remarks")
_LARGEST_MAP = 1_048_576
_SHOWN = 20
_IN_CALENDARS = ("visits", "promises")


@command(
    Text(
        "Import customers, people, visits or opportunities from tables, people from vCards, or a"
        " whole bundle."
    ),
    name="import",
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@option(
    "--as",
    "kind",
    type=OneOf("accounts", "people", "visits", "opportunities"),
    said=Text("What the rows are."),
)
@option("--map", "map_file", metavar="MAP.toml", said=Text("Which column goes where."))
@option("--sheet", type=Count(1, 10_000), said=Text("Which sheet of the workbook, from 1."))
@option("--theirs", is_flag=True, said=Text("Where a bundle differs, take what it says."))
@option("--dry-run", is_flag=True, said=Text("Only say what would happen."))
@option("--report", metavar="OUT.json", said=Text("Write the report to this file."))
@option("--rejected", metavar="OUT.csv", said=Text("Write the rejected rows, to be mended."))
def take_in(
    session: Session,
    files: tuple[str, ...],
    kind: str | None,
    map_file: str | None,
    sheet: int | None,
    theirs: bool,
    dry_run: bool,
    report: str | None,
    rejected: str | None,
) -> None:
    """Take in each file as one action that can be undone."""
    from kamdesk.transfer.bundle.service import is_bundle
    from kamdesk.transfer.fields import ImportKind

    if rejected and len(files) > 1:
        raise Misused(Text("--rejected takes the rows of one file only."))
    told = _to_write(session, report, ".json", files)
    mended = _to_write(session, rejected, ".csv", files)
    map_text = _read_map(session.path(map_file)) if map_file else ""
    done: list[dict[str, Any]] = []
    with session.reading() if dry_run else session.writing() as desk:
        try:
            for name in files:
                if is_bundle(session.path(name)):
                    if kind or map_file or sheet:
                        raise not_together(name, "--as" if kind else "--map, --sheet")
                    bundle = bundles.take_in(session, desk, name, theirs=theirs, dry_run=dry_run)
                    done.append(bundle)
                    continue
                shown = desk.imports.look(
                    session.path(name),
                    kind=ImportKind(kind) if kind else None,
                    map_text=map_text,
                    sheet=sheet - 1 if sheet else None,
                )
                if not dry_run:
                    desk.imports.take(shown)
                done.append(
                    {
                        "file": name,
                        "columns": _columns(session, shown),
                        "mapped_before": _day(shown.mapped_before),
                        **shown.report.as_json(session.language),
                    }
                )
                if mended and shown.report.rejected:
                    _write_rejected(session, mended, shown)
        except Refusal:
            _report(session, done, told, dry_run=dry_run)  # what was taken before stays
            raise
    _report(session, done, told, dry_run=dry_run)


@command(
    Text(
        "Export customers or people as a table, people as vCards, visits and promises as a"
        " calendar, or everything as a bundle."
    ),
    name="export",
)
@click.argument("output", metavar="OUT.csv|OUT.xlsx|OUT.vcf|OUT.ics|OUT.zip")
@option(
    "--what",
    type=OneOf("accounts", "people", "opportunities", "visits", "promises"),
    said=Text(
        "What to export: as a table accounts, people, opportunities; into a calendar visits,"
        " promises."
    ),
)
@option("--account", metavar="ACCOUNT", said=Text("Only this customer, or what concerns it."))
def give_out(session: Session, output: str, what: str | None, account: str | None) -> None:
    """Write what can be imported again: a table, cards, or with the ending .zip everything."""
    from kamdesk.cli.export_rows import headings, rows
    from kamdesk.transfer.fields import KIND_WORDS, ImportKind
    from kamdesk.transfer.writers.delimited import write_delimited
    from kamdesk.transfer.writers.workbook import write_workbook

    target = to_write(session, output, ".csv", ".xlsx", ".vcf", ".ics", ".zip")
    as_calendar = target.suffix.casefold() == ".ics"
    if what and as_calendar is not (what in _IN_CALENDARS):
        raise not_together(f"OUT{target.suffix.casefold()}", f"--what {what}")
    if as_calendar:
        from kamdesk.cli.calendar import write_out

        write_out(session, output, what=what, account=account)
        return
    if target.suffix.casefold() == ".zip":
        if what or account:
            raise not_together("OUT.zip", "--what" if what else "--account")
        bundles.give_out(session, output, target)
        return
    if target.suffix.casefold() == ".vcf":
        if what == "accounts":
            raise not_together("OUT.vcf", "--what accounts")
        _give_cards(session, output, target, account)
        return
    kind = ImportKind(what or "accounts")
    with session.reading() as desk:
        only = desk.accounts.ask.get(pick.account(desk, account)).name if account else None
        lines = list(rows(desk.storage.reader, kind, only))
        titles = headings(kind, desk.storage.reader)
    remarks: Sequence[Text] = ()
    if target.suffix.casefold() == ".csv":
        write_delimited(target, titles, lines, language=session.language)
    else:
        remarks = write_workbook(
            target, titles, lines, language=session.language, sheet=KIND_WORDS[kind]
        )
    session.give({"file": output, "rows": len(lines), "remarks": list(remarks)})
    session.tell(
        Text("{n} row is in {file}.", "{n} rows are in {file}.", n=len(lines), file=output)
    )
    for remark in remarks:
        session.tell(remark)


def _give_cards(session: Session, output: str, target: Path, account: str | None) -> None:
    """Write people as vCards: names and ways to reach them, no notes."""
    from kamdesk.cli.export_rows import people
    from kamdesk.transfer.writers.cards import write_cards

    with session.reading() as desk:
        only = desk.accounts.ask.get(pick.account(desk, account)).name if account else None
        n = write_cards(target, people(desk.storage.reader, only))
    session.give({"file": output, "rows": n, "remarks": []})
    session.tell(Text("{n} card is in {file}.", "{n} cards are in {file}.", n=n, file=output))


def _to_write(
    session: Session, words: str | None, ending: str, sources: Sequence[str]
) -> Path | None:
    """Return where something goes beside the import: never over what is being imported."""
    if words is None:
        return None
    target = to_write(session, words, ending)
    if target.resolve() in {session.path(source).resolve() for source in sources}:
        raise Misused(Text("“{file}” is the file being imported. Choose another name.", file=words))
    return target


def _report(
    session: Session, done: list[dict[str, Any]], target: Path | None, *, dry_run: bool
) -> None:
    if not done:
        return
    whole = done[0] if len(done) == 1 else _together(done)
    session.give({**whole, "dry_run": dry_run})
    for one in done:
        session.tell(
            Text(
                "{file}: {rows}; new {new}, updated {updated}, unchanged {same}, in conflict"
                " {conflicts}, rejected {rejected}.",
                file=one["file"],
                rows=Text("{n} row", "{n} rows", n=one["rows"]),
                new=one["new"],
                updated=one["updated"],
                same=one["same"],
                conflicts=one["conflicts"],
                rejected=len({remark["row"] for remark in one["rejected"]}),
            )
        )
        if day := one.get("mapped_before"):
            said = Text("Mapped as on {day}; --map maps it otherwise.", day=day)
            session.tell(f"  {session.say(said)}")
        for remark in one["remarks"]:
            session.tell(f"  {remark}")
        if dry_run:
            for column in one["columns"]:
                session.tell(f"  {column['heading']} → {column['title']}")
        if one["left_over"]:
            unread = Text(
                "Columns that found no field: {names}. They are not taken.", names=one["left_over"]
            )
            session.tell(f"  {session.say(unread)}")
        _list(session, [*one["rejected"], *one["in_conflict"], *one["warnings"]])
    if dry_run:
        session.tell(Text("Nothing was written: this was only a look."))
    if target:
        from kamdesk.transfer.writers.whole_file import whole_file

        with whole_file(target) as file:
            file.write(json.dumps(whole, ensure_ascii=False, indent=1).encode())


def _columns(session: Session, shown: "Preview") -> list[dict[str, str]]:
    """Return which column goes into which field."""
    from kamdesk.transfer.fields import title_of

    mapping = shown.mapping
    return [
        {
            "heading": column.heading,
            "field": column.field,
            "title": session.say(title_of(mapping.kind, column.field)),
        }
        for column in mapping.columns
        if column.field
    ]


def _day(moment: Instant | None) -> str | None:
    return moment.day.isoformat() if moment else None


def _together(done: list[dict[str, Any]]) -> dict[str, Any]:
    whole: dict[str, Any] = {key: sum(one[key] for one in done) for key in _SUMMED}
    for key in _GATHERED:
        whole[key] = [
            {"file": one["file"], **part} if isinstance(part, dict) else part
            for one in done
            for part in one[key]
        ]
    return {**whole, "files": done}


def _list(session: Session, remarks: list[dict[str, Any]]) -> None:
    for remark in remarks[:_SHOWN]:
        said = Text("row {row}: {reason}", row=remark["row"], reason=remark["reason"])
        session.tell(f"  {session.say(said)}")
    if len(remarks) > _SHOWN:
        session.tell(f"  {session.say(Text('and {n} more', n=len(remarks) - _SHOWN))}")


def _write_rejected(session: Session, target: Path, shown: "Preview") -> None:
    from kamdesk.transfer.report import write_rejected

    write_rejected(
        target,
        headings=shown.table.headings.names,
        cells=shown.cells,
        report=shown.report,
        language=session.language,
    )


def _read_map(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_MAP + 1)
        if len(raw) > _LARGEST_MAP:
            raise OSError
        return raw.decode("utf-8-sig")
    except (OSError, ValueError):
        raise RuleBroken(
            Text("The mapping file “{file}” cannot be read.", file=str(path)), field="map"
        ) from None
