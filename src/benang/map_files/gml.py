"""GML, the Graph Modelling Language, as VOSviewer, Gephi, igraph, networkx and Cytoscape read and write it.

Format: Himsolt, "GML: A portable graph file format" (1996): keys of letters and digits, text in ASCII with entities.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from html.entities import html5

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.map_files.contents import Contents, Parts
from benang.map_files.file import File, ids_written, json_told, name_of, plain
from benang.map_files.graph_data import SETTINGS, Columns, GraphData, edges_of, node_columns, texts_of
from benang.map_files.vosviewer_json import dumps

_TOKEN = re.compile(
    r'(?P<blank>\s+|\#[^\n]*)|(?P<key>[A-Za-z_][\w.-]*)|"(?P<text>[^"]*)"'
    r"|(?P<number>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?(?:inf|nan))(?![\w.])"
    r"|(?P<open>\[)|(?P<close>\])",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"\s*(edge)\s*\[\s+source\s+(0|[1-9][0-9]{0,15})\s+target\s+(0|[1-9][0-9]{0,15})"
    r"(?:\s+(?:weight|value|strength)\s+([0-9.eE+-]+))?\s+\]"
)
_BEGIN = re.compile(r"(?:\s|\#[^\n]*\n)*(?:(?:Creator|Version|comment|Comment)\b[^\n]*\n(?:\s|\#[^\n]*\n)*)*graph\s*\[")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_FIELDS = ("id", "label", "graphics", "x", "y", "cluster", "source", "target", "weight", "node", "edge", "directed")
_DEEPEST = 50
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|([A-Za-z][A-Za-z0-9]{1,30}));")
_CODES, _SURROGATES = 0x110000, (0xD800, 0xDFFF)

Value = str | int | float | list["Pair"]
Pair = tuple[int, str, Value]
"""A key with its place in the text and its value; a list holds pairs."""


def is_gml(head: str) -> bool:
    """Tell GML by the graph that it opens."""
    return bool(_BEGIN.match(head))


def parse_gml(file: File) -> Parts:
    """Read GML: places from `graphics` or from x and y, strengths from `weight` or `value`.

    Raises
    ------
    BenangError
        For text that is no GML or was cut off, a node without an id, and an edge without one of its ends.
    """
    text = file.text
    breaks = array("q", (match.start() for match in re.finditer("\n", text)))
    data = GraphData(file.name, lambda at: bisect_right(breaks, at) + 1)
    reading = _Gml(text, data)
    reading.read()
    return data.parts()


class _Gml:
    """Walks through the text, giving nodes and edges as they come."""

    def __init__(self, text: str, data: GraphData) -> None:
        self.text, self.data, self.at = text, data, 0
        self.keys: dict[str, str] = {}
        self.directed = False

    def read(self) -> None:
        """Read all graphs of the text; nodes and edges of several are taken together."""
        has_graph = False
        for at, key in self._keys():
            if key.lower() == "graph":
                has_graph = True
                self._graph()
            else:
                self._value(at, 0)
        if not has_graph:
            raise self._fault(0, "no graph", "graph [ … ]")

    def _graph(self) -> None:
        self._expect_open()
        for at, key in self._keys(closed=True):
            lower = key.lower()
            value = self._value(at, 0)
            if lower == "node" and isinstance(value, list):
                self._node(at, value)
            elif lower == "edge" and isinstance(value, list):
                self._edge(at, value)
            elif lower == "directed":
                self.directed = value == 1
            elif lower != "graphics" and not isinstance(value, list):
                self.data.texts[key] = value
                if key == SETTINGS:
                    self.keys = _keys_told(value)
            self._bare_edges()

    def _node(self, at: int, pairs: list[Pair]) -> None:
        fields = self._fields(pairs)
        number = fields.pop("id", None)
        if number is None:
            raise self._fault(at, "a node without an id", "a node with an id")
        own = fields.pop("id of node", None)
        graphics = next((value for _, key, value in pairs if key == "graphics" and isinstance(value, list)), [])
        for _, axis, value in graphics:
            if axis in {"x", "y"} and not isinstance(value, list):
                fields.setdefault(axis, value)
        if own is not None:
            fields["id"] = own
        self.data.node(at, str(name_of(number)), fields)

    def _edge(self, at: int, pairs: list[Pair]) -> None:
        fields = self._fields(pairs)
        ends = [name_of(fields.pop(end, None)) for end in ("source", "target")]
        if ends[0] is None or ends[1] is None:
            raise self._fault(at, "an edge without source or target", "an edge with both")
        fields.pop("id", None)
        self.data.directed += self.directed
        self.data.edge(at, ends[0], ends[1], fields)

    def _bare_edges(self) -> None:
        """Take edges of two ends and a strength in one go: most edges of a large file are such."""
        match, text, take, at, taken = _EDGE.match, self.text, self.data.bare_edge, self.at, 0
        while edge := match(text, at):
            source, target, strength = edge.group(2, 3, 4)
            take(edge.start(1), source, target, strength or "")
            at = edge.end()
            taken += 1
        self.at = at
        self.data.directed += taken * self.directed

    def _fields(self, pairs: list[Pair]) -> dict[str, object]:
        """Return the fields of a node or edge, keys by the names they represent; of lists, what can be kept as JSON."""
        fields: dict[str, object] = {}
        for _, key, value in pairs:
            name = self.keys.get(key, key)
            text = _plain(value) if isinstance(value, list) else value
            if key == "graphics":
                continue
            if name in fields and name not in {"id", "source", "target"}:
                earlier = fields[name]
                fields[name] = [*(earlier if isinstance(earlier, list) else [earlier]), text]
            else:
                fields[name] = text
        return fields

    def _keys(self, *, closed: bool = False) -> Iterator[tuple[int, str]]:
        """Go through the keys up to the end of the list, or of the text where it is `closed` by nothing."""
        while True:
            self.at = self._skip(self.at)
            if self.at >= len(self.text):
                if closed:
                    raise self._fault(len(self.text), "the end of the file", "']'")
                return
            token = self._token()
            if token.lastgroup == "key":
                yield token.start(), token["key"]
            elif token.lastgroup == "close" and closed:
                return
            else:
                raise self._fault(token.start(), repr(token[0][:40]), "a key")

    def _value(self, at: int, depth: int) -> Value:
        self.at = self._skip(self.at)
        if self.at >= len(self.text):
            raise self._fault(at, "a key without a value at the end of the file", "a value")
        token = self._token()
        if token.lastgroup == "text":
            return _unescaped(token["text"])
        if token.lastgroup == "number":
            return _number(token["number"])
        if token.lastgroup == "open" and depth < _DEEPEST:
            return [(place, key, self._value(place, depth + 1)) for place, key in self._keys(closed=True)]
        raise self._fault(token.start(), repr(token[0][:40]), "a number, text in quotation marks, or a list")

    def _expect_open(self) -> None:
        self.at = self._skip(self.at)
        if self.at >= len(self.text) or self._token().lastgroup != "open":
            raise self._fault(self.at, "a graph without '['", "graph [ … ]")

    def _token(self) -> re.Match[str]:
        token = _TOKEN.match(self.text, self.at)
        if token is None:
            raise self._fault(self.at, repr(self.text[self.at : self.at + 20]), "a key, a value or a bracket")
        self.at = token.end()
        return token

    def _skip(self, at: int) -> int:
        while at < len(self.text):
            token = _TOKEN.match(self.text, at)
            if token is None or token.lastgroup != "blank":
                break
            at = token.end()
        return at

    def _fault(self, at: int, text: str, expected: str) -> BenangError:
        return BenangError(
            Problem(
                text,
                where=worded("{file}, line {line}", file=self.data.name, line=self.data.line(at)),
                expected=expected,
                way_on="Perhaps the file was cut off: save it again with the program that made it.",
            )
        )


def _unescaped(text: str) -> str:
    """Turn entities into characters, each once; what is none stays.

    Examples
    --------
    >>> _unescaped("caf&#233; &amp;quot; R&D")
    'café &quot; R&D'
    """

    def character(match: re.Match[str]) -> str:
        if match[1] is None:
            return html5.get(f"{match[2]};", match[0])
        code = int(match[1])
        return chr(code) if code < _CODES and not _SURROGATES[0] <= code <= _SURROGATES[1] else match[0]

    return _ENTITY.sub(character, text) if "&" in text else text


def _number(text: str) -> int | float | str:
    if re.fullmatch(r"[+-]?[0-9]{1,300}", text):
        return int(text)
    number = float(text)
    return number if math.isfinite(number) else text


def _plain(pairs: list[Pair]) -> object:
    return {key: _plain(value) if isinstance(value, list) else value for _, key, value in pairs}


def _keys_told(settings: object) -> dict[str, str]:
    try:
        own = json_told(str(settings))
    except (ValueError, RecursionError):
        return {}
    keys = own.get("keys") if isinstance(own, dict) else None
    return {str(key): str(name) for key, name in keys.items()} if isinstance(keys, dict) else {}


def format_gml(contents: Contents, *, records: bool = True) -> str:
    """Write a map as GML; all that its JSON would hold is there, places and strengths to the last digit.

    Keys hold letters and digits only: `vosviewer`, a text of the graph, says which name each represents. Ids that are
    no numbers become 1 to n; the ids themselves are kept beside them.
    """
    network = contents.network
    columns = node_columns(contents, records=records)
    nodes = _without(columns, ("label", "x", "y"))
    edges, attributes = edges_of(network)
    whole = ids_written(network.ids)
    numbered = not whole or isinstance(whole[0], int)
    ids = whole if numbered else list(range(1, len(network) + 1))
    node_keys, edge_keys = _named(nodes.types), _named(attributes.types)
    keys = {key: name for name, key in (node_keys | edge_keys).items() if key != name}
    keys |= {} if numbered else {"name": "id of node"}
    texts = texts_of(contents, nodes, attributes, records=records, **({"keys": keys} if keys else {}))
    lines = ['Creator "Benang"\nVersion 1\ngraph [\n  directed 0\n']
    lines += [f"  {name} {_written(text, '')}\n" for name, text in texts.items()]
    for at, name in enumerate(ids):
        own = "" if numbered else f"    name {_written(network.ids[at], '')}\n"
        element = f"  node [\n    id {name}\n{own}    label {_written(network.labels[at], '')}\n"
        x, y = contents.xy[at].tolist()
        place = "" if math.isnan(x + y) else f"    graphics [\n      x {_real(x)}\n      y {_real(y)}\n    ]\n"
        values = {column: values[at] for column, values in nodes.values.items()}
        lines.append(f"{element}{place}{_pairs(values, nodes, node_keys)}  ]\n")
    for i, j, strength, fields in edges:
        element = f"  edge [\n    source {ids[i]}\n    target {ids[j]}\n    weight {_written(plain(strength), '')}\n"
        lines.append(f"{element}{_pairs(fields, attributes, edge_keys) if fields else ''}  ]\n")
    return "".join([*lines, "]\n"])


def _without(columns: Columns, names: Sequence[str]) -> Columns:
    types = {name: kind for name, kind in columns.types.items() if name not in names}
    # GML has no values that are true or false
    types = {name: "json" if kind == "boolean" else kind for name, kind in types.items()}
    return Columns(types, columns.values)


def _named(names: Mapping[str, str]) -> dict[str, str]:
    """Return a key of letters and digits for each name, no two the same."""
    keys: dict[str, str] = {}
    for name in names:
        bare = re.sub(r"[^A-Za-z0-9]", "", name)[:40]
        key = bare if _KEY.fullmatch(bare) and bare.lower() not in {*_FIELDS, "name"} else f"a{bare}"
        if name == "cluster":
            key = name
        taken = {one.lower() for one in keys.values()}
        free = (key, *(f"{key}n{at}" for at in range(2, len(names) + 2)))
        keys[name] = next(one for one in free if one.lower() not in taken)
    return keys


def _pairs(values: Mapping[str, object], columns: Columns, keys: Mapping[str, str]) -> str:
    return "".join(
        f"    {keys[name]} {_written(values[name], kind)}\n"
        for name, kind in columns.types.items()
        if values.get(name) is not None
    )


def _written(value: object, kind: str) -> str:
    if kind == "json":
        value = dumps(value)
    if isinstance(value, str):
        text = value.replace("&", "&amp;").replace('"', "&quot;")
        return '"' + re.sub(r"[^\x20-\x7e]", lambda mark: f"&#{ord(mark[0])};", text) + '"'
    return _real(value) if isinstance(value, float) else str(value)


def _real(value: float) -> str:
    """Write a number with a point in it, which GML asks for: 1.0e-05."""
    mantissa, exponent, power = repr(float(value)).partition("e")
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}{exponent}{power}"
