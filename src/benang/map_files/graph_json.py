"""Graphs in JSON as networkx and D3 (nodes and links) and Cytoscape (elements) write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.map_files.contents import Parts
from benang.map_files.file import File, name_of, refuse, shown
from benang.map_files.graph_data import GraphData
from benang.map_files.vosviewer_json import loaded

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
