"""What was coded in some records of a review, or of some of its cases: from a map's item on to the quotations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from benang.builder.load import load
from benang.coding.coded import Coded
from benang.coding.placed import place
from benang.project.folder import open_folder
from benang.synthesis.build_findings import findings_of
from benang.synthesis.wording import Wording


@dataclass(frozen=True)
class CodedPassage:
    """A passage with the record that it stands in, and its case and code in words."""

    record: str
    case: str
    code: str
    quote: str


def coded_passages(
    folder: Path, keys: Sequence[str], *, unit: str = "records", codes: Collection[str] = ()
) -> tuple[CodedPassage, ...]:
    """List the passages of a review that stand in records, or that tell of cases.

    Parameters
    ----------
    folder
        The review.
    keys
        Keys of records, of works or of what was joined into them; ids of cases where `unit` is "cases".
    codes
        Only passages with one of these codes, where any are named.

    Returns
    -------
    tuple of CodedPassage
        In the order of the keys, then of the documents. Quotations that stand no longer in their documents are left
        out.

    Raises
    ------
    BenangError
        Where the folder is no review, or has faults.
    """
    loaded = load(open_folder(folder))
    placed = place(loaded.judgements, loaded.documents, loaded.codebook, loaded.cases)
    coded = Coded(loaded.codebook, loaded.cases, loaded.documents, placed)
    findings = findings_of(
        corpus=loaded.corpus,
        codebook=loaded.codebook,
        cases=loaded.cases,
        documents=loaded.documents,
        placed=placed,
        claims=loaded.claims,
        maps=None,
        language=loaded.plan.language,
    )
    words = Wording(findings, loaded.plan.language)
    order = {loaded.sources.aliases.get(key, key): at for at, key in reversed(list(enumerate(keys)))}
    found = []
    for passage in coded.passages.values():
        of = passage.case if unit == "cases" else coded.study(passage)
        if of in order and (not codes or passage.code in codes):
            place_of = (order[of], passage.document, passage.start)
            quote = " ".join(passage.quote.split())
            said = CodedPassage(coded.study(passage), words.case(passage.case), words.code(passage.code), quote)
            found.append((place_of, said))
    return tuple(said for _, said in sorted(found, key=lambda pair: pair[0]))
