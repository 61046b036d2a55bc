"""Checks scenarios before anyone computes with them: their form, and with a city what they name."""

from collections.abc import Iterator, Sequence
from datetime import date

from models.dataset import Dataset
from optimiser.policy.load import PolicyData, load_policy_data
from scenarios.whatif.check_city import CityNames, ids_in
from scenarios.whatif.faults import Place, ScenarioFault, ScenarioProblem, in_order, nearest
from scenarios.whatif.policy_changes import rule_faults
from scenarios.whatif.pool_rows import missing_columns, pool_columns, read_row, row_faults
from scenarios.whatif.scenario import KINDS, Change, Scenario
from scenarios.whatif.settings import ASKS, CONVERTIBLE
from scenarios.whatif.values import is_whole, number_of_weeks
from scenarios.whatif.weeks import weeks_of


def check_scenario(
    scenario: Scenario,
    city: Dataset | None = None,
    as_of: date | None = None,
    weeks: int | None = None,
    policy: PolicyData | None = None,
) -> tuple[ScenarioFault, ...]:
    """Every fault of a scenario by itself; see `check_stack`."""
    return check_stack((scenario,), city, as_of, weeks, policy)


def check_stack(
    scenarios: Sequence[Scenario],
    city: Dataset | None = None,
    as_of: date | None = None,
    weeks: int | None = None,
    policy: PolicyData | None = None,
) -> tuple[ScenarioFault, ...]:
    """Every fault and warning of scenarios stacked in this order, entry by entry.

    Parameters
    ----------
    city
        The city whose pools, quotas, districts and units they must fit; None checks the form alone. A pool
        that one scenario opens is known to those after it.
    as_of
        The day the city is of, from which calendar years are told.
    weeks
        Length of the horizon; None says nothing of changes that come after it.
    policy
        The policy whose rules are changed, by default the one that comes with the product.
    """
    data = policy or load_policy_data()
    names = None if city is None else CityNames(city)
    faults: list[ScenarioFault] = []
    for scenario in scenarios:
        file = scenario.file or scenario.name
        if not scenario.changes and scenario.file:
            faults.append(Place(file).fault("change", "no changes"))
        for number, change in enumerate(scenario.changes, start=1):
            place = Place(file, number)
            wrong = [*_form(place, change, data)]
            faults += wrong
            if not wrong and weeks is not None:
                faults += _horizon(place, change, as_of, weeks)
            if names is not None:
                faults += ids_in(place, change, names) if not wrong else ()
                names.hear_of(change)
    return in_order(faults)


def every_fault(
    problem: ScenarioProblem, city: Dataset, as_of: date, weeks: int | None = None
) -> tuple[ScenarioFault, ...]:
    """The faults of scenarios that could not be used, and those against the city of what could be read."""
    found = [fault for stack in problem.read for fault in check_stack(stack, city, as_of, weeks)]
    return in_order(dict.fromkeys((*problem.faults, *found)))


def _form(place: Place, change: Change, policy: PolicyData) -> Iterator[ScenarioFault]:
    if not change.kind:
        yield place.fault("kind", "missing key")
        return
    if change.kind not in KINDS:
        yield place.unknown("kind", change.kind, KINDS)
        return
    yield from _weeks(place, change)
    yield from _keys(place, change)
    if change.kind == "open_pool":
        yield from missing_columns(place, change.settings)
        values, faults = read_row(place, change.settings, pool_columns())
        yield from faults
        yield from row_faults(place, values, values)
    elif change.kind == "convert":
        values, faults = read_row(place, change.settings, CONVERTIBLE)
        yield from faults
        yield from row_faults(place, values, values)
    elif change.kind == "rule":
        yield from rule_faults(place, change, policy)


def _weeks(place: Place, change: Change) -> Iterator[ScenarioFault]:
    wrong = list(number_of_weeks(place, "from_week", change.from_week))
    if change.until_week is not None:
        wrong += number_of_weeks(place, "until_week", change.until_week)
    yield from wrong
    if change.until_week is None or wrong:
        return
    if change.until_week <= change.from_week:
        first = str(change.from_week)
        yield place.fault("until_week", "until before from", change.until_week, from_week=first)
        return
    lead = change.settings.get("lead_weeks", 0)
    if change.kind == "open_pool" and is_whole(lead) and change.until_week <= change.from_week + lead:
        opens = str(change.from_week + lead)
        yield place.fault("until_week", "closes before lead", change.until_week, opens=opens)


def _keys(place: Place, change: Change) -> Iterator[ScenarioFault]:
    asks, given = ASKS[change.kind], change.settings
    columns = {"open_pool": tuple(pool_columns()), "convert": CONVERTIBLE}.get(change.kind, ())
    known = (*asks.keys, *columns)
    for key, value in given.items():
        if key in asks.keys:
            yield from asks.keys[key](place, key, value)
        elif key not in columns:
            yield place.fault(key, "unknown key", **nearest(key, (*known, "from_week", "until_week")))
    for key in asks.required:
        if key not in given:
            yield place.fault(key, "missing key")
    for group in asks.one_of:
        found = [key for key in group if key in given]
        if len(found) != 1:
            words = {"keys": ", ".join(group), "given": ", ".join(found) or "–"}
            yield place.fault(" | ".join(group), "not exactly one", **words)
    if asks.some_of and not any(key in given for key in asks.some_of):
        yield place.fault("", "nothing to change", keys=", ".join(asks.some_of))


def _horizon(place: Place, change: Change, as_of: date | None, weeks: int) -> Iterator[ScenarioFault]:
    if change.from_week >= weeks:
        yield place.fault("from_week", "after the horizon", change.from_week, weeks=str(weeks))
    elif change.kind == "open_pool" and change.from_week + change.settings.get("lead_weeks", 0) >= weeks:
        opens = change.from_week + change.settings["lead_weeks"]
        yield place.fault("lead_weeks", "opens after the horizon", opens, weeks=str(weeks))
    elif "year" in change.settings and as_of is not None and not weeks_of(change, as_of, weeks):
        yield place.fault("year", "outside the year", change.settings["year"])
