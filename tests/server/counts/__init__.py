"""Counts for planners and managers, and attacks on what is hidden."""
