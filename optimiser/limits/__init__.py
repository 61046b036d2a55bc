"""Limits that a run may be given beyond what the city's data and the policy say; one file for each."""
