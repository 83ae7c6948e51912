"""The review on disk: its folder, its documents, and how its TOML files are read."""
