"""The demo city, and later the simulation and its what-ifs."""
