"""Tables of items: the grammar of their text, columns named as VOSviewer names them, and VOSviewer's map file.

The names are such as `weight<Links>` and `score<Avg. pub. year>`, there and back. Tables of links have the same
grammar. Format: VOSviewer's manual, "Map and network files"; VOSviewer Online's documentation of the same name.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.map_files.contents import MOST_CLUSTERS, Contents, Parts
from benang.map_files.file import File, ids_written, number_told, plain, refuse, text_of
from benang.map_files.own_key import records_by_item
from benang.readers.table_rows import long_fields
from benang.records.user_tables import neutral
from benang.records.user_tables import plain as plain_cell

DELIMITERS = "\t;,"

Row = tuple[int, list[str]]
"""A line number and the fields that begin on it."""

_FOR_SPREADSHEETS = (".csv", ".tsv")
_NAMED = re.compile(r"(?P<kind>weight|score)(?:\s*<(?P<name>.*)>)?", re.IGNORECASE | re.DOTALL)
_NUMBERS = ("x", "y", "cluster")
_TEXTS = ("id", "label")
_FIELDS = ("id", "label", "x", "y", "cluster")
_LOOSE = {"weight": "maybe weights", "score": "maybe scores", "cluster": "maybe field"}


def rows_in(file: File) -> Iterator[Row]:
    """Go through the rows of a file's table, without those that are blank, as `rows_of` does.

    In a file that a spreadsheet opens by its name, what `line_of` puts before formulas is taken off.
    """
    rows = rows_of(file.text, file.name)
    if not file.name.lower().endswith(_FOR_SPREADSHEETS):
        return rows
    return ((line, [plain_cell(field) for field in fields]) for line, fields in rows)


def rows_of(text: str, where: str) -> Iterator[Row]:
    """Go through the rows of a table, without those that are blank.

    Raises
    ------
    BenangError
        For lines that are no table.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    line = 1
    try:
        with long_fields():
            for fields in reader:
                if any(field.strip() for field in fields):
                    yield line, fields
                line = reader.line_num + 1
    except csv.Error as error:
        raise BenangError(
            Problem(
                worded("lines that do not form a table (line {line}: {error})", line=line, error=error),
                where=where,
                expected="a table with tabs, semicolons or commas between the columns",
                way_on="Perhaps the file was cut off, or a quotation mark is not closed: a label that contains one "
                'is enclosed in quotation marks, with every mark inside it doubled ("the ""new"" city").',
            )
        ) from None


def first_row(text: str) -> list[str]:
    r"""Return the fields of the first row, stripped; none where there is no row or it can't be read.

    Examples
    --------
    >>> first_row("\n\nid;label;x;y\n1;a;0;0\n")
    ['id', 'label', 'x', 'y']
    """
    try:
        return [field.strip() for field in next(rows_of(text, ""), (0, []))[1]]
    except BenangError:
        return []


def delimiter_of(text: str) -> str:
    """Find the delimiter that the first line has most of outside quotation marks; the tab before others."""
    first_line = re.search(r"[^\r\n]*\S[^\r\n]*", text)
    bare = re.sub(r'"[^"]*"', "", first_line[0] if first_line else "")
    return max(DELIMITERS, key=lambda mark: (bare.count(mark) > 0, mark == "\t", bare.count(mark)))


def line_of(fields: Iterable[str], delimiter: str, *, for_spreadsheets: bool = False) -> str:
    r"""Write a row; VOSviewer asks for quotation marks around a field that holds any delimiter, whichever is used.

    `for_spreadsheets`, a field that would be taken for a formula has an apostrophe before it. VOSviewer's own files go
    without: it shows every character of a label.

    Examples
    --------
    >>> line_of(["1", "kota, desa", 'the "new" city'], ";")
    '1;"kota, desa";"the ""new"" city"\n'
    >>> line_of(["=1+1", "-0.5"], ",", for_spreadsheets=True)
    "'=1+1,-0.5\n"
    """
    if for_spreadsheets:
        fields = map(neutral, fields)
    return delimiter.join(map(_quoted, fields)) + "\n"


def duplicates(names: Sequence[object], header: Sequence[str], where: str) -> list[Problem]:
    """Say which columns are there twice."""
    return [
        Problem(
            worded("the column '{header}' a second time", header=header[at]),
            where=worded("{file}, line 1", file=where),
            expected="every column once",
        )
        for at, name in enumerate(names)
        if name in names[:at]
    ]


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if re.search(r'[\t;,"\r\n]', value) else value


Column = tuple[str, str]
"""What a column holds: "field", "weights", "scores" or "attribute", and the name there."""


def column_of(name: str, *, loosely: bool = False) -> Column:
    """Say what a column holds by its name; `loosely`, it may hold a weight, a score or clusters by a part of it.

    Examples
    --------
    >>> column_of("weight<Total link strength>"), column_of("Score"), column_of("country")
    (('weights', 'Total link strength'), ('scores', 'Score'), ('attribute', 'country'))
    >>> column_of("total weight", loosely=True)
    ('maybe weights', 'total weight')
    """
    named = _NAMED.fullmatch(name)
    if named:
        kind = named["kind"].lower()
        return f"{kind}s", (named["name"] or kind.capitalize()).strip()
    if name.lower() in _FIELDS:
        return "field", name.lower()
    if name.lower() == "normalized weight":
        return "weights", "Normalized weight"
    for part, kind in _LOOSE.items() if loosely else ():
        if part in name or part.capitalize() in name:
            return kind, "cluster" if part == "cluster" else name
    return "attribute", name


def settled(names: Sequence[str], header: Sequence[Column], values: Sequence[Sequence[str]]) -> list[Column]:
    """Decide on columns that may hold weights, scores or clusters, by the values in them.

    Such a column is taken where all of it is numbers as VOSviewer wants them, clusters only where no other column
    is named so; else it is an attribute, which has the whole name of the column again.
    """
    clusters = [at for at, (kind, name) in enumerate(header) if name == "cluster" and kind != "attribute"]
    decided = []
    for at, (kind, name) in enumerate(header):
        taken = kind.removeprefix("maybe ")
        if kind == taken:
            decided.append((kind, name))
        elif (taken != "field" or clusters == [at]) and _fits(taken, values[at]):
            decided.append((taken, name))
        else:
            decided.append(("attribute", names[at]))
    return decided


def tell_taken(names: Sequence[str], columns: Sequence[Column], header: Sequence[Column]) -> tuple[str, ...]:
    """Say which columns were taken for what they are by a part of their name."""
    says = {
        "weights": "The column '{name}' was read as a weight",
        "scores": "The column '{name}' was read as a score",
        "field": "The column '{name}' was read as the cluster",
    }
    return tuple(
        worded(says[kind], name=name)
        for name, (was, _), (kind, _) in zip(names, columns, header, strict=True)
        if was.startswith("maybe ") and kind != "attribute"
    )


def item_columns(contents: Contents, *, records: bool = False) -> dict[str, Sequence[object]]:
    """Return all columns of items but the id, None (NaN for scores) where an item has no value.

    x and y are there where all items or some have a place; `cluster` where one has a cluster; `records` are lists.
    """
    network = contents.network
    columns: dict[str, Sequence[object]] = {"label": network.labels}
    columns |= {attribute_column(name): values for name, values in network.attributes.items()}
    if len(contents.unplaced) < len(network):
        columns |= {axis: [_or_none(v) for v in contents.xy[:, at].tolist()] for at, axis in enumerate("xy")}
    if contents.cluster.any():
        columns["cluster"] = [number or None for number in contents.cluster.tolist()]
    columns |= {f"weight<{name}>": values.tolist() for name, values in network.weights.items()}
    columns |= {
        f"score<{name}>": [_or_none(v) for v in values.tolist()]
        for name, values in network.scores.items()
        if not all(map(math.isnan, values.tolist()))
    }
    listed = records_by_item(network) if records else None
    return columns if listed is None else {**columns, "records": listed}


def attribute_column(name: str) -> str:
    """Return the column of a free attribute: its name, unless a column of that name means something else.

    Examples
    --------
    >>> attribute_column("country"), attribute_column("Label")
    ('country', 'Label (attribute)')
    """
    return name if column_of(name)[0] == "attribute" and name != "records" else f"{name} (attribute)"


def item_of(fields: Mapping[str, object]) -> dict[str, object]:
    """Make an item of VOSviewer's JSON from fields with the names of such columns.

    Examples
    --------
    >>> item_of({"id": "1", "weight<Links>": 3, "score": 2.5, "url": "…"})
    {'id': '1', 'url': '…', 'weights': {'Links': 3}, 'scores': {'Score': 2.5}}
    """
    item: dict[str, object] = {}
    named: dict[str, dict[str, object]] = {"weights": {}, "scores": {}}
    for name, value in fields.items():
        kind, key = column_of(name)
        if kind in named and not isinstance(value, str):
            named[kind][key] = value
        elif kind in named and isinstance(value, str) and (number := number_told(value)) is not None:
            named[kind][key] = number
        else:
            item[key if kind == "field" else name] = value
    return {**item, **{kind: values for kind, values in named.items() if values}}


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else value


def _fits(kind: str, values: Sequence[str]) -> bool:
    numbers = [number for number in map(number_told, values) if number is not None]
    if not numbers or any(isinstance(number, str) or not math.isfinite(number) for number in numbers):
        return False
    floats = [float(number) for number in numbers]
    if kind == "field":
        return all(number.is_integer() and 1 <= number <= MOST_CLUSTERS for number in floats)
    return kind == "scores" or min(floats) >= 0


def is_item_table(head: str) -> bool:
    """Tell a table of items, which has a header with `id` or `label`."""
    names = [name.lower() for name in first_row(head)]
    return bool(names) and any(name in _TEXTS for name in names)


def parse_item_table(file: File) -> Parts:
    """Read a map file.

    Columns are those of VOSviewer (`id`, `label`, `x`, `y`, `cluster`, `weight<…>`, `score<…>`); as in VOSviewer
    Online, another column whose name holds "weight", "score" or "cluster" and that holds such numbers is one, too.
    Every other column is kept as a free attribute. Empty fields, `null` and `NaN` are missing values.

    Raises
    ------
    BenangError
        For a column given twice and a line with more fields than the header.
    """
    where = file.name
    rows = list(rows_in(file))
    names = [name.strip() for name in rows[0][1]]
    columns = [column_of(name, loosely=True) for name in names]
    header = settled(
        names, columns, [[fields[at] for _, fields in rows[1:] if at < len(fields)] for at in range(len(names))]
    )
    problems = duplicates(header, names, where)
    problems += [
        Problem(
            worded("{n} fields", n=len(fields)),
            where=worded("{file}, line {line}", file=where, line=line),
            expected=worded("{n}, as in the header", n=len(header)),
            way_on="Put quotation marks around a label that contains the delimiter.",
        )
        for line, fields in rows[1:]
        if len(fields) > len(header)
    ]
    refuse(problems, where)
    items = [(worded("{file}, line {line}", file=where, line=line), _item(header, fields)) for line, fields in rows[1:]]
    return Parts(items=items, notes=tell_taken(names, columns, header))


def _item(header: Sequence[Column], fields: Sequence[str]) -> dict[str, object]:
    item: dict[str, object] = {}
    named: dict[str, dict[str, object]] = {"weights": {}, "scores": {}}
    for (kind, name), value in zip(header, fields, strict=False):
        if kind in named:
            named[kind][name] = number_told(value)
        elif kind == "field" and name in _NUMBERS:
            item[name] = number_told(value)
        else:
            item[name] = value if value != "" else None
    item |= {name: str(item[name]).strip() for name in _TEXTS if item.get(name) is not None}
    return {**item, **named}


def format_item_table(
    contents: Contents,
    ids: Sequence[object],
    *,
    delimiter: str,
    decimals: int | None = None,
    for_spreadsheets: bool = False,
) -> str:
    """Write a table of items, with the columns of VOSviewer's map file; x and y only where items have a place.

    `decimals` is how many digits numbers have behind the point at most, as VOSviewer's have four; None keeps all.
    `for_spreadsheets` is as in `line_of`.
    """
    columns = item_columns(contents)
    written = {name: [_written(value, decimals) for value in values] for name, values in columns.items()}
    rows = [("id", *written), *zip(map(str, ids), *written.values(), strict=True)]
    return "".join(line_of(row, delimiter, for_spreadsheets=for_spreadsheets) for row in rows)


def numbered(ids: Sequence[str]) -> list[int]:
    """Return the ids that a map file gets: VOSviewer's desktop program numbers its items.

    Examples
    --------
    >>> numbered(["7", "9"]), numbered(["kota", "desa"])
    ([7, 9], [1, 2])
    """
    written = ids_written(ids)
    return [name if isinstance(name, int) else at for at, name in enumerate(written, start=1)]


def rounded(value: float, decimals: int) -> str:
    """Write a number with so many decimals at most."""
    written = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _written(value: object, decimals: int | None) -> str:
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return text_of(plain(value)) if decimals is None else rounded(value, decimals)
    return text_of(value)
