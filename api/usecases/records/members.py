"""Members of a household: added, changed and taken out, each with its history."""

from dataclasses import replace
from typing import Any

from api.usecases.records.facts import Edit, told
from api.usecases.records.refusals import RecordRefused, refuse
from api.usecases.records.rows import Surroundings, changed_columns, faults_between, written_row
from api.usecases.work import Work
from models.changes import LearntFrom
from models.exchange.rows import Row
from models.households import Member
from models.store.changes import keep_changes
from models.store.members import add_member, change_member, remove_member
from models.store.revision import touch


def new_member(work: Work, around: Surroundings, member_id: str, edit: Edit) -> Member:
    """Add a member to a household.

    Raises
    ------
    RecordRefused
        With every fault of what was written, or when there is such a member already.
    """
    as_of, household_id = around.as_of, around.household.household_id
    row, faults = written_row("members", _key(household_id, member_id), edit.facts, new=True)
    faults += faults_between({"members": [row]}, around.dataset, as_of)
    refuse([*edit.faults(as_of), *faults])
    member = Member(**row.values)
    if around.member(member.member_id) is not None:
        raise RecordRefused("member_there")
    add_member(work.connection, member)
    given = {name: value for name, value in row.values.items() if name not in ("household_id", "member_id")}
    _changed(
        work, household_id, member.member_id, edit.learnt_from, edit.day(as_of), None, given, "member.add"
    )
    return member


def change_of_member(work: Work, around: Surroundings, member_id: str, edit: Edit) -> None:
    """Change facts of a member.

    Raises
    ------
    RecordRefused
        With every fault of what was written, or when there is no such member.
    """
    member, as_of = _member(around, member_id), around.as_of
    household_id = around.household.household_id
    row, faults = written_row("members", _key(household_id, member_id), edit.facts, new=False)
    faults += faults_between({"members": [row]}, around.dataset, as_of)
    refuse([*edit.faults(as_of), *faults])
    changes = changed_columns(row, member)
    if changes:
        change_member(work.connection, member, **changes)
        day = edit.day(as_of)
        _changed(work, household_id, member_id, edit.learnt_from, day, member, changes, "member.change")


def leaving_member(work: Work, around: Surroundings, member_id: str, learnt_from: LearntFrom) -> None:
    """Take a member out of a household; who is left must be a household still.

    Raises
    ------
    RecordRefused
        When nobody, or no adult, would be left, or there is no such member.
    """
    member, as_of = _member(around, member_id), around.as_of
    household_id = around.household.household_id
    without = replace(around.dataset, members=tuple(one for one in around.dataset.members if one != member))
    row = Row("households", "", 0, {}, {}, {"household_id": household_id}, key=(household_id,))
    refuse(faults_between({"households": [row]}, without, as_of))
    remove_member(work.connection, member)
    nothing = {name: None for name in Member.model_fields if name not in ("household_id", "member_id")}
    _changed(work, household_id, member_id, learnt_from, as_of, member, nothing, "member.remove")


def _changed(
    work: Work,
    household_id: str,
    member_id: str,
    learnt_from: LearntFrom,
    dated: Any,
    before: Member | None,
    changes: dict[str, Any],
    action: str,
) -> None:
    history = told(work, household_id, member_id, learnt_from, dated, before, changes)
    keep_changes(work.connection, history)
    touch(work.connection)
    work.record(
        "case.change",
        "household",
        household_id,
        what=action,
        facts=sorted(changes),
        learnt_from=str(learnt_from),
    )


def _member(around: Surroundings, member_id: str) -> Member:
    member = around.member(member_id)
    if member is None:
        raise RecordRefused("unknown_member", 404)
    return member


def _key(household_id: str, member_id: str) -> dict[str, str]:
    return {"household_id": household_id, "member_id": member_id}
