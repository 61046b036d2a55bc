"""Capacity: how people flow through places in the long run, what a scarce place is worth, what to build."""
