"""The coordinator's casework: who waits, what ends, what is to be done next, and by whom."""
