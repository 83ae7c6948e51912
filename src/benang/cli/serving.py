"""The commands that open Benang as a program with pages: the server on this computer, and an icon that starts it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from benang.cli import main
from benang.cli.language import spoken
from benang.cli.options import PLACE, number_option, progress, say_account
from benang.cli.usage import command
from benang.locale import translator
from benang.locale.writing import Worded, worded

STOPPED = worded("Benang has stopped. Everything that you did is in your folders.")


@command("serve")
@click.argument("folder", type=PLACE, required=False, metavar="[FOLDER]")
@number_option("--port", metavar="N", help="Port to listen on.  [default: a free one]")
@click.option("--no-browser", is_flag=True, help="Print the link, and open no browser.")
def serve_command(folder: Path | None, port: int | None, no_browser: bool) -> None:
    """Open a review in the browser, or the start page where no folder is named.

    The pages are for you alone: only this computer can reach them, and only with the link that is printed.
    """
    serve_pages(folder, port=port, opens=not no_browser)


def serve_pages(folder: Path | None = None, *, port: int | None = None, opens: bool = True) -> None:
    """Serve the pages until the process ends, in the language of the command line."""
    from benang.web.server import PageServer, ServeRequest

    language = spoken()
    main.last_words = translator(language)(str(STOPPED))

    def say(message: Worded) -> None:
        click.echo(message.in_language(language))
        sys.stdout.flush()

    server = PageServer(ServeRequest(folder=folder, port=port, language=language))
    server.run(say=say, opening=_open if opens else _leave)


def _leave(_link: str) -> None:
    """Open no browser: the link is printed."""


def _open(link: str) -> None:
    import webbrowser

    webbrowser.open(link)


@command("shortcut")
def shortcut_command() -> None:
    """Put an icon on the desktop that opens Benang in the browser.

    It starts the Python that runs this command. Run it again after you have moved or installed Benang anew.
    """
    from benang.tasks.shortcut import ShortcutRequest, shortcut

    with progress() as report:
        made = shortcut(ShortcutRequest(language=spoken()), progress=report)
    say_account(made.account)
