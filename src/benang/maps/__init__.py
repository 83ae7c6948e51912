"""Network → map: where items stand, which belong together, and how they look."""
