"""The command `benang`: its groups, how errors are told, and with which code it ends."""

from __future__ import annotations

import contextlib
import importlib
import io
import sys
from collections.abc import Sequence

import click

from benang import __version__
from benang.cli.stopping import ending_cleanly
from benang.errors import BenangError, Problem

COMMANDS = {
    "association": "association",
    "build": "build",
    "compare": "compare",
    "convert": "convert",
    "describe": "describe",
    "documents": "documents",
    "drill": "drill",
    "explain": "build",
    "keys": "keys",
    "layout": "layout",
    "map": "maps",
    "records": "records",
    "stability": "stability",
    "thesaurus": "thesaurus",
    "thresholds": "thresholds",
}
"""Which module holds a command; it is imported when the command is named, so that `--help` stays quick."""

SUMMARIES = {
    "association": "Say which codes of a review go with which keywords of its records.",
    "build": "Make the maps, tables, figures and report of a review's folder.",
    "compare": "Compare periods or groups of records on a map: what rose and what fell.",
    "convert": "Write a map or network in other forms: VOSviewer, Gephi, Pajek, GraphML and more.",
    "describe": "Describe exports in figures: years, sources, authors, countries, citations, keywords.",
    "documents": "Add papers (PDF) to a review, each matched to its record.",
    "drill": "List the records behind an item or a link of a map.",
    "explain": "Print what a number of a review counts, and the passages behind it.",
    "keys": "Show old names of records in a review's files, and write the keys of today.",
    "layout": "Lay out and cluster a network made elsewhere.",
    "map": "Make a map from the exports of bibliographic databases.",
    "records": "Read exports, account for every record, join duplicates, write them in another form.",
    "stability": "Say how far the clusters of a map hold.",
    "thesaurus": "Propose which keywords, authors or organisations to merge.",
    "thresholds": "Print how many items and links each threshold leaves.",
}

INTERRUPTED = 130


class _Commands(click.Group):
    """Finds a command without importing the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"benang.cli.{COMMANDS[cmd_name]}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(sorted(SUMMARIES.items()))


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with your own export: benang map my-export.ris --items author-keywords -o map.png",
)
@click.version_option(__version__, message="Benang %(version)s")
def benang() -> None:
    """Map a field and say what its papers found; every number opens the quotations behind it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; what a user can mend is said without a traceback.

    Ends with code 0, 1 where something can't be read, drawn or written, 2 for wrong usage, 130 when stopped.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Windows would write its own code page
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        with ending_cleanly():
            sys.exit(benang.main(args=arguments, prog_name="benang", standalone_mode=False) or 0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BenangError as error:
        _say_problems(error)
        sys.exit(1)
    except MemoryError:
        _say_problems(
            BenangError(Problem("there is not enough memory", way_on="Keep fewer items, or read fewer files."))
        )
        sys.exit(1)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped. What was finished is kept, nothing is half-written. Run it again to go on.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # the reader of a pipe went away: `benang explain … | head`
        _leave_output()
        sys.exit(0)
    except OSError as error:  # files say themselves what is wrong; this is the output, or the system's temporary folder
        where = str(error.filename or "the output of this command")
        _say_problems(BenangError(Problem(f"can't read or write here ({error.strerror})", where=where)))
        _leave_output()
        sys.exit(1)


def _leave_output() -> None:
    """Let Python not try again, when it ends, to write what can't be written."""
    with contextlib.suppress(OSError):
        sys.stdout = None


def _say_problems(error: BenangError) -> None:
    many = len(error.problems) > 1
    click.echo(f"Can't go on: {len(error.problems)} problems." if many else "Can't go on.", err=True)
    for problem in error.problems:
        click.echo(f"  {'- ' if many else ''}{problem}", err=True)
