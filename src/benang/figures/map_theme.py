"""The two grounds that a map is drawn on: white paper, and black."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from benang.figures.style import INK, MUTED
from benang.looks.colours import GREY, Palette, darken, lab_to_rgb, lighten, mix, rgb_to_lab, to_hex, to_rgb
from benang.looks.view import View
from benang.network.network import Floats

_LEAST_LIGHT = 48.0  # in Lab: darker colours of clusters are lifted close to it on black, to 3 : 1 or more
_KEPT = 1 / 6  # of the distance below it, so that two dark shades of one hue still differ


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of all that is no item: page, text, notes, the circles of a legend, lines without a colour."""

    page: str
    ink: str
    muted: str
    none: str
    """Items without a cluster or a score."""
    link: str
    """Links without the colours of their ends."""
    key: str
    key_edge: str
    density: tuple[str, ...]
    """Shades from nothing to the densest place."""
    dot: str
    """Items on a density map."""

    @property
    def dark(self) -> bool:
        """Whether the page is darker than what is written on it."""
        return self.page != LIGHT.page

    def edge(self, rgb: Floats, share: float = 0.25) -> Floats:
        """Return outlines and leaders of a colour: further from the page than the colour itself."""
        return lighten(rgb, share) if self.dark else darken(rgb, share)

    def faded(self, rgb: Floats, share: float | Floats = 0.4) -> Floats:
        """Return colours mixed with the page, in Lab; VOSviewer fades its links by 0.4."""
        return mix(np.broadcast_to(rgb, rgb.shape), np.broadcast_to(to_rgb([self.page])[0], rgb.shape), share)

    def seen(self, palette: Palette) -> Palette:
        """Return a palette whose colours stand out from the page: on black the dark ones are lightened."""
        if not self.dark:
            return palette
        rest = self.none if palette.rest == GREY else palette.rest
        shades = tuple(
            palette.of(number + 1) for number in range(len(palette.clusters) * (3 if palette.goes_on else 1))
        )
        return replace(palette, clusters=_light_enough(shades), rest=rest)


def _light_enough(colours: tuple[str, ...]) -> tuple[str, ...]:
    """Lift the lightness of dark colours, and leave their hue."""
    lab = rgb_to_lab(to_rgb(colours))
    below = np.minimum(lab[:, 0] - _LEAST_LIGHT, 0.0)
    lab[:, 0] += below * (_KEPT - 1)
    return to_hex(lab_to_rgb(lab))


LIGHT = Theme(
    page="#ffffff",
    ink=INK,
    muted=MUTED,
    none=GREY,
    link="#999999",
    key="#ececec",
    key_edge="#777777",
    # white, yellow, green, blue: VOSviewer's colours turned round, so that lightness falls evenly and ink is spared
    density=("#ffffff", "#f3f3c4", "#cfe39a", "#8fcd8b", "#55b396", "#2f93a0", "#2f6f9f", "#35508f"),
    dot="#3d3d3d",
)
DARK = Theme(
    page="#000000",
    ink="#f2f2f2",
    muted="#b4b4b4",
    none="#7a7a7a",
    link="#8a8a8a",
    key="#3a3a3a",
    key_edge="#a8a8a8",
    # black, blue, green, yellow: lightness grows evenly
    density=("#000000", "#16213f", "#1f3d6b", "#215f86", "#217f86", "#37a07a", "#7dbd62", "#d3d95f"),
    dot="#d8d8d8",
)


def theme_of(view: View) -> Theme:
    """Return the ground that a map is drawn on."""
    return DARK if view.dark else LIGHT
