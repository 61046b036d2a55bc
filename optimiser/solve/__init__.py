"""Engines behind one call: a flow where the problem is one, an exact integer programme where not."""
