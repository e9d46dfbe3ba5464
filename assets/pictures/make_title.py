"""Make title.jpg from title.svg: what the very first frame shows, for drawing the SVG takes too long.

    python assets/pictures/make_title.py

Needs pygame-ce and Pillow, and no display. Run it after every change of title.svg; a test compares the two.
"""

from pathlib import Path

import pygame
from PIL import Image

SIZE = (1280, 720)  # of the usual window
QUALITY = 85  # reads in 3 ms and shows no blocks in the sky
HERE = Path(__file__).parent


def main() -> None:
    drawn = pygame.image.load_sized_svg(str(HERE / "title.svg"), SIZE)
    plain = pygame.Surface(SIZE)
    plain.blit(drawn, (0, 0))
    picture = Image.frombytes("RGB", SIZE, pygame.image.tobytes(plain, "RGB"))
    picture.save(HERE / "title.jpg", quality=QUALITY, optimize=True)


if __name__ == "__main__":
    main()
