"""Which labels mean the same, and which are left out: VOSviewer's thesaurus file."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benang.errors import BenangError, Problem
from benang.files import Input, input_of
from benang.locale import Language, translator
from benang.locale.writing import numeral, worded
from benang.records.spelling import label_key
from benang.records.user_tables import csv_text, read_columns, read_user_table

HEADER = ("label", "replace by")
_HEADERS = frozenset(
    {HEADER, ("from", "to"), ("old", "new"), ("variant", "preferred"), ("label", "replacement"), ("find", "replace")}
)
"""How lists of other programs head their two columns."""
HEADED = frozenset(first for first, _ in _HEADERS)
"""What the first column is called in a table that has a header."""
APART = "kept-apart.tsv"
APART_COLUMNS = ("label", "other", "items", "reason")
"""The table of names in a review that look like one and are not."""
_FEW = 5  # lines that are named where more have something in common

_WAY_ON = "Enclose a label that contains a quotation mark in quotation marks, and double every mark inside it."


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Labels and what they are replaced by, in the order of the file; an empty replacement drops the item.

    A label is matched whole and without regard to case, once: the replacement is not looked up again. `notes` tell
    what was kept with a remark. `file` and `sha256` (of its bytes) go into the provenance of what was made with it.
    `apart` are pairs of names that rules would take for one author, and a person does not.

    Examples
    --------
    >>> thesaurus = Thesaurus((("sister cities", "sister city"), ("indonesia", "")))
    >>> thesaurus.preferred("Sister Cities"), thesaurus.preferred("Indonesia"), thesaurus.preferred("paradiplomasi")
    ('sister city', '', 'paradiplomasi')
    """

    replacements: tuple[tuple[str, str], ...] = ()
    file: str = ""
    sha256: str = ""
    notes: tuple[str, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()

    def preferred(self, label: str) -> str:
        """Return the label to use instead, the label itself where the thesaurus has none, or "" to drop it."""
        return self.by_key(label_key).get(label_key(label), label)

    @property
    def joining(self) -> Thesaurus:
        """The same without the labels that it drops."""
        return replace(self, replacements=tuple(line for line in self.replacements if line[1]))

    def by_key(self, key: Callable[[str], str]) -> dict[str, str]:
        """Return the replacements by the key that a kind of item is compared by; the first of two equal keys counts."""
        table: dict[str, str] = {}
        for label, replacement in self.replacements:
            table.setdefault(key(label), replacement)
        return table

    def labels(self, key: Callable[[str], str]) -> dict[str, str]:
        """Return the preferred labels by the key of the items that they name, as they are spelt first."""
        table: dict[str, str] = {}
        for replacement in self.by_key(key).values():
            table.setdefault(key(replacement), replacement)
        return table

    def unmatched(self, key: Callable[[str], str], keys: Container[str]) -> tuple[str, ...]:
        """Return the labels, in the order of the file, of which no spelling in a corpus has the key.

        Examples
        --------
        >>> Thesaurus((("kota", "city"), ("atlantis", "city"))).unmatched(label_key, {"kota", "desa"})
        ('atlantis',)
        """
        return tuple(label for label, _ in self.replacements if key(label) not in keys)

    def remaining(self, key: Callable[[str], str], unmatched: Container[str]) -> Thesaurus:
        """Return what is left to apply where the printed names have been replaced: no replacement is looked up again.

        Labels that no printed name has may still be those of items that were distinguished, as a map shows them:
        *Sari, D. (0000-0002-1825-0097)*. Preferred labels stay, since they say how an item is spelt.

        Examples
        --------
        >>> Thesaurus((("a", "b"), ("b", "c"), ("d (1)", "d"))).remaining(label_key, ("b", "d (1)")).replacements
        (('d (1)', 'd'), ('b', 'b'), ('c', 'c'), ('d', 'd'))
        """
        preferred = self.labels(key)
        lines = [(one, to) for one, to in self.replacements if one in unmatched and key(one) not in preferred]
        return replace(self, replacements=(*lines, *((one, one) for one in preferred.values() if one)))


def unmatched_note(labels: Sequence[str], lines: int, language: Language = "en") -> str:
    """Say which lines of a thesaurus matched nothing; the first few by name.

    Examples
    --------
    >>> unmatched_note(["atlantis"], 3)
    "1 of 3 lines matches nothing: 'atlantis'"
    """
    _ = translator(language)
    few = ", ".join(f"'{label}'" for label in labels[:_FEW])
    if len(labels) > _FEW:
        few = _("{labels} and {n} more").format(labels=few, n=numeral(len(labels) - _FEW, language, 0))
    text = (
        _("{n} of {lines} lines match nothing: {labels}")
        if len(labels) > 1
        else _("{n} of {lines} lines matches nothing: {labels}")
        if lines > 1
        else _("{n} of {lines} line matches nothing: {labels}")
    )
    return text.format(n=numeral(len(labels), language, 0), lines=numeral(lines, language, 0), labels=few)


def thesaurus_remarks(thesaurus: Thesaurus, unmatched: Sequence[str], language: Language = "en") -> list[str]:
    """Give the remarks on a thesaurus, and say which of its lines matched nothing.

    Examples
    --------
    >>> thesaurus_remarks(Thesaurus((("atlantis", "city"),), file="words.tsv"), ["atlantis"])
    ["words.tsv, 1 of 1 line matches nothing: 'atlantis'."]
    """
    note = f"{unmatched_note(unmatched, len(thesaurus.replacements), language)}." if unmatched else ""
    return [f"{thesaurus.file}, {one}" for one in (*thesaurus.notes, note) if one]


def read_thesaurus(path: Input | str) -> Thesaurus:
    r"""Read a thesaurus: two columns, headed `label` and `replace by`, with tab, semicolon or comma between them.

    This is VOSviewer's file. Lists of other programs are read too: with other headings (`from`, `to`), or, as BibExcel
    writes them, with none, where every line has two columns. Further columns that the header names (`reason`) are
    passed over.

    Returns
    -------
    Thesaurus
        Its `notes` name an encoding that was guessed, chains (a label replaced by one that is itself replaced: only one
        step is made), labels replaced by each other, and lines without a second column, which drop their item.

    Raises
    ------
    BenangError
        For another header, a line without a label or with more columns, a label with two replacements: all problems
        of the file together.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "thesaurus.tsv"
    >>> _ = path.write_text("label\treplace by\nsister cities\tsister city\nbandung\t\n")
    >>> read_thesaurus(path).replacements
    (('sister cities', 'sister city'), ('bandung', ''))
    """
    where = str(path)
    table = read_user_table(input_of(path), way_on=_WAY_ON)
    spaced = [(line, [" ".join(cell.split()) for cell in cells]) for line, cells in table.rows]
    rows, notes = _without_header(spaced, where)
    problems: list[Problem] = []
    first: dict[str, tuple[int, str]] = {}
    replacements = []
    for line, fields in rows:
        label, replacement = fields[0], fields[1] if len(fields) > 1 else ""
        earlier = first.get(label_key(label))
        problem = _problem(worded("{file}, line {line}", file=where, line=line), fields, earlier)
        if problem:
            problems.append(problem)
        elif earlier is None:
            first[label_key(label)] = (line, replacement)
            replacements.append((label, replacement))
            if len(fields) == 1:
                notes.append(
                    worded("line {n}: '{label}' has no second column, so the item is dropped", n=line, label=label)
                )
    if problems:
        raise BenangError(*problems)
    return Thesaurus(tuple(replacements), Path(where).name, table.sha256, (*table.notes, *notes, *_chains(first)))


def thesaurus_text(rows: Iterable[Sequence[str]], further: Sequence[str] = ()) -> str:
    r"""Write labels and replacements as a thesaurus; columns beyond the two are for the person who decides.

    A label that a spreadsheet would take for a formula has an apostrophe before it, which `read_thesaurus` takes off.

    Examples
    --------
    >>> thesaurus_text([("sister cities", "sister city", "plural")], ["reason"])
    'label\treplace by\treason\nsister cities\tsister city\tplural\n'
    """
    return csv_text([*HEADER, *further], rows, delimiter="\t")


def read_apart(path: Input) -> tuple[tuple[str, str, str], ...]:
    r"""Read which names are kept apart: pairs, and the kind of items that both are.

    Raises
    ------
    BenangError
        For a table without these columns, and a row that lacks a name.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "kept-apart.tsv"
    >>> _ = path.write_text("label\tother\titems\nkota tua\tkota\tkeywords\n")
    >>> read_apart(path)
    (('kota tua', 'kota', 'keywords'),)
    """
    rows = read_columns(path, *APART_COLUMNS[:3])
    problems = [
        Problem("a row without two names", where=worded("{file}, line {line}", file=path, line=line))
        for line, (one, other, _) in rows
        if not (one and other)
    ]
    if problems:
        raise BenangError(*problems)
    return tuple(cells for _, cells in rows)  # type: ignore[misc]


def _without_header(rows: list[tuple[int, list[str]]], where: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Remove the header, and the columns that it names beyond the two; a list without a header is reported."""
    if not rows:
        raise BenangError(Problem("an empty file", where=where, expected="a header: label, replace by"))
    line, fields = rows[0]
    if tuple(field.lower() for field in fields[:2]) in _HEADERS:
        further = len(fields)
        return [(at, row[:2] if len(row) <= further else row) for at, row in rows[1:]], []
    if len(fields) == len(HEADER) and all(len(row) == len(HEADER) and row[0] for _, row in rows):
        return rows, ["No header: every line was read as a label and its replacement"]
    raise BenangError(
        Problem(
            worded("the header {names}", names=", ".join(repr(field) for field in fields)),
            where=worded("{file}, line {line}", file=where, line=line),
            expected="'label', 'replace by'",
            way_on="Put a tab, a semicolon or a comma between the two columns.",
        )
    )


def _problem(where: str, fields: list[str], earlier: tuple[int, str] | None) -> Problem | None:
    if len(fields) > len(HEADER):
        return Problem(
            worded("{n} columns", n=len(fields)),
            where=where,
            expected="a label and its replacement",
            way_on="Put quotation marks around a label that contains the delimiter.",
        )
    if not fields[0]:
        return Problem("no label", where=where, expected="a label and its replacement")
    replacement = fields[1] if len(fields) > 1 else ""
    if earlier is not None and earlier[1] != replacement:
        return Problem(
            worded(
                "'{label}' replaced by '{replacement}', but in line {line} by '{other}'",
                label=fields[0],
                replacement=replacement,
                line=earlier[0],
                other=earlier[1],
            ),
            where=where,
            expected="one replacement for a label",
            way_on="Keep one of the two lines.",
        )
    return None


def _chains(first: dict[str, tuple[int, str]]) -> list[str]:
    notes: list[str] = []
    for label, (line, replacement) in first.items():
        other = label_key(replacement)
        further = first.get(other)
        if not further or not other or label_key(further[1]) == other:
            continue
        if label_key(further[1]) != label:
            instead = worded("by '{label}'", label=further[1]) if further[1] else worded("by nothing")
            notes.append(
                worded(
                    "line {n}: '{label}' is replaced by '{replacement}', which line {other} replaces {instead}; "
                    "only the "
                    "first replacement is made",
                    n=line,
                    label=label,
                    replacement=replacement,
                    other=further[0],
                    instead=instead,
                )
            )
        elif further[0] < line:
            notes.append(
                worded(
                    "line {n}: '{label}' is replaced by '{replacement}', and line {other} the other way round; the two "
                    "labels are swapped",
                    n=line,
                    label=label,
                    replacement=replacement,
                    other=further[0],
                )
            )
    return notes
