"""The cheapest remedy for the gap: what the capacity plan would build, from what could be built."""

from datetime import date

from api.usecases.city_view import CityView
from api.usecases.counts.book import Book, Row
from optimiser.gap.womens_gap import Gap
from scenarios.capacity.buildables import check_in_city, load_buildables
from scenarios.capacity.plan import CapacityPlan, capacity_plan
from scenarios.capacity.target import Target
from scenarios.whatif.faults import ScenarioProblem

MEASURE = "women_gap_structural"


def count_remedy(book: Book, view: CityView, found: Gap) -> None:
    """Add, by section, the places of the cheapest expansion that closes the gap or comes nearest to it."""
    for section in found.sections:
        name = section.need.name
        table = book.table(f"gap_remedy_{name}", ("places", "cost_per_year"))
        plan = _plan(view, book.day, name) if section.structural.gap else None
        if plan is None or not plan.built:
            continue
        _count(book, f"remedy.{name}", plan)
        whole = f"gap.{name}.structural_gap"
        left = book.figures.count(f"remedy.{name}.left", plan.after.short)
        book.figures.within(whole, left)
        table.texts["status"] = plan.status
        keys = []
        for number, (buildable, _) in enumerate(plan.built, start=1):
            key = f"remedy.{name}.{number}"
            keys.append(key)
            cost = plan.places[plan.buildables.index(buildable)] * buildable.cost_sek_per_year
            table.add(Row(buildable.pool.pool_id, "name", buildable.pool.name), key, ("where", key, cost))
        every = f"remedy.{name}.all"
        table.add("total", every, ("where", every, plan.found.cost))
        table.add("left", left, "")


def _count(book: Book, name: str, plan: CapacityPlan) -> None:
    figures = book.figures
    keys = [figures.count(f"{name}.{n}", places) for n, (_, places) in enumerate(plan.built, start=1)]
    figures.count(f"{name}.all", sum(figures.values[key] for key in keys), headline=True)
    figures.add_up(f"{name}.all", *keys)


def _plan(view: CityView, day: date, section: str) -> CapacityPlan | None:
    """The plan, None where what could be built does not fit the city."""
    buildables = load_buildables()
    try:
        check_in_city(buildables, view.dataset, "buildables.toml")
    except ScenarioProblem:
        return None
    return capacity_plan(view.dataset, day, view.assessment.policy, Target(MEASURE, section, 0), buildables)
