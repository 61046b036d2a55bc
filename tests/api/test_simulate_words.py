"""What a simulation says in sentences follows from its numbers, in both languages."""

import os
import pty
import subprocess

import numpy as np
import pytest

from api.cli.pages.simulation_progress import said_at_first, said_so_far
from api.cli.pages.simulation_sentences import clause, headline, points, sides
from api.cli.pages.simulation_words import ONE, Unit, counted, figure, rounded, signed, span, unit_of
from api.cli.voice import Voice
from api.texts import Language
from api.usecases.stacks import Stack
from scenarios.experiments.comparison import verdict
from scenarios.experiments.experiment import Arm
from scenarios.experiments.findings import COST, Finding, findings, levels
from scenarios.experiments.interval import Interval
from scenarios.experiments.outcomes import group_outcomes
from scenarios.experiments.replication import Replication
from scenarios.whatif.scenario import Scenario

from .conftest import DAY, Command
from .test_processes import START, read_all

SPACE = "\N{NO-BREAK SPACE}"
TOLERANT = Stack("tolv", (Scenario("tolv", "Tolv platser", "Twelve places", "", ""),))


def interval(mean: float, low: float, high: float) -> Interval:
    return Interval(*(np.array(value) for value in (mean, low, high)))


def finding(
    measure: str, before: float, mean: float, low: float, high: float, a_year: bool = False
) -> Finding:
    level = interval(before, before - 1, before + 1)
    difference = interval(mean, low, high)
    after = interval(before + mean, before + mean - 1, before + mean + 1)
    return Finding(measure, a_year, level, after, difference, verdict(difference, before))


WOMEN = finding("wait_median_days.women", 287, -168, -189, -140)
MEN = finding("wait_median_days.men", 300, 0, -2, 2)
FAMILIES = finding("wait_median_days.families", 100, -5, -30, 20)
SHELTER = finding("nights_shelter", 20_000, -3100, -3400, -2800, a_year=True)
OUTDOORS = finding("nights_outdoors", 1000, 2, -5, 9, a_year=True)
HOTEL = finding("nights_hotel", 1000, 20, -50, 90, a_year=True)
DEAR = finding(COST, 700e6, 12.34e6, 11e6, 13.5e6, a_year=True)


def test_the_first_sentence_in_swedish() -> None:
    said = headline(Voice("sv"), TOLERANT, [WOMEN, MEN, SHELTER])
    assert said == (
        "Med ”Tolv platser”: kvinnors medianväntan går från 41 till 17 veckor (95 %: 14–21) och nätter på "
        f"akutboende blir 3{SPACE}100 färre per år (95 %: 2{SPACE}800–3{SPACE}400); mäns medianväntan är "
        "oförändrad."
    )


def test_the_first_sentence_in_english() -> None:
    said = headline(Voice("en"), TOLERANT, [WOMEN, MEN, FAMILIES, SHELTER])
    assert said == (
        "With “Twelve places”: women's median wait goes from 41 to 17 weeks (95%: 14–21) and nights in "
        "emergency shelter: 3,100 fewer a year (95%: 2,800–3,400); men's median wait is unchanged; for "
        "families' median wait the difference is unclear."
    )


def test_unchanged_only_when_tight_and_unclear_when_wide() -> None:
    said = points(Voice("sv"), [WOMEN, OUTDOORS, HOTEL, DEAR, SHELTER])
    assert said == [
        "Kostnaden blir 12 miljoner kronor högre per år (95 %: 11–14).",
        "Oförändrat (hela intervallet inom 2 % av dagens nivå): nätter utomhus.",
        "Oklart (kan vara mer eller mindre): nätter på hotell och vandrarhem.",
    ]


def test_what_stands_in_the_first_sentence_is_not_said_twice() -> None:
    voice = Voice("sv")
    assert any(
        "akutboende" in line for line in points(voice, [SHELTER, finding(COST, 100, 50, 40, 60, True)])
    )
    assert points(voice, [SHELTER]) == []


def test_nothing_clear() -> None:
    said = headline(Voice("sv"), TOLERANT, [MEN, FAMILIES, OUTDOORS])
    assert "ingen klar skillnad" in said
    assert said.endswith(
        "mäns medianväntan är oförändrad; för barnfamiljers medianväntan är skillnaden oklar."
    )


def test_waits_on_one_side_only_are_not_told_as_nobody_placed() -> None:
    """Those placed today and not with the change are told of; that nobody got a place would be untrue."""
    placed = finding("placed", 9, -9, -9, -9)
    assert "väntetider går inte att jämföra" in headline(Voice("sv"), TOLERANT, [placed])
    assert points(Voice("sv"), [placed]) == [
        "Hushåll som får en plats blir 9 färre under perioden (95 %: 9)."
    ]


@pytest.mark.parametrize(
    ("measure", "before", "difference", "said"),
    [
        ("wait_median_days.men", 8, (-7, -7, -7), "mäns medianväntan går från 8 till 1 dag (95 %: 1)"),
        (
            "waiting",
            1500,
            (-100, -120, -80),
            f"antalet hushåll som väntar går från 1{SPACE}500 till 1{SPACE}400",
        ),
        (
            "women_gap_structural",
            90,
            (5, 2, 8),
            "platser som saknas för kvinnor i beståndet går från 90 till 95",
        ),
    ],
)
def test_levels(measure: str, before: float, difference: tuple[float, float, float], said: str) -> None:
    assert clause(Voice("sv"), finding(measure, before, *difference)).startswith(said)


def test_a_flow_over_less_than_a_year_is_told_as_it_is() -> None:
    said = clause(Voice("sv"), finding("nights_shelter", 500, -50, -60, -40))
    assert said == "nätter på akutboende blir 50 färre under perioden (95 %: 40–60)"


def test_a_clear_difference_never_looks_like_none() -> None:
    said = clause(Voice("en"), finding("school_changes", 10, 0.04, 0.02, 0.06))
    assert said == "changes of school: 0.04 more over the period (95%: 0.02–0.06)"
    said = clause(Voice("sv"), finding(COST, 9e6, -900, -1000, -800))
    assert said == "kostnaden blir 0,001 miljoner kronor lägre under perioden (95 %: 0,001)"


def test_what_differs_never_looks_the_same() -> None:
    said = clause(Voice("en"), finding("waiting", 1571, 2.4, 1.1, 3.7))
    assert said == "the number of households waiting goes from 1,571 to 1,573 (95%: 1,572–1,575)"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (3147, 3150),
        (1234567, 1230000),
        (999.6, 1000),
        (41.4, 41),
        (9.96, 10),
        (2.54, 2.5),
        (-0.04, 0),
        (-17.6, -18),
    ],
)
def test_figures_are_rounded_to_what_they_are_worth(value: float, told: float) -> None:
    assert rounded(value) == told
    assert str(rounded(value)) != "-0.0"


@pytest.mark.parametrize(
    ("low", "high", "swedish", "english"),
    [
        (14, 21, "14–21", "14–21"),
        (-3, 14, "-3 till 14", "-3 to 14"),
        (0, 0, "0", "0"),
        (-0.01, 2, "0–2", "0–2"),
        (2.5, 3.5, "2,5–3,5", "2.5–3.5"),
        (0.04, 89, "0,04–89", "0.04–89"),
        (-89, -0.04, "-89 till -0,04", "-89 to -0.04"),
    ],
)
def test_intervals(low: float, high: float, swedish: str, english: str) -> None:
    assert span(Voice("sv"), low, high, ONE) == swedish
    assert span(Voice("en"), low, high, ONE) == english


def test_units_and_plurals() -> None:
    swedish, english = Voice("sv"), Voice("en")
    week = unit_of("wait_median_days.women", 287, 119)
    assert week == Unit(7, "week")
    assert unit_of("wait_median_days.women", 30, 20) == Unit(1, "day")
    assert [counted(swedish, days, week) for days in (7, 14)] == ["1 vecka", "2 veckor"]
    assert counted(english, 7, week) == "1 week"
    million = unit_of(COST, 1e6)
    assert counted(swedish, 1e6, million) == "1 miljon kronor"
    assert counted(english, 2.5e6, million) == "SEK 2.5 million"
    assert figure(swedish, 1234, ONE) == f"1{SPACE}230"
    assert [signed(english, value, ONE) for value in (3, -3, 0.01)] == ["+3", "-3", "0"]


def arm(name: str, women: float, men: float, weeks: int = 4) -> Arm:
    """Five replications in which so many women and men wait."""
    results = {}
    for n in range(5):
        weekly = {"waiting": women + men + n, "waiting.women": women + n, "waiting.men": men + n}
        totals = {**weekly, "nights_shelter": 28.0 * women + n}
        rows = np.array([[value] * weeks for value in weekly.values()])
        results[n] = Replication(n, tuple(weekly), rows, totals)
    return Arm(name, name, results)


@pytest.mark.parametrize(
    ("language", "better", "worse"),
    [("sv", "Bättre för: kvinnor.", "Sämre för: män."), ("en", "Better for: women.", "Worse for: men.")],
)
def test_who_wins_and_who_loses(language: Language, better: str, worse: str) -> None:
    outcomes = group_outcomes(arm("baseline", 50, 50), arm("other", 40, 60))
    assert sides(Voice(language), outcomes) == [better, worse]


def test_findings_pair_and_scale_to_a_year() -> None:
    baseline, other = arm("baseline", 50, 50), arm("other", 40, 60)
    waiting, shelter = findings(baseline, other, 4)
    assert (waiting.measure, float(waiting.difference.mean), waiting.a_year) == ("waiting", 0, False)
    assert (float(shelter.difference.low), shelter.a_year) == (-280, False)
    _, a_year = findings(arm("baseline", 50, 50, 104), arm("other", 40, 60, 104), 104)
    assert a_year.a_year
    assert float(a_year.difference.mean) == pytest.approx(-280 / 104 * 365.25 / 7)
    assert all(float(found.difference.mean) == 0 for found in levels(baseline, 4))


def test_so_far_compares_the_same_replications() -> None:
    from datetime import date

    from scenarios.experiments.experiment import Design, Experiment

    whole = arm("baseline", 50, 50)
    half = Arm("other", "other", {0: arm("other", 40, 50).results[0]})
    design = Design(date(2026, 1, 15), 4, 5, 1, "none", "a", "i", "e")
    voice = Voice("sv")
    assert said_so_far(voice, Experiment(design, (whole, half))).endswith("100 → 90")
    first = Experiment(design, (Arm("baseline", "b", {0: whole.results[0]}), half))
    assert said_at_first(voice, first) == "Simulerar … väntande under 4 veckor: 100 → 90"


def test_a_terminal_shows_how_far_it_has_come(small_city: Command) -> None:
    leader, follower = pty.openpty()
    env = {**os.environ, "COLUMNS": "120", "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}
    told = ["simulate", "arrivals_plus_20", "--weeks", "27", "--replications", "2", *DAY]
    running = subprocess.Popen([*START, *told], stdout=subprocess.DEVNULL, stderr=follower, env=env)
    os.close(follower)
    shown = read_all(leader)
    assert running.wait(timeout=300) == 0
    assert "Simulerar …" in shown
    assert "väntande under 13 veckor: " in shown
    assert "/4" in shown
