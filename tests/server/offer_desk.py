"""A coordinator who publishes plans and takes steps on offers, straight through the use cases."""

from dataclasses import dataclass

from sqlalchemy import Engine

from api.access.actor import Actor
from api.usecases.city_view import CityView, read_view
from api.usecases.matching import run_match
from api.usecases.offers.answering import Acceptance, No, accept
from api.usecases.offers.moving import move_in
from api.usecases.offers.publishing import draft, publish
from api.usecases.offers.putting import put
from api.usecases.work import working_for
from models.access import Role
from models.codes import DeclinedBy
from models.database import reading
from models.offers import DeclineReason, Offer, OfferState
from models.runs import Proposal, Run, RunStatus
from models.store import read_dataset, save_run
from models.store.offers import offer_by_id, offers
from optimiser.matching import Moves
from tests.server.conftest import AS_OF, Clock, share_with_the_city

ACTOR = Actor("coordinator-1", Role.COORDINATOR, None, "session-1")
YES = Acceptance("Passar familjen; nära skolan.", "Skolan kan behållas.", "Vill bo kvar i området.")
HOUSEHOLDS_NO = No(DeclinedBy.HOUSEHOLD, DeclineReason.LOCATION)


@dataclass
class Desk:
    """A coordinator at work on one city."""

    engine: Engine
    clock: Clock

    def __post_init__(self) -> None:
        share_with_the_city(self.engine)

    def publish(self, moves: Moves = 4) -> list[Offer]:
        run_id = run_match(self.engine, AS_OF, moves, None, self.clock()).answer["run"]["id"]
        with working_for(self.engine, ACTOR, self.clock()) as work:
            draft(work, run_id)
            publish(work, run_id)
        return self.all_of(run_id)

    def publish_swap(self) -> list[Offer]:
        """A plan in which two residents take each other's places."""
        residents = [h for h in read_dataset(self.engine).households if h.current_pool_id]
        a = residents[0]
        b = next(h for h in residents if h.current_pool_id != a.current_pool_id)
        plan = [
            Proposal(
                household_id=one.household_id,
                pool_id=str(other.current_pool_id),
                from_pool_id=one.current_pool_id,
                tier=3,
                points=0,
                fit=0,
                monthly_cost_sek=0,
                chain=1,
                step=1,
            )
            for one, other in ((a, b), (b, a))
        ]
        run = Run(
            created_at=self.clock(),
            as_of=AS_OF,
            moves="4",
            policy_hash="p",
            inputs_hash="i",
            engine="by hand",
            status=RunStatus.OPTIMAL,
            seconds=0,
        )
        run_id = save_run(self.engine, run, plan)
        with working_for(self.engine, ACTOR, self.clock()) as work:
            draft(work, run_id)
            publish(work, run_id)
        return self.all_of(run_id)

    def all_of(self, run_id: int) -> list[Offer]:
        with reading(self.engine) as connection:
            return offers(connection, run_id=run_id)

    def do(self, step, offer: Offer, *more):  # type: ignore[no-untyped-def]
        with working_for(self.engine, ACTOR, self.clock()) as work:
            now = offer_by_id(work.connection, offer.offer_id)
            assert now is not None
            return step(work, now, *more)

    def put(self, offer: Offer) -> Offer:
        return self.do(put, offer, None)  # type: ignore[no-any-return]

    def accept(self, offer: Offer) -> None:
        self.do(accept, offer, YES, True, None)

    def state(self, offer: Offer) -> OfferState:
        with reading(self.engine) as connection:
            found = offer_by_id(connection, offer.offer_id)
        assert found is not None
        return found.state

    def view(self) -> CityView:
        return read_view(self.engine, AS_OF)

    def move_in(self, offer: Offer) -> None:
        self.do(move_in, offer, {p.pool_id: p for p in read_dataset(self.engine).pools}, AS_OF, AS_OF)


def chains(found: list[Offer]) -> dict[int, list[Offer]]:
    by_chain: dict[int, list[Offer]] = {}
    for offer in found:
        by_chain.setdefault(offer.chain or 0, []).append(offer)
    return by_chain


def longest(found: list[Offer]) -> list[Offer]:
    return max((c for c in chains(found).values() if not c[0].in_cycle), key=len)
