"""How coarsely each scenario of a run is told, and what of the run that is learnt from."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from api.usecases.scenario_runs.borders import DIFFERENCE, Border, salt_of, turns_of
from api.usecases.scenario_runs.rounding import Grain
from models.dataset import Dataset
from models.frozen import freeze
from scenarios.assumptions import Assumptions
from scenarios.experiments.months import months_of
from scenarios.whatif.dearest import dearest
from scenarios.whatif.reform import Reform

KEPT = "grain"
"""Where a kept answer has what its scales are made from; it is never shown."""

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scale:
    """How coarsely a scenario is told: its weeks, its sums, and its sums as a year's worth.

    Attributes
    ----------
    begins
        First week of each calendar month.
    """

    week: Grain
    whole: Grain
    year: Grain
    baseline: Border | None
    begins: tuple[int, ...]

    def figure(self, told: Answer, part: str) -> Grain:
        """The grain of one of the run's figures: of before, after or the difference."""
        grain = self.year if told["a_year"] else self.whole
        if part == DIFFERENCE:
            return self.differing(grain)
        return self.today(grain) if part == "before" else grain

    def today(self, grain: Grain) -> Grain:
        """The grain of the baseline's side."""
        return grain.of(self.baseline)

    def differing(self, grain: Grain) -> Grain:
        """The grain of what the scenario differs by."""
        mine = grain.border
        if mine is None or self.baseline is None:
            return grain
        side = f"{mine.side}|{self.baseline.side}|{DIFFERENCE}"
        return grain.of(Border(mine.salt, side, mine.turns))


def kept_for(
    city: Dataset, as_of: date, reforms: Iterable[tuple[str, Reform]], assumptions: Assumptions
) -> dict[str, Any]:
    """What a run keeps, so that it can be told to those who see counts alone."""
    named = dict(reforms)
    return {
        **asdict(dearest(named.values(), assumptions)),
        "salt": salt_of(freeze(city, as_of)),
        "turns": {name: list(turns_of(reform)) for name, reform in named.items()},
    }


def scales_of(answer: Answer) -> dict[str, Scale]:
    """The scale of each scenario of a kept run; one kept without the dearest place tells no costs."""
    arms = answer["scenarios"]
    design = (date.fromisoformat(answer["as_of"]), arms[0]["weeks"]) if "as_of" in answer else None
    return scales(answer.get(KEPT), {arm["name"]: arm.get("reform", "") for arm in arms}, design)


def scales(
    kept: Answer | None, reforms: Mapping[str, str], design: tuple[date, int] | None
) -> dict[str, Scale]:
    """The scale of each scenario.

    Parameters
    ----------
    kept
        As `kept_for` gives it.
    reforms
        Hash of what each scenario does, the baseline's first.
    design
        Day and number of weeks of the run.
    """
    grain, weeks = Grain(), 1 if design is None else design[1]
    borders: dict[str, Border | None] = dict.fromkeys(reforms)
    if kept is not None:
        grain = Grain(place_week_sek=kept["place_week_sek"], restoration_sek=kept["restoration_sek"])
        borders = {
            name: Border(kept["salt"], reform, tuple(kept["turns"][name])) for name, reform in reforms.items()
        }
    begins = () if design is None else tuple(int(week) for week in months_of(*design).first_week)
    baseline = next(iter(borders.values()))
    told = {}
    for name, border in borders.items():
        week = grain.of(border)
        told[name] = Scale(week, week.whole(weeks), week.a_year(weeks), baseline, begins)
    return told
