"""Draw every SVG of a folder on one sheet, to look at the art: pictures large and small, icons tinted.

    python assets/pictures/contact_sheet.py sheet.png [--icons] [--only NAME ...]

Needs pygame-ce and no display. The pictures' rules are in README.md beside this file.
"""

import argparse
import os
import sys
from pathlib import Path

PAPER, INK = "#F7EED6", "#7A5418"
PICTURE_SIZES = ((640, 280), (200, 90))  # a card's banner, and the smallest thumbnail
ICON_SIZES = (48, 24, 20)  # pixels; 20 is the smallest that tables use
ICON_ZOOM = 2  # icons are also shown enlarged, to judge their shapes


def load(pygame, path: Path, size: tuple[int, int]):
    """Render one SVG to fit size (pixels); the aspect ratio is kept."""
    return pygame.image.load_sized_svg(str(path), size).convert_alpha()


def tinted(pygame, icon, colour: str):
    """A copy of a white icon multiplied by colour, as the game does it."""
    copy = icon.copy()
    copy.fill(pygame.Color(colour), special_flags=pygame.BLEND_RGBA_MULT)
    return copy


def picture_sheet(pygame, paths: list[Path]):
    """Three pictures a row, each with its thumbnail and name below."""
    (wide, high), small = PICTURE_SIZES
    cell_w, cell_h, columns = wide + 16, high + small[1] + 24, min(3, len(paths))
    rows = -(-len(paths) // columns)
    sheet = pygame.Surface((cell_w * columns, cell_h * rows))
    sheet.fill(PAPER)
    font = pygame.font.Font(None, 26)
    for i, path in enumerate(paths):
        x, y = i % columns * cell_w + 8, i // columns * cell_h + 8
        sheet.blit(load(pygame, path, (wide, high)), (x, y))
        sheet.blit(load(pygame, path, small), (x, y + high + 6))
        sheet.blit(font.render(path.stem, True, INK), (x + small[0] + 12, y + high + 12))
    return sheet


def icon_sheet(pygame, paths: list[Path]):
    """Eight icons a row, each enlarged and at the sizes the game uses, tinted on paper."""
    cell_w, cell_h, columns = 230, 124, 8
    rows = -(-len(paths) // columns)
    sheet = pygame.Surface((cell_w * columns, cell_h * rows))
    sheet.fill(PAPER)
    font = pygame.font.Font(None, 22)
    for i, path in enumerate(paths):
        x, y = i % columns * cell_w + 8, i // columns * cell_h + 6
        for size in (ICON_SIZES[0] * ICON_ZOOM, *ICON_SIZES):
            sheet.blit(tinted(pygame, load(pygame, path, (size, size)), INK), (x, y))
            x += size + 8
        sheet.blit(font.render(path.stem, True, INK), (i % columns * cell_w + 112, y + 74))
    return sheet


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", type=Path, help="PNG file to write")
    parser.add_argument("--icons", action="store_true", help="draw the icons instead of the pictures")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="names without .svg")
    args = parser.parse_args()
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    import pygame

    pygame.display.init()
    pygame.font.init()
    pygame.display.set_mode((1, 1))
    here = Path(__file__).resolve().parent
    folder = here.parent / "icons" if args.icons else here
    paths = [p for p in sorted(folder.glob("*.svg")) if not args.only or p.stem in args.only]
    if not paths:
        print(f"no SVG to draw in {folder}", file=sys.stderr)
        return 1
    draw = icon_sheet if args.icons else picture_sheet
    pygame.image.save(draw(pygame, paths), str(args.output))
    print(f"{len(paths)} drawn to {args.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
