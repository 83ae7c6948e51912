"""A map in slices of time, and what differs between two periods or groups of its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from benang.errors import BenangError, Misuse, Problem, argument, at_line, nearest
from benang.figures.map_figures import Measure, plot_difference
from benang.figures.saving import figure_bytes
from benang.figures.small_multiples import plot_slices
from benang.files import Input, write_together
from benang.locale import Language, translator
from benang.locale.writing import numeral, worded
from benang.looks.appearance import cut_label
from benang.map_files import read_map
from benang.maps import Map
from benang.maps.comparison import Difference, counts_of, map_difference, slice_difference
from benang.maps.slices import Slice, group_slices, is_counted_alike, one_slice, time_slices, without_year
from benang.network.recounted import known_incidence, record_rows, told_rows
from benang.progress import Progress, silent
from benang.records.user_tables import csv_text, read_columns
from benang.tasks.account import Account, Note, Table, check_outputs, listing

_LONGEST = 38  # letters of a label in the account


@dataclass(frozen=True, kw_only=True)
class CompareRequest:
    """Which parts of a map are compared: exactly one of `slices`, `edges`, `before` and `groups` is given.

    `slices` is a number of slices of time, `edges` are the years in which one begins. `before` parts the records of
    earlier years from those since. `groups` is a table with the columns record and group; `years` one with record and
    year, where those in the map's short citations don't do. `by` says what colours show of two parts, `most` how many
    items the account lists. `outputs` are pictures, or `.csv` for all items.
    """

    map: Path
    slices: int | None = None
    edges: tuple[int, ...] | None = None
    before: int | None = None
    groups: Input | None = None
    years: Input | None = None
    by: Measure = "z"
    most: int = 10
    columns: int | None = None
    outputs: tuple[Path, ...] = ()
    language: Language = "en"


@dataclass(frozen=True)
class Change:
    """What changed from one part of a map to another; `more` and `less` are the headings of what did ("" for none)."""

    more: str
    less: str
    difference: Difference


@dataclass(frozen=True)
class Comparison:
    """The parts of a map and what differs between them.

    `is_single` says that one map of what differs is drawn, and not the parts side by side.
    """

    whole: Map
    parts: tuple[Slice, ...]
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    is_single: bool = False
    account: Account = field(default_factory=Account)


def compare(request: CompareRequest, *, progress: Progress = silent) -> Comparison:
    """Compare periods, or groups of records, on a map that includes its records.

    Raises
    ------
    Misuse
        For output that would destroy what is read, or other output.
    BenangError
        For a map without records, a table that can't be read or names none of them, and parts that are only one.
    """
    _check(request)
    progress("Reading", 0.0)
    whole = read_map(request.map)
    progress("Counting", 0.3)
    comparison = _by_group(whole, request.groups, request) if request.groups else _by_time(whole, request)
    if not is_counted_alike(whole):
        comparison = replace(comparison, notes=(*comparison.notes, _counted_anew(request.language)))
    progress("Drawing and writing", 0.5)
    files = _files(comparison, request)
    write_together(files)
    written = tuple(dict.fromkeys(request.outputs))
    return Comparison(
        whole,
        comparison.parts,
        comparison.changes,
        comparison.notes,
        comparison.is_single,
        Account(notes=tuple(_account(comparison, request)), files=written),
    )


def _counted_anew(language: Language) -> str:
    return translator(language)(
        "Links are counted again from the items on the map alone: the link strengths of the parts do not add up to "
        "those of the map."
    )


def _check(request: CompareRequest) -> None:
    """Refuse what doesn't go together, and output that would destroy what is read."""
    if sum(one is not None for one in (request.slices, request.edges, request.before, request.groups)) != 1:
        names = ", ".join(map(argument, ("slices", "edges", "before")))
        raise Misuse(worded("Give one of {names} and {option}.", names=names, option=argument("groups")))
    if request.years is not None and request.groups is not None:
        raise Misuse(
            worded(
                "{years} is for periods; {groups} needs no years.",
                years=argument("years"),
                groups=argument("groups"),
            )
        )
    check_outputs(request.outputs, [request.map, request.groups, request.years])


def _by_time(whole: Map, request: CompareRequest) -> Comparison:
    """Part a map by years, and hold the last slice against the first."""
    _, before = translator(request.language), request.before
    known, strangers = _record_years(whole, request.years, request.language) if request.years else (None, "")
    begins = (before,) if before is not None else request.edges
    parts = time_slices(whole, known, edges=begins, n=request.slices)
    if before is not None and len(parts) < 2:
        raise one_slice(parts[0], argument("before", value=str(before)))
    notes = [strangers] if strangers else []
    if missing := without_year(whole, parts):
        sentence = _("Records without a year, in no period: {n}.").format(n=numeral(missing, request.language, 0))
        notes.insert(0, sentence)
    if len(parts) < 2:
        return Comparison(whole, parts, notes=tuple(notes))
    first, last = parts[0].name, parts[-1].name
    change = Change(
        _("Largest increase, from {first} to {last}").format(first=first, last=last),
        _("Largest decrease, from {first} to {last}").format(first=first, last=last),
        slice_difference(whole, parts[0], parts[-1]),
    )
    return Comparison(whole, parts, (change,), tuple(notes), before is not None)


def _by_group(whole: Map, path: Input, request: CompareRequest) -> Comparison:
    """Part a map by groups; two are compared with each other, each of several with all others."""
    _, language = translator(request.language), request.language
    groups, strangers = _known(whole, _values(path, "group"), path, language)
    parts = group_slices(whole, groups)
    if len(parts) < 2:
        raise BenangError(Problem("one group", where=str(path), expected="at least two groups"))
    outside = len(told_rows(whole.network)) - sum(part.n_records for part in parts)
    ungrouped = _("Records of the map that belong to no group: {n}.")
    notes = [ungrouped.format(n=numeral(outside, language, 0))] if outside else []
    notes += [strangers] if strangers else []
    if len(parts) == 2:
        one, other = (part.name for part in parts)
        than = _("More in {one} than in {other}")
        headings = than.format(one=other, other=one), than.format(one=one, other=other)
        change = Change(*headings, slice_difference(whole, *parts))
        return Comparison(whole, parts, (change,), tuple(notes), is_single=True)
    changes = []
    for part in parts:
        rest = [key for other in parts if other is not part for key in other.map.network.records]
        names = (_("all others"), part.name)
        difference = map_difference(whole, rest, part.map.network.records, names=names)
        changes.append(Change(_("More in {one} than in the other groups").format(one=part.name), "", difference))
    return Comparison(whole, parts, tuple(changes), tuple(notes))


def _record_years(whole: Map, path: Input, language: Language) -> tuple[dict[str, int], str]:
    """Read the years of records by their ids, and say which records the map lacks."""
    years, strangers = _known(whole, _values(path, "year"), path, language)
    wrong = [
        Problem(f"'{year}'", where=worded("{path}, record {key}", path=path, key=key), expected="a year of four digits")
        for key, year in years.items()
        if not (year.isdigit() and len(year) == 4)
    ]
    if wrong:
        raise BenangError(*wrong)
    ids = [whole.network.records[int(record_rows(whole.network, [key])[0])] for key in years]
    return dict(zip(ids, map(int, years.values()), strict=True)), strangers


def _known(whole: Map, values: Mapping[str, str], path: Input, language: Language) -> tuple[dict[str, str], str]:
    """Keep the values of records of the map; a table may well be of a whole export, joined records and all."""
    _ = translator(language)
    known_incidence(whole.network)
    names = {*whole.network.records, *whole.network.record_labels}
    strangers = [key for key in values if key not in names]
    if len(strangers) == len(values):
        way_on = nearest(strangers[0], names)
        problem = worded("none of its {n:,} records is on the map", n=len(values))
        raise BenangError(Problem(problem, where=str(path), way_on=way_on))
    some = ", ".join(strangers[:3]) + (", …" if len(strangers) > 3 else "")
    text = _("Records of {file} that are not on the map: {n} ({some}).")
    note = text.format(file=path.name, n=numeral(len(strangers), language, 0), some=some) if strangers else ""
    return {key: value for key, value in values.items() if key in names}, note


def _values(path: Input, name: str) -> dict[str, str]:
    """Read a table of records and one other column."""
    values: dict[str, str] = {}
    problems = []
    for line, (key, value) in read_columns(path, "record", name):
        if key and value and values.setdefault(key, value) != value:
            contradiction = worded(
                "the record '{key}' has both '{first}' and '{other}'", key=key, first=values[key], other=value
            )
            problems.append(Problem(contradiction, where=at_line(path, line)))
    if problems:
        raise BenangError(*problems)
    if not values:
        raise BenangError(
            Problem("no records", where=str(path), expected=worded("records, each with its {name}", name=name))
        )
    return values


def _files(comparison: Comparison, request: CompareRequest) -> dict[Path, bytes]:
    """Return what is to be written, by its place."""
    tables = [path for path in request.outputs if path.suffix.lower() == ".csv"]
    drawn = [path for path in request.outputs if path not in tables]
    files = {path: _table(comparison).encode("utf-8") for path in tables}
    if drawn:
        if comparison.is_single:
            change = comparison.changes[0].difference
            figure = plot_difference(change, by=request.by, language=request.language)
        else:
            parts = comparison.parts
            figure = plot_slices(comparison.whole, parts, columns=request.columns, language=request.language)
        files |= {path: figure_bytes(figure, path.suffix, where=str(path)) for path in drawn}
    return files


def _table(comparison: Comparison) -> str:
    """Write all items: their records in each part, and the change of each comparison."""
    parts, differences = comparison.parts, [change.difference for change in comparison.changes]
    header = ["item", "label", *(f"records {part.name}" for part in parts), *(f"share {part.name}" for part in parts)]
    for one in differences:
        header += [f"{what} {one.one.name} to {one.other.name}" for what in ("z", "p", "q")]
    counts = [counts_of(part) for part in parts]
    network = parts[0].map.network
    rows = [
        [
            network.ids[item],
            network.labels[item],
            *(int(each[item]) for each in counts),
            *(round(float(each[item]) / max(part.n_records, 1), 6) for each, part in zip(counts, parts, strict=True)),
            *(round(float(values[item]), 6) for one in differences for values in (one.items.z, one.p, one.q)),
        ]
        for item in range(len(network))
    ]
    return csv_text(header, rows)


def _account(comparison: Comparison, request: CompareRequest) -> Iterator[Note | Table]:
    """Say how large the parts are, what belongs to none, and which items changed most."""
    _, language = translator(request.language), request.language
    yield listing(_part(part, language) for part in comparison.parts)
    yield from map(Note, comparison.notes)
    several = len(comparison.changes) > 1
    for change in comparison.changes:
        difference = change.difference
        order, z = difference.order().tolist(), difference.items.z
        parts = (difference.one, difference.other) if several else comparison.parts
        yield _items(change.more, [item for item in order if z[item] > 0][: request.most], difference, parts, language)
        if change.less:
            fell = [item for item in order[::-1] if z[item] < 0][: request.most]
            yield _items(change.less, fell, difference, parts, language)
    if comparison.changes:
        legend = _(
            "z: change in the odds in standard errors, shrunk towards 0 for small counts. q: expected share of\n"
            "chance findings among items with this q or less."
        )
        yield Note(legend)


def _part(part: Slice, language: Language) -> str:
    _, unit = translator(language), part.map.network.unit
    text = _("{part}: {n} {unit}, {items} items")
    unit = unit.removesuffix("s") if part.n_records == 1 else unit
    items = numeral(int(part.present.sum()), language, 0)
    return text.format(part=part.name, n=numeral(part.n_records, language, 0), unit=_(unit), items=items)


def _items(
    heading: str, items: Sequence[int], difference: Difference, parts: Sequence[Slice], language: Language
) -> Table:
    """List items with their records in each part, the change, and how sure it is."""
    _ = translator(language)
    if not items:
        return listing([_("none")], f"{heading}:")
    rows = [("", *(part.name for part in parts), "z", "q")]
    counts = [counts_of(part) for part in parts]
    for item in items:
        shares = [
            f"{numeral(int(each[item]), language, 0)} ({each[item] / max(part.n_records, 1):.0%})"
            for each, part in zip(counts, parts, strict=True)
        ]
        label = cut_label(difference.map.network.labels[item], _LONGEST)
        rows.append(
            (label, *shares, worded("{z:+.1f}", z=difference.items.z[item]), worded("{q:.3f}", q=difference.q[item]))
        )
    return Table(f"{heading}:", tuple(rows), "l" + "r" * (len(parts) + 2))
