"""Counts: what planners and managers may see of the city, never a case, and small counts hidden."""
