"""What graph programs' forms have in common: typed columns, and foreign names; and graphs as JSON, only read.

Two texts of the graph as a whole carry what such a form (GraphML, GEXF, GML) has no place for: `benang` our own key,
`vosviewer` the rest of VOSviewer's JSON (`config`, `info`, the names of clusters) and which columns hold JSON. JSON
comes with nodes and links (networkx, D3) or with elements (Cytoscape).
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.map_files.columns import item_columns, item_of
from benang.map_files.contents import Contents, Parts
from benang.map_files.file import (
    File,
    LinkCollector,
    Links,
    chunks_of,
    json_told,
    name_of,
    number_told,
    refuse,
    shown,
    strength_told,
)
from benang.map_files.own_key import key_written
from benang.map_files.vosviewer_json import cluster_labels_of, clusters_listed, config_written, dumps, loaded
from benang.network.network import Network

Item = tuple[str, dict[str, object]]

_LABELS = ("name", "shared name", "title")
"""igraph and Cytoscape keep what people read in `name`."""

_GROUPS = ("modularity_class", "modularity class", "membership", "community", "group")
"""Where Gephi and igraph keep the group of a node; they number from 0."""
OWN, SETTINGS = "benang", "vosviewer"
"""The two texts of a graph that are ours."""
STRENGTHS = ("strength", "weight", "value")
"""How programs call the strength of a link, in small letters."""
_LONG = 2**63


@dataclass(frozen=True)
class Settled:
    """Items with VOSviewer's names for their fields, ids that replace those of the file, and what has to be said."""

    items: list[Item]
    ids: Mapping[str, str] = field(default_factory=dict)
    cluster_labels: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def settled_items(items: Sequence[Item], nodes: Sequence[str], *, named: bool) -> Settled:
    """Find ids, labels and clusters among the fields of items; `named` says that the file is one of ours.

    `nodes` are the ids by which edges name the items, which may have others of their own under `id`: igraph writes its
    own numbers and keeps the id that it read. That id counts where every node has one and no two the same.
    """
    own = [name_of(item.get("id")) for _, item in items]
    ids: dict[str, str] = {}
    if None not in own and len(set(own)) == len(own):
        ids = {node: str(name) for node, name in zip(nodes, own, strict=True)} if own != list(nodes) else {}
    else:
        for (_, item), node in zip(items, nodes, strict=True):
            if item.get("id") is not None:
                item["id (attribute)"] = item["id"]
            item["id"] = node
    _label(items)
    labels, notes = _cluster(items)
    if not named and not labels and not notes:
        none = sum(number_of(item.get("cluster")) == 0 for _, item in items)
        notes = [worded("{n:,} items in cluster 0 belong to no cluster, as in VOSviewer", n=none)] if none else []
    return Settled(list(items), ids, labels, tuple(notes))


def number_of(value: object) -> int | None:
    """Return a whole number from a value that is one, or text of one."""
    number = number_told(value) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return None
    return int(number) if float(number).is_integer() else None


def _label(items: Sequence[Item]) -> None:
    """Take the name of a node for its label where none has a label."""
    if any(item.get("label") for _, item in items):
        return
    names = [name for name in dict.fromkeys(key for _, item in items for key in item) if name.lower() in _LABELS]
    for name in sorted(names, key=lambda name: _LABELS.index(name.lower()))[:1]:
        for _, item in items:
            if item.get(name) is not None:
                item["label"] = item.pop(name)


def _cluster(items: Sequence[Item]) -> tuple[dict[int, str], list[str]]:
    """Make numbers of clusters that are named, or take the groups that another program found."""
    values = [item.get("cluster") for _, item in items]
    filled = [value for value in values if value not in (None, "")]
    if filled and any(isinstance(value, str) and number_of(value) is None for value in filled):
        counts = Counter(str(value) for value in filled)
        order = {name: at for at, name in enumerate(sorted(counts, key=lambda name: (-counts[name], name)), start=1)}
        for (_, item), value in zip(items, values, strict=True):
            item["cluster"] = None if value in (None, "") else order[str(value)]
        return {at: name for name, at in order.items()}, [
            worded("The {n} named clusters were numbered from the largest", n=len(order))
        ]
    if filled:
        for (_, item), value in zip(items, values, strict=True):
            number = number_of(value)
            item["cluster"] = value if number is None else number
        return {}, []
    return {}, _groups(items)


def _groups(items: Sequence[Item]) -> list[str]:
    names = dict.fromkeys(name for _, item in items for name in item if name.lower() in _GROUPS)
    for name in sorted(names, key=lambda name: _GROUPS.index(name.lower())):
        groups = [number_of(item.get(name)) for _, item in items]
        known = [group for group in groups if group is not None]
        if len(known) == len(items) and min(known) >= 0:
            shift = 1 if min(known) == 0 else 0
            for (_, item), group in zip(items, known, strict=True):
                item["cluster"] = group + shift
            read = "'{name}' was read as the cluster"
            return [worded("'{name}' was read as the cluster, numbered from 1" if shift else read, name=name)]
    return []


@dataclass(frozen=True)
class Columns:
    """Columns of items or links that one form writes: the type of each, its values, None where there is none."""

    types: Mapping[str, str]
    values: Mapping[str, Sequence[object]]

    @property
    def as_json(self) -> list[str]:
        """Names of the columns that hold JSON."""
        return [name for name, kind in self.types.items() if kind == "json"]


def typed_columns(columns: Mapping[str, Sequence[object]]) -> Columns:
    """Find the type of each column, leaving out those without a value.

    "string", "boolean", "long" (whole numbers), "double" (others), and "json" for all else and for mixtures.

    Examples
    --------
    >>> typed_columns({"a": ("x", None), "b": (1, 2), "c": (1, 0.5), "d": (True, "x"), "e": (None, None)}).types
    {'a': 'string', 'b': 'long', 'c': 'double', 'd': 'json'}
    """
    types = {name: _type(values) for name, values in columns.items() if any(value is not None for value in values)}
    return Columns(types, {name: columns[name] for name in types})


def _type(values: Sequence[object]) -> str:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {str}:
        return "string"
    if kinds == {bool}:
        return "boolean"
    if kinds <= {int, float} and all(value is None or abs(value) < _LONG for value in values):  # type: ignore[arg-type]
        return "long" if kinds == {int} else "double"
    return "json"


def written(value: object, kind: str) -> str:
    """Write a value of a column as text."""
    if kind == "json":
        return dumps(value)
    if kind == "boolean":
        return "true" if value else "false"
    return repr(float(value)) if kind == "double" else str(value)  # type: ignore[arg-type]


def read_as(text: str, kind: str) -> object:
    """Turn text into a value of a type; text that is none of it stays text, NaN is no value.

    Examples
    --------
    >>> read_as("3", "long"), read_as("3", "float"), read_as("TRUE", "boolean"), read_as("many", "int")
    (3, 3.0, True, 'many')
    """
    bare = text.strip()
    try:
        if kind in {"int", "integer", "long", "short", "byte"}:
            return int(bare)
        if kind in {"float", "double", "bigdecimal"}:
            number = float(bare)
            return number if math.isfinite(number) else None if math.isnan(number) else text
    except ValueError:
        return text if bare else None
    if kind == "boolean" and bare.lower() in {"true", "false", "1", "0"}:
        return bare.lower() in {"true", "1"}
    return text


def node_columns(contents: Contents, *, records: bool) -> Columns:
    """Return all columns of items, `records` among them where they are wanted and known."""
    return typed_columns(item_columns(contents, records=records))


def edges_of(network: Network) -> tuple[Iterator[tuple[int, int, float, Mapping[str, object]]], Columns]:
    """Return the links with their attributes, the ends as they were read, and the types of these attributes."""
    extra = network.extras.get("link_attributes")
    attributes: Mapping[tuple[str, str], Mapping[str, object]] = extra if isinstance(extra, Mapping) else {}
    names = dict.fromkeys(name for rest in attributes.values() for name in rest)
    columns = typed_columns({name: [rest.get(name) for rest in attributes.values()] for name in names})

    def links() -> Iterator[tuple[int, int, float, Mapping[str, object]]]:
        for chunk in chunks_of(network.links):
            for i, j, strength in chunk:
                if not attributes:
                    yield i, j, strength, {}
                    continue
                ends = (network.ids[i], network.ids[j])
                if ends[::-1] in attributes and ends not in attributes:
                    yield j, i, strength, attributes[ends[::-1]]
                else:
                    yield i, j, strength, attributes.get(ends, {})

    return links(), columns


def texts_of(contents: Contents, nodes: Columns, edges: Columns, *, records: bool, **more: object) -> dict[str, str]:
    """Return the two texts of the graph, each only where it says anything."""
    key = key_written(contents.as_map(), records=records)
    config = config_written(contents)
    extras = {name: value for name, value in contents.network.extras.items() if name != "link_attributes"}
    settings = extras | ({"config": config} if config is not None else {}) | more
    if contents.cluster_labels:
        settings["clusters"] = clusters_listed(contents.cluster_labels)
    for name, columns in (("json_of_items", nodes), ("json_of_links", edges)):
        if columns.as_json:
            settings[name] = columns.as_json
    texts = {OWN: dumps(key)} if key is not None else {}
    return {**texts, SETTINGS: dumps(settings)} if settings else texts


@dataclass
class GraphData:
    """Collects nodes, edges and texts of a graph while its file is read.

    `line` turns a place in the file, whatever the form counts, into its line, or what else its `unit` is.
    """

    name: str
    line: Callable[[int], int] = lambda at: at
    unit: str = "line"
    nodes: list[tuple[int, str, dict[str, object]]] = field(default_factory=list)
    texts: dict[str, object] = field(default_factory=dict)
    directed: int = 0
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = array("q")
        self._link_fields: dict[tuple[str, str], dict[str, object]] = {}
        self._links = LinkCollector(lambda at: f"{self.name}, {self.unit} {self.line(self._lines[at])}")

    def node(self, at: int, name: str, fields: dict[str, object]) -> None:
        """Take a node: the id by which edges name it, and its fields, among which may be an `id` of its own."""
        self.nodes.append((at, name, fields))

    def edge(self, at: int, source: str, target: str, fields: dict[str, object]) -> None:
        """Take an edge with its fields, one of which may be its strength."""
        self._lines.append(at)
        if not fields:
            self._links.add(source, target, None)
            return
        named = {name.lower(): name for name in fields}
        strength = next((fields.pop(named[name]) for name in STRENGTHS if name in named), None)
        self._links.add(source, target, strength_told(strength) if isinstance(strength, str) else strength)
        if fields:
            self._link_fields.setdefault((source, target), fields)

    def bare_edge(self, at: int, source: str, target: str, strength: str) -> None:
        """Take an edge with nothing but its strength, as text; as an empty one, it is 1."""
        self._lines.append(at)
        self._links.add_told(source, target, strength)

    def parts(self) -> Parts:
        """Return what was collected."""
        own, settings = _loaded(self.texts.pop(OWN, None)), _loaded(self.texts.pop(SETTINGS, None))
        settings = settings if isinstance(settings, dict) else {}
        clusters = settings.pop("clusters", None)
        items = [self._item(at, fields, _names(settings, "json_of_items")) for at, _, fields in self.nodes]
        json_of_links = _names(settings, "json_of_links")
        for fields in self._link_fields.values():
            fields.update({name: _loaded(fields[name]) for name in json_of_links if name in fields})
        for name in ("json_of_items", "json_of_links"):
            settings.pop(name, None)
        settled = settled_items(items, [name for _, name, _ in self.nodes], named=own is not None)
        links, link_fields = self._links.links(), self._link_fields
        if settled.ids:
            links, link_fields = _renamed(links, link_fields, settled.ids)
        labels = settled.cluster_labels or cluster_labels_of(clusters, self.name)
        further = {"graph": self.texts} if self.texts else {}
        return Parts(
            settled.items,
            links,
            link_fields,
            labels,
            {**settings, **further},
            own,
            (*self.notes, *self._remarks(), *settled.notes),
        )

    def _remarks(self) -> list[str]:
        if not self.directed:
            return []
        return [
            worded("{n:,} directed links were read as undirected; both directions of a pair add up", n=self.directed)
        ]

    def _item(self, at: int, fields: dict[str, object], as_json: Collection[str]) -> tuple[str, dict[str, object]]:
        fields = {name: _loaded(value) if name in as_json else value for name, value in fields.items()}
        return f"{self.name}, {self.unit} {self.line(at)}", item_of(fields)


def _names(settings: Mapping[str, Any], name: str) -> list[str]:
    listed = settings.get(name)
    return [str(one) for one in listed] if isinstance(listed, list) else []


def _loaded(text: object) -> object:
    """Read JSON; text that is none stays as it is."""
    try:
        return json_told(text) if isinstance(text, str) else text
    except (ValueError, RecursionError):
        return text


def _renamed(
    links: Links, fields: Mapping[tuple[str, str], dict[str, object]], ids: Mapping[str, str]
) -> tuple[Links, dict[tuple[str, str], dict[str, object]]]:
    names = tuple(ids.get(name, name) for name in links.names)
    renamed = Links(names, links.sources, links.targets, links.strengths, links.place, links.problems)
    return renamed, {(ids.get(one, one), ids.get(other, other)): rest for (one, other), rest in fields.items()}


_SOURCES, _TARGETS = ("source", "from"), ("target", "to")


def is_graph_json(head: str) -> bool:
    """Tell such JSON by its outermost keys, in which VOSviewer has `network`."""
    if not head.startswith("{") or re.search(r'"network"\s*:\s*\{', head):
        return False
    return bool(re.search(r'"elements"\s*:\s*[{\[]|"nodes"\s*:\s*\[\s*\{', head))


def parse_graph_json(file: File) -> Parts:
    """Read nodes and links: strengths from `weight` or `value`; D3's links may name nodes by their place, from 0.

    Raises
    ------
    BenangError
        For text that is not JSON, nodes without an id, and links without their ends.
    """
    graph = loaded(file.text, file.name)
    nodes, links = _listed(graph)
    data = GraphData(file.name, unit="entry")
    problems: list[Problem] = []
    ids = [_id(node, at) for at, node in enumerate(nodes)]
    for at, (node, name) in enumerate(zip(nodes, ids, strict=True), start=1):
        if isinstance(node, Mapping):
            data.node(at, name, {key: value for key, value in _flat(node).items() if value is not None and key != "id"})
        else:
            problems.append(
                Problem(
                    shown(node), where=worded("{name}, node {at}", name=file.name, at=at), expected="a node with an id"
                )
            )
    directed = isinstance(graph, Mapping) and graph.get("directed") is True
    known = set(ids)
    for at, link in enumerate(links, start=1):
        fields = _flat(link) if isinstance(link, Mapping) else {}
        ends = [_end(fields, names, ids, known) for names in (_SOURCES, _TARGETS)]
        if ends[0] is None or ends[1] is None:
            problems.append(
                Problem(
                    shown(link), where=worded("{name}, link {at}", name=file.name, at=at), expected="source and target"
                )
            )
            continue
        rest = {key: value for key, value in fields.items() if value is not None and key not in {"key", "id"}}
        data.directed += directed
        data.edge(at, ends[0], ends[1], {key: value for key, value in rest.items() if key not in _SOURCES + _TARGETS})
    refuse(problems, file.name)
    return data.parts()


def _listed(value: object) -> tuple[Sequence[object], Sequence[object]]:
    body = value if isinstance(value, Mapping) else {}
    elements = body.get("elements")
    if isinstance(elements, Mapping):
        body = elements
    elif isinstance(elements, list):
        groups = [(one, "source" in one.get("data", {})) for one in elements if isinstance(one, Mapping)]
        return [one for one, is_link in groups if not is_link], [one for one, is_link in groups if is_link]
    nodes, links = body.get("nodes"), body.get("links", body.get("edges"))
    if not isinstance(nodes, list) or not isinstance(links or [], list):
        raise BenangError(Problem("JSON without nodes and links", expected="two lists: nodes and links"))
    return nodes, links or []


def _flat(element: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of an element; Cytoscape has them under `data`, and places under `position`."""
    data, position = element.get("data"), element.get("position")
    fields = dict(data) if isinstance(data, Mapping) else dict(element)
    if isinstance(data, Mapping) and isinstance(position, Mapping):
        fields |= {axis: position[axis] for axis in "xy" if axis in position}
    return {str(key): value for key, value in fields.items()}


def _id(node: object, at: int) -> str:
    fields = _flat(node) if isinstance(node, Mapping) else {}
    return name_of(fields.get("id")) or name_of(fields.get("name")) or str(at)


def _end(fields: Mapping[str, object], names: Sequence[str], ids: Sequence[str], known: set[str]) -> str | None:
    value = next((fields[name] for name in names if name in fields), None)
    name = name_of(value.get("id") if isinstance(value, Mapping) else value)
    if name is not None and name not in known and isinstance(value, int) and 0 <= value < len(ids):
        return ids[value]
    return name
