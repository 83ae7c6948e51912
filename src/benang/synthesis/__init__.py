"""Codes × cases × years: tables, matrices, frameworks read across cases, and claims checked against data."""
