"""The command line in the same process, as a user would call it."""

from __future__ import annotations

import pytest
from tests.support import Command, Said

from benang.cli.main import main


@pytest.fixture
def benang(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return a function that runs `benang` with arguments."""
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*arguments: object) -> Said:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Said(int(ended.value.code or 0), printed.out, printed.err)

    return run
