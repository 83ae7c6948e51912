"""`benang screen simulate`: what screening by priority would have saved on records that are labelled."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.language import spoken
from benang.cli.options import INPUT, in_options, number_option, progress, say_account
from benang.cli.reading import choices_of, reading_options
from benang.cli.usage import command


@command("simulate")
@click.argument("file", type=INPUT, metavar="FILE")
@click.option("--label", required=True, metavar="COLUMN", help="Column that says which records were included.")
@number_option("--seed", default=0, help="Seed of the random order, which decides what is known at the beginning.")
@number_option("--recall", default=0.95, help="Target of the stopping rule: the share of relevant records to find.")
@number_option("--confidence", default=0.95, help="How sure the stopping rule must be.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@reading_options
def simulate_command(
    file: Path,
    label: str,
    seed: int,
    recall: float,
    confidence: float,
    forms: tuple[str, ...],
    encodings: tuple[str, ...],
    columns: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Screen a labelled table again by priority, and say what that saves and where the stopping rule ends it.

    For example: benang screen simulate labelled.csv --label included
    """
    from benang.tasks.screening.simulating import SimulateRequest, simulate

    request = SimulateRequest(
        file=file,
        label=label,
        seed=seed,
        recall=recall,
        confidence=confidence,
        choices=choices_of(forms, encodings, columns, (file,)),
        language=spoken(),
    )
    with in_options(), progress() as report:
        simulated = simulate(request, progress=report)
    if as_json:
        click.echo(simulated.as_json())
    else:
        say_account(simulated.account)
