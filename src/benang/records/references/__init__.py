"""Cited references: taken apart, told alike, and numbered as works."""
