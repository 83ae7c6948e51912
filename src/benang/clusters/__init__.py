"""Bare numbers in, bare numbers out: which nodes belong together."""
