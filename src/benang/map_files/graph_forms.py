"""Graphs as GraphML and as JSON, which Gephi, igraph, networkx, yEd, D3 and Cytoscape read and write.

Format of GraphML: http://graphml.graphdrawing.org; the names of attributes are those of VOSviewer's map file. JSON
comes with nodes and links (networkx, D3) or with elements (Cytoscape), and is only read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.map_files.contents import Contents, Parts
from benang.map_files.file import File, name_of, plain, refuse, shown
from benang.map_files.graph_data import (
    STRENGTHS,
    Columns,
    GraphData,
    edges_of,
    node_columns,
    read_as,
    texts_of,
    written,
)
from benang.map_files.vosviewer_json import loaded
from benang.map_files.xml_elements import Element, escaped, read_elements, root_of, within

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_STRENGTH = "strength"

_SOURCES, _TARGETS = ("source", "from"), ("target", "to")


def is_graphml(head: str) -> bool:
    """Tell GraphML by its outermost element."""
    return root_of(head) == "graphml"


@dataclass(frozen=True)
class _Key:
    """What a key declares: to what it belongs, its name, its type, and the value where none is given."""

    name: str
    kind: str
    default: str | None


def parse_graphml(file: File) -> Parts:
    """Read GraphML: labels from `label` or `name` (or yEd's node labels), strengths from `weight`, places from x and y.

    Nested graphs are read as one; an edge with more than two ends (hyperedge) is left out and reported.

    Raises
    ------
    BenangError
        For text that is no XML, and an edge without one of its ends.
    """
    keys: dict[str, dict[str, _Key]] = {"node": {}, "edge": {}, "graph": {}}
    data = GraphData(file.name)

    def take(element: Element, above: Sequence[Element]) -> None:
        if element.tag == "key":
            _declare(keys, element)
        elif element.tag == "node":
            fields = _fields(element, keys["node"])
            data.node(element.line, element.attributes.get("id", ""), _with_yed(element, fields))
        elif element.tag == "edge":
            _edge(data, element, above, keys["edge"])
        elif element.tag == "data":
            data.texts.update(_value(element, keys["graph"]))
        else:
            data.notes.append(
                worded("line {n}: a hyperedge, which links more than two nodes, was left out", n=element.line)
            )

    read_elements(
        file,
        whole={"key": "", "node": "", "edge": "", "hyperedge": "", "data": "graph"},
        take=take,
    )
    return data.parts()


def _declare(keys: Mapping[str, dict[str, _Key]], element: Element) -> None:
    attributes = element.attributes
    default = element.first("default")
    key = _Key(
        attributes.get("attr.name", attributes.get("id", "")),
        attributes.get("attr.type", "string"),
        default.text if default else None,
    )
    wanted = attributes.get("for", "all")
    for kind, declared in keys.items():
        if wanted in {kind, "all"}:
            # A strength is read as it is, so that one that is no number is reported, not taken for none.
            strength = kind == "edge" and key.name.lower() in STRENGTHS
            declared[attributes.get("id", "")] = replace(key, kind=_STRENGTH) if strength else key


def _fields(element: Element, keys: Mapping[str, _Key]) -> dict[str, object]:
    fields = {key.name: read_as(key.default, key.kind) for key in keys.values() if key.default is not None}
    for child in element.children:
        if child.tag == "data":
            fields.update(_value(child, keys))
    return {name: value for name, value in fields.items() if value is not None}


def _value(data: Element, keys: Mapping[str, _Key]) -> dict[str, object]:
    """Return the value of a data element by its name; none of yEd's drawings, which are elements."""
    if data.children:
        return {}
    name = data.attributes.get("key", "")
    key = keys.get(name, _Key(name, "string", None))
    return {key.name: read_as(data.text, key.kind)}


def _with_yed(node: Element, fields: dict[str, object]) -> dict[str, object]:
    """Take label and place from what yEd draws, where nothing else tells them; its y grows downwards."""
    label, place = node.first("NodeLabel"), node.first("Geometry")
    if label is not None and label.text.strip():
        fields.setdefault("label", label.text.strip())
    if place is not None and {"x", "y"} <= place.attributes.keys() and not {"x", "y"} & fields.keys():
        fields["x"] = read_as(place.attributes["x"], "double")
        down = read_as(place.attributes["y"], "double")
        fields["y"] = -down if isinstance(down, float) else down
    return fields


def _edge(data: GraphData, element: Element, above: Sequence[Element], keys: Mapping[str, _Key]) -> None:
    attributes = element.attributes
    source, target = attributes.get("source"), attributes.get("target")
    if not source or not target:
        expected = "an edge with source and target"
        raise BenangError(
            Problem(
                "one without", where=worded("{file}, line {line}", file=data.name, line=element.line), expected=expected
            )
        )
    directed = attributes.get("directed")
    if directed is None:
        data.directed += within(above, "graph").get("edgedefault") == "directed"
    else:
        data.directed += directed.lower() == "true"
    weight = _only_weight(element, keys)
    if weight is None:
        data.edge(element.line, source, target, _fields(element, keys))
    else:
        data.bare_edge(element.line, source, target, weight)


def _only_weight(edge: Element, keys: Mapping[str, _Key]) -> str | None:
    """Return the strength of an edge that says nothing else, as most edges of a large file do."""
    if len(edge.children) != 1:
        return None
    child = edge.children[0]
    key = keys.get(child.attributes.get("key", ""))
    simple = child.tag == "data" and not child.children and key is not None and key.kind == _STRENGTH
    if not simple or (len(keys) > 1 and any(one.default is not None for one in keys.values())):
        return None
    return child.text.strip()


def format_graphml(contents: Contents, *, records: bool = True) -> str:
    """Write a map as GraphML; all that its JSON would hold is there, places and strengths to the last digit."""
    network = contents.network
    nodes = node_columns(contents, records=records)
    edges, attributes = edges_of(network)
    texts = texts_of(contents, nodes, attributes, records=records)
    ids = [escaped(name) for name in network.ids]
    lines = [_HEAD]
    lines += [f'  <key id="{name}" for="graph" attr.name="{name}" attr.type="string"/>\n' for name in texts]
    lines += _keys("node", "n", nodes)
    lines += [
        '  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>\n',
        *_keys("edge", "e", attributes),
    ]
    lines += ['  <graph edgedefault="undirected">\n']
    lines += [f'    <data key="{name}">{escaped(text)}</data>\n' for name, text in texts.items()]
    for at, name in enumerate(ids):
        values = {column: values[at] for column, values in nodes.values.items()}
        lines.append(f'    <node id="{name}">{_data("n", values, nodes)}</node>\n')
    for i, j, strength, fields in edges:
        weight = f'<data key="weight">{plain(strength)}</data>{_data("e", fields, attributes) if fields else ""}'
        lines.append(f'    <edge source="{ids[i]}" target="{ids[j]}">{weight}</edge>\n')
    return "".join([*lines, "  </graph>\n</graphml>\n"])


def _keys(what: str, letter: str, columns: Columns) -> list[str]:
    return [
        f'  <key id="{letter}{at}" for="{what}" attr.name="{escaped(name)}" '
        f'attr.type="{"string" if kind == "json" else kind}"/>\n'
        for at, (name, kind) in enumerate(columns.types.items())
    ]


def _data(letter: str, values: Mapping[str, object], columns: Columns) -> str:
    return "".join(
        f'<data key="{letter}{at}">{escaped(written(values[name], kind))}</data>'
        for at, (name, kind) in enumerate(columns.types.items())
        if values.get(name) is not None
    )


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
