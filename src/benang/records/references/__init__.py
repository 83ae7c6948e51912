"""Cited references: taken apart, matched, and numbered as works."""
