"""Scales of colours, from the lowest score to the highest: VOSviewer's, and one with a grey middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benang.errors import unknown
from benang.looks.colours import to_rgb
from benang.network.network import Floats


@dataclass(frozen=True, slots=True)
class ColourScale:
    """Colours at places from 0 (lowest) to 1 (highest), in rising order, mixed linearly in between as RGB."""

    name: str
    places: tuple[float, ...]
    colours: tuple[str, ...]

    def at(self, share: Floats) -> Floats:
        """Return the colours (… × 3, 0 to 1) at places on the scale; beyond its ends those of the ends.

        Examples
        --------
        >>> ColourScale("traffic", (0.0, 1.0), ("#000000", "#ff0000")).at(np.array([0.5, 2.0])).tolist()
        [[0.5, 0.0, 0.0], [1.0, 0.0, 0.0]]
        """
        return np.stack([np.interp(share, self.places, channel) for channel in to_rgb(self.colours).T], axis=-1)


def evenly(name: str, colours: Sequence[str]) -> ColourScale:
    """Make a scale of colours that stand at equal distances.

    Examples
    --------
    >>> evenly("grey", ["#000000", "#777777", "#ffffff"]).places
    (0.0, 0.5, 1.0)
    """
    return ColourScale(name, tuple(np.linspace(0, 1, len(colours)).tolist()), tuple(colours))


# Viridis and plasma (S. van der Walt and N. Smith, 2015) without their dark ends, as in VOSviewer: 208 of their 256
# stops, here every thirteenth.
_VIRIDIS = (
    "#424086 #3c4f8a #365d8d #306a8e #2a768e #26828e #218f8d #1e9b8a #22a785 #2db27d #40bd72 #5ac864 #77d153 #98d83e "
    "#bade28 #dde318 #fde725"
)
_PLASMA = (
    "#6600a7 #7a02a8 #8d0ba5 #9e199d #ae2892 #bc3686 #c9457a #d5536e #e06263 #e97258 #f1824d #f89342 #fca537 #feb92c "
    "#fccd25 #f7e325 #f0f921"
)
# BuPu, YlGnBu, YlOrRd and Spectral of ColorBrewer (C. Brewer and M. Harrower, 2003); the first three begin with white.
_WHITE_BLUE_PURPLE = "#ffffff #f8fdfe #e1edf5 #c0d4e7 #9fbddb #8d97c7 #8d6bb2 #89419e #820f7c"
_WHITE_YELLOW_GREEN_BLUE = "#ffffff #ffffd9 #edf8b1 #c7e9b4 #7fcdbb #41b6c4 #1d91c0 #225ea8 #253494"
_WHITE_YELLOW_ORANGE_RED = "#ffffff #ffffcc #ffeda0 #fed976 #feb24c #fd8d3c #fc4e2a #e31a1c"
_SPECTRAL = "#5e4fa2 #3288bd #66c2a5 #abdda4 #e6f598 #ffffbf #fee08b #fdae61 #f46d43 #d53e4f #9e0142"
# K. Moreland (2009), Diverging color maps for scientific visualization; every other of its 33 stops.
_COOLWARM = (
    "#3b4cc0 #4d68d7 #6282ea #779af7 #8db0fe #a3c2ff #b8d0f9 #ccd9ee #dddddd #ecd3c5 #f5c4ad #f7b194 #f49a7b #ec7f63 "
    "#de604d #cb3e38 #b40426"
)
_BLUE_GREY_RED = "#2166ac #6ea4cc #b4c7d6 #d9d9d9 #e5b9a2 #d6755e #b2182b"

COLOUR_SCALES = {
    scale.name: scale
    for scale in (
        evenly("viridis", _VIRIDIS.split()),
        evenly("plasma", _PLASMA.split()),
        ColourScale("rainbow", (0.0, 0.33, 0.5, 0.66, 1.0), ("#0000ff", "#00ffff", "#00ff00", "#ffff00", "#ff0000")),
        evenly("white-blue-purple", _WHITE_BLUE_PURPLE.split()),
        evenly("white-yellow-green-blue", _WHITE_YELLOW_GREEN_BLUE.split()),
        evenly("white-yellow-orange-red", _WHITE_YELLOW_ORANGE_RED.split()),
        evenly("coolwarm", _COOLWARM.split()),
        evenly("spectral", _SPECTRAL.split()),
        # for scores with a middle that means something (normalised by subtraction or as z-scores)
        evenly("blue-grey-red", _BLUE_GREY_RED.split()),
    )
}
"""The scales by name; all but the last are VOSviewer's."""


def find_colour_scale(colours: str | ColourScale) -> ColourScale:
    """Return a scale by name, or the scale that is given.

    Raises
    ------
    BenangError
        For a name that there is no scale of.

    Examples
    --------
    >>> find_colour_scale("rainbow").colours[0]
    '#0000ff'
    """
    if isinstance(colours, ColourScale):
        return colours
    if colours not in COLOUR_SCALES:
        raise unknown(colours, COLOUR_SCALES, where="colours", expected="the name of a colour scale")
    return COLOUR_SCALES[colours]
