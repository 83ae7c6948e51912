"""`benang thresholds`: how many items and links each threshold leaves, before a map is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from benang.cli.network_options import counted_options
from benang.cli.networks import analysis_of, thesaurus_of
from benang.cli.options import INPUT, in_options
from benang.cli.progress import progress
from benang.cli.reading import choices_of, read_works, reading_options, say_reading


@click.command("thresholds")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@counted_options
@reading_options
def thresholds_command(files: tuple[Path, ...], **asked: Any) -> None:
    """Print how many items and links each threshold leaves.

    For example: benang thresholds scopus.csv --items author-keywords
    """
    analysis = analysis_of(asked)
    from benang.analyses.analysis import first_threshold, least_of
    from benang.analyses.threshold_table import USUAL, threshold_table

    choices = choices_of(asked["forms"], asked["encodings"], asked["columns"], files)
    with progress() as report:
        report("Reading", 0.0)
        works = read_works(files, choices, keep_duplicates=asked["keep_duplicates"], decisions=asked["decisions"])
        report("Counting what occurs together", 0.3)
        first = first_threshold(analysis.items)
        usual = least_of(analysis, len(works.corpus))[first]
        tried = sorted({*USUAL, usual})
        with in_options():
            table = threshold_table(works.corpus, analysis, thesaurus_of(asked["thesaurus"]), tried=tried)
    say_reading(works)
    option, why = f"--{first.replace('_', '-')}", "preset" if asked[first] is None else "asked for"
    click.echo(f"{asked['items'].replace('-', ' ').capitalize()}, linked by {analysis.linked_by}:")
    click.echo(f"  {option:>18}{'items':>10}{'links':>14}{'in the largest component':>28}")
    for left in table:
        mark = f"  {why}" if left.least == usual else ""
        click.echo(f"  {left.least:>18,}{left.items:>10,}{left.links:>14,}{left.largest:>28,}{mark}")
    if all(left.least != usual for left in table):
        click.echo(f"  {usual:>18,}{0:>10}{0:>14}{0:>28}  {why}")
    if asked["items"] == "terms":
        click.echo("Of the terms that a threshold leaves, a map shows the most relevant (benang map, --terms-share).")
