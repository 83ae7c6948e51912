"""`python -m benang`: the same as the command `benang`."""

import os
import sys

if sys.path and sys.path[0] == os.getcwd():  # noqa: PTH109 - as Python put it there; a folder of exports is no place for modules
    del sys.path[0]

from benang.cli.main import main

if __name__ == "__main__":
    main()
