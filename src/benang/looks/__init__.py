"""How a map looks: what may be chosen for it, which view, colours, sizes, labels, links and page.

One type for the command line, the plan, figures and pages: here are the defaults and the meaning of every choice,
and in `benang.ranges` what numbers may be.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict

from benang.ranges import check

if TYPE_CHECKING:
    from benang.looks.appearance import Palette
    from benang.looks.colour_scales import ColourScale

ViewName = Literal["network", "overlay", "density", "cluster-density"]
"""Items by cluster, items by score, how dense the map is, and how dense each of its clusters is."""
Normalisation = Literal["none", "divide by mean", "subtract mean", "z-score"]
"""What scores are compared with."""
PaletteName = Literal["benang", "vosviewer"]
"""Colours of clusters: safe for colour-blind readers, or VOSviewer's."""
ScaleName = Literal[
    "viridis",
    "plasma",
    "rainbow",
    "white-blue-purple",
    "white-yellow-green-blue",
    "white-yellow-orange-red",
    "coolwarm",
    "spectral",
    "blue-grey-red",
]
"""Scales of colours; all but the last are VOSviewer's."""

NORMALISATIONS: Mapping[str, Normalisation] = {
    "none": "none",
    "divide-by-mean": "divide by mean",
    "subtract-mean": "subtract mean",
    "z-score": "z-score",
}
"""The normalisations by their names on the command line and in a plan."""

_NUMBERS = (
    "width", "height", "dpi", "label_length", "item_size_variation", "label_size_variation", "link_size_variation",
    "scale", "max_links", "min_link_strength", "zoom", "kernel_width",
)  # fmt: skip
_ITEM_ZOOM = 3.0  # VOSviewer Online's when it shows an item


@dataclass(frozen=True, kw_only=True)
class View:
    """How a map is looked at, with the defaults.

    `view`: which of the four. Of an overlay, `score` names what colours it: without one the items' own colours (columns
    red, green, blue), else the first of Avg. pub. year, Pub. year and others that the map has; `normalisation` says
    what scores are compared with; the colours span `low` to `high`, or the 10th to the 90th percentile, made round.
    `colours` are those of scores, or of a density: the name of a scale (`ScaleName`), VOSviewer's file of one, or a
    scale; without them viridis, and of a density shades of its own. `palette` gives the colours of clusters: by name
    (`PaletteName`), VOSviewer's file, or your own. `kernel_width`: how far a density reaches, by the mean distance
    between two items.

    `weight`: what sizes the items; without one the first of Occurrences, Documents, Cases, Citations, Total link
    strength. `item_size_variation`, `link_size_variation`: 0 all alike, 1 in proportion; `label_size_variation` as that
    of the items where it is not given. `scale`: circles, texts and links so many times as large. `frames`: names in
    frames instead of circles.

    `labels`: True names as many items as there is room for, False none, a list of ids or labels just these.
    `label_length`: letters above which a label is shortened in its middle, 0 names nothing (40; on a map of up to 60
    items 60). `max_links`: so many of the strongest are drawn, of at least `min_link_strength`. `curved`: curves, else
    straight lines. `coloured`: links in the colours of their ends, else grey.

    `show`: an item, by id or label, in the middle of the page; `zoom`: the map so many times as large as the page (1; 3
    where an item is shown). `dark`: a black page. `width` and `height` in mm, as printed: without a height the page
    takes the map's own shape. `dpi`: dots to the inch of a picture. `title`: written above the map, and its name for
    screen readers. `notes`: lines below the map, before Benang's own. `language`: "en" or "id". `texts`: words to use
    in place of those of the language, by key.

    Raises
    ------
    BenangError
        For a number that is out of its range (`benang.ranges`).

    Examples
    --------
    >>> view = View(width=84, show="kota")
    >>> view.view, view.max_links, view.magnified
    ('network', 1000, 3.0)
    """

    view: ViewName = "network"
    score: str | None = None
    normalisation: Normalisation = "none"
    low: float | None = None
    high: float | None = None
    colours: str | Path | ColourScale | None = None
    palette: str | Path | Palette = "benang"
    kernel_width: float = 0.125
    weight: str | None = None
    item_size_variation: float = 0.5
    label_size_variation: float | None = None
    link_size_variation: float = 0.5
    scale: float = 1.0
    frames: bool = False
    labels: bool | Collection[str] = True
    label_length: int | None = None
    max_links: int = 1000
    min_link_strength: float = 0.0
    curved: bool = True
    coloured: bool = True
    show: str | None = None
    zoom: float | None = None
    dark: bool = False
    width: float = 174.0
    height: float | None = None
    dpi: float = 300.0
    title: str | None = None
    notes: Sequence[str] = ()
    language: str = "en"
    texts: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        check(**{name: getattr(self, name) for name in _NUMBERS})

    @property
    def magnified(self) -> float:
        """How many times larger than the page the map is."""
        return self.zoom if self.zoom is not None else 1.0 if self.show is None else _ITEM_ZOOM

    @property
    def label_variation(self) -> float:
        """How far the size of a label follows its item's weight."""
        return self.item_size_variation if self.label_size_variation is None else self.label_size_variation

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of colours that it names."""
        return tuple(one for one in (self.palette, self.colours) if isinstance(one, Path))


class MapOptions(TypedDict, total=False):
    """What may be said of any map figure: keyword arguments that are fields of `View` and mean the same."""

    width: float
    height: float | None
    dpi: float
    dark: bool
    labels: bool | Collection[str]
    label_length: int | None
    weight: str | None
    item_size_variation: float
    label_size_variation: float | None
    link_size_variation: float
    scale: float
    frames: bool
    max_links: int
    min_link_strength: float
    curved: bool
    coloured: bool
    show: str | None
    zoom: float | None
    title: str | None
    notes: Sequence[str]
    language: str
    texts: Mapping[str, str] | None
