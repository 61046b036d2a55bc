"""Five simulated years of the demo city, week by week, with each way of letting residents move."""

import time

from optimiser.matching import Moves
from optimiser.policy.load import load_policy_data
from scenarios.assumptions import load_assumptions
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from scenarios.simulation.run import simulate
from scenarios.whatif.compile import compile_reform

from .measure import show

WEEKS = 260
LIMITS: dict[Moves, str] = {"none": "limit 2 s", "unlimited": "limit 15 s", 4: "limit 15 s"}


def run() -> None:
    """Time one replication each, with its accounts, in seconds of processor time."""
    city, assumptions = build_demo_city(), load_assumptions()
    reform = compile_reform(city, DEMO_AS_OF, [], WEEKS, load_policy_data())
    rows = []
    for moves, limit in LIMITS.items():
        started = time.process_time()
        told = simulate(city, DEMO_AS_OF, reform, assumptions, 1, 0, moves)
        seconds = time.process_time() - started
        remark = f"{told.totals['placed']:,.0f} placed, {told.weekly['waiting'][-1]:,.0f} wait at the end"
        rows.append((f"moves {moves}", f"{seconds:.1f}", limit, remark))
    show(f"Demo city, {WEEKS} weeks, processor time", rows)
