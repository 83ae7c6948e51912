"""Codes and cases: the vocabulary of a review and the passages that were coded with it."""
