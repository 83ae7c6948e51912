"""Figures for PostScript, which knows no transparency: colours as they look on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import cast

import numpy as np
from matplotlib.collections import Collection
from matplotlib.colors import to_rgba_array
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from benang.network.network import Floats


@contextmanager
def opaque(figure: Figure) -> Iterator[None]:
    """Within this, what a figure shows through is mixed with the colour of its page; afterwards it is as before.

    Examples
    --------
    >>> from benang.figures.style import new_figure
    >>> figure = new_figure(10, 10)
    >>> patch = figure.add_artist(Patch(facecolor=(1, 0, 0, 0.5), edgecolor="none"))
    >>> with opaque(figure):
    ...     patch.get_facecolor()
    (1.0, 0.5, 0.5, 1.0)
    >>> patch.get_facecolor()
    (1.0, 0.0, 0.0, 0.5)
    """
    page = to_rgba_array(figure.get_facecolor())[0, :3]
    with ExitStack() as back:
        for artist in (*figure.findobj(Collection), *figure.findobj(Patch)):
            _solid(cast("Collection | Patch", artist), page, back)
        yield


def _solid(artist: Collection | Patch, page: Floats, back: ExitStack) -> None:
    faces, edges = (to_rgba_array(colour) for colour in (artist.get_facecolor(), artist.get_edgecolor()))
    alpha = artist.get_alpha()
    if not (_seen_through(faces) or _seen_through(edges)):
        return
    back.callback(_give, artist.set_facecolor, faces)
    back.callback(_give, artist.set_edgecolor, edges)
    back.callback(artist.set_alpha, alpha)
    artist.set_alpha(None)
    _give(artist.set_facecolor, _mixed(faces, page))
    _give(artist.set_edgecolor, _mixed(edges, page))


def _give(setter: Callable[..., None], colours: Floats) -> None:
    """Set colours: one for a patch, all of them for a collection; nothing where it has none."""
    if len(colours):
        setter(colours if len(colours) > 1 else tuple(float(level) for level in colours[0]))


def _seen_through(colours: Floats) -> bool:
    return bool(((colours[:, 3] > 0) & (colours[:, 3] < 1)).any())


def _mixed(colours: Floats, page: Floats) -> Floats:
    share = colours[:, 3:]
    solid: Floats = np.hstack([colours[:, :3] * share + page * (1 - share), (share > 0).astype(np.float64)])
    return solid
