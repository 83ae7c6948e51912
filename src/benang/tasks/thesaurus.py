"""Which labels may mean the same, proposed as a table for a person to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benang.coding.codebook_file import read_codebook
from benang.files import Input, write_text
from benang.kinds import KINDS
from benang.locale import Language, translator
from benang.locale.writing import numeral, reason_in
from benang.progress import Progress, part, silent
from benang.readers.registry import Choices
from benang.records.authors import authors
from benang.records.proposals import Proposal, propose, proposed_variants
from benang.records.record import Record
from benang.records.thesaurus import thesaurus_text
from benang.tasks.account import Account, Note
from benang.tasks.outputs import check_outputs
from benang.tasks.read_works import WorksRequest, read_works

_COLUMNS = ("reason", "occurrences", "occurrences of replacement")


@dataclass(frozen=True, kw_only=True)
class ThesaurusRequest:
    """Exports, and the kind of items whose labels are compared.

    The labels of `codebook` in two languages are translations of each other. `output` is the table that is written;
    nothing is where None.
    """

    files: tuple[Input, ...]
    choices: Choices = Choices()  # noqa: RUF009 - it is frozen
    items: str = "keywords"
    codebook: Path | None = None
    output: Path | None = None
    language: Language = "en"


@dataclass(frozen=True)
class ProposedThesaurus:
    """The labels that may be merged, each with its reason."""

    proposals: tuple[Proposal, ...]
    account: Account


def propose_thesaurus(request: ThesaurusRequest, *, progress: Progress = silent) -> ProposedThesaurus:
    """Propose which labels to merge: plurals, hyphens, spellings, acronyms, translations, slips.

    Raises
    ------
    Misuse
        Where the table would be written over what is read.
    BenangError
        For exports or a codebook that can't be read.
    """
    if request.output:
        check_outputs([request.output], [*request.files, request.codebook])
    works = WorksRequest(files=request.files, choices=request.choices, language=request.language)
    corpus = read_works(works, progress=part(progress, 0.0, 0.5)).corpus
    progress("Comparing labels", 0.5)
    proposals = _proposals(corpus.records, request)
    if request.output:
        write_text(request.output, thesaurus_text(map(_row, proposals), _COLUMNS))
    notes = [_counts_note(proposals, request)]
    if request.items == "authors":
        notes += _ambiguous(corpus.records, request.language)
    return ProposedThesaurus(proposals, Account(notes=tuple(notes), files=(request.output,) if request.output else ()))


def _proposals(records: Sequence[Record], request: ThesaurusRequest) -> tuple[Proposal, ...]:
    kind = KINDS[request.items]
    if kind.variants != "labels":
        return proposed_variants(records, request.items)
    labels = [[label for field in kind.fields for label in getattr(record, field)] for record in records]
    return tuple(propose(labels, records, translations=_translations(request.codebook)))


def _row(one: Proposal) -> tuple[str, str, str, str, str]:
    return one.label, one.replacement, one.reason, str(one.occurrences), str(one.occurrences_of_replacement)


def _translations(codebook: Path | None) -> list[tuple[str, str]]:
    """Return the labels of codes that differ between English and Indonesian."""
    pairs = []
    for code in read_codebook(codebook).codes if codebook else ():
        english, indonesian = code.label.text("en"), code.label.text("id")
        if english.casefold() != indonesian.casefold():
            pairs.append((english, indonesian))
    return pairs


def _counts_note(proposals: Sequence[Proposal], request: ThesaurusRequest) -> Note:
    """Count the proposals by their reasons."""
    _, language = translator(request.language), request.language
    reasons = Counter(one.reason.partition(" (")[0] for one in proposals)
    text = _("{n} {items} may be variant spellings or synonyms of others.")
    order = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    items = _(request.items).replace("-", " ")
    return Note(
        text.format(n=numeral(len(proposals), language, 0), items=items),
        tuple(f"{numeral(n, language, 0)}  {reason_in(reason, language)}" for reason, n in order),
    )


def _ambiguous(records: Sequence[Record], language: Language) -> Iterator[Note]:
    """Name the short names that could be several people's: they stay by themselves until a person decides."""
    _, names = translator(language), authors(records).ambiguous
    if names:
        text = _("{n} names may be shared by several people and were not joined:")
        one = _("{name} ({n} records): {candidates}")
        yield Note(
            text.format(n=numeral(len(names), language, 0)),
            tuple(
                one.format(name=name.name, n=numeral(name.records, language, 0), candidates="; ".join(name.candidates))
                for name in names
            ),
        )
