"""A layout is the same on processors that add in another order: no twins change places, and nothing visibly moves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benang.layout import standardized, vos_layout
from benang.layout.objective import GRID, is_lower, lowest, on_grid

OTHER = {
    "NUMBA_CPU_NAME": "generic",
    "NUMBA_CPU_FEATURES": "",
    "OPENBLAS_CORETYPE": "Nehalem",
    "NPY_DISABLE_CPU_FEATURES": "AVX512F AVX512CD AVX512_SKX AVX2 FMA3",
}
"""A processor of 2008: two numbers at a time, and no multiplication with addition in one."""

LAID_OUT = """
import json, sys
sys.path.insert(0, sys.argv[1])
from tests.layout.test_repeatable import NETWORKS, EXPONENTS, places
print(json.dumps([places(links, *EXPONENTS[name]) for name, links in NETWORKS.items()]))
"""


def _network(n: int, *pairs: tuple[int, int]) -> list[list[float]]:
    links = np.zeros((n, n))
    for i, j in pairs:
        links[i, j] = links[j, i] = 1.0 + (i + j) % 3
    return links.tolist()


NETWORKS = {
    "a triangle": (np.ones((3, 3)) - np.eye(3)).tolist(),
    "all alike": (np.ones((8, 8)) - np.eye(8)).tolist(),
    "a star of twins": _network(7, *((0, at) for at in range(1, 7))),
    "twins between two groups": _network(
        12, *((i, j) for i in range(5) for j in range(i)), *((i, j) for i in range(7, 12) for j in range(7, i)),
        *((5, i) for i in (0, 1, 7, 8)), *((6, i) for i in (0, 1, 7, 8)),
    ),
    "parts that nothing ties": _network(9, (0, 1), (1, 2), (3, 4), (4, 5), (6, 7), (7, 8), (6, 8)),
}  # fmt: skip
EXPONENTS = dict.fromkeys(NETWORKS, (2, 1)) | {"twins between two groups": (2, 0)}


def places(links: list[list[float]], attraction: int, repulsion: int) -> list[list[float]]:
    """Lay out a network; the places of its nodes."""
    made = vos_layout(np.array(links), attraction=attraction, repulsion=repulsion).xy
    return [[float(x), float(y)] for x, y in made]


def test_twins_and_symmetric_networks_lie_alike_on_another_processor(project_root: Path, tmp_path: Path) -> None:
    """What a processor without wide registers lays out differs by less than a ten-thousandth of the mean distance."""
    caches = {name: str(tmp_path) for name in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "BENANG_CACHE")}
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", LAID_OUT, str(project_root)],
            env=os.environ | OTHER | caches,
            capture_output=True,
            text=True,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        if "CPU" in str(error.stderr):
            pytest.skip("this processor can't be taken for another one")
        raise AssertionError(error.stderr) from error
    there: list[Any] = json.loads(done.stdout.splitlines()[-1])
    for (name, links), other in zip(NETWORKS.items(), there, strict=True):
        assert np.abs(np.array(places(links, *EXPONENTS[name])) - np.array(other)).max() < 1e-4, name


def test_places_on_the_grid_forget_their_last_digits() -> None:
    """A difference of rounding goes, a place moves by half a cell at most, and 5,001 nodes stay as they are."""
    xy = np.random.default_rng(0).standard_normal((2, 400))

    assert (on_grid(xy) == on_grid(xy * (1 + 1e-15))).all()
    assert np.abs(on_grid(xy) - xy).max() <= GRID / 2
    many = np.random.default_rng(0).standard_normal((2, 5001))
    assert on_grid(many) is many


def test_of_equally_good_layouts_the_first_is_kept() -> None:
    """An objective is lower only where it is by more than rounding; one that is no number is never chosen."""
    assert lowest([-5.0, -5.0 - 1e-12, -4.0], float) == -5.0
    assert lowest([-5.0, -5.001], float) == -5.001
    assert is_lower(3.0, np.inf)
    assert not is_lower(np.inf, 3.0)


def test_a_median_that_rounding_moves_decides_no_side() -> None:
    """Mirror images whose median is 0 but for the last digits are turned alike."""
    square = np.array([[-1.0, 0.5], [1.0, 0.5], [0.3, -0.5], [0.1, -0.5], [0.0, 0.0]])
    nudged = square + np.array([[0, 0], [0, 0], [0, 0], [0, 0], [1e-9, -1e-9]])

    assert np.abs(standardized(square) - standardized(nudged)).max() < 1e-7
