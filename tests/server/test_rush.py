"""Sixty-four coordinators accept five hundred offers for a hundred places at once: a hundred get one each."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from models.access import Role
from models.codes import Sex, SharingBasis, Situation, Support
from models.database import reading, writing
from models.dataset import Dataset
from models.households import Household, Member
from models.offers import Offer, OfferState
from models.stock import Pool
from models.store import write_dataset
from models.store.audit import entries, flaws
from models.store.offers import add_offers, offers
from models.store.places import places_of
from tests.server.conftest import AS_OF, Served

CLIENTS, OFFERS, PLACES = 64, 500, 100
POOL = "RUSH"


@pytest.fixture
def rush(served: Served) -> dict[str, str]:
    """Five hundred offers, all put, for the hundred places of one pool; a coordinator's headers."""
    ids = [f"R{number:03}" for number in range(OFFERS)]
    households = [
        Household(
            household_id=key,
            situation=Situation.ROUGH_SLEEPING,
            support_need=Support.NONE,
            sharing_basis=SharingBasis.CONSENT,
            sharing_basis_on=AS_OF,
        )
        for key in ids
    ]
    members = [Member(household_id=k, member_id="1", birth_date=date(1980, 1, 1), sex=Sex.WOMAN) for k in ids]
    pool = Pool(pool_id=POOL, name="Rusningen", form="akutboende", district="Bromma", capacity=PLACES)
    city = Dataset(households=tuple(households), members=tuple(members), pools=(pool,))
    write_dataset(served.engine, city, AS_OF, "test")
    put = [
        Offer(
            offer_id=f"O-{key}",
            household_id=key,
            pool_id=POOL,
            state=OfferState.OFFERED,
            created_at=served.clock(),
            changed_at=served.clock(),
        )
        for key in ids
    ]
    with writing(served.engine) as connection:
        add_offers(connection, put)
    return served.as_(Role.COORDINATOR)


@pytest.mark.slow
def test_a_hundred_places_go_to_a_hundred_households(served: Served, rush: dict[str, str]) -> None:
    def accept(number: int) -> int:
        url = f"/api/v1/offers/O-R{number:03}/acceptance"
        return served.client.post(url, json={"assessment": "Passar."}, headers=rush).status_code

    with ThreadPoolExecutor(CLIENTS) as clients:
        statuses = list(clients.map(accept, range(OFFERS)))
    assert {status: statuses.count(status) for status in set(statuses)} == {200: PLACES, 409: OFFERS - PLACES}
    with reading(served.engine) as connection:
        places = places_of(connection, POOL)
        accepted = offers(connection, [OfferState.ACCEPTED])
    holders = [place.held_for for place in places]
    assert None not in holders
    assert len(set(holders)) == PLACES
    assert {offer.household_id for offer in accepted} == set(holders)
    assert {(o.offer_id, o.place_number) for o in accepted} == {(p.offer_id, p.number) for p in places}
    assert flaws(served.engine) == []
    acts = [entry for entry in entries(served.engine, most=10_000) if entry.action == "offer.accepted"]
    assert len(acts) == PLACES


def test_two_click_on_the_last_place(served: Served, rush: dict[str, str]) -> None:
    """Whoever is second is told what happened, and nothing has changed for the household."""
    with writing(served.engine) as connection:
        connection.exec_driver_sql(f"DELETE FROM place WHERE pool_id = '{POOL}' AND number > 1")
    url = "/api/v1/offers/O-R{:03}/acceptance"
    with ThreadPoolExecutor(2) as clients:
        both = list(
            clients.map(
                lambda n: served.client.post(url.format(n), json={"assessment": "Passar."}, headers=rush),
                (0, 1),
            )
        )
    assert sorted(answer.status_code for answer in both) == [200, 409]
    told = next(answer for answer in both if answer.status_code == 409).json()
    assert told["detail"].startswith("Platsen har gått till någon annan.")
