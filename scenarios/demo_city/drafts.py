"""Households in the making, their case references and their members."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from models.codes import Fact, Sex, Situation, SubstanceUse, Support
from models.forms import forms
from models.households import Household, Member
from models.stock import Pool
from scenarios.demo_city.draws import between
from scenarios.demo_city.figures import DEMO_AS_OF
from scenarios.demo_city.stock import environment

SINGLE, FAMILY, COUPLE = "A", "B", "C"


class References:
    """Case references such as `A-1042`, dealt in a shuffled order so that they say nothing about a case.

    A is a person alone, B a family with children, C a couple.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self.numbers = {
            letter: iter((first + rng.permutation(size)).tolist())
            for letter, first, size in ((SINGLE, 1001, 4000), (FAMILY, 2001, 999), (COUPLE, 3001, 400))
        }

    def deal(self, letter: str) -> str:
        """The next unused reference of a kind."""
        return f"{letter}-{next(self.numbers[letter])}"


@dataclass(slots=True)
class Child:
    """A child in the making; `age` in completed years."""

    age: int
    sex: Sex
    school_id: str | None = None
    special_stability_need: Fact = Fact.NO


@dataclass(slots=True)
class Draft:
    """A household in the making: its row, the adults' sexes and ages, its children and its pool.

    `relapsed` lives in a drug-free house and uses again, `outgrown` needs more support than the house has,
    `ready` could manage a step up.
    """

    household: Household
    sexes: tuple[Sex, ...]
    pool: Pool | None = None
    counted: bool = False
    long_term: bool = False
    without_support: bool = False
    relapsed: bool = False
    outgrown: bool = False
    ready: bool = False
    ages: list[int] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The surroundings it lives in: those of its house, else its situation."""
        if self.pool is None or forms()[self.pool.form].own_flat:
            return self.household.situation.value
        return environment(self.pool)

    @property
    def all_women(self) -> bool:
        """Whether every adult is a woman."""
        return all(sex == Sex.WOMAN for sex in self.sexes)

    @property
    def uses(self) -> bool:
        """Past or active harmful use."""
        return self.household.substance_use in (SubstanceUse.PAST, SubstanceUse.ACTIVE)

    def members(self, rng: np.random.Generator) -> list[Member]:
        """Its members, adults first, with birth dates that give their ages on the as-of date."""
        reference = self.household.household_id
        adults = [
            Member(
                household_id=reference, member_id=f"{reference}-{n}", birth_date=birth_date(rng, age), sex=sex
            )
            for n, (age, sex) in enumerate(zip(self.ages, self.sexes, strict=True), start=1)
        ]
        children = [
            Member(
                household_id=reference,
                member_id=f"{reference}-{n}",
                birth_date=birth_date(rng, child.age),
                sex=child.sex,
                school_id=child.school_id,
                special_stability_need=child.special_stability_need,
            )
            for n, child in enumerate(self.children, start=len(adults) + 1)
        ]
        return adults + children


def new_draft(
    reference: str, situation: Situation, sexes: tuple[Sex, ...], pool: Pool | None = None
) -> Draft:
    """A draft with nothing but its situation, adults and pool; the facts come later."""
    household = Household(
        household_id=reference,
        situation=situation,
        support_need=Support.NONE,
        current_pool_id=pool.pool_id if pool else None,
    )
    return Draft(household=household, sexes=sexes, pool=pool)


def birth_date(rng: np.random.Generator, age: int) -> date:
    """A date of birth that makes somebody `age` completed years old on the as-of date."""
    latest = DEMO_AS_OF.replace(year=DEMO_AS_OF.year - age)
    return latest - timedelta(days=between(rng, 0, 364))
