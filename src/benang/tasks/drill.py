"""From an item or a link of a map to the records behind it, and in a review to what was coded in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benang.errors import Misuse
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral
from benang.map_files.exchange import read_network
from benang.network.drilling import Behind, behind
from benang.progress import Progress, silent
from benang.review.coded_records import CodedPassage, coded_passages
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
    found = behind(network, *request.items)
    notes = of_behind(network, found, request.language)
    folder = request.review or review_around(request.map)
    if folder is None or not found.records:
        return Drilled(found, (), Account(notes=tuple(notes)))
    progress("Reading the review", 0.5)
    codes = found.ids if network.item_kind == "codes" else ()
    passages = coded_passages(folder, found.records, unit=network.unit, codes=codes)
    notes += _of_passages(passages, folder.name, request.language)
    return Drilled(found, passages, Account(notes=tuple(notes)))


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
