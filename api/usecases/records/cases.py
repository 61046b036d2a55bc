"""A case from its first day to its last: opened by a unit, shared or not, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.usecases.city_view import CityView
from api.usecases.desk.duplicates import LikelyPair, likely_twins
from api.usecases.desk.seen import record_list
from api.usecases.records.facts import ELSEWHERE, Edit, set_facts, told
from api.usecases.records.refusals import RecordRefused, refuse
from api.usecases.records.rows import Given, faults_between, surroundings, written_row
from api.usecases.work import Work
from models.changes import LearntFrom
from models.codes import Fact, SharingBasis, Situation
from models.days import LAST
from models.households import Household, Member
from models.store.changes import keep_changes
from models.store.facts import record_facts
from models.store.homes import household_by_id
from models.store.members import add_household, add_member
from models.store.offers import open_offers
from models.store.revision import touch


@dataclass(frozen=True, slots=True)
class NewCase:
    """A household that a unit begins to help: its reference, facts, and members by id."""

    household_id: str
    edit: Edit
    members: Sequence[tuple[str, Given]]


def open_case(work: Work, view: CityView, case: NewCase) -> Household:
    """Begin a case; it belongs to the unit of whoever begins it, and is shared with nobody yet.

    Raises
    ------
    RecordRefused
        With every fault of what was written; when the person has no unit, or the reference is taken.
    """
    household, members = checked_case(work, view, case)
    as_of = view.assessment.instance.as_of
    day, learnt_from = case.edit.day(as_of), case.edit.learnt_from
    add_household(work.connection, household)
    record_facts(work.connection, {}, [household], day, str(learnt_from))
    name = household.household_id
    told_of = {fact: getattr(household, fact) for fact in case.edit.facts}
    keep_changes(work.connection, told(work, name, None, learnt_from, day, None, _given(told_of)))
    for member in members:
        add_member(work.connection, member)
        history = told(work, name, member.member_id, learnt_from, day, None, _given(vars(member)))
        keep_changes(work.connection, history)
    touch(work.connection)
    work.record("case.open", "household", name, members=len(members))
    return household


def checked_case(work: Work, view: CityView, case: NewCase) -> tuple[Household, list[Member]]:
    """A new case as it would stand, of the unit of whoever begins it; nothing is written.

    Raises
    ------
    RecordRefused
        With every fault of what was written; when the person has no unit, or the reference is taken.
    """
    if work.actor.unit is None:
        raise RecordRefused("unit_needed", 422)
    around = surroundings(view)
    key = {"household_id": case.household_id}
    row, faults = written_row("households", key, case.edit.facts, new=True, closed=ELSEWHERE)
    rows = []
    for number, (member_id, given) in enumerate(case.members, 1):
        names = {**key, "member_id": member_id}
        written, wrong = written_row("members", names, given, new=True, number=number)
        rows.append(written)
        faults += wrong
    faults += faults_between({"households": [row], "members": rows}, around.dataset, around.as_of)
    refuse([*case.edit.faults(around.as_of), *faults])
    with work.city_wide():
        taken = household_by_id(work.connection, row.values["household_id"]) is not None
    if taken:
        raise RecordRefused("reference_taken")
    household = Household(**row.values, responsible_unit=work.actor.unit)
    return household, [Member(**written.values) for written in rows]


def look_for_twins(work: Work, view: CityView, case: NewCase) -> list[LikelyPair]:
    """Households that may be the same people as a new case, likeliest first; nothing is written.

    Raises
    ------
    RecordRefused
        As when the case is opened.
    """
    household, members = checked_case(work, view, case)
    found = likely_twins(view, work.actor, household, members)
    record_list(work, "duplicates", [who for pair in found for who in (pair.a, pair.b)])
    return found


def share(work: Work, household: Household, basis: SharingBasis | None, on: date | None) -> Household:
    """Set on what ground a case may be seen outside its unit, or take that back; the unit decides.

    Raises
    ------
    RecordRefused
        When the person is of another unit.
    """
    if work.actor.unit is None or work.actor.unit != household.responsible_unit:
        raise RecordRefused("not_your_unit", 403)
    changes = {"sharing_basis": basis, "sharing_basis_on": on}
    if all(getattr(household, name) == value for name, value in changes.items()):
        return household
    dated = on or work.now.date()
    return set_facts(work, household, LearntFrom.STAFF, dated, changes)


def close_case(work: Work, household: Household, situation: Situation, on: date) -> Household:
    """Close a case: nobody plans for it any more, it is shared with nobody, and its time of erasure runs.

    Raises
    ------
    RecordRefused
        When the household lives in a place of the city's, or has an offer that is not answered.
    """
    if household.current_pool_id is not None:
        raise RecordRefused("lives_in_a_place")
    if open_offers(work.connection, household_id=household.household_id):
        raise RecordRefused("offer_under_way")
    wanted = {
        "active_case": Fact.NO,
        "situation": situation,
        "situation_ends_on": None,
        "sharing_basis": None,
        "sharing_basis_on": None,
        "unavailable_until": None if situation == Situation.HOUSED else LAST,
    }
    changes = {name: value for name, value in wanted.items() if getattr(household, name) != value}
    after = set_facts(work, household, LearntFrom.STAFF, on, changes) if changes else household
    work.record("case.close", "household", household.household_id, situation=str(situation))
    return after


def _given(values: dict[str, object]) -> dict[str, object]:
    keys = ("household_id", "member_id")
    return {name: value for name, value in values.items() if name not in keys}
