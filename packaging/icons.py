"""Makes resources/icons from the npm package of Lucide: the icons named here, stroke 1.75.

    python packaging/icons.py             fetches the package with ``npm pack``
    python packaging/icons.py ICONS.tgz   takes the package from a file

An icon is added by adding its name below and running this again. ``currentColor`` stays: the
desktop paints it in the colour of the theme.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "lucide-static@1.62.0"
ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
STROKE = "1.75"
NAMES = """
arrow-down arrow-left arrow-right arrow-up arrow-up-down bell book-open briefcase building-2
calendar calendar-check calendar-plus car chart-column check chevron-down chevron-left
chevron-right chevron-up circle-alert circle-check circle-help circle-x clock cloud cloud-off copy
database download ellipsis external-link eye eye-off file-text filter flag folder-open git-branch
grid-3x3 hard-drive history house info key-round languages link list list-tree lock mail map map-pin
message-square minus moon network pause pencil phone pin play plus printer refresh-cw route save
search settings shield-alert shield-check sliders-horizontal star sun sun-moon table-2 tag target
trash-2 triangle-alert undo-2 redo-2 upload user-plus user-round users x zoom-in zoom-out
""".split()


def drawn(svg: str) -> str:
    """Return one icon in the house's stroke, without the parts nothing reads."""
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\s+class="[^"]*"', "", svg)
    svg = svg.replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    if "currentColor" not in svg or f'stroke-width="{STROKE}"' not in svg:
        raise SystemExit(f"not drawn as expected: {svg[:80]}")
    return re.sub(r"\s*\n\s*", " ", svg.strip()).replace("> <", "><").replace(" >", ">") + "\n"


def fetched(folder: Path) -> Path:
    """Fetch the package into ``folder``."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
    return next(folder.glob("*.tgz"))


def main() -> None:
    """Write the icons and their licence; remove icons that are no longer named."""
    ICONS.mkdir(parents=True, exist_ok=True)
    for old in ICONS.glob("*.svg"):
        old.unlink()
    with tempfile.TemporaryDirectory() as name:
        package = Path(sys.argv[1]) if len(sys.argv) > 1 else fetched(Path(name))
        with tarfile.open(package) as archive:

            def member(path: str) -> str:
                file = archive.extractfile(f"package/{path}")
                if file is None:
                    raise SystemExit(f"{PACKAGE} has no {path}")
                return file.read().decode("utf-8")

            for icon in sorted(set(NAMES)):
                svg = drawn(member(f"icons/{icon}.svg"))
                (ICONS / f"{icon}.svg").write_text(svg, encoding="utf-8", newline="\n")
            licence = member("LICENSE")
            (ICONS / "LICENSE.txt").write_text(licence, encoding="utf-8", newline="\n")
    print(f"{len(list(ICONS.glob('*.svg')))} icons")


if __name__ == "__main__":
    main()
