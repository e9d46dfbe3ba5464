"""Colours, type scale and spacing of the toolkit: plain frozen data, no pygame.

Sizes are logical pixels: what they measure in a 1280x720 window at 100 % text. `TEXT_PAIRS` lists every
text-on-ground pair that the widgets use; a test holds each at 4.5:1 or more. Read next: `painter.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

Colour = tuple[int, int, int]


def rgb(code: str) -> Colour:
    """`"#F7EED6"` -> `(247, 238, 214)`; ValueError on anything else."""
    if len(code) != 7 or code[0] != "#":
        raise ValueError(f"not a colour like #F7EED6: {code!r}")
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(a: Colour, b: Colour, part: float) -> Colour:
    """The colour `part` (0..1) of the way from `a` to `b`."""
    return tuple(round(x + (y - x) * part) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


def contrast_ratio(a: Colour, b: Colour) -> float:
    """The WCAG 2 contrast of two colours, 1 to 21."""
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    def linear(channel: int) -> float:
        c = channel / 255
        return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True)
class Palette:
    """Named colours. Surfaces, then edges, then inks, then accents that a screen gives a meaning to."""

    paper: Colour = rgb("#F7EED6")
    panel: Colour = rgb("#EEE1C0")  # resting cards, zebra rows
    raised: Colour = rgb("#FBF5E4")  # chosen, editable, hovered
    ribbon: Colour = rgb("#E3D2A8")
    locked: Colour = rgb("#EFE6CF")
    bar: Colour = rgb("#34221A")
    float: Colour = rgb("#2A1C14")  # tooltips and messages
    veil: tuple[int, int, int, int] = (24, 14, 8, 133)  # .52 of 255

    hairline: Colour = rgb("#C4A878")  # decoration only
    edge: Colour = rgb("#8C6C3A")  # edges of controls
    locked_edge: Colour = rgb("#A08A62")
    gold: Colour = rgb("#BE8E3A")
    meander: Colour = rgb("#6A4A2E")

    ink: Colour = rgb("#3A281A")
    soft: Colour = rgb("#68503A")
    bar_ink: Colour = rgb("#F6EACE")
    bar_soft: Colour = rgb("#CEB48C")
    on_red: Colour = rgb("#FFF6E0")
    on_blue: Colour = rgb("#FFFFFF")
    link_line: Colour = rgb("#8A6424")

    red: Colour = rgb("#92261E")  # headings, the one primary button, "you" in charts
    red_hot: Colour = rgb("#A8342A")  # the primary button under the pointer
    focus: Colour = rgb("#225C96")  # focus ring and chosen border
    better: Colour = rgb("#2A6340")
    worse: Colour = rgb("#A02E20")
    bar_better: Colour = rgb("#8CCB96")
    bar_worse: Colour = rgb("#EE9A84")

    north: Colour = rgb("#2F5290")
    south: Colour = rgb("#A82C20")
    far: Colour = rgb("#2C6B4C")
    home: Colour = rgb("#7A5418")
    band: Colour = rgb("#DFC993")
    band_edge: Colour = rgb("#B8954E")


@dataclass(frozen=True)
class TextStyle:
    """How a run of text looks. `size` is logical px, `line` the line height as a multiple of it.

    `link` makes a run something to press; `underline` is "", "dotted" or "solid"; `raised` is for
    reference marks; `mark` draws the named shape (see `shapes.py`) in place of the character.
    """

    face: str = "sans"
    size: float = 15
    colour: Colour = rgb("#3A281A")
    bold: bool = False
    italic: bool = False
    medium: bool = False
    line: float = 1.3
    link: str = ""
    underline: str = ""
    raised: bool = False
    mark: str = ""

    def but(self, **changes: object) -> TextStyle:
        """A copy with some fields changed; the same copy each time, for drawing asks for it in every frame."""
        return _changed(self, **changes)


_changed = lru_cache(maxsize=500)(replace)


@dataclass(frozen=True)
class TypeScale:
    """The named text styles. Serif is for names, titles and big numerals only."""

    display: TextStyle = TextStyle("serif", 88, rgb("#92261E"), line=1.1)
    verdict: TextStyle = TextStyle("serif", 35, rgb("#92261E"), line=1.2)
    headline: TextStyle = TextStyle("serif", 31, rgb("#92261E"), line=1.2)
    title: TextStyle = TextStyle("serif", 26, rgb("#92261E"), line=1.2)
    section: TextStyle = TextStyle("serif", 18, rgb("#92261E"), line=1.25)
    numeral: TextStyle = TextStyle("serif", 26, rgb("#3A281A"), line=1.15)
    prose: TextStyle = TextStyle("sans", 16, rgb("#3A281A"), line=1.42)
    card_title: TextStyle = TextStyle("sans", 17, rgb("#3A281A"), bold=True, line=1.25)
    body: TextStyle = TextStyle("sans", 15, rgb("#3A281A"), line=1.3)
    button: TextStyle = TextStyle("sans", 16, rgb("#3A281A"), medium=True, line=1.25)
    secondary: TextStyle = TextStyle("sans", 14, rgb("#68503A"), line=1.3)
    small: TextStyle = TextStyle("sans", 13, rgb("#68503A"), line=1.3)


@dataclass(frozen=True)
class Spacing:
    """Logical px. `hit` is the least height and width of anything to press."""

    unit: float = 8
    margin: float = 24
    padding: float = 12
    panel_padding: float = 26
    gap: float = 8
    radius: float = 7
    modal_radius: float = 10
    hit: float = 32
    button: float = 37
    bar: float = 56
    chosen_edge: float = 2
    ring: float = 3
    ring_gap: float = 2


@dataclass(frozen=True)
class Theme:
    colour: Palette = field(default_factory=Palette)
    type: TypeScale = field(default_factory=TypeScale)
    space: Spacing = field(default_factory=Spacing)


THEME = Theme()

FACES = {
    "sans": "AlegreyaSans-Regular.ttf",
    "sans medium": "AlegreyaSans-Medium.ttf",
    "sans bold": "AlegreyaSans-Bold.ttf",
    "sans italic": "AlegreyaSans-Italic.ttf",
    "serif": "Vollkorn-SemiBold.ttf",
}


def face_of(style: TextStyle) -> str:
    """The key in FACES for a style; bold wins over italic, for there is no bold italic cut."""
    if style.face == "serif":
        return "serif"
    if style.bold:
        return "sans bold"
    if style.italic:
        return "sans italic"
    return "sans medium" if style.medium else "sans"


def text_pairs(colours: Palette) -> list[tuple[str, Colour, Colour]]:
    """Every (name, text colour, ground) that widgets or screens may combine."""
    light = ("paper", "panel", "raised", "locked")
    inks = ("ink", "soft", "red", "better", "worse", "focus", "north", "south", "far", "home")
    pairs = [(ink, ground) for ink in inks for ground in light]
    pairs += [(ink, "ribbon") for ink in ("ink", "soft", "red")]  # the accents are too pale on ribbons
    pairs += [("bar_ink", "bar"), ("bar_soft", "bar"), ("bar_better", "bar"), ("bar_worse", "bar")]
    pairs += [("bar_ink", "float"), ("bar_soft", "float"), ("gold", "bar")]
    pairs += [
        ("on_red", "red"),
        ("on_red", "red_hot"),
        ("on_blue", "focus"),
        ("on_red", "far"),
        ("on_red", "focus"),
    ]
    pairs += [("on_red", "soft")]
    return [(f"{ink} on {ground}", getattr(colours, ink), getattr(colours, ground)) for ink, ground in pairs]
