"""Experiments: what a simulation was asked, what went in, and what it answered."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UTCDateTime


class Experiment(SQLModel):
    """Scenarios simulated beside the baseline: the question, and hashes of all that the answer depends on.

    `scenarios` are the names in order, the baseline first; `moves` is `none`, `unlimited` or a number as
    text; `assumptions` holds every assumed number by its key, with unit, basis and source; `edition` is the
    hash of the code; `seconds` wall time; `options` whatever else was asked. `id` is given by the database.
    """

    id: int | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)
    as_of: date
    scenarios: list[str] = Field(default_factory=list, sa_type=JSON)
    weeks: int = Field(ge=1)
    replications: int = Field(ge=1)
    seed: int = Field(ge=0)
    moves: str = Field(min_length=1)
    policy_hash: str = Field(min_length=1)
    inputs_hash: str = Field(min_length=1)
    assumptions_hash: str = Field(min_length=1)
    edition: str = Field(min_length=1)
    seconds: float = Field(ge=0)
    options: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    assumptions: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    versions: dict[str, str] = Field(default_factory=dict, sa_type=JSON)


class FinishedReplication(SQLModel):
    """One replication of one scenario, kept so that nothing is simulated twice; counts only, no household.

    `key` is the hash of all that its numbers depend on.
    """

    key: str = Field(min_length=1)
    edition: str = Field(min_length=1)
    content: bytes
