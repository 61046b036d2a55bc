"""What the engine costs in time and memory, beside well-known solvers; run by hand, never collected."""
