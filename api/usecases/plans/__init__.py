"""Plans as people read them: chains, who is left, whether a plan still holds, what publishing it changed."""
