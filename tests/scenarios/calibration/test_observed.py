"""Which weeks of which stays a window watches, and what ends it reads."""

from datetime import timedelta

import numpy as np
import pytest

from models.dataset import Dataset
from scenarios.calibration.end_reasons import ENDS, KINDS, MOVED_ON, UNKNOWN, end_reasons, kind_of_end
from scenarios.calibration.observed import OPEN, CalibrationProblem, observe
from scenarios.demo_city.figures import people

from .cities import AS_OF, city, stay


def test_a_stay_is_watched_only_within_the_window() -> None:
    seen = observe(
        city(
            stay(1, "akutboende", 700),
            stay(2, "akutboende", 100),
            stay(3, "akutboende", 500, 300, "eget hem"),
            stay(4, "akutboende", 800, 365, "eget hem"),
            stay(5, "akutboende", 20, 6, "lämnade själv"),
        ),
        AS_OF,
        52,
    )
    assert seen.entry.tolist() == pytest.approx([336 / 7, 0, 136 / 7, 0])
    assert seen.exit.tolist() == pytest.approx([100, 100 / 7, 200 / 7, 2])
    assert seen.kind.tolist() == [OPEN, OPEN, KINDS.index("own_home"), KINDS.index("left")]
    assert seen.standing == {"akutboende": 2}
    assert seen.standing_then == {"akutboende": 2}
    assert seen.window == (AS_OF - timedelta(weeks=52), AS_OF)


def test_an_end_to_come_is_censored_on_the_day() -> None:
    seen = observe(city(stay(1, "akutboende", 70, -30, "eget hem")), AS_OF, 52)
    assert seen.kind.tolist() == [OPEN]
    assert seen.exit.tolist() == [10]


def test_a_stay_of_a_single_day_counts_half_of_it() -> None:
    seen = observe(city(stay(1, "akutboende", 5, 5, "lämnade själv")), AS_OF, 52)
    assert seen.weeks.tolist() == [0.5 / 7]


def test_a_stay_that_ended_as_the_window_began_is_outside() -> None:
    assert len(observe(city(stay(1, "akutboende", 600, 364, "eget hem")), AS_OF, 52).form) == 0


def test_unknown_and_blank_reasons_are_named_and_counted() -> None:
    seen = observe(
        city(
            stay(1, "akutboende", 50, 10, "hittade kärleken"),
            stay(2, "akutboende", 50, 10, "hittade kärleken"),
            stay(3, "akutboende", 50, 10),
        ),
        AS_OF,
        52,
    )
    assert seen.kind.tolist() == [KINDS.index(UNKNOWN)] * 3
    assert seen.unknown_reasons == {"": 1, "hittade kärleken": 2}


def test_no_stays_are_refused() -> None:
    with pytest.raises(CalibrationProblem) as problem:
        observe(Dataset(), AS_OF, 52)
    assert problem.value.key == "no_stays"


def test_every_stay_to_come_is_named() -> None:
    with pytest.raises(CalibrationProblem) as problem:
        observe(
            city(stay(1, "akutboende", -1), stay(2, "akutboende", 3), stay(3, "stodboende", -9)), AS_OF, 52
        )
    assert problem.value.key == "stay_to_come"
    assert problem.value.records == ("H0001, P-akutboende, 2026-01-16", "H0003, P-stodboende, 2026-01-24")


def test_reasons_are_read_without_regard_to_case_and_spaces() -> None:
    assert kind_of_end("  Åter i  HEMLÖSHET ") == "homeless"
    assert kind_of_end("vidare till annat boende") == MOVED_ON
    assert kind_of_end(None) == kind_of_end("xyz") == UNKNOWN


def test_every_reason_of_the_demo_city_is_known() -> None:
    history = people("history")
    reasons = [*history["left_reasons"], history["moved_on_reason"], history["home_reason"]]
    assert {kind_of_end(reason) for reason in reasons} == {*ENDS, MOVED_ON}
    assert set(end_reasons().values()) == {*ENDS, MOVED_ON}


def test_a_longer_window_never_watches_less() -> None:
    rows = city(*(stay(n, "akutboende", 40 * n + 10, 25 * n, "lämnade själv") for n in range(1, 30)))
    weeks = [float(np.sum(observe(rows, AS_OF, length).weeks)) for length in (4, 26, 52, 104, 520)]
    assert weeks == sorted(weeks)
