"""Packs of rules from the command line: which there are, which is in force, in and out as files."""

import click

from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import to_write
from kamdesk.core.wording import OwnWords, Text
from kamdesk.domain.chain.pack_file import write_pack
from kamdesk.domain.chain.rules import ABOUT_WORDS, SETTINGS, Rule
from kamdesk.dossier.playbook import Kept, file_content


@click.group(
    "playbook", cls=Group, said=Text("Packs of rules by which decision chains are judged.")
)
def playbook() -> None:
    """Packs of rules."""


_PACK = click.argument("pack", metavar="PACK")
_YES, _NO = Text("yes"), Text("no")


@command(Text("List the packs, or the rules of one."), name="list", under=playbook)
@click.argument("pack", metavar="[PACK]", required=False)
def list_packs(session: Session, pack: str | None) -> None:
    """List packs, or a pack's rules with how right they were."""
    with session.reading() as desk:
        packs = desk.playbook.packs()
        one = desk.playbook.found(pack) if pack else None
        right = desk.playbook.precision()
    if one is None:
        session.give(
            [
                {
                    "id": kept.key,
                    "name": kept.called,
                    "about": OwnWords(kept.pack.about) if kept.pack.about else "",
                    "in_force": kept.in_force,
                    "own": kept.own is not None,
                    "rules": sum(rule.on for rule in kept.pack.rules),
                    "parts": len(kept.pack.parts),
                }
                for kept in packs
            ]
        )
        session.list(_PACKS, packs, Text("There are no packs."))
        return
    session.give(
        [
            {
                "id": rule.id,
                "title": OwnWords(rule.title),
                "about": rule.about,
                "on": rule.on,
                "weight": rule.weight,
                "settings": rule.settings,
                "right": right[rule.id].right if rule.id in right else None,
                "of": right[rule.id].of if rule.id in right else None,
            }
            for rule in one.pack.rules
        ]
    )
    scores: Column[Rule] = Column(
        Text("Warnings"), lambda rule: right[rule.id].words if rule.id in right else "–"
    )
    session.list((*_RULES, scores), one.pack.rules, Text("There are no rules."))


_PACKS: tuple[Column[Kept], ...] = (
    Column(Text("Name"), lambda kept: kept.called),
    Column(Text("In force"), lambda kept: _YES if kept.in_force else ""),
    Column(Text("Rules"), lambda kept: str(sum(r.on for r in kept.pack.rules)), right=True),
    Column(Text("Id"), lambda kept: kept.key, whole=True),
)
_RULES: tuple[Column[Rule], ...] = (
    Column(Text("Rule"), lambda rule: OwnWords(rule.title)),
    Column(Text("Looks at"), lambda rule: ABOUT_WORDS[rule.about]),
    Column(Text("On"), lambda rule: _YES if rule.on else _NO),
    Column(Text("Weight"), lambda rule: f"{rule.weight:g}", right=True),
    Column(
        Text("Set to"),
        lambda rule: Text(
            "{names}",
            names=[
                Text("{what}: {value}", what=SETTINGS[name].words, value=f"{value:g}")
                for name, value in rule.settings.items()
            ],
        ),
    ),
    Column(Text("Id"), lambda rule: rule.id, whole=True),
)


@command(Text("Judge decision chains by this pack from now on."), under=playbook)
@_PACK
def use(session: Session, pack: str) -> None:
    """Put a pack in force."""
    with session.writing() as desk:
        desk.playbook.use(pack)
        kept = desk.playbook.found(pack)
    session.give({"id": kept.key, "name": kept.called})
    session.tell(Text("“{name}” is in force.", name=kept.called))


@command(Text("Write a pack to a file, to be taken in elsewhere."), name="export", under=playbook)
@_PACK
@option("-o", "--output", metavar="OUT.json", required=True, said=Text("The file to write."))
def export(session: Session, pack: str, output: str) -> None:
    """Write a pack as JSON."""
    from kamdesk.transfer.writers.whole_file import whole_file

    target = to_write(session, output, ".json")
    with session.reading() as desk:
        kept = desk.playbook.found(pack)
    with whole_file(target) as file:
        file.write(write_pack(kept.pack).encode())
    session.give({"file": output, "id": kept.key})
    session.tell(Text("The pack is in {file}.", file=output))


@command(Text("Take in a pack from a file (TOML or JSON)."), name="import", under=playbook)
@click.argument("file", metavar="FILE")
def take_in(session: Session, file: str) -> None:
    """Keep a pack file as a pack of the house."""
    content = file_content(session.path(file))
    with session.writing() as desk:
        desk.playbook.take_in(content)
    session.give({"file": file})
    session.tell(Text("The pack is kept. Put it in force: kamdesk playbook use NAME"))
