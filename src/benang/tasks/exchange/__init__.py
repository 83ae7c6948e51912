"""Projects of other programs into a review, and a review out to them."""
