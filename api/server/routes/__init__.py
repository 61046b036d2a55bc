"""Routes, one file per noun; each parses, calls one use case and shapes the answer."""
