"""Advice on one case or one vacancy: why, what would help, which places, how long; others stay unnamed."""
