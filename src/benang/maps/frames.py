"""A corpus, a network or a map as frames of Arrow, pandas and Polars: what a notebook goes on with."""

from __future__ import annotations

from benang.errors import BenangError, Problem
from benang.maps.graphs import tables_for
from benang.maps.map import Map
from benang.network.network import Network
from benang.records.corpus import Corpus
from benang.records.frame_tables import Frame, FrameKind, frames_of, library
from benang.records.frames import corpus_frame, corpus_frames

Framed = Corpus | Network | Map


def to_arrow(thing: Framed, *, long: bool = False) -> Frame:
    """Return a corpus as an Arrow table, a network or a map as Arrow tables by name; nothing is lost.

    Parameters
    ----------
    thing
        A corpus is one table with a row a record (`corpus_frame`). A network is `items` and `links`, and where it
        knows them `records`, `occurrences`, `cited` and `citations`; a map has `x`, `y` and `cluster` beside its
        items, and `clusters`. `about` holds what stands in no column.
    long
        The tables of the corpus itself instead, one row a value, by name (`Corpus`).

    Returns
    -------
    pyarrow.Table, or dict of str to pyarrow.Table
        `corpus_from`, `network_from` and `map_from` make the same of them again.

    Raises
    ------
    BenangError
        For what is neither corpus, network nor map, and a value that no table can hold.

    Examples
    --------
    >>> from benang.network.graphs import network_from
    >>> tables = to_arrow(network_from([("kota", "desa", 3.0)]))
    >>> tables["links"].to_pylist(), network_from(tables).strength("kota", "desa")
    ([{'source': 'kota', 'target': 'desa', 'strength': 3.0}], 3.0)
    """
    return _frames(thing, "arrow", long=long)


def to_pandas(thing: Framed, *, long: bool = False) -> Frame:
    """Return a corpus as a pandas frame, a network or a map as frames by name, as `to_arrow`.

    Columns have Arrow's types, so that a missing value, an empty text and NaN stay apart; weights, scores, strengths
    and places are plain float64.

    Raises
    ------
    BenangError
        Where pandas isn't installed, and as `to_arrow`.
    """
    library("pandas")
    return _frames(thing, "pandas", long=long)


def to_polars(thing: Framed, *, long: bool = False) -> Frame:
    """Return a corpus as a Polars frame, a network or a map as frames by name, as `to_arrow`.

    A Polars frame has no room for more than its columns: the ledger and the history of a corpus come along in the long
    tables alone.

    Raises
    ------
    BenangError
        Where Polars isn't installed, and as `to_arrow`.
    """
    library("polars")
    return _frames(thing, "polars", long=long)


def _frames(thing: Framed, kind: FrameKind, *, long: bool) -> Frame:
    if isinstance(thing, Corpus):
        return corpus_frames(thing, kind) if long else corpus_frame(thing, kind)
    if isinstance(thing, Network | Map):
        return frames_of(tables_for(thing), kind)
    raise BenangError(Problem(type(thing).__name__, where="frame", expected="a corpus, a network or a map"))
