"""Which forms of maps and networks are read, and how each is recognised; one line a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from benang.errors import BenangError, Problem
from benang.map_files.contents import Parts
from benang.map_files.file import File
from benang.map_files.gexf import is_gexf, parse_gexf
from benang.map_files.gml import is_gml, parse_gml
from benang.map_files.graph_json import is_graph_json, parse_graph_json
from benang.map_files.graphml import is_graphml, parse_graphml
from benang.map_files.network_table import is_edge_table, is_network_table, parse_edge_table, parse_network_table
from benang.map_files.pajek import is_pajek, parse_pajek
from benang.map_files.vosviewer_json import is_json, parse_json
from benang.map_files.vosviewer_map import is_item_table, parse_item_table
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
    """Tell the form of a file by its content.

    Raises
    ------
    BenangError
        Where it is none of those known.
    """
    head = file.head
    found = next((form for form in FORMS if form.recognise(head)), None)
    if found is None:
        root = root_of(head) if head.startswith("<") else ""
        line = head.partition("\n")[0].strip()[:60]
        raise BenangError(
            Problem(
                f"XML of another kind (<{root}>)" if root else f"a file that begins with '{line}'",
                where=file.name,
                expected="a map or a network",
                way_on=f"Known forms: {KNOWN}.",
            )
        )
    return found
