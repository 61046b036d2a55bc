"""Facts of a case, changed one or several at a time: each with the day it is of and how it was learnt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.usecases.records.refusals import refuse
from api.usecases.records.rows import Given, Surroundings, changed_columns, faults_between, written_row
from api.usecases.work import Work
from models.changes import FactChange, LearntFrom
from models.exchange.faults import Fault
from models.households import Household
from models.store.changes import keep_changes, new_id, written
from models.store.homes import change_household
from models.store.revision import touch

ELSEWHERE = (
    *("current_pool_id", "moved_in_on", "responsible_unit", "unavailable_until"),
    *("sharing_basis", "sharing_basis_on"),
)
"""Facts that are changed by what they stand for: an offer, another unit taking over, parking, sharing."""

SENSITIVE = frozenset(
    {
        *("support_need", "substance_use", "mental_health", "social_problems", "mobility"),
        *("violence_exposed", "acute_danger", "protected_identity", "pregnant", "right_of_residence"),
        "special_stability_need",
    }
)
"""Facts about health, violence and status: a change says which day they are of."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Facts as they are written, with how they were learnt, and the day they are of if that is said."""

    facts: Given
    learnt_from: LearntFrom
    dated: date | None = None

    def day(self, as_of: date) -> date:
        """The day that the facts are of."""
        return self.dated or as_of

    def faults(self, as_of: date) -> list[Fault]:
        """What is wrong with the day: it has to be given for sensitive facts, and cannot be still to come."""
        if self.dated is None and SENSITIVE & self.facts.keys():
            return [Fault("", 0, "dated", "required", "", {"column": "dated"})]
        if self.dated is not None and self.dated > as_of:
            details = {"column": "dated", "as_of": as_of.isoformat()}
            return [Fault("", 0, "dated", "after the as-of date or in the future", "", details)]
        return []


def change_facts(work: Work, around: Surroundings, edit: Edit) -> Household:
    """Change facts of a household; what stays the same keeps its day and source.

    Raises
    ------
    RecordRefused
        With every fault of what was written.
    """
    as_of, household = around.as_of, around.household
    key = {"household_id": household.household_id}
    row, faults = written_row("households", key, edit.facts, new=False, closed=ELSEWHERE)
    faults += faults_between({"households": [row]}, around.dataset, as_of)
    refuse([*edit.faults(as_of), *faults])
    changes = changed_columns(row, household)
    if changes:
        household = set_facts(work, household, edit.learnt_from, edit.day(as_of), changes)
    return household


def set_facts(
    work: Work, household: Household, learnt_from: LearntFrom, dated: date, changes: Mapping[str, Any]
) -> Household:
    """Change facts that have been looked at already, with their history."""
    history = told(work, household.household_id, None, learnt_from, dated, household, changes)
    keep_changes(work.connection, history)
    after = change_household(work.connection, household, dated, str(learnt_from), **changes)
    touch(work.connection)
    work.record(
        "case.change",
        "household",
        household.household_id,
        facts=sorted(changes),
        learnt_from=str(learnt_from),
    )
    return after


def told(
    work: Work,
    household_id: str,
    member_id: str | None,
    learnt_from: LearntFrom,
    dated: date,
    before: Any,
    changes: Mapping[str, Any],
) -> list[FactChange]:
    """The history of some changes; before is the row as it stood, None for a new one."""
    return [
        FactChange(
            change_id=new_id(),
            household_id=household_id,
            member_id=member_id,
            fact=name,
            before=None if before is None else written(getattr(before, name)),
            after=written(value),
            dated=dated,
            learnt_from=learnt_from,
            at=work.now,
            actor=work.actor.user_id,
        )
        for name, value in changes.items()
    ]
