"""What VOSviewer and VOSviewer Online ask of a file beyond its form.

Authority: VOSviewer Online's checks of files (`src/utils/errors.js`, MIT licence), restated here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from benang.map_files.contents import Contents
from benang.map_files.values import ids_written, number_in

LEAST_ITEMS = 3
MOST_CLUSTERS_ONLINE = 1000

# What JavaScript's Number() takes for a number; an id that it writes otherwise is then another id.
_NUMERIC = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+")
_CANONICAL = re.compile(r"0|-?[1-9][0-9]{0,14}")


def ids_for_online(ids: Sequence[str]) -> list[int] | list[str] | None:
    """Return ids as VOSviewer can read them, or None where it would take some for another number or for none.

    Examples
    --------
    >>> ids_for_online(["1", "2"]), ids_for_online(["0", "1"]), ids_for_online(["kota", "desa"])
    ([1, 2], ['0', '1'], ['kota', 'desa'])
    >>> ids_for_online(["1", "01"]), ids_for_online(["null", "desa"])
    (None, None)
    """
    return ids_written(ids) if all(map(_is_kept, ids)) else None


def _is_kept(name: str) -> bool:
    bare = name.strip()
    if bare.lower() in {"", "null", "nan", "infinity", "+infinity", "-infinity"}:
        return False
    return not _NUMERIC.fullmatch(bare) or (bare == name and bool(_CANONICAL.fullmatch(bare)))


def online_remarks(contents: Contents) -> list[str]:
    """Say for what reasons VOSviewer would not open a file with these contents."""
    network = contents.network
    remarks = []
    if len(network) < LEAST_ITEMS:
        remarks.append(f"VOSviewer opens no map of fewer than {LEAST_ITEMS} items")
    if len(contents.cluster) and contents.cluster.max() > MOST_CLUSTERS_ONLINE:
        remarks.append(f"VOSviewer knows {MOST_CLUSTERS_ONLINE:,} clusters at most")
    if len(contents.unplaced) == 0 and len(network) and (contents.xy == contents.xy[0]).all():
        remarks.append("VOSviewer opens no map whose items all stand at one point")
    remarks.extend(
        f"VOSviewer takes the attribute '{name}' for {kind}s and wants numbers in it: rename it"
        for name, values in network.attributes.items()
        for kind in ("weight", "score")
        if kind in name or kind.capitalize() in name
        if not all(_is_number(value, kind) for value in values)
    )
    return remarks


def _is_number(value: object, kind: str) -> bool:
    number = number_in(value)
    return value is None if number is None else kind == "score" or (number >= 0 and math.isfinite(number))
