"""Where places lack: the women's-places gap, equal access, bottlenecks and the value of one more place."""
