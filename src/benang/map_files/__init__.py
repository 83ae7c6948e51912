"""Maps ↔ files, as VOSviewer, Pajek, Gephi, igraph, networkx and Cytoscape have them: one door for all forms.

Which forms are read, how each is recognised, and what is read with it is one line a form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from benang.errors import BenangError, Problem, argument
from benang.files import write_together
from benang.locale.writing import as_worded, worded
from benang.map_files.columns import is_item_table, parse_item_table
from benang.map_files.contents import Contents, Parts, contents_of, contents_of_map, renamed
from benang.map_files.file import File, LinkCollector, open_file
from benang.map_files.gml import is_gml, parse_gml
from benang.map_files.graph_data import is_graph_json, parse_graph_json
from benang.map_files.graph_xml import is_gexf, is_graphml, parse_gexf, parse_graphml
from benang.map_files.network_table import is_edge_table, is_network_table, parse_edge_table, parse_network_table
from benang.map_files.pajek import is_pajek, parse_pajek
from benang.map_files.pajek_values import values_only, with_values
from benang.map_files.targets import TARGETS, Formatted, beside, companions, formatted, items_beside
from benang.map_files.vosviewer_json import is_json, parse_json
from benang.map_files.xml_elements import root_of
from benang.maps import Map
from benang.network.network import Network
from benang.unfinished import settle

__all__ = [
    "MAP_SUFFIXES",
    "Contents",
    "Formatted",
    "beside",
    "companions",
    "contents_of_map",
    "format_contents",
    "format_map",
    "read_beside",
    "read_contents",
    "read_map",
    "read_network",
    "write_contents",
    "write_map",
]

MAP_SUFFIXES = tuple(TARGETS)
"""The suffixes that `write_map` knows."""

KNOWN = "VOSviewer (JSON, map and network files), GML, Pajek, GraphML, GEXF, edge lists (CSV, TSV)"


def read_map(path: Path | str, network_path: Path | str | None = None) -> Map:
    r"""Read a map in any form that places its items, with a byte order mark or without.

    The content decides which form it is, not the name. A map file of VOSviewer looks for its network beside itself
    (`NAME_network.txt` for `NAME.txt` and `NAME_map.txt`) where `network_path` names none.

    Parameters
    ----------
    path
        The file: VOSviewer's JSON or map file, GML, Pajek, GraphML, GEXF, or an edge list with `NAME_items.csv` beside.
    network_path
        The network file that belongs to a map file.

    Returns
    -------
    Map
        Coordinates as they are in the file, neither moved nor scaled; cluster 0 where an item has none;
        `settings` say how it was made, and are empty for a map made elsewhere.

    Raises
    ------
    BenangError
        For a file that can't be read as a map, all its problems together; an item without coordinates; a map of one
        item or none; a map of a newer format.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "toy_map.txt").write_text("id,label,x,y,cluster\n1,kota,0,0.5,1\n2,desa,1,0,1\n")
    >>> _ = (folder / "toy_network.txt").write_text("1,2,3\n")
    >>> toy = read_map(folder / "toy_map.txt")
    >>> toy.network.labels, toy.network.strength("kota", "desa"), toy.xy.tolist()
    (('kota', 'desa'), 3.0, [[0.0, 0.5], [1.0, 0.0]])
    """
    contents = read_contents(path, network_path)
    network, unplaced = contents.network, contents.unplaced
    if len(unplaced):
        named = ", ".join(f"'{network.labels[i]}'" for i in unplaced[:3]) + (", …" if len(unplaced) > 3 else "")
        raise BenangError(
            Problem(
                worded("{n} of {n2} items without x and y ({named})", n=len(unplaced), n2=len(network), named=named),
                where=str(path),
                expected="a place for every item",
                way_on="'benang layout' gives them a place.",
            )
        )
    return contents.as_map()


def read_network(path: Path | str, network_path: Path | str | None = None) -> Network:
    r"""Read the network of a map, whether its items have coordinates or not.

    Takes what `read_map` takes, and a network file alone: its ids become the labels.

    Raises
    ------
    BenangError
        As `read_map`, but not for items without coordinates; and for a map file without links.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "toy.txt"
    >>> _ = file.write_text("kota\tdesa\t2\ndesa\tkota\ndesa\tdesa\t9\n")
    >>> network = read_network(file)
    >>> network.labels, network.strength("kota", "desa"), network.n_links
    (('kota', 'desa'), 3.0, 1)
    """
    network = read_contents(path, network_path).network
    if network.n_links == 0:
        raise BenangError(
            Problem(
                "no link between two items",
                where=str(network_path or path),
                expected="a network",
                way_on="Give the network file that belongs to the map file.",
            )
        )
    return network


def read_contents(
    path: Path | str,
    network_path: Path | str | None = None,
    *,
    partition: Path | str | None = None,
    vectors: Sequence[Path | str] = (),
) -> Contents:
    r"""Read whatever a file holds: a network that may have places, clusters, weights, and what has to be said of it.

    Parameters
    ----------
    path
        A file of any form; for a table of items, the links are in `network_path` or beside it.
    network_path
        A file with the links between the items of a table.
    partition, vectors
        Pajek's partition, whose classes become the clusters, and its vectors, which become weights named by their
        files; each has one number for every item. A Pajek network finds `NAME.clu` and `NAME.vec` beside itself.

    Returns
    -------
    Contents
        `form` names the form, `notes` tell what was decided in reading.

    Raises
    ------
    BenangError
        For a file that can't be read, all its problems together, and a network of one item or none.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "toy.net"
    >>> _ = file.write_text('*Vertices 2\n1 "kota"\n2 "desa"\n*Arcs\n1 2 3\n2 1 1\n')
    >>> contents = read_contents(file)
    >>> contents.form, contents.network.strength("kota", "desa"), contents.notes[0][:32]
    ('Pajek', 4.0, '2 directed links (arcs) were rea')
    """
    settle(*_read_together(Path(path), network_path))
    file = open_file(path)
    form = form_of(file)
    parts = read_parts(form, file, Path(path), None if network_path is None else Path(network_path))
    where = str(path)
    contents = contents_of(parts, where=where)
    if len(contents.network) < 2:
        size = "one item" if len(contents.network) == 1 else "no items"
        raise BenangError(
            Problem(worded("a network of {found}", found=as_worded(size)), where=where, expected="at least two items")
        )
    contents = replace(_with_own_ids(contents), form=form.name, notes=(*file.notes, *contents.notes))
    if form.name == "Pajek":
        partition = partition or existing(Path(path).with_suffix(".clu"))
        vectors = vectors or [one for one in [existing(Path(path).with_suffix(".vec"))] if one]
        beside_it = [Path(one).name for one in (partition, *vectors) if one]
        contents = replace(
            contents, notes=(*contents.notes, *(worded("Read with {name}", name=name) for name in beside_it))
        )
    return with_values(contents, partition, vectors)


def write_map(map_: Map, *paths: Path | str, records: bool = True) -> tuple[Path, ...]:
    """Write a map to one file or several; the suffix decides on the form. All are written, or none.

    `.json` is VOSviewer's JSON with all settings under `benang`, coordinates with nine significant digits; it keeps
    everything, as `.graphml`, `.gexf` and `.gml` do. `.txt` is VOSviewer's map file, numbers with four decimals at
    most, with the links in `NAME_network.txt` beside it. What other forms keep: docs/reference/map-files.md.

    Parameters
    ----------
    map_
        The map.
    paths
        The files.
    records
        Whether the records behind items and links are written, with their citations.

    Returns
    -------
    tuple of Path
        The files written, in the order given, each network file behind its map file.

    Raises
    ------
    BenangError
        For a suffix that is not known, before anything is written, and for a folder that can't be written to.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> import numpy as np
    >>> from benang.network.network import symmetric
    >>> toy = Map(Network(("1", "2"), ("kota", "desa"), symmetric(2, [0], [1], [3.0])),
    ...           np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([1, 1]))
    >>> [path.name for path in write_map(toy, folder / "toy.json", folder / "toy.txt")]
    ['toy.json', 'toy.txt', 'toy_network.txt']
    """
    return tuple(write_contents(contents_of_map(map_), *paths, records=records).files)


def write_contents(contents: Contents, *paths: Path | str, records: bool = True) -> Formatted:
    """Write contents as `write_map` does; return what was written, and what each form left out."""
    formatted = format_contents(contents, *paths, records=records)
    write_together(formatted.files)
    return formatted


def format_map(map_: Map, *paths: Path | str, records: bool = True) -> Formatted:
    """Return the files that `write_map` would write, and what each form leaves out; nothing is written."""
    return format_contents(contents_of_map(map_), *paths, records=records)


def format_contents(contents: Contents, *paths: Path | str, records: bool = True) -> Formatted:
    """Return the files that `write_contents` would write; nothing is written."""
    return formatted(contents, *map(Path, paths), records=records)


def _read_together(path: Path, network_path: Path | str | None) -> list[Path]:
    """Return the files that may be read as one: the file, what is written beside it, what it is written beside."""
    beside_it = [*companions(path), path.with_suffix(".vec"), *([Path(network_path)] if network_path else [])]
    edges = path.with_name(f"{path.stem.removesuffix('_items')}{path.suffix}")
    return [path, *beside_it, edges]


def read_beside(path: Path) -> tuple[Path, ...]:
    """Name the files that may be read with a map or network because of their names.

    Examples
    --------
    >>> [one.name for one in read_beside(Path("topics.csv"))]
    ['topics_network.csv', 'topics_items.csv', 'topics.csv', 'topics.clu', 'topics.vec']
    """
    edges = path.with_name(f"{path.stem.removesuffix('_items')}{path.suffix}")
    return (beside(path), items_beside(path), edges, path.with_suffix(".clu"), path.with_suffix(".vec"))


def _with_own_ids(contents: Contents) -> Contents:
    """Put back the ids that VOSviewer could not have read."""
    ids = contents.settings.rest.get("ids")
    if not isinstance(ids, list) or len(ids) != len(contents.network) or len(set(map(str, ids))) < len(ids):
        return contents
    rest = {name: value for name, value in contents.settings.rest.items() if name != "ids"}
    return replace(renamed(contents, [str(name) for name in ids]), settings=replace(contents.settings, rest=rest))


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
