"""All verdicts: the demo city, 2,800 x 130 and 30,000 x 4,000, with peak memory."""

from optimiser.compatibility import Compatibility, assess, compatibility
from optimiser.instance import Instance
from optimiser.policy.load import load_policy

from .made_instance import demo_instance, made_instance
from .measure import measured, peak_gib, show

SIZES = ((2_800, 130, 3), (30_000, 4_000, 1))
LIMITS = {2_800: "limit 0.3 s", 30_000: "limit 12 s, 2 GiB"}


def run() -> None:
    """Time every rule over every pair; the process holds nothing else, so its peak is that of the work."""
    rows = [_row("demo city", demo_instance(), 5, "limit 0.3 s")]
    rows += [_row(f"{n:,} x {m:,}", made_instance(n, m), rounds, LIMITS[n]) for n, m, rounds in SIZES]
    show("All verdicts (assess and compatibility)", rows)


def _row(name: str, instance: Instance, rounds: int, remark: str) -> tuple[str, str, str, str]:
    policy = load_policy(instance.as_of)

    def work() -> Compatibility:
        return compatibility(assess(policy, instance))

    took = measured(work, rounds)
    kept = len(took.result.eligible[0]) + len(took.result.unknown[0])
    size = f"{instance.n:,} x {instance.m:,}, {kept:,} pairs kept"
    return name, f"{took.seconds:.3f}", f"peak {peak_gib():.2f} GiB", f"{size}; {remark}"
