"""What must hold of a database at any time: whoever was killed, and wherever."""

from datetime import date

from sqlalchemy import Engine, text

from models.database import reading
from models.offers import OfferState
from models.store.audit import entries, flaws
from models.store.datasets import read_rows
from models.store.offers import decisions_on, offers
from models.store.snapshots import snapshots

LIVING = text("SELECT occupant, pool_id FROM place WHERE occupant IS NOT NULL")
HELD = text("SELECT offer_id, held_for, pool_id, number FROM place WHERE offer_id IS NOT NULL")


def faults(engine: Engine) -> list[str]:
    """What does not hold."""
    found = [f"record: {flaw}" for flaw in flaws(engine)]
    with reading(engine) as connection:
        city, made = read_rows(connection), offers(connection)
        living = {row.occupant: row.pool_id for row in connection.execute(LIVING)}
        held = {row.offer_id: row for row in connection.execute(HELD)}
        decided = {
            offer.offer_id: [d.state for d in decisions_on(connection, offer.offer_id)] for offer in made
        }
    at_home = {h.household_id: h.current_pool_id for h in city.households if h.current_pool_id}
    if living != at_home:
        found.append(f"places and homes differ: {set(living.items()) ^ set(at_home.items())}")
    capacity = {pool.pool_id: pool.capacity for pool in city.pools}
    for pool_id, most in capacity.items():
        if sum(home == pool_id for home in living.values()) > most:
            found.append(f"{pool_id} is over full")
    accepted = {offer.offer_id: offer for offer in made if offer.state == OfferState.ACCEPTED}
    if held.keys() != accepted.keys():
        found.append(f"held {held.keys() ^ accepted.keys()}")
    for offer_id, row in held.items():
        offer = accepted.get(offer_id)
        if offer and (row.held_for, row.pool_id, row.number) != (
            offer.household_id,
            offer.pool_id,
            offer.place_number,
        ):
            found.append(f"{offer_id} holds another's place")
    for offer in made:
        states = decided[offer.offer_id]
        if not states or offer.state not in states:
            found.append(f"{offer.offer_id} is {offer.state} and nobody decided so")
    told = {(entry.subject_id, entry.action) for entry in entries(engine, most=10**6)}
    for offer in made:
        if (offer.offer_id, f"offer.{offer.state}") not in told:
            found.append(f"{offer.offer_id} is {offer.state} and the record does not know")
    if len({household.shis_months for household in city.households}) > 1:
        found.append("an import is there in part")
    return found


def missing(engine: Engine, said: list[str]) -> list[str]:
    """What was said to be done and is not there."""
    gone = []
    with reading(engine) as connection:
        days = {one.day for one in snapshots(connection)}
        months = {household.shis_months for household in read_rows(connection).households}
    acts = {(entry.subject_id, entry.action) for entry in entries(engine, most=10**6)}
    imports = [line for line in said if line.startswith("import")]
    for line in said:
        kind, *words = line.split()
        if kind == "decision" and (words[0], f"offer.{words[1]}") not in acts:
            gone.append(line)
        if kind == "snapshot" and date.fromisoformat(words[0]) not in days:
            gone.append(line)
    # A later import, killed before it could say so, may have been the last.
    if imports and months == {None}:
        gone.append(imports[-1])
    return gone
