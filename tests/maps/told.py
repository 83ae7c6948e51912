"""Maps that tell how they were made, as the file of a map would tell it."""

from __future__ import annotations

from dataclasses import replace

from benang.maps import Map, settings_of


def told(made: Map, **key: object) -> Map:
    """Return a map that was made as `key` says, which has the form of the key `benang` of a file."""
    of_network, settings = settings_of(key, made.network.history)
    return replace(made, network=replace(made.network, settings=of_network), settings=settings)
