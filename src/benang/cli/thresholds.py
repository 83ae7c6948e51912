"""`benang thresholds`: how many items and links each threshold leaves, before a map is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from benang.cli.network_options import network_options
from benang.cli.networks import analysis_of, thesaurus_of
from benang.cli.options import INPUT
from benang.cli.progress import progress
from benang.cli.reading import choices_of, read_works, reading_options, say_reading
from benang.cli.stopping import loading


@click.command("thresholds")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@network_options
@reading_options
def thresholds_command(files: tuple[Path, ...], **asked: Any) -> None:
    """Print how many items and links each threshold leaves.

    For example: benang thresholds scopus.csv --items author-keywords
    """
    analysis = analysis_of(asked)
    with loading():
        from benang.terms.analyses import first_threshold, least_of
        from benang.terms.threshold_table import threshold_table

    choices = choices_of(asked["forms"], asked["encodings"])
    with progress() as report:
        report("Reading", 0.0)
        works = read_works(files, choices, keep_duplicates=asked["keep_duplicates"], decisions=asked["decisions"])
        report("Counting what occurs together", 0.3)
        table = threshold_table(works.corpus, analysis, thesaurus_of(asked["thesaurus"]))
    say_reading(works)
    first = first_threshold(analysis.items)
    usual = least_of(analysis, len(works.corpus))[first]
    click.echo(f"  --{first.replace('_', '-'):18}{'items':>10}{'links':>14}{'in the largest component':>28}")
    for left in table:
        mark = "  as asked for or preset" if left.least == usual else ""
        click.echo(f"  {left.least:>20,}{left.items:>10,}{left.links:>14,}{left.largest:>28,}{mark}")
