"""Parts of speech from spaCy, where it and a model of English are installed."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

from benang.errors import BenangError, Problem
from benang.terms.tag_model import tag_of_penn


class SpacyTagger:
    """Tags by a model of spaCy; stands in for `Tagger`.

    Raises
    ------
    BenangError
        Where spaCy or the model is not installed, with the two commands that install them.
    """

    def __init__(self, model: str = "en_core_web_sm") -> None:
        way_on = (
            f"Install them: pip install 'benang[spacy]', then python -m spacy download {model}; or leave the method "
        )
        try:
            spacy = importlib.import_module("spacy")
        except ImportError:
            raise BenangError(Problem("spaCy is not installed", where="method", way_on=f"{way_on}out.")) from None
        try:
            self._pipeline: Any = spacy.load(model, exclude=["ner", "parser", "lemmatizer", "senter"])
        except OSError:
            raise BenangError(
                Problem(f"spaCy has no model '{model}'", where="method", way_on=f"{way_on}out.")
            ) from None

    def tags(self, sentences: Sequence[Sequence[str]]) -> list[str]:
        """Return the tags of each sentence's words, one letter a word."""
        doc = importlib.import_module("spacy.tokens").Doc
        texts = (doc(self._pipeline.vocab, words=list(words)) for words in sentences)
        return ["".join(tag_of_penn(token.tag_) for token in tagged) for tagged in self._pipeline.pipe(texts)]
