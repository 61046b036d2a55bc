"""The few predicates in code; rules in data name them and give their parameters."""

from optimiser.policy.predicates import household, place, support, time, travel, wishes
from optimiser.policy.predicates.registry import PREDICATES, Predicate

__all__ = ["PREDICATES", "Predicate", "household", "place", "support", "time", "travel", "wishes"]
