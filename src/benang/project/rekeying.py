"""Files that people keep, changed in place: record keys rewritten, rows of tables added and taken out.

Nothing else in a file changes, not a comment nor a line end.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benang.errors import BenangError, Problem
from benang.project.folder import Document, heading, paper_lines, paper_told
from benang.project.toml_edits import TOKEN, SetValue, edited_toml
from benang.records.paper import Paper
from benang.records.thesaurus import HEADED, HEADER
from benang.records.user_tables import DELIMITERS, csv_text, neutral, plain, table_rows

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"", "utf-8"),
    (b"", "cp1252"),
)
_BLOCK = re.compile(r"---[ \t]*(\r?\n)(.*?)^(?=---[ \t]*\r?$)", re.DOTALL | re.MULTILINE)
_RECORD = re.compile(r"^([ \t]*record[ \t]*:[ \t]*)[^\r\n]*", re.MULTILINE | re.IGNORECASE)
_MOVED = re.compile(r"^[ \t]*moved[ \t]*:[^\r\n]*\r?\n", re.MULTILINE | re.IGNORECASE)


def edited(data: bytes, edit: Callable[[str], str], *, where: str) -> bytes:
    r"""Edit the text of a file in whatever encoding it is, with its byte order mark and line ends as they are.

    Examples
    --------
    >>> edited("\ufeffa\r\n".encode(), lambda text: text.replace("a", "b"), where="a.csv")
    b'\xef\xbb\xbfb\r\n'
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            try:
                return mark + edit(data.removeprefix(mark).decode(codec)).encode(codec)
            except UnicodeError:
                continue
    raise BenangError(
        Problem("the file is in an encoding that can't be preserved", where=where, way_on="Save it as UTF-8.")
    )


def rekeyed_cases(text: str, keys: Mapping[str, str], *, where: str) -> str:
    r"""Rewrite keys in the `studies` of `cases.toml`.

    Examples
    --------
    >>> print(rekeyed_cases('studies = ["a.csv:1"] # "a.csv:1"\n', {"a.csv:1": "b"}, where="cases.toml").strip())
    studies = ["b"] # "a.csv:1"
    """
    pieces: list[str] = []
    at = 0
    for start, end in _studies(text):
        name = tomllib.loads(f"a = {text[start:end]}")["a"]
        if name in keys:
            pieces += (text[at:start], _quoted(keys[name]))
            at = end
    new = "".join([*pieces, text[at:]])
    if tomllib.loads(new) != _renamed_studies(tomllib.loads(text), keys):
        raise _by_hand(where)
    return new


def rekeyed_studies(text: str, keys: Mapping[str, str], *, where: str) -> str:
    r"""Rewrite the keys of reports in `studies.toml`.

    Examples
    --------
    >>> text = '[[studies]]\nid = "a"\nreports = ["a.csv:1", "c"] # ours\n'
    >>> print(rekeyed_studies(text, {"a.csv:1": "b"}, where="studies.toml"), end="")
    [[studies]]
    id = "a"
    reports = ["b", "c"] # ours
    """
    named = {"studies": ("reports",), "apart": ("report", "others")}
    edits = [
        SetValue((array, at, name), [keys.get(one, one) for one in value] if name != "report" else keys[value[0]])
        for array, names in named.items()
        for at, table in enumerate(tomllib.loads(text).get(array, ()))
        for name in names
        if not keys.keys().isdisjoint(value := table[name] if isinstance(table[name], list) else [table[name]])
    ]
    return edited_toml(text, edits, where=where)


def rekeyed_table(text: str, columns: Sequence[str], keys: Mapping[str, str], *, where: str, remark: str = "") -> str:
    r"""Rewrite keys in some columns of a table, as it is parted and quoted.

    Examples
    --------
    >>> rekeyed_table("record;keywords\r\na.csv:1;kota\r\n", ["record"], {"a.csv:1": "b"}, where="k.csv")
    'record;keywords\r\nb;kota\r\n'
    """
    rows = list(_spans(text, remark))
    header = [_value(text[start:end]).lower() for start, end in rows[0]] if rows else []
    places = [at for at, name in enumerate(header) if name in columns]
    pieces: list[str] = []
    at = 0
    for row in rows[1:]:
        for start, end in (row[place] for place in places if place < len(row)):
            name = _value(text[start:end])
            if name in keys:
                pieces += (text[at:start], _cell(keys[name]))
                at = end
    new = "".join([*pieces, text[at:]])
    _check_table(text, new, places, keys, where, remark)
    return new


def rekeyed_document(document: Document, key: str, paper: Paper, *, is_coded: bool) -> str:
    r"""Write the key of its record into the heading of a document, and which paper it is where it doesn't say so.

    Where passages of it are coded, `moved` says how much further on the text now is, so that they stay in place.

    Examples
    --------
    >>> note = Document("documents/a.md", "a", "---\nrecord: a.csv:1\n---\nText\n", "")
    >>> print(rekeyed_document(note, "b", Paper("Rent", 2018), is_coded=True))
    ---
    record: b
    title: Rent
    year: 2018
    moved: 27
    ---
    Text
    <BLANKLINE>
    """
    text = document.text
    block = _BLOCK.match(text)
    end_of_line = block[1] if block else ("\r\n" if "\r\n" in text else "\n")
    inner = block[2] if block else ""
    lines = {} if paper_told(heading(text)).is_told else _free(paper_lines(paper), heading(text))
    if "record" in heading(text):
        inner = _RECORD.sub(lambda match: f"{match[1]}{key}", inner, count=1)
    else:
        lines = {"record": key, **lines}
    inner = _MOVED.sub("", inner)
    inner += "".join(f"{name}: {value}{end_of_line}" for name, value in lines.items())
    rest = text[block.end() :] if block else f"---{end_of_line}{end_of_line}{text}"
    begin = f"---{end_of_line}{inner}"
    return begin + (_moved_line(document, begin + rest, end_of_line) if is_coded else "") + rest


def _moved_line(document: Document, text: str, end_of_line: str) -> str:
    """Return the line that says how much further on a text is than at each time when passages were coded."""
    grown = len(text) - len(document.text)
    line = ""
    while True:  # the line is part of what moves the text
        further = grown + len(line)
        new = f"moved: {' '.join(str(one + further) for one in (*document.moved, 0))}{end_of_line}"
        if len(new) == len(line):
            return new
        line = new


def _free(lines: Mapping[str, str], heading_lines: Mapping[str, str]) -> dict[str, str]:
    """Keep the lines whose names the heading doesn't use; a title of its own leaves room for the study's."""
    return {
        ("study title" if name == "title" and name in heading_lines else name): value
        for name, value in lines.items()
        if name == "title" or name not in heading_lines
    }


def _studies(text: str) -> Iterator[tuple[int, int]]:
    """Give the places of the strings in lists named `studies`."""
    tokens = [match for match in TOKEN.finditer(text) if match.lastgroup not in ("comment", "end")]
    for at, token in enumerate(tokens):
        if token.group().strip("\"'") != "studies" or [one.group() for one in tokens[at + 1 : at + 3]] != ["=", "["]:
            continue
        for item in tokens[at + 3 :]:
            if item.group() == "]":
                break
            if item.lastgroup == "string":
                yield item.span()


def _renamed_studies(data: object, keys: Mapping[str, str]) -> object:
    """Return what `cases.toml` says once the keys are rewritten."""
    if isinstance(data, dict):
        return {
            name: [keys.get(one, one) for one in value]
            if name == "studies" and isinstance(value, list)
            else _renamed_studies(value, keys)
            for name, value in data.items()
        }
    return [_renamed_studies(one, keys) for one in data] if isinstance(data, list) else data


def _quoted(key: str) -> str:
    """Write a key as a string of TOML."""
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _spans(text: str, remark: str) -> Iterator[list[tuple[int, int]]]:
    """Give the places of the cells of each row; remarks and blank lines are skipped."""
    lines = [line for line in text.splitlines() if line.strip() and not (remark and line.startswith(remark))]
    delimiter = next((mark for mark in DELIMITERS if lines and mark in lines[0]), "\t")
    at, row = 0, list[tuple[int, int]]()
    while at < len(text):
        if not row and remark and text.startswith(remark, at):
            at = _line_end(text, at)
        end = _cell_end(text, at, delimiter)
        row.append((at, end))
        at = end + 1
        if end >= len(text) or text[end] in "\r\n":
            if len(row) > 1 or text[slice(*row[0])].strip():
                yield row
            row = []
            at += text[end : end + 2] == "\r\n"


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _cell_end(text: str, at: int, delimiter: str) -> int:
    if text.startswith('"', at):
        at += 1
        while (close := text.find('"', at)) >= 0:
            if not text.startswith('""', close):
                at = close + 1
                break
            at = close + 2
    end = re.compile(f"[{delimiter}\r\n]").search(text, at)
    return end.start() if end else len(text)


def _value(raw: str) -> str:
    cells = next(csv.reader([raw], delimiter="\0"), [""])
    return plain((cells[0] if cells else "").strip())


def _cell(key: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="", delimiter=";").writerow([neutral(key)])
    text = out.getvalue()
    return text if not {",", "\t"} & set(text) or text.startswith('"') else f'"{text}"'


def _check_table(text: str, new: str, places: Sequence[int], keys: Mapping[str, str], where: str, remark: str) -> None:
    """Hold the new table against the old one, cell by cell: whatever can't be rewritten safely is left to a person."""
    old_rows, new_rows = (list(table_rows(one, where=where, way_on="", remark=remark)) for one in (text, new))
    wanted = [
        (
            line,
            [keys.get(plain(cell.strip()), cell) if number and at in places else cell for at, cell in enumerate(row)],
        )
        for number, (line, row) in enumerate(old_rows)
    ]
    same = [(line, [plain(cell) for cell in row]) for line, row in new_rows]
    if same != [(line, [plain(cell) for cell in row]) for line, row in wanted]:
        raise _by_hand(where)


def _by_hand(where: str) -> BenangError:
    way_on = "Enter the keys shown above by hand."
    return BenangError(
        Problem(
            "the keys in this file can't be replaced without changing other parts of it", where=where, way_on=way_on
        )
    )


@dataclass(frozen=True)
class TableRows:
    """An edit of a table: rows that come behind its last one, and which go. All other rows stay as they are written.

    `remark` is what remarks of the table begin with: they stay, too.
    """

    new: Sequence[Sequence[str]]
    is_gone: Callable[[Sequence[str]], bool]
    remark: str = ""

    def __call__(self, text: str) -> str:
        r"""Return the table with these changes.

        Examples
        --------
        >>> change = TableRows([("kota", "city", "translation")], lambda cells: cells[0] == "desa")
        >>> change("label;replace by\r\ndesa;village\r\ndusun;hamlet")
        'label;replace by\r\ndusun;hamlet\r\nkota;city\r\n'
        """
        lines = list(io.StringIO(text, newline=""))
        read = ["\n" if self.remark and line.startswith(self.remark) else line for line in lines]
        first = next((line for line in read if line.strip()), "")
        delimiter = next((mark for mark in DELIMITERS if mark in first), "\t")
        newline = "\r\n" if first.endswith("\r\n") else "\n"
        kept: list[str] = []
        header: list[str] = []
        for cells, own in _physical(read, lines, delimiter):
            is_head = not header and bool(cells) and cells[0].lower() in HEADED
            header = header or cells
            if is_head or not any(cells) or not self.is_gone(cells):
                kept += own
        whole = "".join(kept)
        added = csv_text([], [_fitted(row, header) for row in self.new], delimiter=delimiter).lstrip("\n")
        gap = newline if added and whole and not whole.endswith(("\n", "\r")) else ""
        return whole + gap + added.replace("\n", newline)


def _physical(read: Sequence[str], lines: Sequence[str], delimiter: str) -> Iterator[tuple[list[str], list[str]]]:
    """Give the rows of a table, each with the lines that it is written in."""
    reader = csv.reader(read, delimiter=delimiter)
    at = 0
    for cells in reader:
        yield [plain(" ".join(cell.split())) for cell in cells], list(lines[at : reader.line_num])
        at = reader.line_num


def _fitted(row: Sequence[str], header: Sequence[str]) -> list[str]:
    """Return a row with as many cells as its table has columns: the reason only where there is one for it."""
    names = [one.lower() for one in header]
    if "reason" not in names or len(names) == len(HEADER):
        return [*row[:-1], *[""] * (len(names) - len(row) + 1)]
    cells = [*row[:-1], *[""] * (len(names) - len(row) + 1)]
    cells[names.index("reason")] = row[-1]
    return cells
