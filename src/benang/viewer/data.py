"""A map as its interactive page is given it: columns of items and links, the records behind them, what maps share.

The names are those of the wire types in `ui/viewer/model.ts`. All that is returned is plain JSON, and the same map
gives the same JSON. What several maps on one page, such as a report, have in common is in the page once.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.looks import View
from benang.looks.appearance import ShownLinks, strongest_links
from benang.map_files.contents import contents_of_map
from benang.map_files.file import plain
from benang.map_files.own_key import key_written, records_by_item
from benang.map_files.vosviewer_json import config_written, ids_for_online
from benang.maps import Map
from benang.maps.slices import links_by_year, record_years, years_of_labels
from benang.network.network import CSR, Floats, Network, symmetric
from benang.network.recounted import strengths_at, told_rows
from benang.records.corpus import Corpus
from benang.records.names import short_citation
from benang.records.record import Record

MOST_LINKS = 200_000
"""Links that a page has at most, the strongest: a browser draws a thousand of them, and searches all."""
MOST_YEARLY = 400_000
"""Strengths of links by year that a page has at most."""
_MOST_PAIRS = 50_000_000  # of items in records: more take too long to be counted by year
_DOI = re.compile(r"10\.\d{4,9}/\S+")

Json = dict[str, Any]

MOST_ABSTRACTS = 3_000_000
"""Letters of all abstracts together: where there are more, the page has none."""


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A coded passage of a record: its codes in words, where it is (`where`), its address in the report, or ""."""

    quote: str
    codes: tuple[str, ...]
    where: str
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class ShownMap:
    """A map and what a page shows of it.

    `title` is that of the page where the `view` has none. With `records`, the records behind items and links are
    there: from the `corpus`, where there is one, else by key and short citation. `keys` are the keys that records of
    the map have in the corpus, where they differ. `passages` are those coded in the records, by the map's keys. `notes`
    come first among what is said of the map.
    """

    map: Map
    title: str
    language: Language = "en"
    view: View = View()  # noqa: RUF009 - it is frozen
    records: bool = True
    corpus: Corpus | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    passages: Mapping[str, Sequence[ShownPassage]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def map_columns(shown: ShownMap) -> tuple[Json, Json | None, list[str]]:
    """Return the map and its records in columns (`MapColumns`, `RecordColumns`), and what has to be said of them.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> network = Network(("1", "2"), ("kota", "desa"), symmetric(2, [0], [1], [3.0]))
    >>> toy = Map(network, np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([1, 1]))
    >>> columns, records, notes = map_columns(ShownMap(map=toy, title="Toy"))
    >>> columns["items"]["x"], columns["links"], records
    ([-0.5, 0.5], {'source': [0], 'target': [1], 'strength': [3], 'attributes': {}}, None)
    """
    network = shown.map.network
    has_records = shown.records and network.incidence is not None
    if not has_records:
        network = replace(network, incidence=None, records=(), record_labels=(), cited=None)
    elif network.cited is None:  # what they cite is by their places, of direct citation by those of all
        network = _with_items_only(network)
    shown = replace(shown, map=replace(shown.map, network=network))
    columns, notes = _map_columns(shown)
    return columns, _record_columns(shown) if has_records else None, notes


def _with_items_only(network: Network) -> Network:
    """Leave out the records without an item of the map."""
    rows = told_rows(network)
    labels = tuple(network.record_labels[row] for row in rows) if network.record_labels else ()
    incidence = None if network.incidence is None else sparse.csr_array(network.incidence[rows])
    return replace(
        network, records=tuple(network.records[row] for row in rows), record_labels=labels, incidence=incidence
    )


def _map_columns(shown: ShownMap) -> tuple[Json, list[str]]:
    map_, network = shown.map, shown.map.network
    chosen = strongest_links(network, max_links=MOST_LINKS)
    links = ShownLinks(chosen.source[::-1], chosen.target[::-1], chosen.strength[::-1])
    attributes, turned = _link_attributes(network, links)
    years, are_too_many = _years(shown, links)
    columns = {
        "items": _items(map_),
        "links": {
            "source": np.where(turned, links.target, links.source).tolist(),
            "target": np.where(turned, links.source, links.target).tolist(),
            "strength": _exact(links.strength),
            "attributes": attributes,
        },
        "allLinks": network.n_links,
        "clusters": {str(number): label for number, label in sorted(map_.cluster_labels.items())},
        "kinds": _kinds(network),
        "records": records_by_item(network),
        "cited": _cited(network),
        "years": years,
        "extras": _extras(map_),
    }
    return columns, _notes(shown, links, are_too_many=are_too_many)


def _notes(shown: ShownMap, links: ShownLinks, *, are_too_many: bool) -> list[str]:
    _, all_links, notes = translator(shown.language), shown.map.network.n_links, []
    if len(links) < all_links:
        n, of = (numeral(number, shown.language) for number in (len(links), all_links))
        notes.append(_("This page includes the {n} strongest of {links} links.").format(n=n, links=of))
    if are_too_many:
        notes.append(_("There are too many links to count them by year: a period shows the links of all years."))
    return notes


def _extras(map_: Map) -> Json:
    """Return the other keys of VOSviewer's JSON, and ours without the records."""
    rest = {name: value for name, value in map_.network.extras.items() if name not in {"link_attributes", "config"}}
    config, own = config_written(contents_of_map(map_)), key_written(map_, records=False)
    given = {"config": config, **rest, "benang": own}
    return {name: value for name, value in given.items() if value is not None}


def _items(map_: Map) -> Json:
    network = map_.network
    x, y = ([plain(float(f"{value:.6g}")) for value in column] for column in map_.xy.T.tolist())
    return {
        "id": ids_for_online(network.ids) or list(network.ids),
        "label": list(network.labels),
        "x": x,
        "y": y,
        "cluster": map_.cluster.tolist(),
        "weights": {name: _exact(values) for name, values in network.weights.items()},
        "scores": {
            name: [plain(value) if math.isfinite(value) else None for value in values.tolist()]
            for name, values in network.scores.items()
        },
        "attributes": {name: list(values) for name, values in network.attributes.items()},
    }


def _exact(values: Floats) -> list[int | float]:
    return [plain(value) for value in values.tolist()]


def _kinds(network: Network) -> dict[str, str]:
    """Return Benang's words for what items and links are; empty for a network made elsewhere."""
    return {
        "items": "" if network.item_kind == "items" else network.item_kind,
        "links": "" if network.link_kind == "links" else network.link_kind,
        "unit": "" if network.incidence is None else network.unit,
        "counting": network.settings.counting or "",
    }


def _link_attributes(network: Network, links: ShownLinks) -> tuple[Json, NDArray[np.bool_]]:
    """Return the attributes of links by their places, as texts, as JSON has it; and which links are to be turned.

    A link's own attributes may speak of source and target: its ends stand as they were read.
    """
    given, turned = network.extras.get("link_attributes"), np.zeros(len(links), np.bool_)
    if not isinstance(given, Mapping) or not given:
        return {}, turned
    at, places = {name: place for place, name in enumerate(network.ids)}, _places_of(network, links)
    placed: dict[int, Mapping[str, object]] = {}
    for (one, other), rest in given.items():
        place = int(places[at[one], at[other]]) - 1 if one in at and other in at else -1
        if place >= 0:
            placed[place], turned[place] = rest, at[one] > at[other]
    return {str(place): dict(placed[place]) for place in sorted(placed)}, turned


def _places_of(network: Network, links: ShownLinks) -> CSR:
    """Return for each pair of items the place of its link, from 1; 0 where there is none."""
    return symmetric(len(network), links.source, links.target, np.arange(1, len(links) + 1, dtype=np.float64))


def _cited(network: Network) -> Json | None:
    if network.cited is None:
        return None
    by = network.cited.matrix
    rows = [sorted(by.indices[by.indptr[i] : by.indptr[i + 1]].tolist()) for i in range(by.shape[0])]
    return {"label": list(network.cited.labels), "by": rows}


def _years(shown: ShownMap, links: ShownLinks) -> tuple[list[Json] | None, bool]:
    """Return the strengths of links by year, where they add up to the whole; and whether there are too many."""
    network = shown.map.network
    years = _record_years(shown)
    if network.incidence is None or not np.isfinite(years).any():
        return None, False
    if float((np.diff(network.incidence.indptr).astype(np.float64) ** 2).sum()) > _MOST_PAIRS:
        return None, True
    by_year = links_by_year(network, years)
    if by_year is None:
        return None, False
    places, columns = _places_of(network, links), list[Json]()
    for year, counted in by_year.items():
        upper = sparse.triu(counted, 1).tocoo()
        place = strengths_at(places, upper.row.astype(np.intp), upper.col.astype(np.intp)).astype(np.int64) - 1
        kept = np.flatnonzero(place >= 0)
        kept = kept[np.argsort(place[kept], kind="stable")]
        columns.append({"year": year, "link": place[kept].tolist(), "strength": _exact(upper.data[kept])})
    if sum(len(one["link"]) for one in columns) > MOST_YEARLY:
        return None, True
    return [one for one in columns if one["link"]], False


def _record_years(shown: ShownMap) -> Floats:
    """Return the year of each record of the map: by the corpus, else by the short citation; NaN for none."""
    network = shown.map.network
    years: dict[str, int | None] = {**years_of_labels(network)}
    years |= {key: record.year for key, record in _records(shown) if record is not None}
    return record_years(network, years)


def _records(shown: ShownMap) -> list[tuple[str, Record | None]]:
    """Return the records of the map by key, each with its record in the corpus, where it has one."""
    corpus, keys = shown.corpus, shown.map.network.records
    if corpus is None:
        return [(key, None) for key in keys]
    of = [(key, shown.keys.get(key, key)) for key in keys]
    return [(key, corpus.record(own) if corpus.has(own) else None) for key, own in of]


def _record_columns(shown: ShownMap) -> Json:
    """Return `RecordColumns`: what the corpus gives of each record, or its key and short citation alone."""
    network = shown.map.network
    labels = network.record_labels or [""] * len(network.records)
    years = [None if math.isnan(year) else int(year) for year in _record_years(shown).tolist()]
    each = [
        _by_record(record, label, shown.language) if record else _by_citation(key, label, year)
        for (key, record), label, year in zip(_records(shown), labels, years, strict=True)
    ]
    names = _by_citation("", "", None)
    passages = {
        str(place): [
            {"quote": one.quote, "codes": list(one.codes), "where": one.where, "link": one.link}
            for one in shown.passages[key]
        ]
        for place, key in enumerate(network.records)
        if shown.passages.get(key)
    }
    columns = {name: [one[name] for one in each] for name in names}
    return {"key": list(network.records), **columns, "passages": passages}


def _by_citation(key: str, citation: str, year: int | None) -> Json:
    """Return the fields of a record of which no more than this is known; a key may be a DOI."""
    doi = key if _DOI.fullmatch(key) else ""
    known: Json = {
        "citation": citation or key,
        "year": year,
        "doi": doi,
        "authors": [],
        "keywords": [],
        "citations": None,
    }
    return known | dict.fromkeys(
        ("type", "title", "source", "volume", "issue", "pages", "articleNumber", "url", "abstract"), ""
    )


def _by_record(record: Record, citation: str, language: Language) -> Json:
    keywords = {word.casefold(): word for word in (*record.index_keywords, *record.author_keywords)}
    own = [word.casefold() for word in (*record.author_keywords, *record.index_keywords)]
    same = ("type", "title", "year", "source", "volume", "issue", "doi", "url", "citations", "abstract")
    return {
        **{name: getattr(record, name) for name in same},
        "citation": citation or short_citation(record, language),
        "authors": list(record.authors),
        "pages": "–".join(filter(None, (record.first_page, record.last_page))),
        "articleNumber": record.article_number,
        "keywords": [keywords[word] for word in dict.fromkeys(own)],
    }


def shared_pages(pages: Sequence[Json]) -> tuple[Json, list[Json]]:
    """Return what the maps of one page have in common, and each without that.

    A record that two maps give alike is included once; each map has the places of its records (`recordsAt`).

    Examples
    --------
    >>> one = {"words": {}, "looks": {}, "notes": [], "records": {"key": ["a", "b"], "passages": {"1": ["p"]}}}
    >>> other = {**one, "records": {"key": ["b", "a"], "passages": {"0": ["p"]}}}
    >>> shared, [_, second] = shared_pages([one, other])
    >>> shared["records"], second
    ({'key': ['a', 'b'], 'passages': {'1': ['p']}}, {'notes': [], 'records': None, 'recordsAt': [1, 0]})
    """
    words: dict[str, str] = {}
    looks = pages[0]["looks"] if pages else {}
    rows: dict[str, Json] = {}
    places: dict[str, int] = {}
    own_pages = []
    for page in pages:
        words |= page["words"]
        texts = [json.dumps(row, sort_keys=True) for row in _rows(page["records"])]
        rows |= zip(texts, _rows(page["records"]), strict=True)
        at = [places.setdefault(text, len(places)) for text in texts]
        own = {name: value for name, value in page.items() if name != "words" and (name, value) != ("looks", looks)}
        own_pages.append({**own, "records": None, "recordsAt": None if page["records"] is None else at})
    records = _columns(list(rows.values()))
    if records and sum(map(len, records.get("abstract", ()))) > MOST_ABSTRACTS:
        records["abstract"] = [""] * len(rows)
        own_pages = [_without_abstracts(page) for page in own_pages]
    return {"words": words, "looks": looks, "records": records}, own_pages


def _without_abstracts(page: Json) -> Json:
    _ = translator(page["language"])
    note = _("Abstracts are left out: those of all records would make the page slow to open.")
    return page if page["recordsAt"] is None else {**page, "notes": [*page["notes"], note]}


def _rows(records: Json | None) -> list[Json]:
    """Return records one by one, each with its passages."""
    if records is None:
        return []
    columns = {name: values for name, values in records.items() if name != "passages"}
    each = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return [{**row, "passages": records["passages"].get(str(place), [])} for place, row in enumerate(each)]


def _columns(rows: Sequence[Json]) -> Json | None:
    if not rows:
        return None
    passages = {str(place): row["passages"] for place, row in enumerate(rows) if row["passages"]}
    return {**{name: [row[name] for row in rows] for name in rows[0] if name != "passages"}, "passages": passages}
