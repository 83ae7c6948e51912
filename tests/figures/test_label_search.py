"""The search for places of labels runs on every machine."""

from __future__ import annotations

import numba
import pytest

from benang.maps import label_thresholds


def test_the_search_is_compiled_even_where_no_folder_can_keep_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that only administrators may write, and a user without a home: it works all the same."""

    def no_folder(function: object, *, cache: bool = False) -> object:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return numba.njit(function)

    def double(x: float) -> float:
        return 2 * x

    monkeypatch.setattr(label_thresholds, "njit", no_folder)

    assert label_thresholds.compiled(double)(21.0) == 42.0
