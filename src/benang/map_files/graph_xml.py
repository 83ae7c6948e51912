"""Graphs as XML: GEXF and GraphML, which Gephi, igraph, networkx, sigma.js, yEd and Cytoscape read and write.

Formats: GEXF 1.3 (https://gexf.net; 1.1 and 1.2 are read, too), with places, colours and sizes in Gephi's `viz`
elements and what belongs to the whole graph in `meta`, since GEXF gives graphs no attributes; GraphML
(http://graphml.graphdrawing.org). All else has the names of VOSviewer's map file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from benang.errors import BenangError, Problem
from benang.evidence import version
from benang.locale.writing import worded
from benang.looks.appearance import find_palette
from benang.map_files.columns import Column
from benang.map_files.contents import Contents, Parts
from benang.map_files.file import File, json_told, plain
from benang.map_files.graph_data import (
    SETTINGS,
    STRENGTHS,
    Columns,
    GraphData,
    edges_of,
    node_columns,
    read_as,
    texts_of,
    written,
)
from benang.map_files.xml_elements import Element, escaped, read_elements, root_of, within
from benang.network.network import LINK_WEIGHTS, Floats

SCALE = 512
"""How many of Gephi's units one of ours has; a power of two, so that coordinates come back to the last digit."""

_GEXF = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" xmlns:benang="urn:benang:map" version="1.3">
"""
_SIZE = 10.0  # Gephi's own size of a node
_TIMES = ("start", "end", "timestamp", "startopen", "endopen")


def is_gexf(head: str) -> bool:
    """Tell GEXF by its outermost element."""
    return root_of(head) == "gexf"


def parse_gexf(file: File) -> Parts:
    """Read GEXF: places, colours (as `red`, `green`, `blue`) and sizes from `viz`, the rest from its attributes.

    Of a dynamic graph, the last value of each attribute is read, and a note says so.

    Raises
    ------
    BenangError
        For text that is no XML, and an edge without one of its ends.
    """
    reading = _Gexf(file)
    read_elements(file, whole=dict.fromkeys(("attribute", "node", "edge", "text"), ""), take=reading.take)
    return reading.parts()


class _Gexf:
    """What is known while a file is read."""

    def __init__(self, file: File) -> None:
        self.data = GraphData(file.name)
        self.titles: dict[str, dict[str, Column]] = {"node": {}, "edge": {}}
        self.defaults: dict[str, dict[str, object]] = {"node": {}, "edge": {}}
        self.drawn: list[dict[str, object]] = []
        self.dynamic = False

    def take(self, element: Element, above: Sequence[Element]) -> None:
        """Take an element as it ends."""
        attributes = element.attributes
        if element.tag == "attribute":
            kind = above[-1].attributes.get("class", "node") if above else "node"
            self._declare(element, self.titles.setdefault(kind, {}), self.defaults.setdefault(kind, {}))
        elif element.tag == "text":
            self.data.texts[attributes.get("name", "")] = element.text
        elif element.tag == "node":
            fields = self._fields(element, "node")
            if attributes.get("label"):
                fields["label"] = attributes["label"]
            self.drawn.append(_drawn(element))
            self.data.node(element.line, attributes.get("id", ""), fields)
        else:
            self._edge(element, above)

    def _declare(self, element: Element, titles: dict[str, Column], defaults: dict[str, object]) -> None:
        name, kind = element.attributes.get("id", ""), element.attributes.get("type", "string")
        titles[name] = (element.attributes.get("title", name), kind)
        default = element.first("default")
        if default is not None:
            defaults[titles[name][0]] = read_as(default.text, kind)

    def _fields(self, element: Element, what: str) -> dict[str, object]:
        fields = dict(self.defaults[what])
        values = element.first("attvalues") if element.children else None
        for value in values.children if values else ():
            attributes = value.attributes
            self.dynamic |= any(name in attributes for name in _TIMES)
            name = attributes.get("for", attributes.get("id", ""))
            title, kind = self.titles[what].get(name, (name, "string"))
            fields[title] = read_as(attributes.get("value", ""), kind)
        return {name: value for name, value in fields.items() if value is not None}

    def _edge(self, element: Element, above: Sequence[Element]) -> None:
        attributes = element.attributes
        if not attributes.get("source") or not attributes.get("target"):
            where = worded("{file}, line {line}", file=self.data.name, line=element.line)
            raise BenangError(Problem("one without", where=where, expected="an edge with source and target"))
        default = within(above, "graph").get("defaultedgetype", "undirected")
        self.data.directed += attributes.get("type", default).lower() == "directed"
        weight = attributes.get("weight", "").strip()
        if not element.children and not attributes.get("label") and not self.defaults["edge"]:
            self.data.bare_edge(element.line, attributes["source"], attributes["target"], weight)
            return
        fields = self._fields(element, "edge")
        if weight:
            fields = {name: value for name, value in fields.items() if name.lower() != "weight"}
            fields["weight"] = weight
        if attributes.get("label"):
            fields["label"] = attributes["label"]
        self.data.edge(element.line, attributes["source"], attributes["target"], fields)

    def parts(self) -> Parts:
        """Put together what was read; colours and sizes are kept of files that others wrote."""
        if self.dynamic:
            self.data.notes.append("A dynamic graph: the last value of each attribute was used")
        scale = _scale(self.data.texts.get(SETTINGS))
        places = [(one.get("x"), one.get("y")) for one in self.drawn]
        # Programs put what has no place at 0, 0; what we wrote has the place that it says.
        placed = scale is not None or len(set(places)) > 1 or len(places) == 1
        for (_, _, fields), drawn in zip(self.data.nodes, self.drawn, strict=True):
            for axis in "xy" if placed else "":
                value = drawn.get(axis)
                if value is not None:
                    fields[axis] = value / scale if scale and isinstance(value, float) else value
            if not scale:
                fields |= {
                    name: value for name, value in drawn.items() if name not in {"x", "y"} and name not in fields
                }
        parts = self.data.parts()
        return Parts(
            parts.items,
            parts.links,
            parts.link_attributes,
            parts.cluster_labels,
            {name: value for name, value in parts.extras.items() if name != "scale"} if scale else parts.extras,
            parts.own,
            parts.notes,
        )


def _scale(settings: object) -> float | None:
    """Return by what places were multiplied when we wrote the file; None for a file of others."""
    try:
        key = json_told(settings) if isinstance(settings, str) else None
    except (ValueError, RecursionError):
        return None
    scale = key.get("scale") if isinstance(key, dict) else None
    return float(scale) if isinstance(scale, (int, float)) and scale > 0 else None


def _drawn(node: Element) -> dict[str, object]:
    """Return place, colour and size of a node."""
    drawn: dict[str, object] = {}
    for child in node.children:
        attributes = child.attributes
        if child.tag == "position":
            drawn |= {axis: read_as(attributes[axis], "double") for axis in "xy" if axis in attributes}
        elif child.tag == "color" and {"r", "g", "b"} <= attributes.keys():
            drawn |= {name: read_as(attributes[name[0]], "int") for name in ("red", "green", "blue")}
        elif child.tag == "size" and "value" in attributes:
            drawn["size"] = read_as(attributes["value"], "double")
    return drawn


def format_gexf(contents: Contents, *, records: bool = True) -> str:
    """Write a map as GEXF 1.3; all that its JSON would hold is there, places and strengths to the last digit.

    Colours are those of clusters, or what the attributes `red`, `green` and `blue` say; sizes grow with the square
    root of the first weight beyond the number of links, so that areas can be compared.
    """
    network = contents.network
    columns = node_columns(contents, records=records)
    nodes = Columns(
        {name: kind for name, kind in columns.types.items() if name not in {"label", "x", "y"}}, columns.values
    )
    edges, attributes = edges_of(network)
    texts = texts_of(contents, nodes, attributes, records=records, scale=SCALE)
    ids = [escaped(name) for name in network.ids]
    lines = [_GEXF, f"  <meta>\n    <creator>Benang {version()}</creator>\n"]
    lines += [f'    <benang:text name="{name}">{escaped(text)}</benang:text>\n' for name, text in texts.items()]
    lines += ['  </meta>\n  <graph defaultedgetype="undirected" mode="static">\n']
    lines += [*_declared("node", nodes), *_declared("edge", attributes), "    <nodes>\n"]
    looks = _looks(contents)
    for at, name in enumerate(ids):
        values = {column: values[at] for column, values in nodes.values.items()}
        tag = f'      <node id="{name}" label="{escaped(network.labels[at])}">'
        lines.append(f"{tag}{_attvalues(values, nodes)}{looks[at]}</node>\n")
    lines.append("    </nodes>\n    <edges>\n")
    for at, (i, j, strength, fields) in enumerate(edges):
        attvalues = _attvalues(fields, attributes) if fields else ""
        tag = f'      <edge id="{at}" source="{ids[i]}" target="{ids[j]}" weight="{plain(strength)}"'
        lines.append(f"{tag}>{attvalues}</edge>\n" if attvalues else f"{tag}/>\n")
    return "".join([*lines, "    </edges>\n  </graph>\n</gexf>\n"])


def _declared(what: str, columns: Columns) -> list[str]:
    if not columns.types:
        return []
    return [
        f'    <attributes class="{what}">\n',
        *(
            f'      <attribute id="{at}" title="{escaped(name)}" type="{"string" if kind == "json" else kind}"/>\n'
            for at, (name, kind) in enumerate(columns.types.items())
        ),
        "    </attributes>\n",
    ]


def _attvalues(values: Mapping[str, object], columns: Columns) -> str:
    elements = "".join(
        f'<attvalue for="{at}" value="{escaped(written(values[name], kind))}"/>'
        for at, (name, kind) in enumerate(columns.types.items())
        if values.get(name) is not None
    )
    return f"<attvalues>{elements}</attvalues>" if elements else ""


def _looks(contents: Contents) -> list[str]:
    """Write the `viz` elements of each item."""
    palette = find_palette("benang")
    colours = {cluster: _of_hex(palette.of(cluster)) for cluster in set(contents.cluster.tolist())}
    size = _sizes(contents.network.weights, len(contents.network))
    looks = []
    for at, cluster in enumerate(contents.cluster.tolist()):
        red, green, blue = _colour(contents, at) or colours[cluster]
        x, y = contents.xy[at].tolist()
        place = "" if math.isnan(x + y) else f'<viz:position x="{x * SCALE!r}" y="{y * SCALE!r}" z="0.0"/>'
        looks.append(f'<viz:color r="{red}" g="{green}" b="{blue}"/>{place}<viz:size value="{size[at]:.6g}"/>')
    return looks


def _sizes(weights: Mapping[str, Floats], n: int) -> list[float]:
    beyond = [values for name, values in weights.items() if name not in LINK_WEIGHTS]
    chosen = next(iter([*beyond, *weights.values()]), None)
    mean = 0.0 if chosen is None else float(chosen.mean())
    if chosen is None or not mean > 0:
        return [_SIZE] * n
    return [max(_SIZE * math.sqrt(value / mean), 1.0) for value in chosen.tolist()]


def _colour(contents: Contents, at: int) -> tuple[int, int, int] | None:
    attributes = contents.network.attributes
    colours = [attributes[name][at] for name in ("red", "green", "blue") if name in attributes]
    parts = [int(float(str(value))) for value in colours if str(value).replace(".", "", 1).isdecimal()]
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 and max(parts) <= 255 else None


def _of_hex(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


_GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_STRENGTH = "strength"


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
    lines = [_GRAPHML]
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
