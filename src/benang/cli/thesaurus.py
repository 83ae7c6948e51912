"""`benang thesaurus`: which labels may mean the same, proposed for a person to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benang.cli.options import INPUT, NamedPath, say_files, say_some
from benang.cli.outputs import check_outputs
from benang.cli.progress import progress
from benang.cli.reading import choices_of, read_works, reading_options
from benang.kinds import KINDS

if TYPE_CHECKING:
    from benang.records.corpus import Corpus

_ITEMS = tuple(name for name, kind in KINDS.items() if kind.variants)
"""What may have variants."""


@click.command("thesaurus")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@click.option(
    "--items", type=click.Choice(_ITEMS), default="keywords", show_default=True, help="What is looked through."
)
@click.option(
    "--codebook", type=INPUT, metavar="FILE", help="A codebook whose labels in two languages are translations."
)
@reading_options
@click.option(
    "-o",
    "--output",
    type=NamedPath(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="Table to write: label, replace by, reason, occurrences of both.",
)
def thesaurus_command(
    files: tuple[Path, ...],
    items: str,
    codebook: Path | None,
    forms: tuple[str, ...],
    encodings: tuple[str, ...],
    columns: tuple[str, ...],
    output: Path,
) -> None:
    """Propose which labels to merge: plurals, hyphens, spellings, acronyms, translations, slips.

    Look through the table, delete what you don't want and add what is missing; then give it to
    `benang map … --thesaurus FILE`, or name it in review.toml.
    """
    from benang.files import write_text
    from benang.records.thesaurus import thesaurus_text

    check_outputs([output], [*files, codebook])
    choices = choices_of(forms, encodings, columns, files)
    with progress() as report:
        report("Reading", 0.0)
        corpus = read_works(files, choices).corpus
        report("Comparing labels", 0.5)
        rows = _rows(corpus, items, codebook)
        write_text(output, thesaurus_text(rows, ["reason", "occurrences", "occurrences of replacement"]))
    _say(rows, items)
    if items == "authors":
        _say_ambiguous(corpus)
    say_files([output])


def _rows(corpus: Corpus, items: str, codebook: Path | None) -> list[Sequence[str]]:
    from benang.records.proposals import propose, proposed_variants

    records = corpus.records
    if KINDS[items].variants == "labels":
        labels = [[label for field in KINDS[items].fields for label in getattr(record, field)] for record in records]
        made = propose(labels, records, translations=_translations(codebook))
    else:
        made = proposed_variants(records, items)
    return [(p.label, p.replacement, p.reason, str(p.occurrences), str(p.occurrences_of_replacement)) for p in made]


def _translations(codebook: Path | None) -> list[tuple[str, str]]:
    if codebook is None:
        return []
    from benang.coding.codebook_file import read_codebook

    pairs = []
    for code in read_codebook(codebook).codes:
        english, indonesian = code.label.text("en"), code.label.text("id")
        if english.casefold() != indonesian.casefold():
            pairs.append((english, indonesian))
    return pairs


def _say_ambiguous(corpus: Corpus) -> None:
    """Name the short names that could be several people's: they stay by themselves until a person decides."""
    from benang.records.authors import authors

    found = authors(corpus.records).ambiguous
    if found:
        click.echo(f"{len(found):,} names may be several people's, and are not brought together:")
        say_some([f"{one.name} ({one.records:,} records): {'; '.join(one.candidates)}" for one in found])


def _say(rows: Sequence[Sequence[str]], items: str) -> None:
    reasons = Counter(row[2].partition(" (")[0] for row in rows)
    click.echo(f"{len(rows):,} {items.replace('-', ' ')} may be other spellings, or mean the same as others.")
    for reason, count in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0])):
        click.echo(f"  {count:,}  {reason}")
