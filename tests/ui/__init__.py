"""The desks without a browser."""
