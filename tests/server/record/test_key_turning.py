"""A new key: everything is closed with it, while people work, and the old one can be thrown away."""

from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine, text

from api.usecases.key_turning import turn_keys
from models.database import reading, writing
from models.encryption import KeysMissing, use_keys
from models.jobs import KeptFile
from models.offers import Decision, Offer, OfferState
from models.store import read_dataset
from models.store.audit import entries
from models.store.closed import AT_ONCE, closed_tables, turn_table
from models.store.offers import add_decision, add_offers, decisions_on
from models.tables import FileRecord

NOW = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
OLD, NEW = Fernet.generate_key(), Fernet.generate_key()
MANY = AT_ONCE + 50


def decided(engine: Engine, offer_id: str, number: int, said: str) -> None:
    with writing(engine) as connection:
        add_decision(
            connection,
            Decision(
                decision_id=f"{offer_id}-{number:04}",
                offer_id=offer_id,
                at=NOW + timedelta(seconds=number),
                actor="u-1",
                state=OfferState.ACCEPTED,
                assessment=said,
                note="Åsa säger till." if number % 2 else None,
            ),
        )


@pytest.fixture
def offer(engine: Engine) -> Offer:
    """An offer with more decisions than are turned at once, closed with the old key."""
    use_keys([OLD])
    city = read_dataset(engine)
    pool, household = city.pools[0].pool_id, city.households[0].household_id
    made = Offer(
        offer_id="o-1",
        household_id=household,
        pool_id=pool,
        state=OfferState.ACCEPTED,
        created_at=NOW,
        changed_at=NOW,
    )
    with writing(engine) as connection:
        add_offers(connection, [made])
        for number in range(MANY):
            decision = Decision(
                decision_id=f"o-1-{number:04}",
                offer_id="o-1",
                at=NOW + timedelta(seconds=number),
                actor="u-1",
                state=OfferState.ACCEPTED,
                assessment=f"Bedömning {number}",
                note="Åsa säger till." if number % 2 else None,
            )
            add_decision(connection, decision)
        row = KeptFile(
            file_id="f-1", owner="u-1", name="a.csv", media_type="text/csv", kept_at=NOW, content=b"hemligt"
        )
        connection.execute(FileRecord.__table__.insert().values(**row.model_dump()))  # type: ignore[attr-defined]
    return made


def said(engine: Engine) -> list[str | None]:
    with reading(engine) as connection:
        return [one.assessment for one in decisions_on(connection, "o-1")]


def test_afterwards_the_old_key_is_not_needed(engine: Engine, offer: Offer) -> None:
    before = said(engine)
    use_keys([NEW, OLD])
    done = turn_keys(engine, NOW)
    assert (done.again, done.already, done.locked, done.left) == (MANY + MANY // 2 + 1, 0, 0, 0)
    use_keys([NEW])
    assert said(engine) == before
    with reading(engine) as connection:
        assert connection.execute(FileRecord.__table__.select()).mappings().one()["content"] == b"hemligt"  # type: ignore[attr-defined]
    use_keys([OLD])
    with pytest.raises(KeysMissing):
        said(engine)
    (entry,) = entries(engine, action="keys.turn")
    assert entry.detail == {"again": done.again, "locked": 0, "left": 0}


def test_stopped_midway_it_goes_on_where_it_was(engine: Engine, offer: Offer) -> None:
    use_keys([NEW, OLD])
    from models.store.closed import Turned

    table = next(one for one in closed_tables() if one.name == "decision")
    first = Turned()
    next(turn_table(engine, table, first))
    # Readers with both keys read everything meanwhile.
    assert len(said(engine)) == MANY
    done = turn_keys(engine, NOW)
    assert done.already == first.again > 0
    assert done.left == 0
    assert turn_keys(engine, NOW).again == 0


def test_what_is_written_meanwhile_with_either_key_is_found(engine: Engine, offer: Offer) -> None:
    use_keys([OLD])
    decided(engine, "o-1", 9000, "Skrivet med den gamla.")
    use_keys([NEW, OLD])
    done, written, failed = Event(), [], []

    def write() -> None:
        number = 9001
        try:
            while not done.is_set() and number < 9400:
                decided(engine, "o-1", number, f"Medan {number}")
                written.append(number)
                number += 1
        except Exception as error:
            failed.append(error)

    writer = Thread(target=write)
    writer.start()
    try:
        turned = turn_keys(engine, NOW)
    finally:
        done.set()
        writer.join()
    assert not failed
    assert turned.left == 0
    use_keys([NEW])
    assert {f"Medan {number}" for number in written} <= set(said(engine))


def test_what_no_key_opens_is_counted_and_left_alone(engine: Engine, offer: Offer) -> None:
    with writing(engine) as connection:
        lost = Fernet(Fernet.generate_key()).encrypt(b"x").decode()
        connection.execute(
            text("UPDATE decision SET note = :lost WHERE decision_id = 'o-1-0000'"), {"lost": lost}
        )
    use_keys([NEW, OLD])
    done = turn_keys(engine, NOW)
    assert (done.locked, done.left) == (1, 1)


def test_every_closed_column_is_known() -> None:
    found = {(one.name, name) for one in closed_tables() for name, _ in one.columns}
    assert found >= {("decision", "note"), ("decision", "assessment"), ("kept_file", "content")}
