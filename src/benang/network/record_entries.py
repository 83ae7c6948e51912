"""What records contain and what they cite: the entries of each record, as printed or derived, and the items they name.

Cited works, sources and authors are named as coupling, co-citation and citation count them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from benang.engine import Engine, sql_text
from benang.kinds import KINDS, USUAL_LIKENESS, Counting, Matching
from benang.network import ReferenceMatching
from benang.network.network import CSR, Cited, Network
from benang.network.record_values import description_table, place_in_source
from benang.records.authors import authors
from benang.records.capitals import source_case
from benang.records.corpus import Corpus
from benang.records.countries import country_items
from benang.records.name_words import NO_NAMES, SourceNames, source_names
from benang.records.names import author_key
from benang.records.organizations import organization_key, organizations
from benang.records.record import Record
from benang.records.references import parse_reference
from benang.records.references.cited import CitedReference
from benang.records.references.matching import MatchedReferences, match_references
from benang.records.spelling import folded, label_key, usual_spelling
from benang.records.thesaurus import Thesaurus

_LONGEST_ACRONYM = 5  # letters of a body in capitals; longer ones are known, as UNESCO is, or are words
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—", "-"))


@dataclass(frozen=True)
class CitedWorks:
    """The works that records cite: each once in each citing record (`table`: `work`, `reference`, `times`)."""

    matched: MatchedReferences
    table: pa.Table
    n_records: int
    settings: ReferenceMatching

    @property
    def matrix(self) -> CSR:
        """Cited works × records: how often each occurs in a record's list."""
        ends = (self.table.column("reference").to_numpy(), self.table.column("work").to_numpy())
        times = self.table.column("times").to_numpy().astype(np.float64)
        matrix = sparse.csr_array((times, ends), shape=(len(self.matched), self.n_records))
        matrix.sort_indices()
        return matrix


def cited_works(
    corpus: Corpus, engine: Engine, *, matching: Matching = "keys", threshold: float = USUAL_LIKENESS
) -> CitedWorks:
    """Match the references of a corpus and count each work in each record.

    With `exact` matching a reference that is printed twice in one list counts twice, as VOSviewer counts pairs of equal
    keys. With `keys` and `fuzzy` a work counts once for a record, in however many spellings its list has it: two
    spellings that were joined don't make a link stronger.
    """
    matched = match_references(corpus, matching=matching, threshold=threshold)
    rows = {"work": matched.work.astype(np.int32), "reference": matched.reference.astype(np.int32)}
    engine.view("rows_read", pa.table(rows))
    pairs = engine.query(sql_text("benang.network", "cited"))
    if matching != "exact":
        pairs = pairs.set_column(2, "times", pa.array(np.ones(pairs.num_rows, np.int32)))
    settings = ReferenceMatching(matching, threshold if matching == "fuzzy" else None)
    return CitedWorks(matched, pairs, len(corpus), settings)


def reference_description(reference: str) -> str | None:
    """Describe a cited work as its reference tells (`description_table`); one that tells nothing in parts as printed.

    Examples
    --------
    >>> reference_description("Brown WF, 1963, MICROMAGNETICS, V2, P1")
    '<table><tr><td>Authors:</td><td>Brown, WF</td></tr><tr><td>Source:</td><td>MICROMAGNETICS, 2, 1</td></tr>...
    >>> reference_description("https://openalex.org/W1")
    'https://openalex.org/W1'
    """
    cited = parse_reference(reference)
    if not (cited.authors or cited.title or cited.source):
        return escape(reference, quote=False) or None
    source = place_in_source(cited.source, cited.volume, cited.issue, cited.page or cited.article_number)
    return description_table(cited.authors, cited.title, source, cited.year)


def shared_works(works: CitedWorks, network: Network, counting: Counting) -> Cited:
    """Keep the works that links of coupling rest on: those that two or more records behind the items cite.

    Under binary counting two items also share a work that one record of both cites.
    """
    matrix = works.matrix
    if network.incidence is not None:
        behind = np.asarray(network.incidence.sum(axis=1)).ravel() > 0
        matrix = sparse.csr_array(matrix @ sparse.diags_array(behind.astype(np.float64)))
        matrix.eliminate_zeros()
    matrix.data = np.ones(matrix.nnz)
    shared = np.flatnonzero(are_shared(matrix, network.incidence, counting))
    labels = tuple(works.matched.labels[i] for i in shared)
    return Cited(labels, labels, sparse.csr_array(matrix[shared]))


def are_shared(cited: CSR, incidence: CSR | None, counting: Counting) -> NDArray[np.bool_]:
    """Return which cited works (works × records) two records cite, or, under binary counting, two items."""
    shared = np.asarray(np.diff(cited.indptr) > 1)
    if counting == "binary" and incidence is not None:
        shared |= np.diff(sparse.csr_array(cited @ incidence).indptr) > 1
    return shared


def citations_within(matched: MatchedReferences) -> pa.Table:
    """List the citations of one record of the corpus by another, each once: `citing`, `cited`.

    Records that seem to cite themselves (a reference printed wrongly) are left out.
    """
    cited = matched.record[matched.reference]
    known = (cited >= 0) & (cited != matched.work)
    pairs = np.unique(np.column_stack([matched.work[known], cited[known]]).astype(np.int32), axis=0)
    return pa.table({"citing": pairs[:, 0], "cited": pairs[:, 1]})


Parts = tuple[tuple[str, ...], ...]
"""Of each cited work what is cut out of it: its source, or its authors, each once."""


def names_in(corpus: Corpus) -> SourceNames:
    """Learn from a corpus how the journals are written that references print in capitals."""
    columns = [corpus.works.column(name).to_pylist() for name in ("source", "source_abbreviation")]
    return source_names(name for column in columns for name in column if name)


def sources_of(matched: MatchedReferences, names: SourceNames = NO_NAMES) -> Parts:
    """Return the source of each cited work, nothing where none is named."""
    named = (cited_source(parse_reference(label), names) for label in matched.labels)
    return tuple((name,) if name else () for name in named)


def authors_of(matched: MatchedReferences, *, printed: bool) -> Parts:
    """Return all authors of each cited work, by the spelling that names most of them.

    Web of Science names the first author only, and so does Scopus since 2023. With `printed` they keep the full stops
    and blanks that the reference has.
    """
    authors_of = [parse_reference(label).authors for label in matched.labels]
    several = np.bincount(matched.of, minlength=len(matched)) > 1
    for spelling, work in zip(matched.spellings, matched.of.tolist(), strict=True):
        if several[work]:
            authors = parse_reference(spelling).authors
            if len(authors) > len(authors_of[work]):
                authors_of[work] = authors
    name = printed_author if printed else cited_author
    return tuple(tuple(dict.fromkeys(map(name, authors))) for authors in authors_of)


def author_rule(*, printed: bool) -> Callable[[str], str]:
    """Return the rule by which cited authors are the same.

    Accents make no difference, as in VOSviewer, and hyphens do: `H.-I.` is not `H.I.`. Full stops, blanks and commas
    make one only where names count as `printed`, except for commas, which distinguish databases and not people.

    Examples
    --------
    >>> same, exact = author_rule(printed=False), author_rule(printed=True)
    >>> same("Mendonça D") == same("Mendonca, D."), same("Kim H-I") == same("Kim HI")
    (True, False)
    >>> exact("Mendonça, D.") == exact("mendonca d."), exact("Kim H. I.") == exact("Kim H.I.")
    (True, False)
    """
    return _printed_key if printed else _key


def _key(name: str) -> str:
    return folded(author_key(name))


def _printed_key(name: str) -> str:
    return folded(name.replace(",", " "))


SOURCE_RULE: Callable[[str], str] = label_key
"""The rule by which cited sources are the same: case and white space make no difference."""


def cited_author(author: str) -> str:
    """Return an author of a reference by family name and initials, whatever database printed it.

    Examples
    --------
    >>> cited_author("MIXON, F.G., Jr."), cited_author("Kim, H.-I."), cited_author("Umpama, Ani Sri")
    ('Mixon FG', 'Kim H-I', 'Umpama AS')
    >>> cited_author("World Health Organization"), cited_author("umpama, a. b."), cited_author("WHO")
    ('World Health Organization', 'umpama AB', 'WHO')
    """
    family, _, given = author.translate(_HYPHENS).partition(",")
    family = family.strip()
    given = given.partition(",")[0]
    if not given and family.isupper():  # a person has initials
        return family if len(family) <= _LONGEST_ACRONYM else source_case(family, tells=False)
    if given == given.lower():
        given = given.title()
    letters = [letter for letter in given if (letter.isalpha() and letter.isupper()) or letter == "-"]
    initials = "-".join(filter(None, "".join(letters).split("-")))
    return f"{family.title() if family.isupper() else family} {initials}".strip()


def printed_author(author: str) -> str:
    """Return an author of a reference as it is printed, except the comma after the family name.

    Examples
    --------
    >>> printed_author("Kim, H.-I."), printed_author("Mixon, F.G., Jr.")
    ('Kim H.-I.', 'Mixon F.G., Jr.')
    """
    family, _, given = author.partition(",")
    return f"{family.strip()} {given.strip()}".strip()


def cited_source(cited: CitedReference, names: SourceNames = NO_NAMES) -> str:
    """Return the source of a reference; one all in capitals, as Web of Science prints it, as journals print it.

    Examples
    --------
    >>> cited_source(parse_reference("Terris BD, 2005, IEEE T MAGN, V38, P199"))
    'IEEE T Magn'
    """
    return names.shown(cited.source)


def short_name(cited: CitedReference, names: SourceNames = NO_NAMES) -> str:
    """Name a cited work as readers do, whatever database printed it.

    Examples
    --------
    >>> short_name(parse_reference("TERRIS BD, 2005, J PHYS D APPL PHYS, V38, P199"))
    'Terris BD (2005) J Phys D Appl Phys'
    """
    author = cited_author(cited.authors[0]) if cited.authors else ""
    return f"{author} ({cited.year}) {cited_source(cited, names)}".strip()


@dataclass(frozen=True)
class Entries:
    """One row a value of a record: `work` and `value`; `counts` say what was found on the way.

    `thesaurus` is what is left to apply to the values, and `unmatched` the labels that no value had until here; None
    where none was looked up.
    """

    rows: pa.Table
    thesaurus: Thesaurus
    counts: Mapping[str, int] = field(default_factory=dict)
    unmatched: tuple[str, ...] | None = None


def record_entries(corpus: Corpus, items: str, thesaurus: Thesaurus, author_names: str) -> Entries:
    """List what each record has of a kind of items (`RecordItems`).

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> corpus = corpus_of([Record("a", affiliations=("UNPAD, Bandung, Indonesia", "Nowhere"))])
    >>> entries = record_entries(corpus, "countries", Thesaurus(), "joined")
    >>> entries.rows.to_pydict(), entries.counts
    ({'work': [0], 'value': ['Indonesia']}, {'affiliations_without_country': 1})
    """
    if items == "authors" and author_names == "joined":
        return _joined_authors(corpus, thesaurus)
    if items == "organizations":
        return _organizations(corpus, thesaurus)
    if items == "countries":
        return _countries(corpus, thesaurus)
    fields = KINDS[items].fields
    if fields[0] in corpus.works.column_names:
        named = corpus.works.select(["work", fields[0]]).rename_columns(["work", "value"])
        return Entries(named.filter(pc.greater(pc.utf8_length(pc.fill_null(named.column("value"), "")), 0)), thesaurus)
    rows = corpus.values.filter(pc.is_in(corpus.values.column("field"), pa.array(fields)))
    return Entries(rows.select(["work", "value"]), thesaurus)


def _joined_authors(corpus: Corpus, thesaurus: Thesaurus) -> Entries:
    """Give the authors of each record one label each; the thesaurus goes first: what it joins isn't looked at again."""
    replaced = thesaurus.by_key(author_key)
    people = authors([_with_preferred(record, replaced) for record in corpus.records], apart=thesaurus.apart)
    names = distinct_labels(people.labels, author_key)
    printed = {author_key(name) for record in corpus.records for name in record.authors} if replaced else set()
    unmatched = thesaurus.unmatched(author_key, printed)
    counts = {"ambiguous_names": len(people.ambiguous)}
    if dropped := sum(not replaced[key] for key in printed & replaced.keys()):
        counts["dropped_by_thesaurus"] = dropped
    return Entries(_rows(people.of_records, names), thesaurus.remaining(author_key, unmatched), counts, unmatched)


def _organizations(corpus: Corpus, thesaurus: Thesaurus) -> Entries:
    names = organizations(corpus.records, thesaurus=thesaurus)
    rows = _rows(names.of_records, distinct_labels(names.labels, label_key))
    counts = {"dropped_by_thesaurus": names.dropped} if names.dropped else {}
    return Entries(rows, thesaurus.remaining(organization_key, names.unmatched), counts, names.unmatched)


def _countries(corpus: Corpus, thesaurus: Thesaurus) -> Entries:
    """Read each affiliation's country once, however many records have it; the thesaurus is applied on the way."""
    affiliations = corpus.values.filter(pc.equal(corpus.values.column("field"), "affiliations"))
    encoded = affiliations.column("value").combine_chunks().dictionary_encode()
    items = country_items(encoded.dictionary.to_pylist(), thesaurus)
    countries = pa.array([label or None for label in items.labels], pa.string())
    rows = pa.table({"work": affiliations.column("work"), "value": countries.take(encoded.indices)})
    without = pc.sum(pa.array(items.without, pa.bool_()).take(encoded.indices)).as_py() or 0
    counts = {"affiliations_without_country": without}
    if items.dropped:
        counts["dropped_by_thesaurus"] = items.dropped
    unmatched = thesaurus.unmatched(label_key, items.matched)
    return Entries(rows.drop_null(), Thesaurus(), counts, unmatched)


def distinct_labels(labels: Mapping[str, str], key: Callable[[str], str]) -> dict[str, str]:
    """Put the id behind a label that several ids have.

    Examples
    --------
    >>> distinct_labels({"ror:1": "Contoh", "ror:2": "CONTOH", "umpama": "Umpama"}, label_key)
    {'ror:1': 'Contoh (ror:1)', 'ror:2': 'CONTOH (ror:2)', 'umpama': 'Umpama'}
    """
    several = Counter(key(label) for label in labels.values())
    return {
        one: label if several[key(label)] == 1 else f"{label} ({one.rpartition('(')[2].rstrip(')')})"
        for one, label in labels.items()
    }


def _rows(of_records: Iterable[Sequence[str]], names: Mapping[str, str]) -> pa.Table:
    pairs = [(work, names[one]) for work, ids in enumerate(of_records) for one in ids]
    return pa.table(
        {
            "work": pa.array([work for work, _ in pairs], pa.int32()),
            "value": pa.array([name for _, name in pairs], pa.string()),
        }
    )


def _with_preferred(record: Record, replaced: Mapping[str, str]) -> Record:
    if not replaced:
        return record
    ids = record.author_ids or ("",) * len(record.authors)
    pairs = [(replaced.get(author_key(name), name), own) for name, own in zip(record.authors, ids, strict=False)]
    kept = [(name, own) for name, own in pairs if name]
    bodies = tuple([name for one in record.bodies if (name := replaced.get(author_key(one), one))])
    return replace(
        record, authors=tuple(name for name, _ in kept), author_ids=tuple(own for _, own in kept), bodies=bodies
    )


@dataclass(frozen=True)
class NamedItems:
    """Items by their ids and labels; `item_of` is the place of the item that each value names, -1 where none.

    `dropped` counts the items that the thesaurus drops, `unmatched` are its labels that no value has.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    item_of: NDArray[np.int64]
    dropped: int
    unmatched: tuple[str, ...] = ()


def named_items(
    values: Sequence[str],
    times: Sequence[int],
    thesaurus: Thesaurus,
    *,
    key: Callable[[str], str] = label_key,
    dropped: int = 0,
    unmatched: Sequence[str] | None = None,
) -> NamedItems:
    """Distinguish the items that values name.

    Parameters
    ----------
    values, times
        The different values, and how often each occurs in the corpus.
    thesaurus
        What is to be applied to them. The label of an item is the thesaurus's, else its most frequent spelling.
    key
        What values are compared by.
    dropped, unmatched
        What the thesaurus dropped while values were read, and its labels that nothing had until then; None where it
        was not looked up.

    Examples
    --------
    >>> items = named_items(["Kota", "kota", "Budget"], [1, 2, 1], Thesaurus())
    >>> items.ids, items.labels, items.item_of.tolist()
    (('budget', 'kota'), ('Budget', 'kota'), [1, 1, 0])
    """
    replaced = thesaurus.by_key(key)
    own = [key(value) for value in values]
    final = [key(replaced[name]) if name in replaced else name for name in own]
    ids = sorted({name for name in final if name})
    place = {name: at for at, name in enumerate(ids)}
    labels = _labels(zip(final, values, times, strict=True)) | thesaurus.labels(key)
    return NamedItems(
        tuple(ids),
        tuple(labels[name] for name in ids),
        np.array([place.get(name, -1) for name in final], np.int64),
        dropped + len({name for name, end in zip(own, final, strict=True) if name and not end}),
        _unmatched(thesaurus, thesaurus.unmatched(key, set(own)), unmatched),
    )


def _labels(spelt: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """Choose each item's most frequent spelling, the first in the alphabet of several."""
    several: dict[str, dict[str, int]] = {}
    for name, spelling, count in spelt:
        label = " ".join(spelling.split())
        counts = several.setdefault(name, {})
        counts[label] = counts.get(label, 0) + count
    return {name: usual_spelling(counts) if len(counts) > 1 else next(iter(counts)) for name, counts in several.items()}


def _unmatched(thesaurus: Thesaurus, here: tuple[str, ...], before: Sequence[str] | None) -> tuple[str, ...]:
    """Return the labels that matched nothing, neither before nor among the lines that were left to apply here."""
    if before is None:
        return here
    lines = {one for one, preferred in thesaurus.replacements if one != preferred}
    return tuple(one for one in before if one not in lines or one in here)
