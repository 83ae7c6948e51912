"""Codes and items of a review, in the language of the plan or of the user."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benang.tasks.associate import AssociateRequest, associate


def test_the_account_is_in_the_language_that_is_asked_for(folder: Path) -> None:
    """The plan is in English; codes that are only talked about, or only evidenced, have a list each."""
    request = AssociateRequest(folder=folder / "review", items="terms", least=1)
    english = [note.text for note in associate(request).account.notes]
    indonesian = [note.text for note in associate(replace(request, language="id")).account.notes]

    assert english[-3].startswith("Codes mentioned but without evidence: ")
    assert indonesian[-3].startswith("Kode yang disinggung, tetapi tanpa bukti: ")
    assert len(english) == len(indonesian)
