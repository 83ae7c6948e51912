"""In which forms maps and networks are written, by the suffix of the file; one line a form, and what it can't carry."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.map_files.columns import format_item_table, numbered
from benang.map_files.contents import Contents
from benang.map_files.gml import format_gml
from benang.map_files.graph_data import edges_of
from benang.map_files.graph_xml import format_gexf, format_graphml
from benang.map_files.network_table import format_edge_table, format_network_table
from benang.map_files.own_key import key_written
from benang.map_files.pajek import format_pajek, pajek_label
from benang.map_files.pajek_values import format_values, vector_of
from benang.map_files.vosviewer_json import format_json, online_remarks
from benang.map_files.xml_elements import can_hold
from benang.network.network import LINK_WEIGHTS, Floats

_DECIMALS = 4  # of VOSviewer's map files
_MARK = "utf-8-sig"  # with a byte order mark, as VOSviewer writes it, so that Windows takes it for UTF-8

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

Write = Callable[[Contents, Path, bool], Mapping[Path, bytes]]
Remarks = Callable[[Contents], list[str]]


@dataclass(frozen=True)
class Target:
    """A form to write: its name, its function, the files that go beside, what it carries, what else it must say."""

    name: str
    write: Write
    companions: Callable[[Path], tuple[Path, ...]] = lambda _: ()
    carries: frozenset[str] = ALL
    remarks: Remarks = lambda _: []


@dataclass(frozen=True)
class Formatted:
    """What is to be written: the bytes of each file, and what each form leaves out or changes, in words."""

    files: Mapping[Path, bytes]
    told: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)


def beside(path: Path) -> Path:
    """Return the name of the network file that belongs to a map file.

    Examples
    --------
    >>> beside(Path("topics.txt")).name, beside(Path("topics_map.txt")).name
    ('topics_network.txt', 'topics_network.txt')
    """
    return path.with_name(f"{path.stem.removesuffix('_map')}_network{path.suffix}")


def items_beside(path: Path) -> Path:
    """Return the name of the table of items that belongs to an edge list.

    Examples
    --------
    >>> items_beside(Path("topics.csv")).name
    'topics_items.csv'
    """
    return path.with_name(f"{path.stem}_items{path.suffix}")


def target_of(path: Path) -> Target | None:
    """Return the form that a suffix names."""
    return TARGETS.get(path.suffix.lower())


def companions(path: Path | str) -> tuple[Path, ...]:
    """Return the files that may be written beside a file, for instance the network of a map file.

    Examples
    --------
    >>> [path.name for path in companions("topics.txt")], companions("topics.json")
    (['topics_network.txt'], ())
    """
    target = target_of(Path(path))
    return target.companions(Path(path)) if target else ()


def formatted(contents: Contents, *paths: Path, records: bool = True) -> Formatted:
    """Write contents in the forms that the suffixes name, into memory.

    Raises
    ------
    BenangError
        For a suffix that is not known, and what a form can't hold at all.
    """
    unknown = [path for path in paths if target_of(path) is None]
    if unknown:
        raise BenangError(
            *(
                Problem(
                    worded("the suffix '{suffix}'", suffix=path.suffix) if path.suffix else "a name without a suffix",
                    where=str(path),
                    expected=worded("one of {names}", names=", ".join(TARGETS)),
                )
                for path in unknown
            )
        )
    files: dict[Path, bytes] = {}
    remarks_of: dict[Path, tuple[str, ...]] = {}
    for path in dict.fromkeys(paths):
        target = TARGETS[path.suffix.lower()]
        files |= target.write(contents, path, records)
        remarks = (*left_out(contents, target.carries, records=records), *target.remarks(contents))
        if remarks:
            remarks_of[path] = remarks
    return Formatted(files, remarks_of)


def _json(contents: Contents, path: Path, records: bool) -> dict[Path, bytes]:
    return {path: format_json(contents, records=records).encode("utf-8")}


def _text(contents: Contents, path: Path, _: bool) -> dict[Path, bytes]:
    ids = numbered(contents.network.ids)
    return {
        path: format_item_table(contents, ids, delimiter="\t", decimals=_DECIMALS).encode(_MARK),
        beside(path): format_network_table(contents.network, ids).encode("utf-8"),
    }


def _edges(delimiter: str) -> Write:
    def write(contents: Contents, path: Path, _: bool) -> dict[Path, bytes]:
        network = contents.network
        links, _columns = edges_of(network)
        return {
            path: format_edge_table(network, links, delimiter).encode(_MARK),
            items_beside(path): format_item_table(
                contents, network.ids, delimiter=delimiter, for_spreadsheets=True
            ).encode(_MARK),
        }

    return write


def _graphml(contents: Contents, path: Path, records: bool) -> dict[Path, bytes]:
    return {path: format_graphml(contents, records=records).encode("utf-8")}


def _gexf(contents: Contents, path: Path, records: bool) -> dict[Path, bytes]:
    return {path: format_gexf(contents, records=records).encode("utf-8")}


def _gml(contents: Contents, path: Path, records: bool) -> dict[Path, bytes]:
    return {path: format_gml(contents, records=records).encode("ascii")}


def _pajek(*, matrix: bool = False, project: bool = False) -> Write:
    def write(contents: Contents, path: Path, _: bool) -> dict[Path, bytes]:
        files = {path: _pajek_bytes(format_pajek(contents, matrix=matrix, project=project))}
        if not project and contents.cluster.any():
            files |= _partition(contents, path.with_suffix(".clu"), False)
        return files

    return write


def _partition(contents: Contents, path: Path, _: bool) -> dict[Path, bytes]:
    return {path: format_values(contents.cluster.tolist()).encode("utf-8")}


def _vector(contents: Contents, path: Path, _: bool) -> dict[Path, bytes]:
    vector = vector_of(contents)
    if vector is None:
        raise BenangError(Problem("a network without weights", where=str(path), expected="a weight for the vector"))
    return {path: format_values(vector[1]).encode("utf-8")}


def _pajek_bytes(text: str) -> bytes:
    # Pajek takes text with a byte order mark for UTF-8; igraph and networkx know none, so that ASCII goes without.
    return text.encode("utf-8" if text.isascii() else _MARK)


def _json_remarks(contents: Contents) -> list[str]:
    some = 0 < len(contents.unplaced) < len(contents.network)
    places = ["places of the items that have one: VOSviewer needs places for all items or for none"] if some else []
    return [*places, *online_remarks(contents)]


def _text_remarks(contents: Contents) -> list[str]:
    network = contents.network
    columns = [contents.xy, *network.weights.values(), *network.scores.values()]
    return [*_rounded(columns), *online_remarks(contents)]


def _rounded(columns: list[Floats]) -> list[str]:
    rounded = any(not np.array_equal(np.round(values, _DECIMALS), values, equal_nan=True) for values in columns)
    return [worded("digits beyond {n} decimals, as in VOSviewer", n=_DECIMALS)] if rounded else []


def _pajek_remarks(contents: Contents) -> list[str]:
    labels = sum(pajek_label(label) != label for label in contents.network.labels)
    remarks: list[str] = [worded("quotation marks and double spaces in {n:,} labels", n=labels)] if labels else []
    return remarks if len(contents.unplaced) else [*remarks, "the scale of places, which in Pajek lie between 0 and 1"]


def _ids_remarks(contents: Contents) -> list[str]:
    ids = contents.network.ids
    became = not are_places(ids)
    return [*(["ids (they became 1 to n)"] if became else []), *_pajek_remarks(contents)]


def _vector_remarks(contents: Contents) -> list[str]:
    vector = vector_of(contents)
    return [worded("all but the weight '{name}'", name=vector[0])] if vector else []


_TABLE = frozenset({"places", "clusters", "weights", "scores", "attributes"})
_NET = frozenset({"ids", "places", "clusters"})


def _clu(path: Path) -> tuple[Path, ...]:
    return (path.with_suffix(".clu"),)


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


TARGETS: Mapping[str, Target] = {
    ".json": Target("VOSviewer JSON", _json, remarks=_json_remarks),
    ".txt": Target(
        "VOSviewer map and network files", _text, lambda path: (beside(path),), _TABLE, remarks=_text_remarks
    ),
    ".gml": Target("GML", _gml),
    ".graphml": Target("GraphML", _graphml, remarks=xml_remarks),
    ".gexf": Target("GEXF 1.3", _gexf, remarks=xml_remarks),
    ".net": Target("Pajek network", _pajek(), _clu, _NET, remarks=_ids_remarks),
    ".mat": Target("Pajek matrix", _pajek(matrix=True), _clu, _NET, remarks=_ids_remarks),
    ".paj": Target("Pajek project", _pajek(project=True), carries=_NET | {"weights", "scores"}, remarks=_ids_remarks),
    ".clu": Target("Pajek partition", _partition, remarks=lambda _: ["all but the clusters"]),
    ".vec": Target("Pajek vector", _vector, remarks=_vector_remarks),
    ".csv": Target(
        "edge list", _edges(","), lambda path: (items_beside(path),), _TABLE | {"ids", "attributes of links"}
    ),
    ".tsv": Target(
        "edge list", _edges("\t"), lambda path: (items_beside(path),), _TABLE | {"ids", "attributes of links"}
    ),
}
"""The suffixes that are written."""
