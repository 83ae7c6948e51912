"""The commands by which several people work on one review: `verify`, `send` and `merge`."""

from __future__ import annotations

from pathlib import Path

import click

from benang.cli.options import INPUT, PLACE, OutputPath, in_options, progress, say_account, spoken


@click.command("verify")
@click.argument("folder", type=PLACE, metavar="FOLDER")
def verify_command(folder: Path) -> None:
    """Go through a review's folder and name every line, quote and name in it that is damaged.

    It ends with 0 where the folder is whole, and with 1 where something is wrong. Nothing is changed.
    """
    from benang.tasks.verify import VerifyRequest, verify

    with progress() as report:
        verified = verify(VerifyRequest(folder, spoken()), progress=report)
    for problem in verified.problems:
        click.echo(str(problem), err=True)
    say_account(verified.account)
    if not verified.is_whole:
        raise click.exceptions.Exit(1)


@click.command("send")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.option("-o", "--output", required=True, type=OutputPath((".zip",)), metavar="FILE", help="The .zip to write.")
@click.option("--all", "everything", is_flag=True, help="Send exports and papers too.")
def send_command(folder: Path, output: Path, everything: bool) -> None:
    """Write a review into one file for e-mail: judgements, vocabulary, plan and documents.

    For example: benang send markets -o from-ani.zip
    """
    from benang.tasks.send import SendRequest, send

    with in_options(), progress() as report:
        sent = send(SendRequest(folder, output, everything, spoken()), progress=report)
    say_account(sent.account)


@click.command("merge")
@click.argument("folder", type=PLACE, metavar="FOLDER")
@click.argument("other", type=INPUT, metavar="OTHER")
def merge_command(folder: Path, other: Path) -> None:
    """Take in another's copy of a review: a zip of `benang send`, a folder, or a log of judgements.

    Judgements are united; new files come too. Of a file that differs, yours stays, and theirs is kept beside. Merging
    twice changes nothing.
    """
    from benang.tasks.merge import MergeRequest, merge

    with in_options(), progress() as report:
        merged = merge(MergeRequest(folder, other, spoken()), progress=report)
    say_account(merged.account)
