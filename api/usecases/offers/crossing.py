"""Where a new plan and the chains that go on would get in each other's way."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from models.offers import Offer, OfferState
from models.runs import Proposal
from models.store.rows import table_of
from models.tables import PlaceRecord

_places = table_of(PlaceRecord)


@dataclass(frozen=True, slots=True)
class Standing:
    """Offers under way: those of chains that go on as they stand, and those that wait for their turn.

    A chain goes on once one of its households has been put an offer or has accepted it: the others are to
    follow it, or to fall with it, whatever a later plan proposes.
    """

    going_on: Sequence[Offer]
    waiting: Sequence[Offer]

    def crossed_by(self, connection: Connection, proposals: Mapping[str, Proposal]) -> Offer | None:
        """An offer that goes on and that a plan, by household, has no room for; None where they agree."""
        for offer in self.going_on:
            proposal = proposals.get(offer.household_id)
            if proposal is not None and proposal.pool_id != offer.pool_id:
                return offer
        return self._followed(proposals) or self._crowded(connection, proposals)

    def _followed(self, proposals: Mapping[str, Proposal]) -> Offer | None:
        """An offer on which a new step would hang: it would neither wait for it nor fall with it."""
        first: dict[int, tuple[int, Offer]] = {}
        for offer in self.going_on:
            proposal = proposals.get(offer.household_id)
            if proposal is None or proposal.chain is None or proposal.step is None:
                continue
            at = first.get(proposal.chain)
            if at is None or proposal.step < at[0]:
                first[proposal.chain] = proposal.step, offer
        ours = {offer.household_id for offer in self.going_on}
        of_chain: dict[int, list[Proposal]] = defaultdict(list)
        for proposal in proposals.values():
            if proposal.chain in first:
                of_chain[proposal.chain].append(proposal)
        for chain, (step, offer) in first.items():
            steps = of_chain[chain]
            in_cycle = len(steps) > 1 and {p.step for p in steps} == {1}
            for proposal in steps:
                if proposal.household_id not in ours and (in_cycle or (proposal.step or 0) > step):
                    return offer
        return None

    def _crowded(self, connection: Connection, proposals: Mapping[str, Proposal]) -> Offer | None:
        """An offer that the plan does not have, into a pool that the two together have no places for."""
        unplanned = [offer for offer in self.going_on if offer.household_id not in proposals]
        if not unplanned:
            return None
        leaving = {p.household_id for p in proposals.values()} | {o.household_id for o in self.going_on}
        wanted = Counter(proposal.pool_id for proposal in proposals.values())
        wanted.update(offer.pool_id for offer in unplanned)
        pools = {offer.pool_id for offer in unplanned}
        room: Counter[str] = Counter()
        places = select(_places.c.pool_id, _places.c.occupant).where(_places.c.pool_id.in_(pools))
        for pool_id, occupant in connection.execute(places):
            room[pool_id] += occupant is None or occupant in leaving
        return next((offer for offer in unplanned if wanted[offer.pool_id] > room[offer.pool_id]), None)


def standing_of(under_way: Sequence[Offer]) -> Standing:
    """Offers under way, parted by whether their chain goes on."""
    begun = {_key(offer) for offer in under_way if offer.state != OfferState.PROPOSED}
    return Standing(
        going_on=[offer for offer in under_way if _key(offer) in begun],
        waiting=[offer for offer in under_way if _key(offer) not in begun],
    )


def _key(offer: Offer) -> tuple[int, int] | str:
    if offer.run_id is None or offer.chain is None:
        return offer.offer_id
    return offer.run_id, offer.chain
