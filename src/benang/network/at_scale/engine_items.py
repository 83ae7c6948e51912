"""What is asked of a network of a large corpus, and its items: distinguished and counted inside an engine.

How many items each threshold leaves, and whether their links fit into memory, is known before anything is joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse

from benang.engine import Engine, sql_text
from benang.errors import BenangError, Problem, unknown
from benang.evidence import Step
from benang.kinds import ITEMS, KINDS, ComponentChoice, Counting, FolderItems, Link, in_words
from benang.locale.writing import worded
from benang.network import LeftOut, NetworkSettings, RecordCounts
from benang.network.incidence import ReadItems, all_dropped, thesaurus_arguments, thesaurus_use
from benang.network.item_network import (
    BYTES_PER_LINK,
    link_matrix,
    memory_for_links,
    too_many_links,
    with_links_step,
    with_threshold,
)
from benang.network.network import CSR, Network, symmetric, with_link_weights
from benang.network.record_entries import NamedItems, distinct_labels, named_items
from benang.network.selection import check_asked, selected
from benang.progress import Progress
from benang.records.countries import country_items
from benang.records.organizations import Affiliation, affiliated_organizations, organization_key
from benang.records.spelling import label_key
from benang.records.thesaurus import Thesaurus

PACKAGE = "benang.network.at_scale"
"""Where the queries are."""

NO_LIMIT = 2**31 - 1
_LISTED = {"sources": "listed_sources", "organizations": "listed_affiliations"}  # the others are lists of one field

PARTED = "\x1f"
"""What separates the text, the id and the database of an affiliation (`sql/listed_affiliations.sql`)."""


@dataclass(frozen=True)
class Asked:
    """The choices of `folder_network`, checked."""

    items: FolderItems
    link: Link
    counting: Counting
    least: int
    min_citations: int
    top: int | None
    components: ComponentChoice
    most_per_record: int | None
    thesaurus: Thesaurus | None
    records: bool
    scores: bool
    budget: int | None
    progress: Progress


def checked_link(items: str, link: str | None) -> Link:
    """Return the link of some items: the one that is asked for, or the usual one.

    Raises
    ------
    BenangError
        For unknown items, and links that they can't have here.

    Examples
    --------
    >>> checked_link("authors", None), checked_link("authors", "coupling")
    ('co-authorship', 'coupling')
    """
    if items not in get_args(FolderItems):
        if items not in ITEMS:
            raise unknown(items, get_args(FolderItems), where="items", expected="a kind of items")
        way_on = "Read the corpus into memory for these items."
        raise BenangError(
            Problem(worded("{items} can't be counted in place", items=items), where="items", way_on=way_on)
        )
    possible = tuple(KINDS[items].links)
    chosen = next((one for one in possible if one == link), possible[0] if link is None else None)
    if chosen is None:
        raise BenangError(
            Problem(
                f"'{link}'",
                where="link",
                expected=worded("one of {names} for {items}", names=", ".join(possible), items=items),
            )
        )
    return chosen


def check_numbers(asked: Asked) -> None:
    """Refuse unknown words and numbers that make no sense, all together."""
    least = [("min_occurrences", asked.least, 1), ("min_citations", asked.min_citations, 0)]
    if asked.most_per_record is not None:
        least.append(("most_per_record", asked.most_per_record, 1))
    check_asked(asked.counting, asked.components, asked.top, *least)


@dataclass(frozen=True)
class Counted:
    """Items that an engine has counted: in `documents` records each, `citations` together (None where not asked)."""

    named: NamedItems
    documents: Ints
    citations: Ints
    read: ReadItems


def see_fields(engine: Engine, fields: Sequence[str]) -> None:
    """Let queries see `occurrences(unit, spelling)`: what records list in some fields."""
    engine.view("fields", pa.table({"field": list(fields)}))
    engine.define("occurrences", sql_text(PACKAGE, "listed_values"))


def counted_items(engine: Engine, asked: Asked, *, most: int | None) -> Counted:
    """Keep `incidence(unit, item, times)` of the items in the engine, and count them.

    Raises
    ------
    BenangError
        Where no record has any.
    """
    asked.progress(worded("Identifying {items}", items=in_words(asked.items)), 0.1)
    if asked.items in _LISTED:
        engine.define("occurrences", sql_text(PACKAGE, _LISTED[asked.items]))
    else:
        see_fields(engine, KINDS[asked.items].fields)
    spelt = engine.query(sql_text(PACKAGE, "spelt"))
    named = spelt_items(spelt, asked.items, asked.thesaurus)
    if not named.ids and named.dropped and asked.thesaurus:
        raise all_dropped(asked.items, asked.thesaurus)
    if not named.ids:
        raise BenangError(Problem(worded("No record of this corpus has {items}", items=in_words(asked.items))))
    known = np.flatnonzero(named.item_of >= 0)
    item = pa.array(named.item_of[known].astype(np.int32))
    engine.view("spellings", pa.table({"spelling": spelt.column("spelling").take(pa.array(known)), "item": item}))
    asked.progress(worded("Counting {items}", items=in_words(asked.items)), 0.2)
    engine.keep("listed", sql_text("benang.network", "incidence"))
    engine.view("most", pa.table({"items": [NO_LIMIT if most is None else most]}))
    engine.keep("incidence", sql_text(PACKAGE, "short_lists"))
    engine.keep("set_aside", sql_text(PACKAGE, "long_lists"))
    documents = units_of(engine, len(named.ids))
    citations = _by_item(engine, PACKAGE, "item_citations", "citations", len(named.ids))
    return Counted(named, documents, citations, _read(engine, asked, named, most))


def units_of(engine: Engine, n: int) -> Ints:
    """Count the units that each of n items occurs in."""
    return _by_item(engine, "benang.network", "occurrences", "units", n)


def _by_item(engine: Engine, package: str, query: str, column: str, n: int) -> Ints:
    table = engine.query(sql_text(package, query))
    values = np.zeros(n, np.int64)
    values[table.column("item").to_numpy()] = table.column(column).to_numpy()
    return values


def _read(engine: Engine, asked: Asked, named: NamedItems, most: int | None) -> ReadItems:
    """Count the records: all, those that have items, and those that were set aside for having too many."""
    records = n_records(engine)
    units = engine.query(sql_text(PACKAGE, "how_many_units")).to_pylist()[0]
    too_many = 0 if most is None else units["too_many"]
    without = records - units["units"] + too_many
    used = thesaurus_use(asked.thesaurus, named.dropped, named.unmatched)
    counts = {"records": records, "records_without_items": without, "items": len(named.ids)}
    counts |= {"dropped_by_thesaurus": named.dropped, **({} if most is None else {"records_with_too_many": too_many})}
    settings = NetworkSettings(
        corpus=RecordCounts(records=records, records_without_items=without, origins={}),
        thesaurus=used,
        left_out=LeftOut(records_with_too_many=too_many),
    )
    return ReadItems(Step("items", {"items": asked.items, **thesaurus_arguments(used)}, counts), settings)


def n_records(engine: Engine) -> int:
    """Count the records of the corpus."""
    return int(engine.query(sql_text(PACKAGE, "how_many_records")).column("records")[0].as_py())


def see_kept(engine: Engine, kept: NDArray[np.intp] | Ints) -> None:
    """Let queries see `kept(item)`."""
    engine.view("kept", pa.table({"item": np.asarray(kept).astype(np.int32)}))


def check_room(engine: Engine, asked: Asked, kept: Ints, levels: Ints, option: str) -> None:
    """Refuse what memory won't hold, before the join: the engine sees `held(unit, item)`."""
    asked.progress("Checking whether the links fit into memory", 0.4)
    engine.view("levels", levels_table(kept, levels))
    check_fits(leaves(engine, levels), items=in_words(asked.items), option=option, budget=asked.budget)


def counted_links(engine: Engine, asked: Asked, query: str, kept: Ints) -> CSR:
    """Count links in the engine and add them up here: a matrix over the items that are kept, in their order."""
    asked.progress("Counting links", 0.5)
    links = engine.query(sql_text("benang.network", query))
    for at, name in enumerate(("source", "target")):
        place = np.searchsorted(kept, links.column(name).to_numpy())
        links = links.set_column(at, name, pa.array(place.astype(np.int32)))
    return link_matrix(links, np.arange(len(kept)), len(kept), asked.counting)


def begun(asked: Asked, read: ReadItems | None, items: int, kept: int, **least: int | None) -> Network:
    """Say in a network without items what was read, what was asked of an item, and how many met it."""
    history, settings = ((read.step,), read.settings) if read else ((), NetworkSettings())
    empty = Network((), (), symmetric(0, [], [], []), item_kind=asked.items, link_kind=asked.link)
    return with_threshold(replace(empty, history=history, settings=settings), items, kept, **least)


def strongest_of(links: CSR, counted: Ints, asked: Asked, before: Network) -> tuple[Ints, Network]:
    """Choose what is shown: the places of the items among those kept, and their network, bare except for its links."""
    names = tuple(map(str, range(links.shape[0])))
    # Of equally strong items the more frequent comes first: all that is asked of the incidence here.
    frequent = sparse.csr_array(counted.astype(np.float64)[np.newaxis, :])
    bare = with_link_weights(replace(before, ids=names, labels=names, links=links, incidence=frequent))
    shown = with_links_step(selected(bare, top=asked.top, component=asked.components), asked.counting)
    return np.array([int(one) for one in shown.ids], np.int64), shown


def finished(network: Network, shown: Network, asked: Asked) -> Network:
    """Give a network its history, and leave its records out where they are not wanted."""
    network = replace(network, history=shown.history, settings=shown.settings)
    return network if asked.records else replace(network, records=(), record_labels=(), incidence=None, cited=None)


def spelt_items(spelt: pa.Table, items: str, thesaurus: Thesaurus | None = None) -> NamedItems:
    """Distinguish the items that values name, by the rules used in memory.

    Countries and organisations are read off affiliations; for organisations each value has an id and a database beside
    the text.

    Parameters
    ----------
    spelt
        `spelling`: the different values; `times`: how often each occurs.
    items
        As in `folder_network`.
    thesaurus
        Variants and their preferred labels.

    Examples
    --------
    >>> spelt = pa.table({"spelling": ["Kota", "kota", "Budget"], "times": [1, 2, 1]})
    >>> items = spelt_items(spelt, "author-keywords")
    >>> items.ids, items.labels, items.item_of.tolist()
    (('budget', 'kota'), ('Budget', 'kota'), [1, 1, 0])
    """
    values, times, given = spelt.column("spelling").to_pylist(), spelt.column("times").to_pylist(), thesaurus
    if items == "countries":
        return _countries(values, times, given or Thesaurus())
    if items == "organizations":
        return _organizations(values, times, given or Thesaurus())
    return named_items(values, times, given or Thesaurus())


def _countries(values: list[str], times: list[int], thesaurus: Thesaurus) -> NamedItems:
    items = country_items(values, thesaurus)
    unmatched = thesaurus.unmatched(label_key, items.matched)
    return named_items(items.labels, times, Thesaurus(), dropped=items.dropped, unmatched=unmatched)


def _organizations(values: list[str], times: list[int], thesaurus: Thesaurus) -> NamedItems:
    affiliations = [Affiliation(*value.rsplit(PARTED, 2)) for value in values]
    items = affiliated_organizations(dict(zip(affiliations, times, strict=True)), thesaurus)
    labels = distinct_labels(items.labels, label_key) | {"": ""}
    left = thesaurus.remaining(organization_key, items.unmatched)
    names = [labels[items.of[one]] for one in affiliations]
    return named_items(names, times, left, dropped=items.dropped, unmatched=items.unmatched)


Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Leaves:
    """What each threshold leaves, from the highest: items, and the most links that they can have.

    `least` are the thresholds that differ in what they leave, `items` and `at_most` go with them.
    """

    least: Ints
    items: Ints
    at_most: Ints


def leaves(engine: Engine, levels: Ints) -> Leaves:
    """Count for every threshold the items it leaves, and how many links at most.

    Parameters
    ----------
    engine
        Sees `held(unit, item)`, each item once in each unit, and `levels(item, level)`.
    levels
        The level of each item: the highest threshold that it meets.

    Notes
    -----
    The bound is Σ s(s − 1)/2 over the units, s the items of a unit that are left, and never above n(n − 1)/2. It takes
    one pass and no join of pairs; units that share pairs make it larger than the links are.

    Examples
    --------
    >>> from benang.engine import DuckDB
    >>> with DuckDB(threads=1) as engine:
    ...     engine.view("held", pa.table({"unit": [0, 0, 0, 1, 1], "item": [0, 1, 2, 0, 1]}))
    ...     engine.view("levels", pa.table({"item": [0, 1, 2], "level": [2, 2, 1]}))
    ...     left = leaves(engine, np.array([2, 2, 1]))
    >>> left.least.tolist(), left.items.tolist(), left.at_most.tolist()
    ([2, 1], [2, 3], [1, 3])
    """
    table = engine.query(sql_text("benang.network.at_scale", "links_at_most"))
    least, counts = np.unique(levels, return_counts=True)
    twice = np.zeros(len(least), np.int64)
    twice[np.searchsorted(least, table.column("level").to_numpy())] = table.column("twice").to_numpy()
    items = np.cumsum(counts[::-1]).astype(np.int64)
    pairs = np.cumsum(twice[::-1]) // 2
    return Leaves(least[::-1].astype(np.int64), items, np.minimum(pairs, items * (items - 1) // 2))


def items_that_fit(leaves: Leaves, budget: int) -> tuple[int, int]:
    """Return the lowest threshold whose links are sure to fit into so many bytes, and how many items it leaves.

    Where none does, the highest threshold plus 1, and 0 items.

    Examples
    --------
    >>> leaves = Leaves(np.array([9, 5, 1]), np.array([10, 100, 1000]), np.array([45, 4_000, 400_000]))
    >>> items_that_fit(leaves, 1_000_000), items_that_fit(leaves, 100)
    ((5, 100), (10, 0))
    """
    fits = int(np.searchsorted(leaves.at_most, budget // BYTES_PER_LINK, side="right"))
    if not fits:
        return (int(leaves.least[0]) + 1 if len(leaves.least) else 1), 0
    return int(leaves.least[fits - 1]), int(leaves.items[fits - 1])


def check_fits(leaves: Leaves, *, items: str, option: str, budget: int | None = None) -> None:
    """Refuse what memory would not hold, before the join begins.

    Parameters
    ----------
    leaves
        What is left by the threshold that was asked for (its last row), and by higher ones.
    items, option
        The items in words, and what the threshold is called.
    budget
        Bytes; `memory_for_links()` where None.

    Raises
    ------
    BenangError
        Where the links may not fit: the message says how many items would, and with which threshold.
    """
    given = memory_for_links() if budget is None else budget
    if not len(leaves.items) or leaves.at_most[-1] * BYTES_PER_LINK <= given:
        return
    n, links = int(leaves.items[-1]), int(leaves.at_most[-1])
    raise too_many_links(n, links, given, items_that_fit(leaves, given), items=items, option=option)


def levels_table(items: Ints, levels: Ints) -> pa.Table:
    """Put the level of each item into the form that the queries take."""
    return pa.table({"item": items.astype(np.int32), "level": levels.astype(np.int64)})
