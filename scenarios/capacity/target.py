"""The target of a capacity plan: what is counted, and how much of it may be left."""

import re
from dataclasses import dataclass

SECTIONED = ("women_gap_structural", "women_gap_now")
SECTIONS = ("support", "emergency")
TIER_1 = "tier_1_unplaceable"
MEASURES = (*SECTIONED, *(f"{name}.{SECTIONS[1]}" for name in SECTIONED), TIER_1)
"""What a target may bound, as it is written; without a section, the gap at support level is meant."""

_written = re.compile(r"\s*([a-z_0-9.]+)\s*(?:<=|≤)\s*([0-9]{1,6})\s*")


class TargetProblem(Exception):
    """A target that cannot be read; `written` is what was given."""

    def __init__(self, written: str) -> None:
        super().__init__(f"'{written}' is no target; write for instance {MEASURES[0]}<=0")
        self.written = written


@dataclass(frozen=True, slots=True)
class Target:
    """At most so many households short, by one measure.

    measure is one of `women_gap_structural`, `women_gap_now` and `tier_1_unplaceable`; section is that of the
    women's gap, blank for tier 1.
    """

    measure: str
    section: str
    most: int

    @property
    def name(self) -> str:
        """The target as it is written."""
        emergency = f".{SECTIONS[1]}" if self.section == SECTIONS[1] else ""
        return f"{self.measure}{emergency}<={self.most}"


def read_target(written: str) -> Target:
    """A target written as `women_gap_structural<=0`; see MEASURES.

    Raises
    ------
    TargetProblem
        If it cannot be read, or names something that is not counted.
    """
    found = _written.fullmatch(written)
    if found is None:
        raise TargetProblem(written)
    measure, _, section = found[1].partition(".")
    if found[1] == TIER_1:
        return Target(TIER_1, "", int(found[2]))
    if measure not in SECTIONED or (section or SECTIONS[0]) not in SECTIONS or found[1].endswith("."):
        raise TargetProblem(written)
    return Target(measure, section or SECTIONS[0], int(found[2]))
