"""Checks what a scenario names against a city: pools, districts, units and quotas."""

from collections.abc import Iterator, Mapping
from typing import Any

from models.dataset import Dataset
from models.keys import forms_key
from models.stock import Pool
from scenarios.whatif.faults import Place, ScenarioFault, nearest
from scenarios.whatif.pool_rows import pool_columns, pool_of, read_row, row_faults
from scenarios.whatif.scenario import Change
from scenarios.whatif.selection import SELECTING, selected
from scenarios.whatif.settings import CONVERTIBLE
from scenarios.whatif.values import listed


class CityNames:
    """What a city has that a scenario may name; grows with every pool that a scenario opens or converts."""

    def __init__(self, city: Dataset) -> None:
        self.pools: dict[str, Pool] = {pool.pool_id: pool for pool in city.pools}
        self.districts = {pool.district for pool in city.pools} | {t.district for t in city.travel_times}
        self.units = {household.responsible_unit for household in city.households} | {
            quota.responsible_unit for quota in city.quotas
        }
        self.quotas = {(forms_key(quota.form), quota.responsible_unit or "") for quota in city.quotas}
        self.unclear: set[str] = set()
        """Pools that would be there, or be known as they are, if the entries that tell them were sound."""

    def hear_of(self, change: Change) -> None:
        """Remember the pool that a change opens, even where its row cannot be read."""
        told = change.settings.get("pool_id")
        if change.kind == "open_pool" and isinstance(told, str) and told not in self.pools:
            self.unclear.add(told)


def ids_in(place: Place, change: Change, names: CityNames) -> Iterator[ScenarioFault]:
    """Faults of what a change of sound form names in a city."""
    settings = change.settings
    strangers = [pool for pool in listed(settings.get("pool", ())) if pool not in names.pools]
    for pool in strangers:
        # A fault in the entry that opens the pool is told there, not again at each that names it.
        if pool in names.unclear:
            continue
        yield place.fault("pool", "unknown pool", pool, **nearest(pool, names.pools))
    if change.kind == "open_pool":
        yield from _opened(place, settings, names)
    elif change.kind == "convert" and not strangers:
        yield from _converted(place, settings, names)
    elif change.kind == "capacity" and not (strangers or names.unclear or _chosen(settings, names)):
        asked = {key: settings[key] for key in SELECTING if key in settings}
        chosen = ", ".join(f"{key} = {value}" for key, value in asked.items())
        yield place.fault(next(iter(asked)), "no pool chosen", chosen)
    elif change.kind == "quota":
        yield from _quota(place, settings, names)


def _chosen(settings: Mapping[str, Any], names: CityNames) -> list[Pool]:
    return selected(settings, names.pools.values())


def _opened(place: Place, settings: Mapping[str, Any], names: CityNames) -> Iterator[ScenarioFault]:
    pool = pool_of(settings)
    if pool.pool_id in names.pools:
        yield place.fault("pool_id", "pool exists", pool.pool_id)
        return
    if pool.district not in names.districts:
        yield place.fault(
            "district", "unknown district", pool.district, **nearest(pool.district, names.districts)
        )
    names.pools[pool.pool_id] = pool


def _converted(place: Place, settings: Mapping[str, Any], names: CityNames) -> Iterator[ScenarioFault]:
    values, _ = read_row(place, settings, CONVERTIBLE)
    for pool_id in listed(settings["pool"]):
        pool = names.pools[pool_id]
        whole = {name: getattr(pool, name) for name in pool_columns()} | values
        yield from row_faults(place, whole, values)
        names.pools[pool_id] = pool.model_copy(update=values)


def _quota(place: Place, settings: Mapping[str, Any], names: CityNames) -> Iterator[ScenarioFault]:
    unit = settings.get("responsible_unit", "")
    if unit and unit not in names.units:
        known = [name for name in names.units if name]
        yield place.fault("responsible_unit", "unknown unit", unit, **nearest(unit, known))
    asked = (forms_key(listed(settings["form"])), unit)
    if "places" in settings:
        names.quotas.add(asked)
    elif asked not in names.quotas:
        known = [", ".join(filter(None, quota)) for quota in sorted(names.quotas)]
        yield place.fault(
            "form", "no such quota", ", ".join(filter(None, asked)), known="; ".join(known) or "–"
        )
