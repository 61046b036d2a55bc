"""A city week by week: who comes, who waits, who is placed, who leaves, and what it costs."""
