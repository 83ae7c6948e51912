"""Corpus (or codings) → network: what occurs in what, and what occurs together."""
