"""What publishing a plan changed, and how a plan differs from another, for one person's households."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Engine

from api.access.actor import Actor
from api.usecases.city_view import CityView
from api.usecases.comparing import Compared, compare_runs
from api.usecases.desk.seen import sees
from api.usecases.plans.reading import StoredPlan
from api.usecases.work import Work
from models.offers import Offer, OfferState
from models.store.plans import offers_changed_at

What = Literal["new", "kept", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Announced:
    """An offer that publishing made, took over from the plan before, or withdrew."""

    household_id: str
    offer_id: str
    what: What
    pool_id: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """What publishing changed: the person's own households by name, all of them in numbers."""

    counts: dict[What, int]
    mine: tuple[Announced, ...]


def announcement(work: Work, stored: StoredPlan, view: CityView, actor: Actor) -> Announcement | None:
    """What publishing a plan changed; None for one that is still a draft."""
    at = stored.plan.published_at
    if at is None:
        return None
    with work.city_wide():
        found = offers_changed_at(work.connection, stored.plan.run_id, at)
    told = [
        Announced(offer.household_id, offer.offer_id, _what(offer, stored), offer.pool_id) for offer in found
    ]
    counts: dict[What, int] = {"new": 0, "kept": 0, "withdrawn": 0}
    for one in told:
        counts[one.what] += 1
    return Announcement(counts, tuple(one for one in told if sees(view, actor, one.household_id)))


def _what(offer: Offer, stored: StoredPlan) -> What:
    if offer.run_id != stored.plan.run_id and offer.state == OfferState.WITHDRAWN:
        return "withdrawn"
    return "new" if offer.created_at == stored.plan.published_at else "kept"


def difference(engine: Engine, before: int, after: int, view: CityView, actor: Actor) -> dict[str, Any]:
    """How one plan differs from another, with reasons; others' households are counted and not named.

    Raises
    ------
    UserError
        When there is no such run, or its frozen inputs have been erased.
    """
    compared = compare_runs(engine, before, after)
    told = compared.as_data()
    mine = [one for one in told["changed"] if sees(view, actor, one["household"])]
    for one in mine:
        one["reasons"] = [_told(reason, view, actor) for reason in one["reasons"]]
    return {
        **told,
        "settings": [row for row in told["settings"] if row["name"] != "limits"],
        "changed": mine,
        "changed_of_others": _others(compared, len(mine)),
    }


def _others(compared: Compared, mine: int) -> int:
    return len(compared.changed) - mine


def _told(reason: dict[str, Any], view: CityView, actor: Actor) -> dict[str, Any]:
    """A reason without anybody whom the person may not see."""
    if reason["kind"] == "others":
        seen = bool(reason["id"]) and sees(view, actor, reason["id"])
        return {**reason, "id": reason["id"] if seen else "", "another": bool(reason["id"]) and not seen}
    if reason["kind"] == "limit":
        # One wording for every limit: that it was a conflict would tell where somebody lives.
        return {**reason, "id": "limit", "before": "", "after": "", "another": False}
    return {**reason, "another": False}
