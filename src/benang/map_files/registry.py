"""Which forms of maps and networks are read, how each is recognised, and what is read with it; one line a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from benang.errors import BenangError, Problem, argument
from benang.locale.writing import as_worded, worded
from benang.map_files.columns import is_item_table, parse_item_table
from benang.map_files.contents import Parts
from benang.map_files.file import File, LinkCollector, open_file
from benang.map_files.gexf import is_gexf, parse_gexf
from benang.map_files.gml import is_gml, parse_gml
from benang.map_files.graph_json import is_graph_json, parse_graph_json
from benang.map_files.graphml import is_graphml, parse_graphml
from benang.map_files.network_table import is_edge_table, is_network_table, parse_edge_table, parse_network_table
from benang.map_files.pajek import is_pajek, parse_pajek
from benang.map_files.pajek_values import values_only
from benang.map_files.targets import beside, items_beside
from benang.map_files.vosviewer_json import is_json, parse_json
from benang.map_files.xml_elements import root_of


@dataclass(frozen=True)
class Form:
    """A form: its name, how to tell it by the beginning of a file, how to read it, and whether it holds all."""

    name: str
    recognise: Callable[[str], bool]
    parse: Callable[[File], Parts]
    holds: Literal["all", "items", "links"] = "all"


FORMS = (
    Form("GraphML", is_graphml, parse_graphml),
    Form("GEXF", is_gexf, parse_gexf),
    Form("graph JSON", is_graph_json, parse_graph_json),
    Form("VOSviewer JSON", is_json, parse_json),
    Form("Pajek", is_pajek, parse_pajek),
    Form("GML", is_gml, parse_gml),
    Form("edge list", is_edge_table, parse_edge_table, "links"),
    Form("VOSviewer map file", is_item_table, parse_item_table, "items"),
    Form("VOSviewer network file", is_network_table, parse_network_table, "links"),
)
"""Asked in this order; the first that recognises a file reads it."""

KNOWN = "VOSviewer (JSON, map and network files), GML, Pajek, GraphML, GEXF, edge lists (CSV, TSV)"


def form_of(file: File) -> Form:
    """Recognise the form of a file by its content.

    Raises
    ------
    BenangError
        Where it is none of those known.
    """
    head = file.head
    form = next((form for form in FORMS if form.recognise(head)), None)
    if form is None:
        root = root_of(head) if head.startswith("<") else ""
        line = head.partition("\n")[0].strip()[:60]
        raise BenangError(
            Problem(
                worded("XML of another kind (<{root}>)", root=root)
                if root
                else worded("a file that begins with '{line}'", line=line),
                where=file.name,
                expected="a map or a network",
                way_on=worded("Known formats: {known}.", known=as_worded(KNOWN)),
            )
        )
    return form


def read_parts(form: Form, file: File, path: Path, network_path: Path | None) -> Parts:
    """Read a file and the one that belongs to it."""
    if form.name == "Pajek" and values_only(file):
        raise BenangError(
            Problem(
                "a Pajek partition or vector without its network",
                where=file.name,
                way_on=worded(
                    "Give the network (.net) first, and this file beside it ({option} or {option2}).",
                    option=argument("partition"),
                    option2=argument("vectors"),
                ),
            )
        )
    if network_path is not None and form.holds != "items":
        raise BenangError(_misplaced(form, file.name))
    parts = form.parse(file)
    if form.holds == "items":
        linked = network_path or existing(beside(path)) or _edges_of(path)
        return parts if linked is None else _joined(parts, _parsed(linked), linked)
    if form.holds == "links" and parts.items is None and path.suffix.lower() in {".csv", ".tsv"}:
        items = existing(items_beside(path))
        return parts if items is None else _joined(_parsed(items), parts, path)
    return parts


def _misplaced(form: Form, where: str) -> Problem:
    if form.holds == "all":
        return Problem(
            worded("a {name} map together with a network file", name=form.name),
            where=where,
            way_on=worded(
                "The {form} has its own links: give it alone.",
                form=form.name.removeprefix("VOSviewer "),
            ),
        )
    return Problem(
        "no header with 'id' or 'label'",
        where=where,
        expected="a VOSviewer map file",
        way_on="If there is no map, give the network file alone.",
    )


def _joined(items: Parts, links: Parts, links_file: Path) -> Parts:
    """Put the links of one file to the items of another."""
    notes = (*items.notes, *links.notes)
    return replace(
        items, links=links.links, link_attributes=links.link_attributes, notes=notes, links_file=links_file.name
    )


def _parsed(path: Path) -> Parts:
    if path.stat().st_size == 0:
        return Parts(links=LinkCollector(str).links())  # of a map whose items have no links
    file = open_file(path)
    parts = form_of(file).parse(file)
    return replace(parts, notes=(*file.notes, *parts.notes))


def _edges_of(path: Path) -> Path | None:
    """Return the edge list that a table of items belongs to."""
    name = path.stem.removesuffix("_items")
    return None if name == path.stem else existing(path.with_name(f"{name}{path.suffix}"))


def existing(path: Path) -> Path | None:
    """Return a file where there is one."""
    return path if path.is_file() else None
