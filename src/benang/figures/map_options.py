"""What may be said of a map figure, and what holds where nothing is said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from benang.figures.map_theme import DARK, LIGHT, Theme
from benang.figures.style import PAGE, Paths
from benang.ranges import check


class MapOptions(TypedDict, total=False):
    """What may be said of any map figure.

    `path`: one file or several to save to, each by its suffix. `width` and `height` in mm: 174 wide, a printed page;
    without a height the figure takes the map's own shape. `dpi` for PNG (300). `dark`: a black page.

    `labels`: True names as many items as there is room for, False none, a list of ids or labels just these.
    `label_length`: characters before a label is cut (30; on a map of up to 60 items 60, on up to three lines).
    `weight`: what sizes the items; without one the first of Occurrences, Documents, Cases, Citations, Total link
    strength. `item_size_variation`, `link_size_variation`: 0 all alike, 1 in proportion, 0.5; `label_size_variation`
    as that of the items where it is not given. `scale`: circles, texts and links so many times as large (1).
    `frames`: names in frames instead of circles.

    `max_links`: the 1,000 strongest are drawn, of at least `min_link_strength`. `curved`: curves, else straight lines.
    `coloured`: links in the colours of their ends, else grey. `show`: an item, by id or label, in the middle of the
    page; `zoom`: the map so many times as large as the page (1; 3 where an item is shown).

    `title`: written above the map, and the figure's name for screen readers. `notes`: lines below the map, before
    Benang's own. `language`: "en" or "id". `texts`: words to use in place of those of the language, by key.
    """

    path: Paths
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


_NUMBERS = (
    "width", "height", "dpi", "label_length", "item_size_variation", "label_size_variation", "link_size_variation",
    "scale", "max_links", "min_link_strength", "zoom",
)  # fmt: skip
_ITEM_ZOOM = 3.0  # VOSviewer Online's when it shows an item


@dataclass(frozen=True)
class Options:
    """`MapOptions` with what holds where nothing is said.

    Raises
    ------
    BenangError
        For a number that is out of its range (`benang.ranges`).
    """

    path: Paths = None
    width: float = PAGE
    height: float | None = None
    dpi: float = 300
    dark: bool = False
    labels: bool | Collection[str] = True
    label_length: int | None = None
    weight: str | None = None
    item_size_variation: float = 0.5
    label_size_variation: float | None = None
    link_size_variation: float = 0.5
    scale: float = 1.0
    frames: bool = False
    max_links: int = 1000
    min_link_strength: float = 0.0
    curved: bool = True
    coloured: bool = True
    show: str | None = None
    zoom: float | None = None
    title: str | None = None
    notes: Sequence[str] = ()
    language: str = "en"
    texts: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        check(**{name: getattr(self, name) for name in _NUMBERS})

    @property
    def theme(self) -> Theme:
        """The ground that the map is drawn on."""
        return DARK if self.dark else LIGHT

    @property
    def magnified(self) -> float:
        """How many times larger than the page the map is."""
        return self.zoom if self.zoom is not None else 1.0 if self.show is None else _ITEM_ZOOM

    @property
    def label_variation(self) -> float:
        """How far the size of a label follows its item's weight."""
        return self.item_size_variation if self.label_size_variation is None else self.label_size_variation
