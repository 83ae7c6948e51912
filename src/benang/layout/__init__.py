"""Bare numbers in, bare numbers out: the places of a network's nodes."""
