"""The coordinator's casework over the web."""
