"""Bare numbers in, bare numbers out: where the nodes of a network stand."""
