"""Tests of the edges: use cases, texts and the command line."""
