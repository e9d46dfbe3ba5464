"""One sentence a line, numbers kept with their units, letters that the terminal has."""

from __future__ import annotations

import pytest

from game.text.lines import Lines, sentences, unbroken, wrapped, writable


@pytest.mark.parametrize("text, expected", [
    ("One. Two! Three?", ["One.", "Two!", "Three?"]),
    ("1. The first. More of it.", ["1. The first.", "More of it."]),
    ("In May 2011. Then more.", ["In May 2011.", "Then more."]),
    ("Engineers for Power Plant No. 4. They come.", ["Engineers for Power Plant No. 4.", "They come."]),
    ("It costs U.S. Dollars. Dr. Who pays.", ["It costs U.S. Dollars.", "Dr. Who pays."]),
    ("**Bold.** Plain.", ["Bold.", "Plain."]),
    ("12.5\u00a0% is not two sentences.", ["12.5\u00a0% is not two sentences."]),
    ("", [""]),
])
def test_sentences(text, expected):
    assert sentences(text) == expected


def test_wrapping_keeps_numbers_with_units():
    text = "The treasury has $45\u00a0m and the tanks hold 35,000 t of diesel, which is 20 days of it in all."
    for width in range(30, 100):
        lines = wrapped(text, width)
        assert all(len(line) <= width and "\u00a0" not in line for line in lines)
        assert not any(line.endswith(("$45", "35,000", "20")) for line in lines)
        assert " ".join(lines) == text.replace("\u00a0", " ")


def test_a_path_is_not_broken():
    printed = []
    Lines(printed.append, lambda: 30, "utf-8").say(["It is kept in " + unbroken("/home/My Files. Old/the game.tnlog")])
    assert printed[-1] == "/home/My Files. Old/the game.tnlog"


def test_without_a_width_a_sentence_is_one_line():
    printed = []
    Lines(printed.append, lambda: None, "utf-8").say(["word " * 100 + "end. Next."])
    assert len(printed) == 2 and printed[0].startswith("word word") and printed[1] == "Next."


def test_a_terminal_without_the_letters():
    assert writable("\u22126 \u20ae \u201cyes\u201d", "ascii") == '-6 tugrik  "yes"'
    assert writable("\u22126 na\u00efve \u4e2d", "ascii") == "-6 na?ve ?"
    assert writable("\u22126", "utf-8") == "\u22126"
