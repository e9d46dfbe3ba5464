"""Rebuild the game's five font files from the original families.

What it does to each face: keeps the characters the game needs, maps the digits to lining tabular
figures (pygame cannot switch OpenType features on, and both families show old-style figures by
default), and sets an ascent above the tallest kept glyph (otherwise SDL_ttf moves the baseline
of a line that holds an accented capital). Kerning and ligatures stay.

Sources (PyPI): fontpkg-alegreya-sans 2.4 (Alegreya Sans 2.004) and fontpkg-vollkorn 5.1 (Vollkorn
5.001), both SIL Open Font License 1.1, no reserved font name. To rebuild, with fontTools (4.60 or
later) installed:

    pip install --no-deps --target SOURCES fontpkg-alegreya-sans==2.4 fontpkg-vollkorn==5.1
    python make_fonts.py SOURCES

Read next: README.md beside this file.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent

# output name -> (source file, weight to instance or None for a static font, ascent, descent).
# Ascent and descent are in units of 1000 and equal within a family, so that regular, bold and italic of
# one size share a baseline. Found by trial: with these, every kept character at every size from 10 to
# 139 px keeps the height and the baseline of "H" (hinting can lift an accent a whole pixel).
FACES: dict[str, tuple[str, float | None, int, int]] = {
    "AlegreyaSans-Regular.ttf": ("AlegreyaSans-Regular.ttf", None, 1030, 330),
    "AlegreyaSans-Medium.ttf": ("AlegreyaSans-Medium.ttf", None, 1030, 330),
    "AlegreyaSans-Bold.ttf": ("AlegreyaSans-Bold.ttf", None, 1030, 330),
    "AlegreyaSans-Italic.ttf": ("AlegreyaSans-Italic.ttf", None, 1030, 330),
    "Vollkorn-SemiBold.ttf": ("Vollkorn[wght].ttf", 600, 1020, 400),
}
LICENCES = {"OFL-AlegreyaSans.txt": "fontpkg_alegreya_sans", "OFL-Vollkorn.txt": "fontpkg_vollkorn"}

RANGES = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1: accents, quotes, degree, superscripts 1-3, fractions
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0400, 0x045F),  # Cyrillic: Russian, Ukrainian, Serbian, Macedonian
]
# Mongolian and Kazakh letters, punctuation, currency, mathematics, arrows, superscripts
EXTRA = (
    "ӨөҮүҰұҚқҒғҢңӘәҺһІі" "–—―‘’‚“”„†‡•…‰‹›⁄" "\u2009\u202f" "€₮₽₩№™"
    "−≈≠≤≥∞√◊" "←↑→↓▲▼" "⁰⁴⁵⁶⁷⁸⁹"
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "liga", "rlig", "calt"]
MAX_DIGIT_SPREAD = 10


def wanted() -> set[int]:
    """Code points that the game may print."""
    points = {ord(c) for c in EXTRA}
    for first, last in RANGES:
        points.update(range(first, last + 1))
    return points


def single_substitutions(font: TTFont, feature: str) -> dict[str, str]:
    """Glyph name -> glyph name for a feature made of one-to-one substitutions, all scripts merged."""
    table = font["GSUB"].table
    mapping: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag != feature:
            continue
        for index in record.Feature.LookupListIndex:
            for sub in table.LookupList.Lookup[index].SubTable:
                mapping.update(getattr(getattr(sub, "ExtSubTable", sub), "mapping", {}))
    return mapping


def use_lining_tabular_digits(font: TTFont) -> None:
    """Point 0-9 at the lining tabular glyphs, all with the advance of the widest.

    The italic's own tabular figures differ by up to 7 units of 1000, which would still make a column
    ragged. Raises ValueError if they differ by more: then they are not tabular figures.
    """
    lining = single_substitutions(font, "lnum")
    tabular = single_substitutions(font, "tnum")
    chosen = {}
    for digit in range(0x30, 0x3A):
        name = font.getBestCmap()[digit]
        name = lining.get(name, name)
        chosen[digit] = tabular.get(name, name)
    widths = {font["hmtx"][name][0] for name in chosen.values()}
    if max(widths) - min(widths) > MAX_DIGIT_SPREAD:
        raise ValueError(f"digits are not tabular: {chosen} have widths {sorted(widths)}")
    for name in chosen.values():
        font["hmtx"][name] = (max(widths), font["hmtx"][name][1])
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(chosen)


def add_narrow_space(font: TTFont) -> None:
    """Alegreya Sans has no narrow no-break space (U+202F): show the thin space (U+2009) there."""
    cmap = font.getBestCmap()
    if 0x202F not in cmap:
        thin = cmap[0x2009]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[0x202F] = thin


def subset(font: TTFont) -> None:
    """Drop every glyph, feature and table that the game does not use, in place."""
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)


def set_line(font: TTFont, ascent: int, descent: int) -> None:
    """Set the line's ascent and descent. Raises ValueError if a kept glyph would stick out of it."""
    drawn = [glyph for glyph in map(font["glyf"].__getitem__, font.getGlyphOrder()) if glyph.numberOfContours]
    top, bottom = max(glyph.yMax for glyph in drawn), min(glyph.yMin for glyph in drawn)
    if top > ascent or -bottom > descent:
        raise ValueError(f"glyphs reach from {bottom} to {top}, outside the line {-descent} to {ascent}")
    hhea, os2 = font["hhea"], font["OS/2"]
    hhea.ascent = os2.sTypoAscender = os2.usWinAscent = ascent
    hhea.descent = os2.sTypoDescender = -descent
    os2.usWinDescent = descent
    hhea.lineGap = os2.sTypoLineGap = 0


def note_change(font: TTFont) -> None:
    """Say in the version string that this is a changed copy, as the licence's spirit asks."""
    for record in list(font["name"].names):
        if record.nameID == 5:
            text = f"{record.toUnicode()}; Third Neighbour subset, lining tabular figures"
            font["name"].setName(text, 5, record.platformID, record.platEncID, record.langID)


def build(source: Path, weight: float | None, ascent: int, descent: int, target: Path) -> None:
    """Write one face to `target`."""
    # A fixed time stamp in the file keeps rebuilds identical byte for byte.
    font = TTFont(source, recalcTimestamp=False)
    if weight is not None:
        font = instancer.instantiateVariableFont(font, {"wght": weight}, updateFontNames=True)
        font.recalcTimestamp = False
    use_lining_tabular_digits(font)
    add_narrow_space(font)
    subset(font)
    set_line(font, ascent, descent)
    note_change(font)
    font.save(target)


def find(folder: Path, pattern: str) -> Path:
    """The one file below `folder` whose name is `pattern`. Raises FileNotFoundError."""
    for path in sorted(folder.rglob("*")):
        if path.name == pattern:
            return path
    raise FileNotFoundError(f"{pattern} is not below {folder}")


def main(argv: list[str] | None = None) -> int:
    """Build every face; 0 on success, 1 with one sentence on standard error."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("sources", type=Path, help="folder that holds the two installed font packages")
    parser.add_argument("--out", type=Path, default=HERE, help="where to write (default: beside this script)")
    args = parser.parse_args(argv)
    try:
        for name, (source, weight, ascent, descent) in FACES.items():
            build(find(args.sources, source), weight, ascent, descent, args.out / name)
            print(f"{name}: {(args.out / name).stat().st_size / 1000:.0f} kB")
        for name, package in LICENCES.items():
            shutil.copyfile(find(args.sources / package, "LICENSE"), args.out / name)
    except (FileNotFoundError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
