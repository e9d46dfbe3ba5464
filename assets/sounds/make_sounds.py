"""Make the game's four sounds from nothing but arithmetic (numpy) and encode three of them with oggenc.

    click.wav   a button: a short, low wooden tap
    chime.ogg   the end of a turn: three soft bells, D A D
    page.ogg    a card appears: a short rustle of paper, shaped noise
    theme.ogg   background: a bowed string in A minor pentatonic over an open fifth, with a few plucks;
                24 seconds, made on a circle so that the end runs into the beginning

Needs numpy and the program oggenc (Debian package vorbis-tools). The same seed gives the same samples.

    python make_sounds.py            writes beside this script

Read next: README.md beside this file.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np

RATE = 44_100
PEAK = 0.6  # of full scale: headroom for the mixer and for the encoder's overshoot
SEED = 2011
FADE = RATE // 1000  # one millisecond

A3 = 220.0
# A minor pentatonic around A3: A C D E G, as semitones above A
PENTATONIC = {"D3": -7, "E3": -5, "G3": -2, "A3": 0, "C4": 3, "D4": 5, "E4": 7, "G4": 10, "A4": 12}
# (note, beats) of the tune; a beat is one second, 24 in all
TUNE = [
    ("A3", 3), ("C4", 1), ("D4", 2), ("E4", 4), ("G4", 1), ("E4", 1),
    ("D4", 3), ("C4", 1), ("A3", 2), ("G3", 2), ("A3", 4),
]  # fmt: skip
# (note, second) of the plucks, off the tune's own changes
PLUCKS = [
    ("A3", 0.0), ("E4", 2.0), ("D4", 5.0), ("A4", 8.0),
    ("G4", 11.5), ("E4", 14.0), ("D4", 17.0), ("A3", 20.0),
]  # fmt: skip
# (ratio to the named pitch, loudness, seconds to die to 1/e) of a bell's partials
BELL = [
    (0.5, 0.35, 1.6), (1.0, 1.0, 1.1), (1.183, 0.25, 0.8),
    (2.0, 0.35, 0.6), (2.74, 0.16, 0.35), (4.1, 0.07, 0.2),
]  # fmt: skip


def hertz(note: str) -> float:
    """Frequency of a note of the scale, equal temperament from A3 = 220 Hz."""
    return A3 * 2 ** (PENTATONIC[note] / 12)


def seconds(length: float) -> np.ndarray:
    """Times of the samples of a sound of `length` seconds."""
    return np.arange(round(length * RATE)) / RATE


def shaped_noise(rng: np.random.Generator, count: int, low: float, high: float) -> np.ndarray:
    """White noise with soft edges at `low` and `high` hertz (fourth order), peak 1."""
    spectrum = np.fft.rfft(rng.standard_normal(count))
    f = np.fft.rfftfreq(count, 1 / RATE)
    f[0] = 1e-9
    noise = np.fft.irfft(spectrum / (1 + (low / f) ** 4) / (1 + (f / high) ** 4), count)
    return noise / np.abs(noise).max()


def finish(sound: np.ndarray, peak: float) -> np.ndarray:
    """No constant part, one-millisecond fades at both ends, the given peak."""
    window = np.ones(sound.size)
    window[:FADE] = np.linspace(0, 1, FADE)
    window[-FADE:] = window[:FADE][::-1]
    faded = sound * window
    faded -= window * (faded.sum() / window.sum())  # takes the mean away and leaves the ends at zero
    return faded * (peak / np.abs(faded).max())


def click(rng: np.random.Generator) -> np.ndarray:
    """A wooden tap, 55 ms."""
    t = seconds(0.055)
    tap = shaped_noise(rng, t.size, 300, 2500) * np.exp(-t / 0.004)
    low = np.sin(2 * np.pi * 620 * t) * np.exp(-t / 0.010)
    high = np.sin(2 * np.pi * 985 * t) * np.exp(-t / 0.006)
    return finish(0.5 * tap + low + 0.5 * high, 0.4)


def bell(frequency: float, length: float) -> np.ndarray:
    """One bell: inharmonic partials, the higher the shorter."""
    t = seconds(length)
    tone = sum(gain * np.sin(2 * np.pi * frequency * r * t) * np.exp(-t / decay) for r, gain, decay in BELL)
    return tone * np.minimum(1, t / 0.004)


def chime() -> np.ndarray:
    """Three bells, D4 A4 D5, 0.18 s apart; 2.6 s."""
    out = np.zeros(round(2.6 * RATE))
    bells = [(0.0, hertz("D4"), 0.8), (0.18, hertz("A4"), 0.7), (0.36, 2 * hertz("D4"), 0.6)]
    for start, frequency, gain in bells:
        first = round(start * RATE)
        out[first:] += gain * bell(frequency, 2.6)[: out.size - first]
    t = seconds(2.6)
    return finish(out * np.clip((2.6 - t) / 0.5, 0, 1), 0.5)


def page(rng: np.random.Generator) -> np.ndarray:
    """A sheet of paper drawn over another, 0.38 s: noise in the paper's band with uneven grains."""
    t = seconds(0.38)
    hiss = shaped_noise(rng, t.size, 900, 4200)
    grains = np.abs(shaped_noise(rng, t.size, 8, 45))
    swell = np.sin(np.pi * t / 0.38) ** 1.5
    stroke = 0.35 + 0.65 * np.exp(-(((t - 0.09) / 0.07) ** 2))
    return finish(hiss * (0.25 + grains) * swell * stroke, 0.35)


def bowed(frequency: float, length: float, rng: np.random.Generator) -> np.ndarray:
    """A bowed string: partials with a body's formants, slow attack, a vibrato that comes late."""
    t = seconds(length)
    depth = 0.0035 * np.clip((t - 0.5) / 0.8, 0, 1)
    drift = 0.0012 * np.sin(2 * np.pi * (0.31 * t + rng.random()))
    phase = 2 * np.pi * np.cumsum(frequency * (1 + depth * np.sin(2 * np.pi * 5.1 * t) + drift)) / RATE
    tone = np.zeros(t.size)
    for k in range(1, 15):
        f = k * frequency
        body = 0.25 + np.exp(-(((f - 300) / 140) ** 2)) + 0.8 * np.exp(-(((f - 720) / 220) ** 2))
        tone += body / k**1.15 / (1 + (f / 2600) ** 4) * np.sin(k * phase + 2 * np.pi * rng.random())
    breath = shaped_noise(rng, t.size, 400, 2500) * 0.03
    rise = np.sin(np.pi / 2 * np.clip(t / min(0.35, length / 3), 0, 1)) ** 2
    fall = np.clip((length - t) / min(0.5, length / 3), 0, 1)
    return (tone + breath) * rise * fall


def plucked(frequency: float, length: float, rng: np.random.Generator) -> np.ndarray:
    """A plucked string as decaying partials, the higher the shorter."""
    t = seconds(length)
    tone = np.zeros(t.size)
    for k in range(1, 11):
        phase = 2 * np.pi * (k * frequency * t + rng.random())
        tone += np.sin(phase) * np.exp(-t * (0.9 + 0.55 * k)) / k**1.4
    return tone * np.minimum(1, t / 0.003) * np.clip((length - t) / 0.2, 0, 1)


def add_round(out: np.ndarray, sound: np.ndarray, start: float) -> None:
    """Add a sound at `start` seconds; what passes the end goes on at the beginning."""
    index = (round(start * RATE) + np.arange(sound.size)) % out.size
    np.add.at(out, index, sound)


def room(dry: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The sound in a large, dark room: circular convolution, so that the loop has no seam."""
    t = seconds(2.2)
    echo = np.zeros(dry.size)
    echo[: t.size] = shaped_noise(rng, t.size, 150, 2200) * np.exp(-t / 0.55)
    wet = np.fft.irfft(np.fft.rfft(dry) * np.fft.rfft(echo), dry.size)
    return dry + 0.45 * wet * (np.sqrt((dry**2).mean()) / np.sqrt((wet**2).mean()))


def quiet_crossing(loop: np.ndarray) -> int:
    """Index of the upward zero crossing whose surrounding quarter second is the quietest."""
    width = RATE // 4
    power = np.convolve(np.concatenate([loop[-width:], loop, loop[:width]]) ** 2, np.ones(width), "same")
    power = power[width:-width]
    crossings = np.flatnonzero((np.roll(loop, 1) < 0) & (loop >= 0))
    return int(crossings[np.argmin(power[crossings])])


def theme(rng: np.random.Generator) -> np.ndarray:
    """The loop: one circle, cut open where it is quiet and crosses zero, so it needs no fades."""
    length = sum(beats for _, beats in TUNE)
    out = np.zeros(length * RATE)
    t = seconds(length)
    swell = 0.8 + 0.2 * np.cos(2 * np.pi * t / length * 3)
    for base, gain in [(110.0, 0.30), (165.0, 0.20), (220.0, 0.08)]:
        # whole numbers of cycles in the loop: 110, 165 and 220 Hz over 24 s close on themselves
        for k in range(1, 7):
            out += gain / k**1.6 * swell * np.sin(2 * np.pi * k * base * t + k)
    start = 0.0
    for note, beats in TUNE:
        add_round(out, 0.55 * bowed(hertz(note), beats + 0.4, rng), start)
        start += beats
    for note, moment in PLUCKS:
        add_round(out, 0.35 * plucked(hertz(note), 2.8, rng), moment)
    out = room(out, rng)
    out -= out.mean()
    out = np.roll(out, -quiet_crossing(out))
    return out * (PEAK * 0.9 / np.abs(out).max())


def write_wave(sound: np.ndarray, path: Path) -> None:
    """16-bit mono WAV. Raises ValueError above the peak that the game's mixer allows for."""
    if np.abs(sound).max() > PEAK:
        raise ValueError(f"{path.name} is too loud: {np.abs(sound).max():.3f}")
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((sound * 32767).round().astype("<i2").tobytes())


def encode(sound: np.ndarray, path: Path, quality: float) -> None:
    """Ogg Vorbis through oggenc; the fixed serial number keeps rebuilds identical."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "sound.wav"
        write_wave(sound, raw)
        command = ["oggenc", "--quiet", "--serial", "1", "-q", str(quality), "-o", str(path), str(raw)]
        subprocess.run(command, check=True)


def main(argv: list[str] | None = None) -> int:
    """Write the four files; 1 with one sentence if oggenc is missing."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="default: beside this script")
    out = parser.parse_args(argv).out
    if shutil.which("oggenc") is None:
        print("oggenc is missing: install vorbis-tools", file=sys.stderr)
        return 1
    rng = np.random.default_rng(SEED)
    write_wave(click(rng), out / "click.wav")
    encode(chime(), out / "chime.ogg", 3)
    encode(page(rng), out / "page.ogg", 3)
    encode(theme(rng), out / "theme.ogg", 3)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
