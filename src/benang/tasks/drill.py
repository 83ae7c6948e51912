"""From an item or a link of a map to the records behind it, and in a review to what was coded in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from benang.coding.coded import Coded, check_studies
from benang.coding.labels import Labels
from benang.coding.placed import place
from benang.errors import BenangError, Misuse, Problem
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral
from benang.map_files.exchange import read_network
from benang.network.drilling import Behind, behind
from benang.progress import Progress, silent
from benang.project.folder import open_folder
from benang.review.load import Loaded, load
from benang.tasks.account import Account, Note
from benang.tasks.map_account import of_behind


@dataclass(frozen=True, kw_only=True)
class DrillRequest:
    """A map, and one item of it or the two ends of a link, by id or label.

    `review` is the folder of the review that the records belong to; the one that the map lies in where None.
    """

    map: Path
    items: tuple[str, ...]
    review: Path | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Drilled:
    """The records behind an item or a link, and what was coded in them; nothing where no review is there."""

    behind: Behind
    passages: tuple[CodedPassage, ...]
    account: Account


def drill(request: DrillRequest, *, progress: Progress = silent) -> Drilled:
    """List the records behind an item of a map, or behind the link of two items.

    Raises
    ------
    Misuse
        For no item, or more than two.
    BenangError
        For a map that can't be read or carries no records, an item that it lacks, and a review that has faults.
    """
    if not 1 <= len(request.items) <= 2:
        raise Misuse("Name one item, or the two ends of a link.")
    progress("Reading", 0.0)
    network = read_network(request.map)
    item_behind = behind(network, *request.items)
    notes = of_behind(network, item_behind, request.language)
    folder = request.review or review_around(request.map)
    if folder is None or not item_behind.records:
        return Drilled(item_behind, (), Account(notes=tuple(notes)))
    progress("Reading the review", 0.5)
    codes = item_behind.ids if network.item_kind == "codes" else ()
    passages = coded_passages(folder, item_behind.records, unit=network.unit, codes=codes)
    notes += _of_passages(passages, folder.name, request.language)
    return Drilled(item_behind, passages, Account(notes=tuple(notes)))


def review_around(path: Path) -> Path | None:
    """Return the review's folder that a file lies in, by its review.toml; None where it lies in none."""
    return next((folder for folder in path.resolve().parents if (folder / "review.toml").is_file()), None)


def _of_passages(passages: tuple[CodedPassage, ...], review: str, language: Language) -> list[Note]:
    _ = translator(language)
    if not passages:
        return [Note(_("In {review}, no passage of these records is coded.").format(review=review))]
    text = counted(
        "Coded in {review}: {n} passage of these records.",
        "Coded in {review}: {n} passages of these records.",
        len(passages),
        language,
    )
    return [
        Note(text.format(review=review, n=numeral(len(passages), language))),
        *(Note(f"  {one.record}, {one.case}: {one.code}: “{one.quote}”") for one in passages),
    ]


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
    passages = []
    for passage in coded.passages.values():
        of = passage.case if unit == "cases" else coded.study(passage)
        if of in order and (not codes or passage.code in codes):
            place_of = (order[of], passage.document, passage.start)
            quote = " ".join(passage.quote.split())
            said = CodedPassage(coded.study(passage), labels.case(passage.case), labels.coded_as(passage), quote)
            passages.append((place_of, said))
    return tuple(said for _, said in sorted(passages, key=lambda pair: pair[0]))


def _work(key: str, loaded: Loaded, unit: str) -> str:
    """Return the key of a work that a map names; a name that an earlier version made is refused where it isn't sure."""
    if unit == "cases":
        return key
    named = loaded.sources.filing.names.find(key)
    if named.keys and not named.is_sure:
        problem = f"'{key}', the place of a record in a file, where another one may stand now"
        raise BenangError(Problem(problem, where="the map", way_on="Make the map anew: then it names records by keys."))
    return named.key or key
