"""What the commands' options have in common: where output goes, and numbers in a small table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

DRAWN = (".png", ".svg", ".pdf")
WRITTEN = (".json", ".txt")


class OutputPath(click.Path):
    """A file to write; its suffix decides what is written."""

    name = "file"

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Accept a path with a known suffix."""
        path = Path(str(super().convert(str(value), param, ctx)))
        if path.suffix.lower() not in DRAWN + WRITTEN:
            known = ", ".join(WRITTEN + DRAWN)
            self.fail(f"'{path.name}': the suffix decides what is written; known: {known}", param, ctx)
        return path


def split_outputs(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Part the files to be written as data from those to be drawn."""
    written = [path for path in paths if path.suffix.lower() in WRITTEN]
    return written, [path for path in paths if path.suffix.lower() in DRAWN]


def say_table(rows: Iterable[tuple[str, object]]) -> None:
    """Print names and values in two columns; whole numbers with thousands apart."""
    shown = [(name, f"{value:,}" if isinstance(value, int) else str(value)) for name, value in rows]
    width = max((len(name) for name, _ in shown), default=0)
    for name, value in shown:
        click.echo(f"  {name.ljust(width)}  {value}")


def say_some(lines: Sequence[str], *, most: int = 20) -> None:
    """Print remarks, indented; where there are very many, the first of them and how many more."""
    for line in lines[:most]:
        click.echo(f"  {line}")
    if len(lines) > most:
        click.echo(f"  … and {len(lines) - most:,} more like these.")


def say_files(paths: Iterable[Path]) -> None:
    """Print which files were written."""
    for path in paths:
        click.echo(f"Written: {path}")
