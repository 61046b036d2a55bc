"""Runs: what one match was given and what it answered, kept so that it can be replayed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UTCDateTime

from models.columns import Code


class RunStatus(StrEnum):
    """Whether the answer is proven best, or the best found in the time allowed."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"


class Run(SQLModel):
    """One match: the day it reasons about, what went in (as hashes of frozen inputs), what came out.

    `moves` is `none`, `unlimited` or a number as text; `seconds` wall time; `result` is the answer as
    `match --json` gives it. `id` is given by the database.
    """

    id: int | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)
    as_of: date
    moves: str = Field(min_length=1)
    policy_hash: str = Field(min_length=1)
    inputs_hash: str = Field(min_length=1)
    engine: str
    status: RunStatus = Field(sa_type=Code(RunStatus))
    seconds: float = Field(ge=0)
    options: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    result: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    versions: dict[str, str] = Field(default_factory=dict, sa_type=JSON)


class Proposal(SQLModel):
    """A place proposed to a household in a run; advisory until a person decides.

    Chains are numbered from 1 and steps run in the order they are carried out. A conditional
    proposal waits for an answer and has neither. `monthly_cost_sek` is SEK/month.
    """

    household_id: str = Field(min_length=1)
    pool_id: str = Field(min_length=1)
    from_pool_id: str | None = None
    tier: int = Field(ge=1, le=5)
    points: int = Field(ge=0)
    fit: int
    monthly_cost_sek: int = Field(ge=0)
    chain: int | None = Field(default=None, ge=1)
    step: int | None = Field(default=None, ge=1)
    conditional: bool = False
