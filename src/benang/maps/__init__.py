"""Network → map: its settings, its making, maps held beside one another, and how far they hold."""
