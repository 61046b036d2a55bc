"""A run as those see it who see counts alone: results, figures, groups, months and sentences, all rounded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from api.cli.pages.simulation_sentences import headline, points
from api.cli.voice import Voice
from api.texts import LANGUAGES, Language
from api.usecases.scenario_runs.rounding import (
    PARTS,
    Grain,
    is_small,
    rested_on,
    shown_interval,
    shown_series,
)
from api.usecases.scenario_runs.scales import KEPT, Scale, scales_of
from scenarios.experiments.comparison import Verdict
from scenarios.experiments.findings import Finding
from scenarios.experiments.interval import Interval

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Titled:
    """A scenario by its titles, as a kept run has them."""

    titles: Mapping[str, str]

    def title(self, language: Language) -> str:
        """Its title in a language."""
        return self.titles[language]


def shown_run(answer: Answer) -> dict[str, Any]:
    """A finished run without counts that are too small to be told."""
    arms, scales = answer.get("figures", []), scales_of(answer)
    today = answer["scenarios"][0]
    return {
        **{name: value for name, value in answer.items() if name != KEPT},
        "scenarios": [_result(one, today, scales[one["name"]]) for one in answer["scenarios"]],
        "figures": _figures(arms, scales),
        "summary": _summary(answer.get("summary", []), {arm["name"]: arm for arm in arms}, scales),
    }


def shown_so_far(told: Answer, scales: Mapping[str, Scale]) -> dict[str, Any]:
    """First figures of a run without counts that are too small to be told."""
    return {**told, "scenarios": _figures(told["scenarios"], scales)}


def _figures(arms: Sequence[Answer], scales: Mapping[str, Scale]) -> list[dict[str, Any]]:
    """The figures of some scenarios, the baseline's first."""
    return [
        {**arm, "figures": [_figure(one, arm["figures"], scales[arm["name"]]) for one in arm["figures"]]}
        for arm in arms
    ]


def _figure(told: Answer, others: Sequence[Answer], scale: Scale) -> dict[str, Any]:
    measure, sides = told["measure"], [side for side in ("before", "after") if side in told]
    below = rested_on(measure)
    few = any(
        is_small(other["measure"], other[side]["mean"], scale.figure(other, side))
        for other in others
        for side in sides
        if other["measure"] == below
    )
    parts = [*sides, *(("difference",) if "difference" in told else ())]
    return {
        **told,
        **{part: shown_interval(measure, told[part], few, scale.figure(told, part)) for part in parts},
    }


def _result(arm: Answer, today: Answer, scale: Scale) -> dict[str, Any]:
    few = {name: _few(name, arm, today, scale.whole) for name in arm["measures"]}
    told: dict[str, Any] = {
        **arm,
        "measures": {name: _measure(name, arm["measures"], few[name], scale) for name in arm["measures"]},
        "difference": {
            name: shown_interval(name, of, few[name], scale.differing(scale.whole))
            for name, of in arm["difference"].items()
        },
    }
    if "months" in arm:
        told["months"] = {name: _months(name, of, few[name], scale) for name, of in arm["months"].items()}
    if "groups" in arm:
        told["groups"] = {name: _group(name, of, scale) for name, of in arm["groups"].items()}
    return told


def _few(name: str, arm: Answer, today: Answer, whole: Grain) -> bool:
    """Whether a measure rests on too few people, over all weeks, here or today."""
    below = rested_on(name)
    return below is not None and any(
        is_small(below, side["measures"][below]["total"]["mean"], whole)
        for side in (arm, today)
        if below in side["measures"]
    )


def _measure(name: str, every: Answer, few: bool, scale: Scale) -> dict[str, Any]:
    told, total = every[name], shown_interval(name, every[name]["total"], few, scale.whole)
    if "mean" not in told:
        return {"total": total}
    below = rested_on(name)
    weeks = [few] * len(told["mean"])
    if below is not None and below in every:
        weeks = [few or is_small(below, value, scale.week) for value in every[below]["mean"]]
    return {**shown_series(name, told, weeks, scale.week), "total": total}


def _months(name: str, told: Answer, few: bool, scale: Scale) -> dict[str, Any]:
    hidden = [few] * len(told["mean"])
    month = shown_series(name, told, hidden, scale.week, scale.begins)
    if "difference" in told:
        between = scale.differing(scale.week)
        month["difference"] = shown_series(name, told["difference"], hidden, between, scale.begins)
    return month


def _group(group: str, told: Answer, scale: Scale) -> dict[str, Any]:
    shown: dict[str, Any] = {"result": told["result"]}
    sides = {"baseline": scale.today(scale.whole), "scenario": scale.whole}
    for measure, of in told.items():
        if measure == "result":
            continue
        name, below = f"{measure}.{group}", rested_on(measure)
        rests = told.get(below) if below is not None else None
        few = rests is not None and any(
            is_small(str(below), rests[side], grain) for side, grain in sides.items()
        )
        shown[measure] = shown_interval(name, of, few, scale.differing(scale.whole)) | {
            side: None if few else _level(name, of[side], grain) for side, grain in sides.items()
        }
    return shown


def _level(name: str, value: float | None, whole: Grain) -> float | None:
    hidden = whole.hides(name) or is_small(name, value, whole)
    return None if hidden else whole.to_step(name, value)


def _summary(
    kept: Sequence[Answer], arms: Mapping[str, Answer], scales: Mapping[str, Scale]
) -> list[dict[str, Any]]:
    """Sentences of rounded figures alone; one that is too small to be told is in none."""
    told = []
    for one in kept:
        arm = arms[one["name"]]
        found = [finding for finding in map(_finding, _shown(arm, scales)) if finding is not None]
        scenario = Titled(arm["title"])
        voices = {language: Voice(language) for language in LANGUAGES}
        told.append(
            {
                **one,
                "headline": {name: headline(voice, scenario, found) for name, voice in voices.items()},
                "points": {name: points(voice, found) for name, voice in voices.items()},
            }
        )
    return told


def _shown(arm: Answer, scales: Mapping[str, Scale]) -> list[dict[str, Any]]:
    return [figure for figure in _figures([arm], scales)[0]["figures"] if "after" in figure]


def _finding(told: Answer) -> Finding | None:
    before, after, difference = (told[side] for side in ("before", "after", "difference"))
    verdict = Verdict(told["verdict"])
    small = any(side["mean"] is None for side in (before, after, difference))
    if small and verdict is Verdict.CLEAR:
        return None
    return Finding(
        told["measure"], told["a_year"], _interval(before), _interval(after), _interval(difference), verdict
    )


def _interval(told: Answer) -> Interval:
    return Interval(*(np.asarray(np.nan if told[part] is None else told[part]) for part in PARTS))
