"""`python -m tests.benchmarks [NAME ...]`: each in a process of its own, so that peaks are its own."""

import subprocess
import sys

from . import chains, flow, matching, queue, reasons, sides, simulation, verdicts

BENCHMARKS = {
    "verdicts": verdicts.run,
    "matching": matching.run,
    "sides": sides.run,
    "flow": flow.run,
    "chains": chains.run,
    "queue": queue.run,
    "reasons": reasons.run,
    "simulation": simulation.run,
}


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all; exit status 2 for a name that is not there."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.stderr.write(
            f"No benchmark is called {', '.join(unknown)}; choose from {', '.join(BENCHMARKS)}.\n"
        )
        return 2
    if len(names) == 1:
        BENCHMARKS[names[0]]()
        return 0
    return max(
        subprocess.run([sys.executable, "-m", "tests.benchmarks", name], check=False).returncode
        for name in names or BENCHMARKS
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
