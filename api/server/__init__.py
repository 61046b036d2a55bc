"""The web API: routes, what they need, and how they refuse."""
