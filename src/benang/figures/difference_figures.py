"""What differs between two periods, or two groups of records, drawn on the map that both are part of."""

from __future__ import annotations

import math
from typing import Literal, Unpack

import numpy as np
from matplotlib.figure import Figure

from benang.errors import unknown
from benang.figures.letters import printable
from benang.figures.map_composition import Look
from benang.figures.map_legends import score_bar
from benang.figures.map_notes import unit_words
from benang.figures.map_words import Words
from benang.figures.scored_links import Indices, plot_scored_links, with_notes
from benang.figures.style import Paths
from benang.locale import translator
from benang.locale.writing import counted, numeral
from benang.looks.overlay import ScoreScale, scale_colours, score_scale
from benang.looks.view import MapOptions, View
from benang.maps.differences import Changes, Difference
from benang.network.network import Floats

Measure = Literal["z", "share"]
"""What colours show: the change in standard errors, or that of the share in percentage points."""

_COLOURS = "blue-grey-red"
_LEAST = {"z": 3.0, "share": 5.0}
"""The colours reach their ends no sooner: a map where nothing changed stays grey."""


def plot_difference(
    difference: Difference, *, by: Measure = "z", path: Paths = None, **options: Unpack[MapOptions]
) -> Figure:
    """Draw the change between two groups of a map's records: blue where the first has more, red where the second has.

    Places and sizes are those of the whole map. Grey is no change, or none that can be told from chance: `by` z shows
    the change of the odds in standard errors, pulled towards none where counts are small; `by` share the plain
    difference of the shares, in percentage points. Links have their own colours, of the change of the records that
    hold both items. Both scales reach as far as nine tenths of the items do, and at least to 3 (or 5 points).

    Raises
    ------
    BenangError
        For an unknown measure, and as `plot_map`.
    """
    if by not in _LEAST:
        raise unknown(by, _LEAST, where="by", expected="a measure of change")
    view = View(**options)
    _ = translator(view.language)
    words = Words(view.language, view.texts)
    values = _values(difference.items, by)
    values = np.where(difference.items.counts.sum(axis=1) > 0, values, np.nan)
    scale = _scale(values, by)
    one, other = printable(difference.one.name), printable(difference.other.name)
    measure = _("Change in standard errors (z)") if by == "z" else _("Change of the share, in percentage points")
    title = _("{measure}: blue, more in {one}; red, more in {other}").format(measure=measure, one=one, other=other)
    missing = int((~np.isfinite(values)).sum())
    bar = score_bar(title, scale, words, years=False, colours=_COLOURS, n_without=missing)
    look = Look(scale_colours(scale.share(values), _COLOURS), bar=bar)
    links = _values(difference.links, by)
    n = np.int64(len(difference))  # the places of items may have 32 bits, their products need 64
    keys = difference.source * n + difference.target

    def shares(source: Indices, target: Indices) -> Floats:
        return scale.share(links[np.searchsorted(keys, source * n + target)])

    return plot_scored_links(
        difference.map, look, shares, _COLOURS, with_notes(view, *_notes(difference, by, view)), path
    )


def _values(changes: Changes, by: Measure) -> Floats:
    return changes.z if by == "z" else 100 * changes.change


def _scale(values: Floats, by: Measure) -> ScoreScale:
    known = np.abs(values[np.isfinite(values)])
    reach = max(_LEAST[by], float(np.percentile(known, 90)) if len(known) else 0.0)
    reach = math.ceil(reach) if by == "z" else math.ceil(reach / 5) * 5.0
    found = score_scale(np.array([-reach, reach]), low=-reach, high=reach)
    return found or ScoreScale(-reach, reach, (-reach, 0.0, reach))


def _notes(difference: Difference, by: Measure, view: View) -> list[str]:
    _ = translator(view.language)
    words = unit_words(difference.map.network)
    sizes = []
    for part in (difference.one, difference.other):
        n = part.n_records
        noun = counted(words[0], words[1], n, view.language)
        sizes.append(f"{printable(part.name)}: {numeral(n, view.language)} {noun}")
    notes = [f"{'; '.join(sizes)}."]
    if by == "z":
        notes.append(_("Small counts are pulled towards no change; within −2 to 2 a change may well be chance."))
    return notes
