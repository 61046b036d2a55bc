"""The nouns of placement work and where they rest: households, stock, runs, files and tables."""
