"""Holes in the stock of women's places: a drug profile that waits at a level where no pool takes it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import eligibility
from optimiser.gap.womens_gap import Gap, Profile, Section
from optimiser.gap.womens_places import need_group, profiles, residents_of, sure_of_need
from optimiser.instance import code_of
from optimiser.kleene import YES
from optimiser.priority import prioritise

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class NearestPool:
    """A women's pool beside a hole, and how many women of the profile tell that it is near.

    Below the hole: those who could have it or live there. At its level: those whom one rule alone keeps
    out, `rule` being the one that does so most often; blank where no one rule does.
    """

    pool: int
    women: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Hole:
    """A profile of which some wait, surely, and none could have any women's place of a section.

    below are the women's pools of the nearest lower level that do take the profile; closed are the pools
    of the section, none of which does, the nearest first.
    """

    section: str
    profile: str
    waiting: int
    below: tuple[NearestPool, ...]
    closed: tuple[NearestPool, ...]


def holes(found: Gap) -> tuple[Hole, ...]:
    """The holes of a city, by section and profile; found from eligibility alone, never from names."""
    a = found.assessment
    sure = need_group(a, prioritise(a)) & sure_of_need(a)
    holes = []
    for section in found.sections:
        for profile in section.profiles:
            if profile.waiting and not profile.pools.size and section.need.pools.any():
                of_profile = profiles(a)[profile.profile]
                holes.append(_hole(a, section, profile, of_profile, sure & of_profile))
    return tuple(holes)


def _hole(a: Assessment, section: Section, profile: Profile, of_profile: Flags, sure: Flags) -> Hole:
    waiting = np.flatnonzero(section.need.certain & of_profile)
    return Hole(
        section=section.need.name,
        profile=profile.profile,
        waiting=profile.waiting,
        below=_below(a, section, np.flatnonzero(sure), of_profile),
        closed=_closed(a, waiting, np.flatnonzero(section.need.pools)),
    )


def _below(a: Assessment, section: Section, rows: Index, of_profile: Flags) -> tuple[NearestPool, ...]:
    level, pools = a.instance.pools["level"], section.need.pools
    womens = a.instance.pools["admits"] == code_of("admits", "women")
    lower = womens & (level < level[pools].min())
    could = (eligibility(a, rows) == YES).sum(axis=0)
    current = a.instance.households["current_pool"]
    lives = np.bincount(current[residents_of(a, lower) & of_profile], minlength=a.instance.m)
    takes = lower & (could + lives > 0)
    nearest = takes & (level == level[takes].max(initial=-1))
    return _ranked(a, [NearestPool(p, int(could[p] + lives[p])) for p in np.flatnonzero(nearest).tolist()])


def _closed(a: Assessment, rows: Index, pools: Index) -> tuple[NearestPool, ...]:
    names = [rule.rule_id for rule in a.policy.rules]
    in_the_way = np.stack([eligibility(a, rows, [rule])[:, pools] != YES for rule in a.policy.rules])
    alone = (in_the_way & (in_the_way.sum(axis=0) == 1)).sum(axis=1)
    found = []
    for i, p in enumerate(pools.tolist()):
        most = max(range(len(names)), key=lambda r: (int(alone[r, i]), names[r]))
        women = int(alone[:, i].sum())
        found.append(NearestPool(p, women, names[most] if women else ""))
    return _ranked(a, found)


def _ranked(a: Assessment, pools: list[NearestPool]) -> tuple[NearestPool, ...]:
    level = a.instance.pools["level"]
    return tuple(sorted(pools, key=lambda near: (int(level[near.pool]), -near.women, near.pool)))
