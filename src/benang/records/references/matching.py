"""All cited references of a corpus → the works they cite, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from benang.errors import BenangError, Problem, unknown
from benang.evidence import Step
from benang.kinds import USUAL_LIKENESS, Matching
from benang.locale.writing import worded
from benang.records.corpus import Corpus
from benang.records.references import parse_reference
from benang.records.references.cited import CitedReference, Groups, letters
from benang.records.references.keys import cited_keys, grouped_by_keys, record_keys
from benang.records.references.sameness import join_alike, record_reference
from benang.records.references.titled_works import join_by_titles

Ints = NDArray[np.int64]

_MOST_KEPT = 1_000_000  # different references of a corpus, some 200 MB, whose works are kept for the next network


@dataclass(frozen=True)
class MatchedReferences:
    """The works that a corpus cites, and which of its references cites which; its arrays can't be written to.

    `work`, `position` and `reference` have one value a cited reference, in the order of the corpus: the number of the
    citing record, the place in its list, and the number of the cited work. Cited works are numbered in the order in
    which they are first cited; `labels` are the references as printed, of each work the most frequent (of equally
    frequent ones the one that tells most). `record` is the number of the corpus's own
    record that a cited work is, -1 where it is none. `spellings` are the different references as printed, `of` the
    cited work of each, and `how` by what each was joined to another: `doi`, `identifier`, `key`, `text`, `title`,
    `fuzzy`, or nothing where it is alone. `step` gives all this in counts.
    """

    work: Ints
    position: Ints
    reference: Ints
    labels: tuple[str, ...]
    record: Ints
    spellings: tuple[str, ...]
    of: Ints
    how: tuple[str, ...]
    step: Step

    def __post_init__(self) -> None:
        """Guard the arrays, since all who ask for the works of one corpus share them."""
        for array in (self.work, self.position, self.reference, self.record, self.of):
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.labels)


def match_references(
    corpus: Corpus, *, matching: Matching = "keys", threshold: float = USUAL_LIKENESS
) -> MatchedReferences:
    """Tell which cited references of a corpus are the same work.

    This is worked out once for a corpus: networks of citation, coupling and co-citation rest on one answer.

    Parameters
    ----------
    corpus
        The records. Those that it holds itself help: a record's DOI, OpenAlex ID and pages tie references together.
    matching
        `exact`: only references that are printed alike, character by character, but for a doubled `DOI DOI`. `keys`:
        those that share VOSviewer's key, a DOI or another identifier, or whose titles say that they are one, whatever
        database they come from. `fuzzy`: also those of one first author and year that are alike in title, source,
        volume and page (`sameness.likeness`).
    threshold
        The least likeness for `fuzzy`, above 0 to 1.

    Returns
    -------
    MatchedReferences
        Two references with different DOIs are joined only where author, year, volume, page and source are the same
        (`grouped_by_keys`). The step `references` counts references, spellings,
        cited works, and by what they were joined.

    Raises
    ------
    BenangError
        For an unknown matching, a threshold outside of 0 to 1, and a corpus in which no record has references.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> wos = Record("a", references=("Smith J, 2010, J TEST, V12, P34", "Brown WF, 1963, MICROMAGNETICS"))
    >>> scopus = Record("b", references=("Smith J., Doe A., On tests, Journal of Tests, 12, 3, pp. 34-56, (2010)",))
    >>> matched = match_references(corpus_of([wos, scopus]))
    >>> matched.reference.tolist(), matched.how
    ([0, 1, 0], ('key', '', 'key'))
    """
    if matching not in get_args(Matching):
        raise unknown(matching, get_args(Matching), where="matching", expected="a way of matching references")
    if not 0 < threshold <= 1:
        raise BenangError(Problem(str(threshold), where="threshold", expected="a number above 0 and at most 1"))
    asked = ("matched references", matching, threshold)
    if asked in corpus.kept:
        return cast(MatchedReferences, corpus.kept[asked])
    matched = _matched(corpus, matching, threshold)
    if len(matched.spellings) <= _MOST_KEPT:
        corpus.kept[asked] = matched
    return matched


def _matched(corpus: Corpus, matching: Matching, threshold: float) -> MatchedReferences:
    rows = corpus.values.filter(pc.equal(corpus.values.column("field"), "references"))
    if not rows.num_rows:
        raise _no_references(corpus)
    values = rows.column("value")
    printed = pc.replace_substring(values, "DOI DOI ", "DOI ") if matching == "exact" else values  # VOSviewer does so
    encoded = printed.combine_chunks().dictionary_encode()
    spelling_of_row = encoded.indices.to_numpy().astype(np.int64)
    spellings: list[str] = encoded.dictionary.to_pylist()
    cited = [] if matching == "exact" else [parse_reference(spelling) for spelling in spellings]
    grouped = _grouped(corpus, cited, matching, threshold) if cited else _each_alone(len(spellings))
    of = _numbered(grouped.roots)
    counts = np.bincount(spelling_of_row, minlength=len(spellings))
    labels = _chosen(of, cited, counts) if cited else range(len(spellings))
    return MatchedReferences(
        work=_ints(rows, "work"),
        position=_ints(rows, "position"),
        reference=of[spelling_of_row],
        labels=tuple(spellings[at] for at in labels),
        record=_records(of, grouped),
        spellings=tuple(spellings),
        of=of,
        how=grouped.how,
        step=_step(matching, threshold, rows.num_rows, of, grouped),
    )


@dataclass(frozen=True)
class _Grouped:
    """`roots` of the spellings; `record_of_root` where a root holds a record of the corpus."""

    roots: list[int]
    how: tuple[str, ...]
    record_of_root: dict[int, int]
    conflicts: int = 0
    uncompared: int = 0


def _each_alone(n: int) -> _Grouped:
    return _Grouped(list(range(n)), ("",) * n, {})


def _grouped(corpus: Corpus, cited: Sequence[CitedReference], matching: Matching, threshold: float) -> _Grouped:
    n = len(cited)
    records = corpus.records
    keys = [_with_text(reference) for reference in cited] + [record_keys(record) for record in records]
    groups = grouped_by_keys(keys, [*cited, *map(record_reference, records)])
    join_by_titles(groups, cited, records)
    uncompared = 0
    if matching == "fuzzy":
        uncompared = join_alike(groups, _best(groups, cited), threshold)
    record_of: dict[int, int] = {}
    for at in range(len(records)):
        record_of.setdefault(groups.root(n + at), at)
    roots = [groups.root(node) for node in range(n)]
    sizes = Counter(roots)  # what is tied to a record of the corpus only, is joined to no other reference
    how = tuple(groups.how.get(node, "") if sizes[root] > 1 else "" for node, root in enumerate(roots))
    return _Grouped(roots, how, record_of, groups.conflicts, uncompared)


def _with_text(reference: CitedReference) -> tuple[str, ...]:
    """Give a reference without any key its text, letters and digits only: VOSviewer's key (4)."""
    return cited_keys(reference) or (f"text:{letters(reference.raw) or reference.raw}",)


def _best(groups: Groups, cited: Sequence[CitedReference]) -> list[CitedReference]:
    """Let the fullest reference represent its set; records of the corpus aren't compared."""
    best = list(cited)
    for node, reference in enumerate(cited):
        root = groups.root(node)
        if root < len(cited) and _n_fields(reference) > _n_fields(best[root]):
            best[root] = reference
    return best


def _n_fields(reference: CitedReference) -> int:
    return sum(
        map(
            bool,
            (
                reference.authors,
                reference.year,
                reference.title,
                reference.source,
                reference.volume,
                reference.page or reference.article_number,
                reference.dois,
            ),
        )
    )


def _numbered(roots: Sequence[int]) -> Ints:
    """Give cited works numbers in the order of their first spelling, which is that of the corpus."""
    number: dict[int, int] = {}
    return np.fromiter((number.setdefault(root, len(number)) for root in roots), np.int64, len(roots))


def _chosen(of: Ints, cited: Sequence[CitedReference], counts: Ints) -> list[int]:
    best: dict[int, tuple[int, int, int, str]] = {}
    chosen: dict[int, int] = {}
    for at, group in enumerate(of.tolist()):
        rank = (-int(counts[at]), -_n_fields(cited[at]), -len(cited[at].raw), cited[at].raw)
        if group not in best or rank < best[group]:
            best[group], chosen[group] = rank, at
    return [chosen[group] for group in range(len(chosen))]


def _records(of: Ints, grouped: _Grouped) -> Ints:
    record = np.full(int(of.max()) + 1 if len(of) else 0, -1, np.int64)
    for at, root in enumerate(grouped.roots):
        if root in grouped.record_of_root:
            record[of[at]] = grouped.record_of_root[root]
    return record


def _ints(rows: pa.Table, name: str) -> Ints:
    return np.asarray(rows.column(name).to_numpy(), np.int64)


def _step(matching: Matching, threshold: float, n: int, of: Ints, grouped: _Grouped) -> Step:
    by = Counter(grouped.how)
    joined = {f"joined_by_{how}": by[how] for how in ("doi", "identifier", "key", "title", "text", "fuzzy") if by[how]}
    return Step(
        "references",
        {"matching": matching, **({"threshold": threshold} if matching == "fuzzy" else {})},
        {
            "references": n,
            "spellings": len(of),
            "cited_works": int(of.max()) + 1,
            **joined,
            "records_of_the_corpus": len(set(grouped.roots) & set(grouped.record_of_root)),
            "keys_of_different_dois": grouped.conflicts,
            **({"not_compared": grouped.uncompared} if matching == "fuzzy" else {}),
        },
    )


def _no_references(corpus: Corpus) -> BenangError:
    return BenangError(
        Problem(
            worded(
                "The only record has no cited references",
                "None of the {n:,} records has cited references",
                n=len(corpus),
            ),
            way_on="Export them again with their references: in Web of Science 'Full Record and Cited References', in "
            "Scopus 'References', in Dimensions 'Export for bibliometric mapping'.",
        )
    )
