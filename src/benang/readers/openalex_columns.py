"""Works of OpenAlex as columns → the tables of a corpus, many works at a time.

The rules are those of `openalex`, applied once to each value that occurs, or only where a pattern says that a rule
changes anything: no work becomes an object in Python but those whose texts have to be cleaned.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benang.readers import Remarks
from benang.readers.cleaning import cleaned_records
from benang.readers.dialects import status_of
from benang.readers.identifiers import doi_in
from benang.readers.openalex import DATABASE, OPENALEX_STATUS, short_id, type_of
from benang.readers.values import authors_of, one_line, pages_of, tidy, year_in
from benang.records.capitals import is_in_capitals
from benang.records.corpus import Corpus, corpus_of, stacked
from benang.records.countries import country_named

_LARGEST = 2**31 - 1
_SPACES = r"\s\x{0b}\x{1c}-\x{1f}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
_UNTIDY = rf"^[{_SPACES}]|[{_SPACES}]$|[{_SPACES}]{{2}}|[\t\n\r\x{{0b}}\x{{0c}}\x{{1c}}-\x{{1f}}\x{{85}}\x{{a0}}" + (
    r"\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"
)
_DOI_ADDRESS = "https://doi.org/"
_PLAIN_DOI = r"^https://doi\.org/10\.[0-9]{4,9}/[!-~]{0,500}[0-9A-Za-z)>]$"
_RANGE = "[-‐‑‒–—]"
# Wider than what `status` and `cleaning` look for, so that only a few texts have to be looked at.
_PERHAPS_NOTICE = r"(?i)^\[?(?:retract|withdraw|notice|author|publisher|correct|errat|corrig)|\)$"
_PERHAPS_UNCLEAN = (
    r"&[#A-Za-z]|<[A-Za-z/!]|[\p{C}\p{M}\p{Zl}\p{Zp}\t\x{a0}\x{1680}\x{2000}-\x{200a}\x{202f}"
    r"\x{205f}\x{3000}\x{1100}-\x{11ff}\x{340}-\x{343}\x{374}\x{37e}\x{387}\x{1f71}-\x{1fff}\x{2126}\x{212a}\x{212b}"
    r"\x{2329}\x{232a}\x{f900}-\x{faff}\x{fb1d}-\x{fb4f}]|\x{2adc}|[\x{1d15e}-\x{1d1c0}\x{2f800}-\x{2fa1d}]"
)
_CLEANED_LISTS = ("authors", "affiliations", "index_keywords", "topics", "references")
_HEADING = "m\x1f"
_ORDER = (
    "authors", "author_ids", "issn", "identifiers", "index_keywords", "topics", "references", "affiliations",
    "affiliation_ids",
)  # fmt: skip

Columns = Mapping[str, pa.Array]


def corpus_of_columns(columns: Columns, places: pa.Array, lines: pa.Array, file: pa.Array, remarks: Remarks) -> Corpus:
    """Make a corpus, without accounts, of the columns that the query `openalex_snapshot` gives.

    `places`, `lines` and `file` give the place of each work. Works without an id have no key yet.
    """
    number = pa.array(np.arange(len(places), dtype=np.int32))
    ids = _mapped_where(columns["id"].fill_null(""), "/", short_id)
    title = _tidied(columns["title"])
    first, last = _pages(columns["first_page"], columns["last_page"])
    empty = pa.array([""] * len(places), pa.string())
    scalars = {
        "key": ids,
        "type": _mapped(columns["types"], lambda both: type_of(*both.partition("|")[::2])),
        "title": title,
        "year": _years(columns, places, remarks),
        "source": _tidied(columns["source"]),
        "volume": columns["volume"],
        "issue": columns["issue"],
        "first_page": first,
        "last_page": last,
        "publisher": _tidied(columns["publisher"]),
        "doi": _dois(columns["doi"], places, remarks),
        "url": columns["url"],
        "language": columns["language"],
        "abstract": _mapped_where(columns["abstract"], "\n", one_line),
        "citations": _citations(columns["citations"], places, remarks),
        "status": _status(columns, title),
        "database": pa.array([DATABASE] * len(places), pa.string()),
        "file": file,
        "place": places,
        "line": lines,
    }
    shape = corpus_of(())
    works = {"work": number} | {name: scalars.get(name, empty) for name in shape.works.column_names[1:]}
    values = [
        _list("authors", *_names(columns)),
        _list("issn", *_flat(columns["issn"], str.strip)),
        _list("identifiers", *_flat(columns["identifiers"], str.strip)),
        _list("index_keywords", *_index_keywords(columns["index_keywords"])),
        _list("topics", *_flat(columns["topics"], tidy)),
        _list("references", *_flat(columns["references"], str.strip)),
    ]
    pairs = (_author_ids(columns), *_affiliations(columns["affiliations"]))
    for name, (work, value) in zip(("author_ids", "affiliations", "affiliation_ids"), pairs, strict=True):
        values.append(_list(name, work, value))
    corpus = replace(
        shape,
        works=pa.table(works, shape.works.schema),
        values=pa.concat_tables([shape.values, *_in_order(values)]),
    )
    return _cleaned(corpus, remarks)


def _in_order(values: list[pa.Table]) -> list[pa.Table]:
    """Put the lists in the order in which a corpus holds them."""
    return sorted(
        (table for table in values if table.num_rows), key=lambda table: _ORDER.index(table["field"][0].as_py())
    )


def _mapped(values: pa.Array, rule: Callable[[str], str]) -> pa.Array:
    """Apply a rule once to each value that occurs."""
    coded = pc.dictionary_encode(values)
    return pa.array([rule(value) for value in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)


def _mapped_where(values: pa.Array, pattern: str, rule: Callable[[str], str]) -> pa.Array:
    """Apply a rule only to values in which a pattern occurs: it changes no others."""
    mask = pc.match_substring_regex(values, pattern)
    if not pc.any(mask).as_py():
        return values
    changed = pa.array([rule(value) for value in values.filter(mask).to_pylist()], pa.string())
    return pc.replace_with_mask(values, mask, changed)


def _tidied(values: pa.Array) -> pa.Array:
    return _mapped_where(values, _UNTIDY, tidy)


def _pages(first: pa.Array, last: pa.Array) -> tuple[pa.Array, pa.Array]:
    mask = pc.match_substring_regex(first, _RANGE)
    if not pc.any(mask).as_py():
        return first, last
    pairs = zip(first.filter(mask).to_pylist(), last.filter(mask).to_pylist(), strict=True)
    firsts, lasts = zip(*(pages_of(*pair) for pair in pairs), strict=True)
    return (
        pc.replace_with_mask(first, mask, pa.array(firsts, pa.string())),
        pc.replace_with_mask(last, mask, pa.array(lasts, pa.string())),
    )


def _years(columns: Columns, places: pa.Array, remarks: Remarks) -> pa.Array:
    year = columns["publication_year"]
    plain = pc.match_substring_regex(year, "^[12][0-9]{3}$")
    plain_years = pc.cast(pc.if_else(plain, year, pa.scalar(None, pa.string())), pa.int32())
    rest = pc.invert(plain)
    if not pc.any(rest).as_py():
        return plain_years
    odd = zip(
        places.filter(rest).to_pylist(),
        year.filter(rest).to_pylist(),
        columns["publication_date"].filter(rest).to_pylist(),
        strict=True,
    )
    years = []
    for place, *given in odd:
        years.append(year_in(given))
        if years[-1] is None and any(given):
            remarks.habit("Kept without a year because the value is not a year", place)
    return pc.replace_with_mask(plain_years, rest, pa.array(years, pa.int32()))


def _dois(values: pa.Array, places: pa.Array, remarks: Remarks) -> pa.Array:
    plain = pc.match_substring_regex(values, _PLAIN_DOI)
    plain_dois = pc.if_else(plain, pc.ascii_lower(pc.utf8_slice_codeunits(values, len(_DOI_ADDRESS))), "")
    rest = pc.and_(pc.invert(plain), pc.not_equal(values, ""))
    if not pc.any(rest).as_py():
        return plain_dois
    dois = [doi_in(value) for value in values.filter(rest).to_pylist()]
    for place, doi in zip(places.filter(rest).to_pylist(), dois, strict=True):
        if not doi:
            remarks.habit("Kept without a DOI because the value is not a DOI", place)
    return pc.replace_with_mask(plain_dois, rest, pa.array(dois, pa.string()))


def _citations(values: pa.Array, places: pa.Array, remarks: Remarks) -> pa.Array:
    whole = pc.match_substring_regex(values, "^[0-9]{1,10}$")
    counts = pc.cast(pc.if_else(whole, values, pa.scalar(None, pa.string())), pa.int64())
    counts = pc.if_else(pc.less_equal(counts, _LARGEST), counts, pa.scalar(None, pa.int64()))
    odd = pc.and_(pc.is_null(counts), pc.not_equal(values, ""))
    for place in places.filter(odd).to_pylist():
        remarks.habit("Kept without times cited because the value is not a whole number", place)
    return pc.cast(counts, pa.int32())


def _status(columns: Columns, title: pa.Array) -> pa.Array:
    by_title = pc.if_else(pc.match_substring_regex(title, _PERHAPS_NOTICE), title, "")
    by_type = _mapped(columns["types"], lambda both: OPENALEX_STATUS.get(both.partition("|")[0], ""))
    status = pc.if_else(pc.equal(by_type, ""), _mapped(by_title, status_of), by_type)
    return pc.if_else(columns["is_retracted"], "retracted", status)


def _flat(lists: pa.Array, rule: Callable[[str], str]) -> tuple[np.ndarray, pa.Array]:
    """Return the work and the value of each item of lists, its rule applied, without the empty ones."""
    work = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
    values = _mapped(pc.list_flatten(lists), rule)
    kept = pc.not_equal(values, "")
    return work[kept.to_numpy(zero_copy_only=False)], values.filter(kept)


def _name(given: str) -> str:
    return next(iter(authors_of([tidy(given)])), "")


def _names(columns: Columns) -> tuple[np.ndarray, pa.Array]:
    return _flat(columns["authors"], _name)


def _author_ids(columns: Columns) -> tuple[np.ndarray, pa.Array]:
    """Return the ids beside the names that are kept; of works in which no author has one, none."""
    work = pc.list_parent_indices(columns["authors"]).to_numpy(zero_copy_only=False)
    named = pc.not_equal(_mapped(pc.list_flatten(columns["authors"]), _name), "").to_numpy(zero_copy_only=False)
    return _where_any(work[named], pc.list_flatten(columns["author_ids"]).filter(pa.array(named)), len(columns["id"]))


def _where_any(work: np.ndarray, ids: pa.Array, works: int) -> tuple[np.ndarray, pa.Array]:
    has = np.zeros(works, dtype=bool)
    has[work[pc.not_equal(ids, "").to_numpy(zero_copy_only=False)]] = True
    return work[has[work]], ids.filter(pa.array(has[work]))


def _affiliations(lists: pa.Array) -> tuple[tuple[np.ndarray, pa.Array], tuple[np.ndarray, pa.Array]]:
    """Return each affiliation of a work once, and the ids beside them."""
    work = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
    coded = pc.dictionary_encode(pc.list_flatten(lists))
    pairs = [_affiliation(value) for value in coded.dictionary.to_pylist()]
    names = pa.array([name for name, _ in pairs], pa.string()).take(coded.indices)
    ids = pa.array([one for _, one in pairs], pa.string()).take(coded.indices)
    first = _first_of_each(work, names)
    kept = first[pc.not_equal(names.take(pa.array(first)), "").to_numpy(zero_copy_only=False)]
    at = pa.array(kept)
    return (work[kept], names.take(at)), _where_any(work[kept], ids.take(at), len(lists))


def _affiliation(value: str) -> tuple[str, str]:
    """Put an institution's name, country and ROR id together, or leave what the paper prints."""
    kind, _, rest = value.partition("\x1f")
    if kind != "i":
        return tidy(rest), ""
    name, country, ror = [*rest.split("\x1f"), "", ""][:3]
    parts = (tidy(name), country_named(country.strip()))
    ror = short_id(ror.strip())
    return ", ".join(filter(None, parts)), f"ror:{ror}" if ror else ""


def _first_of_each(work: np.ndarray, values: pa.Array) -> np.ndarray:
    """Return the places at which a value of a work occurs for the first time."""
    coded = pc.dictionary_encode(values)
    codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    _, first = np.unique(work.astype(np.int64) * max(len(coded.dictionary), 1) + codes, return_index=True)
    return np.sort(first)


def _index_keywords(lists: pa.Array) -> tuple[np.ndarray, pa.Array]:
    """Return keywords, then MeSH headings, each of these once."""
    work, values = _flat(lists, lambda text: tidy(text) if not text.startswith(_HEADING) else text.strip(" "))
    heading = pc.starts_with(values, _HEADING).to_numpy(zero_copy_only=False)
    kept = np.zeros(len(work), dtype=bool)
    kept[_first_of_each(work, values)] = True
    at = np.flatnonzero(kept | ~heading)
    return work[at], _mapped(values.take(pa.array(at)), lambda text: text.removeprefix(_HEADING).strip())


def _list(name: str, work: np.ndarray, values: pa.Array) -> pa.Table:
    """Put a list field into the long form of a corpus."""
    n = len(work)
    begins = np.flatnonzero(np.r_[True, work[1:] != work[:-1]]) if n else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.r_[begins, n])
    return pa.table(
        {
            "work": pa.array(work.astype(np.int32)),
            "field": pa.repeat(pa.scalar(name), n),
            "position": pa.array((np.arange(n) - np.repeat(begins, sizes)).astype(np.int32)),
            "value": values,
        }
    )


def _cleaned(corpus: Corpus, remarks: Remarks) -> Corpus:
    """Clean the works whose texts may need it, as records; all others stay as they are."""
    doubtful = _doubtful(corpus)
    if not doubtful.any():
        return corpus
    numbers = np.flatnonzero(doubtful).astype(np.int32)
    clean = corpus_of(cleaned_records(_only(corpus, doubtful).records, remarks))
    back = pa.array(numbers)
    parts = [_only(corpus, ~doubtful), clean]
    others = pa.array(np.flatnonzero(~doubtful).astype(np.int32))
    both = stacked([_numbered(parts[0], others), _numbered(clean, back, shift=len(parts[0]))])
    return replace(
        corpus,
        works=both.works.sort_by("work"),
        values=pa.concat_tables(
            [
                both.values.filter(pc.equal(both.values["field"], name)).sort_by(
                    [("work", "ascending"), ("position", "ascending")]
                )
                for name in both.values["field"].unique().to_pylist()
            ]
            or [both.values]
        ),
        raw=both.raw.sort_by("work"),
    )


def _only(corpus: Corpus, mask: np.ndarray) -> Corpus:
    """Return some works of a corpus, numbered anew."""
    number = pa.array(np.cumsum(mask, dtype=np.int32) - np.int32(1))
    kept_rows = pa.array(mask)
    works = corpus.works.filter(kept_rows)
    values = corpus.values.filter(kept_rows.take(corpus.values["work"]))
    return replace(corpus, works=_renumbered(works, number), values=_renumbered(values, number))


def _numbered(corpus: Corpus, numbers: pa.Array, *, shift: int = 0) -> Corpus:
    """Give works their numbers, less what stacking will add to them."""
    numbers = pc.subtract(numbers, pa.scalar(shift, pa.int32()))
    tables = {name: _renumbered(getattr(corpus, name), numbers) for name in ("works", "values", "raw", "origins")}
    return replace(corpus, **tables)


def _renumbered(table: pa.Table, numbers: pa.Array) -> pa.Table:
    place = table.column_names.index("work")
    return table.set_column(place, "work", numbers.take(table["work"]))


def _doubtful(corpus: Corpus) -> np.ndarray:
    """Return which works have a text that cleaning may change."""
    doubtful = np.zeros(len(corpus), dtype=bool)
    for name in ("title", "source", "abstract", "publisher"):
        doubtful |= pc.match_substring_regex(corpus.works[name], _PERHAPS_UNCLEAN).to_numpy()
    for name in ("title", "source"):
        capitals = pc.if_else(pc.match_substring_regex(corpus.works[name], r"^\P{Ll}+$"), corpus.works[name], "")
        coded = pc.dictionary_encode(capitals.combine_chunks())
        is_capital = pa.array([is_in_capitals(text) for text in coded.dictionary.to_pylist()], pa.bool_())
        doubtful |= is_capital.take(coded.indices).to_numpy(zero_copy_only=False)
    cleaned = pc.is_in(corpus.values["field"], pa.array(_CLEANED_LISTS))
    unclean = pc.and_(cleaned, pc.match_substring_regex(corpus.values["value"], _PERHAPS_UNCLEAN))
    doubtful[corpus.values["work"].filter(unclean).to_numpy()] = True
    return doubtful
