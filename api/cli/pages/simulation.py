"""A simulation to people: each scenario in sentences, then its figures beside today's, then its groups."""

import math
from collections import Counter
from datetime import timedelta

import numpy as np

from api.cli.page import Column, Page
from api.cli.pages.simulation_sentences import group_name, headline, points, sides
from api.cli.pages.simulation_words import figure, signed, span, unit_of
from api.cli.voice import Voice
from api.usecases.simulating import Simulated
from api.usecases.stacks import Stack
from scenarios.experiments.comparison import clear_from_week, paired_weeks
from scenarios.experiments.experiment import Arm
from scenarios.experiments.findings import COST, COSTS, Finding, findings, levels
from scenarios.experiments.interval import Interval
from scenarios.experiments.outcomes import GOOD_WHEN, GroupOutcome, group_outcomes

NOTHING = "–"


def show_simulation(page: Page, voice: Voice, done: Simulated) -> None:
    """The city as it goes on, then each scenario beside it."""
    texts, design, number = voice.texts, done.experiment.design, voice.figures.number
    words = {
        "day": voice.figures.day(design.as_of),
        "weeks": voice.count("week", design.weeks),
        "replications": voice.count("replication", design.replications),
    }
    page.title(texts("simulate.title", **words))
    page.line(texts("simulate.about"))
    if design.replications == 1:
        page.line(texts("simulate.one_replication"))
    _show_today(page, voice, done)
    for arm, stack in zip(done.experiment.arms[1:], done.stacks[1:], strict=True):
        _show_scenario(page, voice, done, arm, stack)
    page.line()
    if len(done.stacks) > 1:
        page.line(texts("simulate.how_sure"))
    page.line(_assumed(voice, done))
    if design.uncertain:
        page.line(texts("simulate.uncertain"))
    seconds = number(done.answer["seconds"])
    hashes = {"assumptions": design.assumptions, "policy": done.answer["policy"]}
    page.line(texts("simulate.stored", id=done.answer["id"], seconds=seconds, **hashes))


def _show_today(page: Page, voice: Voice, done: Simulated) -> None:
    texts, weeks = voice.texts, done.experiment.design.weeks
    page.section(done.stacks[0].title(voice.language))
    columns = [
        Column(texts("simulate.column.measure")),
        Column(texts("simulate.column.mean"), True),
        Column(texts("simulate.column.interval"), True),
    ]
    rows = []
    for found in levels(done.experiment.baseline, weeks):
        unit = unit_of(found.measure, float(found.before.mean))
        mean = figure(voice, float(found.before.mean), unit)
        # The interval is an approximation, and no count or wait is below zero.
        low = np.maximum(found.before.low, 0.0)
        level = _span(voice, found.before._replace(low=low), found)
        rows.append([_measure(voice, found, unit.noun), mean, level])
    page.table(columns, rows)


def _show_scenario(page: Page, voice: Voice, done: Simulated, arm: Arm, stack: Stack) -> None:
    baseline, weeks = done.experiment.baseline, done.experiment.design.weeks
    found, outcomes = findings(baseline, arm, weeks), group_outcomes(baseline, arm)
    page.section(stack.title(voice.language))
    for scenario in stack.scenarios:
        page.line(scenario.text_sv if voice.language == "sv" else scenario.text_en)
    page.line(headline(voice, stack, found))
    for sentence in (*points(voice, found), *sides(voice, outcomes)):
        page.point(sentence)
    page.line()
    _show_figures(page, voice, done, arm, found)
    page.line()
    _show_groups(page, voice, outcomes)


def _show_figures(page: Page, voice: Voice, done: Simulated, arm: Arm, found: tuple[Finding, ...]) -> None:
    texts = voice.texts
    names = ("measure", "today", "scenario", "difference", "interval", "verdict", "clear_from")
    columns = [
        Column(texts(f"simulate.column.{name}"), name not in ("measure", "verdict", "clear_from"))
        for name in names
    ]
    rows = []
    for finding in found:
        before, after = float(finding.before.mean), float(finding.after.mean)
        unit = unit_of(finding.measure, before, after)
        rows.append(
            [
                _measure(voice, finding, unit.noun),
                figure(voice, before, unit),
                figure(voice, after, unit),
                signed(voice, float(finding.difference.mean), unit),
                _span(voice, finding.difference, finding),
                texts(f"simulate.verdict.{finding.verdict}"),
                _clear_from(voice, done, arm, finding),
            ]
        )
    page.table(columns, rows)


def _show_groups(page: Page, voice: Voice, outcomes: tuple[GroupOutcome, ...]) -> None:
    texts = voice.texts
    columns = [
        Column(texts("simulate.column.group")),
        *(Column(texts(f"simulate.column.{measure}"), True) for measure in GOOD_WHEN),
        Column(texts("simulate.column.result")),
    ]
    rows = [
        [
            group_name(voice, found.group),
            *(_difference(voice, found, measure) for measure in GOOD_WHEN),
            texts(f"simulate.result.{found.result}"),
        ]
        for found in outcomes
    ]
    page.table(columns, rows)


def _difference(voice: Voice, found: GroupOutcome, measure: str) -> str:
    """A difference with its interval, in households or days."""
    outcome = found.outcomes.get(measure)
    if outcome is None:
        return NOTHING
    unit = unit_of(measure, 0.0)
    mean = signed(voice, float(outcome.difference.mean), unit)
    if math.isnan(outcome.difference.low):
        return mean
    interval = span(voice, float(outcome.difference.low), float(outcome.difference.high), unit)
    return f"{mean} ({interval})"


def _measure(voice: Voice, found: Finding, noun: str) -> str:
    """A measure with its unit, and a year where it is a year's worth."""
    subject = voice.texts(f"simulate.subject.{found.measure}")
    unit = [voice.texts(f"simulate.unit.{noun}")] if noun else []
    parts = [*unit, *([voice.texts("simulate.a_year")] if found.a_year else [])]
    named = subject[:1].upper() + subject[1:]
    return f"{named}, {' '.join(parts)}" if parts else named


def _span(voice: Voice, interval: Interval, found: Finding) -> str:
    if math.isnan(interval.low):
        return NOTHING
    unit = unit_of(found.measure, float(found.before.mean), float(found.after.mean))
    return span(voice, float(interval.low), float(interval.high), unit)


def _clear_from(voice: Voice, done: Simulated, arm: Arm, found: Finding) -> str:
    """The month in which a difference becomes clear for good."""
    wanted = COSTS if found.measure == COST else (found.measure,)
    parts = [part for part in wanted if part in arm.names]
    if not parts:
        return NOTHING
    weekly = np.sum([paired_weeks(done.experiment.baseline, arm, part) for part in parts], axis=0)
    week = clear_from_week(weekly, found.difference)
    if week is None:
        return NOTHING
    day = done.experiment.design.as_of + timedelta(weeks=week)
    key = "from_week" if week else "from_start"
    return voice.texts(f"simulate.{key}", weeks=voice.count("week", week), month=voice.figures.month(day))


def _assumed(voice: Voice, done: Simulated) -> str:
    """How many of the numbers that went in are measured, and how many assumed."""
    bases = Counter(entry.basis for entry in done.assumptions.entries.values())
    numbers = {basis: voice.figures.number(bases[basis]) for basis in ("source", "calibrated", "assumed")}
    return voice.texts("simulate.assumed", all=voice.figures.number(sum(bases.values())), **numbers)
