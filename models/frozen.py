"""A dataset frozen as bytes, so that a run can be replayed after the data has moved on."""

import hashlib
import json
from dataclasses import fields
from datetime import date
from typing import Any

from models.dataset import Dataset
from models.households import Conflict, Decline, Household, Member
from models.stock import Pool, Quota, School, Stay, TravelTime

ROWS: dict[str, type[Any]] = {
    "households": Household,
    "members": Member,
    "pools": Pool,
    "schools": School,
    "travel_times": TravelTime,
    "conflicts": Conflict,
    "quotas": Quota,
    "stays": Stay,
    "declines": Decline,
}


def freeze(dataset: Dataset, as_of: date) -> bytes:
    """Every row of a dataset and the day, as JSON whose bytes do not depend on the order of rows."""
    sheets = {
        field.name: sorted(_line(row) for row in getattr(dataset, field.name)) for field in fields(dataset)
    }
    return json.dumps({"as_of": str(as_of), **sheets}, ensure_ascii=False, separators=(",", ":")).encode()


def thaw(frozen: bytes) -> tuple[Dataset, date]:
    """The dataset and the day that were frozen."""
    content = json.loads(frozen)
    rows = {
        sheet: tuple(kind.model_validate_json(line) for line in content[sheet])
        for sheet, kind in ROWS.items()
    }
    return Dataset(**rows), date.fromisoformat(content["as_of"])


def digest(frozen: bytes) -> str:
    """Hash that names frozen bytes."""
    return hashlib.sha256(frozen).hexdigest()


def _line(row: Any) -> str:
    return json.dumps(
        {name: getattr(row, name) for name in type(row).model_fields if getattr(row, name) not in (None, ())},
        ensure_ascii=False,
        separators=(",", ":"),
        default=str,
    )
