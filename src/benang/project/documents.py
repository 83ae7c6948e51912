"""Documents: the texts that passages are quoted from, immutable, in UTF-8."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from benang.errors import BenangError, Problem
from benang.files import decode, read_bytes, sha256
from benang.project.folder import ReviewFolder

Account = Literal["own text", "secondary"]
"""`secondary`: a note on what somebody else tells of the study, which is not at hand itself."""

_HEADING = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its path in the review's folder and the record that it belongs to.

    `text` is the whole file, its line ends as they are in it, without a byte order mark: offsets count its code
    points. `record` is the key of the study, from the file's heading or else its name. `account` is told by the
    heading.
    """

    path: str
    record: str
    text: str
    sha256: str
    account: Account = "own text"

    def page(self, offset: int) -> int | None:
        r"""Return the page, from 1, on which an offset lies; None for a text that has no page breaks.

        Examples
        --------
        >>> Document("documents/a.txt", "a", "One\n\fTwo\n", "").page(5)
        2
        """
        return self.text.count("\f", 0, offset) + 1 if "\f" in self.text else None

    @property
    def is_secondary(self) -> bool:
        """Whether it tells what somebody else says of the study."""
        return self.account == "secondary"


def read_documents(folder: ReviewFolder) -> dict[str, Document]:
    """Read the documents of a review (`documents/*.md`, `*.txt`), by their paths in it.

    Raises
    ------
    BenangError
        With every document that can't be read or isn't UTF-8.
    """
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for path in folder.documents:
        name = folder.name(path)
        try:
            data = read_bytes(path)
            text = decode(data, where=name)
        except BenangError as error:
            problems.extend(error.problems)
            continue
        documents[name] = Document(name, heading(text).get("record") or path.stem, text, sha256(data), account_of(text))
    if problems:
        raise BenangError(*problems)
    return documents


def heading(text: str) -> dict[str, str]:
    r"""Read the block of `key: value` lines between two lines of `---` at the very top of a text.

    It is read kindly: a line that has no colon is passed over, quotes around a value are taken off, and a text
    without such a block has no keys.

    Examples
    --------
    >>> heading("---\nrecord: syarif2019\naccount: 'Secondary'\n---\n\nText\n")
    {'record': 'syarif2019', 'account': 'Secondary'}
    >>> heading("Text\n---\nmore: text\n---\n")
    {}
    """
    block = _HEADING.match(text)
    pairs = (line.partition(":") for line in block[1].splitlines() if ":" in line) if block else ()
    return {key.strip().lower(): value.strip().strip("'\"") for key, _, value in pairs}


def account_of(text: str) -> Account:
    r"""Tell whether a text is the study's own or a note on a secondary account, from its heading.

    Examples
    --------
    >>> account_of("---\naccount: secondary\n---\nWhat a review tells of it.\n"), account_of("The paper itself.\n")
    ('secondary', 'own text')
    """
    return "secondary" if heading(text).get("account", "").lower().startswith("secondary") else "own text"
