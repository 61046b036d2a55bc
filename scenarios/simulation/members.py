"""Members of the households that are still here: their ages week by week, births, and children's schools."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.codes import Fact, Sex
from models.households import Member
from optimiser.instance import NONE, Children, Instance, one_of
from optimiser.instance_build import ADULT_AGE
from scenarios.simulation.population import Population, Rows, State

Array = NDArray[Any]
COLUMNS = ("household", "year", "month", "day", "sex", "school", "stability", "age", "birthday")
"""household: row of the population, ascending; year, month, day of birth; sex and stability: positions in
their codes; school: index, NONE for none; age: whole years; birthday: day of the next one."""

SEXES, FACTS = list(Sex), list(Fact)
_COLUMN_OF_SEX = {Sex.WOMAN: "adult_women", Sex.MAN: "adult_men"}
_COLUMN_OF_STABILITY = {Fact.YES: "stability_yes", Fact.UNKNOWN: "stability_unknown"}
PRUNED_EVERY = 13
"""Weeks between two clearings of members of households that are gone."""


class Members:
    """All members of households that wait or live in a pool, one entry a person."""

    def __init__(self, as_of: date, columns: dict[str, Array]) -> None:
        self.as_of = np.datetime64(as_of, "D")
        self._count_years(columns, 0)
        self.columns = columns
        self._at_start = {name: column.copy() for name, column in columns.items()}

    @classmethod
    def of(cls, members: Iterable[Member], instance: Instance, school_ids: Iterable[str]) -> "Members":
        """The members of a city, as they are on the instance's day."""
        row_of = {key: i for i, key in enumerate(instance.household_ids)}
        school_of = {key: i for i, key in enumerate(sorted(school_ids))}
        ordered = sorted(members, key=lambda row: (row.household_id, row.member_id))
        born = [row.birth_date for row in ordered]
        table = {
            "household": [row_of[row.household_id] for row in ordered],
            "year": [day.year for day in born],
            "month": [day.month for day in born],
            "day": [day.day for day in born],
            "sex": [SEXES.index(Sex(row.sex)) for row in ordered],
            "school": [NONE if row.school_id is None else school_of[row.school_id] for row in ordered],
            "stability": [FACTS.index(Fact(row.special_stability_need)) for row in ordered],
        }
        return cls(instance.as_of, {name: np.array(values, dtype=np.int32) for name, values in table.items()})

    def copy(self) -> "Members":
        """The same members, to grow older apart from these."""
        same = copy(self)
        same.columns = {name: column.copy() for name, column in self.columns.items()}
        return same

    def __getitem__(self, name: str) -> Array:
        """One column, all members."""
        return self.columns[name]

    def of_households(self, households: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Members of some households, in their order, and which of the households each belongs to."""
        return _of_households(self["household"], households)

    def come(self, templates: Rows, onto: Rows, day: int) -> dict[str, Array]:
        """Members come with newcomers like some households of the start, born so many days later.

        Returns
        -------
        dict of arrays
            Columns of an instance's households that count members, each (newcomers,).
        """
        at, which = _of_households(self._at_start["household"], templates)
        new = {name: self._at_start[name][at] for name in COLUMNS}
        new["household"] = onto[which].astype(np.int32)
        born = _dates(new["year"], new["month"], new["day"]) + day
        months = born.astype("datetime64[M]")
        new["year"] = (born.astype("datetime64[Y]").astype(np.int32) + 1970).astype(np.int32)
        new["month"] = (months.astype(np.int32) % 12 + 1).astype(np.int32)
        new["day"] = (born - months.astype("datetime64[D]")).astype(np.int32) + 1
        self._count_years(new, day)
        return self._appended(new, which, len(onto))

    def _appended(self, new: dict[str, Array], which: NDArray[np.int64], k: int) -> dict[str, Array]:
        self.columns = {name: np.concatenate([self.columns[name], new[name]]) for name in COLUMNS}
        adult = new["age"] >= ADULT_AGE

        def count(of: Array) -> Array:
            return np.bincount(which[of], minlength=k).astype(np.int32)

        unsure = adult & ~one_of(new["sex"], [SEXES.index(sex) for sex in _COLUMN_OF_SEX])
        counts = {"persons": count(adult | ~adult), "adults": count(adult), "children": count(~adult)}
        counts["adult_unsure"] = count(unsure)
        for sex, name in _COLUMN_OF_SEX.items():
            counts[name] = count(adult & (new["sex"] == SEXES.index(sex)))
        for fact, name in _COLUMN_OF_STABILITY.items():
            counts[name] = count(~adult & (new["stability"] == FACTS.index(fact)))
        oldest = np.zeros(k, dtype=np.int32)
        youngest = np.full(k, np.iinfo(np.int32).max, dtype=np.int32)
        np.maximum.at(oldest, which[adult], new["age"][adult])
        np.minimum.at(youngest, which[adult], new["age"][adult])
        return {**counts, "oldest_adult": oldest, "youngest_adult": youngest}

    def born(self, mothers: Rows, people: Population, day: int) -> None:
        """A child is born to each of some households."""
        if not mothers.size:
            return
        today = self.as_of + day
        month = today.astype("datetime64[M]")
        born: dict[str, Any] = {
            "household": mothers,
            "year": int(today.astype("datetime64[Y]").astype(int)) + 1970,
            "month": int(month.astype(int)) % 12 + 1,
            "day": int((today - month.astype("datetime64[D]")).astype(int)) + 1,
            "sex": SEXES.index(Sex.UNKNOWN),
            "school": NONE,
            "stability": FACTS.index(Fact.NO),
        }
        new = {name: np.broadcast_to(value, mothers.shape).astype(np.int32) for name, value in born.items()}
        self._count_years(new, day)
        after = np.searchsorted(self["household"], mothers, side="right")
        self.columns = {name: np.insert(self.columns[name], after, new[name]) for name in COLUMNS}
        people["persons"][mothers] += 1
        people["children"][mothers] += 1

    def grow_older(self, people: Population, day: int) -> Rows:
        """Birthdays up to a day; the households in which somebody grew older."""
        due = np.flatnonzero(self["birthday"] <= day)
        if not due.size:
            return due
        self["age"][due] += 1
        self["birthday"][due] = self._birthday(self.columns, due, self["age"][due] + 1)
        come_of_age = due[self["age"][due] == ADULT_AGE]
        for i in come_of_age.tolist():
            self._comes_of_age(people, i)
        adults = due[self["age"][due] >= ADULT_AGE]
        households = np.unique(self["household"][adults]).astype(np.int64)
        at, which = self.of_households(households)
        adult = self["age"][at] >= ADULT_AGE
        people["oldest_adult"][households] = 0
        people["youngest_adult"][households] = np.iinfo(np.int32).max
        np.maximum.at(people["oldest_adult"], households[which[adult]], self["age"][at[adult]])
        np.minimum.at(people["youngest_adult"], households[which[adult]], self["age"][at[adult]])
        return np.unique(self["household"][due]).astype(np.int64)

    def _comes_of_age(self, people: Population, i: int) -> None:
        household = self["household"][i]
        people["children"][household] -= 1
        people["adults"][household] += 1
        people[_COLUMN_OF_SEX.get(SEXES[self["sex"][i]], "adult_unsure")][household] += 1
        stability = _COLUMN_OF_STABILITY.get(FACTS[self["stability"][i]])
        if stability:
            people[stability][household] -= 1

    def children(self, place: NDArray[np.int32]) -> Children:
        """Children of the households in view; place (n,) is their index in the view, NONE outside it."""
        child = np.flatnonzero(self["age"] < ADULT_AGE)
        at = place[self["household"][child]]
        seen = at != NONE
        child = child[seen]
        return Children(at[seen], self["age"][child], self["school"][child])

    def forget_the_gone(self, people: Population) -> None:
        """Clear members of households that are housed otherwise or have left: they never come back."""
        here = people["state"][self["household"]] <= State.PLACED
        self.columns = {name: column[here] for name, column in self.columns.items()}

    def _count_years(self, columns: dict[str, Array], day: int) -> None:
        today = self.as_of + day
        year = int(today.astype("datetime64[Y]").astype(int)) + 1970
        everyone = np.arange(len(columns["year"]))
        this_year = self._birthday(columns, everyone, year - columns["year"])
        columns["age"] = (year - columns["year"] - (this_year > day)).astype(np.int32)
        columns["birthday"] = self._birthday(columns, everyone, columns["age"] + 1)

    def _birthday(self, columns: dict[str, Array], of: NDArray[np.int64], age: Array) -> Array:
        """Day on which some members reach an age; who is born on 29 February does on 1 March."""
        reached = _dates(columns["year"][of] + age, columns["month"][of], columns["day"][of])
        return (reached - self.as_of).astype(np.int32)


def _of_households(column: Array, households: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    starts = np.searchsorted(column, households)
    counts = np.searchsorted(column, households, side="right") - starts
    which = np.repeat(np.arange(len(households)), counts)
    within = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    return starts[which] + within, which


def _dates(year: Array, month: Array, day: Array) -> Array:
    """Dates; a day beyond the end of its month falls in the next."""
    months = (year.astype(np.int64) - 1970) * 12 + month - 1
    return np.asarray(months.astype("datetime64[M]").astype("datetime64[D]") + (day - 1))
