"""What each search brought: records and works, those that no other search has, known papers, and what a rerun changed.

Records belong to the search whose export they were read from; works are what is left when duplicates are joined. A
search is compared with the one that it repeats by works, so that a record counts as the same one by the rules that
find duplicates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from benang.evidence import Number, count
from benang.locale.writing import Worded, joined, worded
from benang.readers.identifiers import doi_in
from benang.records.corpus import Corpus
from benang.records.file_accounts import CONTENT
from benang.records.identity import title_letters
from benang.records.paper import KnownNames, Paper, fit
from benang.records.record import Record
from benang.screening.searches import SEARCHES, Search, Searches, lies_in

COMPARED = tuple(name for name in CONTENT if name not in {"database", "citations", "decisions"})
"""The fields by which a record has changed. Citations grow by themselves, and decisions are the reviewers' own."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What one search brought: `records` are keys as they were read, `works` and `alone` keys of works.

    `alone` are the works all of whose records came from this search, `set_aside` counts the records of its exports
    that could not be read, `seeds` are the known papers that it found, and `unread` those of its files that the plan
    does not read.
    """

    search: Search
    records: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    set_aside: int = 0
    seeds: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def shared(self) -> tuple[str, ...]:
        """The works that another search, or an export of no search, brought too."""
        own = set(self.alone)
        return tuple(key for key in self.works if key not in own)

    @property
    def in_files(self) -> int:
        """How many records its exports contain, those set aside too."""
        return len(self.records) + self.set_aside

    @property
    def expected(self) -> int | None:
        """How many records its exports should contain; None where nobody wrote it down.

        Of methods that list no hits, such as leafing through journals, only what was exported is expected.
        """
        if self.search.exported is not None:
            return self.search.exported
        return self.search.hits if self.search.is_database else None


@dataclass(frozen=True, slots=True)
class Seed:
    """A paper that was known before: how the plan names it, the works that it is, and the searches that found it."""

    name: str
    works: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rerun:
    """A search and the one that it repeats: works that only the later or only the earlier one has, and changed ones.

    `changed` has the fields in which the records of a work differ, by the key of the work.
    """

    search: Search
    earlier: Search
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unchanged: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResults:
    """What all searches brought, in the order of `searches.toml`; `unbound` counts the records of other exports."""

    results: tuple[SearchResult, ...] = ()
    seeds: tuple[Seed, ...] = ()
    reruns: tuple[Rerun, ...] = ()
    unbound: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, SearchResult]:
        """Results by the ids of their searches."""
        return {one.search.id: one for one in self.results}

    @cached_property
    def numbers(self) -> dict[str, Number]:
        """What was counted, by the ids of the numbers: `searches/ID/records`, and of all searches `searches/works`."""
        counted: dict[str, Sequence[str]] = {}
        for one in self.results:
            parts = {"records": one.records, "works": one.works, "alone": one.alone}
            counted |= {f"{one.search.id}/{name}": keys for name, keys in parts.items()}
        for rerun in self.reruns:
            parts = {"new": rerun.new, "gone": rerun.gone, "changed": tuple(rerun.changed)}
            counted |= {f"{rerun.search.id}/{name}": keys for name, keys in parts.items()}
        if self.results:
            counted["records"] = [key for one in self.results for key in one.records]
            counted["works"] = [key for one in self.results for key in one.works]
        return {f"searches/{name}": count(f"searches/{name}", keys, unit="records") for name, keys in counted.items()}


def search_results(
    searches: Searches, records: Corpus, aliases: Mapping[str, str], *, seeds: Sequence[str] = ()
) -> SearchResults:
    """Return what each search brought.

    Parameters
    ----------
    searches
        The searches of the review.
    records
        The records as they were read, before duplicates were joined.
    aliases
        The keys of records that are another work, with its key (`benang.records.duplicates.joining.Works.aliases`).
    seeds
        Known papers: keys of records, DOIs, other identifiers or titles.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> searches = Searches.model_validate({"searches": [
    ...     {"id": "scopus", "name": "Scopus", "hits": 3, "files": ["s.ris"]},
    ...     {"id": "wos", "name": "Web of Science", "files": ["w.txt"]}]})
    >>> records = corpus_of([Record("a", file="s.ris"), Record("b", file="s.ris"), Record("c", file="w.txt")])
    >>> scopus, wos = search_results(searches, records, {"c": "b"}).results
    >>> scopus.alone, scopus.shared, wos.alone, scopus.expected, scopus.in_files
    (('a',), ('b',), (), 3, 2)
    """
    of_search = _records_by_search(searches, records)
    works = {name: tuple(dict.fromkeys(aliases.get(key, key) for key in keys)) for name, keys in of_search.items()}
    often = Counter(work for one in works.values() for work in one)
    in_order = {one.id: works.get(one.id, ()) for one in searches.searches}
    seed_rows = tuple(_seeds(seeds, KnownNames(records, aliases), in_order))
    exports = [account.path for account in records.ledger.files if account.path != SEARCHES]
    set_aside = {account.path: len(account.set_aside) for account in records.ledger.files}
    results = tuple(
        SearchResult(
            search=one,
            records=tuple(of_search.get(one.id, ())),
            works=works.get(one.id, ()),
            alone=tuple(work for work in works.get(one.id, ()) if often[work] == 1),
            set_aside=sum(n for path, n in set_aside.items() if one.has(path)),
            seeds=tuple(seed.name for seed in seed_rows if one.id in seed.searches),
            unread=_unread(one, exports),
        )
        for one in searches.searches
    )
    return SearchResults(
        results,
        seed_rows,
        tuple(_reruns(results, records, aliases)),
        {
            account.path: account.read
            for account in records.ledger.files
            if account.path != SEARCHES and searches.of_file(account.path) is None
        },
    )


def _unread(search: Search, exports: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in search.files if not any(lies_in(path, name) for path in exports))


def _records_by_search(searches: Searches, records: Corpus) -> dict[str, list[str]]:
    """Return the keys of the records of each search by its id; under "" those of none."""
    columns = (records.works.column(name).to_pylist() for name in ("key", "file", "place"))
    of_file: dict[str, Search | None] = {}
    by_search: dict[str, list[str]] = defaultdict(list)
    for key, file, place in zip(*columns, strict=True):
        if file == SEARCHES:
            search = searches.of_place(file, place)
        else:
            search = of_file[file] if file in of_file else of_file.setdefault(file, searches.of_file(file))
        by_search[search.id if search else ""].append(key)
    return by_search


def _seeds(seeds: Iterable[str], names: KnownNames, works: Mapping[str, Sequence[str]]) -> Iterator[Seed]:
    """Look for each known paper, and in which searches it is."""
    among = {name: frozenset(keys) for name, keys in works.items()}
    for seed in dict.fromkeys(filter(None, map(str.strip, seeds))):
        keys = works_named(seed, names)
        yield Seed(seed, keys, tuple(name for name, own in among.items() if own.intersection(keys)))


def works_named(name: str, names: KnownNames) -> tuple[str, ...]:
    """Return the keys of the works that a key, a DOI, another identifier or a title means; none where nothing fits.

    A title that fits no record whole may lack its subtitle, or differ by a letter or two (`benang.records.paper`).

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> record = Record("WOS:1", title="Night markets and rents: a count", doi="10.9999/x", identifiers=("pmid:12",))
    >>> names = KnownNames(corpus_of([record]))
    >>> [works_named(name, names) for name in ("WOS:1", "https://doi.org/10.9999/X", "PMID:12", "night markets")]
    [('WOS:1',), ('WOS:1',), ('WOS:1',), ()]
    >>> works_named("Night markets and rents", names)
    ('WOS:1',)
    """
    named = names.find(name)
    if named.is_sure:
        return named.keys
    doi, folded = doi_in(name).casefold(), name.casefold()
    by_id = [
        one.key
        for one in names.records.records
        if (doi and one.doi.casefold() == doi) or folded in (other.casefold() for other in one.identifiers)
    ]
    keys = by_id or ([] if doi else _titled(name, names.records.records))
    return tuple(dict.fromkeys(map(names.work, keys)))


def _titled(title: str, records: Sequence[Record]) -> list[str]:
    """Return the keys of the records that have a title; where none has it whole, of those that nearly do."""
    letters = title_letters(title)
    if keys := [one.key for one in records if letters and title_letters(one.title) == letters]:
        return keys
    fits = {one.key: fit(Paper(title), one) for one in records}
    best = max(fits.values(), default=0)
    return [key for key, how_well in fits.items() if how_well == best > 0]


def _reruns(results: Sequence[SearchResult], records: Corpus, aliases: Mapping[str, str]) -> Iterator[Rerun]:
    by_id = {one.search.id: one for one in results}
    for later in results:
        earlier = by_id.get(later.search.earlier)
        if earlier is not None:
            yield _rerun(later, earlier, records, aliases)


def _rerun(later: SearchResult, earlier: SearchResult, records: Corpus, aliases: Mapping[str, str]) -> Rerun:
    now, before = (_by_work(one.records, records, aliases) for one in (later, earlier))
    both = [work for work in later.works if work in before]
    differing = {work: _differing(before[work], now[work]) for work in both}
    return Rerun(
        later.search,
        earlier.search,
        new=tuple(work for work in later.works if work not in before),
        gone=tuple(work for work in earlier.works if work not in now),
        changed={work: names for work, names in differing.items() if names},
        unchanged=tuple(work for work, names in differing.items() if not names),
    )


def _by_work(keys: Iterable[str], records: Corpus, aliases: Mapping[str, str]) -> dict[str, list[Record]]:
    by_work: dict[str, list[Record]] = defaultdict(list)
    for key in keys:
        by_work[aliases.get(key, key)].append(records.record(key))
    return dict(by_work)


def _differing(before: Sequence[Record], now: Sequence[Record]) -> tuple[str, ...]:
    """Name the fields in which a record differs from the earlier one that is most like it."""
    pairs = ((old, new) for new in now for old in before)
    fields = [tuple(name for name in COMPARED if getattr(old, name) != getattr(new, name)) for old, new in pairs]
    return min(fields, key=len)


def remarks(results: SearchResults) -> Iterator[Worded]:
    """Say what does not fit: hits that were not read, exports of no search, known papers that no search found."""
    for one in results.results:
        yield from remarks_on(one)
    if results.unbound:
        files = [
            worded("{file} ({n:,} record)", "{file} ({n:,} records)", file=f, n=n) for f, n in results.unbound.items()
        ]
        yield worded(
            "{file}: no search in searches.toml has this file. Add it to `files` of the search that it came from",
            "{n:,} files belong to no search in searches.toml: {files}. Add each to `files` of the search that it came "
            "from",
            n=len(files),
            file=files[0],
            files=joined(files),
        )
    for seed in results.seeds:
        if not seed.works:
            yield worded("'{seed}': no search found this known paper", seed=seed.name)
        elif not seed.searches:
            yield worded("'{seed}': this known paper is in the exports, but not in those of a search", seed=seed.name)


def remarks_on(result: SearchResult) -> Iterator[Worded]:
    """Say what one search lacks: records of its exports, files that the plan reads, fields that nobody filled in."""
    search, expected, n = result.search, result.expected, result.in_files
    if expected is not None and n != expected and (n or not result.unread):
        yield _difference(search, expected, n)
    for name in result.unread:
        yield worded(
            "{id}: {file} belongs to this search, but is not read. Add it to [sources] files in review.toml",
            id=search.id,
            file=name,
        )
    if search.open_fields:
        yield worded(
            "{id}: these fields are empty: {fields}. Fill them in, or name in not_reported what the source does not "
            "report",
            id=search.id,
            fields=joined(search.open_fields),
        )


def _difference(search: Search, expected: int, n: int) -> Worded:
    """Say by how many records the exports of a search differ from its hits, and what may be the cause."""
    hits = (
        worded("{n:,} hit", "{n:,} hits", n=expected)
        if search.exported is None
        else worded("{n:,} exported hit", "{n:,} exported hits", n=expected)
    )
    if not n:
        return worded(
            "{id}: {hits}, but none was read. Add the exports to `files`, or say in `exported` how many were exported, "
            "and in `note` why",
            id=search.id,
            hits=hits,
        )
    if n > expected:
        return worded(
            "{id}: {hits}, but its files contain {n:,} records, {more:,} more. Check the number, and whether each of "
            "the files belongs to this search",
            id=search.id,
            hits=hits,
            n=n,
            more=n - expected,
        )
    return worded(
        "{id}: {hits}, but its files contain {n:,} records: {missing:,} missing. Add the other files (databases export "
        "in batches), or say in `exported` how many were exported, and in `note` why",
        id=search.id,
        hits=hits,
        n=n,
        missing=expected - n,
    )
