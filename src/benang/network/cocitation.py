"""Co-citation: works that are cited together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from benang.engine.duckdb_engine import DuckDB
from benang.network.cooccurrence import Counting, check_asked, incidence_network
from benang.network.coupling import cited_once
from benang.network.incidence import Incidence, items_step
from benang.network.network import CSR, Network
from benang.network.selection import ComponentChoice, meeting_threshold
from benang.provenance import Step
from benang.records.corpus import Corpus
from benang.records.names import short_citation
from benang.records.references.cited import CitedReference
from benang.records.references.likeness import USUAL_THRESHOLD
from benang.records.references.matching import MatchedReferences, Matching, match_references
from benang.records.references.parsing import parse_reference


def cocitation_network(
    corpus: Corpus,
    *,
    matching: Matching = "keys",
    threshold: float = USUAL_THRESHOLD,
    counting: Counting = "full",
    min_citations: int = 1,
    top: int | None = None,
    components: ComponentChoice = "largest",
    scores: bool = True,
) -> Network:
    """Make the network of cited works that stand in the same lists of references.

    Parameters
    ----------
    corpus
        The records, with cited references.
    matching, threshold
        When two references are one work: `match_references`. `exact` takes references as printed, as VOSviewer does.
    counting
        `full` (VOSviewer's default): a link is as strong as the number of records that cite both works. `fractional`:
        a record that cites n works of the network adds 1/(n - 1) to each of its links; n counts the works that meet
        the threshold (Perianes-Rodriguez, Waltman and van Eck, 2016).
    min_citations
        Records of the corpus that cite a work; VOSviewer asks for 20.
    top
        How many works to keep at most: those with the largest total link strength. All where None.
    components
        `largest` keeps the largest set of works that hang together by links, `all` keeps every work.
    scores
        Whether to add `Pub. year`, of the cited work.

    Returns
    -------
    Network
        Items are cited works; ids are the references as printed, of each work the most frequent spelling. Labels are
        first author, year and source; under `exact` they are as printed, too.
        Weights: `Links`, `Total link strength`, `Citations` (citing records). `network.records_of(one, other)` names
        the records that cite both.

    Raises
    ------
    BenangError
        Where no record has cited references, no work is cited often enough, for unknown choices, and where the links
        could be too many.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> smith, doe = "Smith J, 2010, J TEST, V12, P34", "Doe A, 2001, TESTS"
    >>> corpus = corpus_of([Record("a", references=(smith, doe)), Record("b", references=(smith, doe)),
    ...                     Record("c", references=("Smith J., On tests, J. Test, 12, pp. 34-56, (2010)",))])
    >>> network = cocitation_network(corpus, min_citations=2)
    >>> network.strength(smith, doe), network.weights["Citations"].tolist(), network.records_of(smith)
    (2.0, [3.0, 2.0], ('a', 'b', 'c'))
    """
    check_asked(counting, components, top, least=("min_citations", min_citations, 1))
    matched = match_references(corpus, matching=matching, threshold=threshold)
    matrix = _citing(matched, len(corpus))
    citations = np.asarray(sparse.csc_array(matrix).indptr)
    kept = meeting_threshold(np.diff(citations).astype(np.int64), min_citations, items="cited works", unit="records")
    incidence = Incidence(
        ids=tuple(matched.labels[i] for i in kept),
        labels=_labels(corpus, matched, kept.tolist(), printed=matching == "exact"),
        matrix=sparse.csr_array(matrix[:, kept]),
        units=corpus.keys,
        item_kind="references",
        link_kind="co-citation",
        weight="Citations",
        history=(*corpus.history, _items(corpus, matrix), matched.step),
    )
    network = incidence_network(
        incidence, counting=counting, min_occurrences=min_citations, top=top, components=components, scores=False
    )
    years = np.array([_year(name) for name in network.ids], np.float64)
    return replace(
        network,
        scores={"Pub. year": years} if scores and np.isfinite(years).any() else {},
        history=_told(network, min_citations, len(matched), len(kept)),
    )


def _citing(matched: MatchedReferences, n_records: int) -> CSR:
    """Return records × cited works, 1 where a record cites a work."""
    with DuckDB() as engine:
        cited = cited_once(engine, matched)
    ends = (cited.column("work").to_numpy(), cited.column("reference").to_numpy())
    matrix = sparse.csr_array((np.ones(cited.num_rows), ends), shape=(n_records, len(matched)))
    matrix.sort_indices()
    return matrix


def _labels(corpus: Corpus, matched: MatchedReferences, kept: Sequence[int], *, printed: bool) -> tuple[str, ...]:
    """Label works by first author, year and source, or as `printed`.

    One of which only an identifier is known is labelled by the corpus's own record of it.
    """
    labels = []
    for at in kept:
        cited = parse_reference(matched.labels[at])
        if matched.record[at] >= 0 and not (cited.authors or cited.source or cited.title):
            record = corpus.records[matched.record[at]]
            labels.append(f"{short_citation(record)}. {record.title}".rstrip(". "))
        elif printed or not cited.authors or cited.year is None:
            labels.append(matched.labels[at])
        else:
            labels.append(_short(cited))
    return tuple(labels)


def _short(cited: CitedReference) -> str:
    """Name a cited work as readers do, `Terris BD (2005) J Phys D Appl Phys`, whatever database printed it."""
    family = cited.family.title() if cited.family.isupper() else cited.family
    initials = "".join(letter for letter in cited.initials if letter.isalpha() and letter.isupper())
    source = cited.source.title() if cited.source.isupper() else cited.source
    author = f"{family} {initials}".strip()
    return f"{author} ({cited.year}) {source}".strip()


def _year(reference: str) -> float:
    year = parse_reference(reference).year
    return np.nan if year is None else float(year)


def _items(corpus: Corpus, matrix: CSR) -> Step:
    return items_step(corpus, "references", ("references",), None, matrix, {"dropped_by_thesaurus": 0})


def _told(network: Network, min_citations: int, n: int, kept: int) -> tuple[Step, ...]:
    """Tell of all cited works: the network was counted of those alone that meet the threshold."""
    step = Step("threshold", {"min_citations": min_citations}, {"items": n, "kept": kept})
    return tuple(step if one.name == "threshold" else one for one in network.history)
