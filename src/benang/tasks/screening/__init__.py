"""Records screened: decisions taken, brought in, counted and given out."""
