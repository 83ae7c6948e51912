"""The objective of VOSviewer's published maps, beside what one call with default settings finds.

    python benchmarks/stored_maps.py FOLDER [--seeds 0 1 2]

FOLDER holds maps of VOSviewer Online as JSON files (they are in the folder `data` of its repository; a stem may be
followed by `_network`). Each is laid out anew by its association strengths, with the exponents for which the published
coordinates are stationary. Q* is the objective at a layout's best scale; lower is better. "Behind" is how far the
published coordinates lie above the layout found; "moved on" is by what share Q* falls when the layout found is polished
further.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.layout import vos_layout
from benang.layout.descent import descend
from benang.layout.objective import layout_objective
from benang.layout.search import usual
from benang.network.strengths import edges_of

Floats = NDArray[np.float64]
Matrix = sparse.csr_array[np.float64]

EXPONENTS = {
    "QSS_publication_bibliographic_coupling": (1, -1),
    "Dimensions_obesity_journal_bibliographic_coupling": (1, 0),
    "Dimensions_COVID19_research_organization_co-authorship": (2, 1),
    "QSS_SM_2020-2021_co-authorship": (2, -2),
    "Dimensions_scientometrics_researcher_co-authorship": (1, -2),
    "Economics_journal_co-citation": (2, 1),
    "Leiden_Ranking_2015_university_collaboration": (1, -1),
    "Zeta-Alpha_ICLR2021": (1, -1),
    "Scientometrics_term_co-occurrence": (1, 0),
    "Zeta-Alpha_ICLR2022": (1, -1),
    "Alzheimer_tau_term_cooccurrence": (1, 0),
}
"""The published coordinates are stationary for these."""


def stored_map(path: Path) -> tuple[Matrix, Floats]:
    """Read association strengths, and the coordinates stored."""
    body = json.loads(path.read_text(encoding="utf-8-sig"))["network"]
    place = {str(item["id"]): number for number, item in enumerate(body["items"])}
    ends = np.array([(place[str(link["source_id"])], place[str(link["target_id"])]) for link in body["links"]])
    counts = np.array([float(link.get("strength", 1)) for link in body["links"]])
    apart = ends[:, 0] != ends[:, 1]
    half = sparse.csr_array((counts[apart], (ends[apart, 0], ends[apart, 1])), (len(place), len(place)))
    links = sparse.csr_array(half + half.T)
    links.sort_indices()
    totals = np.asarray(links.sum(axis=1)).ravel()
    links.data *= totals.sum() / np.repeat(totals, np.diff(links.indptr)) / totals[links.indices]
    return links, np.array([(float(item["x"]), float(item["y"])) for item in body["items"]])


def compared(name: str, path: Path, seed: int) -> bool:
    """Print one row; say whether the layout found is not above the published one."""
    strengths, xy = stored_map(path)
    a, r = EXPONENTS[name]
    stored = layout_objective(xy, strengths, a, r)
    begin, busy = time.perf_counter(), time.process_time()
    made = vos_layout(strengths, attraction=a, repulsion=r, seed=seed)
    took, worked = time.perf_counter() - begin, time.process_time() - busy
    further = descend(usual(edges_of(strengths)), made.xy.T.copy(), a, r, tolerance=1e-9, max_steps=500)
    polished = layout_objective(further.xy.T, strengths, a, r)
    print(
        f"{name[:48]:48} {len(xy):5} {strengths.nnz // 2:8,} {f'{a}, {r}':>6} {seed:4} {stored:16,.3f} "
        f"{made.objective:16,.3f} {100 * (stored - made.objective) / abs(made.objective):+9.4f} % "
        f"{(made.objective - polished) / abs(made.objective):9.0e} {took:8.1f} {worked:9.1f}",
        flush=True,
    )
    return made.objective <= stored


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder of VOSviewer's JSON files")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="seeds (0)")
    given = parser.parse_args()
    found = [
        (name, path)
        for name in EXPONENTS
        for path in (given.folder / f"{name}.json", given.folder / f"{name}_network.json")
        if path.is_file()
    ]
    if not found:
        parser.error(
            f"no map that is known here lies in {given.folder}; expected for example {next(iter(EXPONENTS))}.json"
        )
    vos_layout([[0, 1.0], [1.0, 0]], repulsion=-1)  # compile
    print(
        f"{'map':48} {'items':>5} {'links':>8} {'a, r':>6} {'seed':>4} {'Q* published':>16} {'Q* found':>16} "
        f"{'behind':>11} {'moved on':>9} {'seconds':>8} {'processor':>9}"
    )
    below = [compared(name, path, seed) for name, path in found for seed in given.seeds]
    print(f"\n{sum(below)} of {len(below)} layouts are at or below the published one.")


if __name__ == "__main__":
    main()
