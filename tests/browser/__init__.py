"""The desks in a real browser, over the served demo city."""
