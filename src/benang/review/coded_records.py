"""What was coded in some records of a review, or of some of its cases: from a map's item on to the quotations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from benang.coding.coded import Coded, check_studies
from benang.coding.labels import Labels
from benang.coding.placed import place
from benang.errors import BenangError, Problem
from benang.project.folder import open_folder
from benang.review.load import Loaded, load


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
    check_studies(coded, loaded.corpus.keys)
    labels = Labels(loaded.codebook, loaded.cases, loaded.corpus, loaded.plan.language)
    order = {_work(key, loaded, unit): at for at, key in reversed(list(enumerate(keys)))}
    found = []
    for passage in coded.passages.values():
        of = passage.case if unit == "cases" else coded.study(passage)
        if of in order and (not codes or passage.code in codes):
            place_of = (order[of], passage.document, passage.start)
            quote = " ".join(passage.quote.split())
            said = CodedPassage(coded.study(passage), labels.case(passage.case), labels.code(passage.code), quote)
            found.append((place_of, said))
    return tuple(said for _, said in sorted(found, key=lambda pair: pair[0]))


def _work(key: str, loaded: Loaded, unit: str) -> str:
    """Return the key of a work that a map names; a name that an earlier version made is refused where it isn't sure."""
    if unit == "cases":
        return key
    named = loaded.sources.filing.names.find(key)
    if named.keys and not named.is_sure:
        found = f"'{key}', the place of a record in a file, where another one may stand now"
        raise BenangError(Problem(found, where="the map", way_on="Make the map anew: then it names records by keys."))
    return named.key or key
