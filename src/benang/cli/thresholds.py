"""`benang thresholds`: how many items and links each threshold leaves, before a map is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from benang.cli.network_options import analysis_of, counted_options
from benang.cli.options import INPUT, in_options, say_account
from benang.cli.progress import progress
from benang.cli.reading import reading_options, works_request


@click.command("thresholds")
@click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILES…")
@counted_options
@reading_options
def thresholds_command(files: tuple[Path, ...], **asked: Any) -> None:
    """Print how many items and links each threshold leaves.

    For example: benang thresholds scopus.csv --items author-keywords
    """
    from benang.tasks.thresholds import ThresholdsRequest, thresholds

    with in_options(), progress() as report:
        request = ThresholdsRequest(
            works=works_request(files, asked), analysis=analysis_of(asked), thesaurus=asked["thesaurus"]
        )
        counted = thresholds(request, progress=report)
    say_account(counted.account)
