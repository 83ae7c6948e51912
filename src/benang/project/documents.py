"""Documents: the texts that passages are quoted from, immutable, in UTF-8."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Account = Literal["own text", "secondary"]
"""`secondary`: a note on what somebody else tells of the study, which is not at hand itself."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its path in the review's folder and the record that it belongs to.

    `text` is the whole file, its line ends as they are in it, without a byte order mark: offsets count its code
    points. `record` is the key of the study, from the file's name. `account` is told by the file's heading.
    """

    path: str
    record: str
    text: str
    sha256: str
    account: Account = "own text"
