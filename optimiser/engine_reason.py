"""Which engine a run needed, and why: a sentence for the record."""

from optimiser.problem import Problem, Solution

_WORDS = {
    "flow": "The problem is a minimum-cost flow: every limit across pools holds by itself at the best flow.",
    "vacancies": (
        "In chains of one proposal nobody hands a place on: a minimum-cost flow over the vacant places alone."
    ),
    "flow+prices": (
        "Limits across pools bind; at their prices the best flow keeps them all and reaches its bound, "
        "which proves every goal without an integer programme."
    ),
    "flow+mip": (
        "Limits across pools bind and pairs are indivisible; prices bound every goal and close what cannot "
        "be best, and an exact integer programme (CP-SAT) decides what is left open."
    ),
    "chains+mip": (
        "The best plan without a limit on chains breaks it; a linear programme over the steps of chains "
        "bounds every goal, and an exact integer programme (CP-SAT) decides what is left open."
    ),
}


def engine_reason(problem: Problem, solution: Solution) -> str:
    """Why the engine was chosen, with the limits across pools that the answer meets exactly."""
    binding = {
        side.name.split(" ", 1)[0]
        for side in problem.sides
        if side.pairs.size and side.load(solution.chosen) == side.most
    }
    told = binding and solution.engine not in ("flow", "vacancies")
    met = f" Met exactly: {', '.join(sorted(binding))}." if told else ""
    return _WORDS[solution.engine] + met
