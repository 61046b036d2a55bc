"""Offers from proposal to moving in: what may follow what, who decides, and what falls with it."""
