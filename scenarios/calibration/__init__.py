"""Rates learnt from a city's own stays: how long they last, how they end, and who comes."""
