"""An attacker who has every published table, sums and subtracts, and is told what has not changed."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from api.usecases.counts.figures import SMALL, Shown
from api.usecases.counts.suppression import Published

MOST = 10_000
ASKED = range(1, 6)
"""Values tried: the small ones, and one that is not."""


def left_open(publications: Sequence[Published]) -> dict[tuple[int, str], set[int]]:
    """For each small count of each publication: which of 1 to 5 it can still be, for all the attacker knows.

    Written apart from the product: one model of all publications, a variable for each count and day, and an
    equality wherever a count is the same as the time before.
    """
    model = cp_model.CpModel()
    variables: list[dict[str, cp_model.IntVar]] = []
    for day, one in enumerate(publications):
        here = {key: _variable(model, one, key) for key in one.figures.values}
        for total in one.figures.sums:
            model.add(here[total.whole] == sum(here[part] for part in total.parts))
        if day:
            before = publications[day - 1].figures.values
            for key in here.keys() & before.keys():
                if before[key] == one.figures.values[key]:
                    model.add(here[key] == variables[-1][key])
        variables.append(here)
    wanted = {
        (day, key): variables[day][key]
        for day, one in enumerate(publications)
        for key in one.figures.values
        if one.figures.is_small(key)
    }
    found = {at: {publications[at[0]].figures.values[at[1]]} for at in wanted}
    for at, variable in wanted.items():
        for value in ASKED:
            if value not in found[at]:
                solver = _solved(model, variable, value)
                if solver is not None:
                    # One way to read the tables shows a possible value of every hidden count.
                    for other, seen in wanted.items():
                        found[other].add(solver.value(seen))
    return {at: possible & set(ASKED) for at, possible in found.items()}


def blind(one: Published) -> Published:
    """A publication that tells no more than what anyone knows."""
    known = one.figures.known
    return Published(
        one.figures,
        {key: Shown.EXACT if key in known else Shown.WITHHELD for key in one.figures.values},
    )


def _variable(model: cp_model.CpModel, one: Published, key: str) -> cp_model.IntVar:
    shown, value = one.pattern[key], one.figures.values[key]
    if shown == Shown.EXACT:
        return model.new_int_var(value, value, key)
    if shown == Shown.SMALL:
        return model.new_int_var(SMALL.start, SMALL.stop - 1, key)
    least, most = one.between.get(key, (0, None))
    return model.new_int_var(least, MOST if most is None else most, key)


def _solved(model: cp_model.CpModel, variable: cp_model.IntVar, value: int) -> cp_model.CpSolver | None:
    asked = model.clone()
    asked.add(asked.get_int_var_from_proto_index(variable.index) == value)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(asked)
    return solver if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
