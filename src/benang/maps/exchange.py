"""Maps and networks from files and to files: VOSviewer's JSON, and its map and network files."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from benang.errors import BenangError, Problem
from benang.files import read_text, write_together
from benang.maps.map import Map
from benang.maps.vosviewer_contents import Contents, contents_of
from benang.maps.vosviewer_files import (
    format_map_file,
    format_network_file,
    is_map_file,
    items_of,
    parse_map_file,
    parse_network_file,
    read_error,
)
from benang.maps.vosviewer_json import format_json, parse_json
from benang.network.network import Network

MAP_SUFFIXES = (".json", ".txt")
"""The suffixes that `write_map` knows."""


def read_map(path: Path | str, network_path: Path | str | None = None) -> Map:
    r"""Read a map: VOSviewer's JSON, or a map file with its network file, with a byte order mark or without.

    The content decides which form it is, not the name. A map file looks for its network beside itself
    (`NAME_network.txt` for `NAME.txt` and `NAME_map.txt`) where `network_path` names none.

    Parameters
    ----------
    path
        The JSON or the map file.
    network_path
        The network file that belongs to a map file.

    Returns
    -------
    Map
        Coordinates as they stand in the file, neither moved nor scaled; cluster 0 where an item has none;
        `provenance` is what stands under `benang`, and empty for a map made elsewhere.

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
    contents = _contents(path, network_path)
    network = contents.network
    unplaced = np.flatnonzero(np.isnan(contents.xy).any(axis=1))
    if len(unplaced):
        named = ", ".join(f"'{network.labels[i]}'" for i in unplaced[:3]) + (", …" if len(unplaced) > 3 else "")
        raise BenangError(
            Problem(
                f"{len(unplaced)} of {len(network)} items without x and y ({named})",
                where=str(path),
                expected="a place for every item",
                way_on="'benang layout' gives them one.",
            )
        )
    return Map(network, contents.xy, contents.cluster, contents.cluster_labels, contents.provenance)


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
    network = _contents(path, network_path).network
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


def write_map(made: Map, *paths: Path | str) -> tuple[Path, ...]:
    """Write a map to one file or several; the suffix decides on the form. All are written, or none.

    `.json` is VOSviewer's JSON with provenance under `benang`, coordinates with nine significant digits; it keeps
    everything. `.txt` is VOSviewer's map file, numbers with four decimals at most, with the links in `NAME_network.txt`
    beside it; it keeps neither provenance nor records.

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
    >>> from benang.network.network import symmetric
    >>> toy = Map(Network(("1", "2"), ("kota", "desa"), symmetric(2, [0], [1], [3.0])),
    ...           np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([1, 1]))
    >>> [path.name for path in write_map(toy, folder / "toy.json", folder / "toy.txt")]
    ['toy.json', 'toy.txt', 'toy_network.txt']
    """
    targets = [Path(path) for path in paths]
    unknown = [path for path in targets if path.suffix.lower() not in MAP_SUFFIXES]
    if unknown:
        raise BenangError(
            *(
                Problem(
                    f"the suffix '{path.suffix}'" if path.suffix else "a name without a suffix",
                    where=str(path),
                    expected=f"one of {', '.join(MAP_SUFFIXES)}",
                )
                for path in unknown
            )
        )
    files: dict[Path, bytes] = {}
    for path in targets:
        if path.suffix.lower() == ".json":
            files[path] = format_json(made).encode("utf-8")
        else:
            # With a byte order mark, as VOSviewer writes it, so that Windows takes it for UTF-8.
            files[path] = format_map_file(made).encode("utf-8-sig")
            files[beside(path)] = format_network_file(made).encode("utf-8")
    write_together(files)
    return tuple(files)


def beside(path: Path) -> Path:
    """Return the name of the network file that belongs to a map file.

    Examples
    --------
    >>> beside(Path("topics.txt")).name, beside(Path("topics_map.txt")).name
    ('topics_network.txt', 'topics_network.txt')
    """
    return path.with_name(f"{path.stem.removesuffix('_map')}_network{path.suffix}")


def _contents(path: Path | str, network_path: Path | str | None) -> Contents:
    where = str(path)
    text = read_text(Path(path))
    try:
        contents = _parsed(text, Path(path), None if network_path is None else Path(network_path))
    except csv.Error as error:
        raise read_error(where, error) from None
    if len(contents.network) < 2:
        found = "one item" if len(contents.network) == 1 else "no items"
        raise BenangError(Problem(f"a network of {found}", where=where, expected="at least two items"))
    return contents


def _parsed(text: str, path: Path, network_path: Path | None) -> Contents:
    where = str(path)
    if not text.strip():
        raise BenangError(Problem("the file is empty", where=where, way_on="Export it again."))
    if text.lstrip().startswith(("{", "[")):
        if network_path is not None:
            raise BenangError(
                Problem(
                    "a JSON map together with a network file",
                    where=where,
                    way_on="The JSON has its own links: give it alone.",
                )
            )
        return parse_json(text, where)
    if is_map_file(text):
        beside_it = network_path or (beside(path) if beside(path).is_file() else None)
        links = None if beside_it is None else parse_network_file(read_text(beside_it), str(beside_it))
        return parse_map_file(text, where, links)
    if network_path is not None:
        raise BenangError(
            Problem(
                "no header with 'id' or 'label'",
                where=where,
                expected="a VOSviewer map file",
                way_on="Give a network file without a map alone.",
            )
        )
    links = parse_network_file(text, where)
    return contents_of(items_of(links), links, where=where, extras={})
