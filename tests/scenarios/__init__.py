"""Tests of the scenarios: the demo city."""
