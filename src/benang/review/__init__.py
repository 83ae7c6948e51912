"""The review as a whole: its plan, its sources, and what is loaded from its folder."""
