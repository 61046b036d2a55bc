"""What a simulation found, in sentences made from its numbers; none of them says why."""

from collections.abc import Sequence
from typing import Protocol

from api.cli.pages.simulation_words import (
    ONE,
    Unit,
    counted,
    figure,
    finer_than_nothing,
    finer_to_tell,
    magnitude,
    span,
    unit_of,
)
from api.cli.voice import Voice
from api.texts import Language
from scenarios.experiments.comparison import Verdict
from scenarios.experiments.findings import COST, FIGURES, WAITS, Finding, is_flow
from scenarios.experiments.outcomes import GroupOutcome
from scenarios.segments import SEGMENTS

IN_THE_FIRST = ("women_gap_structural", "nights_outdoors", "nights_shelter", "nights_hotel", COST)
"""Figures of which the first sentence tells one beside the waits."""

THREE_DIGITS = 1000
"""From here on a figure of three digits has lost its last one."""

RESULTS = ("wins", "loses", "mixed")


class Titled(Protocol):
    """A scenario, or several together, by its title."""

    def title(self, language: Language) -> str:
        """Its title in a language."""


def headline(voice: Voice, stack: Titled, found: Sequence[Finding]) -> str:
    """The scenario in one sentence: waits, the clearest other figure, and whose wait is unchanged."""
    texts = voice.texts
    waits = [finding for finding in found if finding.measure in WAITS]
    clear = [clause(voice, finding) for finding in waits if finding.verdict is Verdict.CLEAR]
    other = _greatest(found)
    if other is not None:
        clear.append(clause(voice, other))
    still = [clause(voice, finding) for finding in waits if finding.verdict is not Verdict.CLEAR]
    title = stack.title(voice.language)
    told = "; ".join([*([_listed(voice, clear)] if clear else []), *still])
    if not told:
        return texts("simulate.nothing_to_tell", title=title)
    return texts("simulate.headline" if clear else "simulate.nothing_clear", title=title, found=told)


def points(voice: Voice, found: Sequence[Finding]) -> list[str]:
    """The other figures: each clear difference by itself, then what is unchanged and what is unclear."""
    told = [finding for finding in found if finding.measure in FIGURES and finding is not _greatest(found)]
    said = [_capital(clause(voice, f)) + "." for f in told if f.verdict is Verdict.CLEAR]
    for verdict in (Verdict.UNCHANGED, Verdict.UNCLEAR):
        names = [voice.texts(f"simulate.subject.{f.measure}") for f in told if f.verdict is verdict]
        if names:
            said.append(voice.texts(f"simulate.{verdict}", what=", ".join(names)))
    return said


def clause(voice: Voice, finding: Finding) -> str:
    """One finding as part of a sentence: stocks and waits as they were and are, flows as what differs."""
    subject = voice.texts(f"simulate.subject.{finding.measure}")
    if finding.verdict is not Verdict.CLEAR:
        return voice.texts(f"simulate.clause.{finding.verdict}", subject=subject)
    unit = unit_of(finding.measure, float(finding.before.mean), float(finding.after.mean))
    tell = _flow if is_flow(finding.measure) else _level
    return tell(voice, finding, subject, unit)


def _level(voice: Voice, finding: Finding, subject: str, unit: Unit) -> str:
    before = float(finding.before.mean)
    # Interval and level are those of the paired difference, so that they agree with what is said to be clear
    # where each has been rounded by itself.
    after, low, high = (before + float(one) for one in finding.difference)
    finer = finer_to_tell(voice, before, after, unit)
    if unit == ONE and after >= THREE_DIGITS:
        finer = max(finer, finer_to_tell(voice, low, high, unit) if low != high else 0)
    words = {
        "before": figure(voice, before, unit, finer),
        "after": (counted if unit.noun else figure)(voice, after, unit, finer),
        "interval": span(voice, low, high, unit, finer),
    }
    return voice.texts("simulate.clause.level", subject=subject, **words)


def _flow(voice: Voice, finding: Finding, subject: str, unit: Unit) -> str:
    mean, low, high = magnitude(finding.difference)
    key = "simulate.clause.more" if finding.difference.mean > 0 else "simulate.clause.fewer"
    finer = finer_than_nothing(mean, unit)
    words = {
        "n": (counted if unit.noun else figure)(voice, mean, unit, finer),
        "interval": span(voice, low, high, unit, finer),
        "per": voice.texts("simulate.a_year" if finding.a_year else "simulate.in_all"),
    }
    return voice.texts(f"{key}_cost" if finding.measure == COST else key, subject=subject, **words)


def sides(voice: Voice, outcomes: Sequence[GroupOutcome]) -> list[str]:
    """Groups for whom it gets better, worse, or both; nothing for those of whom it is not clear."""
    said = []
    for result in RESULTS:
        names = [_lower(group_name(voice, found.group)) for found in outcomes if found.result == result]
        if names:
            said.append(voice.texts(f"simulate.{result}", who="; ".join(names)))
    return said


def group_name(voice: Voice, group: str) -> str:
    """A group or segment in words."""
    return voice.texts(f"segment.{group}" if group in SEGMENTS else f"simulate.group.{group}")


def _greatest(found: Sequence[Finding]) -> Finding | None:
    """The clear figure of IN_THE_FIRST that differs most for its size."""
    clear = [f for f in found if f.measure in IN_THE_FIRST and f.verdict is Verdict.CLEAR]
    return max(clear, key=_share) if clear else None


def _share(finding: Finding) -> float:
    before = abs(float(finding.before.mean))
    return abs(float(finding.difference.mean)) / before if before else float("inf")


def _listed(voice: Voice, clauses: Sequence[str]) -> str:
    if len(clauses) == 1:
        return clauses[0]
    return f"{', '.join(clauses[:-1])} {voice.texts('simulate.and')} {clauses[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
