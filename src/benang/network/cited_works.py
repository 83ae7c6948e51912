"""What records cite, as coupling, co-citation and citation count it: works, and their sources and authors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse

from benang.engine.engine import Engine, sql_text
from benang.kinds import USUAL_LIKENESS, Counting, Matching
from benang.network.network import CSR, Cited, Network
from benang.network.record_values import description_table, place_in_source
from benang.network.settings import ReferenceMatching
from benang.records.capitals import source_case
from benang.records.corpus import Corpus
from benang.records.names import author_key
from benang.records.references.cited import CitedReference
from benang.records.references.matching import MatchedReferences, match_references
from benang.records.references.parsing import parse_reference
from benang.records.source_names import NO_NAMES, SourceNames, source_names
from benang.records.spelling import folded, label_key

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
