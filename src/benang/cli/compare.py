"""`benang compare`: a map in slices of time, and what differs between two periods or groups of its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.numbers import within
from benang.cli.options import DRAWN, INPUT, OutputPath, say_files
from benang.cli.outputs import check_outputs
from benang.cli.progress import progress

if TYPE_CHECKING:
    from benang.figures.difference_figures import Measure
    from benang.maps.differences import Difference
    from benang.maps.map import Map
    from benang.maps.slices import Slice

_LONGEST = 38  # characters of a label in the table


def _years(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    if value is None:
        return None
    parts = [part.strip() for part in value.split(",")]
    if not all(part.isdigit() for part in parts):
        raise click.BadParameter(f"'{value}': expected years with commas, such as 2010,2015,2020.")
    return tuple(map(int, parts))


@dataclass(frozen=True)
class _Compared:
    """The parts of a map that are compared, and what is told of each pair: a heading, and the changes behind it."""

    parts: tuple[Slice, ...]
    told: tuple[tuple[str, str, Difference], ...]
    """Heading for what the second part has more of, that for what it has less of ("" for none), and the changes."""
    notes: tuple[str, ...] = ()
    is_difference: bool = False
    """Whether one map of what differs is drawn, and not the parts side by side."""


@click.command("compare")
@click.argument("file", type=INPUT, metavar="MAP")
@click.option("--slices", "n", type=within("slices"), metavar="N", help="Part the map into N slices of time.")
@click.option(
    "--edges", callback=_years, metavar="YEARS", help="Years in which a slice of time begins, such as 2010,2015,2020."
)
@click.option(
    "--before", type=within("before"), metavar="YEAR", help="Compare the records before a year with those since."
)
@click.option(
    "--groups", type=INPUT, metavar="FILE", help="Compare groups of records: a table with the columns record and group."
)
@click.option(
    "--years",
    type=INPUT,
    metavar="FILE",
    help="A table with the columns record and year.  [default: the years in the map's short citations]",
)
@click.option(
    "--by",
    type=click.Choice(["z", "share"]),
    default="z",
    show_default=True,
    help="What colours show of two groups: the change in standard errors, or in percentage points.",
)
@click.option(
    "--most", type=within("most"), default=10, show_default=True, metavar="N", help="How many items are listed."
)
@click.option("--columns", type=within("columns"), metavar="N", help="How many slices stand side by side.")
@click.option("--language", type=click.Choice(["en", "id"]), default="en", show_default=True, help="Of the figure.")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=OutputPath((".csv", *DRAWN)),
    metavar="FILE",
    help=f"File to write: {', '.join(DRAWN)}, or .csv for all items. May be given several times.",
)
def compare_command(
    file: Path,
    n: int | None,
    edges: tuple[int, ...] | None,
    before: int | None,
    groups: Path | None,
    years: Path | None,
    by: str,
    most: int,
    columns: int | None,
    language: str,
    outputs: tuple[Path, ...],
) -> None:
    """Compare periods, or groups of records, on a map that carries its records.

    Slices of time are drawn side by side. Two groups, or two periods (--before), are drawn as one map of what differs.
    For example: benang compare map.json --before 2015 -o change.png
    """
    if sum(given is not None for given in (n, edges, before, groups)) != 1:
        raise click.UsageError("Give one of --slices, --edges, --before and --groups.")
    if years is not None and groups is not None:
        raise click.UsageError("--years is for slices of time; --groups needs no years.")
    from benang.map_files.exchange import read_map

    check_outputs(outputs, [file, groups, years])
    with progress() as report:
        report("Reading", 0.0)
        made = read_map(file)
        report("Counting", 0.3)
        compared = _by_group(made, groups) if groups else _by_time(made, n, edges, before, years)
        report("Drawing and writing", 0.5)
        written = _write(made, compared, outputs, by, columns, language)
    _say(compared, most)
    say_files(written)


def _by_time(
    made: Map, n: int | None, edges: tuple[int, ...] | None, before: int | None, years: Path | None
) -> _Compared:
    """Part a map by years; tell what changed from the first slice to the last."""
    from benang.errors import BenangError, Problem
    from benang.maps.differences import slice_difference
    from benang.maps.slices import time_slices, without_year

    known, strangers = _record_years(made, years) if years else (None, "")
    begins = (before,) if before is not None else edges
    parts = time_slices(made, known, edges=begins, n=n)
    if before is not None and len(parts) < 2:
        said = f"all records with a year are of {parts[0].name}"
        raise BenangError(Problem(said, where=f"--before {before}", expected="a year between the first and the last"))
    missing = without_year(made, parts)
    notes = [f"Records without a year, in no slice: {missing:,}."] if missing else []
    notes += [strangers] if strangers else []
    if len(parts) < 2:
        return _Compared(parts, (), tuple(notes))
    span = f"from {parts[0].name} to {parts[-1].name}"
    changes = slice_difference(made, parts[0], parts[-1])
    return _Compared(parts, ((f"Rose most, {span}", f"Fell most, {span}", changes),), tuple(notes), before is not None)


def _by_group(made: Map, path: Path) -> _Compared:
    """Part a map by groups; of two tell both sides, of several what each has more of than all others."""
    from benang.errors import BenangError, Problem
    from benang.maps.differences import map_difference, slice_difference
    from benang.maps.slices import group_slices
    from benang.network.recounted import told_rows

    told, strangers = _known(made, _record_column(path, "group"), path)
    parts = group_slices(made, told)
    if len(parts) < 2:
        raise BenangError(Problem("one group", where=str(path), expected="two groups or more"))
    left_out = len(told_rows(made.network)) - sum(part.n_records for part in parts)
    notes = [f"Records of the map in no group: {left_out:,}."] if left_out else []
    notes += [strangers] if strangers else []
    if len(parts) == 2:
        one, other = (part.name for part in parts)
        changes = slice_difference(made, *parts)
        headings = (f"More in {other} than in {one}", f"More in {one} than in {other}")
        return _Compared(parts, ((*headings, changes),), tuple(notes), is_difference=True)
    each = []
    for part in parts:
        rest = [key for other in parts if other is not part for key in other.map.network.records]
        names = ("all others", part.name)
        changes = map_difference(made, rest, part.map.network.records, names=names)
        each.append((f"More in {part.name} than in the other groups", "", changes))
    return _Compared(parts, tuple(each), tuple(notes))


def _record_years(made: Map, path: Path) -> tuple[dict[str, int], str]:
    """Read the years of records by their ids, and say which records the map lacks."""
    from benang.errors import BenangError, Problem
    from benang.network.recounted import record_rows

    told, strangers = _known(made, _record_column(path, "year"), path)
    wrong = [
        Problem(f"'{year}'", where=f"{path}, record {key}", expected="a year of four digits")
        for key, year in told.items()
        if not (year.isdigit() and len(year) == 4)
    ]
    if wrong:
        raise BenangError(*wrong)
    ids = [made.network.records[int(record_rows(made.network, [key])[0])] for key in told]
    return dict(zip(ids, map(int, told.values()), strict=True)), strangers


def _known(made: Map, told: Mapping[str, str], path: Path) -> tuple[dict[str, str], str]:
    """Keep what is told of records of the map; a table may well be of a whole export, joined records and all."""
    from benang.errors import BenangError, Problem, nearest
    from benang.network.recounted import known_incidence

    known_incidence(made.network)
    names = {*made.network.records, *made.network.record_labels}
    strangers = [key for key in told if key not in names]
    if len(strangers) == len(told):
        way_on = nearest(strangers[0], names)
        raise BenangError(
            Problem(f"none of its {len(told):,} records is one of the map", where=str(path), way_on=way_on)
        )
    some = ", ".join(strangers[:3]) + (", …" if len(strangers) > 3 else "")
    said = f"Records of {path.name} that the map lacks: {len(strangers):,} ({some})." if strangers else ""
    return {key: value for key, value in told.items() if key in names}, said


def _record_column(path: Path, name: str) -> dict[str, str]:
    """Read a table of records and one other column; tabs, semicolons or commas part its columns."""
    from benang.errors import BenangError, Problem
    from benang.records.user_tables import read_user_table

    rows = read_user_table(path, way_on="Close the quotation mark, or leave it out.").rows
    header = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
    if "record" not in header or name not in header:
        found = f"the columns {', '.join(header)}" if header else "an empty table"
        raise BenangError(Problem(found, where=str(path), expected=f"a first line with the columns record and {name}"))
    at, value_at = header.index("record"), header.index(name)
    told: dict[str, str] = {}
    problems = []
    for line, cells in rows[1:]:
        key, value = (cells[place].strip() if place < len(cells) else "" for place in (at, value_at))
        if key and value and told.setdefault(key, value) != value:
            problems.append(
                Problem(f"the record '{key}' has '{told[key]}' and '{value}'", where=f"{path}, line {line}")
            )
    if problems:
        raise BenangError(*problems)
    if not told:
        raise BenangError(Problem("no record", where=str(path), expected=f"records, each with its {name}"))
    return told


def _write(
    made: Map,
    compared: _Compared,
    outputs: Sequence[Path],
    by: str,
    columns: int | None,
    language: str,
) -> tuple[Path, ...]:
    from benang.files import write_together

    drawn = [path for path in outputs if path.suffix.lower() in DRAWN]
    files: dict[Path, bytes] = {
        path: _table(compared).encode("utf-8") for path in outputs if path.suffix.lower() == ".csv"
    }
    if drawn:
        from benang.figures.difference_figures import plot_difference
        from benang.figures.saving import figure_bytes
        from benang.figures.small_multiples import plot_slices

        if compared.is_difference:
            figure = plot_difference(compared.told[0][2], by=cast("Measure", by), language=language)
        else:
            figure = plot_slices(made, compared.parts, columns=columns, language=language)
        files |= {path: figure_bytes(figure, path.suffix, where=str(path)) for path in drawn}
    write_together(files)
    return tuple(path for path in outputs if path in files)


def _table(compared: _Compared) -> str:
    """Write all items: their records in each part, and the change of each comparison that was made."""
    from benang.maps.differences import counts_of
    from benang.records.user_tables import csv_text

    parts, told = compared.parts, compared.told
    header = ["item", "label", *(f"records {part.name}" for part in parts), *(f"share {part.name}" for part in parts)]
    for _more, _less, changes in told:
        header += [f"{what} {changes.one.name} to {changes.other.name}" for what in ("z", "p", "q")]
    counts = [counts_of(part) for part in parts]
    network = parts[0].map.network
    rows = [
        [
            network.ids[item],
            network.labels[item],
            *(int(each[item]) for each in counts),
            *(round(float(each[item]) / max(part.n_records, 1), 6) for each, part in zip(counts, parts, strict=True)),
            *(
                round(float(values[item]), 6)
                for _more, _less, changes in told
                for values in (changes.items.z, changes.p, changes.q)
            ),
        ]
        for item in range(len(network))
    ]
    return csv_text(header, rows)


def _say(compared: _Compared, most: int) -> None:
    unit = compared.parts[0].map.network.unit
    for part in compared.parts:
        records = f"{part.n_records:,} {unit.removesuffix('s') if part.n_records == 1 else unit}"
        click.echo(f"  {part.name}: {records}, {int(part.present.sum()):,} items")
    for note in compared.notes:
        click.echo(note)
    for more, less, changes in compared.told:
        order = changes.order().tolist()
        parts = (changes.one, changes.other) if len(compared.told) > 1 else compared.parts
        _say_items(f"{more}:", [item for item in order if changes.items.z[item] > 0][:most], changes, parts)
        if less:
            _say_items(f"{less}:", [item for item in order[::-1] if changes.items.z[item] < 0][:most], changes, parts)
    if compared.told:
        click.echo(
            "z: change of the odds in standard errors, small counts pulled towards 0. q: what share of items with"
        )
        click.echo("such a q or less may be there by chance.")


def _say_items(heading: str, items: Sequence[int], changes: Difference, parts: Sequence[Slice]) -> None:
    from benang.looks.appearance import cut_label
    from benang.maps.differences import counts_of

    click.echo(heading)
    if not items:
        click.echo("  none")
        return
    rows = [["", *(part.name for part in parts), "z", "q"]]
    counts = [counts_of(part) for part in parts]
    for item in items:
        shares = [
            f"{int(each[item]):,} ({each[item] / max(part.n_records, 1):.0%})"
            for each, part in zip(counts, parts, strict=True)
        ]
        label = cut_label(changes.map.network.labels[item], _LONGEST)
        rows.append([label, *shares, f"{changes.items.z[item]:+.1f}", f"{changes.q[item]:.3f}"])
    _say_rows(rows)


def _say_rows(rows: Sequence[Sequence[str]]) -> None:
    """Print a table: the first column to the left, numbers to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells: Mapping[int, str] = {at: cell.rjust(widths[at]) for at, cell in enumerate(row)}
        click.echo(f"  {row[0].ljust(widths[0])}  {'  '.join(cells[at] for at in range(1, len(row)))}".rstrip())
