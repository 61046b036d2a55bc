"""A city of four households and three pools, every pair open, and the loads of chosen pairs."""

import numpy as np

from models.dataset import Dataset
from optimiser.instance import Instance
from optimiser.instance_build import build_instance
from optimiser.limits.scope import Scope, scope_of
from optimiser.problem import SideLimit

from ...twin.cities import AS_OF
from ..rows import adult, city, household, pool

DATA: Dataset = city(
    household("H1", responsible_unit="Farsta", substance_use="active"),
    household("H2", responsible_unit="Farsta"),
    household("H3", responsible_unit="Bromma", substance_use="active", current_pool_id="P3"),
    household("H4", responsible_unit="Bromma", substance_use="active", current_pool_id="P3"),
    adult("H1"),
    adult("H2", sex="man"),
    adult("H3"),
    adult("H3", "H3-2", sex="man"),
    adult("H4", sex="unknown"),
    pool("P1", capacity=2, monthly_cost_sek=1000, facility_id="HUS"),
    pool("P2", capacity=3, monthly_cost_sek=250),
    pool("P3", capacity=2, facility_id="HUS"),
)


def made_instance() -> Instance:
    return build_instance(DATA, AS_OF)


def scope(spent: tuple[tuple[str, str], ...] = ()) -> Scope:
    """Every household and pool but the one it lives in."""
    instance = made_instance()
    current = instance.households["current_pool"].astype(np.int64)
    grid = np.indices((instance.n, instance.m)).reshape(2, -1)
    h, p = grid[:, current[grid[0]] != grid[1]]
    return scope_of(instance, h, p, current, _indices(instance, spent))


def _indices(instance: Instance, pairs: tuple[tuple[str, str], ...]) -> tuple[np.ndarray, np.ndarray]:
    h = np.array([instance.household_ids.index(one) for one, _ in pairs], dtype=np.int64)
    return h, np.array([instance.pool_ids.index(one) for _, one in pairs], dtype=np.int64)


def keeps(where: Scope, side: SideLimit, *pairs: tuple[str, str]) -> bool:
    """Whether a choice of pairs keeps a row."""
    instance = where.instance
    wanted = set(zip(*(column.tolist() for column in _indices(instance, pairs)), strict=True))
    open_pairs = list(zip(where.h.tolist(), where.p.tolist(), strict=True))
    assert wanted <= set(open_pairs)
    chosen = np.array([pair in wanted for pair in open_pairs])
    return side.load(chosen) <= side.most
