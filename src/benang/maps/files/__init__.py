"""The forms in which programs keep maps and networks: one file a form, one line each in `registry.py`."""
