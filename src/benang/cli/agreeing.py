"""`benang agree` and `benang reconcile`: how far coders agree, and their disagreements settled one by one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from benang.cli.language import spoken
from benang.cli.options import PLACE, OutputPath, in_options, progress, say_account
from benang.cli.usage import Choice, command

if TYPE_CHECKING:
    from benang.judgements.events import Stage


@command("agree")
@click.argument("folder", type=PLACE, default=".", metavar="[FOLDER]")
@click.option(
    "--stage",
    type=Choice(["title-abstract", "full-text"]),
    help="Compare only the decisions of this stage of the screening.",
)
@click.option(
    "--group", "groups", multiple=True, metavar="GROUP", help="Compare only this group of codes or form. Repeatable."
)
@click.option("--all", "every", is_flag=True, help="Compute all coefficients, and compare groups as sets of codes.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@click.option(
    "-o",
    "--output",
    type=OutputPath((".csv", ".xlsx", ".docx")),
    metavar="FILE",
    help="Output file: .csv, .xlsx or .docx.",
)
def agree_command(
    folder: Path, stage: str | None, groups: tuple[str, ...], every: bool, as_json: bool, output: Path | None
) -> None:
    """Compare coders: agreement on each code, variable and stage of the screening, and every disagreement.

    For example: benang agree markets -o agreement.xlsx

    A code is compared in the cases that two coders or more have marked as done (`benang code looked`), a variable in
    the cases that two gave a value, screening in the records that two decided on. Consensus and blinded decisions are
    not compared.
    """
    from benang.tasks.agree import AgreeRequest, agree

    request = AgreeRequest(
        folder=folder,
        stage=cast("Stage | None", stage),
        groups=groups,
        every=every,
        output=output,
        language=spoken(),
    )
    with in_options(), progress() as report:
        agreed = agree(request, progress=report)
    if as_json:
        click.echo(json.dumps(agreed.as_json(), ensure_ascii=False, indent=2))
        return
    say_account(agreed.account)


@command("reconcile")
@click.argument("folder", type=PLACE, default=".", metavar="[FOLDER]")
@click.option(
    "--stage", type=Choice(["title-abstract", "full-text"]), help="Settle the records of this stage of the screening."
)
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="GROUP",
    help="Only codes of this group, or variables of this form. Repeatable.",
)
@click.option("--only", metavar="CODE", help="Only this code or variable, by id or label.")
def reconcile_command(folder: Path, stage: str | None, groups: tuple[str, ...], only: str | None) -> None:
    """Settle the disagreements of coders one by one, the worst first.

    For example: benang reconcile markets

    In a terminal, it shows the passages of both sides, and one key decides which of them count. All coders should agree
    on each decision, which the log keeps as the coder 'consensus'. Elsewhere, it prints the list.
    """
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if stage and (groups or only):
        raise click.UsageError("A stage of the screening has no groups and no codes: give --stage alone.")
    if stage and is_terminal:
        from benang.cli.screen_terminal import screen_in_terminal

        screen_in_terminal(folder, cast("Stage", stage), "consensus")
        return
    from benang.tasks.coding.reconcile_shown import listed
    from benang.tasks.coding.reconciling import ReconcileRequest, begin

    request = ReconcileRequest(
        folder=folder, stage=cast("Stage | None", stage), groups=groups, only=only, language=spoken()
    )
    with in_options():
        if is_terminal:
            from benang.cli.screen_terminal import reconcile_in_terminal

            reconcile_in_terminal(request)
        else:
            say_account(listed(begin(request)))
