"""The stock: pools, the households that live in them by number, and the year's quotas."""

from functools import cache
from typing import NamedTuple

from models.codes import Admits, DrugPolicy
from models.forms import forms
from models.stock import Pool, Quota
from scenarios.demo_city.figures import figures

NOT_OF_THE_POOL = ("vacant", "families", "source")
NOT_OVERSTAFFED_FORMS = frozenset({"stodboende", "planeringsboende", "shis_stod", "famvux", "upphandlad"})


class Occupancy(NamedTuple):
    """How many households live in a pool: those without and those with children."""

    childless: int
    families: int


@cache
def pools() -> tuple[Pool, ...]:
    """All pools, by id; what a form's pools share is filled in."""
    rows = []
    for form, table in figures("stock")["form"].items():
        shared = {key: value for key, value in table.items() if key not in ("pools", "source")}
        for line in table["pools"]:
            own = {key: value for key, value in line.items() if key not in NOT_OF_THE_POOL}
            pool_id = own.pop("id")
            rows.append(Pool.model_validate({"form": form, "pool_id": pool_id, **shared, **own}))
    return tuple(sorted(rows, key=lambda pool: pool.pool_id))


@cache
def occupancy() -> dict[str, Occupancy]:
    """Households living in each pool on the as-of date, by pool id."""
    found = {}
    for table in figures("stock")["form"].values():
        for line in table["pools"]:
            families = line.get("families", 0)
            found[line["id"]] = Occupancy(line["capacity"] - line.get("vacant", 0) - families, families)
    return found


def quotas() -> tuple[Quota, ...]:
    """Entries the city has set for the year, by form or list of forms."""
    table = figures("stock")["quotas"]
    rows = [Quota.model_validate({"year": table["year"], **row}) for row in table["rows"]]
    return tuple(sorted(rows, key=lambda quota: (quota.year, quota.form, quota.responsible_unit or "")))


def environment(pool: Pool) -> str:
    """What kind of surroundings a house is, by its drug policy.

    `tolerant_shelter`, `drug_free_shelter`, `tolerant_house`, `drug_free_house` or `open_house`.
    """
    if pool.form == "akutboende":
        return "drug_free_shelter" if pool.drug_policy == DrugPolicy.DRUG_FREE else "tolerant_shelter"
    return "open_house" if pool.drug_policy == DrugPolicy.NOT_REGULATED else f"{pool.drug_policy}_house"


def shared_with_men(pool: Pool) -> bool:
    """Whether women live there among men: neither an own flat nor a house for women."""
    return pool.admits != Admits.WOMEN and not forms()[pool.form].own_flat
