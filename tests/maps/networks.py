"""Small networks whose layout and clusters are known, and the objective in plain Python to compare with."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Matrix = sparse.csr_array[np.float64]

EXPONENTS = [(2, 1), (2, 0), (2, -1), (2, -2), (1, 0), (1, -1), (1, -2), (0, -1), (-1, -2), (3, 2), (1.5, 0.5), (4, -3)]
"""Every branch of the compiled code, and some in between."""


def symmetric(n: int, edges: dict[tuple[int, int], float]) -> Floats:
    """Make a symmetric matrix from strengths of pairs."""
    matrix = np.zeros((n, n))
    for (i, j), strength in edges.items():
        matrix[i, j] = matrix[j, i] = strength
    return matrix


def clique(n: int, strength: float = 1.0) -> Floats:
    """Link all pairs alike."""
    return symmetric(n, {(i, j): strength for i in range(n) for j in range(i)})


def star(n: int) -> Floats:
    """Link the first node to all others."""
    return symmetric(n, {(0, j): 1.0 for j in range(1, n)})


def two_cliques(size: int, bridge: float) -> Floats:
    """Join two cliques by one edge between the last node of one and the first of the other."""
    edges = {(first + i, first + j): 1.0 for first in (0, size) for i in range(size) for j in range(i)}
    return symmetric(2 * size, {**edges, (size - 1, size): bridge})


def scattered(n: int, seed: int, degree: float = 4.0, parts: int = 1) -> Matrix:
    """Draw a network at random, connected unless it is cut in several parts."""
    rng = np.random.default_rng(seed)
    part = np.arange(n) * parts // n
    edges = {}
    for j in range(1, n):
        near = np.flatnonzero(part[:j] == part[j])
        if len(near):
            edges[int(rng.choice(near)), j] = float(rng.uniform(0.5, 3))
    for i, j in rng.integers(0, n, (int(degree * n / 2), 2)):
        if i < j and part[i] == part[j]:
            edges[int(i), int(j)] = float(rng.uniform(0.5, 3))
    return sparse.csr_array(symmetric(n, edges))


def grouped(n: int, seed: int = 5) -> Matrix:
    """Make a network of groups of twenty, with some ties between them."""
    rng = np.random.default_rng(seed)
    one = rng.integers(0, n, 8 * n)
    near = rng.random(len(one)) < 0.8
    other = np.where(near, one // 20 * 20 + rng.integers(0, 20, len(one)), rng.integers(0, n, len(one)))
    apart = one != other
    counts = sparse.csr_array((np.ones(int(apart.sum())), (one[apart], other[apart])), (n, n))
    return sparse.csr_array(counts + counts.T)


def vosviewer_map(folder: Path, name: str) -> tuple[Matrix, Floats]:
    """Read a VOSviewer map: association strengths by the formula, and the coordinates that it stored."""
    body = json.loads((folder / "vosviewer" / f"{name}_network.json").read_text(encoding="utf-8-sig"))["network"]
    place = {str(item["id"]): number for number, item in enumerate(body["items"])}
    counts = np.zeros((len(place), len(place)))
    for link in body["links"]:
        i, j = place[str(link["source_id"])], place[str(link["target_id"])]
        if i != j:
            counts[i, j] += link.get("strength", 1)
            counts[j, i] += link.get("strength", 1)
    total = counts.sum(axis=1)
    xy = np.array([(item["x"], item["y"]) for item in body["items"]])
    return sparse.csr_array(counts * total.sum() / np.outer(total, total)), xy


def power(distance: float, exponent: float) -> float:
    """Return d^p, or ln d where p is 0."""
    return distance**exponent if exponent else math.log(distance)


def plain_objective(
    xy: Sequence[Sequence[float]] | Floats, strengths: Floats, a: float, r: float, extra: float = 0.0
) -> float:
    """Sum the VOS objective pair by pair, at the scale that the layout has."""
    q = 0.0
    for i, j in itertools.combinations(range(len(xy)), 2):
        distance = math.hypot(xy[i][0] - xy[j][0], xy[i][1] - xy[j][1])
        q += (strengths[i][j] + extra) * power(distance, a) / (a or 1) - power(distance, r) / (r or 1)
    return q


def distances(xy: Floats) -> Floats:
    """Return all distances between nodes (n × n)."""
    apart: Floats = np.sqrt(((xy[:, np.newaxis] - xy[np.newaxis]) ** 2).sum(axis=2))
    return apart


def procrustes_r2(one: Floats, other: Floats) -> float:
    """Return the squared correlation of two layouts after the best move, turn, mirror and scale."""
    p, q = one - one.mean(axis=0), other - other.mean(axis=0)
    return float(np.linalg.svd(p.T @ q, compute_uv=False).sum() ** 2 / ((p * p).sum() * (q * q).sum()))
