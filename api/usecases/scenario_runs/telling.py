"""What an experiment found, as figures with intervals and as sentences in both languages."""

from collections.abc import Sequence
from typing import Any

from api.cli.pages.simulation_sentences import headline, points, sides
from api.cli.voice import Voice
from api.texts import LANGUAGES
from api.usecases.stacks import Stack
from scenarios.experiments.answer import number
from scenarios.experiments.experiment import Experiment
from scenarios.experiments.findings import Finding, findings, levels
from scenarios.experiments.interval import Interval
from scenarios.experiments.outcomes import group_outcomes


def figures(experiment: Experiment, stacks: Sequence[Stack]) -> list[dict[str, Any]]:
    """Each scenario's figures over the weeks that there are, beside the baseline's."""
    design, told = experiment.design, []
    for arm, stack in zip(experiment.arms, stacks, strict=True):
        alone = arm is experiment.baseline
        found = levels(arm, design.weeks) if alone else findings(experiment.baseline, arm, design.weeks)
        told.append(
            {
                "name": stack.name,
                "title": {language: stack.title(language) for language in LANGUAGES},
                "finished": len(arm.results),
                "figures": [_figure(one, alone) for one in found],
            }
        )
    return told


def summary(experiment: Experiment, stacks: Sequence[Stack]) -> dict[str, Any]:
    """Sentences on every scenario but the baseline, and who wins and loses, in both languages."""
    voices = {language: Voice(language) for language in LANGUAGES}
    told = []
    for arm, stack in zip(experiment.arms[1:], stacks[1:], strict=True):
        found = findings(experiment.baseline, arm, experiment.design.weeks)
        outcomes = group_outcomes(experiment.baseline, arm)
        told.append(
            {
                "name": stack.name,
                "headline": {lang: headline(voice, stack, found) for lang, voice in voices.items()},
                "points": {lang: points(voice, found) for lang, voice in voices.items()},
                "sides": {lang: sides(voice, outcomes) for lang, voice in voices.items()},
            }
        )
    return {"figures": figures(experiment, stacks), "summary": told}


def so_far(experiment: Experiment, stacks: Sequence[Stack], first_look: bool) -> dict[str, Any]:
    """First figures, while the rest is being worked out."""
    design = experiment.design
    return {
        "first_look": first_look,
        "weeks": design.weeks,
        "replications": len(experiment.shared),
        "scenarios": figures(experiment, stacks),
    }


def _figure(found: Finding, alone: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "measure": found.measure,
        "a_year": found.a_year,
        "before": _interval(found.before),
    }
    if not alone:
        told |= {
            "after": _interval(found.after),
            "difference": _interval(found.difference),
            "verdict": str(found.verdict),
        }
    return told


def _interval(found: Interval) -> dict[str, float | None]:
    return {part: number(value) for part, value in found._asdict().items()}
