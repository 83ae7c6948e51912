"""What a notebook shows of a corpus, a network and a map; `showing.register` tells IPython."""

from __future__ import annotations

from typing import Any

from benang.notebook.showing import register


def load_ipython_extension(shell: Any) -> None:
    """Do what `%load_ext benang.notebook` asks for; `import benang` in a notebook does it by itself."""
    register(shell)
