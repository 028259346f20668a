"""Makes resources/fonts from the npm package of Noto Sans SC: Regular whole, Bold cut to GBK.

In both, glyphs stand in the order in which Chinese uses them. A font is mapped, not read, and a
page of it stays in memory for each glyph drawn: so the usual thousand lie together, and both fonts
take 5 MB of a window's memory instead of 12.

    python packaging/fonts.py             fetches the package with ``npm pack``
    python packaging/fonts.py FONT.tgz    takes the package from a file

The same package always gives the same bytes. Sizes: Regular 10.7 MB (30,898 glyphs, each as
it was), Bold 7.6 MB (GBK and the signs that papers draw); a character that Bold lacks is
drawn from Regular with a thin stroke, so nothing is lost by the cut.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.reorderGlyphs import reorderGlyphs

PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
REGULAR = "package/400Regular/NotoSansSC_400Regular.ttf"
BOLD = "package/700Bold/NotoSansSC_700Bold.ttf"
LICENCE = "package/LICENSE_FONT"
EXPECTED = {
    REGULAR: "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
    BOLD: "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
}
SIGNS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A: European names
    (0x01CD, 0x01DC),  # pinyin with tones
    (0x02C6, 0x02DD),  # spacing accents
    (0x2010, 0x205E),  # punctuation
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letter-like: ℃ № ™
    (0x2150, 0x218B),  # fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics: minus, ≥, ≈
    (0x2460, 0x24FF),  # enclosed digits and letters
    (0x2500, 0x25FF),  # box drawing, blocks, geometric shapes
    (0x2600, 0x26FF),  # stars, suits
    (0x2700, 0x27BF),  # ticks, crosses, digits in black discs
    (0x3000, 0x303F),  # Chinese punctuation
    (0x3200, 0x33FF),  # enclosed and squared
    (0xFF01, 0xFFEE),  # fullwidth and halfwidth forms
)
_SELDOM = 0xD8
"""First byte from which GB 2312 has the characters of its second, less used half."""
_UNUSUAL = 4
FEATURES = ("palt", "pwid", "kern", "locl", "ccmp")


def gbk() -> Iterator[int]:
    """Every character that GBK can write in two bytes."""
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                yield ord(bytes((lead, trail)).decode("gbk"))
            except (UnicodeDecodeError, TypeError):
                continue


def wanted() -> set[int]:
    """The characters that Bold keeps, where the font has them."""
    characters = set(gbk())
    for first, last in SIGNS:
        characters.update(range(first, last + 1))
    return characters


def cut(source: Path, target: Path) -> None:
    """Write the Bold subset: TrueType outlines and advance widths as they were."""
    options = subset.Options()
    options.layout_features = list(FEATURES)
    options.drop_tables += ["STAT", "BASE", "vhea", "vmtx"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.recalc_timestamp = False
    options.hinting = True
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted())
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    font.close()


def ordered(path: Path) -> None:
    """Put the glyphs in the order of use; glyphs that no character has follow the usual ones."""
    font = TTFont(path, recalcBBoxes=False, recalcTimestamp=False, lazy=False)
    use: dict[str, tuple[int, int]] = {}
    for code, name in font.getBestCmap().items():
        use[name] = min(use.get(name, (_UNUSUAL, code)), used(code))
    first, *others = font.getGlyphOrder()
    reorderGlyphs(font, [first, *sorted(others, key=lambda name: use.get(name, (_UNUSUAL - 1, 0)))])
    font.save(path)
    font.close()


def used(code: int) -> tuple[int, int]:
    """How seldom a character is used: signs and letters, then as GB 2312 ranks characters."""
    if code < 0x3040 or 0xFF00 <= code < 0xFFF0:
        return 0, code
    try:
        ranked = chr(code).encode("gb2312")
    except UnicodeEncodeError:
        return _UNUSUAL, code
    return 1 if ranked[0] < _SELDOM else 2, int.from_bytes(ranked, "big")


def unpacked(package: Path, folder: Path) -> dict[str, Path]:
    """Take the wanted members out of the package and refuse any that is not the known one."""
    found = {}
    with tarfile.open(package) as archive:
        for name in (REGULAR, BOLD, LICENCE):
            member = archive.extractfile(name)
            if member is None:
                raise SystemExit(f"{package.name} has no {name}")
            content = member.read()
            if name in EXPECTED and hashlib.sha256(content).hexdigest() != EXPECTED[name]:
                raise SystemExit(f"{name} is not the file this script was written for")
            found[name] = folder / Path(name).name
            found[name].write_bytes(content)
    return found


def fetched(folder: Path) -> Path:
    """Fetch the package into ``folder``."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
    return next(folder.glob("*.tgz"))


def main() -> None:
    """Make the two fonts and put their licence beside them."""
    FONTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = Path(sys.argv[1]) if len(sys.argv) > 1 else fetched(folder)
        files = unpacked(given, folder)
        (FONTS / "NotoSansSC-Regular.ttf").write_bytes(files[REGULAR].read_bytes())
        cut(files[BOLD], FONTS / "NotoSansSC-Bold.ttf")
        for path in FONTS.glob("*.ttf"):
            ordered(path)
        (FONTS / "OFL.txt").write_bytes(files[LICENCE].read_bytes())
    for path in sorted(FONTS.iterdir()):
        print(f"{path.name:26} {path.stat().st_size:>12,} bytes")


if __name__ == "__main__":
    main()
