"""What a form can't carry, and what VOSviewer Online asks beyond the form, in words: nothing is lost in silence.

Authority: VOSviewer Online's checks of files (`src/utils/errors.js`, MIT licence), restated here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from benang.locale.writing import worded
from benang.map_files.contents import Contents
from benang.map_files.file import ids_written, number_in
from benang.map_files.own_key import key_written
from benang.map_files.xml_elements import can_hold
from benang.network.network import LINK_WEIGHTS
from benang.network.selection import LEAST_ITEMS

ALL = frozenset(
    {
        "ids",
        "places",
        "clusters",
        "cluster labels",
        "weights",
        "scores",
        "attributes",
        "attributes of links",
        "settings",
        "provenance",
        "records",
    }
)
"""What a map may hold beyond its labels and links."""

MOST_CLUSTERS_ONLINE = 1000
# What JavaScript's Number() takes for a number; an id that it writes otherwise is then another id.
_NUMERIC = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+")
_CANONICAL = re.compile(r"0|-?[1-9][0-9]{0,14}")


def left_out(contents: Contents, carries: Collection[str], *, records: bool) -> list[str]:
    """List what these contents hold and a form that `carries` no more than that leaves out."""
    return [text for part, text in _contained(contents, records=records) if part not in carries]


def _contained(contents: Contents, *, records: bool) -> list[tuple[str, str]]:
    network = contents.network
    extra = network.extras.get("link_attributes")
    settings = [name for name in network.extras if name != "link_attributes"]
    key = key_written(replace(contents).as_map(), records=False)
    weights = [name for name in network.weights if name not in LINK_WEIGHTS]
    parts = [
        ("ids", "ids (they became 1 to n)", not _are_numbers(network.ids)),
        ("places", "places of items", len(contents.unplaced) < len(network)),
        ("clusters", "clusters", bool(contents.cluster.any())),
        (
            "cluster labels",
            worded("names of {n} clusters", n=len(contents.cluster_labels)),
            bool(contents.cluster_labels),
        ),
        ("weights", worded("weights ({names})", names=", ".join(weights)), bool(weights)),
        ("scores", worded("scores ({names})", names=", ".join(network.scores)), bool(network.scores)),
        ("attributes", worded("attributes ({names})", names=", ".join(network.attributes)), bool(network.attributes)),
        (
            "attributes of links",
            worded("attributes of {n} links", n=len(extra) if isinstance(extra, dict) else 0),
            bool(extra),
        ),
        ("settings", worded("VOSviewer's settings ({names})", names=", ".join(settings)), bool(settings)),
        ("provenance", "how the map was made", key is not None),
        (
            "records",
            worded("{n:,} records behind the items", n=len(network.records)),
            network.incidence is not None and records,
        ),
    ]
    return [(part, text) for part, text, there in parts if there]


def _are_numbers(ids: Sequence[str]) -> bool:
    return all(re.fullmatch(r"[1-9][0-9]{0,14}", name) for name in ids)


def are_places(ids: Sequence[str]) -> bool:
    """Recognise ids that are 1 to n in order, which a form without ids gives back."""
    return all(name == str(at) for at, name in enumerate(ids, start=1))


def xml_remarks(contents: Contents) -> list[str]:
    """Say where characters had to be left out that XML can't hold."""
    network = contents.network
    texts = [*network.labels, *(v for values in network.attributes.values() for v in values if isinstance(v, str))]
    count = sum(not can_hold(text) for text in texts)
    return [worded("control characters in {n:,} texts, which XML does not allow", n=count)] if count else []


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
    remarks: list[str] = []
    if len(network) < LEAST_ITEMS:
        remarks.append(worded("VOSviewer does not open maps with fewer than {n} items", n=LEAST_ITEMS))
    if len(contents.cluster) and contents.cluster.max() > MOST_CLUSTERS_ONLINE:
        remarks.append(worded("VOSviewer supports at most {n:,} clusters", n=MOST_CLUSTERS_ONLINE))
    if len(contents.unplaced) == 0 and len(network) and (contents.xy == contents.xy[0]).all():
        remarks.append("VOSviewer does not open maps whose items all lie at one point")
    remarks.extend(
        worded(
            "VOSviewer reads the attribute '{name}' as weights and expects numbers: rename it"
            if kind == "weight"
            else "VOSviewer reads the attribute '{name}' as scores and expects numbers: rename it",
            name=name,
        )
        for name, values in network.attributes.items()
        for kind in ("weight", "score")
        if kind in name or kind.capitalize() in name
        if not all(_is_number(value, kind) for value in values)
    )
    return remarks


def _is_number(value: object, kind: str) -> bool:
    number = number_in(value)
    return value is None if number is None else kind == "score" or (number >= 0 and math.isfinite(number))
