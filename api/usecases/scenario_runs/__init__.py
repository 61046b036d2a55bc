"""Scenarios as people ask for them over the web: looked at, run as jobs, told in both languages."""
