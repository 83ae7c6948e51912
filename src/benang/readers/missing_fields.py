"""What an export could hold and does not, and how to get it: cited references left out, most of all."""

from __future__ import annotations

from collections.abc import Mapping

from benang.readers.corpus_file import NAME as CORPUS_FILE
from benang.records.carried import carried_by_file
from benang.records.corpus import Corpus

_SCOPUS = {
    "references": "no cited references in this export: choose 'Include references' under 'Other information'",
    "abstract": "no abstracts in this export: choose 'Abstract' under 'Abstract & keywords'",
    "author_keywords": "no author keywords in this export: choose 'Author keywords' under 'Abstract & keywords'",
    "affiliations": "no affiliations in this export: choose 'Affiliations' under 'Bibliographical information'",
}
_WOS = {
    "references": "no cited references in this export: choose full record and cited references",
    "abstract": "no abstracts in this export: choose full record",
    "author_keywords": "no author keywords in this export: choose full record",
    "affiliations": "no affiliations in this export: choose full record",
}
_ALL_FIELDS = {"abstract": "no abstracts in this export: choose all fields where the database offers it"}
_SCHOLAR = (
    "no keywords in this export: Google Scholar gives none, so add them in keywords.csv of a review, or map the terms "
    "of titles"
)
_ADVICE: Mapping[str, Mapping[str, str]] = {
    "scopus": _SCOPUS,
    "web of science": _WOS,
    "dimensions": _ALL_FIELDS
    | {"references": "no cited references in this export: choose 'Export for bibliometric mapping'"},
    "lens": _ALL_FIELDS | {"references": "no cited references in this export: choose all fields"},
    "openalex": {"references": "no cited references in these works: ask OpenAlex for whole works, with no `select`"},
    "publish or perish": {"author_keywords": _SCHOLAR},
    "google scholar": {"author_keywords": _SCHOLAR},
    "pubmed": {"abstract": "no abstracts in this export: choose the format PubMed (nbib) or XML"},
}
_KEYWORDS = (
    "no keywords in this export: a map of keywords needs them, so choose them when you export, or map the terms of "
    "titles and abstracts"
)


def missing_fields(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Say for each file which fields its form can carry, but none of its records does, with the way to get them.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.ledger import FileAccount, Ledger
    >>> from benang.records.record import Record
    >>> records = [Record("a", title="Kota", abstract="…", author_keywords=("kota",), affiliations=("UGM",),
    ...                   database="Web of Science", file="wos.txt")]
    >>> account = FileAccount("wos.txt", "Web of Science plain text", "", found=1, read=1)
    >>> missing_fields(corpus_of(records, ledger=Ledger((account,))))
    {'wos.txt': ('no cited references in this export: choose full record and cited references',)}
    """
    counts = carried_by_file(corpus)
    databases = dict(
        zip(corpus.works.column("file").to_pylist(), corpus.works.column("database").to_pylist(), strict=True)
    )
    said: dict[str, tuple[str, ...]] = {}
    for account in corpus.ledger.files:
        carried = counts.get(account.path)
        if carried and account.format != CORPUS_FILE:  # which has texts and nothing else, and can have nothing else
            told = f"{account.format} {databases[account.path]}".lower()
            advice = next((advice for name, advice in _ADVICE.items() if name in told), {})
            said[account.path] = _said(carried, advice)
    return {file: notes for file, notes in said.items() if notes}


def _said(carried: Mapping[str, int], advice: Mapping[str, str]) -> tuple[str, ...]:
    notes = [note for name, note in advice.items() if not carried[name]]
    if "author_keywords" not in advice and not carried["author_keywords"] and not carried["index_keywords"]:
        notes.append(_KEYWORDS)
    return tuple(notes)
