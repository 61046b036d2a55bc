"""Offers as a person may see them: others are another household, and nothing tells where anybody lives."""

from dataclasses import dataclass

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.city_view import CityView
from models.offers import Offer


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a chain as it may be told; of another household neither who it is nor where."""

    step: int
    household_id: str | None
    pool_id: str | None
    from_pool_id: str | None
    state: str


def offers_seen(view: CityView, actor: Actor, found: list[Offer]) -> list[Offer]:
    """The offers to households that a person may see."""
    return [offer for offer in found if _seen(view, actor, offer)]


def chain_told(view: CityView, actor: Actor, chain: list[Offer]) -> list[Step]:
    """The steps of a chain; of another's, only that it is there and how far it has come."""
    return [
        Step(
            step=offer.step or 1,
            household_id=offer.household_id if _seen(view, actor, offer) else None,
            pool_id=offer.pool_id if _seen(view, actor, offer) else None,
            from_pool_id=offer.from_pool_id if _seen(view, actor, offer) else None,
            state=str(offer.state),
        )
        for offer in chain
    ]


def _seen(view: CityView, actor: Actor, offer: Offer) -> bool:
    household = view.households.get(offer.household_id)
    return household is not None and may_see(actor, household)
