"""Settings of libraries that lie in the folder where a command is run, and are not the user's but the folder's.

matplotlib and numba look there first, before they ask the user's own settings: a folder of exports from somebody else
could change what they do, or stop the command with a link to a device in the place of the file.
"""

from __future__ import annotations

import contextlib
import importlib
import os
from pathlib import Path

SETTINGS = {"matplotlibrc": "matplotlib", ".numba_config.yaml": "numba.core.config"}
"""Names of files, and the module that reads each when it is loaded."""


def leave_settings_unread() -> None:
    """Load what would read settings from the present folder from elsewhere, where there are any.

    So it happens once, in the few folders that hold such a file. In another program's process (a notebook, say) this is
    that program's matter.
    """
    for name, module in SETTINGS.items():
        if os.path.lexists(name):
            with contextlib.suppress(OSError, ImportError), contextlib.chdir(Path(__file__).parent):
                importlib.import_module(module)
