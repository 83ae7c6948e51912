"""Networks and maps that know all they may, and what two of them differ in."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import strategies as st
from scipy import sparse

from benang.evidence import Step
from benang.maps import LayoutRun, Map, MapSettings
from benang.network import NetworkSettings, RecordCounts
from benang.network.network import Cited, Network, symmetric


def full_network() -> Network:
    """Return four items with everything: the last has no link, the third no score."""
    return Network(
        ids=("1", "2", "a<b", "z"),
        labels=("kota", "desa", "kota", "<b>pasar</b>"),
        links=symmetric(4, [0, 1], [1, 2], [2.5, 1.0]),
        weights={"Occurrences": np.array([3.0, 2.0, 1.0, 1.0]), "Links": np.array([9.0, 9.0, 9.0, 9.0])},
        scores={"Avg. pub. year": np.array([2019.5, 2020.0, math.nan, 2001.0]), "none": np.full(4, math.nan)},
        attributes={
            "url": ("https://example.org", None, "", None),
            "x": (1, None, 2, 3),
            "name": ("n", "n", None, "m"),
            "weight<Links>": ("no weight", None, None, None),
            "tags": (["a", "b"], [], None, ["c"]),
            "mixed": (1, "one", 1.5, None),
            "true": (True, False, None, True),
            "nested": ({"a": [1, None]}, None, None, {"b": {}}),
            "empty": (None, None, None, None),
            "gaps": (1.5, math.nan, None, 2.0),
        },
        records=("r1", "r2", "r3"),
        incidence=sparse.csr_array(np.array([[1.0, 1, 0, 0], [1, 1, 1, 0], [0, 0, 0, 0]])),
        record_labels=("Sari 2019", "Lee 2020", "Ani 2001"),
        cited=Cited(("w1", "w2"), ("Work one", "Work two"), sparse.csr_array(np.array([[1.0, 1, 0], [0, 1, 1]]))),
        unit="cases",
        item_kind="author-keywords",
        link_kind="co-occurrence",
        settings=NetworkSettings("binary", RecordCounts(read=3, origins={"title": "assigned"})),
        history=(Step("read", {"files": ("a.ris",), "kept": ["x", ("y",)], "top": None}, {"read": 3, "share": 0.5}),),
        extras={
            "config": {"parameters": {"attraction": 2}},
            "link_attributes": {
                ("2", "1"): {"url": "https://example.org", "strength": "strong"},
                ("2", "a<b"): {"note": None},
                ("1", "z"): {"note": "of a link that is none"},
            },
        },
    )


def full_map() -> Map:
    """Return that network as a map: the last item has no cluster, one cluster a name."""
    xy = np.array([[0.1, -1.0], [1 / 3, 0.0], [2.0, 5.5], [-1e-9, 1e9]])
    settings = MapSettings(layout=LayoutRun(attraction=2, seed=0), cluster_names_lost=("harbours",), rest={"note": [1]})
    return Map(full_network(), xy, np.array([1, 1, 2, 0]), {2: "Markets & towns"}, settings)


def bare_networks() -> st.SearchStrategy[Network]:
    """Draw networks of up to five items, of which some have no link."""
    n = 5
    links = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.floats(1e-9, 1e9)), max_size=6)
    score = st.floats(allow_infinity=False)
    return st.builds(
        lambda labels, drawn, scores: Network(
            tuple(f"i{at}" for at in range(n)),
            tuple(labels),
            symmetric(n, [a for a, _, _ in drawn], [b for _, b, _ in drawn], [s for _, _, s in drawn]),
            scores={"score": np.array(scores)},
        ),
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3), min_size=n, max_size=n),
        links,
        st.lists(score, min_size=n, max_size=n),
    )


def unlike(one: Network, other: Network) -> list[str]:
    """Name the parts in which two networks differ."""
    plain = (
        "ids",
        "labels",
        "records",
        "record_labels",
        "unit",
        "item_kind",
        "link_kind",
        "history",
        "settings",
        "extras",
    )
    parts = [name for name in plain if getattr(one, name) != getattr(other, name)]
    parts += [name for name in ("links", "incidence") if not _alike(getattr(one, name), getattr(other, name))]
    for name in ("weights", "scores"):
        columns, others = getattr(one, name), getattr(other, name)
        if list(columns) != list(others) or any(columns[c].tobytes() != others[c].tobytes() for c in columns):
            parts.append(name)
    if repr(list(one.attributes.items())) != repr(list(other.attributes.items())):
        parts.append("attributes")
    cited, others_cited = one.cited, other.cited
    if (cited is None) != (others_cited is None) or (
        cited is not None
        and others_cited is not None
        and (
            (cited.ids, cited.labels) != (others_cited.ids, others_cited.labels)
            or not _alike(cited.matrix, others_cited.matrix)
        )
    ):
        parts.append("cited")
    return parts


def unlike_maps(one: Map, other: Map) -> list[str]:
    """Name the parts in which two maps differ."""
    parts = [name for name in ("cluster_labels", "settings") if getattr(one, name) != getattr(other, name)]
    parts += [name for name in ("xy", "cluster") if not np.array_equal(getattr(one, name), getattr(other, name))]
    return unlike(one.network, other.network) + parts


def _alike(one: sparse.csr_array | None, other: sparse.csr_array | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(np.array_equal(getattr(one, part), getattr(other, part)) for part in ("indptr", "indices", "data"))
