"""A review as one file for e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.progress import Progress, silent
from benang.project.folder import open_folder
from benang.review.parcel import parts, write_parcel
from benang.tasks.account import Account, Note
from benang.tasks.outputs import check_outputs

MOST_BYTES = 20_000_000
"""What most mail takes: 25 MB (Gmail), 20 MB (Outlook), of which the coding of an attachment takes a third at most."""


@dataclass(frozen=True)
class SendRequest:
    """A review to be written into the zip `output`: logs, vocabulary, plan and documents.

    `everything` adds exports and papers, which a co-worker needs who is to build the review.
    """

    folder: Path
    output: Path
    everything: bool = False
    language: Language = "en"


@dataclass(frozen=True)
class Sent:
    """The names of the files in the zip, in their order."""

    names: tuple[str, ...]
    account: Account


def send(request: SendRequest, *, progress: Progress = silent) -> Sent:
    """Write a review into one zip. The same files give the same bytes.

    Raises
    ------
    BenangError
        Where the folder is no review's, a link in it leads out, a file can't be read, or the zip can't be written.
    """
    progress("Reading the review", 0.0)
    files = parts(open_folder(request.folder), everything=request.everything)
    check_outputs([request.output], files.values())
    progress("Writing", 0.2)
    write_parcel(request.output, files)
    return Sent(tuple(files), Account(notes=tuple(_notes(request, len(files))), files=(request.output,)))


def _notes(request: SendRequest, count: int) -> list[Note]:
    _ = translator(request.language)
    size = request.output.stat().st_size
    kilobytes = numeral(max(1, round(size / 1000)), request.language, 0)
    text = _("{n} files, {size} kB. Who has the review takes it in with `benang merge FOLDER {file}`.")
    notes = [Note(text.format(n=numeral(count, request.language, 0), size=kilobytes, file=request.output.name))]
    if not request.everything:
        notes.append(
            Note(_("Exports and papers stay here. Who has no copy of the review yet needs them: --all sends them too."))
        )
    if size > MOST_BYTES:
        notes.append(Note(_("Many mailboxes refuse a file of this size: share it in a drive.")))
    return notes
