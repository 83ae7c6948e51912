"""What an export could hold and does not is said with a way that is there."""

from __future__ import annotations

import pytest

from benang.readers.missing_fields import missing_fields
from benang.records.corpus import corpus_of
from benang.records.ledger import FileAccount, Ledger
from benang.records.record import Record


def _said(form: str, database: str) -> tuple[str, ...]:
    record = Record("a", title="Kota", abstract="…", references=("b",), database=database, file="one.csv")
    account = FileAccount("one.csv", form, "", found=1, read=1)
    return missing_fields(corpus_of([record], ledger=Ledger((account,))))["one.csv"]


@pytest.mark.parametrize("name", ["Publish or Perish", "Google Scholar"])
def test_who_has_no_keywords_to_choose_is_not_told_to_choose_them(name: str) -> None:
    """Google Scholar gives none, whatever is chosen."""
    (said,) = _said(f"{name} CSV", name)

    assert "Google Scholar gives none" in said
    assert "keywords.csv" in said
    assert "choose" not in said


def test_who_has_keywords_to_choose_is_told_so() -> None:
    """A table of a reference manager has a column for them."""
    assert any("choose them when you export" in note for note in _said("RIS", ""))
