"""The database itself refuses what may not be: raw inserts, past every check of the program."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from models.database import writing
from models.households import Household
from models.tables import HouseholdRecord

answers = [name for name, field in Household.model_fields.items() if field.default == "unknown"]
lists = [name for name, field in Household.model_fields.items() if field.default == ()]

sound: dict[str, dict[str, Any]] = {
    "pool": {
        "pool_id": "P1",
        "name": "Hvilan",
        "form": "akutboende",
        "district": "Farsta",
        "capacity": 2,
        "admits": "women",
        "drug_policy": "tolerant",
        "staffing": "none",
        "children": "unknown",
        "mobility": "none",
        "pets": "yes",
        "psychiatric_competence": "no",
    },
    "school": {"school_id": "S1", "name": "Skolan", "district": "Farsta"},
    "household": {
        "household_id": "H1",
        "situation": "housed",
        "support_need": "none",
        **dict.fromkeys(answers, "unknown"),
        **dict.fromkeys(lists, ()),
    },
    "member": {
        "household_id": "H1",
        "member_id": "a",
        "birth_date": date(1980, 1, 1),
        "sex": "woman",
        "special_stability_need": "unknown",
    },
    "travel_time": {"district": "Farsta", "school_id": "S1", "minutes": 10},
    "conflict": {"household_id_a": "H1", "household_id_b": "H2"},
    "quota": {
        "year": 2026,
        "form": ("akutboende",),
        "places": 3,
        "forms_key": "akutboende",
        "unit_key": "",
    },
    "stay": {"household_id": "H1", "pool_id": "P1", "started_on": date(2025, 1, 1)},
    "decline": {
        "household_id": "H1",
        "pool_id": "P1",
        "declined_on": date(2025, 1, 1),
        "declined_by": "household",
    },
    "run": {
        "id": 1,
        "created_at": datetime(2026, 1, 15, tzinfo=UTC),
        "as_of": date(2026, 1, 15),
        "moves": "none",
        "policy_hash": "p",
        "inputs_hash": "i",
        "engine": "flow",
        "status": "optimal",
        "seconds": 0.5,
        "options": {},
        "result": {},
        "versions": {},
    },
    "proposal": {
        "run_id": 1,
        "household_id": "H1",
        "pool_id": "P1",
        "tier": 1,
        "points": 0,
        "fit": -5,
        "monthly_cost_sek": 0,
        "chain": 1,
        "step": 1,
        "conditional": False,
    },
    "fact_source": {
        "household_id": "H1",
        "fact": "pregnant",
        "dated": date(2026, 1, 15),
        "source": "households.csv",
    },
    "frozen_input": {"hash": "i", "content": b"x"},
    "setting": {"key": "city", "value": "Stockholm"},
}

refused: list[tuple[str, dict[str, Any]]] = [
    ("household", {"household_id": ""}),
    ("household", {"household_id": None}),
    ("household", {"situation": "sovande"}),
    ("household", {"situation": None}),
    ("household", {"support_need": "unknown"}),
    ("household", {"pregnant": "kanske"}),
    ("household", {"pregnant": None}),
    ("household", {"shis_months": -1}),
    ("household", {"current_pool_id": "P9"}),
    ("household", {"sharing_basis": "whim"}),
    ("member", {"household_id": "H9"}),
    ("member", {"school_id": "S9"}),
    ("member", {"sex": "women"}),
    ("member", {"birth_date": None}),
    ("pool", {"form": "villa"}),
    ("pool", {"capacity": -1}),
    ("pool", {"pets": "unknown"}),
    ("pool", {"mobility": "unknown"}),
    ("pool", {"admits": "children"}),
    ("pool", {"min_age": 65, "max_age": 18}),
    ("pool", {"monthly_cost_sek": -1}),
    ("pool", {"opens_on": date(2026, 5, 1), "closes_on": date(2026, 5, 1)}),
    ("pool", {"form": "bostad_forst", "drug_policy": "drug_free"}),
    ("travel_time", {"minutes": -1}),
    ("travel_time", {"school_id": "S9"}),
    ("conflict", {"household_id_b": "H1"}),
    ("conflict", {"household_id_a": "H2", "household_id_b": "H1"}),
    ("conflict", {"household_id_b": "H9"}),
    ("quota", {"year": 1999}),
    ("quota", {"places": -1}),
    ("quota", {"used": -1}),
    ("quota", {"unit_key": "Farsta"}),
    ("stay", {"pool_id": "P9"}),
    ("stay", {"ended_on": date(2024, 12, 31)}),
    ("decline", {"household_id": "H9"}),
    ("decline", {"by": "neighbour"}),
    ("decline", {"by": "provider"}),
    ("run", {"status": "guessed"}),
    ("run", {"seconds": -1}),
    ("proposal", {"tier": 6}),
    ("proposal", {"pool_id": "P9"}),
    ("proposal", {"from_pool_id": "P1"}),
    ("proposal", {"chain": None, "step": None}),
    ("proposal", {"conditional": True}),
    ("proposal", {"step": 0}),
    ("proposal", {"run_id": 9}),
    ("fact_source", {"household_id": "H9"}),
    ("frozen_input", {"hash": ""}),
]


def fill(engine: Engine, changed: str = "", **values: Any) -> None:
    """Insert one sound row into every table, but for the changes to one."""
    tables = SQLModel.metadata.tables
    with writing(engine) as connection:
        for name, row in sound.items():
            if name == "conflict":
                other = {**sound["household"], "household_id": "H2"}
                connection.execute(insert(tables["household"]).values(other))
            changes = values if name == changed else {}
            connection.execute(insert(tables[name]).values({**row, **changes}))


def test_sound_rows_are_taken(database: Engine) -> None:
    fill(database)


@pytest.mark.parametrize(("table", "changes"), refused)
def test_unsound_rows_are_refused(database: Engine, table: str, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        fill(database, table, **changes)


@pytest.mark.parametrize("table", [name for name in sound if name != "run"])
def test_no_row_is_taken_twice(database: Engine, table: str) -> None:
    fill(database)
    with pytest.raises(IntegrityError), writing(database) as connection:
        connection.execute(insert(SQLModel.metadata.tables[table]).values(sound[table]))


def test_a_table_class_holds_all_columns_of_its_row_class() -> None:
    assert set(sound["household"]) <= set(HouseholdRecord.model_fields)
