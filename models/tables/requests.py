"""The table of requests already carried out, so that a repeated one is answered and not done again."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field, SQLModel, UTCDateTime


class DoneRequest(SQLModel, table=True):
    """A request that was carried out, under the key its sender gave it, with the answer it got."""

    __tablename__ = "done_request"
    __table_args__ = (CheckConstraint("length(request_key) >= 1", name="request_key_given"),)

    user_id: str = Field(primary_key=True, foreign_key="user_account.user_id")
    request_key: str = Field(primary_key=True)
    fingerprint: str
    status: int
    body: dict[str, Any] = Field(sa_type=JSON)
    done_at: datetime = Field(sa_type=UTCDateTime, index=True)
