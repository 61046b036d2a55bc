"""Today's chains: offers under way, each with the others of its chain, as a person may see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.city_view import CityView
from models.offers import Offer
from models.store.offers import offers, open_offers
from models.walls import city_wide


@dataclass(frozen=True, slots=True)
class ChainFilter:
    """Which chains to list: those in which a step that the person may see is such; None leaves all in."""

    unit: str | None = None
    tier: int | None = None
    form: str | None = None
    states: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A step with what the policy says of its household; no offer where the household is another's."""

    step: int
    state: str
    offer: Offer | None
    responsible_unit: str | None = None
    situation: str | None = None
    tier: int | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps of a chain in order; one step for an offer outside a plan."""

    key: tuple[int, int, str]
    in_cycle: bool
    steps: Sequence[ChainStep]

    @property
    def need(self) -> tuple[int, int, int, int, str]:
        """The order of the list: the foremost of those seen first."""
        seen = [(step.tier or 0, -(step.points or 0)) for step in self.steps if step.offer is not None]
        return (*min(seen), *self.key)


def chains_seen(connection: Connection, view: CityView, actor: Actor, wanted: ChainFilter) -> list[Chain]:
    """The chains under way in which the person may see somebody, foremost first."""
    # A chain goes through other units' households too: of them only how far they have come is told.
    with city_wide(connection):
        of_chain = _of_chains(connection)
    told = [
        Chain(key, any(offer.in_cycle for offer in chain), [_step(view, actor, offer) for offer in chain])
        for key, chain in of_chain.items()
    ]
    return sorted((chain for chain in told if _wanted(view, chain, wanted)), key=lambda chain: chain.need)


def _of_chains(connection: Connection) -> dict[tuple[int, int, str], list[Offer]]:
    under_way = {_key(offer) for offer in open_offers(connection)}
    runs = {run for run, _, _ in under_way}
    of_chain: dict[tuple[int, int, str], list[Offer]] = {}
    for run in sorted(runs):
        found = offers(connection, run_id=run) if run else open_offers(connection)
        for offer in found:
            if _key(offer) in under_way and (run or offer.run_id is None):
                of_chain.setdefault(_key(offer), []).append(offer)
    return of_chain


def _key(offer: Offer) -> tuple[int, int, str]:
    if offer.run_id is None or offer.chain is None:
        return 0, 0, offer.offer_id
    return offer.run_id, offer.chain, ""


def _step(view: CityView, actor: Actor, offer: Offer) -> ChainStep:
    household = view.households.get(offer.household_id)
    if household is None or not may_see(actor, household):
        return ChainStep(offer.step or 1, str(offer.state), None)
    row, priority = view.row_of[offer.household_id], view.priority
    return ChainStep(
        step=offer.step or 1,
        state=str(offer.state),
        offer=offer,
        responsible_unit=household.responsible_unit,
        situation=str(household.situation),
        tier=int(priority.tier[row]),
        points=int(priority.points[row]),
    )


def _wanted(view: CityView, chain: Chain, wanted: ChainFilter) -> bool:
    return any(
        step.offer is not None
        and wanted.unit in (None, step.responsible_unit)
        and wanted.tier in (None, step.tier)
        and (wanted.form is None or _form(view, step.offer) == wanted.form)
        and (not wanted.states or step.state in wanted.states)
        for step in chain.steps
    )


def _form(view: CityView, offer: Offer) -> str | None:
    pool = view.pools.get(offer.pool_id)
    return None if pool is None else pool.form
