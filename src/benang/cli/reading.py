"""What commands that read exports have in common: options that say how files and columns are read, and the request."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benang.cli.language import spoken
from benang.cli.options import as_usage
from benang.cli.usage import QUOTES
from benang.locale.writing import worded

if TYPE_CHECKING:
    from benang.readers.registry import Choices
    from benang.tasks.read_works import WorksRequest


_FIRST = re.compile(r"\s*(?:(.+?):\s*)?([A-Za-z_]+)\s*=")
_NEXT = re.compile(r"[;,]\s*(?=[A-Za-z_]+\s*=)")
_ARCHIVES = {".zip", ".gz"}


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--form`, `--encoding` and `--columns`, which decide where a file's content does not show it."""
    for option in (
        click.option(
            "--columns",
            "columns",
            multiple=True,
            metavar="[FILE:]FIELD=HEADER; …",
            help=(
                'Which columns of a table hold which fields, by header or number: "title=Judul; authors=Penulis; '
                'year=3". With several tables, give it once for each, with FILE before the fields.'
            ),
        ),
        click.option(
            "--encoding",
            "encodings",
            multiple=True,
            metavar="[FILE=]NAME",
            help="Encoding of the files, or of one file, if it is detected wrongly. Can be given more than once.",
        ),
        click.option(
            "--form",
            "forms",
            multiple=True,
            metavar="[FILE=]NAME",
            help="Format of the files, or of one file, if it is not recognised. Can be given more than once.",
        ),
    ):
        command = option(command)
    return command


def choices_of(
    forms: Sequence[str], encodings: Sequence[str], columns: Sequence[str] = (), files: Sequence[Path] = ()
) -> Choices:
    """Read `FILE=NAME`, or NAME for all files, and columns; a `review.toml` beside files decides what isn't given.

    Raises
    ------
    click.UsageError
        For a name that is unknown, and columns that are not written as they should be.
    BenangError
        For a `review.toml` that can't be read.
    """
    from benang.tasks.read_works import check_names, choices_beside

    forms_by_file, encodings_by_file = _by_file(forms), _by_file(encodings)
    with as_usage():
        check_names(forms_by_file.values(), encodings_by_file.values())
    beside = choices_beside(files)
    return beside.over(forms=forms_by_file, encodings=encodings_by_file, columns=columns_of(columns, files))


def works_request(files: tuple[Path, ...], asked: Mapping[str, Any]) -> WorksRequest:
    """Return what the options of a command, by name, ask of the exports to be read."""
    from benang.tasks.read_works import WorksRequest

    return WorksRequest(
        files=files,
        choices=choices_of(asked["forms"], asked["encodings"], asked["columns"], files),
        join=not asked["keep_duplicates"],
        decisions=asked["decisions"],
        language=spoken(),
    )


def _by_file(given: Sequence[str]) -> dict[str, str]:
    """Part `FILE=NAME`; a bare NAME is for all files, under ""."""
    return {Path(file).as_posix() if file else "": name for file, _, name in (one.rpartition("=") for one in given)}


def columns_of(given: Sequence[str], files: Sequence[Path]) -> dict[str, dict[str, str]]:
    """Read `[FILE:]field=header; field=header` into the columns of each file.

    Without FILE it is that of the only file named.

    Raises
    ------
    click.UsageError
        For what is written otherwise, an unknown field, a field named twice, a file that isn't there, and where several
        files are named and it isn't said which is meant.

    Examples
    --------
    >>> columns_of(["a.csv:title=Judul; year=3"], [Path("a.csv"), Path("b.csv")])
    {'a.csv': {'title': 'Judul', 'year': '3'}}
    """
    columns: dict[str, dict[str, str]] = {}
    for one in given:
        file, fields = _parted(one)
        name = _named(file, files) if file else _only(files)
        here = columns.setdefault(name, {})
        for field, header in fields:
            if field in here:
                raise click.UsageError(
                    worded(
                        "--columns: {field} is named twice, as '{here}' and as '{header}'.",
                        field=field,
                        here=here[field],
                        header=header,
                    )
                )
            here[field] = header
    return columns


def _parted(given: str) -> tuple[str, list[tuple[str, str]]]:
    from benang.errors import nearest
    from benang.readers.plain_columns import MAPPED

    text = given.strip().strip(QUOTES)
    match = _FIRST.match(text)
    if match is None:
        raise click.UsageError(
            worded(
                "--columns: expected fields, each with the header or number of its column, in double quotes: "
                '--columns "title=Judul; authors=Penulis; year=3". Found {given}.',
                given=given,
            )
        )
    file = match[1] or ""
    if "=" in file and (own := _FIRST.match(f"{file}=")) and own[2] in MAPPED:  # a header with a colon in it
        file, text = "", text
    else:
        text = text[match.start(2) :]
    fields = [(field.strip(), header.strip()) for field, _, header in (one.partition("=") for one in _NEXT.split(text))]
    for field, header in fields:
        if field not in MAPPED:
            raise click.UsageError(
                worded(
                    "--columns: '{field}' is not a field of records. {nearest}",
                    field=field,
                    nearest=nearest(field, MAPPED),
                )
            )
        if not header:
            raise click.UsageError(worded("--columns: no column follows '{field}='.", field=field))
    return file, fields


def _named(file: str, files: Sequence[Path]) -> str:
    """Return the name of a file, after looking whether it is among those to be read: by path, or by name alone."""
    from benang.errors import nearest

    name = Path(file).as_posix()
    known = [path.as_posix() for path in files]
    if name in known or name in (path.name for path in files):
        return name
    if any(path.is_dir() or path.suffix.lower() in _ARCHIVES for path in files):
        return name  # what lies in it is known only when it is opened
    raise click.UsageError(
        worded(
            "--columns: '{file}' is not among the files to be read. {nearest}", file=file, nearest=nearest(name, known)
        )
    )


def _only(files: Sequence[Path]) -> str:
    if len(files) == 1 and not files[0].is_dir():
        return files[0].as_posix()
    text = '--columns: which file is meant? Put its name before the fields: --columns "FILE:title=Judul; year=Tahun".'
    raise click.UsageError(text)
