"""The review rebuilt from its folder, step by step."""
