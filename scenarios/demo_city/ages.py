"""Ages: bands dealt in exact shares to the counted, drawn by shares for everyone else."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from models.stock import Pool
from scenarios.demo_city.drafts import Draft
from scenarios.demo_city.draws import between, draw, pick_exactly
from scenarios.demo_city.figures import people

BANDS = {"18-24": (18, 24), "25-34": (25, 34), "35-49": (35, 49), "50-64": (50, 64), "65+": (65, 84)}


class AgeRange(NamedTuple):
    """Youngest and oldest completed years, both included; empty when youngest > oldest."""

    youngest: int
    oldest: int


def within(band: str, pool: Pool | None) -> AgeRange:
    """The part of a band that a pool takes."""
    youngest, oldest = BANDS[band]
    if pool is None:
        return AgeRange(youngest, oldest)
    return AgeRange(max(youngest, pool.min_age or 0), min(oldest, pool.max_age or oldest))


def deal_ages(rng: np.random.Generator, drafts: Sequence[Draft]) -> None:
    """Gives every counted adult an age, the bands in exact shares and within what their pools take."""
    shares = people("orientation")["ages"]
    bands = list(shares)
    adults = [draft for draft in drafts for _ in draft.sexes]
    open_to = np.array([[_takes(draft, band) for band in bands] for draft in adults])
    band_of = np.full(len(adults), -1)
    for index, band in enumerate(bands):
        last = index == len(bands) - 1
        only_here = ~open_to[:, index + 1 :].any(axis=1)
        tilt = people("weights")["ages"].get(band, {})
        weight = np.array([tilt.get(draft.place, 1.0) for draft in adults]) * open_to[:, index]
        weight[only_here] = np.inf
        weight[band_of >= 0] = 0.0
        number = int((band_of < 0).sum()) if last else round(shares[band] * len(adults))
        band_of[pick_exactly(rng, weight, number)] = index
    for draft, index in zip(adults, band_of, strict=True):
        draft.ages.append(between(rng, *within(bands[index], draft.pool)))
    _pair_by_age([draft for draft in drafts if len(draft.sexes) > 1])


def draw_ages(rng: np.random.Generator, draft: Draft, shares: Mapping[str, float]) -> None:
    """Gives one household's adults ages by shares of bands, of those bands that its pool takes."""
    takes = {band: share for band, share in shares.items() if _takes(draft, band)}
    band = draw(rng, takes)
    # Partners are near in age, so they share a band.
    draft.ages = [between(rng, *within(band, draft.pool)) for _ in draft.sexes]


def _pair_by_age(couples: Sequence[Draft]) -> None:
    """Deals the couples' ages anew among them, neighbours in age to each other."""
    ages = iter(sorted(age for draft in couples for age in draft.ages))
    for draft in couples:
        draft.ages = [next(ages) for _ in draft.sexes]


def _takes(draft: Draft, band: str) -> bool:
    span = within(band, draft.pool)
    return span.youngest <= span.oldest
