"""Coding: passages found, listed, moved and taken back; sheets; what was looked for."""
