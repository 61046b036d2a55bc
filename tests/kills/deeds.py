"""What a process does until it is killed: imports, decisions, snapshots; each said aloud once it is done."""

import random
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from api.access.actor import Actor
from api.usecases.city_view import CityView
from api.usecases.counts import publication
from api.usecases.offers.answering import Acceptance, No, accept, decline, withdraw
from api.usecases.offers.moving import end, move_in
from api.usecases.offers.putting import put
from api.usecases.offers.refusals import OfferRefused
from api.usecases.offers.steps import proposed
from api.usecases.work import Work, working_for
from models.access import Role
from models.codes import DeclinedBy, Situation
from models.database import reading
from models.exchange import import_folder
from models.offers import DeclineReason, DepartureReason, EndReason, Offer, OfferState
from models.snapshots import Snapshot
from models.store import read_dataset
from models.store.offers import add_offers, offers
from models.store.snapshots import snapshots

AS_OF = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
SMALL_CITY = Path(__file__).parents[1] / "data" / "small-city"
ACTOR = Actor("u-1", Role.COORDINATOR, None, "-")
Say = Callable[[str], None]
view: CityView | None = None
"""The city to take snapshots of, read before the processes begin."""
made: Snapshot | None = None
"""A snapshot of it."""


def decide(engine: Engine, luck: random.Random, say: Say) -> None:
    """Put, accept, decline, move in and move out, by chance, for ever."""
    city = read_dataset(engine)
    pools = {pool.pool_id: pool for pool in city.pools}
    references = [household.household_id for household in city.households]
    while True:
        with reading(engine) as connection:
            found = [o for o in offers(connection) if o.state not in (OfferState.ENDED, OfferState.DECLINED)]
        offer = luck.choice(found) if found and luck.random() < 0.8 else None
        try:
            with working_for(engine, ACTOR, NOW) as work, work.city_wide():
                state = str(_one_step(work, offer, luck, pools, references))
                recorded = next(act for act in work.recorded if act.action == f"offer.{state}")
        except OfferRefused:
            continue
        say(f"decision {recorded.subject_id} {state}")


def _one_step(
    work: Work, offer: Offer | None, luck: random.Random, pools: dict, references: list[str]
) -> OfferState:
    if offer is None or offer.state == OfferState.WITHDRAWN:
        homeless = luck.choice(references)
        offer = proposed(work, homeless, luck.choice(sorted(pools)), None)
        add_offers(work.connection, [offer])
        put(work, offer, AS_OF)
    elif offer.state == OfferState.OFFERED and luck.random() < 0.8:
        accept(work, offer, Acceptance("Passar.", "Skolan.", "Vill."), True, None)
    elif offer.state == OfferState.ACCEPTED and luck.random() < 0.6:
        move_in(work, offer, pools, AS_OF, AS_OF)
    elif offer.state == OfferState.MOVED_IN:
        end(work, offer, Situation.FRIENDS_TEMPORARY, AS_OF, EndReason.LEFT, AS_OF)
    elif luck.random() < 0.5:
        withdraw(work, offer, None, DepartureReason.OTHER)
    else:
        decline(work, offer, No(DeclinedBy.HOUSEHOLD, DeclineReason.LOCATION), AS_OF)
    return offer.state


def bring_in(engine: Engine, luck: random.Random, say: Say, folder: Path) -> None:
    """Import the city again and again, each time with another number of months in SHIS for everybody."""
    while True:
        number = luck.randrange(1, 10**6)
        changed = folder / f"city-{number}"
        shutil.copytree(SMALL_CITY, changed, dirs_exist_ok=True)
        months(changed / "households.csv", number)
        report = import_folder(engine, changed, AS_OF)
        shutil.rmtree(changed)
        if not report.faults:
            say(f"import {number}")


def months(file: Path, number: int) -> None:
    """Give every household of a file so many months."""
    head, *lines = file.read_text(encoding="utf-8-sig").splitlines()
    at = head.split(",").index("shis_months")
    kept = [line.split(",") for line in lines]
    for cells in kept:
        cells[at] = str(number)
    file.write_text("\n".join([head, *(",".join(cells) for cells in kept)]) + "\n", encoding="utf-8")


def count(engine: Engine, luck: random.Random, say: Say) -> None:
    """Take one day's snapshot after another; the counting, which is long and writes nothing, is done."""
    with reading(engine) as connection:
        day = max((one.day for one in snapshots(connection)), default=AS_OF)
    assert view is not None
    assert made is not None
    publication.counted = lambda _view, on, _past, _work: made.model_copy(update={"day": on})
    while True:
        day += timedelta(days=1)
        publication.take(engine, view, day, NOW, "system")
        say(f"snapshot {day}")
