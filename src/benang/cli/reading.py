"""What commands that read exports have in common: the options that say how files are read, and the request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from benang.cli.columns import columns_of
from benang.cli.options import as_usage, spoken

if TYPE_CHECKING:
    from benang.readers.registry import Choices
    from benang.tasks.read_works import WorksRequest


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--form`, `--encoding` and `--columns`, which decide where a file's content does not tell."""
    for option in (
        click.option(
            "--columns",
            "columns",
            multiple=True,
            metavar="[FILE:]FIELD=HEADER; …",
            help="Which columns of a table hold which fields, by header or number: "
            '"title=Judul; authors=Penulis; year=3". '
            "Of several tables, once for each, with FILE before the fields.",
        ),
        click.option(
            "--encoding",
            "encodings",
            multiple=True,
            metavar="[FILE=]NAME",
            help="The encoding of the files, or of one, where it is found wrong. May be given several times.",
        ),
        click.option(
            "--form",
            "forms",
            multiple=True,
            metavar="[FILE=]NAME",
            help="The form of the files, or of one, where their content does not tell. May be given several times.",
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
