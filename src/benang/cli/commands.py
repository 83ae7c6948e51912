"""The commands of `benang`, how errors are shown, and with which code a command ends."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from benang import __version__
from benang.cli import main
from benang.cli.language import Spoken, spoken, spoken_in
from benang.cli.usage import Choice, Group, show, with_quotes
from benang.errors import BenangError, Problem, no_access
from benang.locale import LANGUAGES, translator
from benang.locale.writing import worded

COMMANDS = {
    "agree": "agreeing",
    "association": "review",
    "build": "review",
    "case": "codebook",
    "clean": "records",
    "code": "coding",
    "codebook": "codebook",
    "compare": "opened_maps",
    "convert": "opened_maps",
    "describe": "records",
    "documents": "review",
    "drill": "opened_maps",
    "explain": "review",
    "form": "codebook",
    "keys": "review",
    "layout": "maps",
    "map": "maps",
    "merge": "review",
    "new": "review",
    "prisma": "screening",
    "reconcile": "agreeing",
    "records": "records",
    "refi": "exchange",
    "screen": "screening",
    "search": "searching",
    "send": "review",
    "serve": "serving",
    "shortcut": "serving",
    "stability": "opened_maps",
    "status": "review",
    "studies": "screening",
    "thesaurus": "records",
    "thresholds": "maps",
    "verify": "review",
    "view": "opened_maps",
}
"""Which module holds a command; it is imported when the command is named, so that `--help` stays quick."""

SUMMARIES = {
    "agree": "Compare coders: agreement on codes, variables and decisions, and every disagreement.",
    "association": "Test which codes of a review go with which keywords of its records.",
    "build": "Make the maps, tables, figures and report of a review.",
    "case": "Add, change and remove the cases of a review: what it compares.",
    "clean": "Decide which names in a review are the same: keywords, authors, organisations.",
    "code": "Code passages: find a quotation in a paper, and assign a code to it.",
    "codebook": "Change the codes of a review, compare versions, and show the codebook as a page.",
    "compare": "Compare periods or groups of records on a map: what has grown and what has declined.",
    "convert": "Write a map or network in other formats: VOSviewer, Gephi, Pajek, GraphML and more.",
    "describe": "Describe exports in numbers: years, sources, authors, countries, citations, keywords.",
    "documents": "Add papers to a review, each matched to its record.",
    "drill": "List the records behind an item or a link of a map.",
    "explain": "Print what a number in a review counts, and the passages behind it.",
    "form": "Extract data and appraise studies with forms, in which each value has its quotation.",
    "keys": "Show outdated record keys in a review's files, and replace them.",
    "layout": "Lay out and cluster a network made elsewhere.",
    "map": "Make a map from exports of bibliographic databases.",
    "merge": "Merge another copy of a review into yours: its judgements and new files.",
    "new": "Start a review: a folder with a plan, a codebook and cases, each with comments that explain it.",
    "prisma": "Count the PRISMA 2020 flow of a review, and draw it.",
    "reconcile": "Settle the disagreements of coders one by one: see both sides, decide what counts.",
    "records": "Read exports, account for every record, join duplicates, and write another format.",
    "refi": "Take in projects of NVivo, ATLAS.ti, MAXQDA and others, and send a review to them.",
    "screen": "Screen records: include or exclude them by title and abstract, then by full text.",
    "search": "Write down the searches of a review, and see what each one found.",
    "send": "Pack a review into one file for e-mail.",
    "serve": "Open a review in the browser: import, map, screen, code and report with the mouse.",
    "shortcut": "Put an icon on the desktop that opens Benang in the browser.",
    "stability": "Test how stable the clusters of a map are.",
    "status": "Show the state of a review, and what to do next.",
    "studies": "Propose which reports are of one study, and join or part them.",
    "thesaurus": "Propose which keywords, authors or organisations to merge.",
    "thresholds": "Print how many items and links each threshold leaves.",
    "verify": "Check a review and list every damaged line, missing quotation and unknown name in it.",
    "view": "Open a map or network in the browser: zoom, search, and list the records behind it.",
}

INTERRUPTED = 130


SETTINGS = {"matplotlibrc": "matplotlib", ".numba_config.yaml": "numba.core.config"}
"""Settings that may lie in the folder where a command is run, and the library that reads each when it is loaded."""


class _Commands(Group):
    """Finds a command without importing the others."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command, and say once which letters of its figures no font has."""
        from benang.tasks.account import letters_noted  # not for `--help`, which needs no catalogue of texts

        with letters_noted(spoken()) as notes:
            done = super().invoke(ctx)
        for note in notes:
            click.echo(note.text, err=True)
        return done

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"benang.cli.{COMMANDS[cmd_name]}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:  # noqa: ARG002
        return sorted(SUMMARIES.items())


@click.command(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with your own export: benang map my-export.ris --items author-keywords -o map.png",
)
@click.option(
    "--language",
    type=Choice(LANGUAGES),
    help="Language of messages, labels and figures.  [default: BENANG_LANGUAGE, else your system's]",
)
@click.version_option(__version__, message="Benang %(version)s")
@click.pass_context
def benang(context: click.Context, language: str | None) -> None:
    """Map a field and report what its papers found; every number opens the quotations behind it."""
    if context.invoked_subcommand is None:
        _open_pages(context)
    if language:  # said for what a command writes too, where it has this option of its own
        context.default_map = {name: {"language": language} for name in COMMANDS}


def _open_pages(context: click.Context) -> None:
    """Open the pages where somebody sits at a terminal; elsewhere the command alone says what it can do."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        click.echo(context.get_help(), color=context.color)
        return
    from benang.cli.serving import serve_pages

    serve_pages()


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command, by default the one that the process was started with; what a user can mend needs no traceback.

    Returns
    -------
    int
        0 where all is done, 1 where something can't be read, drawn or written, 2 for wrong usage, 130 when stopped.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    speech = spoken_in(words, os.environ)
    main.last_words = translator(speech.language)(main.STOPPED)
    try:
        if speech.remark:
            click.echo(speech.remark, err=True)
        code = _run(words, speech)
        if sys.stdout:  # a program with windows has none
            sys.stdout.flush()  # a full disk under the output must be reported
    except OSError as error:  # files say themselves what is wrong; this is the output, or the system's temporary folder
        _say_problems(BenangError(no_access(error, where=worded("the output of this command"))), speech.language)
        return 1
    return code


def _run(words: Sequence[str], speech: Spoken) -> int:
    try:
        return int(benang.main(args=words, prog_name="benang", standalone_mode=False, obj=speech) or 0)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        show(error, words, speech.language)
        return error.exit_code
    except BenangError as error:
        _say_problems(with_quotes(error, words), speech.language)
    except MemoryError:
        problem = Problem("there is not enough memory", way_on="Keep fewer items, or read fewer files.")
        _say_problems(BenangError(problem), speech.language)
    except (KeyboardInterrupt, click.Abort):  # where another program calls, and its signals are its own
        click.echo(main.last_words, err=True)
        return INTERRUPTED
    return 1


def _say_problems(error: BenangError, language: str) -> None:
    from benang.cli.options import option_named

    n = sum(problem.n for problem in error.problems)
    head = worded("Can't go on: {n:,} problems.", n=n) if n > 1 else worded("Can't go on.")
    click.echo(head.in_language(language), err=True)
    for problem in error.problems:
        click.echo(f"  {'- ' if n > 1 else ''}{problem.naming(option_named).in_language(language)}", err=True)


def leave_settings_unread() -> None:
    """Load what would read settings from the present folder from elsewhere, where there are any.

    matplotlib and numba look there before they ask the user's own settings: a folder of exports from somebody else
    could change what they do, or stop the command with a link to a device in the place of the file. So it happens once,
    in the few folders that hold such a file. In another program's process (a notebook, say) this is
    that program's matter.
    """
    for name, module in SETTINGS.items():
        if os.path.lexists(name):
            with contextlib.suppress(OSError, ImportError), contextlib.chdir(Path(__file__).parent):
                importlib.import_module(module)
