"""Titles, abstracts and full texts → terms."""
