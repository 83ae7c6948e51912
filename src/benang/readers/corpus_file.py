"""VOSviewer's corpus file: plain text, one document a line.

Format: VOSviewer's manual, "Corpus file"; the scores file that may belong to it is read by `read_score_columns`.
"""

from __future__ import annotations

import statistics

from benang.readers.source import Reading, Remarks, Source
from benang.readers.values import tidy
from benang.records.record import Record

NAME = "corpus file"
_LEAST_LINES = 3
_LEAST_WORDS = 5
_WORDS_OF_A_DOCUMENT = 40  # lines that an editor has wrapped, and lines of tables, have fewer


def is_corpus_file(head: str) -> bool:
    r"""Tell a corpus file: nothing but long lines of words, none of them blank.

    Shorter documents (titles, say) look like any other text; such a file is named with `--form 'corpus file'`.

    Examples
    --------
    >>> document = "Sister cities share a long history of exchange between their citizens. " * 9 + "\n"
    >>> is_corpus_file(document * 4), is_corpus_file(document)
    (True, False)
    """
    if not head or head[0] in '{[<%@"' or "\t" in head:
        return False
    lines = head.rstrip("\n").split("\n")
    if len(lines) < _LEAST_LINES or any(len(line.split()) < _LEAST_WORDS for line in lines[:-1]):
        return False
    if any(line.startswith('"') for line in lines) or 2 * lines[0].count(",") > len(lines[0].split()):
        return False  # rows of a table: cells in quotation marks, or a header
    counts = [sum(word.strip(".,;:()").isalpha() for word in line.split()) for line in lines]
    return min(counts[:-1]) >= _LEAST_WORDS and statistics.median(counts) >= _WORDS_OF_A_DOCUMENT


def read_corpus_file(source: Source) -> Reading:
    """Read a corpus file: each line is the abstract of a record, and its key is made of it.

    A blank line is a document without text, so that lines of a scores file keep their documents; blank lines at the end
    are none.
    """
    remarks = Remarks()
    lines = [tidy(line) for line in source.lines()]
    while lines and not lines[-1]:
        lines.pop()
    for at, line in enumerate(lines, start=1):
        if not line:
            remarks.habit("Lines that are blank are documents without text", at)
    records = tuple(
        Record(key="", abstract=line, file=source.name, place=at, line=at, origins=source.origins)
        for at, line in enumerate(lines, start=1)
    )
    return Reading(len(lines), records, notes=remarks.notes())
