"""Limits of a run: each by itself, all together against the twin, and what to do when they clash."""
