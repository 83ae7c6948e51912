"""What coders said, one event a line, and the state that the events add up to."""
