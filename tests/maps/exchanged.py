"""Maps of which everything is known, drawn maps, and the way of both through a file and back."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st
from scipy import sparse

from benang.evidence import Step
from benang.map_files import read_contents, write_contents
from benang.map_files.contents import Contents
from benang.maps import UNTOLD, LayoutRun, Map, MapSettings
from benang.network import UNTOLD as UNSAID
from benang.network.network import Cited, Network, symmetric, with_link_weights


def toy_map(**changes: Any) -> Map:
    """Make a map of three items of which everything is known."""
    network = with_link_weights(
        Network(
            ids=("desa", "kota", "provinsi"),
            labels=("desa", "Kota", "provinsi"),
            links=symmetric(3, [0, 1], [1, 2], [2.0, 0.5]),
            weights={"Occurrences": np.array([2.0, 3.0, 1.0])},
            scores={"Avg. pub. year": np.array([2019.5, 2020.0, np.nan])},
            attributes={"url": ("https://example.org/desa", None, None), "pages": (12, [1, 2], None)},
            records=("sari2019", "putra2020", "dewi2020"),
            record_labels=("Sari 2019", "", "Dewi 2020"),
            incidence=sparse.csr_array(np.array([[1.0, 1, 0], [1, 1, 0], [0, 1, 1]])),
            cited=Cited(
                ("c1", "c2"), ("Weber 1922", "Simmel 1903"), sparse.csr_array(np.array([[1.0, 0, 1], [0, 1, 1]]))
            ),
            item_kind="author-keywords",
            link_kind="co-occurrence",
            history=(Step("threshold", {"min_occurrences": 1}, {"items": 3, "kept": 3}),),
            extras={
                "info": {"title": "Tiga"},
                "link_attributes": {("kota", "desa"): {"url": "https://example.org/link", "years": [2019, 2020]}},
            },
        )
    )
    return Map(
        **{
            "network": network,
            "xy": np.array([[-0.123456789123, 0.5], [0.25, 0.0], [1.0, -1 / 3]]),
            "cluster": np.array([1, 1, 0]),
            "cluster_labels": {1: "Tempat"},
            "settings": MapSettings(layout=LayoutRun(attraction=2, repulsion=0, seed=3)),
            **changes,
        }
    )


def coupled_map() -> Map:
    """Make a map of three documents that cite two works."""
    cited = Cited(("c1", "c2"), ("Weber 1922", "Simmel 1903"), sparse.csr_array(np.array([[1.0, 0, 1], [0, 1, 1]])))
    made = toy_map()
    network = replace(
        made.network, incidence=sparse.csr_array(np.eye(3)), cited=cited, item_kind="documents", link_kind="coupling"
    )
    return replace(made, network=network)


def written(folder: Path, name: str, content: object) -> Path:
    """Write a small file, JSON where it is no text."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def vosviewer(items: list[Any], links: list[Any] | None = None) -> dict[str, Any]:
    """Make the body of a VOSviewer JSON."""
    return {"network": {"items": items, "links": links or []}}


PLACED = [{"id": 1, "label": "a", "x": 0, "y": 0}, {"id": 2, "label": "b", "x": 1, "y": 0}]


def there_and_back(contents: Contents, suffix: str) -> Contents:
    """Write contents in a form and read them again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"any{suffix}"
        write_contents(contents, path)
        return read_contents(path)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
"""Texts of any kind."""

PRINTED = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\u2028\u2029\x85"), max_size=12
    )
    .map(str.strip)
    .filter(bool)
)
"""Texts as people write them: no control characters, no blanks around."""

NUMBERS = st.floats(0, 1e6, allow_nan=False)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(-1e9, 1e9), st.lists(st.integers())
)


@st.composite
def maps(draw: st.DrawFn, texts: st.SearchStrategy[str] = NAMES, values: st.SearchStrategy[Any] = VALUES) -> Map:
    """Draw a map with anything a map can hold, made of such texts and of such values of attributes."""
    ids = tuple(draw(st.lists(texts, min_size=2, max_size=6, unique=True)))
    n = len(ids)
    places = st.integers(0, n - 1)
    links = draw(st.lists(st.tuples(places, places, st.floats(0.001, 1e6)), max_size=8))
    columns = [list(column) for column in zip(*links, strict=True)] or [[], [], []]
    attributes = draw(st.dictionaries(texts.filter(_is_free), st.tuples(*[st.one_of(values, texts)] * n), max_size=3))
    return Map(
        network=with_link_weights(
            Network(
                ids,
                draw(st.tuples(*[texts] * n)),
                symmetric(n, *columns),
                weights={"Documents": np.array(draw(st.tuples(*[NUMBERS] * n)))},
                scores={"Mean": np.array(draw(st.tuples(*[st.one_of(st.just(np.nan), NUMBERS)] * n)))},
                attributes={name: column for name, column in attributes.items() if any(v is not None for v in column)},
            )
        ),
        xy=np.array(draw(st.tuples(*[st.tuples(st.floats(-9, 9), st.floats(-9, 9))] * n))),
        cluster=np.array(draw(st.tuples(*[st.integers(0, 5)] * n))),
    )


def _is_free(name: str) -> bool:
    """Tell a name that means nothing else in any form."""
    lower = name.lower().strip()
    taken = {"id", "label", "x", "y", "cluster", "records", "name", "title", "group", "membership", "community"}
    return lower not in taken and not any(part in lower for part in ("weight", "score", "cluster"))


def same(one: Any, other: Any) -> bool:
    """Tell whether two columns hold the same, NaN included."""
    return bool(np.array_equal(np.asarray(one), np.asarray(other), equal_nan=True))


def _bare(network: Network) -> Network:
    return replace(network, history=(), settings=UNSAID, incidence=None, records=())


def without_history(made: Map) -> Map:
    """Return a map as another program would know it."""
    return replace(made, settings=UNTOLD, network=_bare(made.network))
