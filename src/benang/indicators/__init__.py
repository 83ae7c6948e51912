"""Indicators: what a corpus says of itself by counting."""
