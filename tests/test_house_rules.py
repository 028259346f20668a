"""The taste of the house, as tests: sizes, names, words, icons, locks."""

import ast
import importlib.util
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kamdesk"
DESKTOP = PACKAGE / "desktop"
ICONS = ROOT / "resources" / "icons"
CHINESE = ROOT / "resources" / "i18n" / "zh_CN.po"
LOCKS = sorted((ROOT / "packaging").glob("*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

LONGEST_MODULE = 400
DRAWERS = {"util", "helper", "common", "misc", "base", "manager", "handler"}
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")


def modules(folder: Path = PACKAGE) -> list[Path]:
    """The Python files under a folder; none while the folder does not exist."""
    return sorted(folder.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def nodes(*kinds: type[ast.AST], folder: Path = PACKAGE) -> Iterator[tuple[Path, ast.AST]]:
    """Every node of these kinds, with the file it stands in."""
    for path in modules(folder):
        for node in ast.walk(tree(path)):
            if isinstance(node, kinds):
                yield path, node


def calls(name: str, *, folder: Path = PACKAGE) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of ``name(...)`` or ``something.name(...)``."""
    for path, node in nodes(ast.Call, folder=folder):
        assert isinstance(node, ast.Call)
        if called(node.func) == name:
            yield path, node


def called(node: ast.AST) -> str:
    """The last word of a name: ``QLabel`` for ``QtWidgets.QLabel``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def imported(node: ast.AST) -> list[str]:
    """The full names that an import statement brings in."""
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module or ''}.{name.name}" for name in node.names]
    return [name.name for name in node.names] if isinstance(node, ast.Import) else []


def place(path: Path, node: ast.AST | None = None) -> str:
    """Where to look: ``kamdesk/core/ids.py:12``."""
    line = getattr(node, "lineno", None)
    return path.relative_to(ROOT).as_posix() + (f":{line}" if line else "")


def literals(argument: ast.expr) -> list[str]:
    """The strings an argument can be: a literal, or both sides of ``a if x else b``."""
    if isinstance(argument, ast.IfExp):
        return literals(argument.body) + literals(argument.orelse)
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [argument.value]
    return []


# Modules and names


def test_a_module_has_at_most_400_lines() -> None:
    lengths = {place(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {where: n for where, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_a_module_opens_with_a_sentence_that_says_what_it_is_for() -> None:
    silent = []
    for path in modules():
        first, *_ = (ast.get_docstring(tree(path)) or "").splitlines() or [""]
        if not first.endswith("."):
            silent.append(place(path))
    assert silent == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = []
    for folder in (PACKAGE, ROOT / "tests", ROOT / "packaging"):
        for path in modules(folder):
            parts = path.relative_to(ROOT).with_suffix("").parts
            words = {word.removesuffix("s") for part in parts for word in part.split("_")}
            if words & DRAWERS:
                drawers.append(place(path))
    assert drawers == []


def public_classes(within: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef]:
    """Classes others can name: of the module, or inside a public class; none made in functions."""
    for node in within.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node
            yield from public_classes(node)


def test_a_public_class_says_what_it_is() -> None:
    silent = [
        f"{place(path, node)} {node.name}"
        for path in modules()
        for node in public_classes(tree(path))
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_nothing_is_left_unfinished() -> None:
    left = []
    for folder in (PACKAGE, ROOT / "tests", ROOT / "packaging"):
        for path in modules(folder):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if UNFINISHED.search(line):
                    left.append(f"{place(path)}:{number}")
    assert left == []


@pytest.mark.parametrize("folder", ["packaging", "tests"])
def test_a_folder_that_is_no_package_has_no_init(folder: str) -> None:
    assert [place(path) for path in (ROOT / folder).rglob("__init__.py")] == []


# The desktop


def test_qt_stays_on_the_desktop() -> None:
    strays = [
        place(path, node)
        for path, node in nodes(ast.Import, ast.ImportFrom)
        if not path.is_relative_to(DESKTOP)
        if any(name.split(".")[0] in {"PySide6", "shiboken6"} for name in imported(node))
    ]
    assert strays == []


def defines(path: Path, name: str) -> bool:
    return any(isinstance(node, ast.ClassDef) and node.name == name for node in tree(path).body)


def test_labels_show_plain_text_only() -> None:
    """A customer called ``<b>`` stays ``<b>``: labels are ``PlainLabel``, never ``QLabel``."""
    bare = [
        place(path, node)
        for path, node in nodes(ast.Call, ast.ClassDef, folder=DESKTOP)
        if not defines(path, "PlainLabel")
        if "QLabel"
        in (
            [called(node.func)]
            if isinstance(node, ast.Call)
            else [called(parent) for parent in getattr(node, "bases", [])]
        )
    ]
    assert bare == []


def test_no_text_is_read_as_markup() -> None:
    marked = [
        place(path, node)
        for path, node in nodes(ast.Attribute, folder=DESKTOP)
        if isinstance(node, ast.Attribute)
        if node.attr in {"RichText", "AutoText", "setHtml", "insertHtml"}
    ]
    assert marked == []


def test_messages_take_the_one_bridge_and_no_box_of_their_own() -> None:
    boxes = [
        place(path, node)
        for path, node in nodes(ast.Import, ast.ImportFrom, folder=DESKTOP)
        if not defines(path, "PlainLabel")
        if any(name.split(".")[-1] == "QMessageBox" for name in imported(node))
    ]
    assert boxes == []


def test_every_icon_named_in_code_is_shipped() -> None:
    shipped = {path.stem for path in ICONS.glob("*.svg")}
    unknown = []
    for path, node in nodes(ast.Call):
        assert isinstance(node, ast.Call)
        named = [literal for k in node.keywords if k.arg == "icon" for literal in literals(k.value)]
        if called(node.func) == "icon" and node.args:
            named += literals(node.args[0])
        named = [name for name in named if name]  # an empty one is none
        unknown += [f"{place(path, node)} {name}" for name in named if name not in shipped]
    assert unknown == []


def test_icons_take_the_colour_of_the_theme_in_one_stroke() -> None:
    odd = [
        path.name
        for path in ICONS.glob("*.svg")
        if 'stroke="currentColor"' not in (svg := path.read_text("utf-8"))
        or 'stroke-width="1.75"' not in svg
    ]
    assert odd == []


@pytest.mark.parametrize("licence", ["icons/LICENSE.txt", "fonts/OFL.txt"])
def test_what_others_made_ships_with_its_licence(licence: str) -> None:
    assert (ROOT / "resources" / licence).is_file()


# Words


@pytest.fixture(scope="module")
def words() -> ModuleType:
    """``packaging/words.py``, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("words", ROOT / "packaging" / "words.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_text_has_a_chinese_translation(words: ModuleType) -> None:
    chinese = words.translations(CHINESE)
    missing = [text for text in words.messages() if not words.translation(chinese.get(text))]
    assert missing == []


def test_a_translation_names_the_same_values(words: ModuleType) -> None:
    chinese = words.translations(CHINESE)
    different = [
        source
        for source, message in words.messages().items()
        if (translated := words.translation(chinese.get(source)))
        if words.placeholders(translated) != words.placeholders(message.fullest)
    ]
    assert different == []


def test_the_chinese_catalogue_has_no_leftovers(words: ModuleType) -> None:
    assert sorted(set(words.translations(CHINESE)) - set(words.messages())) == []
    marks = [line for line in lines(CHINESE) if line.startswith(("#~", "#, fuzzy"))]
    assert marks == []


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.is_file() else []


def test_no_text_goes_past_the_catalogues() -> None:
    assert [place(path, node) for path, node in calls("tr")] == []
    asked = [
        place(path, node)
        for path, node in calls("translate", folder=DESKTOP)
        if node.args and isinstance(node.args[0], ast.Constant)  # Qt's begins with its context
    ]
    assert asked == []


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a program of one module and returns its folder."""

    def write(code: str) -> Path:
        folder = tmp_path / "program"
        folder.mkdir(exist_ok=True)
        (folder / "page.py").write_text(code, "utf-8")
        return folder

    return write


def test_a_plural_is_collected_with_its_singular(
    words: ModuleType, program: Callable[[str], Path]
) -> None:
    folder = program('wording.Text("{n} visit is late", "{n} visits are late", n=3)\nText("late")')
    found = words.messages(folder)
    assert [(m.source, m.plural, m.files) for m in found.values()] == [
        ("late", None, ("program/page.py",)),
        ("{n} visit is late", "{n} visits are late", ("program/page.py",)),
    ]


def test_a_text_that_is_filled_in_before_it_is_translated_is_refused(
    words: ModuleType, program: Callable[[str], Path]
) -> None:
    with pytest.raises(words.Untranslatable, match=r"page\.py:2: Text takes literal sentences"):
        words.messages(program('name = "Li Min"\nText(f"{name} is not reached")'))


@pytest.mark.parametrize("source", ['"late"', "kept", '"late", "later"'])
def test_a_text_with_values_nobody_can_see_is_refused(
    words: ModuleType, program: Callable[[str], Path], source: str
) -> None:
    with pytest.raises(words.Untranslatable, match=r"page\.py:2: Text takes its values by name"):
        words.messages(program(f"values = {{}}\nText({source}, **values)"))


def test_a_text_said_again_is_no_new_one(words: ModuleType, program: Callable[[str], Path]) -> None:
    assert words.messages(program("Text.again(kept, None, {})")) == {}


def test_an_update_keeps_translations_and_forgets_texts_no_longer_said(
    words: ModuleType, program: Callable[[str], Path], tmp_path: Path
) -> None:
    catalogue = tmp_path / "zh_CN.po"
    before = program('Text("{n} visit", "{n} visits", n=2)\nText("late")')
    assert words.update(before, tmp_path) == ["late", "{n} visit"]
    catalogue.write_text(
        catalogue.read_text("utf-8")
        .replace('msgstr[0] ""', 'msgstr[0] "{n} 次拜访"')
        .replace('msgid "late"\nmsgstr ""', 'msgid "late"\nmsgstr "已逾期"'),
        "utf-8",
    )
    after = program('Text("{n} visit", "{n} visits", n=2)\nText("later")')
    assert words.update(after, tmp_path) == ["later"]
    words.compile_catalogues(tmp_path)
    with catalogue.with_suffix(".mo").open("rb") as file:
        chinese = GNUTranslations(file)
    assert chinese.ngettext("{n} visit", "{n} visits", 2) == "{n} 次拜访"
    assert chinese.gettext("late") == "late"


# What is declared


def test_every_cell_says_how_private_it_is() -> None:
    silent = [
        place(path, node)
        for path, node in calls("Cell")
        if not any(keyword.arg in {"privacy", None} for keyword in node.keywords)
    ]
    assert silent == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_by_hash_and_names_no_address(lock: Path) -> None:
    content = lock.read_text("utf-8")
    assert "://" not in content
    assert not any(line.startswith("-") for line in content.splitlines())
    pins = content.replace("\\\n", " ").splitlines()
    assert [pin for pin in pins if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:\w{64}", pin)] == []


def test_run_and_test_install_the_same_versions() -> None:
    run, dev = (
        set(re.findall(r"^[\w.-]+==[^\s;]+", lock.read_text("utf-8"), re.MULTILINE))
        for lock in (ROOT / "packaging" / "run.lock", ROOT / "packaging" / "dev.lock")
    )
    assert run - dev == set()


def test_every_dependency_is_locked() -> None:
    locked = (ROOT / "packaging" / "run.lock").read_text("utf-8")
    wanted = [re.split(r"[^\w.-]", line)[0] for line in PROJECT["dependencies"]]
    names = [re.sub(r"[-_.]+", "-", name).lower() for name in wanted]
    assert [name for name in names if not re.search(rf"^{name}==", locked, re.MULTILINE)] == []


def test_the_program_knows_its_version() -> None:
    said = re.search(r'^__version__ = "(.+)"$', (PACKAGE / "__init__.py").read_text("utf-8"), re.M)
    assert said
    assert said[1] == PROJECT["version"]


def test_the_changelog_has_an_entry_for_this_version() -> None:
    entry = rf"^## \[?{re.escape(PROJECT['version'])}\b"
    assert re.search(entry, (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
