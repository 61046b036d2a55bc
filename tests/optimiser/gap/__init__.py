"""The gap in women's places, deficiency sets and bottlenecks, against plain Python."""
