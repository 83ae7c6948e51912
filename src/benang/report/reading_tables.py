"""The account of what was read and of every step, as tables of the appendix."""

from __future__ import annotations

import re
from collections.abc import Mapping

from benang.report.blocks import Code, Column, Inline, Table, TableBody, TableRow, joined, runs
from benang.report.content import ReportContent
from benang.report.names import Names
from benang.report.texts import fill, short_hash

STEP_NAMES = {"read": "reading", "code": "coding"}
"""Names of steps that are something else too: what was read, a code."""


def reading_tables(content: ReportContent, names: Names) -> tuple[Table, ...]:
    """Return the files with their records, and each record that was set aside with the reason."""
    _, n, files = names.texts.gettext, names.texts.numeral, content.ledger.files
    columns = (
        Column(_("File")),
        Column(_("Format")),
        Column(_("Found"), is_number=True),
        Column(_("Read"), is_number=True),
        Column(_("Set aside"), is_number=True),
        Column("SHA-256"),
    )
    rows = tuple(
        TableRow(
            (
                Code(one.path),
                one.format,
                n(one.found),
                n(one.read),
                n(len(one.set_aside)),
                short_hash(one.sha256),
            )
        )
        for one in files
    )
    notes = tuple(f"{one.path}: {note}" for one in files for note in one.notes)
    tables = [Table("table-files", _("Files read, and the records found in them"), columns, (TableBody(rows),), notes)]
    aside = tuple(
        TableRow((Code(one.path), n(lost.record), n(lost.line), lost.reason)) for one in files for lost in one.set_aside
    )
    if aside:
        heads = (
            Column(_("File")),
            Column(_("Record"), is_number=True),
            Column(_("Line"), is_number=True),
            Column(_("Reason")),
        )
        tables.append(Table("table-aside", _("Records set aside"), heads, (TableBody(aside),)))
    return tuple(tables)


def step_table(content: ReportContent, names: Names) -> tuple[Table, ...]:
    """Return every step with its arguments and what it counted, as it recorded them; nothing where there is none."""
    _ = names.texts.gettext
    told = [step.as_json() for step in content.history]
    bodies = [TableBody(tuple(_step(step, names) for step in told))] if told else []
    for name, made in content.maps.items():
        own = [
            step for step in (one.as_json() for one in made.network.history) if _plain(step) not in map(_plain, told)
        ]
        if own:
            title = fill(_("Map “%(name)s”"), name=content.map_title(name))
            bodies.append(TableBody(tuple(_step(step, names) for step in own), title))
    if not bodies:
        return ()
    columns = (Column(_("Step")), Column(_("Told")), Column(_("Counted")))
    return (Table("table-steps", _("The steps of this review, as recorded"), columns, tuple(bodies)),)


def _step(step: Mapping[str, object], names: Names) -> TableRow:
    return TableRow(
        (
            _word(STEP_NAMES.get(name := str(step.get("step", "")), name), names),
            *(
                _pairs(held, names) if isinstance(held := step.get(key), Mapping) else "–"
                for key in ("arguments", "counts")
            ),
        )
    )


def _word(recorded: str, names: Names) -> str:
    """Return a word of a step in the language of the report; what the catalogue lacks, a file's name say, stays."""
    return names.texts.gettext(recorded.replace("_", " "))


def _pairs(values: Mapping[str, object], names: Names) -> Inline:
    pairs = (runs(_word(key, names), ": ", _value(value, names)) for key, value in values.items())
    return joined("; ", pairs) or "–"


def _value(value: object, names: Names) -> Inline:
    """Show a value; of a hash its beginning, with the rest for those who point at it."""
    if isinstance(value, list | tuple):
        return joined(", ", (_value(one, names) for one in value)) or "–"
    if isinstance(value, float):
        return names.texts.numeral(value) if value.is_integer() else names.texts.measure(value)
    if isinstance(value, int):
        return f"{value}".replace("-", "−")  # a seed or a year: no marks between the thousands
    said = _plain(value)
    if re.fullmatch(r"[0-9a-f]{64}", said):
        return short_hash(said)
    return ": ".join(_word(part, names) for part in said.split(": ")) if isinstance(value, str) else said


def _plain(value: object) -> str:
    """Write an argument or a count as text, the same whether it came from memory or back from a file."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_plain(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, float):
        return f"{value:.10g}"
    return "–" if value is None else str(value)
