"""The viewer's looks are a second copy of `benang.looks`, in TypeScript: both are held to one file of expected values.

`ui/tests/looks/expected.json` has what Python makes of some maps and colours. This test says that it is up to date,
those of `ui/tests/looks` that the viewer comes to the same. `python tests/viewer/test_looks_agree.py` writes it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from benang.figures import DARK, LIGHT
from benang.figures.map_figures import _density_scale
from benang.figures.map_legends import round_sizes
from benang.layout.objective import mean_distance
from benang.looks import NORMALISATIONS, View
from benang.looks.appearance import PALETTES, darken, lighten, mix, rgb_to_lab, to_hex, to_rgb
from benang.looks.colour_scales import COLOUR_SCALES
from benang.looks.overlay import density_field, normalise_scores, scale_colours, score_scale
from benang.maps import Map
from benang.network.network import Network

_EXPECTED = Path(__file__).parents[2] / "ui" / "tests" / "looks" / "expected.json"
_SHADES = ("#0072b2", "#e69f00", "#123456", "#fedcba", "#00ff00", "#7a0045", "#000000", "#ffffff")
_SCORES: dict[str, dict[str, Any]] = {
    "years": {"values": [2009, 2012, 2015, 2018, 2021], "whole": True},
    "average years": {"values": [2013.2, 2014.9, 2015.1, 2015.3, 2015.4, 2016.0, 2019.5], "whole": True},
    "average years, crowded": {"values": [2015.0, 2015.25, 2015.5, 2015.75, 2016.5, 2017.1], "whole": True},
    "within a year": {"values": [2015.1, 2015.2, 2015.3, 2015.4], "whole": True},
    "citations": {"values": [0, 1, 1, 2, 3, 5, 8, 13, 200]},
    "small": {"values": [0.0012, 0.0034, 0.0021, 0.009]},
    "both signs": {"values": [-3.5, -1, 0, 2.25, 8]},
    "all alike": {"values": [4, 4, 4]},
    "nearly all alike": {"values": [*[4] * 40, 9]},
    "with ends": {"values": [1, 2, 3, 4, 5], "low": 1.5, "high": 4.2},
    "gaps": {"values": [None, 3, None, 7.5, 12]},
    "none": {"values": [None, None]},
    "one": {"values": [2.5]},
    "ends the wrong way round": {"values": [1, 2, 3], "low": 9.0},
}


def _scores(values: list[float | None], **wanted: Any) -> dict[str, Any]:
    given = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    scale = score_scale(given, **wanted)
    made: dict[str, Any] = {"values": values, "wanted": wanted, "scale": None}
    if scale is not None:
        made["scale"] = {"low": scale.low, "high": scale.high, "ticks": scale.ticks, "decimals": scale.decimals}
        made["colours"] = scale_colours(scale.share(given))
    known = given[np.isfinite(given)]
    made["normalised"] = {
        how: [None if np.isnan(value) else value for value in normalise_scores(given, how).tolist()]
        for how in NORMALISATIONS.values()
        if how != "divide by mean" or not len(known) or (known.min() * known.max() >= 0 and known.mean() != 0)
    }
    return made


def _map(n: int) -> Map:
    """Return n items at scattered places, of uneven weights, in four clusters."""
    k = np.arange(n)
    xy = np.stack([np.sin(k * 1.7) * (1 + k % 5), np.cos(k * 2.3) * (1 + k % 3)], axis=1).round(3)
    weights = {"Documents": (1 + (k * 7) % 11).astype(np.float64)}
    names = tuple(str(number) for number in k.tolist())
    return Map(Network(names, names, sparse.csr_array((n, n)), weights), xy, k % 4)


def _density(n: int, kernel_width: float) -> dict[str, Any]:
    map_ = _map(n)
    rgb = to_rgb([PALETTES["benang"].of(int(number)) for number in map_.cluster])
    field = density_field(map_, kernel_width=kernel_width, grid=(41, 31), colours=rgb)
    assert field.blend is not None
    points = [(0, 0), (10, 12), (20, 15), (17, 21), (30, 8), (22, 30)]
    return {
        "x": map_.xy[:, 0].tolist(),
        "y": map_.xy[:, 1].tolist(),
        "cluster": map_.cluster.tolist(),
        "weight": map_.network.weights["Documents"].tolist(),
        "kernelWidth": kernel_width,
        "meanDistance": mean_distance(map_.xy),
        "bandwidth": field.bandwidth,
        "points": [
            {
                "x": field.x[column],
                "y": field.y[row],
                "density": field.values[row, column] * field.peak,
                "blend": field.blend[row, column].tolist(),
            }
            for column, row in points
        ],
    }


def _expected() -> dict[str, Any]:
    rgb = to_rgb(_SHADES)
    share = np.array([0, 0.003, 0.01, 0.1, 0.37, 0.9, 1])
    densities = {
        name: _density_scale(theme, View(view="density"))
        for name, theme in (("density", LIGHT), ("density-dark", DARK))
    }
    return {
        "shades": _SHADES,
        "lab": rgb_to_lab(rgb).round(9).tolist(),
        "lighter": to_hex(lighten(rgb)),
        "darker": to_hex(darken(rgb)),
        "mixed": to_hex(mix(rgb, to_rgb(["#e69f00"]), 0.3)),
        "links": {"light": to_hex(LIGHT.links(rgb)), "dark": to_hex(DARK.links(rgb))},
        "edges": {"light": to_hex(LIGHT.edge(rgb)), "dark": to_hex(DARK.edge(rgb))},
        "palettes": {
            name: {"colours": [palette.of(number) for number in range(1, 55)], "rest": palette.rest}
            for name, palette in PALETTES.items()
        },
        "onBlack": {name: [DARK.seen(palette).of(n) for n in range(55)] for name, palette in PALETTES.items()},
        "scales": {
            name: {"places": scale.places, "colours": scale.colours}
            for name, scale in (COLOUR_SCALES | densities).items()
        },
        "share": share.tolist(),
        "onScale": {name: to_hex(scale.at(share)) for name, scale in (COLOUR_SCALES | densities).items()},
        "scores": {name: _scores(**case) for name, case in _SCORES.items()},
        "sizes": [
            {"values": values, "rounds": round_sizes(np.array(values, dtype=np.float64))}
            for values in ([3, 40, 700], [1, 2, 3], [4, 4], [0, 0], [0.3, 2.4, 7.7], [12, 15, 19], [1, 1, 90000], [6])
        ],
        "densities": [_density(30, 0.125), _density(7, 0.4), _density(200, 0.2)],
    }


def _written() -> str:
    return json.dumps(_expected(), indent=1) + "\n"


def test_what_the_viewer_is_held_to_is_what_python_makes() -> None:
    """The expected values in the file are those of this Python."""
    now, kept = json.loads(_written()), json.loads(_EXPECTED.read_text(encoding="utf-8"))
    assert _rounded(now) == _rounded(kept), f"run {Path(__file__).name} as a script to write {_EXPECTED.name} anew"


def _rounded(made: Any) -> Any:
    """Return the same with numbers to nine places, which all machines agree on."""
    if isinstance(made, dict):
        return {key: _rounded(each) for key, each in made.items()}
    if isinstance(made, list):
        return [_rounded(each) for each in made]
    return round(made, 9) + 0.0 if isinstance(made, float) else made


if __name__ == "__main__":
    _EXPECTED.write_text(_written(), encoding="utf-8")
