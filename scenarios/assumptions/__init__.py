"""Every rate and price that a simulation assumes, each with its basis and source."""

from scenarios.assumptions.model import Assumptions, AssumptionsProblem, Entry, load_assumptions

__all__ = ["Assumptions", "AssumptionsProblem", "Entry", "load_assumptions"]
