"""Network → map: its settings, its making, comparisons of maps, and their stability."""
