"""Collects the program's texts, brings the Chinese catalogue up to date and compiles it.

    python packaging/words.py            update resources/i18n/zh_CN.po, say what is untranslated
    python packaging/words.py compile    only compile the catalogues (``.po`` to ``.mo``)

A text is the literal first argument of a call named ``Text``; a literal second one is its plural.
Nothing is guessed: a text whose English changed is a new text without a translation.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kamdesk"
CATALOGUES = ROOT / "resources" / "i18n"
BORN = datetime(2025, 1, 1, tzinfo=UTC)  # the same input compiles to the same bytes
HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: kamdesk\n"
{language}"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
{plurals}
"""


@dataclass(frozen=True, kw_only=True)
class Message:
    """One translatable text: its English, its English plural if any, the files that say it."""

    source: str
    plural: str | None
    files: tuple[str, ...]

    @property
    def id(self) -> str | tuple[str, str]:
        """What Babel calls the text."""
        return self.source if self.plural is None else (self.source, self.plural)

    @property
    def fullest(self) -> str:
        """The form that names every value: the plural where there is one."""
        return self.source if self.plural is None else self.plural


class Untranslatable(Exception):
    """A call of ``Text`` that no catalogue can serve; says where and why."""


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _said_in(path: Path) -> Iterator[tuple[str, str | None]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"), filename=str(path))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        if name != "Text":
            continue
        if any(keyword.arg is None for keyword in node.keywords):
            raise Untranslatable(
                f"{path}:{node.lineno}: Text takes its values by name; one kept is Text.again."
            )
        forms = [_literal(argument) for argument in node.args[:2]]
        if not all(forms):
            raise Untranslatable(
                f"{path}:{node.lineno}: Text takes literal sentences; give it values by name."
            )
        yield str(forms[0]), forms[1] if len(forms) == 2 else None


def messages(root: Path = PACKAGE) -> dict[str, Message]:
    """Return every text said anywhere under ``root``, by its English, in alphabetical order."""
    plurals: dict[str, str | None] = {}
    files: dict[str, set[str]] = {}
    for path in sorted(root.rglob("*.py")):
        where = path.relative_to(root.parent).as_posix()
        for source, plural in _said_in(path):
            known = plurals.setdefault(source, plural)
            if plural and known and plural != known:
                raise Untranslatable(f"{where}: “{source}” has two plurals: {plural} | {known}")
            plurals[source] = known or plural
            files.setdefault(source, set()).add(where)
    return {
        source: Message(source=source, plural=plurals[source], files=tuple(sorted(files[source])))
        for source in sorted(files)
    }


def placeholders(text: str) -> set[str]:
    """Return the names in braces: ``{n}`` and ``{day:%d}`` are ``n`` and ``day``."""
    names = (field for _, field, _, _ in Formatter().parse(text) if field is not None)
    return {name.split(".")[0].split("[")[0] for name in names}


def translations(path: Path) -> dict[str, Entry]:
    """Return the entries of a catalogue by their English; none where there is no file."""
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        entries = read_po(file, locale=path.stem, abort_invalid=True)
    return {_first(entry.id): entry for entry in entries if entry.id}


def _first(forms: object) -> str:
    return str(forms[0]) if isinstance(forms, list | tuple) else str(forms or "")


def translation(entry: Entry | None) -> str:
    """Return the Chinese of an entry (one form only), empty if there is none to trust."""
    return "" if entry is None or entry.fuzzy else _first(entry.string)


def _catalogue(said: dict[str, Message], known: dict[str, Entry], locale: str | None) -> Catalog:
    catalogue = Catalog(locale=locale, creation_date=BORN, revision_date=BORN)
    for message in said.values():
        old = known.get(message.source)
        text = translation(old)
        entry = catalogue.add(
            message.id,
            string=text if message.plural is None else (text,),
            locations=[(file, 0) for file in message.files],
            user_comments=old.user_comments if old else (),
        )
        entry.flags = {"python-brace-format"} if placeholders(message.fullest) else set()
    return catalogue


def _write(catalogue: Catalog, path: Path) -> None:
    language = catalogue.locale_identifier
    with path.open("wb") as file:
        file.write(
            HEADER.format(
                language=f'"Language: {language}\\n"\n' if language else "",
                plurals=f'"Plural-Forms: {catalogue.plural_forms}\\n"\n' if language else "",
            ).encode()
        )
        write_po(file, catalogue, width=0, omit_header=True, sort_output=True, include_lineno=False)


def update(package: Path = PACKAGE, catalogues: Path = CATALOGUES) -> list[str]:
    """Bring template and catalogues up to date; return the texts without a translation."""
    catalogues.mkdir(parents=True, exist_ok=True)
    said = messages(package)
    _write(_catalogue(said, {}, None), catalogues / "kamdesk.pot")
    missing = []
    for path in sorted({catalogues / "zh_CN.po", *catalogues.glob("*.po")}):
        known = translations(path)
        _write(_catalogue(said, known, path.stem), path)
        missing += [source for source in said if not translation(known.get(source))]
    return missing


def compile_catalogues(catalogues: Path = CATALOGUES) -> None:
    """Write the ``.mo`` beside each ``.po``."""
    for path in sorted(catalogues.glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.stem, abort_invalid=True)
        catalogue.creation_date = catalogue.revision_date = BORN
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)


def main() -> None:
    """Update and compile, or only compile."""
    if sys.argv[1:] not in ([], ["compile"]):
        raise SystemExit(__doc__)
    if not sys.argv[1:]:
        try:
            missing = update()
        except Untranslatable as trouble:
            raise SystemExit(str(trouble)) from None
        print(f"{len(messages())} texts, {len(missing)} without a translation")
        for source in missing:
            print(f"  {source!r}")
    compile_catalogues()


if __name__ == "__main__":
    main()
