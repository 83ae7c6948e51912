"""The commands that open the pages: `benang shortcut` puts an icon on the desktop."""

from __future__ import annotations

from benang.cli.language import spoken
from benang.cli.options import progress, say_account
from benang.cli.usage import command


@command("shortcut")
def shortcut_command() -> None:
    """Put an icon on the desktop that opens Benang in the browser.

    It starts the Python that runs this command. Run it again after you have moved or installed Benang anew.
    """
    from benang.tasks.shortcut import ShortcutRequest, shortcut

    with progress() as report:
        made = shortcut(ShortcutRequest(language=spoken()), progress=report)
    say_account(made.account)
