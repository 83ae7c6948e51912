"""Maps ↔ files: one file a form, and one door for all of them."""
